import { z } from 'zod'
import { readDocument, receiveFichier, sendFichier } from '#modules/documents/index.ts'
import { inscrire } from '#modules/journal/index.ts'
import { getOrganisme } from '#modules/organismes/index.ts'
import { type Jour, zJour } from '#socle/dates.ts'
import { inOrganisme } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { UUID, zId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import type { Services } from '../../production/jobs.ts'
import { separerPiece } from '../actions/pages.ts'
import { type DepotPiece, deposerPiece, traiterPiece } from '../actions/pieces.ts'
import { auteurOf } from '../actions/visas.ts'
import { aujourdhuiAParis, readDateLimite } from '../calendrier/db/calendriers.ts'
import * as contrat from '../contract.ts'
import { listAttendues } from '../db/attendues.ts'
import { getPiece, listPieces } from '../db/vues.ts'
import { countPages, decouper } from '../documents/pages.ts'
import { renderRecu } from '../documents/recu.ts'
import { lignesDePiece } from './lignes-de-piece.ts'

/** The other fields of the upload form, all text. */
const zChamps = z.object({
  id: zId<'Piece'>(),
  nature: z.enum(contrat.NATURES_PIECE, 'Choisissez la nature de la pièce.'),
  libelle: z.string().trim().max(200).default(''),
  effet: z
    .union([z.literal(''), zJour])
    .optional()
    .transform((e) => (e ? (e as Jour) : null)),
  remplace: z
    .union([z.literal(''), zId<'Piece'>()])
    .optional()
    .transform((r) => r || null),
  carrieres: z
    .string()
    .default('[]')
    .transform((text, ctx): string[] => {
      try {
        const ids: unknown = JSON.parse(text)
        if (Array.isArray(ids) && ids.every((i) => typeof i === 'string' && UUID.test(i))) return ids
      } catch {}
      ctx.addIssue({ code: 'custom', message: 'Agents concernés illisibles.' })
      return []
    }),
})

function readChamps(champs: Record<string, string>): DepotPiece {
  const parsed = zChamps.safeParse(champs)
  if (!parsed.success)
    throw new Refus('saisie.invalide', 'Certaines valeurs sont à corriger ; rien n’a été enregistré.', {
      status: 400,
      champs: Object.fromEntries(parsed.error.issues.map((i) => [i.path.join('.'), i.message])),
    })
  const { carrieres, ...rest } = parsed.data
  return { ...rest, carriereIds: carrieres }
}

export function registerPieces(application: Application, services: Services): void {
  const { base } = application
  const { depot } = services

  servirOrganisme(application, contrat.listerPieces, 'pieces.lire', async ({ tx, params }) => ({
    pieces: await listPieces(tx, { mois: params.mois }),
    ...(await listAttendues(tx, params.mois)),
  }))

  servirLibre(application, contrat.deposerPiece, 'pieces.deposer', async ({ qui, params, request }) => {
    const fichier = await receiveFichier(request)
    const piece = readChamps(fichier.champs)
    return inOrganisme(base, qui.organismeId, async (tx) => {
      const id = await deposerPiece(tx, depot, auteurOf(qui), params.mois, piece, fichier, {
        aujourdhui: aujourdhuiAParis(),
        dateLimite: await readDateLimite(tx, params.mois),
      })
      return getPiece(tx, id)
    })
  })

  servirOrganisme(application, contrat.traiterPiece, 'pieces.traiter', async ({ tx, qui, params, body }) => {
    await traiterPiece(tx, auteurOf(qui), params.piece, body)
    return getPiece(tx, params.piece)
  })

  servirOrganisme(application, contrat.lirePiece, 'pieces.lire', ({ tx, params }) => getPiece(tx, params.piece))

  /** Opens a paper for a person: a health paper asks for its own right, and each opening is journalled. */
  async function openPiece(qui: Acteur, id: string) {
    const piece = await inOrganisme(base, qui.organismeId, (tx) => getPiece(tx, id))
    if (contrat.NATURES_SANTE.includes(piece.nature)) {
      if (!hasDroit(qui, 'sante.lire'))
        throw new Refus(
          'piece.sante',
          'Cette pièce porte une donnée de santé : votre rôle ne permet pas de l’ouvrir.',
          {
            status: 403,
          },
        )
      await inOrganisme(base, qui.organismeId, (tx) =>
        inscrire(tx, qui.organismeId, qui, {
          acte: 'sante.lire',
          objet: { type: 'piece', id: piece.id, libelle: `Pièce ${piece.numero}` },
          sensible: 'sante',
        }),
      )
    }
    const { document, octets } = await readDocument(base, depot, qui, piece.documentId)
    return { piece, nom: document.nom, type: document.typeMime, octets }
  }

  servirLibre(application, contrat.lireContenuPiece, 'pieces.lire', async ({ qui, params, reply }) =>
    sendFichier(reply, await openPiece(qui, params.piece)),
  )

  const pdfSeulement = (type: string) => {
    if (type !== 'application/pdf')
      throw new Refus('piece.pasUnPdf', 'Seules les pages d’un PDF se séparent. Cette pièce est une image.')
  }
  servirLibre(application, contrat.listerPages, 'pieces.traiter', async ({ qui, params }) => {
    const { octets, type } = await openPiece(qui, params.piece)
    pdfSeulement(type)
    return { pages: await countPages(octets) }
  })
  servirLibre(application, contrat.separerPages, 'pieces.traiter', async ({ qui, params, body }) => {
    const { octets, type } = await openPiece(qui, params.piece)
    pdfSeulement(type)
    const pdfs = await decouper(
      octets,
      body.parties.map((p) => p.pages),
    )
    return inOrganisme(base, qui.organismeId, async (tx) => {
      const parties = body.parties.map(({ pages: _, ...p }, i) => ({ ...p, octets: pdfs[i]! }))
      const mois = await separerPiece(tx, depot, auteurOf(qui), params.piece, parties)
      return { pieces: await listPieces(tx, { mois }) }
    })
  })

  servirOrganisme(application, contrat.listerLignesDePiece, 'bulletins.lire', async ({ tx, params }) => ({
    lignes: await lignesDePiece(tx, params.piece),
  }))

  servirLibre(application, contrat.lireRecu, 'pieces.lire', async ({ qui, params, reply }) => {
    const { piece, organisme } = await inOrganisme(base, qui.organismeId, async (tx) => ({
      piece: await getPiece(tx, params.piece),
      organisme: await getOrganisme(tx, qui.organismeId),
    }))
    const octets = renderRecu({
      version: 1,
      numero: String(piece.numero),
      mois: piece.mois,
      deposeLe: piece.deposeLe,
      deposant: piece.deposePar,
      organisme: { nom: organisme.nom, siret: organisme.siret },
      nature: contrat.LIBELLES_NATURE[piece.nature],
      ...(piece.libelle ? { libelle: piece.libelle } : {}),
      ...(piece.effet ? { effet: piece.effet } : {}),
      fichier: { nom: piece.nomFichier, taille: piece.taille, empreinte: piece.empreinte },
      personnes: piece.concerne.map((c) => c.nom),
    })
    return sendFichier(reply, { nom: `recu-${piece.numero}.pdf`, type: 'application/pdf', octets })
  })
}
