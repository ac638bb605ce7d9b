import '../../../ui/paie.css'
import { IconMessageQuestion } from '@tabler/icons-react'
import {
  Bouton,
  BoutonLien,
  deMois,
  Encart,
  EtatVide,
  Interrupteur,
  Page,
  Tableau,
  useApi,
  usePanneau,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { Complements } from '../../../production/ui/complements/liste.tsx'
import { lireDossier, listerAgents } from '../../contract.ts'
import { Onglets } from '../commun/onglets.tsx'
import { versPortefeuille } from './acces.ts'
import { ActesDossier } from './actes.tsx'
import { type AgentDuMois, colonnesAgents, demandeAttention } from './colonnes-agents.tsx'
import { AvisDossier, ChiffresDossier, TeteDossier } from './etat-dossier.tsx'
import { Histoire } from './histoire.tsx'
import { OngletAnomalies } from './onglet-anomalies.tsx'
import { OngletDates } from './onglet-dates.tsx'
import { OngletPieces } from './onglet-pieces.tsx'
import { OngletRappels } from './onglet-rappels.tsx'
import { OngletQuestions, PoserQuestion } from './questions.tsx'
import { enRecherche } from './recherche.ts'

const ONGLETS = ['agents', 'pieces', 'anomalies', 'rappels', 'productions', 'questions', 'dates', 'histoire'] as const
const cleAgent = (a: AgentDuMois) => a.carriereId

/** The month of a body, for the officer who prepares it. */
export default function DossierGestion() {
  const { mois } = useParametres<{ mois: string }>()
  const [r, setR] = useRecherche()
  const vue = useSession()
  const { open } = usePanneau()
  const q = useApi(lireDossier, { params: { mois } }, { rafraichir: 30_000, garder: false })
  const d = q.data
  const retour = versPortefeuille(vue, mois)
  const fil = retour ? [{ libelle: 'Mes collectivités', vers: retour }] : []
  if (q.error && !d)
    return (
      <Page titre={`Paie ${deMois(mois)}`} fil={fil}>
        <EtatVide titre="Ce mois n’a pas pu être ouvert." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  if (!d)
    return (
      <Page titre={`Paie ${deMois(mois)}`} fil={fil}>
        <p className="bq-discret">Ouverture du dossier…</p>
      </Page>
    )
  const actif = ONGLETS.find((o) => o === r.onglet) ?? 'agents'
  const c = d.compteurs
  return (
    <Page
      titre={`Paie ${deMois(mois)}`}
      fil={fil}
      sousTitre={<TeteDossier dossier={d} />}
      actions={
        <Bouton
          touche="q"
          icone={IconMessageQuestion}
          onClick={() => open({ titre: 'Poser une question', contenu: <PoserQuestion mois={mois} /> })}
        >
          Question
        </Bouton>
      }
      action={<ActesDossier dossier={d} />}
    >
      <AvisDossier dossier={d} />
      {actif === 'agents' && <ChiffresDossier dossier={d} />}
      <Onglets
        nom="Parties du dossier"
        actif={actif}
        // Another section has its own search and filters.
        onChoix={(onglet) =>
          setR({
            ...Object.fromEntries(Object.keys(r).map((k) => [k, undefined])),
            onglet: onglet === 'agents' ? undefined : onglet,
          })
        }
        onglets={[
          { cle: 'agents', libelle: 'Agents' },
          { cle: 'pieces', libelle: 'Pièces', nombre: c.piecesALire },
          { cle: 'anomalies', libelle: 'Anomalies', nombre: c.anomalies },
          { cle: 'rappels', libelle: 'Rappels', nombre: c.rappels },
          { cle: 'productions', libelle: 'Productions', nombre: c.complements },
          { cle: 'questions', libelle: 'Questions', nombre: c.questions },
          { cle: 'dates', libelle: 'Dates et courriels' },
          { cle: 'histoire', libelle: 'Histoire' },
        ]}
      >
        {actif === 'agents' && <OngletAgents mois={mois} />}
        {actif === 'pieces' && <OngletPieces mois={mois} />}
        {actif === 'anomalies' && <OngletAnomalies mois={mois} calcule={d.calculeLe !== null} />}
        {actif === 'rappels' && <OngletRappels mois={mois} modifiable={d.estModifiable} />}
        {actif === 'productions' && <Complements mois={mois} />}
        {actif === 'dates' && <OngletDates mois={mois} />}
        {actif === 'questions' && <OngletQuestions mois={mois} />}
        {actif === 'histoire' && <Histoire mois={mois} />}
      </Onglets>
    </Page>
  )
}

function OngletAgents({ mois }: { mois: string }) {
  const [r, setR] = useRecherche()
  const q = useApi(listerAgents, { params: { mois } })
  const seulement = r.attention === 'oui'
  const lignes = q.data?.agents.filter((a) => !seulement || demandeAttention(a))
  const suite = enRecherche({ ...r, onglet: undefined, vue: undefined, piece: undefined })
  return (
    <div className="bq-pile-serree">
      <div className="bq-rangee">
        <Interrupteur
          libelle="Seulement ce qui demande attention"
          valeur={seulement}
          onValeur={(v) => setR({ attention: v ? 'oui' : undefined })}
        />
        <BoutonLien vers={`/saisie/${mois}`}>Saisie par lot</BoutonLien>
      </div>
      {seulement && lignes?.length === 0 ? (
        <Encart etat="fait">Aucun agent ne demande d’attention ce mois-ci.</Encart>
      ) : (
        <Tableau
          nom="Agents du mois"
          lignes={lignes}
          cle={cleAgent}
          colonnes={colonnesAgents}
          vers={(a) => `/paie/gestion/${mois}/agents/${a.carriereId}${suite}`}
          erreur={q.data ? null : q.error}
          vide="Aucun agent n’est à payer ce mois-ci dans cette collectivité."
        />
      )}
    </div>
  )
}
