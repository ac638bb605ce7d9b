import { IconCalculator, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import { alerter, Bouton, Confirmation, compter, deMois, formatMontant, Probleme, signaler, useAction } from '#ui'
import { lirePortefeuille } from '../../../production/contract.ts'
import {
  calculer,
  type Dossier,
  envoyer,
  expliquerLigne,
  lireAgent,
  lireBulletin,
  lireDossier,
  listerAgents,
  listerAnomalies,
  listerDossiers,
  listerJournal,
} from '../../contract.ts'

/** Whatever shows a figure of the month. */
export const LECTURES_DU_MOIS = [
  lireDossier,
  listerDossiers,
  listerAgents,
  lireAgent,
  lireBulletin,
  expliquerLigne,
  listerAnomalies,
  listerJournal,
  lirePortefeuille,
]

/** `Calculer` and `Envoyer à l'approbation`, when this person may and the month allows it. */
export function ActesDossier({ dossier: d, seulementCalcul = false }: { dossier: Dossier; seulementCalcul?: boolean }) {
  const [confirme, setConfirme] = useState(false)
  const calcul = useAction(calculer, { invalidates: LECTURES_DU_MOIS })
  const envoi = useAction(envoyer, { invalidates: LECTURES_DU_MOIS })
  const peut = (acte: Dossier['actes'][number]) => d.actes.includes(acte)
  const aCalculer = d.etat !== 'calcule' || d.estPerime
  const lancer = () =>
    calcul.mutate(
      { params: { mois: d.mois } },
      {
        onSuccess: (apres) =>
          signaler(
            apres.compteurs.bloquantes > 0
              ? `${compter(apres.compteurs.bulletins, 'bulletin calculé', 'bulletins calculés')} ; ${compter(apres.compteurs.bloquantes, 'anomalie bloquante', 'anomalies bloquantes')} à corriger.`
              : `${compter(apres.compteurs.bulletins, 'bulletin calculé', 'bulletins calculés')}.`,
          ),
        onError: (e) => alerter(e instanceof Probleme ? e.titre : 'Le calcul n’a pas abouti', e.message),
      },
    )
  return (
    <>
      {peut('calculer') && (
        <Bouton
          variante={aCalculer ? 'principal' : 'normal'}
          touche="c"
          icone={IconCalculator}
          enCours={calcul.isPending}
          onClick={lancer}
        >
          {d.calculeLe ? 'Recalculer' : 'Calculer'}
        </Bouton>
      )}
      {!seulementCalcul && peut('envoyer') && (
        <>
          <Bouton
            variante={aCalculer ? 'normal' : 'principal'}
            touche="e"
            icone={IconSend}
            onClick={() => setConfirme(true)}
          >
            Envoyer à l’approbation
          </Bouton>
          <Confirmation
            ouverte={confirme}
            titre="Envoyer à l’approbation"
            verbe="Envoyer à l’ordonnateur"
            onFermer={() => setConfirme(false)}
            onConfirmer={async () => {
              await envoi.mutateAsync({ params: { mois: d.mois } })
              signaler('La paie est chez l’ordonnateur. Vous serez prévenu ici de sa réponse.')
            }}
          >
            <p>
              La paie {deMois(d.mois)} va être envoyée à l’ordonnateur : {compter(d.compteurs.bulletins, 'bulletin')},{' '}
              {formatMontant(d.totaux.netAPayer)} nets à payer.
            </p>
            <p>Tant qu’il ne l’a pas renvoyée, plus rien ne peut être saisi ni recalculé.</p>
            {d.estPerime && <p>Attention : des éléments ont changé depuis le dernier calcul.</p>}
          </Confirmation>
        </>
      )}
    </>
  )
}
