import { useState } from 'react'
import { adresse, Confirmation, DepotFichiers, envoyerFichier, signaler, useInvalidation } from '#ui'
import { type Bilan, deposerReponse, lireEchanges } from '../http/contract.ts'
import { BilanReponse, resumer } from './bilan.tsx'

const url = (aBlanc: boolean) => adresse(deposerReponse, { query: { aBlanc: aBlanc ? '1' : '0' } })

/** An answer is read without effect first; the person sees what it does, then applies it. */
export function DeposerReponse() {
  const [lu, setLu] = useState<{ fichier: File; bilan: Bilan }>()
  const invalider = useInvalidation()
  return (
    <>
      <DepotFichiers
        libelle="Lire une réponse du comptable"
        aide="Un fichier ACQUIT ou PES Retour. Vous verrez ce qu’il change avant de l’appliquer."
        formats=".xml"
        envoyer={(fichier, suivi) => envoyerFichier(url(true), fichier, suivi)}
        onRecu={(fichier, bilan) => setLu({ fichier, bilan: bilan as Bilan })}
      />
      {lu && (
        <Confirmation
          ouverte
          titre={lu.fichier.name}
          verbe={lu.bilan.dejaLue ? 'Fermer' : 'Appliquer'}
          onConfirmer={async () => {
            if (lu.bilan.dejaLue) return
            const bilan = (await envoyerFichier(url(false), lu.fichier)) as Bilan
            signaler(`Réponse lue : ${resumer(bilan)}.`)
            await invalider([lireEchanges])
          }}
          onFermer={() => setLu(undefined)}
        >
          <BilanReponse bilan={lu.bilan} />
        </Confirmation>
      )}
    </>
  )
}
