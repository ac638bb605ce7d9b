import '../../../ui/paie.css'
import '../../ui/carriere.css'
import { useState } from 'react'
import type { z } from 'zod'
import { newId } from '#socle/ids.ts'
import { ChampChoix, ChampJour, ChampTexte, Formulaire, GroupeChamps, signaler, useAction, useAller } from '#ui'
import { type Effet, lireFiche, listerCarrieres } from '../../http/contract.ts'
import { direFait, EffetSurLaPaie, Guet, PanneauEffet } from '../../ui/effet.tsx'
import { PageEmploi, useEmploi } from '../../ui/emploi.tsx'
import { CODES_POSITION, changerPosition, POSITIONS, type Position, simulerPosition } from '../contract.ts'

const CHOIX = [
  { valeur: 'activite', libelle: 'Activité (réintégration)' },
  ...CODES_POSITION.map((p) => ({ valeur: p, libelle: POSITIONS[p].libelle })),
]

/** A position taken or left, from its arrêté: the post goes on, its pay may stop. */
export default function ChangerPosition() {
  const de = useEmploi()
  const { carriere, retour } = de
  const aller = useAller()
  const [id] = useState(() => newId<'Acte'>())
  const [position, setPosition] = useState('')
  const [vu, setVu] = useState<{ body: z.output<typeof simulerPosition.body>; effet: Effet }>()
  const simulation = useAction(simulerPosition)
  const enregistrement = useAction(changerPosition, { invalidates: [lireFiche, listerCarrieres] })
  const params = { carriere }
  const regle = position in POSITIONS ? POSITIONS[position as Position] : undefined
  return (
    <PageEmploi titre="Changer de position" de={de}>
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
    </PageEmploi>
  )
}
