import { sql } from 'kysely'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { questionIntrouvable } from '../../refus.ts'
import * as contrat from './contract.ts'
import { chezLAgence, getConseil, searchConseils } from './db/conseils.ts'
import { nomsDans } from './domain/noms.ts'

/** The base of answers: written by the officers from the questions that they were asked, read by every member. */
export function registerConseil(application: Application): void {
  servirOrganisme(application, contrat.chercherConseils, 'dossier.lire', async ({ tx, qui, query }) => ({
    conseils: await chezLAgence(tx, qui.organismeId, (t) => searchConseils(t, query.q)),
  }))

  servirOrganisme(application, contrat.publierConseil, 'conseils.publier', async ({ tx, qui, params, body }) => {
    const question = await tx
      .selectFrom('app.paie_question')
      .select('genre')
      .where('id', '=', params.question)
      .executeTakeFirst()
    if (!question) throw questionIntrouvable()
    if (question.genre !== 'conseil')
      throw new Refus('conseil.pasUnConseil', 'Seule la réponse à une demande de conseil se publie.')
    const agents = await tx.selectFrom('app.paie_agent').select(['nom', 'nom_naissance']).execute()
    const noms = agents.flatMap((a) => [a.nom, a.nom_naissance])
    const fautes = (['question', 'reponse'] as const).flatMap((champ) => {
      const trouves = nomsDans(body[champ], noms)
      return trouves.length > 0 ? [[champ, `Retirez ce qui nomme une personne : ${trouves.join(', ')}.`] as const] : []
    })
    if (fautes.length > 0)
      throw new Refus('saisie.invalide', 'Une réponse se publie sans aucun nom ; rien n’a été publié.', {
        status: 400,
        champs: Object.fromEntries(fautes),
      })
    return chezLAgence(tx, qui.organismeId, async (t, agence) => {
      await sql`insert into app.paie_conseil (organisme_id, id, theme, question, reponse, texte_de_droit, publie_par)
        values (${agence}, ${body.id}, ${body.theme}, ${body.question}, ${body.reponse}, ${body.texteDeDroit}, ${qui.nom})
        on conflict (organisme_id, id) do nothing`.execute(t)
      return (await getConseil(t, body.id))!
    })
  })

  servirOrganisme(application, contrat.retirerConseil, 'conseils.publier', ({ tx, qui, params }) =>
    chezLAgence(tx, qui.organismeId, async (t) => {
      const { numAffectedRows } = await sql`update app.paie_conseil set retire_le = now(), retire_par = ${qui.nom}
        where id = ${params.conseil} and retire_le is null`.execute(t)
      if ((numAffectedRows ?? 0n) === 0n) throw introuvable('Cette réponse')
      return { fait: true as const }
    }),
  )
}
