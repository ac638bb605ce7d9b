import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { ChampOptions, ChampTexte, ChampTexteLong, Formulaire, signaler, useAction } from '#ui'
import { listerSuccessions, preparerRemise, QUALITES } from '../contract.ts'
import { DepotPreuve, type Preuve } from './preuve.tsx'

const forme = preparerRemise.body.omit({ id: true, documentId: true })

/** The first of the two persons: who is to receive the papers, why, and what proves it. */
export function Preparation({ succession, onFait }: { succession: string; onFait: () => void }) {
  const preparation = useAction(preparerRemise, { invalidates: [listerSuccessions] })
  const [id] = useState(() => newId<'Remise'>())
  const [preuve, setPreuve] = useState<Preuve>()
  return (
    <div className="bq-pile">
      <DepotPreuve
        libelle="Joindre la preuve de sa qualité : acte de notoriété, attestation du notaire"
        preuve={preuve}
        onPreuve={setPreuve}
      />
      {preuve && (
        <Formulaire
          forme={forme}
          initial={{ qualite: 'heritier' }}
          libelle="Préparer la remise"
          onEnvoyer={async (body) => {
            await preparation.mutateAsync({
              params: { succession },
              body: { ...body, id, documentId: preuve.documentId },
            })
            signaler('La remise est préparée : une autre personne en décide.')
            onFait()
          }}
        >
          <ChampTexte nom="beneficiaire" libelle="À qui" aide="Nom, prénom, ville." requis />
          <ChampOptions
            nom="qualite"
            libelle="Qualité"
            choix={Object.entries(QUALITES).map(([valeur, libelle]) => ({ valeur, libelle }))}
          />
          <ChampTexteLong nom="motif" libelle="Pourquoi" requis />
        </Formulaire>
      )}
    </div>
  )
}
