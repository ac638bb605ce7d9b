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

/** A production that runs is in the status line, whoever launched it and wherever the page was opened. */
export function useSuivreEnLigne(p: Resume | undefined): void {
  const { suivre, travaux } = useTravaux()
  const organisme = useOrganisme()
  const url = useAdresseSuivi()
  const cle = p && `production-${p.id}`
  const connue = travaux.some((t) => t.cle === cle)
  const enCours = p !== undefined && !estFinie(p)
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each production
  useEffect(() => {
    if (!enCours || connue) return
    suivre({
      cle: `production-${p.id}`,
      libelle: `Paie ${deMois(p.mois)}`,
      url: url(p.id),
      vers: `/o/${organisme.siren || organisme.id}/pex/production/${p.id}`,
      organisme: organisme.id,
    })
  }, [cle, enCours])
}
