import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { inscrire } from '#modules/journal/index.ts'
import { type Centimes, euros, inEuros, negate, sum, ZERO } from '#socle/argent.ts'
import { type Jour, moisOf } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Consommation, consommerCredits } from '../../budget/db/credits.ts'
import { lireImputation } from '../../budget/db/exercices.ts'
import { lockDettes, moveDettes, reduireDette } from '../../recettes/roles/db/dettes.ts'
import { type Auteur, addMois, insertLot, noteActe, takeNumeros } from '../db/commun.ts'
import {
  controlerLot,
  type LiquidationRow,
  listLiquidations,
  listOfBordereau,
  openCadre,
  type References,
  readReferences,
} from '../db/contexte.ts'
import { natureDefaut, type Section, type Sens } from '../domain/controler.ts'
import { computeHorloge, JOURS_DELAI } from '../domain/delai.ts'
import { ecrituresOf, texteDuBordereau } from '../domain/ecritures.ts'
import { type ActeBordereau, type EtatBordereau, nextBordereau } from '../domain/etats.ts'
import { comptesDeTiers } from '../donnees/index.ts'
import { bordereauIntrouvable, refusAnomalies, refusDejaPosee, refusEmpreinte, refusMelange } from '../refus.ts'
import { libererFacture, ttcOf } from './liquider.ts'

export type BordereauRow = {
  id: string
  budget_id: string
  annee: number
  sens: Sens
  type_bordereau: string
  etat: EtatBordereau
  motif: string
  envoye_par: string | null
  envoye_par_nom: string
  envoye_le: Date
}

export async function lockBordereau(tx: Tx, id: string): Promise<BordereauRow> {
  const { rows } = await sql<BordereauRow>`select * from app.finances_bordereau where id = ${id} for update`.execute(tx)
  if (!rows[0]) throw bordereauIntrouvable()
  return rows[0]
}
export const moveBordereau = async (tx: Tx, b: BordereauRow, acte: ActeBordereau): Promise<EtatBordereau> => {
  const etat = nextBordereau(b.etat, acte)
  await sql`update app.finances_bordereau set etat = ${etat} where id = ${b.id}`.execute(tx)
  return etat
}

export const empreinteOf = (b: BordereauRow, pieces: readonly LiquidationRow[]): string =>
  createHash('sha256')
    .update(
      texteDuBordereau(
        { budgetId: b.budget_id, annee: b.annee, sens: b.sens, typeBordereau: b.type_bordereau },
        pieces.map((p) => ({ id: p.id, objet: p.objet, ht: p.ht, tva: p.tva, contenu: p.contenu })),
      ),
    )
    .digest('hex')

/** Puts pieces together for the signature of the ordonnateur. Nothing is numbered yet. */
export async function envoyerBordereau(
  tx: Tx,
  auteur: Auteur,
  id: string,
  liquidationIds: readonly string[],
  aujourdhui: Jour,
): Promise<void> {
  const { rows: deja } = await sql`select id from app.finances_bordereau where id = ${id}`.execute(tx)
  if (deja.length > 0) return
  const found = new Map((await listLiquidations(tx, liquidationIds, true)).map((l) => [l.id, l]))
  const pieces = [...new Set(liquidationIds)].map((l) => found.get(l)).filter((l) => l !== undefined)
  const [premiere] = pieces
  if (!premiere || pieces.length !== new Set(liquidationIds).size) throw refusDejaPosee()
  if (pieces.some((p) => p.etat !== 'prete')) throw refusDejaPosee()
  const cle = (p: LiquidationRow) => [p.budget_id, p.annee, p.sens, p.contenu.typeBordereau].join()
  if (pieces.some((p) => cle(p) !== cle(premiere))) throw refusMelange()
  await refuseAnomalies(tx, premiere, pieces, await readReferences(tx, pieces), aujourdhui)
  await sql`insert into app.finances_bordereau (organisme_id, id, budget_id, annee, sens, type_bordereau, envoye_par, envoye_par_nom)
    values (${auteur.organismeId}, ${id}, ${premiere.budget_id}, ${premiere.annee}, ${premiere.sens},
      ${premiere.contenu.typeBordereau}, ${auteur.personneId}, ${auteur.nom})`.execute(tx)
  await sql`update app.finances_liquidation l set etat = 'aViser', bordereau_id = ${id}, motif = '', rang = x.rang
    from json_to_recordset(${JSON.stringify(pieces.map((p, i) => ({ id: p.id, rang: i + 1 })))}::json) as x(id uuid, rang int)
    where l.id = x.id`.execute(tx)
  await noteActe(tx, auteur, 'bordereau', id, 'Envoi à la signature', `${pieces.length} pièces`)
}

async function refuseAnomalies(
  tx: Tx,
  b: { budget_id: string; annee: number; sens: Sens },
  pieces: readonly LiquidationRow[],
  refs: References,
  aujourdhui: Jour,
) {
  const cadre = await openCadre(tx, { budgetId: b.budget_id, annee: b.annee })
  const lot = await controlerLot(tx, cadre, b.sens, pieces, refs, aujourdhui)
  const bloquantes = lot.flatMap(({ piece, anomalies }) =>
    anomalies.filter((a) => a.bloquante).map((anomalie) => ({ objet: `« ${piece.objet} »`, anomalie })),
  )
  if (bloquantes.length > 0) throw refusAnomalies(bloquantes)
  return cadre
}

/** The ordonnateur does not sign: the pieces go back to be corrected, with his reason. */
export async function renvoyerBordereau(tx: Tx, auteur: Auteur, id: string, motif: string): Promise<void> {
  const b = await lockBordereau(tx, id)
  const etat = await moveBordereau(tx, b, 'renvoyer')
  await sql`update app.finances_bordereau set motif = ${motif}, etat = ${etat} where id = ${id}`.execute(tx)
  await sql`update app.finances_liquidation set etat = 'prete', bordereau_id = null, motif = ${motif} where bordereau_id = ${id}`.execute(
    tx,
  )
  await noteActe(tx, auteur, 'bordereau', id, 'Renvoi', motif)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'bordereau.renvoyer',
    objet: { type: 'bordereau', id },
    detail: { motif },
  })
}

/** What the line consumes: engaged until now, mandated from now on; a cancellation gives back. */
async function consommationsOf(
  tx: Tx,
  cadre: Awaited<ReturnType<typeof openCadre>>,
  pieces: readonly LiquidationRow[],
): Promise<Consommation[]> {
  const engagements = new Map<string, Consommation['imputation']>()
  const list: Consommation[] = []
  for (const p of pieces) {
    const imputations = cadre.imputer(p.sens, p.contenu)
    const annule = p.contenu.typeBordereau === '02'
    const reservee = p.sens === 'D' && p.contenu.mouvement === 'reel' && !annule
    for (const [i, imputation] of imputations.entries()) {
      const ht = euros(p.contenu.lignes[i]!.ht)
      list.push({
        imputation,
        engage: reservee && !p.engagement_id ? negate(ht) : ZERO,
        mandate: annule ? negate(ht) : ht,
      })
    }
    if (p.engagement_id) {
      let imputation = engagements.get(p.engagement_id)
      if (!imputation) {
        const e = await tx
          .selectFrom('app.finances_engagement')
          .selectAll()
          .where('id', '=', p.engagement_id)
          .executeTakeFirstOrThrow()
        const { libelle: _, ...i } = await lireImputation(tx, {
          budgetId: e.budget_id,
          exercice: e.annee,
          sens: 'D',
          mouvement: 'reel',
          nature: e.nature,
          fonction: e.fonction,
          operation: e.operation,
          service: e.service,
        })
        imputation = i
        engagements.set(p.engagement_id, i)
      }
      list.push({ imputation, engage: negate(euros(p.ht)), mandate: ZERO })
    }
  }
  return list
}

const PIECE = `organisme_id uuid, id uuid, budget_id uuid, annee smallint, sens text, numero int, bordereau_id uuid, rang int,
  type_bordereau text, type_piece text, nature_piece text, section text, mouvement text, objet text, tiers_id uuid,
  tiers_nom text, ht numeric, tva numeric, retenue_garantie numeric, emise_le date, contenu jsonb, facture_id uuid,
  origine_id uuid, ordre_id uuid`
const ECRITURE = `organisme_id uuid, piece_id uuid, ligne int, rang int, budget_id uuid, annee smallint, le date, journal text,
  compte_debit text, compte_credit text, montant numeric, libelle text, section text, chapitre text, nature text,
  fonction text, operation text, service text, credit numeric`

export const serieDe = (sens: Sens, b: { budget_id: string; annee: number }) =>
  `${sens === 'D' ? 'mandat' : 'titre'}/${b.budget_id}/${b.annee}`

/**
 * The signature: numbers, pieces, entries and credits, all in one transaction or nothing. What was read, named by its
 * hash, is what is signed. Numbers are taken here and nowhere else: a bordereau that is sent back never had one.
 */
export async function signerBordereau(
  tx: Tx,
  auteur: Auteur,
  id: string,
  { empreinte, le, ordre }: { empreinte: string; le: Jour; ordre?: ReadonlyMap<string, string> },
): Promise<{ numero: number; premiere: number; nombre: number }> {
  const b = await lockBordereau(tx, id)
  nextBordereau(b.etat, 'signer')
  const pieces = await listOfBordereau(tx, id, true)
  if (empreinte !== empreinteOf(b, pieces)) throw refusEmpreinte()
  const refs = await readReferences(tx, pieces)
  const cadre = await refuseAnomalies(tx, b, pieces, refs, le)
  const numero = await takeNumeros(
    tx,
    auteur.organismeId,
    `bordereau/${b.budget_id}/${b.annee}/${b.sens}/${b.type_bordereau}`,
  )
  const premiere = await takeNumeros(tx, auteur.organismeId, serieDe(b.sens, b), pieces.length)
  const ht = sum(pieces.map((p) => euros(p.ht)))
  const { rows: cumul } = await sql<{ c: string | null }>`select cumul_annuel as c from app.finances_bordereau_signe
    where budget_id = ${b.budget_id} and annee = ${b.annee} and sens = ${b.sens} and type_bordereau = ${b.type_bordereau}
    and numero = ${numero - 1}`.execute(tx)
  await moveBordereau(tx, b, 'signer')
  await sql`insert into app.finances_bordereau_signe (organisme_id, id, budget_id, annee, sens, type_bordereau, numero, date_emission,
      nombre, ht, tva, cumul_annuel, empreinte, signe_par, signe_par_nom)
    values (${auteur.organismeId}, ${id}, ${b.budget_id}, ${b.annee}, ${b.sens}, ${b.type_bordereau}, ${numero}, ${le},
      ${pieces.length}, ${inEuros(ht)}, ${inEuros(sum(pieces.map((p) => euros(p.tva))))},
      ${inEuros((euros(cumul[0]?.c ?? '0') + ht) as Centimes)}, ${empreinte}, ${auteur.personneId}, ${auteur.nom})`.execute(
    tx,
  )
  const posees = pieces.map((p, i) =>
    freeze(auteur, b, p, { numero: premiere + i, le, cadre, refs, ordreId: ordre?.get(p.id) ?? null }),
  )
  await insertLot(
    tx,
    'finances_piece',
    PIECE,
    posees.map((p) => p.piece),
  )
  await insertLot(
    tx,
    'finances_ecriture',
    ECRITURE,
    posees.flatMap((p) => p.ecritures),
  )
  await insertLot(
    tx,
    'finances_piece_suivi',
    'organisme_id uuid, piece_id uuid, budget_id uuid, annee smallint, sens text, etat text, ttc numeric, echeance date',
    posees.map((p) => p.suivi),
  )
  await consommerCredits(
    tx,
    { organismeId: auteur.organismeId, budgetId: b.budget_id, exercice: b.annee },
    await consommationsOf(tx, cadre, pieces),
  )
  await sql`update app.finances_liquidation set etat = 'posee' where bordereau_id = ${id}`.execute(tx)
  await sql`update app.finances_facture set etat = 'mandatee' where id in (
    select facture_id from app.finances_liquidation where bordereau_id = ${id} and contenu ->> 'typeBordereau' <> '02')`.execute(
    tx,
  )
  await addMois(
    tx,
    auteur.organismeId,
    pieces
      .filter((p) => p.contenu.mouvement === 'reel')
      .map((p) => ({
        budgetId: b.budget_id,
        annee: b.annee,
        sens: b.sens,
        mois: moisOf(le),
        montant: p.contenu.typeBordereau === '02' ? negate(ttcOf(p)) : ttcOf(p),
      })),
  )
  await reduireOrigines(tx, pieces)
  await noteActe(tx, auteur, 'bordereau', id, 'Signature', `N° ${numero}, ${pieces.length} pièces`)
  await inscrire(tx, auteur.organismeId, auteur, {
    acte: 'bordereau.signer',
    objet: { type: 'bordereau', id, libelle: `Bordereau ${numero} de ${b.annee}` },
    detail: {
      sens: b.sens === 'D' ? 'dépenses' : 'recettes',
      pieces: pieces.length,
      premiere,
      montant: inEuros(sum(pieces.map(ttcOf))),
      empreinte,
    },
  })
  return { numero, premiere, nombre: pieces.length }
}

function freeze(
  auteur: Auteur,
  b: BordereauRow,
  p: LiquidationRow,
  {
    numero,
    le,
    cadre,
    refs,
    ordreId,
  }: {
    numero: number
    le: Jour
    cadre: Awaited<ReturnType<typeof openCadre>>
    refs: References
    ordreId: string | null
  },
) {
  const c = p.contenu
  const imputations = cadre.imputer(p.sens, c)
  const section = imputations[0]!.section as Section
  const tiers = p.tiers_id ? refs.tiers.get(p.tiers_id) : undefined
  const facture = p.facture_id ? refs.factures.get(p.facture_id) : undefined
  const origine = p.origine_id ? refs.origines.get(p.origine_id) : undefined
  const horloge = facture
    ? computeHorloge(
        {
          recueLe: facture.recue_le,
          serviceFaitLe: facture.service_fait_le,
          suspension: facture.suspendue_le ? { depuis: facture.suspendue_le, jusqua: facture.reprise_le } : null,
        },
        le,
      )
    : undefined
  const communs = { organisme_id: auteur.organismeId, budget_id: b.budget_id, annee: b.annee }
  const tenue = ['D', 'R'].includes(p.sens) && origine && (c.typeBordereau === '02' || c.typePiece === '02')
  const contenu = {
    ...c,
    ...(horloge?.echeance ? { dgp: { debut: horloge.depart, fin: horloge.echeance, jours: JOURS_DELAI } } : {}),
    ...(tenue && !c.rattachement
      ? // NatPceOrig counts from the own side: 01 is a mandat in a dépense, and a titre in a recette
        {
          rattachement: {
            nature: origine.sens === p.sens ? '01' : '02',
            exercice: origine.annee,
            piece: String(origine.numero),
            ligne: '1',
          },
        }
      : {}),
    fige: {
      tiers: tiers ?? null,
      beneficiaire: c.beneficiaire ? (refs.tiers.get(c.beneficiaire.tiersId) ?? null) : null,
      compte: c.compteBancaireId ? (refs.comptes.get(c.compteBancaireId) ?? null) : null,
    },
  }
  return {
    piece: {
      ...communs,
      id: p.id,
      sens: p.sens,
      numero,
      bordereau_id: b.id,
      rang: p.rang,
      type_bordereau: c.typeBordereau,
      type_piece: c.typePiece,
      nature_piece: natureDefaut(c, section),
      section,
      mouvement: c.mouvement,
      objet: p.objet,
      tiers_id: p.tiers_id,
      tiers_nom: tiers ? `${tiers.nom} ${tiers.prenom}`.trim() : '',
      ht: p.ht,
      tva: p.tva,
      retenue_garantie: c.retenueGarantie ?? '0.00',
      emise_le: le,
      contenu,
      facture_id: p.facture_id,
      origine_id: p.origine_id,
      ordre_id: ordreId,
    },
    ecritures: ecrituresOf(
      {
        sens: p.sens,
        contenu: c,
        objet: p.objet,
        assujetti: cadre.assujetti,
        lignes: c.lignes.map((ligne, i) => ({
          ligne,
          section: imputations[i]!.section as Section,
          chapitre: imputations[i]!.chapitre,
        })),
      },
      comptesDeTiers,
    ).map((e) => ({
      ...communs,
      piece_id: p.id,
      ligne: e.ligne,
      rang: e.rang,
      le,
      journal: e.journal,
      compte_debit: e.compteDebit,
      compte_credit: e.compteCredit,
      montant: e.montant,
      libelle: e.libelle,
      section: e.section,
      chapitre: e.chapitre,
      nature: e.nature,
      fonction: e.fonction,
      operation: e.operation,
      service: e.service,
      credit: e.credit,
    })),
    suivi: {
      ...communs,
      piece_id: p.id,
      sens: p.sens,
      etat: 'signee',
      ttc: inEuros(ttcOf(p)),
      echeance: horloge?.echeance ?? c.echeance ?? null,
    },
  }
}

/** A cancellation or a reduction takes from its origin, never more than what is left of it. */
async function reduireOrigines(tx: Tx, pieces: readonly LiquidationRow[]): Promise<void> {
  for (const p of pieces.filter(
    (x) => x.origine_id && (x.contenu.typeBordereau === '02' || x.contenu.typePiece === '02'),
  )) {
    const { rows } = await sql<{ annulee: boolean; facture_id: string | null }>`
      update app.finances_piece_suivi s set annule = s.annule + ${inEuros(ttcOf(p))}::numeric,
        etat = case when s.annule + ${inEuros(ttcOf(p))}::numeric >= s.ttc then 'annulee' else s.etat end, maj_le = now()
      from app.finances_piece o where s.piece_id = ${p.origine_id} and o.organisme_id = s.organisme_id and o.id = s.piece_id
      returning s.etat = 'annulee' as annulee, o.facture_id`.execute(tx)
    if (rows[0]?.annulee && rows[0].facture_id) await libererFacture(tx, rows[0].facture_id)
    if (p.contenu.detteId) await reduireDette(tx, p.contenu.detteId, inEuros(ttcOf(p)))
  }
}

/** Marks a signed bordereau as sent to the comptable, by a flux or by hand. */
export async function transmettreBordereau(tx: Tx, auteur: Auteur, id: string): Promise<void> {
  const b = await lockBordereau(tx, id)
  await moveBordereau(tx, b, 'transmettre')
  await sql`update app.finances_bordereau set transmis_le = now() where id = ${id}`.execute(tx)
  await sql`update app.finances_piece_suivi s set etat = 'transmise', maj_le = now() from app.finances_piece p
    where p.bordereau_id = ${id} and s.organisme_id = p.organisme_id and s.piece_id = p.id and s.etat = 'signee'`.execute(
    tx,
  )
  if (b.type_bordereau === '06') await moveDettes(tx, await lockDettes(tx, id), 'transmettre')
  await noteActe(tx, auteur, 'bordereau', id, 'Transmission au comptable')
}
