import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { z } from 'zod'
import { Refus } from '#socle/refus.ts'

/** Settings come from environment variables; README « Réglages » lists them. */
const zReglages = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4000),
  ADRESSE: z.string().default('127.0.0.1'),
  DONNEES: z.string().min(1).default('./donnees'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'adresse postgres:// attendue')
    .optional(),
  /** `tout` serves the pages and takes the jobs; `web` and `travail` do one of the two, on a server. */
  ROLE: z.enum(['tout', 'web', 'travail']).default('tout'),
  /** Threads that compute and draw. */
  FILS: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
  DEMONSTRATION: z.enum(['oui', 'non']).default('oui'),
  HTTPS: z.enum(['oui', 'non']).default('non'),
  /** `demonstration`: two identity providers on this machine, to visit ProConnect and FranceConnect. */
  FOURNISSEUR_IDENTITE: z.enum(['demonstration', 'aucun']).default('aucun'),
  /** Hosts of the identity providers, and no other: `fca.integ01.dev-agentconnect.fr,sso.interne.example`. */
  HOTES_IDENTITE: z.string().default(''),
  /** File of SHA-1 hashes of known passwords, in order (Have I Been Pwned). */
  MOTS_DE_PASSE_COMPROMIS: z
    .string()
    .refine((f) => existsSync(f), 'ce fichier n’existe pas')
    .optional(),
  /** Address that people type, for the links of the mails. */
  ADRESSE_PUBLIQUE: z
    .string()
    .regex(/^https?:\/\/[^/]/, 'adresse http:// ou https:// attendue')
    .optional(),
  /** Requests a minute from one address; beyond, it waits. */
  DEMANDES_PAR_MINUTE: z.coerce.number().int().min(60).default(3_000),
  /** Timestamping authority (RFC 3161) that dates the audit journals once a day. */
  HORODATAGE_URL: z
    .string()
    .regex(/^https?:\/\/[^/]/, 'adresse http:// ou https:// attendue')
    .optional(),
  /** To the database or the mail server of another machine without TLS: said on purpose, for a closed network. */
  LIAISONS_EN_CLAIR: z.enum(['oui', 'non']).default('non'),
  /** Where what is new in the audit journals is sent, as lines of JSON: a machine that this one does not hold. */
  JOURNAL_VERS: z
    .string()
    .regex(/^https?:\/\/[^/]/, 'adresse http:// ou https:// attendue')
    .optional(),
  CLAMD: z
    .string()
    .regex(/^(tcp:\/\/[^/]|unix:\/)/, 'adresse tcp://hôte:port ou unix:/chemin attendue')
    .optional(),
  SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^/]/, 'adresse smtp:// ou smtps:// attendue')
    .optional(),
  COURRIEL_DE: z
    .string()
    .regex(/@/, 'adresse d’expéditeur attendue')
    .default('Bosquet <ne-pas-repondre@bosquet.example>'),
})

export type Reglages = {
  port: number
  adresse: string
  donnees: string
  databaseUrl: string | undefined
  role: 'tout' | 'web' | 'travail'
  fils: number
  demonstration: boolean
  adressePublique: string
  fournisseurIdentite: boolean
  hotesIdentite: readonly string[]
  motsDePasseCompromis: string | undefined
  horodatageUrl: string | undefined
  journalVers: string | undefined
  demandesParMinute: number
  /** Antivirus that looks at each deposited file. */
  clamd: string | undefined
  courriel: { smtpUrl: string | undefined; de: string }
}

const MACHINE = ['', 'localhost', '127.0.0.1', '[::1]']

/** To another machine, and nothing in its address asks for TLS. */
function isEnClair(adresse: string | undefined): boolean {
  if (adresse === undefined) return false
  const url = new URL(adresse)
  if (MACHINE.includes(url.hostname) || url.searchParams.get('host')?.startsWith('/')) return false
  if (url.protocol.startsWith('http')) return url.protocol === 'http:'
  return url.protocol.startsWith('postgres')
    ? !['require', 'verify-ca', 'verify-full'].includes(url.searchParams.get('sslmode') ?? '')
    : url.protocol !== 'smtps:' && url.searchParams.get('requireTLS') !== 'true'
}

/** @throws Refus naming each variable at fault */
export function readReglages(env: NodeJS.ProcessEnv): Reglages {
  const vides = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== ''))
  const lu = zReglages.safeParse(vides)
  if (!lu.success)
    throw new Refus(
      'reglages',
      `Réglages à corriger :\n${lu.error.issues.map((i) => `  ${i.path.join('.')} : ${i.message}`).join('\n')}`,
    )
  const r = lu.data
  if (r.ROLE !== 'tout' && r.DATABASE_URL === undefined)
    throw new Refus(
      'reglages',
      'ROLE=web et ROLE=travail demandent un serveur PostgreSQL (DATABASE_URL) : la base embarquée n’a qu’un processus.',
    )
  const enClair =
    r.LIAISONS_EN_CLAIR === 'oui' ? [] : ([r.DATABASE_URL, r.SMTP_URL, r.JOURNAL_VERS] as const).filter(isEnClair)
  if (enClair.length > 0)
    throw new Refus(
      'reglages',
      `La liaison vers ${enClair.map((u) => new URL(u!).host).join(' et ')} ne serait pas chiffrée. Ajoutez « ?sslmode=verify-full » à DATABASE_URL, écrivez SMTP_URL en smtps://… ou smtp://…?requireTLS=true et JOURNAL_VERS en https://, ou acceptez-le sur un réseau fermé par LIAISONS_EN_CLAIR=oui.`,
    )
  if (r.SMTP_URL !== undefined && vides.COURRIEL_DE === undefined)
    throw new Refus('reglages', 'SMTP_URL demande COURRIEL_DE : l’adresse que les destinataires verront.')
  return {
    port: r.PORT,
    adresse: r.ADRESSE,
    donnees: resolve(r.DONNEES),
    databaseUrl: r.DATABASE_URL,
    role: r.ROLE,
    fils: r.FILS,
    demonstration: r.DEMONSTRATION === 'oui',
    fournisseurIdentite: r.FOURNISSEUR_IDENTITE === 'demonstration',
    hotesIdentite: r.HOTES_IDENTITE.split(/[\s,]+/).filter((h) => h !== ''),
    motsDePasseCompromis: r.MOTS_DE_PASSE_COMPROMIS,
    adressePublique: r.ADRESSE_PUBLIQUE ?? `http://127.0.0.1:${r.PORT}`,
    horodatageUrl: r.HORODATAGE_URL,
    journalVers: r.JOURNAL_VERS,
    demandesParMinute: r.DEMANDES_PAR_MINUTE,
    clamd: r.CLAMD,
    courriel: { smtpUrl: r.SMTP_URL, de: r.COURRIEL_DE },
  }
}
