import { type Base, inOrganisme } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import {
  type ActeLecture,
  type Document,
  getDocument,
  insertAnomalie,
  insertLecture,
  listDocumentsAfter,
} from '../db/documents.ts'
import { organisme } from '../domain/scellement.ts'
import { refusAbsent, refusCorrompu } from '../refus.ts'
import type { Depot, Lecture } from '../store/depot.ts'

/**
 * Opens a document for a person: the reading is journalled first, then the bytes are read and verified, outside of the
 * transaction. What is altered or missing is recorded, and refused.
 * The caller has checked that the person may see this paper.
 */
export async function readDocument(
  base: Base,
  depot: Depot,
  acteur: Acteur,
  id: string,
  acte: ActeLecture = 'consulter',
): Promise<{ document: Document; octets: Uint8Array }> {
  const proprietaire = organisme(acteur.organismeId)
  const { document, cle } = await inOrganisme(base, acteur.organismeId, async (tx) => {
    const document = await getDocument(tx, id)
    await insertLecture(tx, acteur, id, acte)
    return { document, cle: (await depot.cles(tx, [proprietaire])).get(proprietaire)! }
  })
  const lecture = await depot.open(cle, proprietaire, document.empreinte)
  if (lecture.etat === 'intact') return { document, octets: lecture.octets }
  await inOrganisme(base, acteur.organismeId, (tx) => insertAnomalie(tx, acteur.organismeId, id, lecture.etat))
  throw lecture.etat === 'corrompu' ? refusCorrompu(document.nom) : refusAbsent(document.nom)
}

const PAGE = 200

/** Controls every document of a body against its hash, and records what is not as deposited. */
export async function controlDocuments(base: Base, depot: Depot, organismeId: string) {
  const proprietaire = organisme(organismeId)
  const bilan = { controles: 0, anomalies: [] as { document: Document; constat: 'corrompu' | 'absent' }[] }
  for (let apres = '00000000-0000-0000-0000-000000000000'; ; ) {
    const { page, cle } = await inOrganisme(base, organismeId, async (tx) => ({
      page: await listDocumentsAfter(tx, apres, PAGE),
      cle: (await depot.cles(tx, [proprietaire])).get(proprietaire)!,
    }))
    const constats: { document: Document; constat: Exclude<Lecture['etat'], 'intact'> }[] = []
    for (const document of page) {
      const { etat } = await depot.open(cle, proprietaire, document.empreinte)
      if (etat !== 'intact') constats.push({ document, constat: etat })
    }
    if (constats.length > 0)
      await inOrganisme(base, organismeId, async (tx) => {
        for (const c of constats) await insertAnomalie(tx, organismeId, c.document.id, c.constat)
      })
    bilan.controles += page.length
    bilan.anomalies.push(...constats)
    const dernier = page.at(-1)
    if (!dernier) return bilan
    apres = dernier.id
  }
}
