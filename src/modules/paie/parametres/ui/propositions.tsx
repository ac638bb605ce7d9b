import '../../ui/paie.css'
import { BoutonLien, type Colonne, formatJour, hasDroit, Page, Tableau, useApi, useSession } from '#ui'
import { lireTaux } from '../../dossier/ui/commun/libelles.ts'
import { listerPropositions, type Proposition } from '../contract.ts'
import { ETATS, EtatProposition, Verification } from './commun.tsx'

const colonnes: readonly Colonne<Proposition>[] = [
  {
    cle: 'libelle',
    titre: 'Paramètre',
    valeur: (p) => p.libelle,
    rendu: (p) => <span className="paie-texte">{p.libelle}</span>,
  },
  {
    cle: 'valeur',
    titre: 'Valeur',
    valeur: (p) => lireTaux(p.valeur),
    rendu: (p) => <strong className="bq-chiffres">{lireTaux(p.valeur)}</strong>,
    tri: false,
  },
  { cle: 'depuis', titre: 'À partir du', valeur: (p) => p.depuis, genre: 'jour' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (p) => ETATS[p.etat].libelle,
    rendu: (p) => <EtatProposition etat={p.etat} />,
    filtre: 'choix',
  },
  {
    cle: 'verifie',
    titre: 'Vérification',
    valeur: (p) => (p.verifie ? 'Vérifié' : 'Non vérifié'),
    rendu: (p) => <Verification verifie={p.verifie} />,
    filtre: 'choix',
  },
  { cle: 'par', titre: 'Proposée par', valeur: (p) => p.proposeePar },
  { cle: 'le', titre: 'Le', valeur: (p) => p.proposeeLe, genre: 'instant' },
  { cle: 'jusqua', titre: 'Jusqu’au (exclu)', valeur: (p) => p.jusqua && formatJour(p.jusqua), masquee: true },
  { cle: 'source', titre: 'Source', valeur: (p) => p.source, masquee: true },
  { cle: 'code', titre: 'Code', valeur: (p) => p.code, masquee: true },
]

/** Everything that was proposed, released, turned down or taken back: nothing of it is ever erased. */
export default function Propositions() {
  const vue = useSession()
  const q = useApi(listerPropositions)
  return (
    <Page
      titre="Valeurs proposées"
      fil={[{ libelle: 'Paramètres de la paie', vers: '/pex/parametres' }]}
      {...(hasDroit(vue, 'parametres.proposer')
        ? {
            action: (
              <BoutonLien variante="principal" touche="p" vers="/pex/parametres/proposer">
                Proposer une valeur
              </BoutonLien>
            ),
          }
        : {})}
    >
      <Tableau
        nom="Valeurs proposées"
        lignes={q.data?.propositions}
        cle={(p) => p.id}
        colonnes={colonnes}
        vers={(p) => `/pex/parametres/propositions/${p.id}`}
        erreur={q.data ? null : q.error}
        vide="Aucune valeur n’a été proposée. Celles qui sont livrées avec le moteur suffisent pour l’instant."
      />
    </Page>
  )
}
