import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { EstConnu } from '../domain/mot-de-passe.ts'

const LIGNE = 100 // longer than any line « SHA-1:count »

/**
 * A file of SHA-1 hashes in order, one a line, with or without `:count`: the format of Have I Been Pwned. It is read
 * in place by halves, some thirty short readings for a file of forty gigabytes; nothing leaves the machine.
 */
async function isInFichier(fichier: FileHandle, motDePasse: string): Promise<boolean> {
  const cherche = createHash('sha1').update(motDePasse).digest('hex').toUpperCase()
  const bloc = Buffer.alloc(2 * LIGNE)
  let [bas, haut] = [0, (await fichier.stat()).size]
  while (bas < haut) {
    const milieu = Math.floor((bas + haut) / 2)
    const debut = Math.max(0, milieu - LIGNE)
    const { bytesRead } = await fichier.read(bloc, 0, bloc.length, debut)
    const texte = bloc.toString('latin1', 0, bytesRead)
    // the line where the middle falls
    const ici = milieu - debut
    const avant = texte.lastIndexOf('\n', ici - 1) + 1
    const fin = texte.indexOf('\n', ici)
    const lu = texte.slice(avant, avant + 40).toUpperCase()
    if (lu === cherche) return true
    if (lu < cherche) bas = debut + (fin === -1 ? bytesRead : fin + 1)
    else haut = debut + avant
  }
  return false
}

/** The list that comes with Bosquet (49 233 passwords), and the larger file of the setting when there is one. */
export function openCompromis(chemin: string | undefined): EstConnu {
  let livres: Promise<ReadonlySet<string>> | undefined
  const livree = async () => {
    const { dictionary } = await import('@zxcvbn-ts/language-common')
    return new Set(dictionary['passwords-common'] as readonly string[])
  }
  return async (motDePasse) => {
    livres ??= livree()
    if ((await livres).has(motDePasse.toLowerCase())) return true
    if (chemin === undefined) return false
    const fichier = await open(chemin)
    try {
      return await isInFichier(fichier, motDePasse)
    } finally {
      await fichier.close()
    }
  }
}
