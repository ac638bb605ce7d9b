import { liftSecondFacteur } from '#modules/acces/index.ts'
import { Refus } from '#socle/refus.ts'
import { readReglages } from '#socle/reglages.ts'
import { openPlateforme } from '../application.ts'
import type { Commande } from './index.ts'

export const leverSecondFacteur: Commande = {
  nom: 'acces lever-second-facteur',
  usage: 'acces lever-second-facteur IDENTIFIANT',
  aide: 'Retire le second facteur perdu d’un compte et ferme ses sessions.',
  async run([identifiant], env) {
    if (!identifiant)
      throw new Refus('usage', 'Donnez le compte : npm run bosquet -- acces lever-second-facteur IDENTIFIANT')
    const p = await openPlateforme(readReglages(env))
    try {
      const { retires } = await liftSecondFacteur(p.base, p.courrier, identifiant)
      console.log(`${retires} moyen(s) retiré(s), sessions fermées : la prochaine connexion en inscrira un nouveau.`)
      return 0
    } finally {
      await p.close()
    }
  },
}
