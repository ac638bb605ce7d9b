import { type Colonne, Page, Tableau, useApi } from '#ui'
import { lireEchanges, type ReponseVue } from '../http/contract.ts'

const colonnes: readonly Colonne<ReponseVue>[] = [
  { cle: 'nom', titre: 'Fichier', valeur: (r) => r.nom },
  {
    cle: 'genre',
    titre: 'Genre',
    valeur: (r) => (r.genre === 'acquit' ? 'Accusé d’Hélios' : 'Retour du comptable'),
    filtre: 'choix',
  },
  { cle: 'emise', titre: 'Émise le', valeur: (r) => r.emiseLe, genre: 'jour' },
  { cle: 'recue', titre: 'Lue le', valeur: (r) => r.recueLe, genre: 'instant' },
  { cle: 'appliques', titre: 'Changements', valeur: (r) => r.appliques, genre: 'nombre' },
  { cle: 'deja', titre: 'Déjà connus', valeur: (r) => r.deja, genre: 'nombre' },
  { cle: 'aPart', titre: 'Mis à part', valeur: (r) => r.misAPart, genre: 'nombre' },
  { cle: 'par', titre: 'Lue par', valeur: (r) => r.recueParNom, masquee: true },
]

export default function Reponses() {
  const q = useApi(lireEchanges)
  return (
    <Page titre="Réponses du comptable" fil={[{ libelle: 'Échanges', vers: '/finances/echanges' }]}>
      <Tableau
        nom="Réponses"
        lignes={q.data?.reponses}
        cle={(r) => r.id}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Aucune réponse n’a encore été lue."
      />
    </Page>
  )
}
