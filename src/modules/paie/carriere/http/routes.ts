import { Temporal } from 'temporal-polyfill'
import { type Jour, jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { insecables } from '#socle/texte.ts'
import { listGrades } from '../../calcul/index.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import type { Services } from '../../production/jobs.ts'
import { creerAgent, modifierIdentite, ouvrirEmploi } from '../actions/agents.ts'
import {
  annulerActe,
  appliquerChangement,
  changerSituation,
  fermerCarriere,
  refusHorsCarriere,
} from '../actions/changer.ts'
import { deciderCompte, listComptes, maskIban, proposerCompte } from '../actions/comptes.ts'
import { simulerChangement } from '../actions/simuler.ts'
import { registerAvancements } from '../avancement/http.ts'
import { MOTIFS_SORTIE } from '../contract.ts'
import { getAgent, listAgents, listCarrieresOfAgent } from '../db/agents.ts'
import { listActes } from '../db/histoire.ts'
import { sortir } from '../domain/changer.ts'
import { describeChangement, describeSituation } from '../domain/decrire.ts'
import { documentsDe } from '../fin/domain/documents.ts'
import { registerFin } from '../fin/http.ts'
import { registerGrille } from '../grille/http.ts'
import { registerImport } from '../importer/http.ts'
import { POSITIONS, type PositionTenue } from '../positions/domain/positions.ts'
import { registerPositions } from '../positions/http.ts'
import { listPositions } from '../positions/positions.ts'
import { registerRetenues } from '../retenues/http.ts'
import * as contrat from './contract.ts'
import { vueEffet } from './effet.ts'

export const aujourdhui = (): Jour => jour(Temporal.Now.plainDateISO('Europe/Paris').toString())

const lisible = (champs: { libelle: string; valeur: string }[]) =>
  champs.map((c) => ({ ...c, valeur: insecables(c.valeur) }))

async function readFiche(tx: Tx, qui: Acteur, agentId: string): Promise<contrat.FicheCarriere> {
  const { id, iban, ...civil } = await getAgent(tx, agentId)
  const carrieres = await listCarrieresOfAgent(tx, agentId)
  const actes = await listActes(tx, agentId)
  const peutModifier = hasDroit(qui, 'carrieres.modifier')
  // undone in the order in which they were done: the last one of each career that still counts
  const derniers = new Map<string, string>()
  for (const a of actes)
    if (a.carriere_id && a.nature !== 'annulation' && a.annule_par === null && !derniers.has(a.carriere_id))
      derniers.set(a.carriere_id, a.nature === 'entree' ? '' : a.id)
  const positions = new Map<string, PositionTenue[]>()
  for (const c of carrieres) positions.set(c.id, await listPositions(tx, c.id))
  return {
    ...civil,
    agentId: id,
    iban: maskIban(iban),
    carrieres: carrieres.map((c) => ({
      id: c.id,
      emploi: c.emploi,
      entree: c.entree,
      sortie: c.sortie,
      motifSortie: c.motif_sortie,
      documents: c.sortie === null || c.situations.length === 0 ? [] : documentsDe(c.situations.at(-1)!.contenu.statut),
      positions: (positions.get(c.id) ?? []).map(({ position, ...p }) => ({
        ...p,
        libelle: POSITIONS[position].libelle,
        estPaye: POSITIONS[position].estPaye,
      })),
      situations: c.situations.map((s, i) => ({
        depuis: s.depuis,
        jusqua: s.jusqua,
        motif: s.motif,
        resume: insecables(describeChangement(c.situations[i - 1]?.contenu, s.contenu)),
        champs: lisible(describeSituation(s.contenu)),
        contenu: s.contenu,
      })),
    })),
    comptes: await listComptes(tx, qui, { agentId }),
    histoire: actes.map((a) => ({
      id: a.id,
      carriereId: a.carriere_id,
      nature: a.nature,
      effet: a.effet,
      motif: a.motif,
      resume: insecables(a.resume),
      le: a.le.toISOString(),
      par: a.par_nom,
      annulePar: a.annule_par,
      annulable: peutModifier && a.carriere_id !== null && derniers.get(a.carriere_id) === a.id,
    })),
    peutModifier,
  }
}

/** The dated files of the agents of a body. */
export function registerCarriere(application: Application, services: Services): void {
  registerGrille(application)
  registerRetenues(application, services)
  registerPositions(application, services)
  registerImport(application)
  registerAvancements(application)
  registerFin(application)
  servirOrganisme(application, contrat.listerCarrieres, 'agents.lire', async ({ tx }) => ({
    agents: await listAgents(tx, aujourdhui()),
  }))
  servirOrganisme(application, contrat.lireFiche, 'agents.lire', ({ tx, qui, params }) =>
    readFiche(tx, qui, params.agent),
  )
  servirOrganisme(application, contrat.creerAgent, 'carrieres.modifier', async ({ tx, qui, body }) => {
    await creerAgent(tx, auteurOf(qui), body)
    return readFiche(tx, qui, body.id)
  })
  servirOrganisme(application, contrat.ouvrirEmploi, 'carrieres.modifier', async ({ tx, qui, params, body }) => {
    await ouvrirEmploi(tx, auteurOf(qui), params.agent, body)
    return readFiche(tx, qui, params.agent)
  })
  servirOrganisme(application, contrat.modifierIdentite, 'carrieres.modifier', async ({ tx, qui, params, body }) => {
    await modifierIdentite(tx, auteurOf(qui), params.agent, body, aujourdhui())
    return readFiche(tx, qui, params.agent)
  })

  // the legal values are read before the transaction opens: their reader has one of its own
  servirLibre(application, contrat.simulerSituation, 'carrieres.modifier', async ({ base, qui, params, body }) => {
    const jeu = await services.readJeu()
    return inOrganisme(base, qui.organismeId, async (tx) =>
      vueEffet(
        await simulerChangement(tx, jeu, params.carriere, body.depuis, (avant) => appliquerChangement(avant, body)),
      ),
    )
  })
  servirOrganisme(application, contrat.changerSituation, 'carrieres.modifier', ({ tx, qui, params, body }) =>
    changerSituation(tx, auteurOf(qui), params.carriere, body),
  )
  servirLibre(application, contrat.simulerSortie, 'carrieres.modifier', async ({ base, qui, params, body }) => {
    const jeu = await services.readJeu()
    return inOrganisme(base, qui.organismeId, async (tx) =>
      vueEffet(
        await simulerChangement(tx, jeu, params.carriere, body.sortie, (avant) => {
          if (body.sortie <= avant.entree) throw refusHorsCarriere('sortie')
          return sortir(avant, body.sortie, MOTIFS_SORTIE[body.motif])
        }),
      ),
    )
  })
  servirOrganisme(application, contrat.sortirCarriere, 'carrieres.modifier', ({ tx, qui, params, body }) =>
    fermerCarriere(tx, auteurOf(qui), params.carriere, body),
  )
  servirOrganisme(application, contrat.annulerActe, 'carrieres.modifier', ({ tx, qui, params, body }) =>
    annulerActe(tx, auteurOf(qui), params.acte, { id: body.id }),
  )

  servirOrganisme(application, contrat.listerGrilles, 'agents.lire', async () => ({
    grades: listGrades().map(({ verifie: _, ...g }) => ({
      ...g,
      echelons: g.echelons.map((e) => ({
        echelon: e.echelon,
        ib: e.ib ?? null,
        im: e.im,
        dureeMois: e.dureeMois ?? null,
        depuis: e.depuis,
        verifie: e.verifie,
      })),
    })),
  }))

  servirOrganisme(application, contrat.listerComptes, 'agents.lire', async ({ tx, qui }) => ({
    comptes: await listComptes(tx, qui, { enAttente: true }),
  }))
  servirOrganisme(application, contrat.proposerCompte, 'carrieres.modifier', ({ tx, qui, params, body }) =>
    proposerCompte(tx, qui, { ...body, agentId: params.agent }),
  )
  const decision =
    (acte: 'confirmer' | 'refuser' | 'retirer') =>
    ({ tx, qui, params, body }: { tx: Tx; qui: Acteur; params: { compte: string }; body: { motif: string } }) =>
      deciderCompte(tx, qui, params.compte, acte, body.motif, aujourdhui())
  servirOrganisme(application, contrat.confirmerCompte, 'comptes.confirmer', decision('confirmer'))
  servirOrganisme(application, contrat.refuserCompte, 'comptes.confirmer', decision('refuser'))
  servirOrganisme(application, contrat.retirerCompte, 'carrieres.modifier', decision('retirer'))
}
