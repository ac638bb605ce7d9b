import { sql } from 'kysely'
import { euros } from '#socle/argent.ts'
import { hasDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { actesOf, corrigerPiece } from '../../actions/corriger.ts'
import type { Contenu } from '../../contract.ts'
import { auteurOf, maskIban } from '../../db/commun.ts'
import { openCadre } from '../../db/contexte.ts'
import { findPiece, listHistoire, listPieces } from '../../db/vues.ts'
import { pieceIntrouvable } from '../../refus.ts'
import { viewLiquidation } from '../liquidations/routes.ts'
import * as contrat from './contract.ts'

export function registerPieces(application: Application): void {
  servirOrganisme(application, contrat.listerPieces, 'finances.lire', ({ tx, query: { budget, ...q } }) =>
    listPieces(tx, { budgetId: budget, ...q }),
  )

  servirOrganisme(application, contrat.lirePiece, 'finances.lire', async ({ tx, qui, params }) => {
    const p = await findPiece(tx, params.mandat)
    if (!p) throw pieceIntrouvable()
    const cadre = await openCadre(tx, { budgetId: p.budgetId, annee: p.annee })
    const { rows: contenus } = await sql<{
      contenu: Contenu & { fige: { compte: { iban: string } | null } }
      mouvement: string
    }>`
      select contenu, mouvement from app.finances_piece where id = ${p.id}`.execute(tx)
    const { contenu, mouvement } = contenus[0]!
    const chapitres = cadre.imputer(p.sens, contenu)
    const { rows: ecritures } = await sql<{
      cle: string
      compte_debit: string
      compte_credit: string
      montant: string
      le: string
      libelle: string
    }>`
      select ligne || '/' || rang as cle, compte_debit, compte_credit, montant, le, libelle from app.finances_ecriture where piece_id = ${p.id} order by rang, ligne`.execute(
      tx,
    )
    const { rows: documents } = await sql<{ document_id: string; nom: string; type_pj: string }>`
      select document_id, nom, type_pj from app.finances_piece_jointe where liquidation_id = ${p.id}`.execute(tx)
    const { rows: corrections } = await sql<{
      id: string
      numero: number
      sens: 'D' | 'R'
      annee: number
      triplet: string
      ttc: string
    }>`
      select id, numero, sens, annee, type_bordereau || '-' || type_piece || '-' || nature_piece as triplet, (ht + tva)::text as ttc
      from app.finances_piece where origine_id = ${p.id} order by emise_le, numero`.execute(tx)
    const histoire = [...(await listHistoire(tx, p.id)), ...(await listHistoire(tx, p.bordereauId))]
    return {
      ...p,
      lignes: contenu.lignes.map((l, i) => ({
        rang: i + 1,
        nature: l.nature,
        libelleNature: cadre.libelleOf(l.nature),
        chapitre: chapitres[i]!.chapitre,
        fonction: l.fonction,
        libelle: l.libelle,
        ht: l.ht,
        tva: l.tva,
      })),
      ecritures: ecritures.map((e) => ({
        cle: e.cle,
        compteDebit: e.compte_debit,
        compteCredit: e.compte_credit,
        montant: e.montant,
        le: e.le,
        libelle: e.libelle,
      })),
      documents: documents.map((d) => ({ documentId: d.document_id, nom: d.nom, type: d.type_pj })),
      corrections,
      compte: maskIban(contenu.fige.compte?.iban ?? ''),
      virements: (contenu.virements ?? []).map((v) => ({ nom: v.nom, montant: v.montant })),
      histoire: histoire.sort((a, b) => (a.le < b.le ? 1 : -1)),
      actes: hasDroit(qui, 'finances.liquider')
        ? actesOf({
            etat: p.etat,
            reste: euros(p.ttc) - euros(p.annule),
            typeBordereau: p.triplet.slice(0, 2),
            ordre: mouvement !== 'reel',
            deRole: contenu.role !== undefined,
          })
        : [],
    }
  })

  servirOrganisme(application, contrat.corrigerPiece, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await corrigerPiece(tx, auteurOf(qui), params.mandat, body)
    return viewLiquidation(tx, body.id)
  })
}
