import { IconCalendarOff, IconClock, IconCoin, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  alerter,
  annulable,
  Bouton,
  BoutonIcone,
  ChampChoix,
  deMois,
  Etat,
  formatMois,
  signaler,
  useAction,
  useApi,
  useRecherche,
} from '#ui'
import {
  type ContenuVariable,
  listerDossiers,
  saisirVariable,
  supprimerVariable,
  type zVariable,
} from '../../contract.ts'
import { LECTURES_DU_MOIS } from './actes.tsx'
import type { FicheAgent } from './fiche.tsx'
import { SaisieAbsence, SaisieHeures, SaisiePrime } from './saisies.tsx'

type Variable = (typeof zVariable)['_output']
type Nature = keyof typeof SAISIES

/** A month that may still change is corrected in place. */
const OUVERTS: readonly string[] = ['ouvert', 'calcule', 'renvoye']

const SAISIES = {
  heures: { libelle: 'Heures', touche: 'h', icone: IconClock, Saisie: SaisieHeures },
  prime: { libelle: 'Prime', touche: 'i', icone: IconCoin, Saisie: SaisiePrime },
  absence: { libelle: 'Absence', touche: 'b', icone: IconCalendarOff, Saisie: SaisieAbsence },
} as const

/** What counts for this month only: typed from a paper, taken out with a way back. */
export function Variables({
  mois,
  carriere,
  agent,
  modifiable,
  perime,
}: {
  mois: string
  carriere: string
  agent: FicheAgent
  modifiable: boolean
  /** Something changed since the last run: the payslip beside does not show it yet. */
  perime: boolean
}) {
  const [r, setR] = useRecherche()
  const dossiers = useApi(listerDossiers)
  const payes = (dossiers.data?.dossiers ?? []).filter((d) => d.mois < mois && !OUVERTS.includes(d.etat))
  const effet = payes.some((d) => d.mois === r.effet) ? (r.effet ?? null) : null
  const [nature, setNature] = useState<Nature>()
  const [tour, setTour] = useState(0)
  const saisie = useAction(saisirVariable, { invalidates: LECTURES_DU_MOIS })
  const retrait = useAction(supprimerVariable, { invalidates: LECTURES_DU_MOIS })
  const params = { mois, carriere }

  const enregistrer = async (id: string, contenu: ContenuVariable, pieceId: string | null) => {
    const v = await saisie.mutateAsync({ params, body: { id, contenu, pieceId, effet } })
    signaler(`Saisi : ${v.resume}.`)
    // The form starts again, ready for the next one, once it has let go of its draft.
    setTimeout(() => setTour((t) => t + 1))
  }
  const retirer = (v: Variable) =>
    retrait.mutate(
      { params: { ...params, variable: v.id } },
      {
        onSuccess: () =>
          annulable(`Retiré : ${v.resume}.`, async () => {
            await saisie.mutateAsync({
              params,
              body: { id: newId(), contenu: v.contenu, pieceId: v.pieceId, effet: v.effet },
            })
          }),
        onError: (e) => alerter('La variable n’a pas été retirée', e.message),
      },
    )
  const active = nature && SAISIES[nature]
  return (
    <section className="bq-pile-serree" aria-labelledby="variables-titre">
      <div className="bq-rangee">
        <h2 id="variables-titre">Variables du mois</h2>
        {perime && <Etat etat="attention">À recalculer</Etat>}
      </div>
      {agent.variables.length === 0 && (
        <p className="bq-discret">
          Rien de particulier ce mois-ci{modifiable ? '.' : ', et le mois n’est plus modifiable.'}
        </p>
      )}
      <ul className="paie-variables">
        {agent.variables.map((v) => {
          const piece = agent.pieces.find((p) => p.id === v.pieceId)
          return (
            <li key={v.id}>
              <span>
                {v.effet && <strong>Rappel {deMois(v.effet)} : </strong>}
                {v.resume}
                <span className="bq-discret bq-petit">
                  {v.saisiePar}
                  {piece && `, pièce n° ${piece.numero}`}
                </span>
              </span>
              {modifiable && (
                <BoutonIcone icone={IconTrash} libelle={`Retirer : ${v.resume}`} onClick={() => retirer(v)} />
              )}
            </li>
          )
        })}
      </ul>
      {modifiable && (
        <div className="paie-natures">
          {(Object.keys(SAISIES) as Nature[]).map((n) => (
            <Bouton
              key={n}
              icone={SAISIES[n].icone}
              touche={SAISIES[n].touche}
              aria-expanded={nature === n}
              onClick={() => {
                setNature(n)
                setTour((t) => t + 1)
              }}
            >
              {SAISIES[n].libelle}
            </Bouton>
          ))}
        </div>
      )}
      {modifiable && active && (
        <div className="paie-saisie">
          {payes.length > 0 && (
            <ChampChoix
              libelle="Au titre de"
              choix={[
                { valeur: mois, libelle: `${formatMois(mois)}, ce mois` },
                ...payes.map((d) => ({ valeur: d.mois, libelle: `${formatMois(d.mois)}, déjà payé : rappel` })),
              ]}
              valeur={effet ?? mois}
              onValeur={(v) => setR({ effet: v === mois || v === '' ? undefined : v })}
            />
          )}
          <active.Saisie
            key={`${nature}-${tour}`}
            mois={mois}
            brouillon={`variable-${mois}-${carriere}-${nature}`}
            pieces={agent.pieces}
            // The paper open beside, which is the first one until another is chosen.
            piece={r.piece ?? (r.vue === 'pieces' ? agent.pieces[0]?.id : undefined)}
            onEnregistrer={enregistrer}
            onFermer={() => setNature(undefined)}
          />
        </div>
      )}
    </section>
  )
}
