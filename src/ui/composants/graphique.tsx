import { useElementSize } from '@mantine/hooks'
import { type CSSProperties, type ReactNode, useId } from 'react'
import { formatMontant, formatNombre } from '../format/nombre.ts'
import { SERIES } from '../theme/jetons.ts'
import { ecarter, echelle } from './echelle.ts'

type SerieGraphique = { nom: string; valeurs: readonly (number | null)[] }

type Proprietes = {
  titre: string
  /** Below the axis: months, bodies, states. */
  categories: readonly string[]
  series: readonly SerieGraphique[]
  genre?: 'barres' | 'lignes' | 'empile'
  /** How a value reads; default a French number. */
  format?: (v: number) => string
  hauteur?: number
}

const couleur = (i: number) => `var(--bq-serie-${(i % SERIES.length) + 1})`

/** Bars or lines with their names beside them: no legend to decode. The table of the figures is behind. */
export function Graphique({
  titre,
  categories,
  series,
  genre = 'barres',
  format = (v) => formatNombre(v),
  hauteur = 260,
}: Proprietes) {
  const { ref, width } = useElementSize<HTMLDivElement>()
  const id = useId()
  return (
    <figure className="bq-graphique" aria-labelledby={id}>
      <figcaption id={id}>{titre}</figcaption>
      <div ref={ref} style={{ minHeight: hauteur }}>
        {width > 0 && (
          <Dessin
            titre={titre}
            categories={categories}
            series={series}
            genre={genre}
            format={format}
            largeur={Math.max(280, width)}
            hauteur={hauteur}
          />
        )}
      </div>
      <details>
        <summary>Voir les chiffres</summary>
        <TableFigures titre={titre} categories={categories} series={series} format={format} />
      </details>
    </figure>
  )
}

function Dessin({
  titre,
  categories,
  series,
  genre,
  format,
  largeur,
  hauteur,
}: Required<Pick<Proprietes, 'titre' | 'categories' | 'series' | 'genre' | 'format'>> & {
  largeur: number
  hauteur: number
}) {
  const sommes = categories.map((_, i) => series.reduce((s, x) => s + (x.valeurs[i] ?? 0), 0))
  const toutes = genre === 'empile' ? sommes : series.flatMap((s) => s.valeurs.filter((v) => v !== null))
  const { min, max, graduations } = echelle(toutes)
  const nomsADroite = series.length > 1 && (genre === 'lignes' || genre === 'empile')
  const gauche = 12 + Math.max(...graduations.map((g) => format(g).length)) * 8
  const droite = nomsADroite ? 16 + Math.max(...series.map((s) => s.nom.length)) * 7.5 : 16
  const haut = series.length > 1 && genre === 'barres' ? 32 : 20
  const bas = hauteur - 28
  const y = (v: number) => bas - ((v - min) / (max - min)) * (bas - haut)
  const pas = (largeur - gauche - droite) / Math.max(1, categories.length)
  const x = (i: number) => gauche + pas * (i + 0.5)
  // Labels of the axis are thinned until they have room.
  const plusLong = Math.max(...categories.map((c) => c.length)) * 7.5 + 8
  const saut = Math.max(1, Math.ceil(plusLong / pas))
  const fins = series.map((s) => y(s.valeurs.findLast((v) => v !== null) ?? 0))
  const cumul: number[] = categories.map(() => 0)
  const milieuxPile: number[] = []

  return (
    <svg viewBox={`0 0 ${largeur} ${hauteur}`} width={largeur} height={hauteur} role="img" aria-label={titre}>
      {graduations.map((g) => (
        <g key={g}>
          <line
            x1={gauche}
            x2={largeur - droite}
            y1={y(g)}
            y2={y(g)}
            stroke={g === 0 ? 'var(--bq-bord)' : 'var(--bq-filet)'}
          />
          <text x={gauche - 8} y={y(g) + 5} textAnchor="end" className="bq-discret">
            {format(g)}
          </text>
        </g>
      ))}
      {categories.map((c, i) =>
        i % saut === 0 ? (
          <text key={c} x={x(i)} y={hauteur - 6} textAnchor="middle" className="bq-discret">
            {c}
          </text>
        ) : null,
      )}
      {genre === 'lignes' &&
        series.map((s, k) => (
          <g key={s.nom}>
            <path
              d={chemin(s.valeurs, x, y)}
              fill="none"
              stroke={couleur(k)}
              strokeWidth={2.5}
              strokeLinejoin="round"
            />
            {s.valeurs.map((v, i) =>
              v === null ? null : (
                <circle key={categories[i]} cx={x(i)} cy={y(v)} r={categories.length > 24 ? 0 : 3} fill={couleur(k)} />
              ),
            )}
          </g>
        ))}
      {genre === 'barres' &&
        series.map((s, k) => {
          const l = Math.min(48, (pas * 0.7) / series.length)
          return s.valeurs.map((v, i) => {
            if (v === null) return null
            const gaucheBarre = x(i) - (l * series.length) / 2 + l * k
            return (
              <g key={`${s.nom}${categories[i]}`}>
                <rect
                  x={gaucheBarre + 1}
                  width={Math.max(1, l - 2)}
                  y={Math.min(y(v), y(0))}
                  height={Math.abs(y(v) - y(0))}
                  fill={couleur(k)}
                />
                {series.length === 1 && pas > format(v).length * 7.5 && (
                  <text x={x(i)} y={y(Math.max(0, v)) - 6} textAnchor="middle">
                    {format(v)}
                  </text>
                )}
              </g>
            )
          })
        })}
      {genre === 'empile' &&
        series.map((s, k) =>
          s.valeurs.map((v, i) => {
            const depart = cumul[i]!
            cumul[i] = depart + (v ?? 0)
            if (i === categories.length - 1) milieuxPile[k] = (y(depart) + y(cumul[i]!)) / 2
            const l = Math.min(64, pas * 0.7)
            return (
              <rect
                key={`${s.nom}${categories[i]}`}
                x={x(i) - l / 2}
                width={l}
                y={y(cumul[i]!)}
                height={Math.max(0, y(depart) - y(cumul[i]!) - 1)}
                fill={couleur(k)}
              />
            )
          }),
        )}
      {nomsADroite && (
        <NomsADroite
          series={series}
          positions={genre === 'empile' ? milieuxPile : fins}
          x={largeur - droite + 8}
          haut={haut}
          bas={bas}
        />
      )}
      {genre === 'barres' && series.length > 1 && <NomsEnTete series={series} gauche={gauche} />}
    </svg>
  )
}

function NomsADroite({
  series,
  positions,
  x,
  haut,
  bas,
}: {
  series: readonly SerieGraphique[]
  positions: number[]
  x: number
  haut: number
  bas: number
}) {
  const places = ecarter(positions, 17, haut, bas)
  return series.map((s, k) => (
    <text key={s.nom} x={x} y={places[k]! + 5} style={{ fill: couleur(k), fontWeight: 600 }}>
      {s.nom}
    </text>
  ))
}

/** Names of grouped bars, in the order and the colour of the bars. */
function NomsEnTete({ series, gauche }: { series: readonly SerieGraphique[]; gauche: number }) {
  let x = gauche
  return series.map((s, k) => {
    const place = x
    x += s.nom.length * 8 + 40
    return (
      <g key={s.nom}>
        <rect x={place} y={4} width={12} height={12} fill={couleur(k)} />
        <text x={place + 18} y={15}>
          {s.nom}
        </text>
      </g>
    )
  })
}

/** A gap in the values is a gap in the line. */
function chemin(valeurs: readonly (number | null)[], x: (i: number) => number, y: (v: number) => number): string {
  let leve = true
  return valeurs
    .map((v, i) => {
      if (v === null) {
        leve = true
        return ''
      }
      const trait = `${leve ? 'M' : 'L'}${x(i).toFixed(1)} ${y(v).toFixed(1)}`
      leve = false
      return trait
    })
    .join('')
}

function TableFigures({
  titre,
  categories,
  series,
  format,
}: Pick<Proprietes, 'titre' | 'categories' | 'series'> & { format: (v: number) => string }) {
  return (
    <table>
      <caption className="bq-lu">{titre}</caption>
      <thead>
        <tr>
          <td />
          {series.map((s) => (
            <th key={s.nom} scope="col" data-nombre>
              {s.nom}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {categories.map((c, i) => (
          <tr key={c}>
            <th scope="row">{c}</th>
            {series.map((s) => {
              const v = s.valeurs[i]
              return (
                <td key={s.nom} data-nombre>
                  {v === null || v === undefined ? '—' : format(v)}
                </td>
              )
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

export type EtapeBrutNet = { libelle: string; montant: string }

/** One bar from gross to net: what is kept, and what is taken on the way, with their amounts beside. */
export function BarreBrutNet({
  brut,
  etapes,
  net,
}: {
  brut: string
  etapes: readonly EtapeBrutNet[]
  net: EtapeBrutNet
}): ReactNode {
  const total = Number(brut)
  const parts = [net, ...etapes].map((e, i) => ({
    ...e,
    part: total > 0 ? Math.abs(Number(e.montant)) / total : 0,
    couleur: couleur(i),
  }))
  return (
    <figure
      className="bq-brut-net"
      aria-label={`Du brut au net : ${formatMontant(brut)} brut, ${formatMontant(net.montant)} net`}
    >
      <div className="bq-brut-net-barre" aria-hidden="true">
        {parts.map((p) => (
          <div key={p.libelle} style={{ flexGrow: p.part, background: p.couleur }} />
        ))}
      </div>
      <dl>
        {parts.map((p) => (
          <div key={p.libelle}>
            <dt style={{ '--couleur': p.couleur } as CSSProperties}>{p.libelle}</dt>
            <dd className="bq-chiffres">{formatMontant(p.montant)}</dd>
          </div>
        ))}
      </dl>
    </figure>
  )
}
