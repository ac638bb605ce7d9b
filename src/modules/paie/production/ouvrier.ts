import { createHash } from 'node:crypto'
import { type PapierDurable, scellerDouble, storePapiers, writeScellesIn } from '#modules/documents/index.ts'
import type { Mois } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import { renderBulletin, toBulletinImprimable } from '../bulletin/index.ts'
import {
  type Bulletin,
  type Cumuls,
  computeBulletin,
  type Effet,
  type Entree,
  JeuParametres,
  type Rappel,
  type Situation,
  simulerEffet,
  type ValeurPubliee,
} from '../calcul/index.ts'
import { type AImprimer, readAImprimer } from './a-imprimer.ts'

/** The frozen inputs of a payslip. Their text is kept: the same bytes give the same payslip. */
export type Entrees = {
  mois: Mois
  situation: Situation
  cumuls: Cumuls | null
  rappels?: RappelFige[]
  /** Payslips of the month already approved: this one pays what they did not. */
  deja?: Bulletin[]
  acompte?: string
}

/** A past month to compute again, as it was paid and as it is now. */
export type RappelFige = {
  mois: Mois
  avant: Situation | null
  apres: Situation | null
  cumuls: Cumuls | null
  /** The legal values that it was paid with, when some have been published since. */
  jeuAvant: string | null
}

export type JeuFige = { empreinte: string; contenu: string }
export type ACalculer = {
  carriereId: string
  entrees: string
  /** Those that its rappels name. */
  jeuxAvant?: readonly JeuFige[]
}

/** What the engine reads, from its frozen text. */
export function toEntree(entrees: string, parametres: JeuParametres, jeuxAvant: readonly JeuFige[] = []): Entree {
  const { mois, situation, cumuls, rappels, deja, acompte } = JSON.parse(entrees) as Entrees
  return {
    mois,
    situation,
    ...(cumuls ? { cumuls } : {}),
    parametres,
    deja,
    acompte,
    ...(rappels
      ? {
          rappels: rappels.map((r): Rappel => {
            const avant = r.jeuAvant === null ? undefined : jeuxAvant.find((j) => j.empreinte === r.jeuAvant)
            if (r.jeuAvant !== null && !avant) throw new Error(`legal values ${r.jeuAvant} are not given`)
            return {
              mois: r.mois,
              avant: r.avant ?? undefined,
              apres: r.apres ?? undefined,
              cumuls: r.cumuls ?? undefined,
              parametresAvant: avant && readJeu(avant.empreinte, avant.contenu),
            }
          }),
        }
      : {}),
  }
}
export type Calcule = {
  carriereId: string
  anomalies: Anomalie[]
  /** Nothing is left to pay: other payslips of the month paid it all, so there is none. */
  estSolde?: true
  bulletin?: {
    texte: string
    cumuls: string
    empreinte: string
    population: string
    brut: string
    cotisations: string
    netImposable: string
    netAPayer: string
    cout: string
  }
}

// one set of parameters serves a whole run; two runs of different months may alternate
const jeux = new Map<string, JeuParametres>()
function readJeu(empreinte: string, contenu: string): JeuParametres {
  const known = jeux.get(empreinte)
  if (known) return known
  if (jeux.size > 8) jeux.clear()
  const jeu = JeuParametres.lire(contenu)
  jeux.set(empreinte, jeu)
  return jeu
}

export const empreinteBulletin = (entrees: string, jeu: string, bulletin: string): string =>
  createHash('sha256').update(entrees).update('\n').update(jeu).update('\n').update(bulletin).digest('hex')

/** Computes one payslip from its frozen inputs and nothing else. */
export function computeFrom(
  carriereId: string,
  entrees: string,
  parametres: JeuParametres,
  jeu: string,
  jeuxAvant?: readonly JeuFige[],
): Calcule {
  const resultat = computeBulletin(toEntree(entrees, parametres, jeuxAvant))
  if (!resultat.bulletin) return { carriereId, anomalies: resultat.anomalies }
  if (resultat.bulletin.lignes.length === 0) return { carriereId, anomalies: resultat.anomalies, estSolde: true }
  const texte = JSON.stringify(resultat.bulletin)
  const t = resultat.bulletin.totaux
  return {
    carriereId,
    anomalies: resultat.anomalies,
    bulletin: {
      texte,
      cumuls: JSON.stringify(resultat.cumuls ?? null),
      empreinte: empreinteBulletin(entrees, jeu, texte),
      population: resultat.bulletin.population,
      brut: t.brut,
      cotisations: t.cotisationsAgent,
      netImposable: t.netImposable,
      netAPayer: t.netAPayer,
      cout: t.coutEmployeur,
    },
  }
}

/** Work of a process: what values not yet published would change in the payslips of one body. */
export function simuler(lot: {
  aCalculer: ACalculer[]
  jeu: { empreinte: string; contenu: string }
  valeurs: ValeurPubliee[]
}): Effet {
  const parametres = readJeu(lot.jeu.empreinte, lot.jeu.contenu)
  return simulerEffet(
    lot.aCalculer.map(({ carriereId, entrees, jeuxAvant }) => ({
      reference: carriereId,
      entree: toEntree(entrees, parametres, jeuxAvant),
    })),
    lot.valeurs,
  )
}

/** Work of a process: a batch of payslips of one month. */
export function calculer(lot: { aCalculer: ACalculer[]; jeu: { empreinte: string; contenu: string } }): Calcule[] {
  const parametres = readJeu(lot.jeu.empreinte, lot.jeu.contenu)
  return lot.aCalculer.map((a) => computeFrom(a.carriereId, a.entrees, parametres, lot.jeu.empreinte, a.jeuxAvant))
}

export type AEditer = { aImprimer: AImprimer; scellage: Parameters<typeof scellerDouble>[1] }
export type Edite = { papier: PapierDurable; pdfMs: number }

/**
 * Work of a process: the PDF of some approved payslips, sealed for the employer and for the holder, written in the
 * store. What comes back is small: the bytes never travel between two processes.
 */
export async function editer(lot: { dossier: string; aEditer: AEditer[] }): Promise<Edite[]> {
  const faits = lot.aEditer.map(({ aImprimer, scellage }) => {
    const debut = performance.now()
    const pdf = imprimer(aImprimer)
    return { pdfMs: performance.now() - debut, scelle: scellerDouble(pdf, scellage) }
  })
  const papiers = await storePapiers(
    { writeScelles: (scelles) => writeScellesIn(lot.dossier, scelles) },
    faits.map((f) => f.scelle),
  )
  return faits.map(({ pdfMs }, i) => ({ pdfMs, papier: papiers[i]! }))
}

/** One PDF, not sealed: the draft that a screen shows before the approval. */
export const imprimer = (a: AImprimer): Uint8Array => renderBulletin(toBulletinImprimable(readAImprimer(a)))
