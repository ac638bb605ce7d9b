import { readDocument, sendFichier } from '#modules/documents/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { inEuros } from '#socle/argent.ts'
import { addMois, type Mois } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { introuvable } from '#socle/refus.ts'
import { insecables } from '#socle/texte.ts'
import { effetSurLeNet, grouperLignes, rubriqueOf } from '../../bulletin/domain/groupes.ts'
import {
  type Bulletin,
  type Cumuls,
  comparer,
  expliquer,
  expliquerDifference,
  JeuParametres,
  type Ligne,
} from '../../calcul/index.ts'
import { getFiche } from '../../carriere/db/carrieres.ts'
import { findPieceDeRetenue } from '../../carriere/retenues/retenues.ts'
import { employeurImprime } from '../../production/editer-mois.ts'
import type { Services } from '../../production/jobs.ts'
import { toEntree } from '../../production/ouvrier.ts'
import * as contrat from '../contract.ts'
import { getDossier } from '../db/dossiers.ts'
import {
  type BulletinTrouve,
  findBulletin,
  findEdition,
  listAnomalies,
  listPieces,
  listRangs,
  listVariables,
  readJeuContenu,
} from '../db/vues.ts'
import { piecesDeLaLigne } from '../domain/justifier.ts'
import { readJeuxAvant } from '../rappels/db/du-mois.ts'

const bulletinAbsent = () => introuvable('Ce bulletin')

async function getBulletin(tx: Tx, mois: Mois, carriereId: string, rang?: number): Promise<BulletinTrouve> {
  const found = await findBulletin(tx, mois, carriereId, rang)
  if (!found) throw bulletinAbsent()
  return found
}

async function viewComparaison(tx: Tx, mois: Mois, carriereId: string, apres: Bulletin) {
  const avantMois = addMois(mois, -1)
  const precedent = await findBulletin(tx, avantMois, carriereId)
  if (!precedent) return null
  const avant = JSON.parse(precedent.bulletin) as Bulletin
  return {
    mois: avantMois,
    ecarts: comparer(avant, apres).lignes.map((l) => ({
      code: l.code,
      libelle: l.libelle,
      avant: l.avant?.montant ?? null,
      apres: l.apres?.montant ?? null,
      ecart: l.ecart,
    })),
    phrases: expliquerDifference(avant, apres).map(insecables),
  }
}

const cumulsVus = (texte: string): Record<string, string> =>
  ((JSON.parse(texte) as Cumuls | null)?.caisses.annee ?? {}) as Record<string, string>

/** The papers to show beside the explanation of a line. */
async function piecesOf(tx: Tx, mois: Mois, carriereId: string, ligne: Ligne) {
  const variables = await listVariables(tx, mois, carriereId)
  const sienne = ligne.groupe === 'retenues' ? await findPieceDeRetenue(tx, carriereId, ligne.code) : null
  const pieces =
    sienne === null
      ? piecesDeLaLigne(ligne, mois, variables, await listPieces(tx, { carriereId }))
      : await listPieces(tx, { id: sienne })
  return pieces.map((p) => ({
    id: p.id,
    numero: p.numero,
    libelle: p.libelle || contrat.LIBELLES_NATURE[p.nature],
  }))
}

export function registerBulletins(application: Application, services: Services): void {
  const { base } = application

  servirOrganisme(application, contrat.lireBulletin, 'bulletins.lire', async ({ tx, params, query }) => {
    await getDossier(tx, params.mois)
    await getFiche(tx, params.carriere)
    const anomalies = await listAnomalies(tx, params.mois, params.carriere)
    const rangs = await listRangs(tx, params.mois, params.carriere)
    const rang = query?.rang ?? rangs[0]
    const found = await findBulletin(tx, params.mois, params.carriere, rang)
    if (!found) return { bulletin: null, anomalies, rangs }
    const bulletin = JSON.parse(found.bulletin) as Bulletin
    return {
      anomalies,
      rangs,
      bulletin: {
        mois: found.mois,
        approuve: found.approuve,
        numero: found.numero,
        rang: rang ?? 1,
        empreinte: found.empreinte,
        aUnPdf: (await findEdition(tx, params.mois, params.carriere, rang)) !== undefined,
        lignes: bulletin.lignes.map((l) => ({
          ...l,
          rubrique: rubriqueOf(l.groupe),
          effet: l.montant === undefined ? null : inEuros(effetSurLeNet(l)),
        })),
        rubriques: grouperLignes(bulletin.lignes).map((r) => ({
          code: r.rubrique,
          libelle: r.libelle,
          total: r.total,
          totalEmployeur: r.totalEmployeur,
        })),
        totaux: { ...bulletin.totaux },
        cumuls: cumulsVus(found.cumuls),
        anomalies,
        // a difference does not compare with a month
        comparaison:
          rang !== undefined && rang > 1 ? null : await viewComparaison(tx, params.mois, params.carriere, bulletin),
      },
    }
  })

  servirOrganisme(application, contrat.expliquerLigne, 'bulletins.lire', async ({ tx, params, query }) => {
    const found = await getBulletin(tx, params.mois, params.carriere, query.rang)
    const parametres = JeuParametres.lire(await readJeuContenu(tx, found.jeu))
    const e = expliquer(toEntree(found.entrees, parametres, await readJeuxAvant(tx, found.entrees)))[query.ligne]
    if (!e) throw introuvable('Cette ligne')
    return {
      titre: e.ligne.libelle,
      phrases: e.phrases.map(insecables),
      regle: insecables(`${e.regle.titre}. ${e.regle.enonce} (${e.regle.texte})`),
      composantes: e.composants.map((c) => ({ libelle: c.libelle, montant: c.montant })),
      parametres: e.parametres.map((p) => ({
        code: p.code,
        libelle: p.libelle,
        valeur: p.valeur,
        depuis: p.depuis,
        texte: insecables(p.texte ?? ''),
        source: p.source,
        verifie: p.verifie,
      })),
      pieces: await piecesOf(tx, params.mois, params.carriere, e.ligne),
    }
  })

  servirLibre(application, contrat.lirePdf, 'bulletins.lire', async ({ qui, params, query, reply }) => {
    const lu = await inOrganisme(base, qui.organismeId, async (tx) => {
      const rang = query.rang ?? (await listRangs(tx, params.mois, params.carriere))[0]
      const found = await getBulletin(tx, params.mois, params.carriere, rang)
      const edition = await findEdition(tx, params.mois, params.carriere, rang)
      if (edition) return { edition }
      const precedent = await findBulletin(tx, addMois(params.mois, -1), params.carriere)
      return {
        aImprimer: {
          entrees: found.entrees,
          bulletin: found.bulletin,
          cumuls: found.cumuls,
          precedent: precedent?.bulletin ?? null,
          agent: await getFiche(tx, params.carriere),
          employeur: employeurImprime(await getOrganisme(tx, qui.organismeId)),
          numero: 'PROJET',
        },
      }
    })
    if (lu.edition) {
      const { document, octets } = await readDocument(base, services.depot, qui, lu.edition.document_id)
      return sendFichier(reply, { nom: document.nom, type: document.typeMime, octets })
    }
    const octets = await services.atelier.imprimer(lu.aImprimer)
    return sendFichier(reply, { nom: `projet-${params.mois}.pdf`, type: 'application/pdf', octets })
  })
}
