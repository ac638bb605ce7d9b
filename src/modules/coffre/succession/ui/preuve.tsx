import { adresse, DepotFichiers, Encart, envoyerFichier } from '#ui'
import { deposerPreuve } from '../contract.ts'

export type Preuve = { documentId: string; nom: string }

/** One paper, sent before the act that it proves. */
export function DepotPreuve({
  libelle,
  preuve,
  onPreuve,
}: {
  libelle: string
  preuve: Preuve | undefined
  onPreuve: (p: Preuve) => void
}) {
  if (preuve) return <Encart etat="fait">« {preuve.nom} » est joint.</Encart>
  return (
    <DepotFichiers
      libelle={libelle}
      formats=".pdf,.jpg,.jpeg,.png"
      envoyer={(f, suivi) => envoyerFichier(adresse(deposerPreuve), f, suivi)}
      onRecu={(_, reponse) => onPreuve(reponse as Preuve)}
    />
  )
}
