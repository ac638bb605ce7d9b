import '../db/tables.ts'
import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { addMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import type { JeuParametres } from '../../../calcul/index.ts'
import { type Auteur, findDossier, noteActe, publishSuivi, touchDossier } from '../../../dossier/db/dossiers.ts'
import { estModifiable } from '../../../dossier/domain/dossier.ts'
import { premierMoisCorrige } from '../../../dossier/rappels/db/du-mois.ts'
import { refusBloquantes, refusEmpreinte, refusPerime, refusSansBulletin } from '../../../refus.ts'
import { jeuDuMois } from '../../calculer-mois.ts'
import { publishIndicateurs } from '../../cockpit/indicateurs.ts'
import type { LigneDeListe } from '../../controles/contract.ts'
import { CONTROLES, type CodeControle, codeAnomalie } from '../../controles/domain/controles.ts'
import { insertSignature } from '../../controles/liste.ts'
import { insertVisa } from '../../controles/visa.ts'
import { retenirMoisEntier } from '../../mois-entier.ts'
import type { Entrees } from '../../ouvrier.ts'
import { LIBELLES_ETAT_COMPLEMENT } from '../contract.ts'
import { type ActeComplement, nextEtatComplement } from '../domain/complement.ts'
import { composeVisaComplement } from '../visa.ts'
import { prepareComplement } from './calculer.ts'
import { refusComplement, requireMoment } from './ouvrir.ts'

/** Locks the production and gives it with the state that the act leads to. */
async function lock(tx: Tx, mois: Mois, rang: number, acte: ActeComplement) {
  const c = await tx
    .selectFrom('app.paie_complement')
    .selectAll()
    .where('mois', '=', mois)
    .where('rang', '=', rang)
    .forUpdate()
    .executeTakeFirst()
  if (!c) throw introuvable('Cette production')
  const etat = nextEtatComplement(c.etat, acte)
  if (!etat)
    throw refusComplement(
      `Cette action n’est pas possible : la production est « ${LIBELLES_ETAT_COMPLEMENT[c.etat]} ».`,
    )
  return { ...c, etat }
}

const ofRang = (tx: Tx, mois: Mois, rang: number) =>
  tx.updateTable('app.paie_complement').where('mois', '=', mois).where('rang', '=', rang)

/** An officer neither sends his own payslip nor a relative's: another one does. */
async function requireQuatreYeux(tx: Tx, auteur: Auteur, mois: Mois, rang: number) {
  const { rows } = await sql<{ nom: string }>`
    select g.prenom || ' ' || g.nom as nom from app.paie_complement_agent a
    join app.paie_carriere k on k.organisme_id = a.organisme_id and k.id = a.carriere_id
    join app.paie_agent g on g.organisme_id = k.organisme_id and g.id = k.agent_id
    where a.mois = ${mois} and a.rang = ${rang} and (g.personne_id = ${auteur.personneId}
      or exists (select from app.paie_lien l where l.organisme_id = g.organisme_id and l.agent_id = g.id
        and l.personne_id = ${auteur.personneId} and (l.fini_le is null or l.fini_le > current_date)))
    order by g.nom`.execute(tx)
  if (rows.length > 0)
    throw new Refus(
      'controles.quatreYeux',
      `Un autre gestionnaire doit envoyer cette production : elle paie ${rows.map((r) => r.nom).join(', ')}, que vous êtes ou dont vous êtes proche.`,
    )
}

/** The findings of the complement, as the officer signs them. */
async function listeSignee(tx: Tx, mois: Mois, rang: number): Promise<LigneDeListe[]> {
  const { rows } = await sql<{ id: string; nom: string; anomalies: { code: string; message: string }[] }>`
    select a.carriere_id as id, g.prenom || ' ' || g.nom as nom, a.anomalies from app.paie_complement_agent a
    join app.paie_carriere k on k.organisme_id = a.organisme_id and k.id = a.carriere_id
    join app.paie_agent g on g.organisme_id = k.organisme_id and g.id = k.agent_id
    where a.mois = ${mois} and a.rang = ${rang} order by g.nom, g.prenom`.execute(tx)
  const constats = rows.flatMap(({ id, nom, anomalies }) =>
    anomalies.map((a) => ({ code: a.code, constat: { carriereId: id, nom, message: a.message } })),
  )
  const codes = (Object.keys(CONTROLES) as CodeControle[]).filter(
    (c) => c !== 'masse' && c !== 'effectif' && c !== 'ecart',
  )
  const deControle = new Set(codes.map(codeAnomalie))
  return [
    ...codes.map((code) => ({
      code: code as string,
      titre: CONTROLES[code],
      remarque: '',
      constats: constats.filter((c) => c.code === codeAnomalie(code)).map((c) => c.constat),
    })),
    {
      code: 'calcul',
      titre: 'Remarques du calcul',
      remarque: '',
      constats: constats.filter((c) => !deControle.has(c.code)).map((c) => c.constat),
    },
  ]
}

/** The officer signs the controls of what he read and sends it: computed from what is known now, without blocking anomaly. */
export async function envoyerComplement(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  rang: number,
  empreinte: string,
  publie: JeuParametres,
): Promise<void> {
  const c = await lock(tx, mois, rang, 'envoyer')
  await requireMoment(tx, mois, c.genre)
  const { rows } = await sql<{ id: string; entrees: string | null; jeu: string | null; bloquantes: number }>`
    select carriere_id as id, entrees, jeu,
      (select count(*)::int from jsonb_array_elements(anomalies) x where (x ->> 'bloquante')::boolean) as bloquantes
    from app.paie_complement_agent where mois = ${mois} and rang = ${rang}`.execute(tx)
  const bloquantes = rows.reduce((n, r) => n + r.bloquantes, 0)
  if (bloquantes > 0) throw refusBloquantes(bloquantes)
  const visa = await composeVisaComplement(tx, auteur.organismeId, c)
  if (!visa) throw refusSansBulletin()
  if (visa.empreinte !== empreinte) throw refusEmpreinte()
  const jeu = jeuDuMois(publie, mois, await premierMoisCorrige(tx, mois))
  const prepares = await prepareComplement(tx, mois, rang, jeu, publie)
  const entreesOf = new Map<string, string | undefined>(prepares.map((p) => [p.carriere.carriereId, p.entrees]))
  if (rows.some((r) => entreesOf.get(r.id) !== r.entrees || (r.jeu !== null && r.jeu !== jeu.empreinte())))
    throw refusPerime()
  await requireQuatreYeux(tx, auteur, mois, rang)
  await insertSignature(tx, auteur, mois, empreinte, await listeSignee(tx, mois, rang))
  await ofRang(tx, mois, rang)
    .set({
      etat: c.etat,
      empreinte,
      envoye_le: sql<Date>`now()`,
      envoye_par: auteur.nom,
      motif_renvoi: null,
    })
    .execute()
  await noteActe(tx, auteur, mois, `Production n° ${rang} envoyée à l’approbation`, c.motif)
  await publishSuivi(tx, auteur.organismeId, mois)
}

/**
 * The visa of the ordonnateur on a complement. Its payslips join the approved ones of the month, under its number; the
 * month is then known as it was paid in all, and the next one counts from there. The caller enqueues the edition.
 */
export async function approuverComplement(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  rang: number,
  empreinte: string,
): Promise<void> {
  const c = await lock(tx, mois, rang, 'approuver')
  const d = await requireMoment(tx, mois, c.genre)
  const visa = await composeVisaComplement(tx, auteur.organismeId, c)
  if (!visa) throw refusSansBulletin()
  if (empreinte !== c.empreinte || empreinte !== visa.empreinte) throw refusEmpreinte()
  await requireRienPayeDepuis(tx, mois, rang)
  await sql`
    insert into app.paie_bulletin_approuve (organisme_id, mois, carriere_id, rang, agent_id, entrees, jeu, bulletin,
      cumuls, empreinte, population, brut, cotisations, net_imposable, net_a_payer, cout, numero)
    select a.organisme_id, a.mois, a.carriere_id, a.rang, k.agent_id, a.entrees, a.jeu, a.bulletin, a.cumuls, a.empreinte,
      a.population, a.brut, a.cotisations, a.net_imposable, a.net_a_payer, a.cout,
      (select coalesce(max(numero), 0) from app.paie_bulletin_approuve p where p.mois = ${mois})
        + row_number() over (order by g.nom, g.prenom, a.carriere_id)
    from app.paie_complement_agent a
    join app.paie_carriere k on k.organisme_id = a.organisme_id and k.id = a.carriere_id
    join app.paie_agent g on g.organisme_id = k.organisme_id and g.id = k.agent_id
    where a.mois = ${mois} and a.rang = ${rang} and a.bulletin is not null`.execute(tx)
  await insertVisa(tx, auteur, mois, { ...visa, genre: 'expres', rang })
  await ofRang(tx, mois, rang).set({ etat: c.etat, approuve_le: sql<Date>`now()`, approuve_par: auteur.nom }).execute()
  // the month that is still open, or the one that follows, was computed without it
  if (estModifiable(d.etat)) await touchDossier(tx, mois)
  else await retenirMoisEntier(tx, auteur.organismeId, mois)
  if (await findDossier(tx, addMois(mois, 1))) await touchDossier(tx, addMois(mois, 1))
  await noteActe(tx, auteur, mois, `Production n° ${rang} approuvée`, `Empreinte ${empreinte.slice(0, 16)}…`)
  await publishSuivi(tx, auteur.organismeId, mois)
  await publishIndicateurs(tx, auteur.organismeId, mois)
  const { rows } = await sql<{ bulletins: number; net: string }>`
    select count(*)::int as bulletins, sum(net_a_payer)::text as net from app.paie_bulletin_approuve
    where mois = ${mois} and rang = ${rang}`.execute(tx)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'paie.approuver',
    objet: { type: 'mois', id: mois },
    detail: { production: rang, bulletins: rows[0]!.bulletins, netAPayer: rows[0]!.net, empreinte },
    sensible: 'paie',
  })
}

/** What these payslips complete is still all that was paid: nothing is paid twice. */
async function requireRienPayeDepuis(tx: Tx, mois: Mois, rang: number) {
  const { rows } = await sql<{ entrees: string; payes: number }>`
    select a.entrees, (select count(*)::int from app.paie_bulletin_approuve p where p.mois = a.mois
      and p.carriere_id = a.carriere_id) as payes
    from app.paie_complement_agent a where a.mois = ${mois} and a.rang = ${rang} and a.bulletin is not null`.execute(tx)
  if (rows.some((r) => ((JSON.parse(r.entrees) as Entrees).deja?.length ?? 0) !== r.payes)) throw refusPerime()
}

export async function renvoyerComplement(tx: Tx, auteur: Auteur, mois: Mois, rang: number, motif: string) {
  const { etat } = await lock(tx, mois, rang, 'renvoyer')
  await ofRang(tx, mois, rang).set({ etat, motif_renvoi: motif, empreinte: null }).execute()
  await noteActe(tx, auteur, mois, `Production n° ${rang} renvoyée au gestionnaire`, motif)
  await publishSuivi(tx, auteur.organismeId, mois)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'paie.renvoyer',
    objet: { type: 'mois', id: mois },
    detail: { production: rang, motif },
  })
}

/** Given up before its approval: what was entered for it goes with it, its history stays. */
export async function abandonnerComplement(tx: Tx, auteur: Auteur, mois: Mois, rang: number) {
  const { etat } = await lock(tx, mois, rang, 'abandonner')
  await tx.deleteFrom('app.paie_variable').where('mois', '=', mois).where('rang', '=', rang).execute()
  await ofRang(tx, mois, rang).set({ etat, empreinte: null }).execute()
  await noteActe(tx, auteur, mois, `Production n° ${rang} abandonnée`)
  await publishSuivi(tx, auteur.organismeId, mois)
}

/** Its payslips are in the safes. */
export async function marquerDiffusee(tx: Tx, auteur: Auteur, mois: Mois, rang: number, nombre: number) {
  const c = await tx
    .selectFrom('app.paie_complement')
    .select('etat')
    .where('mois', '=', mois)
    .where('rang', '=', rang)
    .forUpdate()
    .executeTakeFirstOrThrow()
  const etat = nextEtatComplement(c.etat, 'diffuser')
  if (!etat) return
  await ofRang(tx, mois, rang).set({ etat, diffuse_le: sql<Date>`now()` }).execute()
  await noteActe(tx, auteur, mois, `Production n° ${rang} : remise des bulletins`, `${nombre} déposés dans les coffres`)
  await publishSuivi(tx, auteur.organismeId, mois)
}
