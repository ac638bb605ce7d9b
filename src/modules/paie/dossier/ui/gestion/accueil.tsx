import '../../../ui/paie.css'
import { useEffect } from 'react'
import { BoutonLien, EtatVide, formatMois, Page, useAller, useApi } from '#ui'
import { listerDossiers } from '../../contract.ts'

/** `/paie/gestion`: the month that is being prepared. */
export default function AccueilGestion() {
  const q = useApi(listerDossiers)
  const aller = useAller()
  const dossiers = q.data?.dossiers
  const courant = dossiers?.find((d) => d.etat !== 'diffuse' && d.etat !== 'clos') ?? dossiers?.[0]
  useEffect(() => {
    if (courant) aller(`/paie/gestion/${courant.mois}`, { remplacer: true })
  }, [courant, aller])
  if (q.error)
    return (
      <Page titre="Paie du mois">
        <EtatVide titre="La paie n’a pas pu être ouverte." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  return (
    <Page titre="Paie du mois">
      {dossiers && !courant ? (
        <EtatVide titre="Aucun mois n’est ouvert dans cette collectivité.">
          Le premier mois s’ouvre à la reprise de ses agents.
        </EtatVide>
      ) : courant ? (
        <BoutonLien vers={`/paie/gestion/${courant.mois}`}>Ouvrir {formatMois(courant.mois)}</BoutonLien>
      ) : (
        <p className="bq-discret">Ouverture du mois…</p>
      )}
    </Page>
  )
}
