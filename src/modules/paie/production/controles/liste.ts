import './db/tables.ts'
import { sql } from 'kysely'
import type { Mois } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { findDossier, lockDossier, noteActe } from '../../dossier/db/dossiers.ts'
import { listAnomalies } from '../../dossier/db/vues.ts'
import { refusEmpreinte, refusSansBulletin } from '../../refus.ts'
import type { Atelier } from '../atelier.ts'
import type { EcartAgent, LigneDeListe, ListeDeControle } from './contract.ts'
import { CONTROLES, type CodeControle, codeAnomalie } from './domain/controles.ts'
import { expliquerMois } from './expliquer-mois.ts'
import { composeVisa } from './visa.ts'

type Services = { base: Base; atelier: Pick<Atelier, 'calculer'> }

const refusDejaSigne = () => new Refus('controles.dejaSignes', 'La liste de contrôle de ces bulletins est déjà signée.')

/** The findings of the month, control after control; the ones without any finding are there too: they were made. */
async function lignesDe(tx: Tx, mois: Mois, ecarts: readonly EcartAgent[]): Promise<LigneDeListe[]> {
  const anomalies = Map.groupBy(await listAnomalies(tx, mois), (a) => a.code)
  return (Object.keys(CONTROLES) as CodeControle[]).map((code) => ({
    code,
    titre: CONTROLES[code],
    remarque: '',
    constats:
      code === 'ecart'
        ? ecarts
            .filter((e) => e.verdict === 'aExpliquer' || e.verdict === 'grand')
            .map((e) => ({ carriereId: e.carriereId, nom: e.nom, message: phraseEcart(e) }))
        : (anomalies.get(codeAnomalie(code)) ?? []).map((a) => ({
            carriereId: a.carriereId,
            nom: a.nom,
            message: a.message,
          })),
  }))
}

const phraseEcart = (e: EcartAgent): string =>
  e.verdict === 'grand'
    ? `Écart expliqué, mais grand : ${e.causes.flatMap((c) => c.phrases).join(' ')}`
    : e.lignes.length === 0
      ? (e.causes[0]?.phrases[0] ?? '')
      : `À expliquer : ${e.lignes
          .filter((l) => l.inexplique)
          .map((l) => l.libelle)
          .join(', ')}.`

/**
 * Payslips that ask for a second pair of eyes: those of the officer who prepared or signs the month, and those of the
 * relatives that an officer declared. `sql` alone: a few rows a month, read at each sending.
 */
async function listDoublesRegards(tx: Tx, mois: Mois, qui: { personneId: string | null; officier: boolean }) {
  const { rows } = await sql<{
    carriere_id: string
    nom: string
    empreinte: string
    officier_id: string
    officier: string
    lien: string | null
    fait_par: string | null
    fait_le: Date | null
  }>`
    with officiers as (
      select distinct j.personne_id from app.paie_dossier_journal j
      where j.mois = ${mois} and j.acte in ('Calcul', 'Saisie', 'Envoi à l’approbation') and j.personne_id is not null
      union select ${qui.officier ? qui.personneId : null}::uuid where ${qui.officier ? qui.personneId : null}::uuid is not null
    ), concernes as (
      select a.id as agent_id, o.personne_id as officier_id, null::text as lien
      from app.paie_agent a join officiers o on o.personne_id = a.personne_id
      union all
      select l.agent_id, l.personne_id, l.lien from app.paie_lien l join officiers o on o.personne_id = l.personne_id
      where l.fini_le is null or l.fini_le > (${mois} || '-01')::date
    )
    select b.carriere_id, a.prenom || ' ' || a.nom as nom, b.empreinte, c.officier_id,
      p.prenom || ' ' || p.nom as officier, c.lien, r.nom as fait_par, r.le as fait_le
    from concernes c
    join app.paie_agent a on a.id = c.agent_id
    join app.paie_bulletin b on b.organisme_id = a.organisme_id and b.agent_id = a.id and b.mois = ${mois}
    join app.acces_personne p on p.id = c.officier_id
    left join lateral (select d.nom, d.le from app.paie_double_regard d where d.organisme_id = b.organisme_id
      and d.mois = b.mois and d.carriere_id = b.carriere_id and d.empreinte = b.empreinte and d.personne_id <> c.officier_id
      order by d.le limit 1) r on true
    order by a.nom, a.prenom, b.carriere_id`.execute(tx)
  return rows.map((r) => ({
    carriereId: r.carriere_id,
    nom: r.nom,
    empreinte: r.empreinte,
    officier: r.officier,
    raison:
      r.lien === null
        ? `${r.officier}, qui prépare ce mois, est l’agent payé.`
        : `${r.officier}, qui prépare ce mois, a déclaré un lien : ${r.lien}.`,
    fait: r.fait_par && r.fait_le ? { par: r.fait_par, le: r.fait_le.toISOString() } : null,
    peut: qui.officier && r.fait_par === null && r.officier_id !== qui.personneId,
  }))
}

const findSignature = (tx: Tx, mois: Mois, empreinte: string) =>
  tx
    .selectFrom('app.paie_controle_signe')
    .select(['liste', 'signe_par', 'signe_le'])
    .where('mois', '=', mois)
    .where('empreinte', '=', empreinte)
    .executeTakeFirst()

const officierOf = (qui: Acteur) => ({ personneId: qui.personneId, officier: hasDroit(qui, 'paie.calculer') })

/** The list of the month as this person sees it: the signed one when the payslips are those that were signed. */
export async function lireListe(services: Services, qui: Acteur, mois: Mois): Promise<ListeDeControle> {
  const { agents } = await expliquerMois(services, qui.organismeId, mois)
  return inOrganisme(services.base, qui.organismeId, async (tx) => {
    const d = await findDossier(tx, mois)
    if (!d) throw introuvable('Ce mois de paie')
    const visa = await composeVisa(tx, qui.organismeId, mois)
    const signature = visa && (await findSignature(tx, mois, visa.empreinte))
    return {
      mois,
      empreinte: visa?.empreinte ?? null,
      lignes: signature?.liste ?? (await lignesDe(tx, mois, agents)),
      signature: signature ? { par: signature.signe_par, le: signature.signe_le.toISOString() } : null,
      peutSigner: visa !== undefined && !signature && d.etat === 'calcule' && hasDroit(qui, 'paie.calculer'),
      doublesRegards: await listDoublesRegards(tx, mois, officierOf(qui)),
    }
  })
}

/** The officer signs what he read: the payslips are named by their hash, the findings are kept as they were. */
export async function signerListe(
  services: Services,
  qui: Acteur,
  mois: Mois,
  { empreinte, remarques = {} }: { empreinte: string; remarques?: Record<string, string> | undefined },
): Promise<ListeDeControle> {
  const lue = await lireListe(services, qui, mois)
  if (lue.empreinte === null) throw refusSansBulletin()
  if (lue.empreinte !== empreinte) throw refusEmpreinte()
  if (lue.signature) throw refusDejaSigne()
  await inOrganisme(services.base, qui.organismeId, async (tx) => {
    await lockDossier(tx, mois)
    if ((await composeVisa(tx, qui.organismeId, mois))?.empreinte !== empreinte) throw refusEmpreinte()
    await insertSignature(
      tx,
      qui,
      mois,
      empreinte,
      lue.lignes.map((l) => ({ ...l, remarque: remarques[l.code] ?? '' })),
    )
  })
  return lireListe(services, qui, mois)
}

export async function insertSignature(
  tx: Tx,
  auteur: { organismeId: string; personneId: string | null; nom: string },
  mois: Mois,
  empreinte: string,
  liste: LigneDeListe[],
): Promise<void> {
  await tx
    .insertInto('app.paie_controle_signe')
    .values({
      organisme_id: auteur.organismeId,
      id: newId(),
      mois,
      empreinte,
      liste: JSON.stringify(liste),
      signe_par: auteur.nom,
      personne_id: auteur.personneId,
    })
    .onConflict((oc) => oc.columns(['organisme_id', 'mois', 'empreinte']).doNothing())
    .execute()
  const points = liste.reduce((n, l) => n + l.constats.length, 0)
  await noteActe(
    tx,
    auteur,
    mois,
    'Liste de contrôle signée',
    points === 0 ? 'Rien à signaler' : `${points} constat${points > 1 ? 's' : ''} relu${points > 1 ? 's' : ''}`,
  )
}

/** A second officer looked at the payslip of a colleague, or of a colleague's relative. */
export async function donnerRegard(tx: Tx, qui: Acteur, mois: Mois, carriereId: string, empreinte: string) {
  const attendus = (await listDoublesRegards(tx, mois, officierOf(qui))).filter((d) => d.carriereId === carriereId)
  if (attendus.length === 0) throw introuvable('Ce second regard')
  if (!attendus.some((d) => d.peut))
    throw new Refus(
      'controles.memeOfficier',
      'Le second regard est donné par un autre gestionnaire que celui qui est concerné, et une seule fois.',
    )
  if (attendus[0]!.empreinte !== empreinte) throw refusEmpreinte()
  await tx
    .insertInto('app.paie_double_regard')
    .values({
      organisme_id: qui.organismeId,
      mois,
      carriere_id: carriereId,
      empreinte,
      personne_id: qui.personneId,
      nom: qui.nom,
    })
    .execute()
  await noteActe(tx, qui, mois, 'Second regard', attendus[0]!.nom)
}

/** Before the month leaves for the ordonnateur: the list is signed, and nobody is alone with his own payslip. */
export async function requireControles(
  tx: Tx,
  auteur: { organismeId: string; personneId: string | null },
  mois: Mois,
  empreinte: string,
): Promise<void> {
  if (!(await findSignature(tx, mois, empreinte)))
    throw new Refus(
      'controles.nonSignes',
      'Relisez et signez la liste de contrôle de ces bulletins avant de les envoyer à l’approbation.',
    )
  const manquants = (
    await listDoublesRegards(tx, mois, { personneId: auteur.personneId, officier: auteur.personneId !== null })
  ).filter((d) => d.fait === null)
  if (manquants.length > 0)
    throw new Refus(
      'controles.quatreYeux',
      `Un second gestionnaire doit relire ${manquants.length > 1 ? 'les bulletins' : 'le bulletin'} de ${[...new Set(manquants.map((m) => m.nom))].join(', ')} : ${manquants[0]!.raison}`,
    )
}
