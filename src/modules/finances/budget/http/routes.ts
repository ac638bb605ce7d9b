import { Temporal } from 'temporal-polyfill'
import { sendFichier } from '#modules/documents/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { inEuros, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { writeDocumentBudgetaire } from '../../echanges/budgetaire/ecrire.ts'
import { MOUVEMENTS } from '../../nomenclature/index.ts'
import * as budgets from '../actions/budgets.ts'
import {
  abandonnerVersion,
  creerVersion,
  demanderCredits,
  reprendreResultats,
  saisirLignes,
  voterVersion,
} from '../actions/versions.ts'
import * as contrat from '../contract.ts'
import { getExercice, listBudgets, planOf } from '../db/exercices.ts'
import { listArticles } from '../db/versions.ts'
import { renderVersion } from '../documents/version.ts'
import { proposeTranspositions } from '../domain/reprise.ts'
import { versionToDocument } from '../exchange/version-vers-document.ts'
import { vueBudgets, vueExerciceComplete, vueVersion } from './vues.ts'

const FAIT = { fait: true } as const
/** What a search shows: more would not be read. */
const COMPTES_MONTRES = 40

const replier = (t: string) => t.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

const aujourdhui = () => Temporal.Now.plainDateISO('Europe/Paris').toString() as Jour

/** A version and its body, as its documents need them. The date is that of the vote, or of today for a project. */
async function lireImprimable(tx: Tx, organismeId: string, voteId: string) {
  const version = await vueVersion(tx, voteId)
  const organisme = await getOrganisme(tx, organismeId)
  const principal = (await listBudgets(tx)).find((b) => b.est_principal)
  const date = (version.version.deliberationDate as Jour | null) ?? aujourdhui()
  const nom = `${version.version.nom} ${version.exercice.annee}`.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
  return { version, organisme, principal, date, nom }
}

export function registerBudget(application: Application): void {
  servirOrganisme(application, contrat.listerBudgets, 'finances.lire', ({ tx }) => vueBudgets(tx))
  servirOrganisme(application, contrat.enregistrerBudget, 'finances.administrer', async ({ tx, qui, params, body }) => {
    await budgets.enregistrerBudget(tx, qui, { id: params.budget, ...body })
    return vueBudgets(tx)
  })
  servirOrganisme(
    application,
    contrat.enregistrerExercice,
    'finances.administrer',
    async ({ tx, qui, params, body }) => {
      await budgets.enregistrerExercice(tx, qui, {
        ...body,
        budgetId: params.budget,
        annee: params.annee,
        articlesSpecialises: body.articlesSpecialises.split(' ').filter(Boolean),
      })
      return vueBudgets(tx)
    },
  )
  servirOrganisme(application, contrat.choisirEdition, 'finances.administrer', async ({ tx, qui, body }) => {
    await budgets.choisirEdition(tx, qui, body.edition)
    return vueBudgets(tx)
  })
  servirOrganisme(application, contrat.enregistrerService, 'finances.administrer', async ({ tx, qui, body }) => {
    await budgets.enregistrerService(tx, qui, body)
    return vueBudgets(tx)
  })
  servirOrganisme(application, contrat.enregistrerOperation, 'finances.preparer', async ({ tx, qui, params, body }) => {
    await budgets.enregistrerOperation(tx, qui, { budgetId: params.budget, ...body })
    return FAIT
  })

  servirOrganisme(application, contrat.lireExercice, 'finances.lire', ({ tx, params }) =>
    vueExerciceComplete(tx, params.budget, params.annee),
  )
  servirOrganisme(application, contrat.creerVersion, 'finances.preparer', async ({ tx, qui, params, body }) => ({
    id: body.id,
    anomalies: await creerVersion(tx, qui, { budgetId: params.budget, annee: params.annee, ...body }),
  }))
  servirOrganisme(application, contrat.lireVersion, 'finances.lire', ({ tx, params }) => vueVersion(tx, params.vote))
  servirOrganisme(application, contrat.saisirLignes, 'finances.preparer', async ({ tx, qui, params, body }) => {
    await saisirLignes(tx, qui, params.vote, body.lignes, body.retirees)
    return vueVersion(tx, params.vote)
  })
  servirOrganisme(application, contrat.demanderCredits, 'finances.demander', async ({ tx, qui, params, body }) => {
    await demanderCredits(tx, qui, params.vote, body.service, body.lignes)
    return vueVersion(tx, params.vote)
  })
  servirOrganisme(application, contrat.voterVersion, 'finances.voter', async ({ tx, qui, params, body }) => {
    await voterVersion(tx, qui, params.vote, body)
    return vueVersion(tx, params.vote)
  })
  servirOrganisme(application, contrat.abandonnerVersion, 'finances.preparer', async ({ tx, qui, params }) => {
    await abandonnerVersion(tx, qui, params.vote)
    return FAIT
  })

  servirOrganisme(application, contrat.reprendreResultats, 'finances.preparer', async ({ tx, qui, params }) => {
    await reprendreResultats(tx, qui, params.vote)
    return vueVersion(tx, params.vote)
  })
  servirLibre(application, contrat.lirePdfVersion, 'finances.lire', async ({ base, qui, params, reply }) => {
    const { version, organisme, date, nom } = await inOrganisme(base, qui.organismeId, (tx) =>
      lireImprimable(tx, qui.organismeId, params.vote),
    )
    const octets = renderVersion({ version, organisme: organisme.nom, date })
    return sendFichier(reply, { nom: `${nom}.pdf`, type: 'application/pdf', octets })
  })
  servirLibre(application, contrat.lireXmlVersion, 'finances.lire', async ({ base, qui, params, reply }) => {
    const { version, organisme, principal, date, nom } = await inOrganisme(base, qui.organismeId, (tx) =>
      lireImprimable(tx, qui.organismeId, params.vote),
    )
    const document = versionToDocument(
      version,
      { nom: organisme.nom, type: organisme.type, codeInsee: organisme.code_insee, principal },
      date,
    )
    return sendFichier(reply, {
      nom: `${nom}.xml`,
      type: 'application/xml',
      octets: writeDocumentBudgetaire(document),
      telecharger: true,
    })
  })

  servirOrganisme(application, contrat.chercherComptes, 'finances.lire', async ({ tx, params, query }) => {
    const plan = planOf(await getExercice(tx, params.budget, params.annee))
    const mots = replier(query.q).split(/\s+/).filter(Boolean)
    return {
      comptes: [...plan.comptes.values()]
        .filter((c) => !c.supprime)
        .map((c) => ({
          code: c.code,
          libelle: c.libelle.trim(),
          usages: (['D', 'R'] as const)
            .filter((s) => !query.sens || s === query.sens)
            .flatMap((sens) =>
              MOUVEMENTS.flatMap((mouvement) => {
                const chapitre = c.chapitres[sens][mouvement]
                const section = chapitre && plan.chapitres.get(chapitre)?.section
                return chapitre && section ? [{ sens, mouvement, chapitre, section }] : []
              }),
            ),
        }))
        .filter((c) => c.usages.length > 0 && mots.every((m) => c.code.startsWith(m) || replier(c.libelle).includes(m)))
        .slice(0, COMPTES_MONTRES),
    }
  })

  servirOrganisme(application, contrat.listerTranspositions, 'finances.lire', async ({ tx, params }) => {
    const apres = planOf(await getExercice(tx, params.budget, params.annee))
    const avant = planOf(await getExercice(tx, params.budget, params.annee - 1))
    const votes = Map.groupBy(await listArticles(tx, params.budget, params.annee - 1), (a) => a.nature)
    return {
      planAvant: `${avant.libelle} ${avant.annee}`,
      planApres: `${apres.libelle} ${apres.annee}`,
      comptes: proposeTranspositions(avant, apres).map(({ compte, propositions }) => ({
        code: compte.code,
        libelle: compte.libelle.trim(),
        vote: inEuros((votes.get(compte.code) ?? []).reduce((s, a) => (s + a.vote) as typeof ZERO, ZERO)),
        successeurs: propositions.map((p) => ({ code: p.code, libelle: p.libelle.trim() })),
      })),
    }
  })
}
