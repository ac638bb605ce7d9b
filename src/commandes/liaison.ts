import { controlLiaison } from '#socle/http/liaison.ts'
import { readReglages } from '#socle/reglages.ts'
import type { Commande } from './index.ts'

export const verifierLiaison: Commande = {
  nom: 'liaison verifier',
  usage: 'liaison verifier [ADRESSE]',
  aide: 'Regarde l’adresse publique comme un navigateur : certificat, versions et suites TLS, HSTS, http.',
  async run([adresse], env) {
    const constats = await controlLiaison(adresse ?? readReglages(env).adressePublique)
    for (const c of constats) console.log(`${c.bon ? 'bon      ' : 'À CORRIGER'} ${c.message}`)
    return constats.every((c) => c.bon) ? 0 : 1
  },
}
