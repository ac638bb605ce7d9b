import './tables.ts'
import { sql } from 'kysely'
import { inPlateforme } from '#socle/db/base.ts'
import { listAdressesSures } from '../actions/mot-de-passe.ts'
import type { ServicesAcces } from '../services.ts'

const LOT = 50
const REGARD_MS = 6 * 3600_000

/**
 * Once a year, to whoever has not come for a year: her account is there, and how to come back to it. The letters and
 * their date are written together, by small lots; gives how many accounts were reminded.
 */
export async function sendRappels(s: Pick<ServicesAcces, 'base' | 'courrier'>): Promise<number> {
  for (let total = 0; ; ) {
    const lot = await inPlateforme(s.base, async (tx) => {
      const { rows } = await sql<{ id: string; prenom: string }>`
        update app.acces_compte c set rappele_le = now()
        from app.acces_personne p
        where p.id = c.personne_id and c.id in (
          select c2.id from app.acces_compte c2
          where c2.est_actif and not exists (select from app.acces_personne g where g.id = c2.personne_id and g.gelee_le is not null)
            and coalesce(c2.rappele_le, c2.cree_le) < now() - interval '1 year'
            and not exists (select from app.acces_session s
              where s.compte_id = c2.id and s.vue_le > now() - interval '1 year')
          order by c2.id limit ${LOT} for update skip locked)
        returning c.id, p.prenom`.execute(tx)
      for (const { id, prenom } of rows)
        for (const a of await listAdressesSures(tx, id))
          await s.courrier.sendPersonnel(tx, {
            a,
            objet: 'Votre coffre Bosquet est toujours là',
            texte: `Bonjour${prenom ? ` ${prenom}` : ''},\n\nVous n’êtes pas venu depuis un an. Vos documents sont gardés dans votre coffre, et ils y restent même si vous avez changé d’employeur :\n${s.courrier.lien('/coffre')}\n\nMot de passe oublié : ${s.courrier.lien('/connexion/oubli')}\nSi cette adresse n’est plus la vôtre demain, changez-la dans « Mon compte ».`,
            motif: 'acces.rappel',
          })
      return rows.length
    })
    total += lot
    if (lot < LOT) return total
  }
}

/** Looks several times a day, from a process that takes the jobs; two of them never remind the same person twice. */
export function startRappels(s: Pick<ServicesAcces, 'base' | 'courrier'>): { stop(): void } {
  const look = () =>
    sendRappels(s).catch((error: unknown) => console.error('[acces]', error instanceof Error ? error.message : error))
  void look()
  const timer = setInterval(look, REGARD_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
