import { type Colonne, Page, Tableau, useApi } from '#ui'
import { listerRestes, type ResteVue } from '../http/contract.ts'

const colonnes: readonly Colonne<ResteVue>[] = [
  { cle: 'nom', titre: 'Débiteur', valeur: (r) => r.nom || r.tiers },
  { cle: 'tiers', titre: 'Référence', valeur: (r) => r.tiers },
  { cle: 'produit', titre: 'Produit', valeur: (r) => r.produit, filtre: 'choix' },
  { cle: 'reste', titre: 'Reste à recouvrer', valeur: (r) => r.reste, genre: 'montant' },
  { cle: 'frais', titre: 'Frais', valeur: (r) => r.frais, genre: 'montant' },
  { cle: 'calcule', titre: 'Calculé le', valeur: (r) => r.calculeLe, genre: 'jour' },
]

export default function Restes() {
  const q = useApi(listerRestes)
  return (
    <Page titre="Restes à recouvrer" fil={[{ libelle: 'Échanges', vers: '/finances/echanges' }]}>
      <Tableau
        nom="Restes à recouvrer"
        lignes={q.data?.restes}
        cle={(r) => `${r.tiers}/${r.produit}`}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Aucun reste. Ils viennent du PES Retour client que le comptable dépose."
      />
    </Page>
  )
}
