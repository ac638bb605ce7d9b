import { createHash } from 'node:crypto'
import { type Centimes, centimes, type Fraction, fraction, times } from '#socle/argent.ts'
import { addMois, formatMois, type Jour, type Mois, moisOf, premierJour } from '#socle/dates.ts'
import { type Parametre, type Tranche, type Valeur, zParametre } from './schema.ts'

/** A value missing from the law known to the engine: the payslip is not computed, and the anomaly names the parameter. */
export class ParametreManquant extends Error {
  readonly code: string
  readonly libelle: string
  readonly jour: Jour
  readonly note: string | undefined
  constructor(code: string, libelle: string, jour: Jour, note?: string) {
    super(`Paramètre « ${libelle} » (${code}) sans valeur connue en ${formatMois(jour)}.`)
    this.code = code
    this.libelle = libelle
    this.jour = jour
    this.note = note
  }
}

/** A parameter at its date, parsed once. */
export type Resolu = {
  readonly parametre: Parametre
  readonly valeur: Valeur
  readonly texte: string
  readonly fraction: Fraction
  /** The fraction read as euros. */
  readonly centimes: Centimes
}
type TrancheResolue = Tranche & { readonly fraction: Fraction; readonly seuil: Centimes | undefined }

const NEANT: Fraction = { num: 0n, den: 1n }
const CENT: Fraction = { num: 100n, den: 1n }

/** All the values of one day, resolved and cached: what the rules read. */
export class ParametresAu {
  readonly jour: Jour
  readonly annee: number
  readonly #resolus = new Map<string, Resolu>()
  readonly #tranches = new Map<string, TrancheResolue[]>()
  readonly #parametres: ReadonlyMap<string, Parametre>

  constructor(parametres: ReadonlyMap<string, Parametre>, jour: Jour) {
    this.jour = jour
    this.annee = Number(jour.slice(0, 4))
    this.#parametres = parametres
    for (const parametre of parametres.values()) {
      const valeur = parametre.valeurs.find((v) => v.depuis <= jour && (v.jusqua === undefined || jour < v.jusqua))
      if (!valeur) continue
      if (valeur.tranches) {
        this.#tranches.set(
          parametre.code,
          valeur.tranches.map((t) => {
            const seuil = t.moinsDe ?? t.jusqua
            return {
              ...t,
              fraction: fraction(t.valeur),
              seuil: seuil === null || seuil === undefined ? undefined : centimes(seuil * 100),
            }
          }),
        )
        this.#resolus.set(parametre.code, { parametre, valeur, texte: '', fraction: NEANT, centimes: centimes(0n) })
      } else if (valeur.valeur !== null && valeur.valeur !== undefined) {
        const f = valeur.valeur === 'totale' ? { num: 1n, den: 1n } : fraction(valeur.valeur)
        this.#resolus.set(parametre.code, {
          parametre,
          valeur,
          texte: valeur.valeur,
          fraction: f,
          centimes: times(centimes(1n), [f, CENT]),
        })
      }
    }
  }

  get(code: string): Resolu {
    return this.#resolus.get(code) ?? this.#manque(code)
  }
  has(code: string): boolean {
    return this.#resolus.has(code)
  }
  fraction(code: string): Fraction {
    return this.get(code).fraction
  }
  centimes(code: string): Centimes {
    return this.get(code).centimes
  }
  /** A whole number: points, hours, days, agents. */
  entier(code: string): number {
    return Number(this.get(code).texte)
  }
  tranches(code: string): readonly TrancheResolue[] {
    return this.#tranches.get(code) ?? this.#manque(code)
  }
  #manque(code: string): never {
    const p = this.#parametres.get(code)
    const trou = p?.valeurs.find((v) => v.depuis <= this.jour && (v.jusqua === undefined || this.jour < v.jusqua))
    throw new ParametreManquant(code, p?.libelle ?? code, this.jour, trou?.note)
  }
}

/** A value published after the shipped data, by the référent réglementaire. */
export type ValeurPubliee = Valeur & { code: string }

/** A set of dated parameters. Immutable: publishing gives another set. */
export class JeuParametres {
  readonly parametres: ReadonlyMap<string, Parametre>
  readonly #jours = new Map<string, ParametresAu>()
  #serialise: string | undefined
  #empreinte: string | undefined

  constructor(parametres: Iterable<Parametre>) {
    const sorted = [...parametres].sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
    const map = new Map(sorted.map((p) => [p.code, p]))
    if (map.size !== sorted.length) throw new Error('two parameters have the same code')
    this.parametres = map
  }

  /** The values in force on the first day of the month. */
  pour(mois: Mois): ParametresAu {
    return this.#jours.get(mois) ?? this.#cache(mois, premierJour(mois))
  }
  /** The values in force on a day: barèmes that change inside a month. */
  au(jour: Jour): ParametresAu {
    return this.#jours.get(jour) ?? this.#cache(jour, jour)
  }
  #cache(key: string, jour: Jour): ParametresAu {
    const p = new ParametresAu(this.parametres, jour)
    if (this.#jours.size > 500) this.#jours.clear()
    this.#jours.set(key, p)
    return p
  }

  /** A set where the published values replace, over their own dates, what was known (a hole most often). */
  avec(publiees: readonly ValeurPubliee[]): JeuParametres {
    const map = new Map(this.parametres)
    for (const { code, ...valeur } of publiees) {
      const before = map.get(code)
      if (!before) throw new Error(`unknown parameter: ${code}`)
      const kept = before.valeurs.flatMap((v): Valeur[] => {
        const parts: Valeur[] = []
        if (v.depuis < valeur.depuis) {
          parts.push({ ...v, jusqua: v.jusqua === undefined ? valeur.depuis : earlier(v.jusqua, valeur.depuis) })
        }
        if (valeur.jusqua !== undefined && (v.jusqua === undefined || v.jusqua > valeur.jusqua))
          parts.push({ ...v, depuis: later(v.depuis, valeur.jusqua) })
        return parts
      })
      const valeurs = [...kept, valeur].sort((a, b) => (a.depuis < b.depuis ? -1 : 1))
      map.set(code, zParametre.parse({ ...before, valeurs }))
    }
    return new JeuParametres(map.values())
  }

  /** Only the values in force between two months, both included: what a run freezes beside its payslips. */
  extrait(from: Mois, to: Mois): JeuParametres {
    const debut = premierJour(from)
    const fin = premierJour(addMois(to, 1))
    const kept = [...this.parametres.values()].flatMap((p): Parametre[] => {
      const valeurs =
        p.dateCle === undefined
          ? p.valeurs.filter((v) => v.depuis < fin && (v.jusqua === undefined || v.jusqua > debut))
          : p.valeurs
      return valeurs.length > 0 ? [{ ...p, valeurs }] : []
    })
    return new JeuParametres(kept)
  }

  /** Canonical JSON: same values, same bytes. */
  serialiser(): string {
    this.#serialise ??= JSON.stringify([...this.parametres.values()].map(canonical))
    return this.#serialise
  }
  /** SHA-256 of the canonical form: the version of the parameters. */
  empreinte(): string {
    this.#empreinte ??= createHash('sha256').update(this.serialiser()).digest('hex')
    return this.#empreinte
  }

  static lire(serialise: string): JeuParametres {
    return new JeuParametres(zParametre.array().parse(JSON.parse(serialise)))
  }

  /** The parameters without a value in a month: what the référent réglementaire has to find. */
  trous(mois: Mois): Parametre[] {
    const p = this.pour(mois)
    return [...this.parametres.values()].filter((x) => !p.has(x.code))
  }
  /** Months for which a parameter has a value at all: `undefined` when it never has. */
  premierMois(code: string): Mois | undefined {
    const v = this.parametres.get(code)?.valeurs.find((x) => x.valeur !== null)
    return v ? moisOf(v.depuis) : undefined
  }
}

function earlier(a: Jour, b: Jour): Jour {
  if (a < b) return a
  return b
}
function later(a: Jour, b: Jour): Jour {
  if (a < b) return b
  return a
}

const canonical = (p: Parametre) => ({
  code: p.code,
  libelle: p.libelle,
  unite: p.unite,
  dateCle: p.dateCle,
  valeurs: p.valeurs.map((v) => ({
    depuis: v.depuis,
    jusqua: v.jusqua,
    valeur: v.valeur,
    tranches: v.tranches?.map((t) => ({ jusqua: t.jusqua, moinsDe: t.moinsDe, valeur: t.valeur })),
    texte: v.texte,
    source: v.source,
    verifie: v.verifie,
    note: v.note,
  })),
})
