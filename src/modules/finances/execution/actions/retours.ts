import { sql } from 'kysely'
import { type Centimes, euros, inEuros, negate, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type Consommation, rendreCredits } from '../../budget/db/credits.ts'
import { type DetteSuivie, lockDettes, moveDettes, reglerDette } from '../../recettes/roles/db/dettes.ts'
import type { Contenu } from '../contract.ts'
import { type Auteur, addMois, noteActes } from '../db/commun.ts'
import { openCadre } from '../db/contexte.ts'
import type { Sens } from '../domain/controler.ts'
import {
  type ActeSuivi,
  type EtatBordereau,
  type EtatSuivi,
  nextSuivi,
  TRANSITIONS_BORDEREAU,
} from '../domain/etats.ts'
import { lockBordereau, moveBordereau } from './bordereaux.ts'
import { libererFacture } from './liquider.ts'

export type Retour = {
  budgetId: string
  annee: number
  sens: Sens
  typeBordereau: string
  numeroBordereau: number
  /** Absent: the answer is about the whole bordereau. */
  numeroPiece?: number
  nature: 'accepte' | 'refuse' | 'priseEnCharge' | 'suspendue' | 'rejetee' | 'reglement'
  /** Paid or collected by this fact; for `reglement` only. */
  montant?: string
  le: Jour
  motif?: string
  /** The fact itself (hash of the file and rank): read twice, it counts once. */
  cle: string
}

type PieceSuivie = {
  id: string
  budget_id: string
  annee: number
  sens: Sens
  contenu: Contenu
  facture_id: string | null
  mois: string
  etat: EtatSuivi
  ttc: string
  regle: string
  annule: string
}

async function lockPieces(tx: Tx, bordereauId: string, numero?: number): Promise<PieceSuivie[]> {
  const { rows } = await sql<PieceSuivie>`
    select p.id, p.budget_id, p.annee, p.sens, p.contenu, p.facture_id, to_char(p.emise_le, 'YYYY-MM') as mois, s.etat, s.ttc, s.regle, s.annule
    from app.finances_piece p join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id
    where p.bordereau_id = ${bordereauId} ${numero === undefined ? sql`` : sql`and p.numero = ${numero}`}
    order by p.numero for update of s`.execute(tx)
  return rows
}

const ACTES = {
  priseEnCharge: 'prendreEnCharge',
  suspendue: 'suspendre',
  rejetee: 'rejeter',
  refuse: 'rejeter',
} as const

/** Applies one answer of the comptable. `inconnu`: nothing here has that number; the caller keeps it aside. */
export async function noterRetour(tx: Tx, auteur: Auteur, r: Retour): Promise<'applique' | 'deja' | 'inconnu'> {
  const { rows: vu } = await sql`select cle from app.finances_retour where cle = ${r.cle}`.execute(tx)
  if (vu.length > 0) return 'deja'
  const { rows: found } = await sql<{ id: string }>`
    select id from app.finances_bordereau_signe where budget_id = ${r.budgetId} and annee = ${r.annee}
      and sens = ${r.sens} and type_bordereau = ${r.typeBordereau} and numero = ${r.numeroBordereau}`.execute(tx)
  if (!found[0]) return 'inconnu'
  const b = await lockBordereau(tx, found[0].id)
  const pieces = await lockPieces(tx, b.id, r.numeroPiece)
  const dettes = r.typeBordereau === '06' ? await lockDettes(tx, b.id, r.numeroPiece) : []
  if (pieces.length + dettes.length === 0) return 'inconnu'
  const entier = r.numeroPiece === undefined
  const objetId = entier ? b.id : (pieces[0] ?? dettes[0])!.id
  await sql`insert into app.finances_retour (organisme_id, cle, piece_id, dette_id, bordereau_id, nature, le, montant, motif)
    values (${auteur.organismeId}, ${r.cle}, ${entier ? null : (pieces[0]?.id ?? null)}, ${entier ? null : (dettes[0]?.id ?? null)},
      ${entier ? b.id : null}, ${r.nature}, ${r.le},
      ${r.montant ?? null}, ${r.motif ?? ''})`.execute(tx)
  if (r.nature === 'accepte' || r.nature === 'refuse') {
    if (entier) await answerBordereau(tx, b, r)
    if (r.nature === 'refuse') await rejeter(tx, auteur, pieces, r)
    else await move(tx, pieces, 'transmettre')
  } else if (r.nature === 'rejetee') await rejeter(tx, auteur, pieces, r)
  else if (r.nature === 'reglement') await regler(tx, pieces, r)
  else await move(tx, pieces, ACTES[r.nature], r.motif)
  await suivreDettes(tx, dettes, r)
  await noteActes(tx, auteur, entier ? 'bordereau' : dettes[0] ? 'role' : 'piece', [
    { id: objetId, acte: MOTS[r.nature], detail: r.motif ?? r.montant ?? '' },
  ])
  return 'applique'
}
/** The same answer, for the debts of a rôle. */
async function suivreDettes(tx: Tx, dettes: readonly DetteSuivie[], r: Retour): Promise<void> {
  if (r.nature === 'reglement') for (const d of dettes) await reglerDette(tx, d, r.montant ?? d.ttc)
  else await moveDettes(tx, dettes, r.nature === 'accepte' ? 'transmettre' : ACTES[r.nature], r.motif)
}
const MOTS = {
  accepte: 'Reçu par Hélios',
  refuse: 'Refusé par Hélios',
  priseEnCharge: 'Prise en charge par le comptable',
  suspendue: 'Mise en instance par le comptable',
  rejetee: 'Rejet du comptable',
  reglement: 'Règlement',
} as const

async function answerBordereau(tx: Tx, b: Awaited<ReturnType<typeof lockBordereau>>, r: Retour) {
  // a flux carried by hand is answered without having been marked as sent
  let etat: EtatBordereau = b.etat
  if (TRANSITIONS_BORDEREAU[etat].transmettre) etat = await moveBordereau(tx, b, 'transmettre')
  if (etat === 'transmis') await moveBordereau(tx, { ...b, etat }, r.nature === 'accepte' ? 'accepter' : 'refuser')
  await sql`update app.finances_bordereau set repondu_le = ${r.le}, motif = ${r.motif ?? ''} where id = ${b.id}`.execute(
    tx,
  )
}

async function move(tx: Tx, pieces: readonly PieceSuivie[], acte: ActeSuivi, motif = ''): Promise<void> {
  const moved = pieces.flatMap((p) => {
    const etat = nextSuivi(p.etat, acte)
    return etat ? [{ id: p.id, etat }] : []
  })
  if (moved.length === 0) return
  await sql`update app.finances_piece_suivi s set etat = x.etat, motif = ${motif}, maj_le = now()
    from json_to_recordset(${JSON.stringify(moved)}::json) as x(id uuid, etat text) where s.piece_id = x.id`.execute(tx)
}

async function regler(tx: Tx, pieces: readonly PieceSuivie[], r: Retour): Promise<void> {
  for (const p of pieces) {
    const total = (euros(p.regle) + euros(r.montant ?? p.ttc)) as Centimes
    const complet = total >= euros(p.ttc) - euros(p.annule)
    const etat = nextSuivi(p.etat, complet ? 'solder' : 'regler') ?? p.etat
    await sql`update app.finances_piece_suivi set regle = ${inEuros(total)}, etat = ${etat}, maj_le = now()
      where piece_id = ${p.id}`.execute(tx)
  }
}

/** A refused piece was never taken in charge: its entries are reversed, its credit and its invoice are free again. */
async function rejeter(tx: Tx, auteur: Auteur, pieces: readonly PieceSuivie[], r: Retour): Promise<void> {
  const rejetees = pieces.filter((p) => nextSuivi(p.etat, 'rejeter'))
  if (rejetees.length === 0) return
  await move(tx, rejetees, 'rejeter', r.motif)
  const ids = rejetees.map((p) => ({ id: p.id }))
  // the reversal stands beside the entry, at its rank plus ten
  await sql`insert into app.finances_ecriture (organisme_id, piece_id, ligne, rang, budget_id, annee, le, journal, compte_debit,
      compte_credit, montant, libelle, section, chapitre, nature, fonction, operation, service, credit)
    select e.organisme_id, e.piece_id, e.ligne, e.rang + 10, e.budget_id, e.annee, ${r.le}, e.journal, e.compte_credit,
      e.compte_debit, e.montant, 'Rejet : ' || e.libelle, e.section, e.chapitre, e.nature, e.fonction, e.operation, e.service, -e.credit
    from app.finances_ecriture e join json_to_recordset(${JSON.stringify(ids)}::json) as x(id uuid) on x.id = e.piece_id
    where e.rang < 10`.execute(tx)
  const [premiere] = rejetees
  const cadre = await openCadre(tx, { budgetId: premiere!.budget_id, annee: premiere!.annee })
  const rendus: Consommation[] = rejetees.flatMap((p) =>
    cadre.imputer(p.sens, p.contenu).map((imputation, i) => {
      const ht = euros(p.contenu.lignes[i]!.ht)
      return { imputation, engage: ZERO, mandate: p.contenu.typeBordereau === '02' ? ht : negate(ht) }
    }),
  )
  await rendreCredits(
    tx,
    { organismeId: auteur.organismeId, budgetId: premiere!.budget_id, exercice: premiere!.annee },
    rendus,
  )
  await addMois(
    tx,
    auteur.organismeId,
    rejetees
      .filter((p) => p.contenu.mouvement === 'reel')
      .map((p) => ({
        budgetId: p.budget_id,
        annee: p.annee,
        sens: p.sens,
        mois: p.mois,
        montant: p.contenu.typeBordereau === '02' ? euros(p.ttc) : negate(euros(p.ttc)),
      })),
  )
  // what it cancelled is not cancelled any more
  await sql`update app.finances_piece_suivi o set annule = o.annule - s.ttc,
      etat = case when o.etat = 'annulee' then 'priseEnCharge' else o.etat end, maj_le = now()
    from app.finances_piece p, app.finances_piece_suivi s, json_to_recordset(${JSON.stringify(ids)}::json) as x(id uuid)
    where p.id = x.id and s.organisme_id = p.organisme_id and s.piece_id = p.id and o.organisme_id = p.organisme_id
      and o.piece_id = p.origine_id and (p.type_bordereau = '02' or p.type_piece = '02')`.execute(tx)
  for (const p of rejetees) if (p.facture_id) await libererFacture(tx, p.facture_id)
}
