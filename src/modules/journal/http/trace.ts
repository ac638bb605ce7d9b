import type { Acteur } from '#socle/droits.ts'
import type { Demande, Empreinte, Trace } from '#socle/http/servir.ts'
import { createMemoire } from '#socle/memoire.ts'
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
  const dites = createMemoire(RAPPEL_MS)

  function lecture(qui: Acteur, demande: Demande): Empreinte | undefined {
    const sensible = LECTURES[demande.droit ?? '']
    if (!sensible) return undefined
    const { verbe, chemin } = demande.route
    const cle = [qui.personneId, qui.organismeId, verbe, chemin, ...Object.values(demande.params)].join(' ')
    if (dites.has(cle)) return undefined
    return {
      ecrire: (tx) => inscrire(tx, qui.organismeId, qui, faitOf('lire', demande, { sensible })),
      retenir: () => dites.retenir(cle),
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
    refus(qui, demande) {
      const cle = ['refus', qui.compteId, qui.organismeId, demande.droit].join(' ')
      if (dites.has(cle)) return undefined
      return {
        ecrire: (tx) =>
          inscrire(tx, qui.organismeId, qui, {
            acte: 'droit.refuser',
            detail: { droit: demande.droit ?? '', route: `${demande.route.verbe} ${demande.route.chemin}` },
          }),
        retenir: () => dites.retenir(cle),
      }
    },
    compte(qui, demande) {
      if (demande.route.verbe === 'GET') return undefined
      return { ecrire: (tx) => inscrireAgence(tx, qui, faitOf('ecrire', demande)), retenir() {} }
    },
  }
}
