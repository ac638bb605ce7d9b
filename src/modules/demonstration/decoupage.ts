import { createRequire } from 'node:module'
import type { DecoupageDepartement } from './domain/organismes.ts'

type Membre = { code: string; siren: string; nom: string; populationTotale: number; populationMunicipale: number }
type Epci = { code: string; nom: string; type: string; membres: Membre[] }
type Commune = { code: string; type: string; departement?: string; codesPostaux?: string[] }

const DEPARTEMENT = '40'
/** Edition 2026 of the package (6.0.0): perimeters and populations in force on 2026-01-01. */
const ANNEE = 2026

/** Communes and EPCI of the Landes, as published in `@etalab/decoupage-administratif`. */
export function readDecoupage(): DecoupageDepartement {
  const require = createRequire(import.meta.url)
  const communes = require('@etalab/decoupage-administratif/data/communes.json') as Commune[]
  const epci = require('@etalab/decoupage-administratif/data/epci.json') as Epci[]
  const codesPostaux = new Map(
    communes
      .filter((c) => c.departement === DEPARTEMENT && c.type === 'commune-actuelle')
      .map((c) => [c.code, c.codesPostaux ?? []]),
  )
  const groupements = epci.filter((e) => e.membres.some((m) => codesPostaux.has(m.code)))
  return {
    annee: ANNEE,
    communes: groupements
      .flatMap((e) =>
        e.membres
          .filter((m) => codesPostaux.has(m.code))
          .map((m) => ({
            code: m.code,
            siren: m.siren,
            nom: m.nom,
            codePostal: codesPostaux.get(m.code)?.[0] ?? '',
            municipale: m.populationMunicipale,
            totale: m.populationTotale,
            epciSiren: e.code,
          })),
      )
      .sort((a, b) => a.code.localeCompare(b.code)),
    epci: groupements.map((e) => ({
      siren: e.code,
      nom: e.nom,
      type: e.type === 'CA' ? ('ca' as const) : ('cc' as const),
      municipale: e.membres.reduce((total, m) => total + m.populationMunicipale, 0),
      totale: e.membres.reduce((total, m) => total + m.populationTotale, 0),
    })),
  }
}
