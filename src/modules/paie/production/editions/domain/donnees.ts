import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { z } from 'zod'

const zCaisses = z.array(
  z.strictObject({
    caisse: z.string(),
    libelle: z.string(),
    codes: z.array(z.string()),
    texte: z.string(),
    verifie: z.boolean(),
  }),
)
const zMotifs = z.array(z.string()).optional()
const zCompte = z.strictObject({ compte: z.string(), libelle: z.string(), verifie: z.boolean() })
const zRegle = zCompte.extend({ populations: zMotifs, groupes: zMotifs, codes: zMotifs })
const zComptes = z.strictObject({
  plan: z.string(),
  source: z.string(),
  charges: z.array(zRegle),
  cotisations: z.array(zRegle),
  tiers: z.strictObject({
    net: zCompte,
    impot: zCompte,
    urssaf: zCompte,
    autres: zCompte,
    oppositions: zCompte,
    retenues: zCompte,
  }),
})
export type Caisse = z.output<typeof zCaisses>[number]
export type Compte = z.output<typeof zCompte>
export type Comptes = z.output<typeof zComptes>

const read = (nom: string) =>
  parse(readFileSync(`${import.meta.dirname}/../donnees/${nom}.yaml`, 'utf8'), { schema: 'core' })
let caisses: Caisse[] | undefined
let comptes: Comptes | undefined
export const listCaisses = (): readonly Caisse[] => (caisses ??= zCaisses.parse(read('caisses')))
export const readComptes = (): Comptes => (comptes ??= zComptes.parse(read('comptes')))

const convient = (motifs: readonly string[] | undefined, mot: string) =>
  motifs === undefined || motifs.some((m) => new RegExp(`^(?:${m})$`).test(mot))

const AUTRES: Caisse = { caisse: 'AUTRES', libelle: 'Autres organismes', codes: [], texte: '', verifie: false }
/** The fund of a line; a code that the table does not know is shown as such, never lost. */
export const caisseOf = (code: string): Caisse => listCaisses().find((c) => convient(c.codes, code)) ?? AUTRES

type Imputable = { population: string; groupe: string; code: string }
const premiere = (regles: Comptes['charges'], l: Imputable): Compte => {
  const r = regles.find(
    (x) => convient(x.populations, l.population) && convient(x.groupes, l.groupe) && convient(x.codes, l.code),
  )
  if (!r) throw new Error(`no account for ${l.population} ${l.groupe} ${l.code}`)
  return r
}
export const compteDeCharge = (l: Imputable): Compte => premiere(readComptes().charges, l)
export const compteDeCotisation = (l: Imputable): Compte => premiere(readComptes().cotisations, l)
