import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import {
  annulable,
  Bouton,
  compter,
  deMois,
  Encart,
  EtatVide,
  effacerBrouillon,
  formatInstant,
  Grille,
  garderBrouillon,
  hasDroit,
  lireBrouillon,
  type Modification,
  Page,
  useAction,
  useApi,
  useGrille,
  useOrganisme,
  useParametres,
  useSession,
} from '#ui'
import { enregistrerGrille, type LigneVariables, lireGrille } from '../contract.ts'
import { COLONNES, cellulesDe, enLigne, type Ligne } from './colonnes.ts'

/** The variables of a month, one agent a line: typed without the mouse, or pasted from a spreadsheet. */
export default function SaisieParLot() {
  const { mois } = useParametres<{ mois: string }>()
  const vue = useSession()
  // Read once: what is typed must not be replaced under the hand by a reading that arrives.
  const q = useApi(lireGrille, { params: { mois } }, { garder: false })
  const [depart, setDepart] = useState<{ mois: string; lignes: Ligne[] }>()
  useEffect(() => {
    if (q.data && depart?.mois !== mois) setDepart({ mois, lignes: q.data.lignes.map(enLigne) })
  }, [q.data, depart, mois])
  const fil = [{ libelle: `Paie ${deMois(mois)}`, vers: `/paie/gestion/${mois}` }]
  const titre = 'Saisie par lot'
  if (q.error && !q.data)
    return (
      <Page titre={titre} fil={fil}>
        <EtatVide titre="La grille n’a pas pu être ouverte." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  if (!depart || !q.data)
    return (
      <Page titre={titre} fil={fil}>
        <p className="bq-discret">Ouverture de la grille…</p>
      </Page>
    )
  return (
    <GrilleDuMois
      key={depart.mois}
      mois={mois}
      fil={fil}
      initiales={depart.lignes}
      modifiable={q.data.estModifiable && hasDroit(vue, 'variables.saisir')}
    />
  )
}

const identifiant = (l: Ligne) => l.id

function GrilleDuMois({
  mois,
  fil,
  initiales,
  modifiable,
}: {
  mois: string
  fil: readonly { libelle: string; vers: string }[]
  initiales: readonly Ligne[]
  modifiable: boolean
}) {
  const organisme = useOrganisme()
  const brouillon = `grille-${organisme.id}-${mois}`
  const repris = useRef(lireBrouillon(brouillon))
  const [reprise, setReprise] = useState(() => appliquerBrouillon(initiales, repris.current?.valeurs))
  const g = useGrille<Ligne>(initiales, identifiant)
  const { reprendre, onModifier, modifiees, lignes } = g
  const depart = useRef(initiales)
  const [fautes, setFautes] = useState(0)
  const [erreurs, setErreurs] = useState<Record<string, string>>({})
  const [generales, setGenerales] = useState<string[]>([])
  const enregistrement = useAction(enregistrerGrille, { invalidates: [] })
  const colonnes = useMemo(
    () => (modifiable ? COLONNES : COLONNES.map((c) => ({ ...c, modifiable: false as const }))),
    [modifiable],
  )

  // What was typed and not sent is kept on this device, until it is.
  useEffect(() => {
    if (modifiees.length === 0) return
    const t = setTimeout(
      () =>
        garderBrouillon(
          brouillon,
          Object.fromEntries(modifiees.map((l) => [l.id, { version: l.version, ...cellulesDe(l) }])),
        ),
      500,
    )
    return () => clearTimeout(t)
  }, [brouillon, modifiees])

  const modifier = useCallback(
    (ms: Modification[]) => {
      setErreurs((e) => (Object.keys(e).length === 0 ? e : {}))
      onModifier(ms)
    },
    [onModifier],
  )

  const envoyer = async (aEcrire: readonly Ligne[]): Promise<LigneVariables[] | undefined> => {
    const r = await enregistrement.mutateAsync({
      params: { mois },
      body: { lignes: aEcrire.map((l) => ({ carriereId: l.id, version: l.version, cellules: cellulesDe(l) })) },
    })
    setErreurs(
      Object.fromEntries(r.fautes.flatMap((f) => (f.cellule ? [[`${f.carriereId}/${f.cellule}`, f.message]] : []))),
    )
    setGenerales(r.fautes.flatMap((f) => (f.cellule ? [] : [f.message])))
    return r.fautes.length > 0 ? undefined : r.lignes
  }
  const poser = (nouvelles: readonly LigneVariables[], sur: readonly Ligne[]) => {
    const par = new Map(nouvelles.map((l) => [l.carriereId, enLigne(l)]))
    const apres = sur.map((l) => par.get(l.id) ?? l)
    depart.current = apres
    reprendre(apres)
    effacerBrouillon(brouillon)
    return apres
  }
  const enregistrer = async () => {
    const avant = depart.current
    const touchees = new Set(modifiees.map((l) => l.id))
    const ecrites = await envoyer(modifiees)
    if (!ecrites) return
    const apres = poser(ecrites, lignes)
    annulable(`${compter(ecrites.length, 'ligne enregistrée', 'lignes enregistrées')}.`, async () => {
      // the former cells, on the versions that were just written
      const versions = new Map(apres.map((l) => [l.id, l.version]))
      const aRendre = avant.filter((l) => touchees.has(l.id)).map((l) => ({ ...l, version: versions.get(l.id)! }))
      const rendues = await envoyer(aRendre)
      if (rendues) poser(rendues, apres)
    })
  }
  return (
    <Page
      titre={`Saisie par lot, ${deMois(mois).replace(/^d[e’]\s?/, '')}`}
      sousTitre={compter(modifiees.length, 'ligne modifiée', 'lignes modifiées', 'Aucune modification')}
      fil={fil}
      {...(modifiable
        ? {
            action: (
              <Bouton
                variante="principal"
                touche="e"
                disabled={fautes > 0 || modifiees.length === 0}
                enCours={enregistrement.isPending}
                onClick={() => void enregistrer().catch(() => undefined)}
              >
                Enregistrer
              </Bouton>
            ),
          }
        : {})}
    >
      {!modifiable && (
        <Encart etat="enAttente">Ce mois est envoyé à l’approbation ou approuvé : il se lit seulement.</Encart>
      )}
      {modifiable && reprise && repris.current && (
        <Encart etat="attention" titre="Une saisie n’a pas été enregistrée">
          {compter(reprise.length, 'ligne', 'lignes')}, {formatInstant(repris.current.date)}.{' '}
          <button
            type="button"
            className="bq-lien"
            onClick={() => {
              onModifier(reprise.flatMap((r) => r.modifications))
              setReprise(undefined)
            }}
          >
            La reprendre
          </button>{' '}
          <button
            type="button"
            className="bq-lien"
            onClick={() => {
              effacerBrouillon(brouillon)
              setReprise(undefined)
            }}
          >
            L’oublier
          </button>
        </Encart>
      )}
      {enregistrement.error && <Encart etat="bloquant">{enregistrement.error.message}</Encart>}
      {generales.map((m) => (
        <Encart key={m} etat="bloquant">
          {m}
        </Encart>
      ))}
      <Grille
        nom="Éléments variables"
        {...g}
        onModifier={modifier}
        colonnes={colonnes}
        erreurs={erreurs}
        onFautes={setFautes}
      />
    </Page>
  )
}

/** The cells kept on this device that still differ from what is stored; nothing when the lines moved since. */
function appliquerBrouillon(lignes: readonly Ligne[], valeurs: Record<string, unknown> | undefined) {
  if (!valeurs) return undefined
  const reprises = lignes.flatMap((l) => {
    const garde = valeurs[l.id] as ({ version: string } & Record<string, string>) | undefined
    if (!garde || garde.version !== l.version) return []
    const modifications: Modification[] = COLONNES.flatMap(({ cle: c }) => {
      if (c === 'nom' || c === 'emploi') return []
      const [avant, apres] = [l[c] ?? '', garde[c] ?? '']
      return avant === apres ? [] : [{ ligne: l.id, colonne: c, avant, apres }]
    })
    return modifications.length > 0 ? [{ id: l.id, modifications }] : []
  })
  return reprises.length > 0 ? reprises : undefined
}
