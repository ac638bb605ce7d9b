import { sql } from 'kysely'
import { euros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { BordereauRecette, Titre } from '../../echanges/pes/flux.ts'
import type { TiersRow } from '../../execution/db/contexte.ts'
import { text, tiersOf } from '../../execution/tiers-pes.ts'
import type { Prelevement } from '../prelevements/mandats.ts'

/** Account of the pieces of a rôle: the titre récapitulatif bears those of the budget (read in free software in use). */
const COMPTE_ORMC = '588'
/** Only these characters travel in the fields of a direct debit. */
const sepa = (t: string, max: number) =>
  t
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[’]/g, "'")
    .replace(/[^0-9a-zA-Z/?:().,+' -]/g, ' ')
    .trim()
    .slice(0, max)

type Dette = {
  numero: number
  cle1: number
  cle2: string
  objet: string
  ht: string
  tva: string
  fige: TiersRow
  prelevement: Omit<Prelevement, 'mandatId'> | null
  prelevement_le: Jour | null
}

/** The pieces of a bordereau ORMC, as its signature froze them; no avis leaves before it. */
export async function lireBordereauOrmc(
  tx: Tx,
  bordereauId: string,
): Promise<Pick<BordereauRecette, 'dateAsp' | 'objet' | 'pieces'>> {
  const { rows: roles } = await sql<{
    libelle: string
    produit: string
    periode: number
    edition: 'collectivite' | 'dgfip'
    avis_le: Jour
  }>`
    select r.libelle, r.produit, r.periode, r.edition, greatest(r.avis_le, b.date_emission) as avis_le from app.finances_role r
    join app.finances_bordereau_signe b on b.organisme_id = r.organisme_id and b.id = r.bordereau_id
    where r.bordereau_id = ${bordereauId}`.execute(tx)
  const role = roles[0]
  if (!role) throw new Error(`bordereau ${bordereauId} has no rôle`)
  const { rows } = await sql<Dette>`select numero, cle1, cle2, objet, ht, tva, fige, prelevement, prelevement_le
    from app.finances_dette where bordereau_id = ${bordereauId} order by numero`.execute(tx)
  return {
    // DteAsp is of no use when the DGFiP sends the avis
    ...(role.edition === 'collectivite' ? { dateAsp: role.avis_le } : {}),
    objet: text(role.libelle, 160),
    pieces: rows.map(
      (d): Titre => ({
        numero: d.numero,
        type: '15',
        nature: '01',
        // 01, 02, 04 and 05 would send the bordereau back: an article of rôle has 03, 06 or nothing
        ...(role.edition === 'dgfip' ? { edition: '06' } : {}),
        objet: text(d.objet, 160),
        dette: {
          numero: String(d.numero),
          periode: String(role.periode),
          cle1: String(d.cle1),
          cle2: d.cle2,
        },
        lignes: [
          {
            numero: 1,
            objet: text(d.objet, 160),
            produit: role.produit,
            compte: COMPTE_ORMC,
            majoration: false,
            tvaIntracommunautaire: false,
            montantHt: euros(d.ht),
            ...(euros(d.tva) > 0n ? { montantTva: euros(d.tva) } : {}),
            ...(d.prelevement && d.prelevement_le
              ? {
                  prelevement: {
                    nature: '01' as const,
                    // « Unique », that the notes of the schema prefer: each rôle asks for one debit
                    periodicite: '07',
                    date: d.prelevement_le,
                    montant: (euros(d.ht) + euros(d.tva)) as ReturnType<typeof euros>,
                    sequence: d.prelevement.sequence,
                    signature: d.prelevement.signature,
                    rum: d.prelevement.rum,
                    libelle: sepa(d.objet, 140),
                    ...(d.prelevement.ancienIban ? { ancien: { iban: d.prelevement.ancienIban } } : {}),
                  },
                }
              : {}),
            tiers: [{ type: '01', ...tiersOf(d.fige, d.prelevement) }],
          },
        ],
      }),
    ),
  }
}
