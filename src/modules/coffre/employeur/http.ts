import { Temporal } from 'temporal-polyfill'
import { createInvitations } from '#modules/acces/index.ts'
import { sendFichier } from '#modules/documents/index.ts'
import { inscrire } from '#modules/journal/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { jour } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { Refus } from '#socle/refus.ts'
import * as contrat from './contract.ts'
import { lettresToPdf } from './documents/lettre.ts'
import { liftOpposition, recordOpposition } from './oppositions.ts'
import { listTitulaires, papierCsv } from './titulaires.ts'

const DROIT = 'coffre.administrer'

const aujourdhui = () => Temporal.Now.plainDateISO('Europe/Paris')

type Options = { lien: (chemin: string) => string }

/** What an employer does around the safes of his agents; he never sees inside. */
export function registerEmployeur(application: Application, { lien }: Options): void {
  servirOrganisme(application, contrat.listerTitulaires, DROIT, async ({ tx }) => ({
    titulaires: await listTitulaires(tx, aujourdhui().toString()),
  }))

  servirLibre(application, contrat.editerLettres, DROIT, async ({ base, qui, body, reply }) => {
    const { employeur, lettres } = await inOrganisme(base, qui.organismeId, async (tx) => {
      // only those whom this body pays: their names come from its own receipts
      const siens = new Set((await listTitulaires(tx, aujourdhui().toString())).map((t) => t.personneId))
      const employeur = (await getOrganisme(tx, qui.organismeId)).nom
      const lettres = await createInvitations(
        tx,
        body.personnes.filter((p) => siens.has(p)),
        { organismeId: qui.organismeId, nom: employeur },
      )
      if (lettres.length === 0)
        throw new Refus('lettres.aucune', 'Ces agents ont déjà ouvert leur coffre : aucune lettre à éditer.')
      await inscrire(tx, qui.organismeId, qui, { acte: 'coffre.lettres', detail: { nombre: lettres.length } })
      return { employeur, lettres }
    })
    const date = aujourdhui()
    const octets = lettresToPdf({
      date: jour(date.toString()),
      employeur,
      adresse: lien('/connexion/premier-acces'),
      jusquAu: jour(date.add({ days: 90 }).toString()),
      lettres: lettres.map(({ titulaire, code }) => ({ prenom: titulaire.prenom, nom: titulaire.nom, code })),
    })
    return sendFichier(reply, { nom: 'lettres-d-acces.pdf', type: 'application/pdf', octets, telecharger: true })
  })

  servirOrganisme(application, contrat.noterOpposition, DROIT, async ({ tx, qui, body }) => {
    await recordOpposition(tx, qui, body)
    return { id: body.id }
  })

  servirOrganisme(application, contrat.leverOpposition, DROIT, async ({ tx, qui, params, body }) => {
    await liftOpposition(tx, qui, params.opposition, body.leveeLe)
    return { levee: true as const }
  })

  servirLibre(application, contrat.exporterPapier, DROIT, async ({ base, qui, reply }) =>
    sendFichier(reply, {
      nom: 'demandes-de-papier.csv',
      type: 'text/csv',
      octets: Buffer.from(await inOrganisme(base, qui.organismeId, papierCsv)),
      telecharger: true,
    }),
  )
}
