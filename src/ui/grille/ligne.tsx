import { memo, useEffect, useId, useRef } from 'react'
import { type ColonneGrille, ecrireCellule, estModifiable, estNumerique, type LigneGrille } from './modele.ts'

/** `frappe`: typing replaces, arrows leave. `reprise` (F2, double click): arrows move inside the text. */
export type Edition = { mode: 'frappe' | 'reprise'; texte: string }

type Proprietes = {
  id: string
  cle: string
  i: number
  ligne: LigneGrille
  colonnes: readonly ColonneGrille[]
  activeJ: number
  j1: number
  j2: number
  edition: Edition | undefined
  onTexte: (texte: string) => void
  onSortie: (garder: boolean) => void
  fautes: ReadonlyMap<string, { texte: string; message: string }>
  erreurs: Readonly<Record<string, string>> | undefined
}

function LigneNue(p: Proprietes) {
  const { ligne, colonnes, i, activeJ, edition } = p
  return (
    <tr aria-rowindex={i + 2}>
      {colonnes.map((c, j) => {
        const place = `${p.cle}/${c.cle}`
        const faute = p.fautes.get(place)
        const message = faute?.message ?? p.erreurs?.[place]
        const modifiable = estModifiable(c, ligne)
        const active = j === activeJ
        const Balise = j === 0 ? 'th' : 'td'
        return (
          <Balise
            key={c.cle}
            id={`${p.id}.${j}`}
            data-place={`${i}.${j}`}
            {...(j === 0 ? { scope: 'row' } : {})}
            aria-colindex={j + 1}
            aria-selected={j >= p.j1 && j <= p.j2}
            aria-readonly={modifiable ? undefined : true}
            aria-invalid={message ? true : undefined}
            title={message}
            data-active={active || undefined}
            data-nombre={estNumerique(c) || undefined}
            data-lecture={modifiable ? undefined : ''}
          >
            {active && edition ? (
              <Champ colonne={c} edition={edition} onTexte={p.onTexte} onSortie={p.onSortie} />
            ) : (
              (faute?.texte ?? ecrireCellule(ligne[c.cle] ?? '', c))
            )}
          </Balise>
        )
      })}
    </tr>
  )
}

/** A line is drawn again only when something of its own changed: 500 × 12 cells follow the typing. */
export const Ligne = memo(LigneNue, (a, b) => {
  if (a.ligne !== b.ligne || a.activeJ !== b.activeJ || a.j1 !== b.j1 || a.j2 !== b.j2 || a.i !== b.i) return false
  if (a.colonnes !== b.colonnes || a.erreurs !== b.erreurs || a.fautes !== b.fautes) return false
  // The line being typed follows each change of the handlers too: they close over its text.
  return a.edition === b.edition && b.edition === undefined
})

function Champ({
  colonne: c,
  edition,
  onTexte,
  onSortie,
}: {
  colonne: ColonneGrille
  edition: Edition
  onTexte: (texte: string) => void
  onSortie: (garder: boolean) => void
}) {
  const champ = useRef<HTMLInputElement>(null)
  const liste = useId()
  useEffect(() => {
    if (edition.mode === 'reprise') champ.current?.select()
  }, [edition.mode])
  return (
    <>
      <input
        ref={(e) => {
          champ.current = e
          // In the same turn as the key press, so that its character falls here.
          if (e && document.activeElement !== e) e.focus({ preventScroll: true })
        }}
        className="bq-grille-champ"
        aria-label={c.titre}
        value={edition.texte}
        inputMode={estNumerique(c) ? 'decimal' : 'text'}
        autoComplete="off"
        spellCheck={false}
        {...(c.genre === 'choix' ? { list: liste } : {})}
        onChange={(e) => onTexte(e.currentTarget.value)}
        onBlur={(e) => {
          // Leaving the page or the grid keeps what was typed; moving inside it has kept it already.
          if (e.relatedTarget && !(e.relatedTarget as HTMLElement).closest('.bq-grille')) onSortie(true)
        }}
      />
      {c.genre === 'choix' && (
        <datalist id={liste}>
          {c.choix?.map((x) => (
            <option key={x.valeur} value={x.libelle} />
          ))}
        </datalist>
      )}
    </>
  )
}
