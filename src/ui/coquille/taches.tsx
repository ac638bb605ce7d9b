import { IconCircleCheck } from '@tabler/icons-react'
import { useQueries } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import { Etat } from '../composants/etat.tsx'
import { aujourdhuiAParis, formatJour } from '../format/jour.ts'
import type { ModuleUi, Tache } from './module.ts'
import { Lien } from './navigation.tsx'
import { useSession } from './session.tsx'

const ContexteModules = createContext<readonly ModuleUi[]>([])
export const ProviderModules = ContexteModules
export const useModules = () => useContext(ContexteModules)

type EtatTaches = { taches: Tache[]; enAttente: boolean; enPanne: string[] }

/** Everything that waits for this person here, all trades together, soonest first. */
export function useTaches(): EtatTaches {
  const modules = useModules()
  const vue = useSession()
  const fournisseurs = modules.flatMap((m) => m.taches ?? []).filter((f) => f.visible?.(vue) ?? true)
  const reponses = useQueries({
    queries: fournisseurs.map((f) => ({
      queryKey: ['taches', vue.organisme?.id ?? '', f.nom],
      queryFn: ({ signal }: { signal: AbortSignal }) => f.chercher(signal),
      refetchInterval: 60_000,
    })),
  })
  const taches = reponses.flatMap((r) => r.data ?? [])
  taches.sort((a, b) => (a.echeance ?? '9999').localeCompare(b.echeance ?? '9999'))
  return {
    taches,
    enAttente: reponses.some((r) => r.isPending),
    enPanne: fournisseurs.flatMap((f, i) => (reponses[i]!.isError ? [f.nom] : [])),
  }
}

const passee = (t: Tache) => t.echeance !== undefined && t.echeance < aujourdhuiAParis()

function EtatTache({ tache: t }: { tache: Tache }) {
  const etat = t.etat ?? 'aFaire'
  if (passee(t) && etat !== 'bloquant') return <Etat etat="attention">En retard</Etat>
  return <Etat etat={etat} />
}

/** The acts that wait, with their date; a finished list says so. */
export function ListeTaches({ taches, enAttente, enPanne }: EtatTaches) {
  if (enAttente && taches.length === 0) return <p className="bq-discret">Recherche de ce qui vous attend…</p>
  return (
    <>
      {enPanne.length > 0 && (
        <p className="bq-erreur" role="alert">
          Liste incomplète : {enPanne.join(', ')} ne répond pas. Rechargez la page dans un instant.
        </p>
      )}
      {taches.length === 0 && enPanne.length === 0 ? (
        <div className="bq-vide">
          <IconCircleCheck size={40} stroke={1.25} aria-hidden="true" className="bq-avis-fait" />
          <p>Tout est fait. Rien ne vous attend ici.</p>
        </div>
      ) : (
        <ul className="bq-taches">
          {taches.map((t) => (
            <li key={t.id}>
              <Lien vers={t.vers} className="bq-tache">
                <span className="bq-tache-texte">
                  <strong>{t.libelle}</strong>
                  {t.precision && <span className="bq-discret">{t.precision}</span>}
                </span>
                <EtatTache tache={t} />
                {t.echeance && (
                  <span className="bq-chiffres bq-tache-jour">
                    {passee(t) ? 'limite le' : 'avant le'} {formatJour(t.echeance)}
                  </span>
                )}
              </Lien>
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
