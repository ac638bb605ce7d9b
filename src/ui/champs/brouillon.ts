import type { Valeurs } from './contexte.ts'

type Brouillon = { date: string; valeurs: Valeurs }

const PREFIXE = 'bosquet.brouillon.'
let compte = 'poste'

/** Drafts are kept on this device, apart for each account. */
export function setCompteBrouillons(id: string): void {
  compte = id
}

const cleDe = (nom: string) => `${PREFIXE}${compte}.${nom}`
const estSecret = (nom: string) => /motDePasse|secret/i.test(nom)

export function lireBrouillon(nom: string): Brouillon | undefined {
  try {
    const texte = localStorage.getItem(cleDe(nom))
    return texte === null ? undefined : (JSON.parse(texte) as Brouillon)
  } catch {
    return undefined
  }
}

/** False when the browser refuses to keep anything. */
export function garderBrouillon(nom: string, valeurs: Valeurs): boolean {
  try {
    const gardees = Object.fromEntries(Object.entries(valeurs).filter(([n]) => !estSecret(n)))
    localStorage.setItem(cleDe(nom), JSON.stringify({ date: new Date().toISOString(), valeurs: gardees }))
    return true
  } catch {
    return false
  }
}

/** Whoever leaves by the door leaves nothing of hers on this device; a session that ended by itself keeps the drafts. */
export function effacerBrouillons(): void {
  try {
    for (const cle of Object.keys(localStorage))
      if (cle.startsWith(`${PREFIXE}${compte}.`)) localStorage.removeItem(cle)
  } catch {
    // Nothing was kept.
  }
}

export function effacerBrouillon(nom: string): void {
  try {
    localStorage.removeItem(cleDe(nom))
  } catch {
    // Nothing was kept.
  }
}
