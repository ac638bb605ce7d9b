import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconShieldLock } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { formatInstant, formatJour } from '../format/jour.ts'
import { couleurOrganisme } from '../theme/organisme.ts'
import { usePreferences } from '../theme/preferences.tsx'
import { Bandeau } from './bandeau.tsx'
import type { ModuleUi } from './module.ts'
import { useAller } from './navigation.tsx'
import { ChoixOrganisme, Palette } from './palette.tsx'
import { Panneau, usePanneau } from './panneau.tsx'
import { Rail } from './rail.tsx'
import { ditSonType, useSession } from './session.tsx'
import { useTouchesAlt } from './touches.ts'
import { LigneStatut } from './travaux.tsx'

/** Everything around a page. */
export function Coquille({ modules, children }: { modules: readonly ModuleUi[]; children: ReactNode }) {
  const [menu, setMenu] = useState(false)
  const etroit = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  const { railOuvert } = usePreferences()
  const { organisme } = useSession()
  const { close } = usePanneau()
  const aller = useAller()
  useTouchesAlt()
  // What the panel shows belongs to the body that we leave.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a change of body closes it
  useEffect(() => close(), [organisme?.id])
  return (
    <div className="bq-coquille">
      <div className="bq-sauts">
        <a href="#contenu">Aller au contenu</a>
        {!etroit && <a href="#metiers">Aller au menu des métiers</a>}
      </div>
      <Bandeau onMenu={() => setMenu(true)} />
      {!etroit && (
        <div id="metiers" className="bq-rail-place" tabIndex={-1}>
          <Rail modules={modules} ouvert={railOuvert} />
        </div>
      )}
      <main id="contenu" tabIndex={-1}>
        <AvisIntervention />
        {children}
      </main>
      <Panneau />
      <LigneStatut />
      <AnnonceOrganisme />
      {etroit && (
        <Drawer
          opened={menu}
          onClose={() => setMenu(false)}
          size={280}
          title="Métiers"
          padding={0}
          styles={{ header: { paddingInline: 16 } }}
        >
          <Rail modules={modules} ouvert pliable={false} onChoix={() => setMenu(false)} />
        </Drawer>
      )}
      <Palette modules={modules} />
      <ChoixOrganisme onChoix={(o) => aller(`/o/${o.siren || o.id}/`)} />
    </div>
  )
}

const VOIES = {
  portefeuille: 'Vous intervenez ici au titre de votre portefeuille',
  supervision: 'Vous intervenez ici au titre de la supervision',
  soutien: 'Vous intervenez ici au titre d’un dépannage autorisé',
} as const

/** Inside a member's data an agency person is told so, all the time. */
function AvisIntervention() {
  const { organisme } = useSession()
  if (!organisme || organisme.via === 'appartenance') return null
  return (
    <p className="bq-intervention" role="note">
      <IconShieldLock size={18} stroke={1.75} aria-hidden="true" />
      <span>
        {VOIES[organisme.via]}
        {organisme.motif && ` : ${organisme.motif}`}
        {organisme.fin &&
          `, jusqu’au ${organisme.fin.includes('T') ? formatInstant(organisme.fin) : formatJour(organisme.fin)}`}
        .
      </span>
    </p>
  )
}

/** A change of body is loud: its name in large on its colour for two seconds, and read aloud. */
function AnnonceOrganisme() {
  const { organisme } = useSession()
  const avant = useRef(organisme?.id)
  const [annonce, setAnnonce] = useState(false)
  useEffect(() => {
    if (!organisme || avant.current === organisme.id) return
    const premier = avant.current === undefined
    avant.current = organisme.id
    if (premier) return
    setAnnonce(true)
    const fin = setTimeout(() => setAnnonce(false), 2200)
    return () => clearTimeout(fin)
  }, [organisme])
  return (
    <div aria-live="assertive" className="bq-annonce-place">
      {annonce && organisme && (
        <div className="bq-annonce" style={{ background: couleurOrganisme(organisme.siren).hex }}>
          <span>Vous travaillez maintenant pour</span>
          <strong>{organisme.nom}</strong>
          {!ditSonType(organisme) && <span className="bq-bandeau-type">{organisme.type}</span>}
        </div>
      )}
    </div>
  )
}
