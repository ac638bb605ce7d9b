import { randomBytes } from 'node:crypto'
import { inPlateforme } from '#socle/db/base.ts'
import type { ServicesAcces } from '../services.ts'
import { placeOfSecret } from './client.ts'
import { FOURNISSEURS, type Nature } from './contract.ts'
import type { FournisseurLocal, Identite } from './fournisseur-local.ts'

/** ProConnect and FranceConnect on this machine, beside the demonstration, already set. */
export async function startFournisseursDemonstration(
  s: ServicesAcces,
  o: { port: number; adresses: readonly string[]; identites: readonly Identite[] },
): Promise<FournisseurLocal[]> {
  // read only here: the program in service never loads a provider
  const { openFournisseurLocal } = await import('./fournisseur-local.ts')
  const ouverts: FournisseurLocal[] = []
  for (const [i, nature] of (Object.keys(FOURNISSEURS) as Nature[]).entries()) {
    const secret = randomBytes(24).toString('base64url')
    const f = await openFournisseurLocal({
      port: o.port === 0 ? 0 : o.port + i,
      identites: o.identites,
      client: { id: 'bosquet-demonstration', secret },
      retours: o.adresses.map((a) => `${a}/api/acces/federation/${nature}/retour`),
      apresDeconnexion: o.adresses.map((a) => `${a}/connexion`),
      userinfoSigne: true,
    })
    ouverts.push(f)
    const ligne = {
      emetteur: f.emetteur,
      client_id: 'bosquet-demonstration',
      secret: s.secrets.seal(secret, placeOfSecret(nature)),
      niveaux: nature === 'proconnect' ? ['eidas2'] : [],
      userinfo_signe: true,
      est_actif: true,
      modifie_par_nom: 'Démonstration',
    }
    await inPlateforme(s.base, (tx) =>
      tx
        .insertInto('app.acces_fournisseur')
        .values({ nature, ...ligne })
        .onConflict((c) => c.column('nature').doUpdateSet({ ...ligne, modifie_le: new Date() }))
        .execute(),
    )
  }
  return ouverts
}
