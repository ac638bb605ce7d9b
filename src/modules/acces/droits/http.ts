import { getAgenceId, listOrganismes, listOrganismesByIds } from '#modules/organismes/index.ts'
import { alsoInOrganisme, type Base, inOrganisme, inPersonne, inPlateforme, type Tx } from '#socle/db/base.ts'
import { type Application, servirCompte, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable } from '#socle/refus.ts'
import { SANS_MOT_DE_PASSE } from '../actions/connexion.ts'
import { listHabilitations } from '../db/appartenances.ts'
import {
  DROITS,
  DROITS_CHEZ_UN_CLIENT,
  DROITS_DE_SOUTIEN,
  type Droit,
  droitsDeJeton,
  droitsOf,
  libelleRole,
  ROLES,
  rolesPossibles,
} from '../domain/roles.ts'
import { creerJeton, revoquerJeton } from './actions/jetons.ts'
import { donnerRole, retirerRole, suspendreCompte } from './actions/roles.ts'
import { accorderSoutien, demanderSoutien, terminerSoutien } from './actions/soutiens.ts'
import * as contrat from './contract.ts'
import { getJeton, listJetons, vueJeton } from './db/jetons.ts'
import { listAppartenances, listIntervenants } from './db/membres.ts'
import { listSoutiens, listSoutiensDe, vueOf } from './db/soutiens.ts'

const nomme = (codes: Iterable<string>) =>
  [...codes].map((code) => ({ code, libelle: code in DROITS ? DROITS[code as Droit] : code }))

/** `creerLien` gives the address where the owner of a new account chooses her password; it serves once. */
export type OptionsDroits = { creerLien: (tx: Tx, compteId: string) => Promise<string> }

export function registerDroits(application: Application, options: OptionsDroits): void {
  const { base } = application

  servirCompte(application, contrat.mesDroits, async ({ qui }) => {
    const habilitations = await listHabilitations(base, qui.personneId)
    const noms = await nomsOf(
      base,
      habilitations.map((h) => h.organismeId),
    )
    return {
      organismes: habilitations.map((h) => ({
        id: h.organismeId,
        nom: noms.get(h.organismeId) ?? '',
        via: h.via,
        roles: h.roles.map(libelleRole),
        droits: nomme(Object.keys(DROITS).filter((d) => h.droits.has(d))),
        fin: h.soutien?.jusqua.toISOString() ?? null,
      })),
    }
  })

  servirOrganisme(application, contrat.listerMembres, 'acces.administrer', async ({ tx, qui }) => {
    const agence = await getAgenceId(tx)
    const possibles = rolesPossibles(qui.organismeId === agence)
    const membres = await listMembres(tx, qui.personneId)
    const intervenants =
      qui.organismeId === agence
        ? []
        : await alsoInOrganisme(tx, { dans: agence, retour: qui.organismeId }, (t) =>
            listIntervenants(t, agence, qui.organismeId),
          )
    const soutiens = (await listSoutiens(tx, qui.organismeId)).map((s) => vueOf(s, ''))
    const exterieurs = [
      ...intervenants.map((i) => ({ nom: i.nom, via: i.via, droits: [...DROITS_CHEZ_UN_CLIENT], fin: i.fin })),
      ...soutiens
        .filter((s) => s.etat === 'accorde')
        .map((s) => ({
          nom: s.technicien,
          via: 'soutien',
          droits: [...DROITS_DE_SOUTIEN[s.etendue]],
          fin: s.jusqua,
        })),
    ]
    const utiles = new Set([
      ...possibles.flatMap((r): readonly string[] => ROLES[r].droits),
      ...exterieurs.flatMap((e): readonly string[] => e.droits),
    ])
    return {
      membres,
      droits: nomme(Object.keys(DROITS).filter((d) => utiles.has(d))),
      roles: possibles.map((r) => ({ code: r, libelle: ROLES[r].libelle, droits: [...ROLES[r].droits] })),
      exterieurs,
    }
  })

  servirOrganisme(application, contrat.donnerRole, 'acces.administrer', async ({ tx, qui, body }) => {
    const { personneId, compteId, compteCree } = await donnerRole(tx, qui, body)
    return { personneId, compteCree, lien: compteCree ? await options.creerLien(tx, compteId) : null }
  })

  servirOrganisme(application, contrat.retirerRole, 'acces.administrer', async ({ tx, qui, params }) => {
    await retirerRole(tx, qui, params.appartenance)
    return { retire: true as const }
  })

  servirOrganisme(application, contrat.suspendreCompte, 'comptes.suspendre', async ({ tx, qui, body }) => ({
    sessionsFermees: await suspendreCompte(tx, qui, body),
  }))

  servirOrganisme(application, contrat.listerSoutiens, 'soutien.accorder', async ({ tx, qui }) => ({
    soutiens: (await listSoutiens(tx, qui.organismeId)).map((s) => vueOf(s, '')),
  }))
  const lireSoutien = async (tx: Tx, organismeId: string, id: string) => {
    const s = (await listSoutiens(tx, organismeId)).find((x) => x.id === id)
    if (!s) throw introuvable('Ce dépannage')
    return vueOf(s, '')
  }
  servirOrganisme(application, contrat.accorderSoutien, 'soutien.accorder', async ({ tx, qui, params }) => {
    await accorderSoutien(tx, qui, params.soutien)
    return lireSoutien(tx, qui.organismeId, params.soutien)
  })
  servirOrganisme(application, contrat.terminerSoutien, 'soutien.accorder', async ({ tx, qui, params }) => {
    await terminerSoutien(tx, qui, qui.organismeId, params.soutien)
    return lireSoutien(tx, qui.organismeId, params.soutien)
  })

  // the technician's side: from the agency, about the bodies of others
  servirLibre(application, contrat.listerDemandes, 'soutien.demander', async ({ base, qui }) => {
    const rows = await inPersonne(base, qui.personneId, (tx) => listSoutiensDe(tx, qui.personneId))
    const membres = await inPlateforme(base, (tx) => listOrganismes(tx))
    const noms = new Map(membres.map((o): [string, string] => [o.id, o.nom]))
    return {
      soutiens: rows.map((r) => vueOf(r, noms.get(r.organisme_id) ?? '')),
      membres: membres.filter((o) => o.id !== qui.organismeId).map((o) => ({ id: o.id, nom: o.nom })),
    }
  })
  servirOrganisme(application, contrat.demanderSoutien, 'soutien.demander', async ({ tx, qui, body }) => {
    const [membre] = await listOrganismesByIds(tx, [body.organismeId])
    if (!membre || membre.id === qui.organismeId) throw introuvable('Cet organisme')
    await demanderSoutien(tx, qui, body)
    return alsoInOrganisme(tx, { dans: membre.id, retour: qui.organismeId }, (t) => lireSoutien(t, membre.id, body.id))
  })
  servirLibre(application, contrat.rendreSoutien, 'soutien.demander', async ({ base, qui, params }) => {
    const rows = await inPersonne(base, qui.personneId, (tx) => listSoutiensDe(tx, qui.personneId))
    const s = rows.find((r) => r.id === params.soutien)
    if (!s) throw introuvable('Ce dépannage')
    return inOrganisme(base, s.organisme_id, async (tx) => {
      await terminerSoutien(tx, qui, s.organisme_id, s.id)
      return lireSoutien(tx, s.organisme_id, s.id)
    })
  })

  servirOrganisme(application, contrat.listerJetons, 'acces.administrer', async ({ tx, qui }) => ({
    jetons: (await listJetons(tx, qui.organismeId)).map(vueJeton),
    droits: nomme(droitsDeJeton(qui.organismeId === (await getAgenceId(tx)))),
  }))
  servirOrganisme(application, contrat.creerJeton, 'acces.administrer', async ({ tx, qui, body }) => {
    const secret = await creerJeton(tx, qui, body)
    return { secret, jeton: vueJeton(await getJeton(tx, qui.organismeId, body.id)) }
  })
  servirOrganisme(application, contrat.revoquerJeton, 'acces.administrer', async ({ tx, qui, params }) => {
    await revoquerJeton(tx, qui, params.jeton)
    return vueJeton(await getJeton(tx, qui.organismeId, params.jeton))
  })
}

async function nomsOf(base: Base, ids: string[]): Promise<Map<string, string>> {
  const rows = await inPlateforme(base, (tx) => listOrganismesByIds(tx, ids))
  return new Map(rows.map((o) => [o.id, o.nom]))
}

async function listMembres(tx: Tx, soi: string): Promise<contrat.Membre[]> {
  const parPersonne = Map.groupBy(await listAppartenances(tx), (r) => r.personne_id)
  return [...parPersonne.values()].map((rows) => {
    const p = rows[0]!
    const etat =
      p.identifiant === null
        ? 'sansCompte'
        : p.est_actif === false
          ? 'ferme'
          : p.empreinte === SANS_MOT_DE_PASSE
            ? 'aActiver'
            : 'actif'
    return {
      personneId: p.personne_id,
      nom: `${p.prenom} ${p.nom}`.trim(),
      identifiant: p.identifiant,
      etat,
      estSoi: p.personne_id === soi,
      appartenances: rows.map((r) => ({
        id: r.id,
        role: r.role,
        libelle: libelleRole(r.role),
        depuis: r.depuis,
        jusqua: r.jusqua,
        enCours: r.en_cours,
        donnePar: r.donne_par_nom,
      })),
      droits: [...droitsOf(rows.filter((r) => r.en_cours).map((r) => r.role))],
    }
  })
}
