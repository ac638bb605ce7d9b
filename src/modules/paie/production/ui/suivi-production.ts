import { useEffect } from 'react'
import { adresse, deMois, useOrganisme, useTravaux } from '#ui'
import { type Production, suivreProduction } from '../contract.ts'

export type Resume = Omit<Production, 'clients'>

export const estFinie = (p: Resume): boolean => p.finieLe !== null

/** Address of the events of a production. */
export function useAdresseSuivi(): (id: string) => string {
  const { id: organisme } = useOrganisme()
  return (id) => adresse(suivreProduction, { params: { production: id }, query: { organisme } })
}

/** Puts a production in the status line. */
export function useSuivre(): (p: Resume) => void {
  const { suivre } = useTravaux()
  const organisme = useOrganisme()
  const url = useAdresseSuivi()
  return (p) =>
    suivre({
      cle: cleDe(p),
      libelle: `Paie ${deMois(p.mois)}`,
      url: url(p.id),
      vers: `/o/${organisme.siren || organisme.id}/pex/production/${p.id}`,
      organisme: organisme.id,
    })
}

const cleDe = (p: Resume) => `production-${p.id}`

/** A production that runs is in the status line, whoever launched it and wherever the page was opened. */
export function useSuivreEnLigne(p: Resume | undefined): void {
  const { travaux } = useTravaux()
  const suivre = useSuivre()
  const cle = p && cleDe(p)
  const connue = travaux.some((t) => t.cle === cle)
  const enCours = p !== undefined && !estFinie(p)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each production
  useEffect(() => {
    if (enCours && !connue) suivre(p)
  }, [cle, enCours])
}
