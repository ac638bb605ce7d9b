import type { Acteur } from '#socle/droits.ts'
import type { Demande, Empreinte, Trace } from '#socle/http/servir.ts'
import { inscrire, inscrireAgence } from '../actions/inscrire.ts'
import type { Fait } from '../domain/fait.ts'

/** Rights whose readings are told, and why the law protects what they show. */
const LECTURES: Record<string, 'paie' | 'sante'> = {
  'agents.lire': 'paie',
  'bulletins.lire': 'paie',
  'pieces.lire': 'paie',
  'sante.lire': 'sante',
}

/** The same person who reads the same thing again within this time is told once. */
const RAPPEL_MS = 15 * 60_000
const MEMOIRE = 20_000

const faitOf = (acte: 'lire' | 'ecrire', { route, params }: Demande, plus: Partial<Fait> = {}): Fait => {
  const noms = [...route.chemin.matchAll(/:(\w+)/g)].map((m) => m[1]!)
  const dernier = noms.at(-1)
  return {
    acte,
    ...(dernier ? { objet: { type: dernier, id: params[dernier]! } } : {}),
    detail: {
      resume: route.resume,
      route: `${route.verbe} ${route.chemin}`,
      ...(noms.length > 1 ? { params } : {}),
    },
    ...plus,
  }
}

/** Each process remembers what it told; another process tells it again, which only adds an entry. */
export function createTrace(): Trace {
  const dites = new Map<string, number>()

  function lecture(qui: Acteur, demande: Demande): Empreinte | undefined {
    const sensible = LECTURES[demande.droit ?? '']
    if (!sensible) return undefined
    const { verbe, chemin } = demande.route
    const cle = [qui.personneId, qui.organismeId, verbe, chemin, ...Object.values(demande.params)].join(' ')
    const le = dites.get(cle)
    if (le !== undefined && Date.now() - le < RAPPEL_MS) return undefined
    return {
      ecrire: (tx) => inscrire(tx, qui.organismeId, qui, faitOf('lire', demande, { sensible })),
      retenir() {
        dites.delete(cle)
        if (dites.size >= MEMOIRE) dites.delete(dites.keys().next().value!)
        dites.set(cle, Date.now())
      },
    }
  }

  return {
    organisme(qui, demande) {
      if (demande.route.verbe === 'GET') return lecture(qui, demande)
      return {
        ecrire: (tx) => inscrire(tx, qui.organismeId, qui, faitOf('ecrire', demande)),
        retenir() {},
      }
    },
    compte(qui, demande) {
      if (demande.route.verbe === 'GET') return undefined
      return { ecrire: (tx) => inscrireAgence(tx, qui, faitOf('ecrire', demande)), retenir() {} }
    },
  }
}
