import '../../../ui/paie.css'
import '../../ui/carriere.css'
import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  ChampChoix,
  ChampJour,
  ChampTexte,
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
import { type Effet, lireFiche, listerCarrieres } from '../../http/contract.ts'
import { direFait, EffetSurLaPaie, Guet, PanneauEffet } from '../../ui/effet.tsx'
import { CODES_POSITION, changerPosition, POSITIONS, type Position, simulerPosition } from '../contract.ts'

const CHOIX = [
  { valeur: 'activite', libelle: 'Activité (réintégration)' },
  ...CODES_POSITION.map((p) => ({ valeur: p, libelle: POSITIONS[p].libelle })),
]

/** A position taken or left, from its arrêté: the post goes on, its pay may stop. */
export default function ChangerPosition() {
  const { agent, carriere } = useParametres<{ agent: string; carriere: string }>()
  const aller = useAller()
  const fiche = useApi(lireFiche, { params: { agent } })
  const c = fiche.data?.carrieres.find((x) => x.id === carriere)
  const [id] = useState(() => newId<'Acte'>())
  const [position, setPosition] = useState('')
  const [vu, setVu] = useState<{ body: z.output<typeof simulerPosition.body>; effet: Effet }>()
  const simulation = useAction(simulerPosition)
  const enregistrement = useAction(changerPosition, { invalidates: [lireFiche, listerCarrieres] })
  const params = { carriere }
  const retour = `/agents/${agent}?emploi=${carriere}`
  const regle = position in POSITIONS ? POSITIONS[position as Position] : undefined
  return (
    <Page
      titre="Changer de position"
      sousTitre={fiche.data && c ? `${fiche.data.prenom} ${fiche.data.nom}, ${c.emploi}` : undefined}
      fil={[
        { libelle: 'Agents', vers: '/agents' },
        { libelle: fiche.data ? `${fiche.data.nom} ${fiche.data.prenom}` : 'Agent', vers: retour },
      ]}
    >
      {fiche.error && !fiche.data && <Encart etat="attention">{fiche.error.message}</Encart>}
      <div className="carriere-deux">
        <Guet onToucher={() => setVu(undefined)}>
          <Formulaire
            forme={simulerPosition.body}
            libelle="Voir l’effet sur la paie"
            touche="v"
            annuler={() => aller(retour)}
            brouillon={`position-${carriere}`}
            onEnvoyer={async (v) => {
              const body = simulerPosition.body.parse(v)
              setVu({ body, effet: await simulation.mutateAsync({ params, body }) })
            }}
          >
            <GroupeChamps>
              <ChampChoix nom="position" libelle="Position" choix={CHOIX} onValeur={setPosition} requis />
              {regle && (
                <p className="bq-discret">
                  {regle.effet} {regle.texte}
                  {!regle.verifie && ' (à vérifier)'}.
                </p>
              )}
              <ChampJour nom="depuis" libelle="À partir du" requis />
              {position !== 'activite' && (
                <ChampJour
                  nom="jusqua"
                  libelle="Retour prévu le"
                  aide="Premier jour de retour en activité ; vide si l’arrêté ne le dit pas"
                />
              )}
              {regle && position !== 'disponibilite' && position !== 'congeParental' && (
                <ChampTexte
                  nom="accueil"
                  libelle={position === 'detachementEntrant' ? 'Organisme d’origine' : 'Organisme d’accueil'}
                />
              )}
              <ChampTexte nom="motif" libelle="Arrêté" aide="Avec son numéro et sa date" requis />
            </GroupeChamps>
          </Formulaire>
        </Guet>
        <PanneauEffet
          attente="Le bulletin du mois est calculé avec et sans ce changement ; rien n’est enregistré avant que vous l’ayez lu."
          verbe="Enregistrer cette position"
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
