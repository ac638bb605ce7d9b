import { createHash } from 'node:crypto'
import { maillonOf, ORIGINE } from './fait.ts'

export type Ecriture = { numero: number; evenement: string; empreinte: string }
export type Tete = { numero: number; empreinte: string }

export type Rupture = {
  organismeId: string
  numero: number
  nature: 'modifiee' | 'absente' | 'ajoutee' | 'colonnes' | 'tete' | 'scellement' | 'jeton'
  message: string
}

export const sha256 = (texte: string): string => createHash('sha256').update(texte).digest('hex')

/**
 * Reads a chain in its order, batch after batch, and finds every place where it does not follow. After a break it takes
 * the fingerprint that is written and goes on, so that one change is told once.
 */
export function createControle(organismeId: string) {
  const ruptures: Rupture[] = []
  const empreintes = new Map<number, string>()
  let attendu = 1
  let precedente = ORIGINE
  const note = (numero: number, nature: Rupture['nature'], message: string) =>
    ruptures.push({ organismeId, numero, nature, message })

  return {
    ruptures,
    get derniere(): Tete {
      return { numero: attendu - 1, empreinte: precedente }
    },
    read(e: Ecriture & { colonnes: string }, aRetenir: ReadonlySet<number>): void {
      if (e.numero > attendu) {
        const [de, a] = [attendu, e.numero - 1]
        note(de, 'absente', de === a ? `L’écriture ${de} manque.` : `Les écritures ${de} à ${a} manquent.`)
      }
      const juste = sha256(maillonOf(precedente, e.evenement))
      if (e.numero === attendu && juste !== e.empreinte)
        note(e.numero, 'modifiee', `L’écriture ${e.numero} ne suit pas la précédente : elle a été modifiée ou insérée.`)
      if (e.colonnes !== colonnesOf(e.evenement))
        note(e.numero, 'colonnes', `Les colonnes de l’écriture ${e.numero} ne disent pas ce que dit son texte.`)
      precedente = e.empreinte
      attendu = e.numero + 1
      if (aRetenir.has(e.numero)) empreintes.set(e.numero, e.empreinte)
    },
    /** The head tells how many entries there must be, the sealed heads what they were. */
    finish(tete: Tete | undefined, scellees: readonly (Tete & { rang: number })[]): Rupture[] {
      const lue = attendu - 1
      if ((tete?.numero ?? 0) > lue)
        note(lue + 1, 'absente', `Les dernières écritures manquent : ${tete!.numero} attendues, ${lue} lues.`)
      else if ((tete?.numero ?? 0) < lue)
        note((tete?.numero ?? 0) + 1, 'ajoutee', `Des écritures ont été ajoutées après la tête ${tete?.numero ?? 0}.`)
      else if (tete && tete.empreinte !== precedente)
        note(lue, 'tete', `La tête de la chaîne n’est pas l’empreinte de l’écriture ${lue}.`)
      for (const s of scellees) {
        if (empreintes.get(s.numero) !== s.empreinte)
          note(s.numero, 'scellement', `L’écriture ${s.numero} n’est plus celle que le bordereau ${s.rang} a scellée.`)
      }
      return ruptures
    },
  }
}

/** The searched columns as the text gives them, in one string. */
export function colonnesOf(evenement: string): string {
  const e = JSON.parse(evenement) as {
    le: string
    acte: string
    sensible?: string
    qui: { nom: string; personne: string | null }
  }
  return JSON.stringify([e.le, e.acte, e.qui.nom, e.qui.personne ?? null, e.sensible ?? null])
}
