import { IconArrowRight, IconCalculator, IconListCheck, IconLock, IconSend } from '@tabler/icons-react'
import { useState } from 'react'
import {
  alerter,
  appeler,
  Bouton,
  BoutonLien,
  Confirmation,
  compter,
  deMois,
  formatMois,
  formatMontant,
  Lien,
  Probleme,
  signaler,
  useAction,
  useAller,
  useApi,
} from '#ui'
import { lirePortefeuille } from '../../../production/contract.ts'
import { calculerAgent, lireControles, listerEcarts, signerControles } from '../../../production/controles/contract.ts'
import {
  calculer,
  clore,
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
  listerPieces,
  ouvrirSuivant,
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
  listerPieces,
  lirePortefeuille,
  lireControles,
  listerEcarts,
]

/** `Calculer` and `Envoyer à l'approbation`, when this person may and the month allows it. */
export function ActesDossier({
  dossier: d,
  seulementCalcul = false,
  carriere,
}: {
  dossier: Dossier
  seulementCalcul?: boolean
  /** Computes this post alone: the others keep their payslip. */
  carriere?: string
}) {
  const [confirme, setConfirme] = useState(false)
  const calcul = useAction(calculer, { invalidates: LECTURES_DU_MOIS })
  const calculSeul = useAction(calculerAgent, { invalidates: LECTURES_DU_MOIS })
  const envoi = useAction(envoyer, { invalidates: LECTURES_DU_MOIS })
  const signature = useAction(signerControles)
  const liste = useApi(lireControles, { params: { mois: d.mois } }, { actif: confirme, garder: false })
  const constats = liste.data?.lignes.reduce((n, l) => n + l.constats.length, 0) ?? 0
  const peut = (acte: Dossier['actes'][number]) => d.actes.includes(acte)
  const aCalculer = d.etat !== 'calcule' || d.estPerime
  const dire = {
    onSuccess: (apres: Dossier) =>
      signaler(
        apres.compteurs.bloquantes > 0
          ? `${compter(apres.compteurs.bulletins, 'bulletin calculé', 'bulletins calculés')} ; ${compter(apres.compteurs.bloquantes, 'anomalie bloquante', 'anomalies bloquantes')} à corriger.`
          : `${compter(apres.compteurs.bulletins, 'bulletin calculé', 'bulletins calculés')}.`,
      ),
    onError: (e: Error) => alerter(e instanceof Probleme ? e.titre : 'Le calcul n’a pas abouti', e.message),
  }
  const lancer = () =>
    // the first run of a month is that of everybody
    carriere === undefined || d.calculeLe === null
      ? calcul.mutate({ params: { mois: d.mois } }, dire)
      : calculSeul.mutate(
          { params: { mois: d.mois, carriere: carriere as never } },
          {
            ...dire,
            onSuccess: (apres) =>
              signaler(
                `Bulletin de cet agent recalculé ; ${compter(apres.compteurs.bulletins, 'bulletin calculé', 'bulletins calculés')} ce mois-ci.`,
              ),
          },
        )
  return (
    <>
      {d.compteurs.bulletins > 0 && carriere === undefined && (
        <BoutonLien touche="o" icone={IconListCheck} vers={`/paie/controles/${d.mois}`}>
          Contrôles
        </BoutonLien>
      )}
      {peut('calculer') && (
        <Bouton
          variante={aCalculer ? 'principal' : 'normal'}
          touche="c"
          icone={IconCalculator}
          enCours={calcul.isPending || calculSeul.isPending}
          onClick={lancer}
        >
          {d.calculeLe ? 'Recalculer' : 'Calculer'}
        </Bouton>
      )}
      {!seulementCalcul && (d.etat === 'diffuse' || d.etat === 'clos' || d.etat === 'approuve') && (
        <OuvrirSuivant mois={d.mois} />
      )}
      {!seulementCalcul && peut('clore') && <Clore mois={d.mois} />}
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
              const { empreinte, peutSigner } =
                liste.data ?? (await appeler(lireControles, { params: { mois: d.mois } }))
              if (empreinte !== null && peutSigner)
                await signature.mutateAsync({ params: { mois: d.mois }, body: { empreinte } })
              await envoi.mutateAsync({ params: { mois: d.mois } })
              signaler('La paie est chez l’ordonnateur. Vous serez prévenu ici de sa réponse.')
            }}
          >
            <p>
              La paie {deMois(d.mois)} va être envoyée à l’ordonnateur : {compter(d.compteurs.bulletins, 'bulletin')},{' '}
              {formatMontant(d.totaux.netAPayer)} nets à payer.
            </p>
            {liste.data && !liste.data.signature && (
              <p>
                Vous signez la liste de contrôle de ces bulletins :{' '}
                {constats === 0 ? 'aucun constat' : compter(constats, 'constat relu', 'constats relus')}.{' '}
                <Lien vers={`/paie/controles/${d.mois}`}>Relire la liste</Lien>
              </p>
            )}
            <p>Tant qu’il ne l’a pas renvoyée, plus rien ne peut être saisi ni recalculé.</p>
            {d.estPerime && <p>Attention : des éléments ont changé depuis le dernier calcul.</p>}
          </Confirmation>
        </>
      )}
    </>
  )
}

/** Ends the month: the server says what still waits in it. */
function Clore({ mois }: { mois: string }) {
  const [confirme, setConfirme] = useState(false)
  const action = useAction(clore, { invalidates: LECTURES_DU_MOIS })
  return (
    <>
      <Bouton variante="principal" icone={IconLock} onClick={() => setConfirme(true)}>
        Clore le mois
      </Bouton>
      <Confirmation
        ouverte={confirme}
        titre={`Clore la paie ${deMois(mois)}`}
        verbe="Clore le mois"
        onFermer={() => setConfirme(false)}
        onConfirmer={async () => {
          await action.mutateAsync({ params: { mois } })
          signaler('Le mois est clos.')
        }}
      >
        <p>Plus aucune pièce n’entrera dans ce mois. Ce qui viendrait plus tard se réglera par un rappel.</p>
      </Confirmation>
    </>
  )
}

function OuvrirSuivant({ mois }: { mois: string }) {
  const aller = useAller()
  const action = useAction(ouvrirSuivant, { invalidates: LECTURES_DU_MOIS })
  const dossiers = useApi(listerDossiers)
  const suivant = dossiers.data?.dossiers
    .map((x) => x.mois)
    .sort()
    .find((m) => m > mois)
  if (!dossiers.data) return null
  if (suivant)
    return (
      <BoutonLien icone={IconArrowRight} vers={`/paie/gestion/${suivant}`}>
        Aller à {formatMois(suivant)}
      </BoutonLien>
    )
  return (
    <Bouton
      icone={IconArrowRight}
      enCours={action.isPending}
      onClick={() =>
        action.mutate(
          { params: { mois } },
          {
            onSuccess: (d) => aller(`/paie/gestion/${d.mois}`),
            onError: (e) => alerter('Le mois suivant n’a pas été ouvert', e.message),
          },
        )
      }
    >
      Ouvrir le mois suivant
    </Bouton>
  )
}
