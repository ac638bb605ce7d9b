import { IconPlus } from '@tabler/icons-react'
import {
  BoutonLien,
  type Colonne,
  Etat,
  formatDuree,
  hasDroit,
  Page,
  Tableau,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { LIBELLES_STATUT, type StatutCarriere } from '../contract.ts'
import { type AgentListe, listerCarrieres, listerComptes } from '../http/contract.ts'

const PRESENCES = { present: 'En poste', aVenir: 'À venir', sorti: 'Sorti' } as const

const colonnes: readonly Colonne<AgentListe>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (a) => `${a.nom} ${a.prenom}` },
  { cle: 'emploi', titre: 'Emploi', valeur: (a) => a.emploi },
  {
    cle: 'statut',
    titre: 'Statut',
    valeur: (a) => LIBELLES_STATUT[a.statut as StatutCarriere] ?? '',
    filtre: 'choix',
  },
  { cle: 'grade', titre: 'Grade', valeur: (a) => (a.statut === 'elu' ? '' : a.grade) },
  { cle: 'echelon', titre: 'Échelon', valeur: (a) => a.echelon, genre: 'nombre' },
  { cle: 'im', titre: 'IM', valeur: (a) => a.im, genre: 'nombre', masquee: true },
  {
    cle: 'duree',
    titre: 'Durée',
    valeur: (a) => (a.minutesHebdo === null ? '' : a.minutesHebdo === 2100 ? 'TC' : formatDuree(a.minutesHebdo)),
    rendu: (a) => (
      <>
        {a.minutesHebdo !== null && (a.minutesHebdo === 2100 ? 'Complet' : formatDuree(a.minutesHebdo))}
        {a.quotite !== null && a.quotite !== 100 && `, ${a.quotite} %`}
      </>
    ),
  },
  { cle: 'entree', titre: 'Entrée', valeur: (a) => a.entree, genre: 'jour' },
  { cle: 'sortie', titre: 'Sortie', valeur: (a) => a.sortie, genre: 'jour' },
  { cle: 'position', titre: 'Position', valeur: (a) => a.position, filtre: 'choix', masquee: true },
  { cle: 'presence', titre: 'Présence', valeur: (a) => PRESENCES[a.presence], masquee: true },
  {
    cle: 'compte',
    titre: 'Compte',
    valeur: (a) => ({ confirme: 'Confirmé', aConfirmer: 'À confirmer', absent: 'Absent' })[a.compte],
    rendu: (a) =>
      a.compte === 'confirme' ? (
        'Confirmé'
      ) : (
        <Etat etat={a.compte === 'absent' ? 'attention' : 'enAttente'}>
          {a.compte === 'absent' ? 'Absent' : 'À confirmer'}
        </Etat>
      ),
    filtre: 'choix',
  },
  { cle: 'matricule', titre: 'Matricule', valeur: (a) => a.matricule, masquee: true },
  { cle: 'categorie', titre: 'Catégorie', valeur: (a) => a.categorie, filtre: 'choix', masquee: true },
]

/** Everybody who is, was or will be paid here. */
export default function Agents() {
  const vue = useSession()
  const [r, setR] = useRecherche()
  const q = useApi(listerCarrieres)
  const comptes = useApi(listerComptes)
  const modifie = hasDroit(vue, 'carrieres.modifier')
  const tous = r.sortis === 'oui'
  const agents = q.data?.agents.filter((a) => tous || a.presence !== 'sorti')
  const enAttente = comptes.data?.comptes.length ?? 0
  return (
    <Page
      titre="Agents"
      actions={
        <>
          {enAttente > 0 && <BoutonLien vers="/agents/comptes">Comptes à confirmer ({enAttente})</BoutonLien>}
          <BoutonLien vers="/agents/avancements">Avancements</BoutonLien>
          {modifie && <BoutonLien vers="/agents/importer">Importer</BoutonLien>}
        </>
      }
      {...(modifie
        ? {
            action: (
              <BoutonLien variante="principal" icone={IconPlus} touche="n" vers="/agents/nouveau">
                Nouvel agent
              </BoutonLien>
            ),
          }
        : {})}
    >
      <label className="bq-rangee">
        <input
          type="checkbox"
          checked={tous}
          onChange={(e) => setR({ sortis: e.currentTarget.checked ? 'oui' : undefined })}
        />
        Montrer aussi ceux qui sont partis
      </label>
      <Tableau
        nom="Agents"
        lignes={agents}
        cle={(a) => a.carriereId}
        colonnes={colonnes}
        vers={(a) => `/agents/${a.agentId}?emploi=${a.carriereId}`}
        erreur={q.data ? null : q.error}
        vide="Aucun agent. Ajoutez le premier, ou importez-les d’un tableur."
      />
    </Page>
  )
}
