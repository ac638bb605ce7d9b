import { useVirtualizer } from '@tanstack/react-virtual'
import {
  type ClipboardEvent,
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useId,
  useMemo,
  useRef,
  useState,
} from 'react'
import { flushSync } from 'react-dom'
import { alerter } from '../coquille/avis.tsx'
import { aujourdhuiAParis } from '../format/jour.ts'
import { compter } from '../format/nombre.ts'
import { lireTableur } from '../format/saisie.ts'
import { DENSITES } from '../theme/jetons.ts'
import { usePreferences } from '../theme/preferences.tsx'
import { type Edition, Ligne } from './ligne.tsx'
import {
  appliquer,
  type ColonneGrille,
  copierCellule,
  ecrireCellule,
  estModifiable,
  estNumerique,
  inverser,
  type LigneGrille,
  lireCellule,
  type Modification,
  sommer,
} from './modele.ts'

type Place = { i: number; j: number }

export type ProprietesGrille<L extends LigneGrille> = {
  nom: string
  /** Wire values, all texts: `''` is an empty cell. */
  lignes: readonly L[]
  cle: (ligne: L) => string
  colonnes: readonly ColonneGrille[]
  /** What was typed, pasted, erased, undone or done again. `appliquer` makes the new lines. */
  onModifier: (modifications: Modification[]) => void
  /** Refusals of the server, by `cleDeLigne/colonne`. */
  erreurs?: Readonly<Record<string, string>>
  /** How many cells do not read: sending waits for zero. */
  onFautes?: (nombre: number) => void
  hauteur?: string
}

const memesCellules = (a: LigneGrille | undefined, b: LigneGrille): boolean =>
  a === b || (a !== undefined && Object.keys(b).every((c) => a[c] === b[c]))

/** State for a `Grille`: `const g = useGrille(lignes, (l) => l.id)`, then `<Grille {...g} …/>`; `g.modifiees` is what changed. */
export function useGrille<L extends LigneGrille>(initiales: readonly L[], cle: (l: L) => string) {
  const [lignes, setLignes] = useState<readonly L[]>(initiales)
  const depart = useRef(new Map(initiales.map((l) => [cle(l), l])))
  const lireCle = useRef(cle)
  lireCle.current = cle
  const onModifier = useCallback(
    (ms: Modification[]) => setLignes((l) => appliquer(l, (x) => lireCle.current(x), ms)),
    [],
  )
  const reprendre = useCallback((nouvelles: readonly L[]) => {
    depart.current = new Map(nouvelles.map((l) => [lireCle.current(l), l]))
    setLignes(nouvelles)
  }, [])
  // a line typed and undone is another object with the same cells
  const modifiees = useMemo(
    () => lignes.filter((l) => !memesCellules(depart.current.get(lireCle.current(l)), l)),
    [lignes],
  )
  return { lignes, onModifier, cle, modifiees, reprendre }
}

/**
 * Entry grid, moved through as on the old client/server tools: typing replaces the cell, Enter goes down, Tab goes right,
 * F2 mends, Échap gives up, Ctrl-Z comes back, Ctrl-C and Ctrl-V speak with spreadsheets.
 */
export function Grille<L extends LigneGrille>(p: ProprietesGrille<L>) {
  const { nom, lignes, cle, colonnes, onModifier, erreurs, onFautes } = p
  const id = useId()
  const zone = useRef<HTMLDivElement>(null)
  const table = useRef<HTMLTableElement>(null)
  const { densite } = usePreferences()
  const [active, setActive] = useState<Place>({
    i: 0,
    j: Math.max(
      0,
      colonnes.findIndex((c) => c.modifiable !== false),
    ),
  })
  const [ancre, setAncre] = useState<Place>()
  const [edition, setEdition] = useState<Edition>()
  const [fautes, setFautes] = useState<ReadonlyMap<string, { texte: string; message: string }>>(new Map())
  const faites = useRef<Modification[][]>([])
  const defaites = useRef<Modification[][]>([])
  const rouleau = useVirtualizer({
    count: lignes.length,
    getScrollElement: () => zone.current,
    estimateSize: () => DENSITES[densite].ligne,
    overscan: 10,
    scrollPaddingStart: DENSITES[densite].ligne,
    scrollPaddingEnd: DENSITES[densite].ligne,
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another density is another height of rows
  useEffect(() => rouleau.measure(), [densite])
  useEffect(() => onFautes?.(fautes.size), [fautes, onFautes])

  const ligneActive = lignes[active.i]
  const bornes = {
    i1: Math.min(active.i, ancre?.i ?? active.i),
    i2: Math.max(active.i, ancre?.i ?? active.i),
    j1: Math.min(active.j, ancre?.j ?? active.j),
    j2: Math.max(active.j, ancre?.j ?? active.j),
  }

  const aller = (i: number, j: number, etendre = false) => {
    const place = {
      i: Math.max(0, Math.min(lignes.length - 1, i)),
      j: Math.max(0, Math.min(colonnes.length - 1, j)),
    }
    setAncre(etendre ? (ancre ?? active) : undefined)
    setActive(place)
    rouleau.scrollToIndex(place.i)
    requestAnimationFrame(() => {
      const c = zone.current?.querySelector<HTMLElement>(`[data-place="${place.i}.${place.j}"]`)
      const fige = zone.current?.querySelector<HTMLElement>('thead th')
      if (!c || !zone.current || place.j === 0) return
      // The frozen first column must not hide the active cell.
      const manque = c.offsetLeft - zone.current.scrollLeft - (fige?.offsetWidth ?? 0)
      if (manque < 0) zone.current.scrollLeft += manque
      const depasse = c.offsetLeft + c.offsetWidth - zone.current.scrollLeft - zone.current.clientWidth
      if (depasse > 0) zone.current.scrollLeft += depasse
    })
  }

  /** Writes texts into cells: what reads becomes a modification, what does not stays as typed with its fault. */
  const ecrire = (cellules: readonly { i: number; j: number; texte: string }[]) => {
    const aujourdhui = aujourdhuiAParis()
    const ms: Modification[] = []
    const nouvelles = new Map(fautes)
    for (const { i, j, texte } of cellules) {
      const [l, c] = [lignes[i], colonnes[j]]
      if (!l || !c || !estModifiable(c, l)) continue
      const lu = lireCellule(texte, c, l, aujourdhui)
      const place = `${cle(l)}/${c.cle}`
      nouvelles.delete(place)
      if ('faute' in lu) nouvelles.set(place, { texte, message: lu.faute })
      else if (lu.valeur !== (l[c.cle] ?? ''))
        ms.push({ ligne: cle(l), colonne: c.cle, avant: l[c.cle] ?? '', apres: lu.valeur })
    }
    setFautes(nouvelles)
    if (ms.length > 0) {
      faites.current.push(ms)
      defaites.current = []
      onModifier(ms)
    }
  }

  const revenir = (de: Modification[][], vers: Modification[][]) => {
    const ms = de.pop()
    if (!ms) return
    const inverses = inverser(ms)
    vers.push(inverses)
    onModifier(inverses)
    setFautes(new Map())
    const i = lignes.findIndex((l) => cle(l) === inverses.at(-1)!.ligne)
    const j = colonnes.findIndex((c) => c.cle === inverses.at(-1)!.colonne)
    if (i >= 0 && j >= 0) aller(i, j)
  }

  const editer = (mode: Edition['mode'], texte: string) => {
    const c = colonnes[active.j]
    if (!ligneActive || !c || !estModifiable(c, ligneActive)) return
    // At once, so that the key being pressed falls into the field.
    flushSync(() => setEdition({ mode, texte }))
  }
  const finir = (garder: boolean) => {
    if (edition && garder) ecrire([{ ...active, texte: edition.texte }])
    setEdition(undefined)
    table.current?.focus({ preventScroll: true })
  }
  /** Tab stops at the cells that can be typed, line after line. */
  const suivante = (sens: 1 | -1): Place => {
    let { i, j } = active
    for (let n = 0; n < colonnes.length * 2; n++) {
      j += sens
      if (j < 0 || j >= colonnes.length) {
        i += sens
        j = sens === 1 ? 0 : colonnes.length - 1
      }
      const l = lignes[i]
      if (!l) return active
      if (estModifiable(colonnes[j]!, l)) return { i, j }
    }
    return active
  }

  const surTouche = (e: KeyboardEvent<HTMLTableElement>) => {
    if (e.nativeEvent.isComposing) return
    const ctrl = e.ctrlKey || e.metaKey
    const deplacements: Record<string, [number, number]> = {
      ArrowDown: [active.i + 1, active.j],
      ArrowUp: [active.i - 1, active.j],
      ArrowLeft: [active.i, active.j - 1],
      ArrowRight: [active.i, active.j + 1],
      PageDown: [active.i + 12, active.j],
      PageUp: [active.i - 12, active.j],
      Home: [ctrl ? 0 : active.i, 0],
      End: [ctrl ? lignes.length - 1 : active.i, colonnes.length - 1],
    }
    if (edition) {
      if (e.key === 'Escape') {
        e.preventDefault()
        e.stopPropagation()
        finir(false)
      } else if (e.key === 'Enter') {
        e.preventDefault()
        finir(true)
        aller(active.i + (e.shiftKey ? -1 : 1), active.j)
      } else if (e.key === 'Tab') {
        const s = suivante(e.shiftKey ? -1 : 1)
        if (s === active) return
        e.preventDefault()
        finir(true)
        aller(s.i, s.j)
      } else if (e.key in deplacements && (edition.mode === 'frappe' || e.key === 'ArrowUp' || e.key === 'ArrowDown')) {
        e.preventDefault()
        finir(true)
        aller(...deplacements[e.key]!)
      }
      return
    }
    if (e.altKey) return
    if (ctrl && e.key.toLowerCase() === 'z') {
      e.preventDefault()
      if (e.shiftKey) revenir(defaites.current, faites.current)
      else revenir(faites.current, defaites.current)
    } else if (ctrl && e.key.toLowerCase() === 'y') {
      e.preventDefault()
      revenir(defaites.current, faites.current)
    } else if (e.key in deplacements) {
      e.preventDefault()
      aller(...deplacements[e.key]!, e.shiftKey)
    } else if (e.key === 'Enter') {
      e.preventDefault()
      aller(active.i + (e.shiftKey ? -1 : 1), active.j)
    } else if (e.key === 'Tab') {
      // At the edge of the grid Tab leaves it: the keyboard is never trapped.
      const s = suivante(e.shiftKey ? -1 : 1)
      if (s === active) return
      e.preventDefault()
      aller(s.i, s.j)
    } else if (e.key === 'F2') {
      e.preventDefault()
      const c = colonnes[active.j]
      if (ligneActive && c)
        editer(
          'reprise',
          fautes.get(`${cle(ligneActive)}/${c.cle}`)?.texte ?? copierCellule(ligneActive[c.cle] ?? '', c),
        )
    } else if (e.key === 'Delete' || e.key === 'Backspace') {
      e.preventDefault()
      ecrire(cellulesDe(bornes).map((place) => ({ ...place, texte: '' })))
    } else if (e.key === 'F8') {
      e.preventDefault()
      allerFaute()
    } else if (!ctrl && (e.key.length === 1 || e.key === 'Dead' || e.key === 'Process')) editer('frappe', '')
  }

  const allerFaute = () => {
    const places = lignes.flatMap((l, i) =>
      colonnes.flatMap((c, j) => (fautes.has(`${cle(l)}/${c.cle}`) ? [{ i, j }] : [])),
    )
    const apres = places.find((x) => x.i > active.i || (x.i === active.i && x.j > active.j)) ?? places[0]
    if (!apres) return
    aller(apres.i, apres.j)
    table.current?.focus({ preventScroll: true })
  }

  const coller = (e: ClipboardEvent) => {
    if (edition) return
    e.preventDefault()
    const bloc = lireTableur(e.clipboardData.getData('text/plain'))
    const seule = bloc.length === 1 && bloc[0]!.length === 1
    if (seule) return ecrire(cellulesDe(bornes).map((place) => ({ ...place, texte: bloc[0]![0]! })))
    ecrire(bloc.flatMap((r, di) => r.map((texte, dj) => ({ i: bornes.i1 + di, j: bornes.j1 + dj, texte }))))
    const enTrop = bornes.i1 + bloc.length - lignes.length
    if (enTrop > 0)
      alerter(
        'Tout n’a pas été collé',
        `${compter(enTrop, 'ligne copiée dépasse', 'lignes copiées dépassent')} le bas de la grille. Ce qui tenait est collé ; Ctrl Z revient en arrière.`,
      )
    setAncre({ i: bornes.i1, j: bornes.j1 })
    setActive({
      i: Math.min(lignes.length - 1, bornes.i1 + bloc.length - 1),
      j: Math.min(colonnes.length - 1, bornes.j1 + Math.max(...bloc.map((r) => r.length)) - 1),
    })
  }
  const copier = (e: ClipboardEvent) => {
    if (edition) return
    e.preventDefault()
    const rangs = Array.from({ length: bornes.i2 - bornes.i1 + 1 }, (_, k) => lignes[bornes.i1 + k]!)
    const cols = colonnes.slice(bornes.j1, bornes.j2 + 1)
    e.clipboardData.setData(
      'text/plain',
      rangs.map((l) => cols.map((c) => copierCellule(l[c.cle] ?? '', c)).join('\t')).join('\n'),
    )
  }
  const surSouris = (e: MouseEvent<HTMLTableElement>) => {
    const place = (e.target as HTMLElement).closest<HTMLElement>('[data-place]')?.dataset.place
    if (!place || (e.target as HTMLElement).matches('input')) return
    const [i, j] = place.split('.').map(Number) as [number, number]
    if (edition) finir(true)
    e.preventDefault()
    table.current?.focus({ preventScroll: true })
    if (e.type === 'dblclick') {
      const c = colonnes[j]!
      editer('reprise', copierCellule(lignes[i]![c.cle] ?? '', c))
    } else aller(i, j, e.shiftKey)
  }

  const items = rouleau.getVirtualItems()
  const avant = items[0]?.start ?? 0
  const apres = rouleau.getTotalSize() - (items.at(-1)?.end ?? 0)
  const messageActif =
    ligneActive && colonnes[active.j] ? messageDe(cle(ligneActive), colonnes[active.j]!.cle) : undefined
  function messageDe(l: string, c: string) {
    return fautes.get(`${l}/${c}`)?.message ?? erreurs?.[`${l}/${c}`]
  }

  return (
    <div className="bq-grille">
      <div ref={zone} className="bq-grille-zone" style={p.hauteur ? { maxHeight: p.hauteur } : undefined}>
        <table
          ref={table}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the grid pattern of ARIA, on a true table
          role="grid"
          tabIndex={0}
          aria-label={nom}
          aria-rowcount={lignes.length + 1}
          aria-colcount={colonnes.length}
          aria-multiselectable
          aria-activedescendant={ligneActive ? `${id}${cle(ligneActive)}.${active.j}` : undefined}
          aria-describedby={`${id}mode`}
          onKeyDown={surTouche}
          onMouseDown={surSouris}
          onDoubleClick={surSouris}
          onPaste={coller}
          onCopy={copier}
        >
          <thead>
            <tr aria-rowindex={1}>
              {colonnes.map((c) => (
                <th
                  key={c.cle}
                  scope="col"
                  data-nombre={estNumerique(c) || undefined}
                  style={c.largeur ? { minWidth: c.largeur } : undefined}
                >
                  {c.titre}
                </th>
              ))}
            </tr>
          </thead>
          {avant > 0 && <Cale hauteur={avant} colonnes={colonnes.length} />}
          <tbody>
            {items.map(({ index: i }) => {
              const l = lignes[i]!
              const k = cle(l)
              const dedans = i >= bornes.i1 && i <= bornes.i2
              return (
                <Ligne
                  key={k}
                  id={`${id}${k}`}
                  cle={k}
                  i={i}
                  ligne={l}
                  colonnes={colonnes}
                  activeJ={i === active.i ? active.j : -1}
                  j1={dedans ? bornes.j1 : -1}
                  j2={dedans ? bornes.j2 : -2}
                  edition={i === active.i ? edition : undefined}
                  onTexte={setTexte}
                  onSortie={finir}
                  fautes={fautes}
                  erreurs={erreurs}
                />
              )
            })}
          </tbody>
          {apres > 0 && <Cale hauteur={apres} colonnes={colonnes.length} />}
          {colonnes.some((c) => c.total) && (
            <tfoot>
              <tr>
                {colonnes.map((c, j) => (
                  <td key={c.cle} data-nombre={estNumerique(c) || undefined}>
                    {c.total ? ecrireCellule(sommer(lignes.map((l) => l[c.cle] ?? '')), c) : j === 0 ? 'Total' : ''}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      <p id={`${id}mode`} className="bq-lu">
        Grille de saisie : tapez pour remplacer, F2 pour reprendre, Entrée pour descendre, Échap pour renoncer.
      </p>
      <div className="bq-grille-pied" role="status">
        {messageActif && <span className="bq-erreur">{messageActif}</span>}
        {fautes.size > 0 && (
          <button type="button" className="bq-lien" onClick={allerFaute}>
            {compter(fautes.size, 'cellule à corriger', 'cellules à corriger')} (F8)
          </button>
        )}
      </div>
    </div>
  )

  function setTexte(texte: string) {
    setEdition((e) => e && { ...e, texte })
  }
}

const cellulesDe = (b: { i1: number; i2: number; j1: number; j2: number }): Place[] =>
  Array.from({ length: b.i2 - b.i1 + 1 }, (_, di) =>
    Array.from({ length: b.j2 - b.j1 + 1 }, (_, dj) => ({ i: b.i1 + di, j: b.j1 + dj })),
  ).flat()

const Cale = ({ hauteur, colonnes }: { hauteur: number; colonnes: number }) => (
  <tbody aria-hidden="true">
    <tr style={{ height: hauteur }}>
      <td colSpan={colonnes} className="bq-cale" />
    </tr>
  </tbody>
)
