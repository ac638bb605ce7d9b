import { createSpotlight, Spotlight } from '@mantine/spotlight'
import { IconArrowRight, IconBuildingCommunity, IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { GROUPES, grouper } from '../format/saisie.ts'
import { couleurOrganisme } from '../theme/organisme.ts'
import type { ModuleUi, ResultatPalette } from './module.ts'
import { useAller } from './navigation.tsx'
import { entreesVisibles } from './rail.tsx'
import { correspond } from './recherche.ts'
import { type OrganismeSession, useSession } from './session.tsx'

const [magasin, api] = createSpotlight()
/** Opens the search of everything, as Ctrl-K does. */
export const openPalette = api.open

const [magasinOrganismes, apiOrganismes] = createSpotlight()
/** Opens the choice of the body. */
export const openOrganismes = apiOrganismes.open

type GroupeResultats = { nom: string; resultats: ResultatPalette[] }

function useFournisseurs(modules: readonly ModuleUi[], texte: string): GroupeResultats[] {
  const vue = useSession()
  const [groupes, setGroupes] = useState<GroupeResultats[]>([])
  const { session, organisme } = vue
  useEffect(() => {
    const net = texte.trim()
    if (net.length < 2) {
      setGroupes([])
      return
    }
    const arret = new AbortController()
    const pause = setTimeout(async () => {
      const fournisseurs = modules
        .flatMap((m) => m.palette ?? [])
        .filter((f) => f.visible?.({ session, organisme }) ?? true)
      // A provider that fails must not hide what the others found.
      const trouves = await Promise.allSettled(fournisseurs.map(async (f) => f.chercher(net, arret.signal)))
      if (arret.signal.aborted) return
      setGroupes(
        fournisseurs.flatMap((f, i) => {
          const t = trouves[i]!
          return t.status === 'fulfilled' && t.value.length > 0 ? [{ nom: f.nom, resultats: t.value.slice(0, 8) }] : []
        }),
      )
    }, 150)
    return () => {
      clearTimeout(pause)
      arret.abort()
    }
  }, [modules, texte, session, organisme])
  return groupes
}

/** Ctrl-K: pages of the rail, bodies, and whatever the modules find. */
export function Palette({ modules }: { modules: readonly ModuleUi[] }) {
  const [texte, setTexte] = useState('')
  const aller = useAller()
  const vue = useSession()
  const groupes = useFournisseurs(modules, texte)
  const pages = entreesVisibles(modules, vue).filter((e) => correspond(`${e.libelle} ${e.groupe}`, texte))
  const organismes =
    texte.trim().length < 2
      ? []
      : vue.session.organismes.filter((o) => correspond(`${o.nom} ${o.type} ${o.siren}`, texte))
  const tous: GroupeResultats[] = [
    ...groupes,
    {
      nom: 'Pages',
      resultats: pages.map((e) => ({
        id: `page:${e.chemin}`,
        libelle: e.libelle,
        precision: e.groupe,
        icone: e.icone,
        executer: () => aller(e.chemin, { portee: e.portee }),
      })),
    },
    {
      nom: 'Organismes',
      resultats: organismes.slice(0, 6).map((o) => ({
        id: `organisme:${o.id}`,
        libelle: o.nom,
        precision: o.type,
        icone: IconBuildingCommunity,
        vers: `/o/${o.siren || o.id}/`,
      })),
    },
  ].filter((g) => g.resultats.length > 0)
  return (
    <Spotlight.Root
      store={magasin}
      query={texte}
      onQueryChange={setTexte}
      shortcut="mod + K"
      tagsToIgnore={[]}
      scrollable
      maxHeight={420}
      transitionProps={{ duration: 0 }}
      title="Rechercher"
    >
      <Spotlight.Search
        placeholder="Un agent, une page, un organisme…"
        aria-label="Rechercher un agent, une page, un organisme"
        leftSection={<IconSearch size={20} stroke={1.6} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {tous.map((g) => (
          <Spotlight.ActionsGroup key={g.nom} label={g.nom}>
            {g.resultats.map((r) => {
              const Icone = r.icone ?? IconArrowRight
              return (
                <Spotlight.Action
                  key={r.id}
                  label={r.libelle}
                  {...(r.precision ? { description: r.precision } : {})}
                  leftSection={<Icone size={20} stroke={1.6} aria-hidden="true" />}
                  onClick={() => (r.vers ? aller(r.vers) : r.executer?.())}
                />
              )
            })}
          </Spotlight.ActionsGroup>
        ))}
        {tous.length === 0 && (
          <Spotlight.Empty>
            Rien ne correspond à « {texte.trim()} ». Essayez un nom, un SIREN ou une page.
          </Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

/** The choice of the body, by name, type or SIREN. */
export function ChoixOrganisme({ onChoix }: { onChoix: (o: OrganismeSession) => void }) {
  const [texte, setTexte] = useState('')
  const { session, organisme } = useSession()
  // The current body is no choice: Enter on the first line goes elsewhere.
  const autres = session.organismes.filter((o) => o.id !== organisme?.id)
  const trouves = autres.filter((o) => correspond(`${o.nom} ${o.type} ${o.siren}`, texte))
  return (
    <Spotlight.Root
      store={magasinOrganismes}
      query={texte}
      onQueryChange={setTexte}
      shortcut={null}
      scrollable
      maxHeight={480}
      transitionProps={{ duration: 0 }}
      title="Changer d’organisme"
    >
      <Spotlight.Search
        placeholder="Nom, type ou SIREN de l’organisme…"
        aria-label="Chercher un organisme par nom, type ou SIREN"
        leftSection={<IconBuildingCommunity size={20} stroke={1.6} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {trouves.slice(0, 200).map((o) => (
          <Spotlight.Action
            key={o.id}
            label={o.nom}
            description={`${o.type} — ${grouper(o.siren, GROUPES.siren)}`}
            leftSection={<PastilleOrganisme siren={o.siren} />}
            onClick={() => onChoix(o)}
          />
        ))}
        {trouves.length === 0 && (
          <Spotlight.Empty>Aucun de vos organismes ne correspond à « {texte.trim()} ».</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  )
}

const PastilleOrganisme = ({ siren }: { siren: string }) => (
  <span className="bq-pastille" style={{ background: couleurOrganisme(siren).hex }} aria-hidden="true" />
)
