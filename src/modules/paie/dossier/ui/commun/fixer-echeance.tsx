import { z } from 'zod'
import { Bouton, ChampJour, ChampTexte, Formulaire, formatJourLong, signaler, useAction, usePanneau } from '#ui'
import { fixerEcheance, lireCalendrier } from '../../calendrier/contract.ts'
import { lireDossier, listerJournal } from '../../contract.ts'

type Echeance = (typeof lireCalendrier)['reply']['_output']['echeances'][number]
const INVALIDES = [lireCalendrier, lireDossier, listerJournal]
const FORME = z.object({
  jour: z.string('Donnez une date.'),
  motif: z.string('Dites pourquoi : la collectivité le lira.').min(3, 'Dites pourquoi : la collectivité le lira.'),
})

/** Another day for one step of this month, with its reason; or the computed one again. */
export function FixerEcheance({ mois, echeance: e }: { mois: string; echeance: Echeance }) {
  const { close } = usePanneau()
  const action = useAction(fixerEcheance, { invalidates: INVALIDES })
  const envoyer = async (jour: string | null, motif: string) => {
    await action.mutateAsync({ params: { mois }, body: { etape: e.etape, jour, motif } })
    signaler('La collectivité voit la nouvelle date.')
    close()
  }
  return (
    <div className="bq-pile">
      <p>Date calculée : {formatJourLong(e.calcule)}.</p>
      <Formulaire
        forme={FORME}
        initial={{ jour: e.jour, ...(e.motif ? { motif: e.motif } : {}) }}
        libelle="Fixer cette date"
        annuler={close}
        onEnvoyer={(v) => envoyer(v.jour, v.motif)}
      >
        <ChampJour nom="jour" libelle="Date pour ce mois" requis />
        <ChampTexte nom="motif" libelle="Pourquoi" aide="Par exemple : comptable fermé le 26" requis />
      </Formulaire>
      {e.motif !== null && (
        <Bouton variante="discret" enCours={action.isPending} onClick={() => void envoyer(null, '')}>
          Revenir à la date calculée
        </Bouton>
      )}
    </div>
  )
}
