import '../../ui/paie.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  ChampCase,
  ChampChoix,
  ChampJour,
  ChampTexte,
  ChampTexteLong,
  Encart,
  Formulaire,
  formatJour,
  GroupeChamps,
  Page,
  signaler,
  useAction,
  useAller,
  useApi,
  useRecherche,
} from '#ui'
import { lireTaux } from '../../dossier/ui/commun/libelles.ts'
import { listerParametres, listerPropositions, proposerValeur } from '../contract.ts'

type Parametre = (typeof listerParametres)['reply']['_output']['parametres'][number]

const trouDe = (p: Parametre) => p.valeurs.find((v) => v.valeur === null)
const EXEMPLES: Readonly<Record<string, string>> = {
  taux: 'Un pourcentage, par exemple 2,80 %',
  euros: 'Un montant en euros, par exemple 12,02',
  coefficient: 'Un coefficient, par exemple 1,25',
  fraction: 'Une fraction, par exemple 6/7',
}

/** A parameter is chosen, holes first, then its new value is written with its dates, its text and its source. */
export default function Proposer() {
  const [r, setR] = useRecherche()
  const q = useApi(listerParametres)
  const parametres = q.data?.parametres ?? []
  const choisi = parametres.find((p) => p.code === r.code)
  const choix = parametres
    .toSorted((a, b) => Number(!trouDe(a)) - Number(!trouDe(b)) || a.libelle.localeCompare(b.libelle, 'fr'))
    .map((p) => ({
      valeur: p.code,
      libelle: trouDe(p) ? `${p.libelle} — valeur à trouver` : p.libelle,
    }))
  return (
    <Page
      titre="Nouvelle valeur légale"
      sousTitre="Elle ne sert à aucun calcul avant qu’une autre personne la publie."
      fil={[
        { libelle: 'Paramètres de la paie', vers: '/pex/parametres' },
        { libelle: 'Valeurs proposées', vers: '/pex/parametres/propositions' },
      ]}
    >
      {q.error && !q.data && <Encart etat="attention">{q.error.message}</Encart>}
      <ChampChoix
        libelle="Paramètre"
        aide="Ceux dont une valeur manque viennent d’abord."
        choix={choix}
        valeur={r.code}
        onValeur={(code) => setR({ code: code || undefined })}
        largeur="40rem"
        requis
      />
      {choisi && <Saisie key={choisi.code} parametre={choisi} />}
    </Page>
  )
}

function Saisie({ parametre: p }: { parametre: Parametre }) {
  const aller = useAller()
  const proposition = useAction(proposerValeur, { invalidates: [listerPropositions] })
  // One id for all the attempts of this form: a second send does not double it.
  const [id] = useState(() => newId<'Proposition'>())
  const trou = trouDe(p)
  const derniere = p.valeurs.findLast((v) => v.valeur !== null)
  const bareme = p.valeurs.findLast((v) => v.tranches)?.tranches
  const initial = {
    verifie: false,
    ...(trou ? { depuis: trou.depuis, texte: trou.texte } : {}),
    ...(trou?.jusqua ? { jusqua: trou.jusqua } : {}),
    ...(bareme ? { valeur: bareme.join('\n') } : {}),
  }
  return (
    <div className="bq-pile paie-proposer">
      <p className="bq-discret">
        {derniere
          ? `Dernière valeur connue : ${lireTaux(derniere.valeur!)}, ${
              derniere.jusqua
                ? `du ${formatJour(derniere.depuis)} au ${formatJour(derniere.jusqua)} exclu`
                : `depuis le ${formatJour(derniere.depuis)}`
            }.`
          : 'Aucune valeur n’est connue.'}
        {trou?.note && ` ${trou.note}`}
      </p>
      <Formulaire
        forme={proposerValeur.body.omit({ id: true, code: true })}
        initial={initial}
        libelle="Proposer cette valeur"
        touche="e"
        annuler={() => aller('/pex/parametres')}
        brouillon={`proposition-${p.code}`}
        onEnvoyer={async (v) => {
          const faite = await proposition.mutateAsync({ body: { ...v, id, code: p.code } })
          signaler('Valeur proposée. Simulez maintenant son effet.')
          aller(`/pex/parametres/propositions/${faite.id}`)
        }}
      >
        {bareme ? (
          <ChampTexteLong
            nom="valeur"
            libelle="Barème"
            aide="Une tranche par ligne, du plus petit seuil au plus grand ; la dernière commence par « au-delà »."
            lignes={bareme.length}
            requis
          />
        ) : (
          <ChampTexte
            nom="valeur"
            libelle="Valeur"
            aide={EXEMPLES[p.unite] ?? `En ${p.unite}`}
            largeur="16rem"
            requis
          />
        )}
        <GroupeChamps colonnes={2}>
          <ChampJour nom="depuis" libelle="À partir du" requis />
          <ChampJour nom="jusqua" libelle="Jusqu’au (ce jour exclu)" aide="Vide : sans fin connue" />
        </GroupeChamps>
        <ChampTexte nom="texte" libelle="Texte" aide="Loi, décret ou arrêté, avec son article" requis />
        <ChampTexte nom="source" libelle="Source" aide="Où vous avez lu cette valeur : adresse ou document" requis />
        <ChampCase
          nom="verifie"
          libelle="Je l’ai lue dans le texte officiel"
          aide="Sinon elle porte la marque « non vérifié », jusque dans l’explication des bulletins."
        />
        <ChampTexte nom="note" libelle="Note" aide="Ce que la personne qui publiera doit savoir" />
      </Formulaire>
    </div>
  )
}
