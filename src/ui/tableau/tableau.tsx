import { Checkbox } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { Bouton } from '../composants/bouton.tsx'
import { EtatVide } from '../composants/vide.tsx'
import { alerter } from '../coquille/avis.tsx'
import { Lien, useAller } from '../coquille/navigation.tsx'
import { compter, formatNombre } from '../format/nombre.ts'
import { DENSITES } from '../theme/jetons.ts'
import { usePreferences } from '../theme/preferences.tsx'
import { BarreTableau } from './barre.tsx'
import { type Colonne, enTexte, estNumerique } from './colonnes.ts'
import { type EtatTableau, useEtatTableau } from './etat.ts'
import { exporterCsv, exporterXlsx } from './export.ts'
import { useLignes } from './modele.ts'

export type ProprietesTableau<L extends object> = {
  /** Names the table for those who do not see it, and the files of its exports: « Agents ». */
  nom: string
  /** `undefined` while they come. */
  lignes: readonly L[] | undefined
  cle: (ligne: L) => string
  colonnes: readonly Colonne<L>[]
  /** Page of the row: the first cell becomes a link, Enter goes there. */
  vers?: (ligne: L) => string
  /** Opens the row beside the list; arrows then move on by themselves. */
  onOuvrir?: (ligne: L) => void
  ouverte?: string | undefined
  /** What to say, and to do, when there is nothing at all. */
  vide?: ReactNode
  /** What can be done with the chosen rows; brings the check boxes. */
  selection?: (lignes: readonly L[], effacer: () => void) => ReactNode
  /** From `useEtatTableau`; needed with `serveur`. */
  etat?: EtatTableau
  /** Out of the address, for a table beside the main one. */
  local?: boolean
  /** The server sorts, filters and pages: the number of rows in all, and how to get them all for an export. */
  serveur?: { total: number; toutes?: () => Promise<readonly L[]> }
  /** Greatest height before it scrolls by itself. */
  hauteur?: string
  barre?: boolean
  recherche?: boolean
  /** A failed reading: shown in the place of the rows. */
  erreur?: Error | null
}

const SEUIL_VIRTUEL = 120

/** The list of the application: see `ProprietesTableau`. */
export function Tableau<L extends object>(p: ProprietesTableau<L>) {
  const interne = useEtatTableau({ local: p.local ?? false })
  const etat = p.etat ?? interne
  const { nom, colonnes, cle } = p
  const [masquees, setMasquees] = useMasquees(nom, colonnes)
  const montrees = useMemo(() => colonnes.filter((c, i) => i === 0 || !masquees.has(c.cle)), [colonnes, masquees])
  const lignes = useLignes({ lignes: p.lignes, colonnes, etat, serveur: p.serveur !== undefined })
  const [choisies, setChoisies] = useState<ReadonlyMap<string, L>>(new Map())
  const [impression, setImpression] = useState<readonly L[]>()
  const enPage = impression ?? lignes
  const total = p.serveur?.total ?? lignes.length

  const toutes = async () => (p.serveur?.toutes ? await p.serveur.toutes() : lignes)
  const essayer = (quoi: string, f: () => Promise<void>) => () =>
    void f().catch((e: Error) => alerter(`${quoi} n’a pas abouti`, e.message))

  // The browser prints what is laid out: all the rows, just for that moment.
  useEffect(() => {
    if (!impression) return
    document.documentElement.dataset.impression = 'tableau'
    window.print()
    delete document.documentElement.dataset.impression
    setImpression(undefined)
  }, [impression])

  const basculer = (ls: readonly L[], oui: boolean) =>
    setChoisies((avant) => {
      const apres = new Map(avant)
      for (const l of ls) {
        if (oui) apres.set(cle(l), l)
        else apres.delete(cle(l))
      }
      return apres
    })
  const effacer = () => setChoisies(new Map())
  const filtre = etat.recherche !== '' || Object.keys(etat.filtres).length > 0

  return (
    <div className="bq-tableau" data-imprime={impression !== undefined || undefined}>
      {(p.barre ?? true) && !(p.lignes?.length === 0 && !filtre) && (
        <BarreTableau
          nom={nom}
          etat={etat}
          colonnes={colonnes}
          lignes={p.lignes ?? []}
          nombre={total}
          visibles={new Set(montrees.map((c) => c.cle))}
          onVisibles={(c, visible) => setMasquees(c, !visible)}
          onCsv={essayer('L’export', async () => exporterCsv(nom, await toutes(), montrees))}
          onXlsx={essayer('L’export', async () => exporterXlsx(nom, await toutes(), montrees))}
          onImprimer={essayer('L’impression', async () => setImpression(await toutes()))}
          recherche={p.recherche ?? true}
        />
      )}
      {p.selection && choisies.size > 0 && (
        <div className="bq-selection" role="status">
          <strong>{compter(choisies.size, 'ligne choisie', 'lignes choisies')}</strong>
          {p.selection([...choisies.values()], effacer)}
          <Bouton variante="discret" onClick={effacer}>
            Ne plus choisir
          </Bouton>
        </div>
      )}
      <Corps
        {...p}
        etat={etat}
        montrees={montrees}
        enPage={enPage}
        virtuel={impression === undefined && enPage.length > SEUIL_VIRTUEL}
        choisies={p.selection ? choisies : undefined}
        basculer={basculer}
        filtre={filtre}
      />
      {p.serveur && p.serveur.total > etat.taille && <Pagination etat={etat} total={p.serveur.total} />}
    </div>
  )
}

function Corps<L extends object>({
  nom,
  lignes,
  cle,
  vers,
  onOuvrir,
  ouverte,
  vide,
  hauteur,
  erreur,
  etat,
  montrees,
  enPage,
  virtuel,
  choisies,
  basculer,
  filtre,
}: ProprietesTableau<L> & {
  etat: EtatTableau
  montrees: readonly Colonne<L>[]
  enPage: readonly L[]
  virtuel: boolean
  choisies: ReadonlyMap<string, L> | undefined
  basculer: (ls: readonly L[], oui: boolean) => void
  filtre: boolean
}) {
  const zone = useRef<HTMLElement>(null)
  const aller = useAller()
  const { densite } = usePreferences()
  const [active, setActive] = useState(0)
  const iActive = Math.min(active, Math.max(0, enPage.length - 1))
  const actionnable = onOuvrir !== undefined || vers !== undefined || choisies !== undefined
  const rouleau = useVirtualizer({
    count: enPage.length,
    getScrollElement: () => zone.current,
    estimateSize: () => DENSITES[densite].ligne,
    overscan: 12,
    enabled: virtuel,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another height of rows
  useEffect(() => rouleau.measure(), [densite])

  const ouvrir = (l: L) => (onOuvrir ? onOuvrir(l) : vers ? aller(vers(l)) : undefined)
  const deplacer = (i: number) => {
    const cible = Math.max(0, Math.min(enPage.length - 1, i))
    setActive(cible)
    if (virtuel) rouleau.scrollToIndex(cible)
    // With the detail beside it, moving is opening.
    if (onOuvrir && ouverte !== undefined && enPage[cible]) onOuvrir(enPage[cible])
    requestAnimationFrame(() =>
      zone.current?.querySelector<HTMLElement>(`[data-rang="${cible}"]`)?.focus({ preventScroll: virtuel }),
    )
  }
  const surTouche = (e: KeyboardEvent<HTMLTableRowElement>, i: number) => {
    if (e.target !== e.currentTarget) return
    const pas: Record<string, number> = {
      ArrowDown: i + 1,
      ArrowUp: i - 1,
      PageDown: i + 10,
      PageUp: i - 10,
      Home: 0,
      End: enPage.length - 1,
    }
    if (e.key in pas && !e.altKey && !e.ctrlKey) {
      e.preventDefault()
      deplacer(pas[e.key]!)
    } else if (e.key === 'Enter') {
      e.preventDefault()
      ouvrir(enPage[i]!)
    } else if (e.key === ' ' && choisies) {
      e.preventDefault()
      basculer([enPage[i]!], !choisies.has(cle(enPage[i]!)))
    }
  }
  const surClic = (e: MouseEvent<HTMLElement>, l: L, i: number) => {
    setActive(i)
    // A link, a button or a box inside the row keeps its own click; a selected text is not a click.
    if ((e.target as HTMLElement).closest('a, button, input, label') || window.getSelection()?.toString()) return
    ouvrir(l)
  }

  if (erreur)
    return (
      <EtatVide titre="La liste n’a pas pu être lue" etat="attention">
        {erreur.message}
      </EtatVide>
    )
  if (lignes && lignes.length === 0 && !filtre) return <EtatVide titre={vide ?? 'Rien à afficher.'} />

  const items = virtuel ? rouleau.getVirtualItems() : undefined
  const rangs = items ? items.map((x) => x.index) : enPage.map((_, i) => i)
  const avant = items?.[0]?.start ?? 0
  const apres = items ? rouleau.getTotalSize() - (items.at(-1)?.end ?? 0) : 0
  const largeurTotale = montrees.length + (choisies ? 1 : 0)
  const avecTotal = montrees.some((c) => c.total) && enPage.length > 0
  const toutesChoisies = choisies !== undefined && enPage.length > 0 && enPage.every((l) => choisies.has(cle(l)))

  return (
    <section
      ref={zone}
      className="bq-tableau-zone"
      aria-label={nom}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
      tabIndex={0}
      style={hauteur ? { maxHeight: hauteur } : undefined}
    >
      <table
        aria-rowcount={enPage.length + 1}
        aria-busy={lignes === undefined}
        {...(actionnable ? { role: 'grid' } : {})}
      >
        <caption className="bq-lu">{nom}</caption>
        <thead>
          <tr aria-rowindex={1}>
            {choisies && (
              <th scope="col" className="bq-case">
                <Checkbox
                  aria-label="Choisir toutes les lignes affichées"
                  checked={toutesChoisies}
                  indeterminate={!toutesChoisies && choisies.size > 0}
                  onChange={(e) => basculer(enPage, e.currentTarget.checked)}
                />
              </th>
            )}
            {montrees.map((c) => (
              <Entete key={c.cle} colonne={c} etat={etat} />
            ))}
          </tr>
        </thead>
        {avant > 0 && <Cale hauteur={avant} colonnes={largeurTotale} />}
        <tbody>
          {rangs.map((i) => {
            const l = enPage[i]!
            const id = cle(l)
            return (
              <tr
                key={id}
                data-rang={i}
                aria-rowindex={i + 2}
                data-ouverte={id === ouverte || undefined}
                {...(actionnable
                  ? {
                      tabIndex: i === iActive ? 0 : -1,
                      'aria-selected': choisies ? choisies.has(id) : id === ouverte,
                      onKeyDown: (e: KeyboardEvent<HTMLTableRowElement>) => surTouche(e, i),
                      onClick: (e: MouseEvent<HTMLTableRowElement>) => surClic(e, l, i),
                      'data-actionnable': onOuvrir !== undefined || vers !== undefined || undefined,
                    }
                  : {})}
              >
                {choisies && (
                  <td className="bq-case">
                    <Checkbox
                      aria-label={`Choisir ${enTexte(montrees[0]!.valeur(l), montrees[0]!.genre)}`}
                      checked={choisies.has(id)}
                      tabIndex={-1}
                      onChange={(e) => basculer([l], e.currentTarget.checked)}
                    />
                  </td>
                )}
                {montrees.map((c, j) => (
                  <Cellule
                    key={c.cle}
                    ligne={l}
                    colonne={c}
                    vers={j === 0 ? vers?.(l) : undefined}
                    premiere={j === 0}
                  />
                ))}
              </tr>
            )
          })}
          {lignes === undefined && (
            <tr>
              <td colSpan={largeurTotale} className="bq-discret">
                Chargement…
              </td>
            </tr>
          )}
          {lignes !== undefined && enPage.length === 0 && (
            <tr>
              <td colSpan={largeurTotale}>
                Aucune ligne ne correspond.{' '}
                <button type="button" className="bq-lien" onClick={etat.effacer}>
                  Effacer la recherche et les filtres
                </button>
              </td>
            </tr>
          )}
        </tbody>
        {apres > 0 && <Cale hauteur={apres} colonnes={largeurTotale} />}
        {avecTotal && (
          <tfoot>
            <tr>
              {choisies && <td />}
              {montrees.map((c, j) => {
                const v = c.total?.(enPage)
                return j === 0 ? (
                  <th key={c.cle} scope="row">
                    {v === undefined ? 'Total' : enTexte(v, c.genre, c.decimales)}
                  </th>
                ) : (
                  <td key={c.cle} data-nombre={estNumerique(c.genre) || undefined}>
                    {enTexte(v, c.genre, c.decimales)}
                  </td>
                )
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  )
}

/** Room of the rows that are not laid out. */
const Cale = ({ hauteur, colonnes }: { hauteur: number; colonnes: number }) => (
  <tbody aria-hidden="true">
    <tr style={{ height: hauteur }}>
      <td colSpan={colonnes} className="bq-cale" />
    </tr>
  </tbody>
)

function Entete<L>({ colonne: c, etat }: { colonne: Colonne<L>; etat: EtatTableau }) {
  const sens = etat.tri?.cle === c.cle ? (etat.tri.desc ? 'descending' : 'ascending') : undefined
  const style = c.largeur ? { width: c.largeur, minWidth: c.largeur } : undefined
  if (c.tri === false)
    return (
      <th scope="col" data-nombre={estNumerique(c.genre) || undefined} style={style}>
        {c.titre}
      </th>
    )
  // Up, then down, then the order of the list itself.
  const suivant =
    sens === undefined ? { cle: c.cle, desc: false } : sens === 'ascending' ? { cle: c.cle, desc: true } : null
  return (
    <th scope="col" aria-sort={sens ?? 'none'} data-nombre={estNumerique(c.genre) || undefined} style={style}>
      <button type="button" className="bq-tri" onClick={() => etat.changer({ tri: suivant })}>
        {c.titre}
        {sens === 'ascending' && <IconArrowUp size={16} aria-hidden="true" />}
        {sens === 'descending' && <IconArrowDown size={16} aria-hidden="true" />}
      </button>
    </th>
  )
}

function Cellule<L>({
  ligne,
  colonne: c,
  vers,
  premiere,
}: {
  ligne: L
  colonne: Colonne<L>
  vers: string | undefined
  premiere: boolean
}) {
  const contenu = c.rendu ? c.rendu(ligne) : enTexte(c.valeur(ligne), c.genre, c.decimales)
  const dedans = vers ? (
    <Lien vers={vers} tabIndex={-1}>
      {contenu}
    </Lien>
  ) : (
    contenu
  )
  return premiere ? <th scope="row">{dedans}</th> : <td data-nombre={estNumerique(c.genre) || undefined}>{dedans}</td>
}

function Pagination({ etat, total }: { etat: EtatTableau; total: number }) {
  const pages = Math.max(1, Math.ceil(total / etat.taille))
  const debut = (etat.page - 1) * etat.taille + 1
  return (
    <nav className="bq-pagination" aria-label="Pages de la liste">
      <span className="bq-chiffres" role="status">
        {formatNombre(debut)} à {formatNombre(Math.min(total, debut + etat.taille - 1))} sur {formatNombre(total)}
      </span>
      <Bouton icone={IconChevronLeft} disabled={etat.page <= 1} onClick={() => etat.changer({ page: etat.page - 1 })}>
        Précédent
      </Bouton>
      <Bouton
        icone={IconChevronRight}
        disabled={etat.page >= pages}
        onClick={() => etat.changer({ page: etat.page + 1 })}
      >
        Suivant
      </Bouton>
    </nav>
  )
}

/** Columns that the person hid, remembered on this device for each table. */
function useMasquees<L>(nom: string, colonnes: readonly Colonne<L>[]) {
  const cle = `bosquet.colonnes.${nom}`
  const [masquees, setMasquees] = useState<ReadonlySet<string>>(() => {
    try {
      const lues = localStorage.getItem(cle)
      if (lues !== null) return new Set(JSON.parse(lues) as string[])
    } catch {
      // The default choice serves.
    }
    return new Set(colonnes.filter((c) => c.masquee).map((c) => c.cle))
  })
  const changer = (colonne: string, masquer: boolean) =>
    setMasquees((avant) => {
      const apres = new Set(avant)
      if (masquer) apres.add(colonne)
      else apres.delete(colonne)
      try {
        localStorage.setItem(cle, JSON.stringify([...apres]))
      } catch {
        // Remembered until the page closes.
      }
      return apres
    })
  return [masquees, changer] as const
}
