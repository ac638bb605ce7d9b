import { once } from 'node:events'
import type { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import { type Depot, personne } from '#modules/documents/index.ts'
import { type Base, inPersonne } from '#socle/db/base.ts'
import type { Objet } from '../contract.ts'
import { noteActe, readJournal, type Titulaire } from '../db/journal.ts'
import { listObjets } from '../db/objets.ts'
import {
  indexCsv,
  indexHtml,
  journalCsv,
  lisezMoi,
  type Place,
  placesOf,
  recuOf,
  sha256sums,
} from '../exchange/archive.ts'
import { cleOf, noteConstats } from './lire.ts'

/**
 * The whole safe as a ZIP, streamed: papers are read, verified and sent one by one, at the pace of the reader, so that
 * fifty years of payslips weigh no more in memory than one.
 */
export async function exportCoffre(
  base: Base,
  depot: Depot,
  titulaire: Titulaire,
  {
    acte = 'exporter',
    joints: textes = [],
  }: { acte?: 'exporter' | 'remettre'; joints?: readonly { chemin: string; texte: string }[] } = {},
): Promise<PassThrough> {
  const { objets, journal, cle } = await inPersonne(base, titulaire.personneId, async (tx) => {
    const objets = await listObjets(tx)
    await noteActe(tx, titulaire, { acte, nombre: objets.length })
    return { objets, journal: await readJournal(tx), cle: await cleOf(tx, depot, titulaire) }
  })
  const zip = new ZipFile()
  const sortie = zip.outputStream as PassThrough
  const places = placesOf(objets)
  const add = (texte: string, chemin: string) => zip.addBuffer(Buffer.from(texte), chemin)

  async function fill(): Promise<void> {
    const joints: Place[] = []
    const constats: { objet: Objet; constat: 'corrompu' | 'absent' }[] = []
    for (const place of places) {
      if (sortie.destroyed) return // the reader has left
      const lecture = await depot.open(cle, personne(titulaire.personneId), place.objet.empreinte)
      if (lecture.etat !== 'intact') {
        constats.push({ objet: place.objet, constat: lecture.etat })
        continue
      }
      joints.push(place)
      // a PDF is compressed already
      zip.addBuffer(Buffer.from(lecture.octets), place.chemin, {
        compress: false,
        mtime: new Date(place.objet.deposeLe),
      })
      if (sortie.writableNeedDrain) await Promise.race([once(sortie, 'drain'), once(sortie, 'close')])
    }
    const illisibles = constats.map((c) => c.objet)
    const absents = new Set(illisibles.map((o) => o.id))
    add(indexHtml(places, absents), 'index.html')
    add(indexCsv(places, absents), 'index.csv')
    add(journalCsv(journal), 'journal.csv')
    add(`${JSON.stringify(objets.map(recuOf), null, 2)}\n`, 'recus.json')
    add(sha256sums(joints), 'SHA256SUMS')
    for (const t of textes) add(t.texte, t.chemin)
    add(lisezMoi(joints.length, illisibles), 'LISEZMOI.txt')
    // before the last byte: whoever has the archive finds in the journal what it lacks
    await noteConstats(base, titulaire, constats)
    zip.end()
  }
  fill().catch((error) => sortie.destroy(error))
  return sortie
}
