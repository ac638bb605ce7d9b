import { type Base, inOrganisme } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { type Etape, sendSuivi } from '#socle/http/suivre.ts'
import { Refus } from '#socle/refus.ts'
import { type JeuParametres, jeuLivre, themesLivres } from '../calcul/index.ts'
import type { JobsPaie, Services } from '../production/jobs.ts'
import { decider } from './actions/decider.ts'
import * as contrat from './contract.ts'
import {
  getProposition,
  insertProposition,
  listPropositions,
  listPropositionsByIds,
  type PropositionLue,
} from './db/propositions.ts'
import { findDerniereSimulation, findDernierMois, getSimulation, insertSimulation } from './db/simulations.ts'
import { actesPermis, ecrireTranches, ecrireValeur, lireSaisie, moisDeSimulation } from './domain/proposition.ts'

const libelleOf = (code: string) => jeuLivre().parametres.get(code)?.libelle ?? code

function toVue(p: PropositionLue, qui: Acteur, jeu: JeuParametres): contrat.Proposition {
  const v = p.valeur
  const parametre = jeu.parametres.get(v.code)
  const connue = parametre?.valeurs.findLast(
    (x) => x.depuis <= v.depuis && (x.jusqua === undefined || x.jusqua > v.depuis),
  )
  return {
    id: p.id,
    code: v.code,
    libelle: libelleOf(v.code),
    unite: parametre?.unite ?? '',
    depuis: v.depuis,
    jusqua: v.jusqua ?? null,
    valeur: ecrireValeur(v) ?? '',
    tranches: v.tranches ? ecrireTranches(v.tranches) : null,
    texte: v.texte ?? '',
    source: v.source,
    verifie: v.verifie,
    note: v.note ?? '',
    remplace: connue ? ecrireValeur(connue) : null,
    etat: p.etat,
    proposeePar: p.proposeParNom,
    proposeeLe: p.proposeLe.toISOString(),
    histoire: p.actes.map((a) => ({
      id: a.id,
      acte: a.acte,
      par: a.parNom,
      le: new Date(a.le).toISOString(),
      motif: a.motif,
    })),
    actes: actesPermis(p.etat, {
      proposePar: p.proposePar,
      personne: qui.personneId,
      peutPublier: hasDroit(qui, 'parametres.publier'),
    }),
  }
}

/** What the status line says of a simulation. */
async function readEtape(base: Base, organismeId: string, id: string): Promise<Etape> {
  const { etat, fait, total } = await inOrganisme(base, organismeId, (tx) => getSimulation(tx, id))
  return {
    progression: { etat, fait, total, message: `${fait} bulletins recalculés sur ${total}` },
    finie: etat === 'fait' || etat === 'echec',
  }
}

export function registerParametres(application: Application, services: Services, jobs: JobsPaie): void {
  const { readJeu } = services

  servirLibre(application, contrat.listerParametres, 'parametres.lire', async () => {
    const { parametres } = await readJeu()
    return {
      parametres: themesLivres().flatMap((t) =>
        t.parametres.map((p) => ({
          code: p.code,
          libelle: p.libelle,
          theme: t.theme,
          unite: p.unite,
          valeurs: (parametres.get(p.code) ?? p).valeurs.map((v) => ({
            depuis: v.depuis,
            jusqua: v.jusqua ?? null,
            valeur: ecrireValeur(v),
            tranches: v.tranches ? ecrireTranches(v.tranches) : null,
            texte: v.texte ?? '',
            source: v.source,
            verifie: v.verifie,
            note: v.note ?? null,
          })),
        })),
      ),
    }
  })

  servirLibre(application, contrat.proposerValeur, 'parametres.proposer', async ({ base, qui, body }) => {
    const jeu = await readJeu()
    const { id, ...saisie } = body
    const valeur = lireSaisie(jeu, saisie)
    return inOrganisme(base, qui.organismeId, async (tx) => {
      await insertProposition(tx, qui.organismeId, { id, valeur, par: qui.personneId, parNom: qui.nom })
      return toVue(await getProposition(tx, id), qui, jeu)
    })
  })

  servirLibre(application, contrat.listerPropositions, 'parametres.lire', async ({ base, qui }) => {
    const jeu = await readJeu()
    const propositions = await inOrganisme(base, qui.organismeId, (tx) => listPropositions(tx))
    return { propositions: propositions.map((p) => toVue(p, qui, jeu)) }
  })

  servirLibre(application, contrat.lireProposition, 'parametres.lire', async ({ base, qui, params }) => {
    const jeu = await readJeu()
    return inOrganisme(base, qui.organismeId, async (tx) => ({
      proposition: toVue(await getProposition(tx, params.id), qui, jeu),
      simulation: await findDerniereSimulation(tx, params.id),
    }))
  })

  const decision =
    (acte: 'publier' | 'refuser' | 'retirer') =>
    async ({
      base,
      qui,
      params,
      body,
    }: {
      base: Base
      qui: Acteur
      params: { id: string }
      body?: { motif: string } | undefined
    }) => {
      const p = await inOrganisme(base, qui.organismeId, (tx) =>
        decider(tx, qui, params.id, acte, { motif: body?.motif ?? '', libelle: libelleOf }),
      )
      return toVue(p, qui, await readJeu())
    }
  servirLibre(application, contrat.publierProposition, 'parametres.publier', decision('publier'))
  servirLibre(application, contrat.refuserProposition, 'parametres.publier', decision('refuser'))
  servirLibre(application, contrat.retirerProposition, 'parametres.proposer', decision('retirer'))

  servirOrganisme(application, contrat.simulerPropositions, 'parametres.proposer', async ({ tx, qui, body }) => {
    const propositions = await listPropositionsByIds(tx, body.propositions)
    if (propositions.some((p) => p.etat !== 'proposee'))
      throw new Refus(
        'parametres.dejaDecidee',
        'Une de ces valeurs n’est plus en attente : elle a été publiée, refusée ou retirée. Rechargez la page.',
      )
    const dernier = await findDernierMois(tx)
    if (!dernier) throw new Refus('parametres.sansMois', 'Aucun mois de paie n’est ouvert : il n’y a rien à simuler.')
    const nouvelle = await insertSimulation(tx, qui.organismeId, {
      id: body.id,
      mois: moisDeSimulation(
        dernier,
        propositions.map((p) => p.valeur),
      ),
      propositions: body.propositions,
      par: qui.nom,
    })
    if (nouvelle) await services.jobs().enqueue(tx, jobs.simuler, { organisme: qui.organismeId, simulation: body.id })
    return getSimulation(tx, body.id)
  })
  servirOrganisme(application, contrat.lireSimulation, 'parametres.proposer', ({ tx, params }) =>
    getSimulation(tx, params.id),
  )
  servirLibre(
    application,
    contrat.suivreSimulation,
    'parametres.proposer',
    async ({ base, qui, params, request, reply }) => {
      await inOrganisme(base, qui.organismeId, (tx) => getSimulation(tx, params.id))
      return sendSuivi(request, reply, () => readEtape(base, qui.organismeId, params.id))
    },
  )
}
