import { adresse, Encart, EtatVide, useApi, useOrganisme, useRecherche, VisionneuseDocument } from '#ui'
import { LIBELLES_NATURE, type lireBulletin, lirePdf, lirePiece } from '../../contract.ts'
import { LignesBulletin, TeteBulletin } from '../commun/bulletin.tsx'
import { ChoixProduction } from '../commun/choix-production.tsx'
import { Comparaison } from '../commun/comparaison.tsx'
import { LecteurPiece } from '../commun/lecteur.tsx'
import { ETATS_DE_PIECE } from '../commun/libelles.ts'
import { Onglets } from '../commun/onglets.tsx'
import type { FicheAgent } from './fiche.tsx'
import { LignesDePiece } from './lignes-de-piece.tsx'
import { TraiterPiece } from './traiter-piece.tsx'

type Lu = (typeof lireBulletin)['reply']['_output']
const VUES = ['bulletin', 'comparaison', 'pieces', 'pdf'] as const

/** What is read while entering: the payslip, what changed, a paper, or the sheet as it will be given. */
export function Lecture({
  mois,
  carriere,
  agent,
  lu,
  erreur,
}: {
  mois: string
  carriere: string
  agent: FicheAgent | undefined
  lu: Lu | undefined
  erreur: Error | null
}) {
  const [r, setR] = useRecherche()
  const vue = VUES.find((v) => v === r.vue) ?? 'bulletin'
  const aLire = agent?.pieces.filter((p) => p.etat === 'deposee').length
  return (
    <Onglets
      nom="À lire"
      actif={vue}
      onChoix={(v) => setR({ vue: v === 'bulletin' ? undefined : v, piece: undefined })}
      onglets={[
        { cle: 'bulletin', libelle: 'Bulletin' },
        { cle: 'comparaison', libelle: 'Mois précédent' },
        { cle: 'pieces', libelle: 'Pièces', nombre: aLire },
        { cle: 'pdf', libelle: 'Aperçu PDF' },
      ]}
    >
      {erreur && <Encart etat="attention">{erreur.message}</Encart>}
      {vue === 'pieces' ? (
        <PiecesAgent mois={mois} agent={agent} />
      ) : !lu ? (
        <p className="bq-discret">Lecture du bulletin…</p>
      ) : (
        <div className="bq-pile">
          <ChoixProduction rangs={lu.rangs} actif={lu.bulletin?.rang ?? 1} />
          <AnomaliesAgent lu={lu} />
          {!lu.bulletin ? (
            <EtatVide titre="Pas encore de bulletin pour ce mois.">
              {lu.anomalies.some((a) => a.bloquante)
                ? 'Corrigez ce qui bloque, puis recalculez.'
                : 'Calculez le mois pour voir celui-ci.'}
            </EtatVide>
          ) : vue === 'comparaison' ? (
            <Comparaison bulletin={lu.bulletin} />
          ) : vue === 'pdf' ? (
            <Apercu
              mois={mois}
              carriere={carriere}
              rang={lu.bulletin.rang}
              nom={agent ? `${agent.nom}-${agent.prenom}` : carriere}
            />
          ) : (
            <>
              <TeteBulletin bulletin={lu.bulletin} />
              <LignesBulletin
                bulletin={lu.bulletin}
                carriere={carriere}
                versPiece={(p) => `/paie/gestion/${mois}/agents/${carriere}?vue=pieces&piece=${p}`}
              />
            </>
          )}
        </div>
      )}
    </Onglets>
  )
}

function AnomaliesAgent({ lu }: { lu: Lu }) {
  return lu.anomalies.map((a) => (
    <Encart key={`${a.code}${a.message}`} etat={a.bloquante ? 'bloquant' : 'attention'} titre={a.message}>
      {a.conseil}
    </Encart>
  ))
}

function Apercu({ mois, carriere, rang, nom }: { mois: string; carriere: string; rang: number; nom: string }) {
  const organisme = useOrganisme()
  return (
    <VisionneuseDocument
      url={adresse(lirePdf, { params: { mois, carriere }, query: { organisme: organisme.id, rang } })}
      nom={`Bulletin ${mois} ${nom}.pdf`}
      hauteur="68dvh"
    />
  )
}

/** A lasting paper was deposited long before the month that it justifies. */
function PieceDUnAutreMois({ mois, piece }: { mois: string; piece: string }) {
  const q = useApi(lirePiece, { params: { piece } }, { garder: false })
  if (q.error) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture de la pièce…</p>
  return (
    <div className="bq-pile">
      <LecteurPiece piece={q.data} />
      <LignesDePiece mois={mois} piece={piece} />
    </div>
  )
}

function PiecesAgent({ mois, agent }: { mois: string; agent: FicheAgent | undefined }) {
  const [r, setR] = useRecherche()
  if (!agent) return <p className="bq-discret">Lecture des pièces…</p>
  const { pieces } = agent
  if (r.piece && !pieces.some((p) => p.id === r.piece)) return <PieceDUnAutreMois mois={mois} piece={r.piece} />
  if (pieces.length === 0)
    return (
      <EtatVide titre="Aucune pièce pour cet agent ce mois-ci.">
        Posez une question à la collectivité s’il en manque.
      </EtatVide>
    )
  const ouverte = pieces.find((p) => p.id === r.piece) ?? pieces[0]!
  return (
    <div className="bq-pile">
      {pieces.length > 1 && (
        <ul className="paie-choix-piece" aria-label="Pièces de l’agent">
          {pieces.map((p) => (
            <li key={p.id}>
              <button
                type="button"
                className="bq-bouton"
                aria-pressed={p.id === ouverte.id}
                onClick={() => setR({ piece: p.id })}
              >
                {LIBELLES_NATURE[p.nature]}
                <span className="bq-discret bq-petit">{ETATS_DE_PIECE[p.etat].libelle}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <TraiterPiece key={ouverte.id} piece={ouverte} />
      <LecteurPiece piece={ouverte} />
      <LignesDePiece mois={mois} piece={ouverte.id} />
    </div>
  )
}
