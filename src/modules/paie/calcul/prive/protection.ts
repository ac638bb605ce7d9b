import { add, type Centimes, euros, formatEuros, inEuros, subtract, timesOne, ZERO } from '#socle/argent.ts'
import { A, type Contexte, composants, type LigneTravail, tauxLocal } from '../moteur/contexte.ts'
import { base, type Cotisation, cotiser } from '../moteur/cotiser.ts'
import { estPublic, prive } from './contrat.ts'
import type { Protection } from './situation.ts'

const BAD_PREVOYANCE: Cotisation = {
  code: 'PREVOYANCE',
  libelle: 'Prévoyance de la branche de l’aide à domicile',
  groupe: 'sante',
  agent: 'bad.prevoyance.agent',
  employeur: 'bad.prevoyance.employeur',
  regle: 'bad.prevoyance',
}
const FORFAIT_SOCIAL: Cotisation = {
  code: 'FORFAIT_SOCIAL',
  libelle: 'Forfait social sur la prévoyance',
  groupe: 'autres',
  employeur: 'forfait_social.prevoyance',
  regle: 'forfait_social',
}

/**
 * Compulsory covers: the share of the employee comes off every net; that of the employer enters the base of the CSG, and
 * for the health also the net imposable (CGI 83, 1° quater).
 */
export function protections(c: Contexte, plafonnee: Centimes): void {
  const p = prive(c)
  // The shares given beside the retenues are counted already.
  let patronal = c.partPatronale
  for (const [i, x] of (p.protection ?? []).entries()) patronal = add(patronal, cotiserProtection(c, x, i, plafonnee))
  if (p.branche === 'aideADomicile') {
    const avant = c.cotisationsEmployeur
    cotiser(c, BAD_PREVOYANCE, base(A.GENERAL, c.general))
    const part = subtract(c.cotisationsEmployeur, avant)
    c.partPatronale = add(c.partPatronale, part)
    patronal = add(patronal, part)
    // The branch has a compulsory health cover whose price is in no source: named rather than forgotten.
    if (!p.dispenseSante && !(p.protection ?? []).some((x) => x.risque === 'sante')) c.p.get('bad.sante.agent')
  }
  if (patronal > ZERO && !estPublic(c) && c.s.employeur.effectif >= c.p.entier('forfait_social.seuil')) {
    const b = base(A.GENERAL, patronal)
    b.composants = []
    cotiser(c, FORFAIT_SOCIAL, b)
  }
}

function cotiserProtection(c: Contexte, x: Protection, rang: number, plafonnee: Centimes): Centimes {
  const forfait = x.assiette === 'forfait'
  const assiette = x.assiette === 'tranche1' ? plafonnee : c.general
  const agent = forfait ? euros(x.agent) : timesOne(assiette, tauxLocal(x.agent))
  const employeur = forfait ? euros(x.employeur) : timesOne(assiette, tauxLocal(x.employeur))
  c.cotisationsAgent = add(c.cotisationsAgent, agent)
  c.cotisationsEmployeur = add(c.cotisationsEmployeur, employeur)
  c.partPatronale = add(c.partPatronale, employeur)
  if (x.risque === 'sante') c.imposableEnPlus = add(c.imposableEnPlus, employeur)
  const ligne: LigneTravail = {
    code: `${x.risque === 'sante' ? 'SANTE' : 'PREVOYANCE'}_${rang + 1}`,
    libelle: x.libelle ?? (x.risque === 'sante' ? 'Complémentaire santé' : 'Prévoyance'),
    groupe: 'sante',
    ...(forfait ? {} : { base: inEuros(assiette), taux: x.agent, tauxPatronal: x.employeur }),
    montant: inEuros(agent),
    montantPatronal: inEuros(employeur),
  }
  if (c.tracer)
    ligne.trace = {
      regle: x.risque === 'sante' ? 'protection.sante' : 'protection.prevoyance',
      parametres: [],
      composants: forfait ? [] : composants(c, A.GENERAL),
      calcul: forfait
        ? `${formatEuros(agent)} pour le salarié, ${formatEuros(employeur)} pour l’employeur, au contrat`
        : `${formatEuros(assiette)} × ${x.agent} = ${formatEuros(agent)} ; × ${x.employeur} = ${formatEuros(employeur)}`,
    }
  c.lignes.push(ligne)
  return employeur
}
