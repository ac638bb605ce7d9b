import { Menu } from '@mantine/core'
import {
  IconChevronDown,
  IconClipboardList,
  IconHelp,
  IconMenu2,
  IconSearch,
  IconUserCircle,
} from '@tabler/icons-react'
import { lireSession, verrouiller } from '#modules/acces/contract.ts'
import { appeler } from '../api/client.ts'
import { formatNombre } from '../format/nombre.ts'
import { DENSITES, type Densite } from '../theme/jetons.ts'
import { couleurOrganisme } from '../theme/organisme.ts'
import { usePreferences } from '../theme/preferences.tsx'
import { Aide } from './aide.tsx'
import { useAller } from './navigation.tsx'
import { openOrganismes, openPalette } from './palette.tsx'
import { usePanneau } from './panneau.tsx'
import { ditSonType, useSession } from './session.tsx'
import { ListeTaches, useModules, useTaches } from './taches.tsx'

/** The top of the shell: where am I, in the colour of the body. */
export function Bandeau({ onMenu }: { onMenu: () => void }) {
  const { session, organisme } = useSession()
  const plusieurs = session.organismes.length > 1
  const fond = organisme ? couleurOrganisme(organisme.siren).hex : '#3a372f'
  const identite = organisme ? (
    <span className="bq-bandeau-identite">
      <strong className="bq-bandeau-nom">{organisme.nom}</strong>
      {!ditSonType(organisme) && <span className="bq-bandeau-type">{organisme.type}</span>}
    </span>
  ) : (
    <strong className="bq-bandeau-nom">Bosquet</strong>
  )
  return (
    <header className="bq-bandeau" style={{ background: fond }}>
      <button
        type="button"
        className="bq-bandeau-bouton bq-seulement-etroit"
        onClick={onMenu}
        aria-label="Menu des métiers"
      >
        <IconMenu2 size={22} aria-hidden="true" />
      </button>
      {plusieurs ? (
        <button
          type="button"
          className="bq-bandeau-organisme"
          onClick={openOrganismes}
          data-touche="o"
          aria-keyshortcuts="Alt+O"
          title="Changer d’organisme (Alt+O)"
        >
          {identite}
          <IconChevronDown size={18} aria-hidden="true" />
          <span className="bq-lu">— changer d’organisme</span>
        </button>
      ) : (
        <p className="bq-bandeau-organisme">{identite}</p>
      )}
      <div className="bq-bandeau-outils">
        <button
          type="button"
          className="bq-bandeau-bouton bq-bandeau-chercher"
          onClick={openPalette}
          aria-keyshortcuts="Control+K"
        >
          <IconSearch size={18} aria-hidden="true" />
          <span className="bq-seulement-large">Rechercher</span>
          <kbd className="bq-seulement-large">Ctrl K</kbd>
          <span className="bq-lu bq-seulement-etroit">Rechercher</span>
        </button>
        <BoutonTaches />
        <BoutonAide />
        <MenuPersonne />
      </div>
    </header>
  )
}

function BoutonTaches() {
  const etat = useTaches()
  const { open } = usePanneau()
  const n = etat.taches.length
  return (
    <button
      type="button"
      className="bq-bandeau-bouton"
      onClick={() => open({ titre: 'Ce qui vous attend', contenu: <TachesPanneau /> })}
      aria-label={n === 0 ? 'Ce qui vous attend : rien' : `Ce qui vous attend : ${formatNombre(n)}`}
      title="Ce qui vous attend"
    >
      <IconClipboardList size={22} stroke={1.6} aria-hidden="true" />
      {n > 0 && <span className="bq-compte bq-chiffres">{n > 99 ? '99+' : n}</span>}
    </button>
  )
}

function TachesPanneau() {
  return <ListeTaches {...useTaches()} />
}

function BoutonAide() {
  const { open } = usePanneau()
  return (
    <button
      type="button"
      className="bq-bandeau-bouton bq-seulement-large"
      onClick={() => open({ titre: 'Aide', contenu: <Aide /> })}
      aria-label="Aide"
      title="Aide"
    >
      <IconHelp size={22} stroke={1.6} aria-hidden="true" />
    </button>
  )
}

const THEMES = { light: 'Clair', dark: 'Sombre', auto: 'Comme l’ordinateur' } as const

function MenuPersonne() {
  const { session, quitter } = useSession()
  const { densite, theme, changer } = usePreferences()
  const { open } = usePanneau()
  const aller = useAller()
  const nom = `${session.personne.prenom} ${session.personne.nom}`
  const modules = useModules()
  const aUnCompte = modules.some((m) => m.pages.some((p) => p.chemin === '/compte'))
  return (
    <Menu position="bottom-end" width={256}>
      <Menu.Target>
        <button type="button" className="bq-bandeau-bouton" aria-label={`${nom} : réglages et déconnexion`} title={nom}>
          <IconUserCircle size={24} stroke={1.6} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Vos réglages">
        <Menu.Label>{nom}</Menu.Label>
        {aUnCompte && <Menu.Item onClick={() => aller('/compte', { portee: 'personne' })}>Mon compte</Menu.Item>}
        <Menu.Item onClick={() => open({ titre: 'Aide', contenu: <Aide /> })} className="bq-seulement-etroit">
          Aide
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Densité</Menu.Label>
        <Menu.RadioGroup value={densite} onChange={(d) => changer({ densite: d as Densite })}>
          {(Object.keys(DENSITES) as Densite[]).map((d) => (
            <Menu.RadioItem key={d} value={d}>
              {DENSITES[d].nom}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>Couleurs</Menu.Label>
        <Menu.RadioGroup value={theme} onChange={(t) => changer({ theme: t as keyof typeof THEMES })}>
          {(Object.keys(THEMES) as (keyof typeof THEMES)[]).map((t) => (
            <Menu.RadioItem key={t} value={t}>
              {THEMES[t]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item
          onClick={() => void appeler(verrouiller, {}).then(() => appeler(lireSession, {}).catch(() => undefined))}
        >
          Verrouiller
        </Menu.Item>
        <Menu.Item onClick={() => void quitter()}>Se déconnecter</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
