import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  ChampChoixMultiple,
  ChampMontant,
  ChampOptions,
  ChampTexte,
  deMois,
  Formulaire,
  signaler,
  useAction,
  useAller,
  useApi,
  usePanneau,
} from '#ui'
import { lireDossier, listerAgents } from '../../../dossier/contract.ts'
import { LIBELLES_GENRE, listerComplements, ouvrirComplement, zOuverture } from '../../complements/contract.ts'

const AIDES = {
  complementaire: 'Après l’approbation : un agent oublié, un contrat arrivé tard, une erreur.',
  urgence: 'À payer tout de suite, sans attendre le calendrier : un départ, un acompte.',
}

/** Who is to be paid beside the run of the month, and why. */
export function OuvrirComplement({ mois, genres }: { mois: string; genres: readonly (keyof typeof AIDES)[] }) {
  const { close } = usePanneau()
  const aller = useAller()
  // sent twice by an impatient hand, it is opened once
  const [id] = useState(() => newId<'Complement'>())
  const agents = useApi(listerAgents, { params: { mois } })
  const d = useApi(lireDossier, { params: { mois } }).data
  const action = useAction(ouvrirComplement, { invalidates: [listerComplements, lireDossier] })
  return (
    <Formulaire
      forme={zOuverture}
      initial={{ genre: genres[0]!, carriereIds: [] }}
      libelle="Ouvrir et calculer"
      annuler={close}
      brouillon={`complement-${mois}`}
      onEnvoyer={async ({ genre, motif, carriereIds, acompte }) => {
        const choisis = carriereIds.map((carriereId) => ({ carriereId, acompte: genre === 'urgence' ? acompte : null }))
        const c = await action.mutateAsync({ params: { mois }, body: { id, genre, motif, agents: choisis } })
        signaler(`Production n° ${c.rang} ouverte et calculée.`)
        close()
        aller(`/paie/complements/${mois}/${c.rang}`)
      }}
    >
      <ChampOptions
        nom="genre"
        libelle="Genre"
        requis
        choix={genres.map((g) => ({ valeur: g, libelle: `${LIBELLES_GENRE[g]}. ${AIDES[g]}` }))}
      />
      <ChampTexte nom="motif" libelle="Pourquoi ?" aide="L’ordonnateur lit cette phrase." requis />
      <ChampChoixMultiple
        nom="carriereIds"
        libelle="Agents"
        requis
        choix={(agents.data?.agents ?? []).map((a) => ({
          valeur: a.carriereId,
          libelle: `${a.nom} ${a.prenom}, ${a.emploi.toLowerCase()}`,
        }))}
      />
      {d?.estModifiable && (
        <ChampMontant
          nom="acompte"
          libelle="Acompte pour chacun"
          aide={`Vide : le mois entier est payé. Sinon, cette somme seule ; le bulletin ${deMois(mois)} la retiendra.`}
        />
      )}
    </Formulaire>
  )
}
