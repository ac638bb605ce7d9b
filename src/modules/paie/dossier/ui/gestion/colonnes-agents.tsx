import { euros, sum } from '#socle/argent.ts'
import { type Colonne, Ecart, Etat } from '#ui'
import type { zAgentDuMois } from '../../contract.ts'
import { libelleStatut } from '../commun/libelles.ts'

export type AgentDuMois = (typeof zAgentDuMois)['_output']

/** What asks for a look: no payslip, an anomaly, or a net that moved. */
export const demandeAttention = (a: AgentDuMois): boolean =>
  a.netAPayer === null || a.anomalies > 0 || (a.ecart !== null && euros(a.ecart) !== 0n && a.variables === 0)

const total = (lire: (a: AgentDuMois) => string | null) => (lignes: readonly AgentDuMois[]) =>
  sum(lignes.flatMap((a) => lire(a) ?? []).map(euros))

export const colonnesAgents: readonly Colonne<AgentDuMois>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (a) => `${a.nom} ${a.prenom}` },
  { cle: 'matricule', titre: 'Matricule', valeur: (a) => a.matricule, masquee: true },
  {
    cle: 'etat',
    titre: 'À regarder',
    // Sorted by gravity: the number of blocking anomalies, then of the others.
    valeur: (a) => (a.bloquantes > 0 ? 3000 + a.bloquantes : a.netAPayer === null ? 2000 : a.anomalies),
    rendu: (a) => <EtatAgent agent={a} />,
  },
  { cle: 'emploi', titre: 'Emploi', valeur: (a) => a.emploi },
  { cle: 'statut', titre: 'Statut', valeur: (a) => libelleStatut(a.statut), filtre: 'choix' },
  { cle: 'grade', titre: 'Grade', valeur: (a) => a.grade, masquee: true },
  { cle: 'echelon', titre: 'Échelon', valeur: (a) => a.echelon, genre: 'nombre', masquee: true },
  { cle: 'im', titre: 'Indice majoré', valeur: (a) => a.im, genre: 'nombre', masquee: true },
  { cle: 'variables', titre: 'Variables', valeur: (a) => a.variables || null, genre: 'nombre' },
  { cle: 'pieces', titre: 'Pièces', valeur: (a) => a.pieces || null, genre: 'nombre' },
  { cle: 'brut', titre: 'Brut', valeur: (a) => a.brut, genre: 'montant', total: total((a) => a.brut) },
  { cle: 'net', titre: 'Net à payer', valeur: (a) => a.netAPayer, genre: 'montant', total: total((a) => a.netAPayer) },
  {
    cle: 'ecart',
    titre: 'Écart',
    valeur: (a) => a.ecart,
    rendu: (a) => <Ecart valeur={a.ecart} euro={false} />,
    genre: 'ecart',
    total: total((a) => a.ecart),
  },
  { cle: 'cout', titre: 'Coût', valeur: (a) => a.cout, genre: 'montant', total: total((a) => a.cout), masquee: true },
]

export function EtatAgent({ agent: a }: { agent: AgentDuMois }) {
  if (a.bloquantes > 0) return <Etat etat="bloquant">{a.bloquantes > 1 ? `${a.bloquantes} blocages` : 'Bloqué'}</Etat>
  if (a.anomalies > 0)
    return <Etat etat="attention">{a.anomalies > 1 ? `${a.anomalies} points à voir` : 'À voir'}</Etat>
  return null
}
