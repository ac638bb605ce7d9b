import { listOrganismesByIds } from '#modules/organismes/index.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { lancerCampagne, lireCampagne, listerCampagnes } from './contract.ts'
import { type Campagnes, launchCampagne, listCampagnes, readCampagne } from './controler.ts'

const DROIT = 'coffre.controler'

export function registerCampagnes(application: Application, campagnes: Campagnes): void {
  servirOrganisme(application, listerCampagnes, DROIT, async ({ tx }) => ({ campagnes: await listCampagnes(tx) }))

  servirOrganisme(application, lancerCampagne, DROIT, async ({ tx, qui, body }) => {
    await launchCampagne(tx, campagnes, qui, body.id)
    return { id: body.id }
  })

  servirOrganisme(application, lireCampagne, DROIT, async ({ tx, params }) => {
    const { campagne, constats } = await readCampagne(tx, params.campagne)
    const ids = constats.flatMap((c) => (c.proprietaire.startsWith('organisme:') ? [c.proprietaire.slice(10)] : []))
    const noms = new Map((await listOrganismesByIds(tx, [...new Set(ids)])).map((o) => [o.id as string, o.nom]))
    return {
      campagne,
      // whose safe it is stays with her: the receipt is enough to restore the paper
      constats: constats.map((c) => ({
        ou: noms.get(c.proprietaire.slice(10)) ?? 'Coffre d’une personne',
        reference: c.reference,
        constat: c.constat,
      })),
    }
  })
}
