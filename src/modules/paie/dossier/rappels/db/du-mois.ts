import '../../../db/tables.ts'
import './tables.ts'
import { sql } from 'kysely'
import { addMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Cumuls, JeuParametres, Situation } from '../../../calcul/index.ts'
import { getEmployeur, listAPayer } from '../../../carriere/db/carrieres.ts'
import { toSituation } from '../../../carriere/domain/situation.ts'
import type { Entrees, JeuFige, RappelFige } from '../../../production/ouvrier.ts'
import { moisACorriger } from '../domain/rappel.ts'

/** What one post owes to the past: months to compute again, and the legal values that they were paid with. */
export type RappelsDuPoste = { rappels: RappelFige[]; jeuxAvant: JeuFige[] }

/** Months that no longer change: what is late for them is a rappel. */
export async function listMoisFiges(tx: Tx): Promise<Set<string>> {
  const rows = await tx
    .selectFrom('app.paie_dossier')
    .select('mois')
    .where('etat', 'in', ['aApprouver', 'approuve', 'diffuse', 'clos'])
    .execute()
  return new Set(rows.map((r) => r.mois))
}

/** Post → months to compute again, from the variables entered late and the rappels that ask for it. */
async function listACorriger(tx: Tx, mois: Mois): Promise<Map<Mois, Set<string>>> {
  const { rows } = await sql<{ carriere_id: string; effet: Mois; suite: boolean }>`
    select carriere_id, effet, contenu ->> 'nature' = 'absence' as suite from app.paie_variable
      where mois = ${mois} and effet is not null
    union all
    select k.carriere_id, to_char(r.effet, 'YYYY-MM'), true from app.paie_rappel r
      join app.paie_rappel_carriere k on k.organisme_id = r.organisme_id and k.rappel_id = r.id
      where r.mois = ${mois} and r.etat = 'recalcul'`.execute(tx)
  const parMois = new Map<Mois, Set<string>>()
  if (rows.length === 0) return parMois
  const figes = await listMoisFiges(tx)
  // an absence counts in the rights of the months that follow it
  for (const { carriere_id, effet, suite } of rows)
    for (const m of suite ? moisACorriger(effet, mois, figes) : moisACorriger(effet, addMois(effet, 1), figes))
      parMois.set(m, (parMois.get(m) ?? new Set()).add(carriere_id))
  return parMois
}

/** The earliest month that this one corrects: the legal values of its time have to be known. */
export async function premierMoisCorrige(tx: Tx, mois: Mois): Promise<Mois> {
  const { rows } = await sql<{ effet: Mois | null }>`
    select least((select min(effet) from app.paie_variable where mois = ${mois}),
      (select min(to_char(effet, 'YYYY-MM')) from app.paie_rappel where mois = ${mois} and etat = 'recalcul')) as effet`.execute(
    tx,
  )
  return rows[0]?.effet ?? mois
}

type Paye = { situation: Situation; cumuls: Cumuls | null; jeu: string }

/** What each post was paid on, last corrections included. */
async function listPayes(tx: Tx, origine: Mois, mois: Mois, ids: readonly string[]): Promise<Map<string, Paye>> {
  const { rows } = await sql<{ mois: Mois; carriere_id: string; entrees: string; jeu: string }>`
    select mois, carriere_id, entrees, jeu from app.paie_bulletin
    where carriere_id = any(${ids}::uuid[]) and (mois = ${origine}
      or (mois > ${origine} and mois < ${mois} and entrees like '%"rappels":%')) order by mois`.execute(tx)
  const payes = new Map<string, Paye>()
  for (const r of rows) {
    const e = JSON.parse(r.entrees) as Entrees
    if (r.mois === origine) payes.set(r.carriere_id, { situation: e.situation, cumuls: e.cumuls, jeu: r.jeu })
    const rappel = e.rappels?.find((x) => x.mois === origine)
    if (!rappel) continue
    if (rappel.apres) payes.set(r.carriere_id, { situation: rappel.apres, cumuls: rappel.cumuls, jeu: r.jeu })
    else payes.delete(r.carriere_id)
  }
  return payes
}

/**
 * The past months that the month settles, by post: as they were paid, as they are now known. `extraire` gives the legal
 * values that a month reads, as published today.
 */
export async function prepareRappels(
  tx: Tx,
  mois: Mois,
  parametres: JeuParametres,
  extraire: (m: Mois) => JeuParametres,
): Promise<Map<string, RappelsDuPoste>> {
  const parPoste = new Map<string, RappelsDuPoste>()
  for (const [origine, ids] of [...(await listACorriger(tx, mois))].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const liste = [...ids]
    const payes = await listPayes(tx, origine, mois, liste)
    const employeur = await getEmployeur(tx, origine)
    const connus = new Map((await listAPayer(tx, origine, liste, mois)).map((c) => [c.carriereId, c]))
    const jeuActuel = extraire(origine).empreinte()
    for (const id of liste) {
      const paye = payes.get(id)
      const carriere = connus.get(id)
      const apres =
        carriere && employeur
          ? (toSituation({ mois: origine, employeur, ...carriere, parametres }).situation ?? null)
          : null
      const avant = paye?.situation ?? null
      const jeuAvant = paye && paye.jeu !== jeuActuel ? paye.jeu : null
      if (jeuAvant === null && JSON.stringify(avant) === JSON.stringify(apres)) continue
      const poste = parPoste.get(id) ?? { rappels: [], jeuxAvant: [] }
      poste.rappels.push({ mois: origine, avant, apres, cumuls: paye?.cumuls ?? null, jeuAvant })
      if (jeuAvant !== null && !poste.jeuxAvant.some((j) => j.empreinte === jeuAvant))
        poste.jeuxAvant.push({ empreinte: jeuAvant, contenu: await readContenu(tx, jeuAvant) })
      parPoste.set(id, poste)
    }
  }
  return parPoste
}

const readContenu = async (tx: Tx, empreinte: string) =>
  (await tx.selectFrom('app.paie_jeu').select('contenu').where('empreinte', '=', empreinte).executeTakeFirstOrThrow())
    .contenu

/** The sets of legal values that the frozen inputs of a payslip name. */
export async function readJeuxAvant(tx: Tx, entrees: string): Promise<JeuFige[]> {
  const noms = new Set(
    ((JSON.parse(entrees) as Entrees).rappels ?? []).flatMap((r) => (r.jeuAvant === null ? [] : [r.jeuAvant])),
  )
  const jeux: JeuFige[] = []
  for (const empreinte of noms) jeux.push({ empreinte, contenu: await readContenu(tx, empreinte) })
  return jeux
}
