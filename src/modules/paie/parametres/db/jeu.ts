import { findAgenceId } from '#modules/organismes/index.ts'
import { type Base, inOrganisme, inPlateforme } from '#socle/db/base.ts'
import { type JeuParametres, jeuLivre } from '../../calcul/index.ts'
import { listPubliees, readVersion } from './propositions.ts'

/**
 * The shipped values with those that the agency published. The version is read each time, in one short statement, so
 * that a release made in another process counts for the next computation of this one.
 */
export function createLecteurJeu(base: Base): () => Promise<JeuParametres> {
  let connu: { version: number; jeu: JeuParametres } | undefined
  return async () => {
    const agence = await inPlateforme(base, (tx) => findAgenceId(tx))
    if (!agence) return jeuLivre()
    return inOrganisme(base, agence, async (tx) => {
      const version = await readVersion(tx)
      if (connu?.version !== version) {
        const livre = jeuLivre()
        // a parameter that this release of the engine no longer reads changes nothing any more
        const publiees = (await listPubliees(tx)).filter((v) => livre.parametres.has(v.code))
        connu = { version, jeu: publiees.length === 0 ? livre : livre.avec(publiees) }
      }
      return connu.jeu
    })
  }
}
