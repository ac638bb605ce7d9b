import '../../ui/paie.css'
import './carriere.css'
import { useState } from 'react'
import { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  ChampChoix,
  ChampJour,
  ChampNir,
  ChampOptions,
  ChampTexte,
  Encart,
  Formulaire,
  GroupeChamps,
  Page,
  signaler,
  useAction,
  useAller,
  useApi,
} from '#ui'
import { LIBELLES_STATUT, type StatutCarriere } from '../contract.ts'
import { creerAgent, lireFiche, listerCarrieres, listerGrilles, zNouveau } from '../http/contract.ts'
import { ChampsSituation } from './champs-situation.tsx'
import { departDe, type GradeDeGrille, lireSituation, type Saisie } from './saisie.ts'

const STATUTS = Object.entries(LIBELLES_STATUT).map(([valeur, libelle]) => ({ valeur, libelle }))

/** A recruit: who, on which post, in which situation. */
export default function NouvelAgent() {
  const grilles = useApi(listerGrilles)
  const [statut, setStatut] = useState<StatutCarriere>('contractuel')
  return (
    <Page
      titre="Nouvel agent"
      sousTitre="Son compte bancaire se propose ensuite, dans son dossier : une autre personne le confirme."
      fil={[{ libelle: 'Agents', vers: '/agents' }]}
    >
      {grilles.error && <Encart etat="attention">{grilles.error.message}</Encart>}
      <ChampChoix
        libelle="Statut"
        choix={STATUTS}
        valeur={statut}
        onValeur={(v) => setStatut(v as StatutCarriere)}
        largeur="22rem"
        requis
      />
      {grilles.data && <Saisir key={statut} statut={statut} grades={grilles.data.grades} />}
    </Page>
  )
}

function Saisir({ statut, grades }: { statut: StatutCarriere; grades: readonly GradeDeGrille[] }) {
  const aller = useAller()
  const creation = useAction(creerAgent, { invalidates: [listerCarrieres, lireFiche] })
  const [entree, setEntree] = useState('')
  const [ids] = useState(() => ({ id: newId<'Agent'>(), carriereId: newId<'Carriere'>() }))
  const depart = departDe(statut, undefined)
  const forme = z.preprocess(
    (v) => {
      const s = v as Saisie
      return { ...s, contenu: lireSituation((s.contenu ?? {}) as Saisie, grades, String(s.entree ?? '')) }
    },
    zNouveau.omit({ id: true, carriereId: true }),
  )
  return (
    <Formulaire
      forme={forme}
      initial={{ contenu: depart, motif: '' } as never}
      libelle="Créer l’agent"
      touche="e"
      annuler={() => aller('/agents')}
      brouillon={`agent-nouveau-${statut}`}
      onEnvoyer={async (v) => {
        const f = await creation.mutateAsync({ body: { ...forme.parse(v), ...ids } })
        signaler(`${f.prenom} ${f.nom} est créé sous le matricule ${f.matricule}.`)
        aller(`/agents/${f.agentId}`)
      }}
    >
      <GroupeChamps titre="Identité" colonnes={2}>
        <ChampTexte nom="nom" libelle="Nom d’usage" requis />
        <ChampTexte nom="prenom" libelle="Prénom" requis />
        <ChampTexte nom="nomNaissance" libelle="Nom de naissance" aide="S’il diffère" />
        <ChampOptions
          nom="sexe"
          libelle="Sexe"
          choix={[
            { valeur: 'F', libelle: 'Féminin' },
            { valeur: 'M', libelle: 'Masculin' },
          ]}
        />
        <ChampJour nom="naissance" libelle="Naissance" passe requis />
        <ChampNir nom="nir" libelle="Numéro de sécurité sociale, clé comprise" requis />
        <ChampTexte nom="adresse" libelle="Adresse" />
        <ChampTexte nom="codePostal" libelle="Code postal" largeur="8rem" />
        <ChampTexte nom="ville" libelle="Ville" />
        <ChampTexte nom="courriel" libelle="Courriel" type="email" />
      </GroupeChamps>
      <GroupeChamps titre="Emploi" colonnes={2}>
        <ChampTexte nom="emploi" libelle="Emploi occupé" requis />
        <ChampTexte nom="matricule" libelle="Matricule" aide="Vide : le suivant" />
        <ChampJour nom="entree" libelle="Entrée" requis onValeur={setEntree} />
        <ChampJour nom="terme" libelle="Dernier jour du contrat" aide="S’il a un terme" />
        <ChampTexte nom="motif" libelle="Arrêté ou contrat" aide="Avec son numéro et sa date" />
      </GroupeChamps>
      <ChampsSituation statut={statut} depart={depart} grades={grades} depuis={entree} />
    </Formulaire>
  )
}
