import { sql } from 'kysely'
import { type Base, inOrganisme } from '#socle/db/base.ts'
import { agenceOf, getProduction, listProductions, sumDurees } from './db/productions.ts'

export type BilanProduction = {
  bulletins: number
  edites: number
  attendus: number
  /** Seconds of work of each step, summed over the threads for the PDF. */
  durees: { calcul: number; stockage: number; pdf: number; coffre: number }
  anomalies: { code: string; bloquante: boolean; nombre: number; exemple: string }[]
  arrets: { nom: string; message: string }[]
  enAttenteDApprobation: number
}

/** Waits for the end of a production, then says what it did. */
export async function followProduction(
  base: Base,
  id: string,
  onAvance: (p: { calcules: number; edites: number; agents: number }) => void,
): Promise<BilanProduction> {
  const agence = await agenceOf(base)
  for (;;) {
    const [avance] = await inOrganisme(base, agence, (tx) => listProductions(tx, id))
    if (avance) onAvance(avance)
    if (avance?.finieLe !== null) {
      const p = await inOrganisme(base, agence, (tx) => getProduction(tx, id))
      const anomalies = new Map<string, BilanProduction['anomalies'][number]>()
      for (const c of p.clients)
        for (const a of await anomaliesOf(base, c.client, p.mois)) {
          const known = anomalies.get(a.code)
          anomalies.set(a.code, known ? { ...known, nombre: known.nombre + a.nombre } : a)
        }
      const d = await inOrganisme(base, agence, (tx) => sumDurees(tx, id))
      return {
        bulletins: p.calcules,
        edites: p.edites,
        attendus: p.agents,
        durees: { calcul: d.calcul / 1000, stockage: d.stockage / 1000, pdf: d.pdf / 1000, coffre: d.coffre / 1000 },
        anomalies: [...anomalies.values()].sort((a, b) => b.nombre - a.nombre),
        arrets: p.clients.flatMap((c) => (c.etape === 'arret' ? [{ nom: c.nom, message: c.message ?? '' }] : [])),
        enAttenteDApprobation: p.clients.filter((c) => c.etape === 'approbation').length,
      }
    }
    await new Promise((r) => setTimeout(r, 250))
  }
}

const anomaliesOf = async (base: Base, client: string, mois: string) =>
  (
    await inOrganisme(base, client, (tx) =>
      sql<{ code: string; bloquante: boolean; nombre: number; exemple: string }>`
        select code, bool_or(est_bloquante) as bloquante, count(*)::int as nombre, min(message) as exemple
        from app.paie_anomalie where mois = ${mois} group by code`.execute(tx),
    )
  ).rows
