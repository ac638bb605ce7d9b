import { jeuLivre, rapport, verifierCas } from '#modules/paie/calcul/index.ts'
import { Refus } from '#socle/refus.ts'
import type { Commande } from './index.ts'

export const verifierCasCommande: Commande = {
  nom: 'paie verifier-cas',
  usage: 'paie verifier-cas DOSSIER',
  aide: 'Vérifie le moteur de paie sur les cas chiffrés d’un dossier.',
  async run([dossier]) {
    if (!dossier) throw new Refus('usage', 'Donnez le dossier des cas : npm run bosquet -- paie verifier-cas DOSSIER')
    const { lignes, echecs } = rapport(verifierCas(dossier, jeuLivre()))
    for (const ligne of lignes) console.log(ligne)
    return echecs > 0 ? 1 : 0
  },
}
