import '../../ui/paie.css'
import './carriere.css'
import { useState } from 'react'
import { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  ChampChoix,
  ChampJour,
  ChampTexte,
  Encart,
  Formulaire,
  GroupeChamps,
  signaler,
  useAction,
  useAller,
  useApi,
  useRecherche,
} from '#ui'
import { LIBELLES_STATUT, type StatutCarriere } from '../contract.ts'
import {
  changerSituation,
  type Effet,
  type FicheCarriere,
  lireFiche,
  listerCarrieres,
  listerGrilles,
  simulerSituation,
} from '../http/contract.ts'
import { ChampsSituation } from './champs-situation.tsx'
import { direFait, EffetSurLaPaie, Guet, PanneauEffet } from './effet.tsx'
import { PageEmploi, useEmploi } from './emploi.tsx'
import { departDe, type GradeDeGrille, lireSituation, type Saisie } from './saisie.ts'

/** A new situation for a post: typed from the arrêté or the contract, its effect read, then saved. */
export default function ChangerSituation() {
  const de = useEmploi()
  const grilles = useApi(listerGrilles)
  return (
    <PageEmploi titre="Changer la situation" de={de}>
      {grilles.error && !grilles.data && <Encart etat="attention">{grilles.error.message}</Encart>}
      {de.emploi && grilles.data && <Saisir agent={de.agent} carriere={de.emploi} grades={grilles.data.grades} />}
    </PageEmploi>
  )
}

function Saisir({
  agent,
  carriere: c,
  grades,
}: {
  agent: string
  carriere: FicheCarriere['carrieres'][number]
  grades: readonly GradeDeGrille[]
}) {
  const [r] = useRecherche()
  const reprise = c.situations.find((s) => s.depuis === r.depuis)
  const actuelle = reprise ?? c.situations.at(-1)
  const [statut, setStatut] = useState<StatutCarriere>(actuelle?.contenu.statut ?? 'contractuel')
  const choix = Object.entries(LIBELLES_STATUT).map(([valeur, libelle]) => ({ valeur, libelle }))
  return (
    <>
      <ChampChoix
        libelle="Statut"
        choix={choix}
        valeur={statut}
        onValeur={(v) => setStatut(v as StatutCarriere)}
        largeur="22rem"
        requis
      />
      <FormulaireSituation
        key={statut}
        agent={agent}
        carriere={c.id}
        statut={statut}
        depart={departDe(statut, actuelle?.contenu)}
        {...(reprise ? { depuis: reprise.depuis } : {})}
        grades={grades}
      />
    </>
  )
}

function FormulaireSituation({
  agent,
  carriere,
  statut,
  depart,
  depuis: jour = '',
  grades,
}: {
  agent: string
  carriere: string
  statut: StatutCarriere
  depart: Saisie
  depuis?: string
  grades: readonly GradeDeGrille[]
}) {
  const aller = useAller()
  const [depuis, setDepuis] = useState(jour)
  const [id] = useState(() => newId<'Acte'>())
  const [vu, setVu] = useState<{ body: z.output<typeof simulerSituation.body>; effet: Effet }>()
  const simulation = useAction(simulerSituation)
  const enregistrement = useAction(changerSituation, { invalidates: [lireFiche, listerCarrieres] })
  const params = { carriere }
  const forme = z.preprocess((v) => {
    const s = v as Saisie
    return { ...s, contenu: lireSituation((s.contenu ?? {}) as Saisie, grades, String(s.depuis ?? '')) }
  }, simulerSituation.body)
  // What was computed is that of these values: anything touched since asks for another look.
  const perimer = () => setVu(undefined)
  return (
    <div className="carriere-deux">
      <Guet onToucher={perimer}>
        <Formulaire
          forme={forme}
          initial={{ depuis: jour, contenu: depart } as never}
          libelle="Voir l’effet sur la paie"
          touche="v"
          annuler={() => aller(`/agents/${agent}?emploi=${carriere}`)}
          brouillon={`situation-${carriere}-${statut}-${jour}`}
          onEnvoyer={async (v) => {
            const body = forme.parse(v)
            setVu({ body, effet: await simulation.mutateAsync({ params, body }) })
          }}
        >
          <GroupeChamps titre="Ce qui change, et d’après quoi" colonnes={2}>
            <ChampJour nom="depuis" libelle="À partir du" requis onValeur={setDepuis} />
            <ChampJour
              nom="jusqua"
              libelle="Jusqu’au (ce jour exclu)"
              aide="Vide : jusqu’à la situation suivante, ou sans fin connue"
            />
            <ChampTexte nom="motif" libelle="Arrêté, contrat ou avenant" aide="Avec son numéro et sa date" requis />
          </GroupeChamps>
          <ChampsSituation statut={statut} depart={depart} grades={grades} depuis={depuis} />
        </Formulaire>
      </Guet>
      <PanneauEffet
        attente="Le bulletin du mois est calculé avec et sans ce changement ; rien n’est enregistré avant que vous l’ayez lu."
        verbe="Enregistrer ce changement"
        action={enregistrement}
        onEnregistrer={
          vu &&
          (async () => {
            signaler(direFait(await enregistrement.mutateAsync({ params, body: { ...vu.body, id } })))
            aller(`/agents/${agent}?emploi=${carriere}`)
          })
        }
      >
        {vu && <EffetSurLaPaie effet={vu.effet} />}
      </PanneauEffet>
    </div>
  )
}
