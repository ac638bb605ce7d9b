import { sql } from 'kysely'
import { type Depot, readDocument, receiveFichier, sendFichier } from '#modules/documents/index.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { readInstallation } from '#socle/installation.ts'
import { nomDePieces } from '../../execution/contract.ts'
import { auteurOf } from '../../execution/db/commun.ts'
import { aujourdhui } from '../../execution/http/aujourdhui.ts'
import { appliquerReponse } from '../actions/appliquer.ts'
import { genererFlux, remettreFlux } from '../actions/generer.ts'
import { simulerReponses } from '../actions/simuler.ts'
import * as db from '../db/echanges.ts'
import type { Generation } from '../jobs.ts'
import { aPartIntrouvable, refusDejaTraite, refusHorsDemonstration } from '../refus.ts'
import { FAIRE } from '../reponses/conseils.ts'
import * as contrat from './contract.ts'

const ETATS: Record<contrat.FluxVue['etat'], string> = {
  aCorriger: 'À corriger',
  pret: 'Prêt à remettre',
  remplace: 'Remplacé',
  remis: 'Remis au comptable',
  accepte: 'Reçu par Hélios',
  refuse: 'Refusé par Hélios',
}
const GENRES: Record<string, [libelle: string, faire: string]> = {
  fluxInconnu: [
    'Flux inconnu',
    'Cet accusé répond à un flux qui n’est pas parti d’ici. Vérifiez le fichier ; s’il vient d’un autre logiciel, notez-le.',
  ],
  pieceInconnue: [
    'Pièce inconnue',
    'Cherchez la pièce (autre numéro, autre exercice, autre logiciel), puis notez ce qu’il en est.',
  ],
  budgetInconnu: ['Autre budget', 'Ce fichier concerne un budget qui n’est pas suivi ici.'],
  pjRefusee: ['Pièce jointe refusée', 'Joignez à nouveau la pièce, ou remettez-la au comptable.'],
  reglementEnBaisse: ['Règlement en baisse', 'Demandez au comptable quel règlement il a annulé.'],
}

const ESSAI_A_BLANC = Symbol('rolled back on purpose')

const isXml = async () => ({ mime: 'application/xml' })

export function registerEchanges(
  application: Application,
  { depot, generation }: { depot: Depot; generation: Generation },
): void {
  servirOrganisme(application, contrat.lireEchanges, 'finances.lire', async ({ tx, qui }) => {
    const peutEcrire = hasDroit(qui, 'finances.liquider')
    const demonstration = (await readInstallation(tx, 'demonstration')) !== undefined
    const reglages = await db.readReglages(tx)
    return {
      demonstration,
      peutEcrire,
      peutRegler: hasDroit(qui, 'finances.administrer'),
      reglages,
      rejets: (await db.listRejets(tx)).map((r) => ({
        pieceId: r.piece_id,
        sens: r.sens,
        numero: r.numero,
        exercice: r.annee,
        objet: r.objet,
        tiers: r.tiers_nom,
        ttc: r.ttc,
        etat: r.etat,
        motif: r.motif,
        faire: FAIRE[r.etat],
      })),
      aPart: (await db.listAPart(tx)).map((a) => {
        const [libelleGenre, faire] =
          a.genre === 'aEmettre'
            ? [a.sens === 'D' ? 'Mandat à émettre' : 'Titre à émettre', FAIRE.aEmettre[a.sens ?? 'D']]
            : (GENRES[a.genre] ?? [a.genre, ''])
        return {
          id: a.id,
          genre: a.genre,
          libelleGenre,
          faire,
          libelle: a.libelle,
          montant: a.montant,
          detail: a.detail,
          fichier: a.fichier,
          traiteLe: a.traite_le?.toISOString() ?? null,
          traiteParNom: a.traite_par_nom,
          note: a.note,
        }
      }),
      flux: (await db.listFlux(tx)).map((f) => ({
        id: f.id,
        nom: f.nom,
        budget: f.budget,
        exercice: f.annee,
        sens: f.sens,
        bordereauId: f.bordereau_id,
        typeBordereau: f.type_bordereau,
        bordereau: f.numero_bordereau,
        pieces: f.pieces,
        version: f.version_pes,
        etat: f.etat,
        libelleEtat: ETATS[f.etat],
        genereLe: f.genere_le.toISOString(),
        genereParNom: f.genere_par_nom,
        remisLe: f.remis_le?.toISOString() ?? null,
        reponduLe: f.repondu_le,
        motif: f.motif,
        anomalies: f.anomalies,
        actes: !peutEcrire
          ? []
          : [
              ...(f.etat === 'pret' ? (['remettre'] as const) : []),
              ...(f.etat === 'pret' || f.etat === 'aCorriger' ? (['regenerer'] as const) : []),
              ...(demonstration && f.etat === 'remis' ? (['simuler'] as const) : []),
            ],
      })),
      reponses: (await db.listReponses(tx)).map((r) => ({
        id: r.id,
        genre: r.genre,
        nom: r.nom,
        emiseLe: r.emise_le,
        recueLe: r.recue_le.toISOString(),
        recueParNom: r.recue_par_nom,
        appliques: r.appliques,
        deja: r.deja,
        misAPart: r.mis_a_part,
      })),
      aEmettre: (await db.listAEmettre(tx)).map((b) => ({
        id: b.id,
        libelle: `${nomDePieces({ sens: b.sens, typeBordereau: b.type_bordereau })} n° ${b.numero} de ${b.annee}, ${b.budget}`,
        pieces: b.nombre,
        generation: b.generation,
      })),
    }
  })

  servirOrganisme(application, contrat.genererFlux, 'finances.liquider', async ({ tx, qui, params }) =>
    (await generation.demander(tx, auteurOf(qui), params.bordereau, aujourdhui()))
      ? { id: null, anomalies: [] }
      : genererFlux(tx, depot, auteurOf(qui), params.bordereau, aujourdhui()),
  )

  servirLibre(application, contrat.telechargerFlux, 'finances.lire', async ({ base, qui, params, reply }) => {
    const flux = await inOrganisme(base, qui.organismeId, (tx) => db.getFlux(tx, params.flux))
    const { octets } = await readDocument(base, depot, qui, flux.document_id, 'telecharger')
    return sendFichier(reply, { nom: `${flux.nom}.xml`, type: 'application/xml', octets, telecharger: true })
  })

  servirOrganisme(application, contrat.remettreFlux, 'finances.liquider', async ({ tx, qui, params }) => {
    await remettreFlux(tx, depot, auteurOf(qui), params.flux)
    return { fait: true }
  })

  servirOrganisme(application, contrat.simulerReponse, 'finances.liquider', async ({ tx, qui, params }) => {
    if ((await readInstallation(tx, 'demonstration')) === undefined) throw refusHorsDemonstration()
    return { appliques: await simulerReponses(tx, depot, auteurOf(qui), params.flux, aujourdhui()) }
  })

  servirLibre(application, contrat.deposerReponse, 'finances.liquider', async ({ base, qui, query, request }) => {
    const recu = await receiveFichier(request, isXml)
    let bilan: contrat.Bilan | undefined
    try {
      await inOrganisme(base, qui.organismeId, async (tx) => {
        bilan = await appliquerReponse(tx, depot, auteurOf(qui), { nom: recu.nom, octets: recu.bytes })
        if (query.aBlanc === '1') throw ESSAI_A_BLANC
      })
    } catch (cause) {
      if (cause !== ESSAI_A_BLANC) throw cause
    }
    return bilan!
  })

  servirOrganisme(application, contrat.traiterAPart, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const { rows } = await sql<{ traite_le: Date | null }>`
      select traite_le from app.finances_a_part where id = ${params.apart} for update`.execute(tx)
    if (!rows[0]) throw aPartIntrouvable()
    if (rows[0].traite_le) throw refusDejaTraite()
    await sql`update app.finances_a_part set traite_le = now(), traite_par_nom = ${qui.nom}, note = ${body.note}
      where id = ${params.apart}`.execute(tx)
    return { fait: true }
  })

  servirOrganisme(application, contrat.reglerEchanges, 'finances.administrer', async ({ tx, qui, body }) => {
    await db.writeReglages(tx, qui.organismeId, { ...(await db.readReglages(tx)), ...body })
    return { fait: true }
  })

  servirOrganisme(application, contrat.reglerAsap, 'finances.administrer', async ({ tx, qui, body }) => {
    await db.writeReglages(tx, qui.organismeId, { ...(await db.readReglages(tx)), asap: body })
    return { fait: true }
  })

  servirOrganisme(application, contrat.listerRestes, 'finances.lire', async ({ tx }) => ({
    restes: (await db.listRestes(tx)).map(({ calcule_le, nom, ...r }) => ({
      ...r,
      nom: nom ?? '',
      calculeLe: calcule_le,
    })),
  }))
}
