import { useEffect } from 'react'
import { EtatVide, useAller, useApi } from '#ui'
import { listerDossiers } from '../../contract.ts'
import { moisAApprouver, moisEnCours } from './mois-courant.ts'

/** Without a month in the address: goes to the one that waits. */
function Ouvrir({ base, choisir }: { base: string; choisir: typeof moisEnCours }) {
  const lus = useApi(listerDossiers)
  const aller = useAller()
  const mois = lus.data && choisir(lus.data.dossiers)
  useEffect(() => {
    if (mois) aller(`${base}/${mois}`, { remplacer: true })
  }, [mois, base, aller])
  if (lus.error)
    return (
      <EtatVide titre="Les mois de paie n’ont pas pu être lus" etat="attention">
        {lus.error.message}
      </EtatVide>
    )
  if (lus.data && !mois)
    return (
      <EtatVide titre="Aucun mois de paie n’est ouvert.">
        L’agence ouvre le premier mois : vous pourrez alors déposer vos pièces ici.
      </EtatVide>
    )
  return <p className="bq-discret">Ouverture du mois…</p>
}

export const OuvrirDossier = () => <Ouvrir base="/dossier" choisir={moisEnCours} />
export const OuvrirApprobation = () => <Ouvrir base="/approbation" choisir={moisAApprouver} />
