import './execution.css'
import { type Colonne, Etat, type NomEtat, Page, Tableau, useApi } from '#ui'
import { nomDePieces } from '../contract.ts'
import { type BordereauVue, listerBordereaux } from '../http/bordereaux/contract.ts'

export const ETATS: Record<BordereauVue['etat'], NomEtat> = {
  aViser: 'aFaire',
  renvoye: 'attention',
  signe: 'aFaire',
  transmis: 'enAttente',
  accepte: 'fait',
  refuse: 'bloquant',
}
export const nomBordereau = (b: Pick<BordereauVue, 'sens' | 'numero' | 'typeBordereau'>) =>
  `${nomDePieces(b)}${b.numero ? ` n° ${b.numero}` : ' à signer'}`

const colonnes: readonly Colonne<BordereauVue>[] = [
  { cle: 'nom', titre: 'Bordereau', valeur: nomBordereau },
  { cle: 'budget', titre: 'Budget', valeur: (b) => b.budget, filtre: 'choix' },
  { cle: 'annee', titre: 'Exercice', valeur: (b) => String(b.annee), filtre: 'choix' },
  { cle: 'date', titre: 'Émis le', valeur: (b) => b.dateEmission, genre: 'jour' },
  { cle: 'nombre', titre: 'Pièces', valeur: (b) => b.nombre, genre: 'nombre' },
  { cle: 'ttc', titre: 'Montant', valeur: (b) => b.ttc, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (b) => b.libelleEtat,
    rendu: (b) => <Etat etat={ETATS[b.etat]}>{b.libelleEtat}</Etat>,
    filtre: 'choix',
  },
  { cle: 'signePar', titre: 'Signé par', valeur: (b) => b.signePar, masquee: true },
  { cle: 'envoyePar', titre: 'Préparé par', valeur: (b) => b.envoyePar, masquee: true },
]

export default function Bordereaux() {
  const q = useApi(listerBordereaux, { query: { etat: 'tous' } })
  return (
    <Page titre="Bordereaux">
      <Tableau
        nom="Bordereaux"
        lignes={q.data?.bordereaux}
        cle={(b) => b.id}
        colonnes={colonnes}
        vers={(b) => (b.roleId ? `/finances/recettes/roles/${b.roleId}` : `/finances/bordereaux/${b.id}`)}
        erreur={q.data ? null : q.error}
        vide="Aucun bordereau. Le premier partira de « Mandater »."
      />
    </Page>
  )
}
