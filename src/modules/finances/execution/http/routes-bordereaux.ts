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
} from '../actions/bordereaux.ts'
import { actesOf, corrigerPiece } from '../actions/corriger.ts'
import { type Contenu, MODES_REGLEMENT } from '../contract.ts'
import { auteurOf } from '../db/commun.ts'
import { controlerLot, listOfBordereau, openCadre, readReferences } from '../db/contexte.ts'
import { readGrandLivre, readRecherche, readTableau } from '../db/tableau.ts'
import { findPiece, listBordereaux, listFactures, listHistoire, listPieces } from '../db/vues.ts'
import { bordereauIntrouvable, pieceIntrouvable } from '../refus.ts'
import * as contrat from './contract.ts'
import { aujourdhui, viewLiquidation } from './routes-depenses.ts'

const fait = { fait: true }
const plus = (a: string, b: string) => inEuros((euros(a) + euros(b)) as never)
/** Enough to recognise an account on a paper. */
const maskIban = (iban: string) => (iban === '' ? '' : `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`)

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
          })
        : [],
    }
  })
  servirOrganisme(application, contrat.corrigerPiece, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await corrigerPiece(tx, auteurOf(qui), params.mandat, body)
    return viewLiquidation(tx, body.id)
  })

  servirOrganisme(application, contrat.lireGrandLivre, 'finances.lire', ({ tx, query: { budget, annee, ...f } }) =>
    readGrandLivre(tx, { budgetId: budget, annee }, f),
  )
  servirOrganisme(application, contrat.lireTableau, 'finances.lire', ({ tx, query }) =>
    readTableau(tx, { budgetId: query.budget, annee: query.annee }, aujourdhui()),
  )
  servirOrganisme(application, contrat.rechercher, 'finances.lire', async ({ tx, query }) => ({
    resultats: await readRecherche(tx, query.q),
  }))

  servirOrganisme(application, contrat.listerAFaire, 'finances.lire', async ({ tx, qui }) => {
    const liste: (typeof contrat.listerAFaire)['reply']['_output']['aFaire'] = []
    const viseur = hasDroit(qui, 'finances.viser')
    const redacteur = hasDroit(qui, 'finances.liquider')
    const s = (n: number) => (n > 1 ? 's' : '')
    for (const b of await listBordereaux(tx, { aViser: true }))
      if (viseur)
        liste.push({
          id: b.id,
          libelle: `Signer un bordereau de ${b.nombre} ${b.sens === 'D' ? 'mandat' : 'titre'}${s(b.nombre)}`,
          precision: `${b.budget}, envoyé par ${b.envoyePar}`,
          echeance: null,
          etat: 'aFaire',
          vers: `/finances/bordereaux/${b.id}`,
        })
    const { rows: rejets } = await sql<{
      id: string
      numero: number
      sens: string
      motif: string
      tiers_nom: string
      budget_id: string
      annee: number
    }>`
      select p.id, p.numero, p.sens, s.motif, p.tiers_nom, p.budget_id, p.annee from app.finances_piece_suivi s
      join app.finances_piece p on p.organisme_id = s.organisme_id and p.id = s.piece_id
      where s.etat in ('rejetee', 'suspendue') and not exists (
        select from app.finances_liquidation l where l.origine_id = s.piece_id and l.etat <> 'abandonnee')
      order by s.maj_le limit 50`.execute(tx)
    if (redacteur) {
      for (const r of rejets)
        liste.push({
          id: r.id,
          libelle: `Reprendre le ${r.sens === 'D' ? 'mandat' : 'titre'} ${r.numero} rejeté, ${r.tiers_nom}`,
          precision: r.motif,
          echeance: null,
          etat: 'bloquant',
          vers: `/finances/${r.sens === 'D' ? 'mandats' : 'titres'}?budget=${r.budget_id}&annee=${r.annee}&piece=${r.id}`,
        })
      const factures = (await listFactures(tx, aujourdhui(), { aTraiter: true })).filter(
        (f) => f.etat === 'recue' && !f.suspendue,
      )
      for (const f of factures
        .sort((a, b) => ((a.echeanceOrdonnateur ?? '') < (b.echeanceOrdonnateur ?? '') ? -1 : 1))
        .slice(0, 3))
        liste.push({
          id: f.id,
          libelle: `Mandater la facture ${f.numero}, ${f.tiers}`,
          precision: f.objet,
          echeance: f.echeanceOrdonnateur,
          etat: f.enRetard ? 'attention' : 'aFaire',
          vers: `/finances/mandater?facture=${f.id}`,
        })
      if (factures.length > 3)
        liste.push({
          id: 'factures',
          libelle: `Mandater ${factures.length - 3} autre${s(factures.length - 3)} facture${s(factures.length - 3)}`,
          precision: '',
          echeance: null,
          etat: factures.some((f) => f.enRetard) ? 'attention' : 'aFaire',
          vers: '/finances/factures',
        })
      const { rows: pretes } = await sql<{
        sens: string
        n: number
      }>`select sens, count(*)::int as n from app.finances_liquidation where etat = 'prete' group by sens`.execute(tx)
      for (const p of pretes)
        liste.push({
          id: `pretes-${p.sens}`,
          libelle: `Envoyer à la signature ${p.n} ${p.sens === 'D' ? 'mandat' : 'titre'}${s(p.n)} prêt${s(p.n)}`,
          precision: '',
          echeance: null,
          etat: 'aFaire',
          vers: p.sens === 'D' ? '/finances/mandater' : '/finances/encaisser',
        })
      const { rows: signes } = await sql<{
        n: number
      }>`select count(*)::int as n from app.finances_bordereau where etat = 'signe'`.execute(tx)
      if (signes[0]!.n > 0)
        liste.push({
          id: 'a-transmettre',
          libelle: `Transmettre ${signes[0]!.n} bordereau${signes[0]!.n > 1 ? 'x' : ''} signé${s(signes[0]!.n)} au comptable`,
          precision: '',
          echeance: null,
          etat: 'aFaire',
          vers: '/finances/bordereaux',
        })
    }
    if (viseur || hasDroit(qui, 'finances.administrer')) {
      const { rows: comptes } = await sql<{ tiers_id: string; nom: string; propose_par_nom: string }>`
        select c.tiers_id, t.nom, c.propose_par_nom from app.finances_compte_bancaire c
        join app.finances_tiers t on t.organisme_id = c.organisme_id and t.id = c.tiers_id
        where c.etat = 'propose' and c.propose_par is distinct from ${qui.personneId} order by c.propose_le limit 20`.execute(
        tx,
      )
      for (const c of comptes)
        liste.push({
          id: `compte-${c.tiers_id}`,
          libelle: `Contrôler le compte bancaire de ${c.nom}`,
          precision: `Saisi par ${c.propose_par_nom}`,
          echeance: null,
          etat: 'aFaire',
          vers: `/finances/tiers?tiers=${c.tiers_id}`,
        })
    }
    return { aFaire: liste }
  })
}
