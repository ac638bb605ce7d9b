import { sql } from 'kysely'
import { type Centimes, euros, formatEuros, inEuros, negate, sum } from '#socle/argent.ts'
import { formatJour, type Jour, jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { liquider } from '../../execution/actions/liquider.ts'
import { type LiquidationSaisie, zContenu } from '../../execution/contract.ts'
import { type Auteur, noteActe, takeNumeros } from '../../execution/db/commun.ts'
import { lierP503, lockP503 } from '../p503/actions.ts'
import { operationIntrouvable, refusOperation, refusRegieCode } from '../refus.ts'
import type { Caisse, OperationSaisie, RegieSaisie, zAgentRegie, zControleCaisse, zProduitRegie } from './contract.ts'
import { getRegie, hasRegisseur, listARegulariser, REGULARISEE, readSoldes, soldeOf } from './db.ts'
import { regrouper, totalCoupures } from './domain.ts'

/** Opens a régie or corrects it; sent twice, opened once. */
export async function enregistrerRegie(
  tx: Tx,
  auteur: Auteur,
  budgetId: string,
  id: string,
  r: RegieSaisie,
): Promise<void> {
  const { rows: autre } = await sql`select id from app.finances_regie where code = ${r.code} and id <> ${id}`.execute(
    tx,
  )
  if (autre.length > 0) throw refusRegieCode()
  await sql`insert into app.finances_regie as g (organisme_id, id, budget_id, code, libelle, genre, acte, acte_le,
      encaisse_max, fonds_caisse, avance_max, jours_versement, tiers_id)
    values (${auteur.organismeId}, ${id}, ${budgetId}, ${r.code}, ${r.libelle}, ${r.genre}, ${r.acte}, ${r.acteLe},
      ${r.encaisseMax}, ${r.fondsCaisse}, ${r.avanceMax}, ${r.joursVersement}, ${r.tiersId})
    on conflict (organisme_id, id) do update set code = excluded.code, libelle = excluded.libelle, genre = excluded.genre,
      acte = excluded.acte, acte_le = excluded.acte_le, encaisse_max = excluded.encaisse_max,
      fonds_caisse = excluded.fonds_caisse, avance_max = excluded.avance_max,
      jours_versement = excluded.jours_versement, tiers_id = excluded.tiers_id`.execute(tx)
  await noteActe(tx, auteur, 'regie', id, 'Réglages', r.libelle)
}

export async function enregistrerAgent(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  a: (typeof zAgentRegie)['_output'],
): Promise<void> {
  await getRegie(tx, regieId)
  await sql`insert into app.finances_regie_agent as g (organisme_id, id, regie_id, nom, qualite, acte, depuis, jusqua)
    values (${auteur.organismeId}, ${a.id}, ${regieId}, ${a.nom}, ${a.qualite}, ${a.acte}, ${a.depuis}, ${a.jusqua})
    on conflict (organisme_id, id) do update set nom = excluded.nom, qualite = excluded.qualite, acte = excluded.acte,
      depuis = excluded.depuis, jusqua = excluded.jusqua where g.regie_id = excluded.regie_id`.execute(tx)
  await noteActe(tx, auteur, 'regie', regieId, 'Nomination', `${a.nom}, ${a.qualite}`)
}

export async function enregistrerProduit(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  p: (typeof zProduitRegie)['_output'],
): Promise<void> {
  await getRegie(tx, regieId)
  await sql`insert into app.finances_regie_produit as g (organisme_id, id, regie_id, caisse, libelle, nature, fonction,
      tarif, est_actif)
    values (${auteur.organismeId}, ${p.id}, ${regieId}, ${p.caisse}, ${p.libelle}, ${p.nature}, ${p.fonction}, ${p.tarif},
      ${p.estActif})
    on conflict (organisme_id, id) do update set libelle = excluded.libelle, nature = excluded.nature,
      fonction = excluded.fonction, tarif = excluded.tarif, est_actif = excluded.est_actif
      where g.regie_id = excluded.regie_id`.execute(tx)
}

const CAISSES: Record<OperationSaisie['genre'], Caisse> = {
  encaissement: 'recettes',
  versement: 'recettes',
  depense: 'avances',
  avance: 'avances',
}

/** One entry of the journal, numbered; an income takes the next quittance, a versement its own number. */
export async function enregistrerOperation(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  o: OperationSaisie,
  aujourdhui: Jour,
): Promise<{ numero: number; piece: number | null }> {
  const regie = await getRegie(tx, regieId, true)
  const { rows: deja } = await sql<{ numero: number; piece: number | null }>`
    select numero, piece from app.finances_regie_operation where id = ${o.id}`.execute(tx)
  if (deja[0]) return deja[0]
  const caisse = CAISSES[o.genre]
  const montant = euros(o.montant)
  if (regie.genre !== 'mixte' && regie.genre !== caisse)
    throw refusOperation(
      'genre',
      `Une ${regie.genre === 'recettes' ? 'régie de recettes' : 'régie d’avances'} ne fait pas cela.`,
    )
  if (o.le > aujourdhui) throw refusOperation('date', 'Une opération ne se date pas d’avance.', 'le')
  if (!(await hasRegisseur(tx, regieId, o.le)))
    throw refusOperation('sansRegisseur', `Aucun régisseur n’était en fonction le ${formatJour(o.le)}.`, 'le')
  const avecProduit = o.genre === 'encaissement' || o.genre === 'depense'
  if (avecProduit) {
    const { rows } = await sql`select id from app.finances_regie_produit where id = ${o.produitId}
      and regie_id = ${regieId} and caisse = ${caisse}`.execute(tx)
    if (rows.length === 0) throw refusOperation('produit', 'Choisissez ce qui est encaissé ou payé.', 'produitId')
  }
  const soldes = await readSoldes(tx, regieId)
  const sortie = o.genre === 'versement' || o.genre === 'depense'
  const dispo = soldeOf(soldes, caisse, o.genre === 'versement' ? o.moyen : undefined)
  if (sortie && montant > dispo)
    throw refusOperation('solde', `Il n’y a que ${formatEuros(dispo)} dans la caisse.`, 'montant')
  if (o.genre === 'avance' && soldeOf(soldes, 'avances') + montant > euros(regie.avance_max))
    throw refusOperation('avance', `L’acte limite l’avance à ${formatEuros(euros(regie.avance_max))}.`, 'montant')
  return poser(tx, auteur, regieId, {
    ...o,
    caisse,
    montant: sortie ? negate(montant) : montant,
    produitId: avecProduit ? o.produitId : null,
    avecPiece: o.genre === 'encaissement' || o.genre === 'versement',
    annuleId: null,
  })
}

async function poser(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  o: {
    id: string
    le: Jour
    caisse: Caisse
    genre: OperationSaisie['genre'] | 'annulation'
    avecPiece: boolean
    moyen: OperationSaisie['moyen']
    montant: Centimes
    produitId: string | null
    qui: string
    objet: string
    annuleId: string | null
  },
): Promise<{ numero: number; piece: number | null }> {
  const annee = Number(o.le.slice(0, 4))
  const serie = `regie/${regieId}/${annee}`
  const numero = await takeNumeros(tx, auteur.organismeId, serie)
  const piece = o.avecPiece ? await takeNumeros(tx, auteur.organismeId, `${serie}/${o.genre}`) : null
  await sql`insert into app.finances_regie_operation (organisme_id, id, regie_id, annee, numero, le, caisse, genre, piece,
      moyen, montant, produit_id, qui, objet, annule_id, saisi_par_nom)
    values (${auteur.organismeId}, ${o.id}, ${regieId}, ${annee}, ${numero}, ${o.le}, ${o.caisse}, ${o.genre}, ${piece},
      ${o.moyen}, ${inEuros(o.montant)}, ${o.produitId}, ${o.qui}, ${o.objet}, ${o.annuleId}, ${auteur.nom})`.execute(
    tx,
  )
  return { numero, piece }
}

/** A mistake stays in the journal, with the entry that takes it back; never once a piece of the budget has booked it. */
export async function annulerOperation(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  operationId: string,
  a: { id: string; motif: string },
  aujourdhui: Jour,
): Promise<void> {
  await getRegie(tx, regieId, true)
  const { rows } = await sql<{
    caisse: Caisse
    genre: OperationSaisie['genre'] | 'annulation'
    moyen: OperationSaisie['moyen']
    montant: string
    produit_id: string | null
    numero: number
    regularisee: boolean
    annulee: string | null
  }>`select o.*, ${REGULARISEE} as regularisee, (select a.id from app.finances_regie_operation a where a.annule_id = o.id) as annulee
    from app.finances_regie_operation o where o.id = ${operationId} and o.regie_id = ${regieId}`.execute(tx)
  const o = rows[0]
  if (!o) throw operationIntrouvable()
  if (o.annulee === a.id) return
  if (o.annulee || o.genre === 'annulation') throw refusOperation('annulee', 'Cette opération est déjà annulée.')
  if (o.regularisee)
    throw refusOperation('regularisee', 'Un titre ou un mandat a déjà repris cette opération : corrigez-le d’abord.')
  const montant = negate(euros(o.montant))
  if (soldeOf(await readSoldes(tx, regieId), o.caisse, o.moyen) + montant < 0n)
    throw refusOperation('versee', 'Cet argent a déjà quitté la caisse : annulez d’abord le versement.')
  await poser(tx, auteur, regieId, {
    id: a.id,
    le: aujourdhui,
    caisse: o.caisse,
    genre: 'annulation',
    avecPiece: false,
    moyen: o.moyen,
    montant,
    produitId: o.produit_id,
    qui: '',
    objet: `Annule le n° ${o.numero} : ${a.motif}`.slice(0, 160),
    annuleId: operationId,
  })
}

/** The cash is counted; a difference is told, with its reason. */
export async function controlerCaisse(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  c: (typeof zControleCaisse)['_output'],
): Promise<{ theorique: string; constate: string }> {
  const regie = await getRegie(tx, regieId, true)
  const theorique = (soldeOf(await readSoldes(tx, regieId), undefined, 'especes') +
    euros(regie.fonds_caisse)) as Centimes
  const constate = totalCoupures(c.coupures)
  if (theorique !== constate && c.observation.length < 3)
    throw refusOperation(
      'ecart',
      `La caisse devrait contenir ${formatEuros(theorique)} : expliquez l’écart.`,
      'observation',
    )
  await sql`insert into app.finances_regie_controle (organisme_id, id, regie_id, le, coupures, theorique, constate, par_nom, observation)
    values (${auteur.organismeId}, ${c.id}, ${regieId}, ${c.le}, ${JSON.stringify(c.coupures)}, ${inEuros(theorique)},
      ${inEuros(constate)}, ${auteur.nom}, ${c.observation}) on conflict do nothing`.execute(tx)
  await noteActe(tx, auteur, 'regie', regieId, 'Contrôle de caisse', `${inEuros(constate)} comptés`)
  return { theorique: inEuros(theorique), constate: inEuros(constate) }
}

/**
 * Books what the régie collected or paid until that day: one titre, or one mandat that makes the advance up again. With
 * an encaissement of the comptable (P503), the titre is said issued after it.
 */
export async function regulariser(
  tx: Tx,
  auteur: Auteur,
  regieId: string,
  d: { id: string; caisse: Caisse; jusqua: Jour; p503Id?: string | undefined },
): Promise<{ montant: string; operations: number }> {
  const regie = await getRegie(tx, regieId, true)
  const annee = Number(d.jusqua.slice(0, 4))
  const operations = await listARegulariser(tx, regieId, d.caisse, annee, d.jusqua)
  const lignes = regrouper(operations)
  if (lignes.length === 0) throw refusOperation('rien', 'Rien n’attend d’être régularisé jusqu’à cette date.')
  const total = sum(lignes.map((l) => l.montant))
  const recettes = d.caisse === 'recettes'
  const p503 = recettes && d.p503Id ? await lockP503(tx, d.p503Id) : undefined
  const compte = recettes ? undefined : await compteOf(tx, regie.tiers_id)
  await liquider(tx, auteur, { budgetId: regie.budget_id, annee }, recettes ? 'R' : 'D', [
    {
      id: d.id as LiquidationSaisie['id'],
      objet: `${regie.libelle}, ${recettes ? 'recettes' : 'dépenses'} jusqu’au ${formatJour(d.jusqua)}`.slice(0, 160),
      ...(!recettes && regie.tiers_id ? { tiersId: regie.tiers_id as LiquidationSaisie['tiersId'] & string } : {}),
      contenu: zContenu.parse({
        regie: regie.code,
        ...(p503
          ? { typePiece: '05', rattachement: { nature: '03', exercice: p503.annee, piece: p503.reference } }
          : { naturePiece: '05' }),
        ...(compte ? { compteBancaireId: compte } : {}),
        ...(recettes ? { edition: '04' } : {}),
        lignes: lignes.map((l) => ({
          nature: l.nature,
          fonction: l.fonction,
          libelle: l.libelle,
          ht: inEuros(l.montant),
        })),
      }),
    },
  ])
  await insertLot(
    tx,
    'app.finances_regie_regularisation',
    { organisme_id: 'uuid', operation_id: 'uuid', liquidation_id: 'uuid' },
    operations.map((o) => ({ organisme_id: auteur.organismeId, operation_id: o.id, liquidation_id: d.id })),
  )
  if (p503) await lierP503(tx, auteur, p503, d.id, total)
  await noteActe(tx, auteur, 'regie', regieId, 'Régularisation', `${inEuros(total)} jusqu’au ${d.jusqua}`)
  return { montant: inEuros(total), operations: operations.length }
}

async function compteOf(tx: Tx, tiersId: string | null): Promise<string | undefined> {
  if (!tiersId) return undefined
  const { rows } = await sql<{ id: string }>`select id from app.finances_compte_bancaire
    where tiers_id = ${tiersId} and etat = 'accepte' order by decide_le desc limit 1`.execute(tx)
  return rows[0]?.id
}

/** The last day of the books of a régie that a titre of this year may take. */
export const finDAnnee = (annee: number, aujourdhui: Jour): Jour =>
  aujourdhui < jour(`${annee}-12-31`) ? aujourdhui : jour(`${annee}-12-31`)
