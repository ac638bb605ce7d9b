import { sql } from 'kysely'
import { resealSecrets } from '#modules/acces/index.ts'
import { renewCleMaitre } from '#modules/documents/index.ts'
import { inscrireAgence } from '#modules/journal/index.ts'
import type { Base } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { readReglages } from '#socle/reglages.ts'
import { openSocle } from '../application.ts'
import type { Commande } from './index.ts'

const NOM = 'bosquet cle renouveler'

/** A process that still holds the old key would seal what nobody opens: on a server, nobody else may be there. */
async function requireSeul(base: Base): Promise<void> {
  if (!base.pool) return
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and application_name <> ${NOM}`.execute(
    base.kysely,
  )
  if (rows[0]!.n > 0)
    throw new Refus(
      'cle.occupee',
      `${rows[0]!.n} autre(s) connexion(s) à la base : arrêtez tous les processus de Bosquet, puis recommencez.`,
    )
}

export const renouvelerCle: Commande = {
  nom: 'cle renouveler',
  usage: 'cle renouveler',
  aide: 'Fait une nouvelle clé maître et réenveloppe les clés des documents et les secrets. Serveur arrêté.',
  async run(_args, env) {
    process.env.PGAPPNAME = NOM
    const reglages = readReglages(env)
    const s = await openSocle(reglages)
    try {
      await requireSeul(s.base)
      const r = await renewCleMaitre(s.base, reglages.donnees, resealSecrets, (tx, fait) =>
        inscrireAgence(
          tx,
          { personneId: null, nom: 'Exploitation' },
          { acte: 'cle.renouveler', detail: { cles: fait.cles, secrets: fait.secrets } },
        ),
      )
      console.log(
        `La clé maître est renouvelée : ${r.cles} clés de documents et ${r.secrets} secrets réenveloppés, aucun document réécrit.`,
      )
      console.log(
        `ATTENTION : sauvegardez dès maintenant « cle-maitre ». L’ancienne, « ${r.ancienne} », n’ouvre plus que les sauvegardes faites avant : gardez-la avec elles, hors de cette machine.`,
      )
      return 0
    } finally {
      await s.close()
    }
  },
}
