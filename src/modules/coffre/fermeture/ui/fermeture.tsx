import { IconFileZip } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { adresse, Bouton, Confirmation, compter, Encart, formatInstant, Page, signaler, useAction, useApi } from '#ui'
import { exporterCoffre, listerJournal } from '../../contract.ts'
import { annulerFermeture, DELAI_JOURS, demanderFermeture, lireFermeture } from '../contract.ts'

const APRES = { invalidates: [lireFermeture, listerJournal] }

/** The holder closes her safe: what will happen, how to take everything away first, and how to change her mind. */
export default function FermetureDuCoffre() {
  const lue = useApi(lireFermeture)
  const demande = useAction(demanderFermeture, APRES)
  const annulation = useAction(annulerFermeture, APRES)
  const [confirmer, setConfirmer] = useState(false)
  const f = lue.data
  const fil = [{ libelle: 'Mon coffre', vers: '/coffre' }]
  if (lue.error)
    return (
      <Page titre="Fermer mon coffre" fil={fil}>
        <Encart etat="bloquant" titre="L’état du coffre n’a pas pu être lu">
          {lue.error.message}
        </Encart>
      </Page>
    )
  if (!f)
    return (
      <Page titre="Fermer mon coffre" fil={fil}>
        <p className="bq-discret">Lecture du coffre…</p>
      </Page>
    )
  if (f.faiteLe !== null)
    return (
      <Page titre="Fermer mon coffre" fil={fil}>
        <Encart etat="attention" titre={`Votre coffre est fermé depuis le ${formatInstant(f.faiteLe)}`}>
          Ses documents sont supprimés. Vos employeurs vous remettent vos bulletins sur papier ; chacun garde son
          double.
        </Encart>
      </Page>
    )
  const garder = () =>
    void annulation
      .mutateAsync({})
      .then(() => signaler('Votre coffre reste ouvert.'))
      .catch(() => undefined)
  return (
    <Page
      titre="Fermer mon coffre"
      fil={fil}
      sousTitre={`${compter(f.documents, 'document')} dans le coffre.`}
      action={
        // a plain link: the browser writes the archive to the disk as it comes
        <a className="bq-bouton" href={adresse(exporterCoffre)} download="mon-coffre.zip">
          <IconFileZip size={18} stroke={1.75} aria-hidden="true" />
          <span>Tout télécharger</span>
        </a>
      }
    >
      {f.prevueLe !== null && (
        <Encart etat="attention" titre={`Votre coffre fermera le ${formatInstant(f.prevueLe)}`}>
          <p>
            Jusque-là rien ne change, et vous pouvez changer d’avis. Un courriel vous le rappellera une semaine avant.
          </p>
          <Bouton variante="principal" enCours={annulation.isPending} onClick={garder}>
            Garder mon coffre
          </Bouton>
        </Encart>
      )}
      {annulation.error && (
        <Encart etat="bloquant" titre="La fermeture n’est pas annulée">
          {annulation.error.message}
        </Encart>
      )}
      <section aria-labelledby="fermeture-effets">
        <h2 id="fermeture-effets">Ce qui se passe</h2>
        <ol>
          <li>
            Téléchargez d’abord tout le coffre :{' '}
            {f.exporteLe ? `vous l’avez fait le ${formatInstant(f.exporteLe)}.` : 'vous ne l’avez pas encore fait.'}
          </li>
          <li>Pendant {DELAI_JOURS} jours, rien ne change : vous pouvez lire, télécharger, et garder votre coffre.</li>
          <li>Ensuite, vos documents sont supprimés et leur clé détruite : personne ne pourra plus les rouvrir.</li>
          <li>
            Vos employeurs vous remettent alors vos bulletins sur papier. Chacun garde son double et le reçu de ses
            dépôts.
          </li>
        </ol>
      </section>
      {f.etat === 'ouvert' && (
        <div>
          <Bouton variante="grave" onClick={() => setConfirmer(true)}>
            Demander la fermeture
          </Bouton>
        </div>
      )}
      <Confirmation
        ouverte={confirmer}
        titre="Fermer votre coffre ?"
        verbe="Demander la fermeture"
        grave
        onFermer={() => setConfirmer(false)}
        onConfirmer={() => demande.mutateAsync({ body: { id: newId<'Fermeture'>(), compris: true } })}
      >
        <p>
          Dans {DELAI_JOURS} jours, {compter(f.documents, 'document sera supprimé', 'documents seront supprimés')}, sans
          retour possible. D’ici là, vous pourrez changer d’avis sur cette page.
        </p>
      </Confirmation>
    </Page>
  )
}
