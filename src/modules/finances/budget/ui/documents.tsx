import {
  adresse,
  type Colonne,
  DepotFichiers,
  envoyerFichier,
  hasDroit,
  Page,
  Tableau,
  useApi,
  useInvalidation,
  useSession,
} from '#ui'
import { type DocumentResume, lireDocumentBudgetaire, listerDocumentsBudgetaires } from '../contract.ts'

const colonnes: readonly Colonne<DocumentResume>[] = [
  { cle: 'budget', titre: 'Budget', valeur: (d) => d.budget },
  { cle: 'collectivite', titre: 'Collectivité', valeur: (d) => d.collectivite },
  { cle: 'annee', titre: 'Exercice', valeur: (d) => String(d.annee), filtre: 'choix' },
  { cle: 'etape', titre: 'Document', valeur: (d) => d.etape, filtre: 'choix' },
  { cle: 'plan', titre: 'Plan de comptes', valeur: (d) => d.plan, masquee: true },
  { cle: 'depenses', titre: 'Dépenses', valeur: (d) => d.depenses, genre: 'montant' },
  { cle: 'lu', titre: 'Lu le', valeur: (d) => d.luLe, genre: 'instant' },
]

/** Official budget documents that were read: those of former software, of years before, of neighbours. */
export default function PageDocuments() {
  const q = useApi(listerDocumentsBudgetaires)
  const vue = useSession()
  const invalider = useInvalidation()
  return (
    <Page
      titre="Documents budgétaires lus"
      sousTitre="Les fichiers XML de TotEM ou d’Actes budgétaires, et les comptes financiers uniques."
      fil={[{ libelle: 'Budgets', vers: '/finances/budgets' }]}
    >
      {hasDroit(vue, 'finances.preparer') && (
        <DepotFichiers
          libelle="Lire un document budgétaire"
          aide="Un fichier XML. Il est contrôlé, gardé tel quel et montré ; aucun crédit n’est ouvert."
          formats=".xml"
          envoyer={(fichier, suivi) => envoyerFichier(adresse(lireDocumentBudgetaire, {}), fichier, suivi)}
          onRecu={() => void invalider([listerDocumentsBudgetaires])}
        />
      )}
      <Tableau
        nom="Documents budgétaires"
        lignes={q.data?.documents}
        cle={(d) => d.id}
        colonnes={colonnes}
        vers={(d) => `/finances/budgets/documents/${d.id}`}
        vide="Aucun document n’a été lu."
        erreur={q.error}
      />
    </Page>
  )
}
