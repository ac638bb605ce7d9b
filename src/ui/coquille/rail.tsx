import { IconHome, IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useId } from 'react'
import { usePreferences } from '../theme/preferences.tsx'
import { type EntreeRail, GROUPES, type ModuleUi } from './module.ts'
import { Lien, useEstIci } from './navigation.tsx'
import { useSession, type Vue } from './session.tsx'

/** The first page of each body; a module may bring its own. */
const AUJOURDHUI: EntreeRail = { groupe: 'Aujourd’hui', libelle: 'Aujourd’hui', icone: IconHome, chemin: '/' }

export function entreesVisibles(modules: readonly ModuleUi[], vue: Vue): EntreeRail[] {
  const entrees = modules
    .flatMap((m) => m.rail)
    .filter((e) => (e.portee === 'personne' || vue.organisme !== undefined) && (e.visible?.(vue) ?? true))
  const manque = vue.organisme !== undefined && !entrees.some((e) => e.portee !== 'personne' && e.chemin === '/')
  return manque ? [AUJOURDHUI, ...entrees] : entrees
}

/** The trades of this person in this body, grouped. `ouvert`: 220 px with labels; else 56 px, labels on hover. */
export function Rail({
  modules,
  ouvert,
  onChoix,
  pliable = true,
}: {
  modules: readonly ModuleUi[]
  ouvert: boolean
  onChoix?: () => void
  pliable?: boolean
}) {
  const vue = useSession()
  const estIci = useEstIci()
  const { changer } = usePreferences()
  const base = useId()
  const entrees = entreesVisibles(modules, vue)
  const groupes = GROUPES.map((g) => ({ nom: g, entrees: entrees.filter((e) => e.groupe === g) })).filter(
    (g) => g.entrees.length > 0,
  )
  // The longest path that fits is where we are: `/paie` is not current on `/paie/mois`.
  const ici = entrees.filter((e) => estIci(e.chemin, e.portee)).sort((a, b) => b.chemin.length - a.chemin.length)[0]
  return (
    <nav className="bq-rail" aria-label="Métiers" data-ouvert={ouvert || undefined}>
      <div className="bq-rail-groupes">
        {groupes.map((g) => (
          <div key={g.nom}>
            <p id={`${base}${g.nom}`} className="bq-rail-groupe">
              {g.nom}
            </p>
            <ul aria-labelledby={`${base}${g.nom}`}>
              {g.entrees.map((e) => (
                <li key={e.chemin}>
                  <Lien
                    vers={e.chemin}
                    portee={e.portee ?? 'organisme'}
                    className="bq-rail-lien"
                    aria-current={e === ici ? 'page' : undefined}
                    title={ouvert ? undefined : e.libelle}
                    {...(onChoix ? { onClick: onChoix } : {})}
                  >
                    <e.icone size={20} stroke={1.6} aria-hidden="true" />
                    <span>{e.libelle}</span>
                  </Lien>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      {pliable && (
        <button
          type="button"
          className="bq-rail-plier"
          aria-expanded={ouvert}
          onClick={() => changer({ railOuvert: !ouvert })}
          title={ouvert ? undefined : 'Ouvrir le menu'}
        >
          {ouvert ? (
            <IconLayoutSidebarLeftCollapse size={20} stroke={1.6} aria-hidden="true" />
          ) : (
            <IconLayoutSidebarLeftExpand size={20} stroke={1.6} aria-hidden="true" />
          )}
          <span>{ouvert ? 'Replier le menu' : 'Ouvrir le menu'}</span>
        </button>
      )}
    </nav>
  )
}
