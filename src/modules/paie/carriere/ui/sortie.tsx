import '../../ui/paie.css'
import './carriere.css'
import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  ChampChoix,
  ChampJour,
  Encart,
  Formulaire,
  GroupeChamps,
  Page,
  signaler,
  useAction,
  useAller,
  useApi,
  useParametres,
} from '#ui'
import { MOTIFS_SORTIE } from '../contract.ts'
import { type Effet, lireFiche, listerCarrieres, simulerSortie, sortirCarriere } from '../http/contract.ts'
import { direFait, EffetSurLaPaie, Guet, PanneauEffet } from './effet.tsx'

const MOTIFS = Object.entries(MOTIFS_SORTIE).map(([valeur, libelle]) => ({ valeur, libelle }))

/** The end of a post: its effect on the last payslips is read before it is saved. */
export default function Sortie() {
  const { agent, carriere } = useParametres<{ agent: string; carriere: string }>()
  const aller = useAller()
  const fiche = useApi(lireFiche, { params: { agent } })
  const c = fiche.data?.carrieres.find((x) => x.id === carriere)
  const [id] = useState(() => newId<'Acte'>())
  const [vu, setVu] = useState<{ body: z.output<typeof simulerSortie.body>; effet: Effet }>()
  const simulation = useAction(simulerSortie)
  const enregistrement = useAction(sortirCarriere, { invalidates: [lireFiche, listerCarrieres] })
  const params = { carriere }
  const perimer = () => setVu(undefined)
  const retour = `/agents/${agent}?emploi=${carriere}`
  return (
    <Page
      titre="Fin de l’emploi"
      sousTitre={fiche.data && c ? `${fiche.data.prenom} ${fiche.data.nom}, ${c.emploi}` : undefined}
      fil={[
        { libelle: 'Agents', vers: '/agents' },
        { libelle: fiche.data ? `${fiche.data.nom} ${fiche.data.prenom}` : 'Agent', vers: retour },
      ]}
    >
      {fiche.error && !fiche.data && <Encart etat="attention">{fiche.error.message}</Encart>}
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
    </Page>
  )
}
