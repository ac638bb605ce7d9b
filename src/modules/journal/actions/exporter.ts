import type { PassThrough } from 'node:stream'
import { ZipFile } from 'yazl'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import { listBordereaux } from '../db/bordereaux.ts'
import { readEcritures } from '../db/ecritures.ts'
import { lignesOf } from '../domain/bordereau.ts'
import type { Ecriture } from '../domain/controle.ts'
import { type Auteur, ORIGINE } from '../domain/fait.ts'
import { fichiersOf } from '../exchange/archive.ts'
import { inscrire } from './inscrire.ts'

/** The files of the journal of a body between two numbers, with the seals of that stretch. */
export async function readPreuves(base: Base, organismeId: string, plage: { de?: number; a?: number } = {}) {
  return inOrganisme(base, organismeId, async (tx) => {
    const de = plage.de ?? 1
    const ecritures: Ecriture[] = []
    let depart = ORIGINE
    for await (const e of readEcritures(tx, Math.max(1, de - 1), plage.a)) {
      if (e.numero < de) depart = e.empreinte
      else ecritures.push({ numero: e.numero, evenement: e.evenement, empreinte: e.empreinte })
    }
    const numeros = new Set(ecritures.map((e) => e.numero))
    const bordereaux = (await listBordereaux(tx)).filter((b) =>
      lignesOf(b.texte).some((l) => l.organismeId === organismeId && numeros.has(l.numero)),
    )
    return fichiersOf(organismeId, depart, ecritures, bordereaux)
  })
}

/** As a ZIP; the export is itself an entry of the journal. */
export async function exporterJournal(
  base: Base,
  organismeId: string,
  qui: Auteur,
  plage: { de?: number; a?: number },
): Promise<PassThrough> {
  const fichiers = await readPreuves(base, organismeId, plage)
  await inOrganisme(base, organismeId, (tx) =>
    inscrire(tx, organismeId, qui, { acte: 'journal.exporter', detail: { ...plage } }),
  )
  const zip = new ZipFile()
  for (const f of fichiers) zip.addBuffer(f.octets, f.chemin)
  zip.end()
  return zip.outputStream as PassThrough
}
