import { Refus } from '#socle/refus.ts'
import { scellerJournalCommande, verifierJournalCommande } from './journal.ts'
import { leverSecondFacteur } from './lever-second-facteur.ts'
import { verifierLiaison } from './liaison.ts'
import { organismeCreer } from './organisme.ts'
import { pesValider } from './pes.ts'
import { produire } from './produire.ts'
import { renouvelerCle } from './renouveler-cle.ts'
import { servir } from './servir.ts'
import { totemLire } from './totem.ts'
import { verifierCasCommande } from './verifier-cas.ts'

/** A command: `run` gives the exit code. */
export type Commande = {
  nom: string
  usage: string
  aide: string
  run(args: string[], env: NodeJS.ProcessEnv): Promise<number>
}

const aide: Commande = {
  nom: 'aide',
  usage: 'aide',
  aide: 'Liste les commandes.',
  async run() {
    const large = Math.max(...COMMANDES.map((c) => c.usage.length))
    console.log('Usage : npm run bosquet -- COMMANDE\n')
    for (const c of COMMANDES) console.log(`  ${c.usage.padEnd(large)}  ${c.aide}`)
    console.log('\nLes réglages (PORT, DONNEES, DATABASE_URL…) sont des variables d’environnement : voir README.md.')
    return 0
  },
}

export const COMMANDES: readonly Commande[] = [
  servir,
  produire,
  verifierJournalCommande,
  scellerJournalCommande,
  verifierCasCommande,
  organismeCreer,
  leverSecondFacteur,
  renouvelerCle,
  verifierLiaison,
  pesValider,
  totemLire,
  aide,
]

/** @throws Refus when no command has this name */
export async function runCommande(args: string[], env: NodeJS.ProcessEnv): Promise<number> {
  const found = COMMANDES.filter((c) => c.nom.split(' ').every((mot, i) => args[i] === mot)).sort(
    (a, b) => b.nom.length - a.nom.length,
  )[0]
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h') return aide.run([], env)
  if (!found)
    throw new Refus('commande', `Commande inconnue : « ${args.join(' ')} ». « npm run bosquet -- aide » les liste.`)
  return found.run(args.slice(found.nom.split(' ').length), env)
}
