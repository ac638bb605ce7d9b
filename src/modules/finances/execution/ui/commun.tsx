import './execution.css'
import type { ReactNode } from 'react'
import { ChampChoix, Encart, Etat, EtatVide, type NomEtat, useApi, useRecherche } from '#ui'
import { type CadreVue, lireCadre } from '../http/cadre/contract.ts'
import type { zAnomalie } from '../http/contract.ts'
import type { PieceVue } from '../http/pieces/contract.ts'

export type Cadre = { budget: string; annee: number; vue: CadreVue; assujetti: boolean }

/** The budget and the year of the page, kept in its address; the first open one when nothing was chosen. */
export function useCadre(): { cadre: Cadre | undefined; choix: ReactNode; erreur: Error | null } {
  const [r, setR] = useRecherche()
  const query = { ...(r.budget ? { budget: r.budget } : {}), ...(r.annee ? { annee: r.annee } : {}) }
  const lu = useApi(lireCadre, { query: query as never })
  const v = lu.data
  const budget = v?.budgets.find((b) => b.id === v.budget)
  const cadre =
    v?.budget && v.annee && budget
      ? { budget: v.budget, annee: v.annee, vue: v, assujetti: budget.assujettiTva }
      : undefined
  return {
    cadre,
    erreur: v ? null : lu.error,
    choix: cadre && budget && (
      <div className="fin-cadre">
        {cadre.vue.budgets.length > 1 && (
          <ChampChoix
            libelle="Budget"
            valeur={cadre.budget}
            onValeur={(b) => setR({ budget: b, annee: undefined, piece: undefined })}
            choix={cadre.vue.budgets.map((b) => ({ valeur: b.id, libelle: b.libelle }))}
            effacable={false}
          />
        )}
        <ChampChoix
          libelle="Exercice"
          largeur="8rem"
          valeur={String(cadre.annee)}
          onValeur={(a) => setR({ budget: cadre.budget, annee: a, piece: undefined })}
          choix={budget.exercices.map((e) => ({ valeur: String(e.annee), libelle: String(e.annee) }))}
          effacable={false}
        />
      </div>
    ),
  }
}

/** When a body has no budget yet, or its budgets cannot be read. */
export function SansCadre({ erreur }: { erreur: Error | null }) {
  if (erreur)
    return (
      <Encart etat="bloquant" titre="Les budgets n’ont pas pu être lus">
        {erreur.message}
      </Encart>
    )
  return (
    <EtatVide titre="Aucun exercice n’est ouvert.">
      Créez d’abord un budget et ouvrez son exercice dans « Budgets ».
    </EtatVide>
  )
}

export const ETATS_PIECE: Record<PieceVue['etat'], NomEtat> = {
  signee: 'aFaire',
  transmise: 'enAttente',
  priseEnCharge: 'enAttente',
  suspendue: 'attention',
  rejetee: 'bloquant',
  partielle: 'enAttente',
  soldee: 'fait',
  annulee: 'fait',
}
export const EtatPiece = ({ piece }: { piece: Pick<PieceVue, 'etat' | 'libelleEtat'> }) => (
  <Etat etat={ETATS_PIECE[piece.etat]}>{piece.libelleEtat}</Etat>
)

export function Anomalies({
  liste,
  titre = 'À corriger avant la signature',
}: {
  liste: readonly (typeof zAnomalie)['_output'][]
  titre?: string
}) {
  if (liste.length === 0) return null
  const bloquantes = liste.some((a) => a.bloquante)
  return (
    <Encart etat={bloquantes ? 'bloquant' : 'attention'} titre={bloquantes ? titre : 'À vérifier'}>
      <ul className="fin-anomalies">
        {liste.map((a) => (
          <li key={a.code + a.message}>
            {a.message} {a.conseil && <span className="bq-discret">{a.conseil}</span>}
          </li>
        ))}
      </ul>
    </Encart>
  )
}

export const Chiffres = ({ liste }: { liste: readonly { libelle: string; valeur: ReactNode }[] }) => (
  <dl className="fin-chiffres">
    {liste.map((c) => (
      <div key={c.libelle}>
        <dt>{c.libelle}</dt>
        <dd>{c.valeur}</dd>
      </div>
    ))}
  </dl>
)
