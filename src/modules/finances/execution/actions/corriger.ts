import { sql } from 'kysely'
import { euros, inEuros } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import type { Contenu, LiquidationSaisie } from '../contract.ts'
import type { Auteur } from '../db/commun.ts'
import type { Sens } from '../domain/controler.ts'
import type { EtatSuivi } from '../domain/etats.ts'
import { pieceIntrouvable } from '../refus.ts'
import { liquider } from './liquider.ts'

export type ActePiece = 'annuler' | 'reduire' | 'reemettre'

/** What may be corrected, and how: the buttons of the screen and the API read it. */
export function actesOf(p: {
  etat: EtatSuivi
  reste: bigint
  typeBordereau: string
  ordre: boolean
  /** It books a rôle: what each debtor owes is corrected, and not their total. */
  deRole?: boolean
}): ActePiece[] {
  if (p.ordre || p.deRole || p.typeBordereau === '02') return []
  if (p.etat === 'rejetee') return ['reemettre']
  return p.etat !== 'annulee' && p.reste > 0n ? ['annuler', 'reduire'] : []
}

type Origine = {
  id: string
  budget_id: string
  annee: number
  sens: Sens
  tiers_id: string | null
  facture_id: string | null
  contenu: Contenu & { fige?: unknown }
  type_bordereau: string
  mouvement: string
  etat: EtatSuivi
  ttc: string
  annule: string
  etat_exercice: string
}

/**
 * Prepares the correction of a signed piece; it is a piece like another, to be signed. In the same exercice a correctif
 * on a bordereau of annulation; over a closed year, the piece of the other sense that takes it back.
 */
export async function corrigerPiece(
  tx: Tx,
  auteur: Auteur,
  pieceId: string,
  c: {
    id: string
    acte: ActePiece
    montant?: string | undefined
    objet: string
    /** The titre of a rôle is reduced by its debts: one, in the name of its debtor, or several that were refused. */
    dette?: { id?: string; tiersId?: string; lignes: Contenu['lignes'] }
  },
): Promise<void> {
  const { rows } = await sql<Origine>`
    select p.id, p.budget_id, p.annee, p.sens, p.tiers_id, p.facture_id, p.contenu, p.type_bordereau, p.mouvement, s.etat,
      s.ttc, s.annule, e.etat as etat_exercice
    from app.finances_piece p
    join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id
    join app.finances_exercice e on e.organisme_id = p.organisme_id and e.budget_id = p.budget_id and e.annee = p.annee
    where p.id = ${pieceId} for update of s`.execute(tx)
  const o = rows[0]
  if (!o) throw pieceIntrouvable()
  const reste = euros(o.ttc) - euros(o.annule)
  const permis = actesOf({
    etat: o.etat,
    reste,
    typeBordereau: o.type_bordereau,
    ordre: o.mouvement !== 'reel',
    deRole: o.contenu.role !== undefined && !c.dette,
  })
  if (!permis.includes(c.acte))
    throw new Refus('piece.correction', 'Cette pièce ne peut pas être corrigée ainsi : rechargez la page.')
  const { fige: _, dgp: __, naturePiece: ___, role: ____, ...repris } = o.contenu
  const tiersId = c.dette?.tiersId ?? o.tiers_id
  const base = {
    id: c.id as LiquidationSaisie['id'],
    objet: c.objet,
    ...(tiersId ? { tiersId: tiersId as LiquidationSaisie['tiersId'] & string } : {}),
    origineId: o.id,
  }
  const clos = o.etat_exercice === 'clos'
  const annee = clos ? await exerciceOuvert(tx, o.budget_id) : o.annee
  if (c.acte === 'reemettre') {
    await liquider(tx, auteur, { budgetId: o.budget_id, annee }, o.sens, [
      {
        ...base,
        ...(o.facture_id ? { factureId: o.facture_id as LiquidationSaisie['factureId'] & string } : {}),
        contenu: { ...repris, naturePiece: '08' },
      },
    ])
    return
  }
  const lignes = reduire(
    c.dette?.lignes ?? o.contenu.lignes,
    c.acte === 'annuler' ? inEuros(reste as never) : (c.montant ?? '0.00'),
    reste,
  )
  const {
    modeReglement: _____,
    compteBancaireId: ______,
    beneficiaire: _______,
    retenueGarantie: ________,
    ...sansBanque
  } = repris
  const contenu: Contenu = {
    ...sansBanque,
    modeReglement: '09',
    lignes: clos ? lignes.map((l) => ({ ...l, nature: compteSurExerciceClos(o.sens, l.nature) })) : lignes,
    typeBordereau: clos ? '01' : '02',
    typePiece: '02',
    ...(c.dette?.id ? { detteId: c.dette.id } : {}),
  }
  await liquider(tx, auteur, { budgetId: o.budget_id, annee }, clos ? (o.sens === 'D' ? 'R' : 'D') : o.sens, [
    { ...base, contenu },
  ])
}

/** What takes back a piece of fonctionnement of a closed year: 773 for a mandat, 673 for a titre. The rest keeps its account. */
const compteSurExerciceClos = (sens: Sens, nature: string): string =>
  /^[67]/.test(nature) ? (sens === 'D' ? '773' : '673') : nature

async function exerciceOuvert(tx: Tx, budgetId: string): Promise<number> {
  const { rows } = await sql<{ annee: number }>`select annee from app.finances_exercice
    where budget_id = ${budgetId} and etat in ('ouvert', 'provisoire') order by annee limit 1`.execute(tx)
  if (!rows[0]) throw new Refus('exercice.aucunOuvert', 'Aucun exercice n’est ouvert sur ce budget.')
  return rows[0].annee
}

/** The lines of a reduction, from the first on, up to its amount. */
function reduire(lignes: Contenu['lignes'], montant: string, reste: bigint): Contenu['lignes'] {
  let aPrendre: bigint = euros(montant)
  if (aPrendre > reste)
    throw new Refus('piece.origineDepassee', 'La réduction dépasse ce qui reste de la pièce.', {
      champs: { montant: 'Trop élevé.' },
    })
  const list: Contenu['lignes'] = []
  for (const l of lignes) {
    if (aPrendre <= 0n) break
    const ht: bigint = euros(l.ht)
    const tva: bigint = euros(l.tva)
    const part = aPrendre < ht + tva ? aPrendre : ht + tva
    const partTva = ht + tva === 0n ? 0n : (tva * part) / (ht + tva)
    list.push({ ...l, ht: inEuros((part - partTva) as never), tva: inEuros(partTva as never) })
    aPrendre -= part
  }
  return list
}
