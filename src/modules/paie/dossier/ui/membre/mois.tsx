import './membre.css'
import {
  aujourdhuiAParis,
  BoutonLien,
  Chronologie,
  compter,
  deMois,
  Encart,
  EtatVide,
  hasDroit,
  Page,
  useApi,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { lireDossier, listerJournal, listerPieces, listerQuestions } from '../../contract.ts'
import { Calendrier } from '../commun/calendrier.tsx'
import { Onglets } from '../commun/onglets.tsx'
import { Agents } from './agents.tsx'
import { Attendus, aRemplacer, attendReponse, useMoi } from './attendus.tsx'
import { BandeauSituation } from './bandeau-situation.tsx'
import { ChoixMois } from './choix-mois.tsx'
import { SectionDepot } from './depot/section.tsx'
import { phraseLimite, situationDepot } from './phrases.ts'
import { Pieces } from './pieces.tsx'
import { Questions } from './questions.tsx'

/** The month of a body as its secretary sees it: what is left to do, what was deposited, what became of it. */
export default function DossierDuMois() {
  const { mois } = useParametres<{ mois: string }>()
  const vue = useSession()
  const moi = useMoi()
  const [recherche, setRecherche] = useRecherche()
  const params = { mois }
  // A reader sees the payslips, not the papers.
  const litLesPieces = hasDroit(vue, 'pieces.lire')
  const lu = useApi(lireDossier, { params }, { rafraichir: 30_000 })
  const pieces = useApi(listerPieces, { params }, { rafraichir: 30_000, actif: litLesPieces })
  const questions = useApi(listerQuestions, { params }, { rafraichir: 30_000 })
  const d = lu.data
  const peutDeposer = hasDroit(vue, 'pieces.deposer')
  const ouvert = d !== undefined && d.etat !== 'clos'
  const sansReponse = questions.data?.questions.filter((q) => attendReponse(q, moi)) ?? []
  const onglet = recherche.vue ?? (litLesPieces ? 'pieces' : 'agents')

  if (lu.error)
    return (
      <Page titre={`Dossier ${deMois(mois)}`} actions={<ChoixMois mois={mois} base="/dossier" />}>
        <EtatVide
          titre="Ce dossier n’a pas pu être ouvert."
          etat="attention"
          action={<BoutonLien vers="/dossier">Aller au mois en cours</BoutonLien>}
        >
          {lu.error.message}
        </EtatVide>
      </Page>
    )
  return (
    <Page titre={`Dossier ${deMois(mois)}`} actions={<ChoixMois mois={mois} base="/dossier" />}>
      {d && (
        // On a phone, what is open takes the place of what is around it.
        <div className={recherche.agent || recherche.piece ? 'bq-seulement-large' : undefined}>
          <BandeauSituation
            situation={situationDepot(d, peutDeposer)}
            limite={
              peutDeposer && (d.etat === 'ouvert' || d.etat === 'calcule' || d.etat === 'renvoye')
                ? phraseLimite(d.dateLimiteDepot, aujourdhuiAParis())
                : undefined
            }
          />
        </div>
      )}
      <Onglets
        nom={`Dossier ${deMois(mois)}`}
        actif={onglet}
        onChoix={(cle) =>
          setRecherche({ vue: cle === 'pieces' ? undefined : cle, piece: undefined, agent: undefined, q: undefined })
        }
        onglets={[
          ...(litLesPieces ? [{ cle: 'pieces', libelle: 'Pièces', nombre: d?.compteurs.pieces }] : []),
          { cle: 'agents', libelle: 'Agents et bulletins', nombre: d?.compteurs.agents },
          { cle: 'questions', libelle: 'Questions', nombre: questions.data?.questions.length },
          { cle: 'dates', libelle: 'Dates' },
          { cle: 'histoire', libelle: 'Histoire' },
        ]}
      >
        {onglet === 'pieces' && (
          <div className="bq-pile">
            {peutDeposer && ouvert && recherche.piece === undefined && (
              <Attendus
                attendues={pieces.data?.attendues ?? []}
                arrivees={pieces.data?.arrivees ?? []}
                pieces={pieces.data?.pieces.filter(aRemplacer) ?? []}
                questions={sansReponse}
                onPiece={(piece) => setRecherche({ vue: undefined, piece })}
                onQuestion={(question) => setRecherche({ vue: 'questions', question })}
              />
            )}
            {peutDeposer && ouvert && <SectionDepot mois={mois} enRetrait={recherche.piece !== undefined} />}
            <Pieces mois={mois} />
          </div>
        )}
        {onglet === 'agents' && (
          <div className="bq-pile">
            {d && d.compteurs.bulletins < d.compteurs.agents && (
              <p className="bq-discret">
                {compter(d.compteurs.bulletins, 'bulletin calculé', 'bulletins calculés', 'Aucun bulletin calculé')}{' '}
                pour {compter(d.compteurs.agents, 'agent')} à payer.
              </p>
            )}
            <Agents mois={mois} />
          </div>
        )}
        {onglet === 'questions' && <Questions mois={mois} peutRepondre={peutDeposer} />}
        {onglet === 'dates' && <Calendrier mois={mois} />}
        {onglet === 'histoire' && <Histoire mois={mois} />}
      </Onglets>
    </Page>
  )
}

function Histoire({ mois }: { mois: string }) {
  const lu = useApi(listerJournal, { params: { mois } })
  if (lu.error)
    return (
      <Encart etat="bloquant" titre="L’histoire n’a pas pu être lue">
        {lu.error.message}
      </Encart>
    )
  if (!lu.data) return <p className="bq-discret">Lecture de l’histoire…</p>
  return (
    <Chronologie
      faits={lu.data.actes.map((a) => ({
        id: a.id,
        instant: a.le,
        qui: a.nom,
        quoi: (
          <>
            <strong>{a.acte}</strong>
            {a.detail && `, ${a.detail}`}
          </>
        ),
      }))}
    />
  )
}
