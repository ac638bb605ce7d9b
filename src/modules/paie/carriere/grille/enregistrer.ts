import { sql } from 'kysely'
import type { Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import {
  type Auteur,
  getDossier,
  lockDossier,
  noteActe,
  publishSuivi,
  touchDossier,
} from '../../dossier/db/dossiers.ts'
import { estModifiable } from '../../dossier/domain/dossier.ts'
import { refusFige } from '../../refus.ts'
import type { Cellule, Cellules, LigneVariables } from './contract.ts'
import { ecrireCellules, lireCellules, type Nouvelle, type VariableTenue, versionOf } from './domain/grille.ts'

type LigneTenue = { carriereId: string; nom: string; emploi: string; statut: string; variables: VariableTenue[] }

/** The agents to pay for the month and their variables of the month: two statements, whatever their number. */
async function readLignes(tx: Tx, mois: Mois): Promise<LigneTenue[]> {
  const { rows } = await sql<{ id: string; nom: string; emploi: string; statut: string | null }>`
    with m as (select (${mois} || '-01')::date as debut, ((${mois} || '-01')::date + interval '1 month')::date as fin)
    select c.id, a.nom || ' ' || a.prenom as nom, c.emploi, s.statut
    from m, app.paie_carriere c
    join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    left join lateral (select contenu ->> 'statut' as statut from app.paie_situation s where s.organisme_id = c.organisme_id
      and s.carriere_id = c.id and s.periode && daterange(m.debut, m.fin) order by lower(s.periode) desc limit 1) s on true
    where c.entree < m.fin and (c.sortie is null or c.sortie > m.debut)
    order by a.nom, a.prenom, c.id`.execute(tx)
  const variables = await tx
    .selectFrom('app.paie_variable')
    .select(['id', 'carriere_id', 'contenu', 'piece_id'])
    .where('mois', '=', mois)
    // those of a month already paid are rappels: they are entered one by one, with their paper
    .where('effet', 'is', null)
    .orderBy('saisie_le')
    .orderBy('id')
    .execute()
  const of = Map.groupBy(variables, (v) => v.carriere_id)
  return rows.map((r) => ({
    carriereId: r.id,
    nom: r.nom,
    emploi: r.emploi,
    statut: r.statut ?? '',
    variables: (of.get(r.id) ?? []).map((v) => ({ id: v.id, contenu: v.contenu, pieceId: v.piece_id })),
  }))
}

const vueOf = ({ variables, ...l }: LigneTenue): LigneVariables => ({
  ...l,
  version: versionOf(variables),
  ...lireCellules(variables),
})

const compter = (n: number, un: string, plusieurs = `${un}s`) => `${n} ${n > 1 ? plusieurs : un}`

export async function lireGrille(tx: Tx, mois: Mois) {
  const dossier = await getDossier(tx, mois)
  return { lignes: (await readLignes(tx, mois)).map(vueOf), estModifiable: estModifiable(dossier.etat) }
}

/** Writes the lines that changed, all or none: one line refused, and the officer mends it with nothing written. */
export async function enregistrerGrille(
  tx: Tx,
  auteur: Auteur,
  mois: Mois,
  lignes: readonly { carriereId: string; version: string; cellules: Cellules }[],
) {
  const dossier = await lockDossier(tx, mois)
  if (!estModifiable(dossier.etat)) throw refusFige()
  const tenues = new Map((await readLignes(tx, mois)).map((l) => [l.carriereId, l]))
  const fautes: { carriereId: string; cellule: Cellule | null; message: string }[] = []
  const retirer: string[] = []
  const ajouter: (Nouvelle & { id: string; carriereId: string })[] = []
  for (const { carriereId, version, cellules } of lignes) {
    const tenue = tenues.get(carriereId)
    if (!tenue) {
      fautes.push({ carriereId, cellule: null, message: 'Cet agent n’est pas à payer ce mois-ci.' })
      continue
    }
    if (versionOf(tenue.variables) !== version) {
      fautes.push({
        carriereId,
        cellule: null,
        message: `Les éléments de ${tenue.nom} ont changé depuis l’ouverture de la grille : rechargez-la.`,
      })
      continue
    }
    const e = ecrireCellules(tenue.variables, cellules, tenue.statut)
    fautes.push(...e.fautes.map((f) => ({ ...f, carriereId })))
    retirer.push(...e.retirer)
    ajouter.push(...e.ajouter.map((a) => ({ ...a, id: newId(), carriereId })))
  }
  if (fautes.length > 0) return { enregistrees: 0, fautes, lignes: [] }
  if (retirer.length > 0)
    await sql`delete from app.paie_variable where id = any(${sql.val(retirer)}::uuid[])`.execute(tx)
  const uuid = { organisme_id: 'uuid', id: 'uuid', carriere_id: 'uuid', piece_id: 'uuid' }
  await insertLot(
    tx,
    'app.paie_variable',
    { ...uuid, mois: 'text', contenu: 'jsonb', saisie_par: 'text' },
    ajouter.map(({ id, carriereId, contenu, pieceId }) => ({
      organisme_id: auteur.organismeId,
      id,
      carriere_id: carriereId,
      piece_id: pieceId,
      mois,
      contenu,
      saisie_par: auteur.nom,
    })),
  )
  await touchDossier(tx, mois)
  await noteActe(
    tx,
    auteur,
    mois,
    'Saisie par lot',
    `${compter(lignes.length, 'agent')}, ${compter(ajouter.length, 'élément saisi', 'éléments saisis')}, ${compter(retirer.length, 'élément remplacé ou retiré', 'éléments remplacés ou retirés')}`,
  )
  await publishSuivi(tx, auteur.organismeId, mois)
  const touchees = new Set(lignes.map((l) => l.carriereId))
  return {
    enregistrees: lignes.length,
    fautes: [],
    lignes: (await readLignes(tx, mois)).filter((l) => touchees.has(l.carriereId)).map(vueOf),
  }
}
