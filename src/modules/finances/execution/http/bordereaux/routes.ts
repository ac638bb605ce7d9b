import { sql } from 'kysely'
import { euros, inEuros } from '#socle/argent.ts'
import { hasDroit, requireDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import {
  empreinteOf,
  envoyerBordereau,
  lockBordereau,
  renvoyerBordereau,
  signerBordereau,
  transmettreBordereau,
} from '../../actions/bordereaux.ts'
import { MODES_REGLEMENT } from '../../contract.ts'
import { auteurOf, maskIban } from '../../db/commun.ts'
import { controlerLot, listOfBordereau, openCadre, readReferences } from '../../db/contexte.ts'
import { listBordereaux, listHistoire } from '../../db/vues.ts'
import { bordereauIntrouvable } from '../../refus.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

const plus = (a: string, b: string) => inEuros((euros(a) + euros(b)) as never)

export function registerBordereaux(application: Application): void {
  servirOrganisme(application, contrat.listerBordereaux, 'finances.lire', async ({ tx, query }) => ({
    bordereaux: await listBordereaux(tx, { aViser: query.etat === 'aViser' }),
  }))

  servirOrganisme(application, contrat.lireBordereau, 'finances.lire', async ({ tx, qui, params }) => {
    const [vue] = await listBordereaux(tx, { id: params.bordereau })
    if (!vue) throw bordereauIntrouvable()
    const b = await lockBordereau(tx, params.bordereau)
    const pieces = await listOfBordereau(tx, b.id)
    const cadre = await openCadre(tx, { budgetId: b.budget_id, annee: b.annee })
    const refs = await readReferences(tx, pieces)
    const controles = b.etat === 'aViser' ? await controlerLot(tx, cadre, b.sens, pieces, refs, aujourdhui()) : []
    const anomalies = new Map(controles.map((c) => [c.piece.id, c.anomalies]))
    const { rows: jointes } = await sql<{ liquidation_id: string; document_id: string; nom: string; type_pj: string }>`
      select j.liquidation_id, j.document_id, j.nom, j.type_pj from app.finances_piece_jointe j
      join app.finances_liquidation l on l.organisme_id = j.organisme_id and l.id = j.liquidation_id where l.bordereau_id = ${b.id}`.execute(
      tx,
    )
    const parPiece = Map.groupBy(jointes, (j) => j.liquidation_id)
    const { rows: suivis } = await sql<{
      id: string
      numero: number
      etat: string
    }>`select p.id, p.numero, s.etat from app.finances_piece p
      join app.finances_piece_suivi s on s.organisme_id = p.organisme_id and s.piece_id = p.id where p.bordereau_id = ${b.id}`.execute(
      tx,
    )
    const posee = new Map(suivis.map((s) => [s.id, s]))
    const peutViser = hasDroit(qui, 'finances.viser')
    return {
      ...vue,
      empreinte: empreinteOf(b, pieces),
      actes: [
        ...(b.etat === 'aViser' && peutViser ? ['signer'] : []),
        ...(b.etat === 'aViser' && (peutViser || hasDroit(qui, 'finances.liquider')) ? ['renvoyer'] : []),
        ...(b.etat === 'signe' && hasDroit(qui, 'finances.liquider') ? ['transmettre'] : []),
      ],
      histoire: await listHistoire(tx, b.id),
      pieces: pieces.map((p) => {
        const t = p.tiers_id ? refs.tiers.get(p.tiers_id) : undefined
        const imputation = cadre.imputer(b.sens, p.contenu)[0]!
        const documents = (parPiece.get(p.id) ?? []).map((j) => ({
          documentId: j.document_id,
          nom: j.nom,
          type: j.type_pj,
        }))
        const facture = p.facture_id ? refs.factures.get(p.facture_id)?.document_id : undefined
        return {
          id: p.id,
          numero: posee.get(p.id)?.numero ?? null,
          tiers: t ? `${t.nom} ${t.prenom}`.trim() : '',
          objet: p.objet,
          nature: p.contenu.lignes.map((l) => l.nature).join(', '),
          libelleNature: cadre.libelleOf(imputation.nature),
          chapitre: imputation.chapitre,
          section: imputation.section,
          ht: p.ht,
          tva: p.tva,
          ttc: plus(p.ht, p.tva),
          documentId: facture ?? documents[0]?.documentId ?? null,
          iban: maskIban(refs.comptes.get(p.contenu.compteBancaireId ?? '')?.iban ?? ''),
          modeReglement: MODES_REGLEMENT[p.contenu.modeReglement],
          documents,
          anomalies: anomalies.get(p.id) ?? [],
          etat: posee.get(p.id)?.etat ?? null,
        }
      }),
    }
  })

  servirOrganisme(application, contrat.envoyerBordereau, 'finances.liquider', async ({ tx, qui, body }) => {
    await envoyerBordereau(tx, auteurOf(qui), body.id, body.liquidations, aujourdhui())
    return fait
  })

  servirOrganisme(application, contrat.signerBordereau, 'finances.viser', ({ tx, qui, params, body }) =>
    signerBordereau(tx, auteurOf(qui), params.bordereau, { empreinte: body.empreinte, le: aujourdhui() }),
  )

  servirOrganisme(application, contrat.renvoyerBordereau, 'finances.lire', async ({ tx, qui, params, body }) => {
    if (!hasDroit(qui, 'finances.viser')) requireDroit(qui, 'finances.liquider')
    await renvoyerBordereau(tx, auteurOf(qui), params.bordereau, body.motif)
    return fait
  })

  servirOrganisme(application, contrat.transmettreBordereau, 'finances.liquider', async ({ tx, qui, params }) => {
    await transmettreBordereau(tx, auteurOf(qui), params.bordereau)
    return fait
  })
}
