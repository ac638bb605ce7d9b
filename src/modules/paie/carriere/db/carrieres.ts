import '../../db/tables.ts'
import { sql } from 'kysely'
import { addMoisToJour, dernierJour, type Jour, type Mois, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Situation } from '../../calcul/index.ts'
import type { ContenuVariable } from '../../dossier/contract.ts'
import { agentIntrouvable } from '../../refus.ts'
import type { EmployeurPex, SituationCarriere } from '../contract.ts'
import type { SituationDatee } from '../domain/situation.ts'
import { horsPaie, type PositionTenue, resteAPayer } from '../positions/domain/positions.ts'
import { listPositionsDe } from '../positions/positions.ts'
import { listRetenuesDuMois } from '../retenues/retenues.ts'

export type CarriereAPayer = {
  carriereId: string
  agentId: string
  personneId: string
  matricule: string
  nom: string
  prenom: string
  nir: string
  naissance: Jour
  emploi: string
  entree: Jour
  sortie: Jour | null
  situations: SituationDatee[]
  variables: ContenuVariable[]
  absencesAnterieures: Extract<ContenuVariable, { nature: 'absence' }>[]
  /** Those that come back each month, as this month takes them. */
  retenues: NonNullable<Situation['retenues']>
  positions: PositionTenue[]
}

/** Settings of the employer in force on the first of the month. */
export async function getEmployeur(tx: Tx, mois: Mois): Promise<EmployeurPex | undefined> {
  const row = await tx
    .selectFrom('app.paie_employeur')
    .select('contenu')
    .where('depuis', '<=', premierJour(mois))
    .orderBy('depuis', 'desc')
    .executeTakeFirst()
  return row?.contenu
}

/**
 * Every post to pay for the month, with what the engine needs, in the order of the names: some statements a body. One
 * that is in a position without pay for the whole month is not, unless something was entered for it.
 * `vuDe` is the month from which it is looked back at, for a rappel: what was entered since counts too.
 */
export async function listAPayer(
  tx: Tx,
  mois: Mois,
  carriereIds?: readonly string[],
  vuDe: Mois = mois,
): Promise<CarriereAPayer[]> {
  const debut = premierJour(mois)
  const fin = dernierJour(mois)
  let query = tx
    .selectFrom('app.paie_carriere as c')
    .innerJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'c.organisme_id').onRef('a.id', '=', 'c.agent_id'),
    )
    .select(['c.id', 'c.agent_id', 'c.emploi', 'c.entree', 'c.sortie'])
    .select(['a.personne_id', 'a.matricule', 'a.nom', 'a.prenom', 'a.nir', 'a.naissance'])
    .where('c.entree', '<=', fin)
    .where((eb) => eb.or([eb('c.sortie', 'is', null), eb('c.sortie', '>', debut)]))
    .orderBy('a.nom')
    .orderBy('a.prenom')
    .orderBy('c.id')
  if (carriereIds) query = query.where('c.id', 'in', carriereIds)
  const carrieres = await query.execute()
  const situations = await sql<{ carriere_id: string; depuis: Jour; jusqua: Jour | null; contenu: SituationCarriere }>`
    select carriere_id, lower(periode) as depuis, upper(periode) as jusqua, contenu from app.paie_situation
    where periode && daterange(${debut}, ${fin}, '[]') order by lower(periode)`.execute(tx)
  const variables = await tx
    .selectFrom('app.paie_variable')
    .select(['carriere_id', 'contenu'])
    .where((eb) => eb.fn.coalesce('effet', 'mois'), '=', mois)
    .where('mois', '<=', vuDe)
    .orderBy('saisie_le')
    .orderBy('id')
    .execute()
  const anterieures = await sql<{ carriere_id: string; contenu: ContenuVariable }>`
    select carriere_id, contenu from app.paie_variable
    where coalesce(effet, mois) < ${mois} and mois <= ${vuDe} and contenu ->> 'nature' = 'absence'
      -- a long leave runs on, whenever it was entered
      and (contenu ->> 'jusqua') > ${addMoisToJour(debut, -12)}
    order by contenu ->> 'depuis', id`.execute(tx)
  const retenues = await listRetenuesDuMois(tx, mois, carriereIds)
  const positions = await listPositionsDe(tx, mois, mois)
  const group = <R extends { carriere_id: string }>(rows: R[]) => Map.groupBy(rows, (r) => r.carriere_id)
  const bySituation = group(situations.rows)
  const byVariable = group(variables)
  const byAbsence = group(anterieures.rows)
  const aPayer = carrieres.map(
    (c): CarriereAPayer => ({
      carriereId: c.id,
      agentId: c.agent_id,
      personneId: c.personne_id,
      matricule: c.matricule,
      nom: c.nom,
      prenom: c.prenom,
      nir: c.nir,
      naissance: c.naissance as Jour,
      emploi: c.emploi,
      entree: c.entree as Jour,
      sortie: c.sortie as Jour | null,
      situations: (bySituation.get(c.id) ?? []).map(({ depuis, jusqua, contenu }) => ({ depuis, jusqua, contenu })),
      variables: (byVariable.get(c.id) ?? []).map((v) => v.contenu),
      absencesAnterieures: (byAbsence.get(c.id) ?? []).flatMap((v) =>
        v.contenu.nature === 'absence' ? [v.contenu] : [],
      ),
      retenues: retenues.get(c.id) ?? [],
      positions: positions.get(c.id) ?? [],
    }),
  )
  return aPayer.filter((c) => resteAPayer(c.variables) || !horsPaie(c.positions, c.entree, c.sortie, mois))
}

export async function getFiche(tx: Tx, carriereId: string) {
  const fiche = await tx
    .selectFrom('app.paie_carriere as c')
    .innerJoin('app.paie_agent as a', (j) =>
      j.onRef('a.organisme_id', '=', 'c.organisme_id').onRef('a.id', '=', 'c.agent_id'),
    )
    .select(['c.id as carriereId', 'c.agent_id as agentId', 'c.emploi', 'c.entree', 'c.sortie'])
    .select(['a.personne_id as personneId', 'a.matricule', 'a.nom', 'a.prenom', 'a.naissance', 'a.nir', 'a.courriel'])
    .select([
      'a.adresse',
      'a.code_postal as codePostal',
      'a.ville',
      'a.iban',
      'a.sexe',
      'a.nom_naissance as nomNaissance',
    ])
    .where('c.id', '=', carriereId)
    .executeTakeFirst()
  if (!fiche) throw agentIntrouvable()
  return fiche
}

export async function listSituations(tx: Tx, carriereId: string) {
  const { rows } = await sql<{ depuis: Jour; jusqua: Jour | null; motif: string; contenu: SituationCarriere }>`
    select lower(periode) as depuis, upper(periode) as jusqua, motif, contenu from app.paie_situation
    where carriere_id = ${carriereId} order by lower(periode) desc`.execute(tx)
  return rows
}
