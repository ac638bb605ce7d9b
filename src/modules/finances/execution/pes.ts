import { sql } from 'kysely'
import { euros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type * as flux from '../echanges/pes/flux.ts'
import { lireBordereauOrmc } from '../recettes/roles/pes.ts'
import type { Contenu } from './contract.ts'
import type { CompteRow, TiersRow } from './db/contexte.ts'
import type { Sens } from './domain/controler.ts'
import { compteEnFace } from './domain/ecritures.ts'
import { comptesDeTiers } from './donnees/index.ts'
import { bordereauIntrouvable } from './refus.ts'
import { text, tiersOf } from './tiers-pes.ts'

type Fige = Contenu & { fige: { tiers: TiersRow | null; beneficiaire: TiersRow | null; compte: CompteRow | null } }
type Piece = {
  id: string
  numero: number
  type_piece: string
  nature_piece: string
  objet: string
  ht: string
  tva: string
  contenu: Fige
  pieces: { id_unique: string; nom: string; type_pj: string; document_id: string; fichier: string }[]
}
type Entete = {
  sens: Sens
  annee: number
  numero: number
  type_bordereau: string
  date_emission: Jour
  nombre: number
  ht: string
  tva: string
  cumul_annuel: string
}
export type BordereauFige = {
  sens: Sens
  budgetId: string
  depense?: flux.BordereauDepense
  recette?: flux.BordereauRecette
  /** Papers of its pieces, by their IdUnique; the bytes are in the store of documents. */
  documents: { idUnique: string; nom: string; type: string; documentId: string }[]
}

/** A name with the extension of its file: the comptable opens it by it. */
function nomPj({ nom, fichier }: { nom: string; fichier: string }): string {
  const extension = /\.[A-Za-z0-9]{2,4}$/.exec(fichier)?.[0] ?? '.pdf'
  return nom.toLowerCase().endsWith(extension.toLowerCase())
    ? nom
    : `${nom.slice(0, 100 - extension.length)}${extension}`
}
/** TypePJ: what the checklist calls an invoice or a délibération is a paper of an expense, or of an income. */
const typePj = (sens: Sens, type: string): string => (/^\d{3}$/.test(type) ? type : sens === 'D' ? '003' : '002')

const refsOf = (p: Piece): flux.ReferencePj[] | undefined =>
  p.pieces.length === 0 ? undefined : p.pieces.map((j) => ({ support: '01', idUnique: j.id_unique, nom: nomPj(j) }))

const liensOf = (c: Contenu, actif: string): flux.Liens => ({
  marche: c.marche || undefined,
  emprunt: c.emprunt || undefined,
  regie: c.regie || undefined,
  actif: actif || undefined,
})

function mandatOf(p: Piece): flux.Mandat {
  const c = p.contenu
  // the money goes to the payee; the creditor stays in the books
  const paye = c.fige.beneficiaire ?? c.fige.tiers
  return {
    numero: p.numero,
    type: p.type_piece,
    nature: p.nature_piece,
    objet: text(p.objet, 100),
    echeance: c.echeance,
    ...(c.dgp ? { dgp: { nonEligible: false, ...c.dgp } } : {}),
    pieces: refsOf(p),
    lignes: c.lignes.map((l, i) => ({
      numero: i + 1,
      compte: l.nature,
      fonction: l.fonction || undefined,
      operation: l.operation || undefined,
      libelleVirement: text(c.libelleVirement?.[0] ?? p.objet, 70),
      libelleVirement2: c.libelleVirement?.[1],
      reglement: p.type_piece === '07' ? undefined : c.modeReglement,
      tvaIntracommunautaire: false,
      compteTiers: c.mouvement === 'reel' ? compteEnFace(comptesDeTiers, 'D', c, l.nature) : undefined,
      montantHt: euros(l.ht),
      ...(euros(l.tva) > 0n ? { montantTva: euros(l.tva) } : {}),
      rattachement: c.rattachement,
      liens: liensOf(c, l.actif),
      ...(paye ? { tiers: tiersOf(paye, c.fige.compte) } : {}),
    })),
  }
}

function titreOf(p: Piece): flux.Titre {
  const c = p.contenu
  return {
    numero: p.numero,
    type: p.type_piece,
    nature: p.nature_piece,
    objet: text(p.objet, 160),
    edition: c.edition,
    role: c.role,
    dette: c.dette,
    ...(c.chorus
      ? {
          facture: {
            numero: c.chorus.facture,
            marche: c.chorus.marche,
            engagement: c.chorus.engagement,
            service: c.chorus.service,
          },
        }
      : {}),
    pieces: refsOf(p),
    lignes: c.lignes.map((l, i) => ({
      numero: i + 1,
      objet: text(l.libelle || p.objet, 160),
      produit: l.produit || '0001',
      compte: l.nature,
      fonction: l.fonction || undefined,
      operation: l.operation || undefined,
      compteTiers: c.mouvement === 'reel' ? compteEnFace(comptesDeTiers, 'R', c, l.nature) : undefined,
      majoration: false,
      tvaIntracommunautaire: false,
      montantHt: euros(l.ht),
      ...(euros(l.tva) > 0n ? { montantTva: euros(l.tva) } : {}),
      ...(c.prelevement && i === 0
        ? {
            prelevement: {
              nature: '01' as const,
              periodicite: c.prelevement.periodicite,
              date: c.prelevement.date,
              montant: euros(c.prelevement.montant),
              sequence: c.prelevement.sequence,
              signature: c.prelevement.signature,
              rum: c.prelevement.rum,
            },
          }
        : {}),
      rattachement: c.rattachement,
      liens: liensOf(c, l.actif),
      tiers: c.fige.tiers ? [{ type: '01', ...tiersOf(c.fige.tiers, c.fige.compte) }] : [],
    })),
  }
}

/** A signed bordereau in the nouns of the PES, from what its signature froze: the same bytes, whenever it is read. */
export async function lireBordereauFige(tx: Tx, id: string): Promise<BordereauFige> {
  const { rows } = await sql<
    Entete & { budget_id: string }
  >`select * from app.finances_bordereau_signe where id = ${id}`.execute(tx)
  const b = rows[0]
  if (!b) throw bordereauIntrouvable()
  const { rows: pieces } = await sql<Piece>`
    select p.id, p.numero, p.type_piece, p.nature_piece, p.objet, p.ht, p.tva, p.contenu,
      coalesce((select json_agg(json_build_object('id_unique', j.id_unique, 'nom', j.nom, 'type_pj', j.type_pj,
        'document_id', j.document_id, 'fichier', d.nom) order by j.id_unique)
        from app.finances_piece_jointe j join app.document d on d.organisme_id = j.organisme_id and d.id = j.document_id
        where j.liquidation_id = p.id), '[]') as pieces
    from app.finances_piece p where p.bordereau_id = ${id} order by p.numero`.execute(tx)
  const entete = {
    exercice: b.annee,
    numero: b.numero,
    date: b.date_emission,
    type: b.type_bordereau,
    nombrePieces: b.nombre,
    montantHt: euros(b.ht),
    ...(euros(b.tva) > 0n ? { montantTva: euros(b.tva) } : {}),
    cumulAnnuel: euros(b.cumul_annuel),
  }
  return {
    sens: b.sens,
    budgetId: b.budget_id,
    ...(b.sens === 'D'
      ? { depense: { ...entete, pieces: pieces.map(mandatOf) } }
      : {
          recette: {
            ...entete,
            ...(b.type_bordereau === '06' ? await lireBordereauOrmc(tx, id) : { pieces: pieces.map(titreOf) }),
          },
        }),
    documents: pieces.flatMap((p) =>
      p.pieces.map((j) => ({
        idUnique: j.id_unique,
        nom: nomPj(j),
        type: typePj(b.sens, j.type_pj),
        documentId: j.document_id,
      })),
    ),
  }
}
