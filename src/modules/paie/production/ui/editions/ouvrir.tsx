import { useEffect } from 'react'
import { EtatVide, Page, useAller, useApi } from '#ui'
import { listerDossiers } from '../../../dossier/contract.ts'

/** The editions of the last month that was approved, or else of the current one. */
export function OuvrirEditions() {
  const aller = useAller()
  const q = useApi(listerDossiers)
  const dossiers = q.data?.dossiers
  const mois = (dossiers?.find((d) => ['approuve', 'diffuse', 'clos'].includes(d.etat)) ?? dossiers?.[0])?.mois
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the month is known
  useEffect(() => {
    if (mois) aller(`/paie/editions/${mois}`, { remplacer: true })
  }, [mois])
  return (
    <Page titre="Éditions">
      {dossiers?.length === 0 ? (
        <EtatVide titre="Aucun mois de paie n’est ouvert." />
      ) : (
        <p className="bq-discret">{q.error ? q.error.message : 'Ouverture…'}</p>
      )}
    </Page>
  )
}
