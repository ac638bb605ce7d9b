import type { Contexte } from '../moteur/contexte.ts'
import { apprenti, cee, pec, salarie } from '../prive/index.ts'
import type { Statut } from '../situation.ts'
import { assistantMaternel } from './assistant-maternel.ts'
import { elu } from './elu.ts'
import { contractuel, fonctionnaireCnracl, fonctionnaireIrcantec } from './fonctionnaire.ts'
import type { Population } from './population.ts'
import { vacataire } from './vacataire.ts'

/** The CNRACL threshold is met by all the territorial posts of the agent together. */
function fonctionnaire(c: Contexte): Population {
  const s = c.s
  const ici = s.minutesHebdo ?? 2100
  if (ici >= (s.minutesHebdoComplet ?? 2100)) return fonctionnaireCnracl
  const total = ici + (s.minutesHebdoAutres ?? 0)
  return total >= c.p.entier('cnracl.seuil_heures') * 60 ? fonctionnaireCnracl : fonctionnaireIrcantec
}

const PAR_STATUT: Partial<Record<Statut, Population | ((c: Contexte) => Population)>> = {
  titulaire: fonctionnaire,
  stagiaire: fonctionnaire,
  emploiFonctionnel: fonctionnaire,
  contractuel,
  collaborateurCabinet: contractuel,
  vacataire,
  assistantMaternel,
  elu,
  apprenti,
  pec,
  cee,
  prive: salarie,
}

/** The rules of a situation; `undefined` for a statut that no rule set takes. */
export function populationDe(c: Contexte): Population | undefined {
  const p = PAR_STATUT[c.s.statut]
  return typeof p === 'function' ? p(c) : p
}
