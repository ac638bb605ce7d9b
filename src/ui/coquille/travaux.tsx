import { IconX } from '@tabler/icons-react'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { useProgression } from '../api/evenements.ts'
import { BarreProgression } from '../composants/progression.tsx'
import { Lien } from './navigation.tsx'

export type Travail = {
  /** The same key twice is the same work. */
  cle: string
  libelle: string
  /** Address of its events, `text/event-stream` of `Progression`. */
  url: string
  /** Page that shows it, or its result. */
  vers?: string
  /** Id of its body, when it may be followed from another one. */
  organisme?: string
}

type Api = { suivre: (t: Travail) => void; oublier: (cle: string) => void; travaux: readonly Travail[] }
const ContexteTravaux = createContext<Api>({ suivre: () => {}, oublier: () => {}, travaux: [] })

/** `useTravaux().suivre({ cle, libelle, url })`: the status line shows it, after a reload of the page too. */
export const useTravaux = () => useContext(ContexteTravaux)

export function ProviderTravaux({ compte, children }: { compte: string; children: ReactNode }) {
  const cle = `bosquet.travaux.${compte}`
  const [travaux, setTravaux] = useState<readonly Travail[]>(() => {
    try {
      return JSON.parse(localStorage.getItem(cle) ?? '[]') as Travail[]
    } catch {
      return []
    }
  })
  useEffect(() => {
    try {
      localStorage.setItem(cle, JSON.stringify(travaux))
    } catch {
      // Without storage the line lasts as long as the page.
    }
  }, [cle, travaux])
  const suivre = useCallback((t: Travail) => setTravaux((a) => [...a.filter((x) => x.cle !== t.cle), t]), [])
  const oublier = useCallback((c: string) => setTravaux((a) => a.filter((x) => x.cle !== c)), [])
  const api = useMemo(() => ({ suivre, oublier, travaux }), [suivre, oublier, travaux])
  return <ContexteTravaux value={api}>{children}</ContexteTravaux>
}

/** The line at the bottom of the shell. */
export function LigneStatut() {
  const { travaux } = useTravaux()
  if (travaux.length === 0) return null
  return (
    <section className="bq-statut" aria-label="Travaux en cours">
      {travaux.map((t) => (
        <LigneTravail key={t.cle} travail={t} />
      ))}
    </section>
  )
}

function LigneTravail({ travail }: { travail: Travail }) {
  const { oublier } = useTravaux()
  const { progression, relie, refus } = useProgression(travail.url, travail.organisme)
  const fini = progression?.etat === 'fait' || progression?.etat === 'echec' || refus !== undefined
  return (
    <div className="bq-statut-ligne">
      <strong>{travail.libelle}</strong>
      {refus ? (
        <span>Ce travail n’est plus suivi : {refus.message}</span>
      ) : (
        <BarreProgression libelle={travail.libelle} progression={progression} relie={relie} />
      )}
      {travail.vers && <Lien vers={travail.vers}>Ouvrir</Lien>}
      {fini && (
        <button
          type="button"
          className="bq-icone"
          aria-label={`Ne plus afficher : ${travail.libelle}`}
          onClick={() => oublier(travail.cle)}
        >
          <IconX size={18} aria-hidden />
        </button>
      )}
    </div>
  )
}
