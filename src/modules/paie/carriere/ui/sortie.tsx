import '../../ui/paie.css'
import './carriere.css'
import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '#socle/ids.ts'
import { ChampChoix, ChampJour, Formulaire, GroupeChamps, signaler, useAction, useAller } from '#ui'
import { MOTIFS_SORTIE } from '../contract.ts'
import { type Effet, lireFiche, listerCarrieres, simulerSortie, sortirCarriere } from '../http/contract.ts'
import { direFait, EffetSurLaPaie, Guet, PanneauEffet } from './effet.tsx'
import { PageEmploi, useEmploi } from './emploi.tsx'

const MOTIFS = Object.entries(MOTIFS_SORTIE).map(([valeur, libelle]) => ({ valeur, libelle }))

/** The end of a post: its effect on the last payslips is read before it is saved. */
export default function Sortie() {
  const de = useEmploi()
  const { carriere, retour } = de
  const aller = useAller()
  const [id] = useState(() => newId<'Acte'>())
  const [vu, setVu] = useState<{ body: z.output<typeof simulerSortie.body>; effet: Effet }>()
  const simulation = useAction(simulerSortie)
  const enregistrement = useAction(sortirCarriere, { invalidates: [lireFiche, listerCarrieres] })
  const params = { carriere }
  const perimer = () => setVu(undefined)
  return (
    <PageEmploi titre="Fin de l’emploi" de={de}>
      <div className="carriere-deux">
        <Guet onToucher={perimer}>
          <Formulaire
            forme={simulerSortie.body}
            libelle="Voir l’effet sur la paie"
            touche="v"
            annuler={() => aller(retour)}
            onEnvoyer={async (v) => {
              const body = simulerSortie.body.parse(v)
              setVu({ body, effet: await simulation.mutateAsync({ params, body }) })
            }}
          >
            <GroupeChamps>
              <ChampJour
                nom="sortie"
                libelle="Premier jour où l’agent n’est plus en poste"
                aide="Le lendemain du dernier jour payé"
                requis
              />
              <ChampChoix nom="motif" libelle="Motif" choix={MOTIFS} requis />
              <p className="bq-discret">
                Pour un détachement, une disponibilité ou un congé parental dont l’agent peut revenir, changez plutôt de
                position : l’emploi reste ouvert.
              </p>
            </GroupeChamps>
          </Formulaire>
        </Guet>
        <PanneauEffet
          attente="Le dernier bulletin est calculé au nombre de jours de présence."
          verbe="Mettre fin à l’emploi"
          action={enregistrement}
          onEnregistrer={
            vu &&
            (async () => {
              signaler(direFait(await enregistrement.mutateAsync({ params, body: { ...vu.body, id } })))
              aller(retour)
            })
          }
        >
          {vu && <EffetSurLaPaie effet={vu.effet} />}
        </PanneauEffet>
      </div>
    </PageEmploi>
  )
}
