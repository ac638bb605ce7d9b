import { useState } from 'react'
import {
  Bouton,
  ChampCase,
  ChampChoix,
  ChampTexte,
  ChampTexteLong,
  Formulaire,
  GroupeChamps,
  signaler,
  useAction,
} from '#ui'
import type { ReglagesAsap } from '../contract.ts'
import { lireEchanges, reglerAsap, reglerEchanges } from '../http/contract.ts'

const invalide = { invalidates: [lireEchanges] }

/** How the flux are written, and what the avis des sommes à payer say. */
export function Reglages(r: { version: '5.17' | '5.24'; dematerialise: boolean; asap: ReglagesAsap | null }) {
  const reglage = useAction(reglerEchanges, invalide)
  return (
    <div className="bq-pile">
      <Formulaire
        forme={reglerEchanges.body}
        initial={{ version: r.version, dematerialise: r.dematerialise }}
        onEnvoyer={async (body) => {
          await reglage.mutateAsync({ body })
          signaler('Réglages enregistrés.')
        }}
      >
        <ChampChoix
          nom="version"
          libelle="Version de PES"
          aide="Celle que le comptable attend. Les prochains flux la suivront."
          choix={[
            { valeur: '5.17', libelle: '5.17' },
            { valeur: '5.24', libelle: '5.24' },
          ]}
          requis
        />
        <ChampCase
          nom="dematerialise"
          libelle="Bordereaux signés électroniquement"
          aide="Le flux attend alors sa signature XAdES avant l’envoi."
        />
      </Formulaire>
      <Avis asap={r.asap} />
    </div>
  )
}

const lieu = (nom: string, libelle: string) => (
  <GroupeChamps titre={libelle}>
    <ChampTexte nom={`${nom}.nom`} libelle="Nom" requis />
    <ChampTexte nom={`${nom}.adresse`} libelle="Adresse" requis />
    <ChampTexte nom={`${nom}.codePostal`} libelle="Code postal" requis />
    <ChampTexte nom={`${nom}.ville`} libelle="Ville" requis />
  </GroupeChamps>
)
const vide = { nom: '', adresse: '', codePostal: '', ville: '' }

function Avis({ asap }: { asap: ReglagesAsap | null }) {
  const reglage = useAction(reglerAsap, invalide)
  const [payfip, setPayfip] = useState(asap?.tipi != null)
  return (
    <section>
      <h2>Avis des sommes à payer</h2>
      <p>Ce que la DGFiP imprime sur les avis des titres qu’elle édite. Demandez ces mentions au comptable.</p>
      <Formulaire
        forme={reglerAsap.body}
        initial={
          asap ?? {
            emetteur: { ...vide, categorie: '23' },
            signataire: { nom: '', prenom: '', role: '' },
            encaissement: vide,
            tresorerie: vide,
            tipi: null,
            prelevement: 'Démarche non prévue par la collectivité.',
          }
        }
        onEnvoyer={async (body) => {
          await reglage.mutateAsync({ body: { ...body, tipi: payfip ? body.tipi : null } })
          signaler('Avis des sommes à payer : mentions enregistrées.')
        }}
      >
        <ChampChoix
          nom="emetteur.categorie"
          libelle="Émetteur"
          choix={[
            { valeur: '23', libelle: 'Commune' },
            { valeur: '24', libelle: 'Groupement de collectivités' },
            { valeur: '25', libelle: 'Caisse des écoles' },
            { valeur: '26', libelle: 'CCAS ou CIAS' },
            { valeur: '29', libelle: 'Autre établissement public' },
          ]}
          requis
        />
        {lieu('emetteur', 'Service à joindre')}
        <GroupeChamps titre="Signataire">
          <ChampTexte nom="signataire.nom" libelle="Nom" requis />
          <ChampTexte nom="signataire.prenom" libelle="Prénom" requis />
          <ChampTexte nom="signataire.role" libelle="Qualité" requis />
        </GroupeChamps>
        {lieu('tresorerie', 'Centre des finances publiques')}
        {lieu('encaissement', 'Centre d’encaissement')}
        <ChampTexte
          nom="refBdf"
          libelle="Référence Banque de France"
          aide="L’ICS, ou le numéro d’émetteur que donne le comptable."
          requis
        />
        {payfip ? (
          <GroupeChamps titre="PayFiP">
            <ChampTexte nom="tipi.code" libelle="Numéro de la collectivité" requis />
            <ChampTexte nom="tipi.adresse" libelle="Adresse de la page de paiement" requis />
          </GroupeChamps>
        ) : (
          <Bouton type="button" onClick={() => setPayfip(true)}>
            Ajouter le paiement en ligne PayFiP
          </Bouton>
        )}
        <ChampTexteLong nom="prelevement" libelle="Prélèvement automatique" requis />
        <ChampTexteLong
          nom="contestation"
          libelle="Contestation"
          aide="Délai et juge compétent, par exemple le tribunal administratif et sa ville."
          requis
        />
      </Formulaire>
    </section>
  )
}
