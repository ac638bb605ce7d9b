import { type Colonne, Etat, EtatVide, Tableau, useApi } from '#ui'
import { listerAnomalies } from '../../contract.ts'

type Ligne = (typeof listerAnomalies)['reply']['_output']['anomalies'][number] & { cle: string }

const colonnes: readonly Colonne<Ligne>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (a) => a.nom },
  {
    cle: 'gravite',
    titre: 'Gravité',
    valeur: (a) => (a.bloquante ? 'Bloquante' : 'À voir'),
    rendu: (a) => (a.bloquante ? <Etat etat="bloquant">Bloquante</Etat> : <Etat etat="attention">À voir</Etat>),
    filtre: 'choix',
  },
  {
    cle: 'message',
    titre: 'Ce qui ne va pas',
    valeur: (a) => a.message,
    rendu: (a) => <span className="paie-texte">{a.message}</span>,
  },
  {
    cle: 'conseil',
    titre: 'Que faire',
    valeur: (a) => a.conseil,
    rendu: (a) => <span className="paie-texte">{a.conseil}</span>,
  },
  { cle: 'lieu', titre: 'Où', valeur: (a) => a.lieu },
  { cle: 'code', titre: 'Code', valeur: (a) => a.code, masquee: true },
]

export function OngletAnomalies({ mois, calcule }: { mois: string; calcule: boolean }) {
  const q = useApi(listerAnomalies, { params: { mois } })
  // The blocking ones first; the server's order within.
  const lignes = q.data?.anomalies
    .map((a, i): Ligne => ({ ...a, cle: String(i) }))
    .sort((a, b) => Number(b.bloquante) - Number(a.bloquante))
  if (lignes?.length === 0)
    return calcule ? (
      <EtatVide titre="Aucune anomalie au dernier calcul." />
    ) : (
      <EtatVide titre="Le mois n’est pas encore calculé.">Les contrôles se font pendant le calcul.</EtatVide>
    )
  return (
    <Tableau
      nom="Anomalies"
      lignes={lignes}
      cle={(a) => a.cle}
      colonnes={colonnes}
      vers={(a) => (a.carriereId ? `/paie/gestion/${mois}/agents/${a.carriereId}` : `/paie/gestion/${mois}`)}
      erreur={q.data ? null : q.error}
    />
  )
}
