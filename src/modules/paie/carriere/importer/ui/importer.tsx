import '../../../ui/paie.css'
import '../../ui/carriere.css'
import { IconUpload } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  Bouton,
  ChampChoix,
  type Colonne,
  Confirmation,
  compter,
  Encart,
  Etat,
  envoyerFichier,
  formatInstant,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useInvalidation,
} from '#ui'
import { listerCarrieres, listerComptes } from '../../http/contract.ts'
import {
  type AnomalieImport,
  annulerLot,
  CHAMPS_IMPORT,
  type ChampImport,
  CLES_IMPORT,
  type Correspondance,
  essayerImport,
  importer,
  type Lecture,
  type Lot,
  listerLots,
} from '../contract.ts'

const colonnesAnomalies: readonly Colonne<AnomalieImport & { rang: number }>[] = [
  { cle: 'ligne', titre: 'Ligne', valeur: (a) => a.ligne, genre: 'nombre' },
  { cle: 'message', titre: 'Ce qui ne va pas', valeur: (a) => a.message },
  {
    cle: 'gravite',
    titre: 'Effet',
    valeur: (a) => (a.bloquante ? 'Bloque l’import' : 'À vérifier'),
    rendu: (a) =>
      a.bloquante ? <Etat etat="bloquant">Bloque l’import</Etat> : <Etat etat="attention">À vérifier</Etat>,
    filtre: 'choix',
  },
]
const colonnesApercu: readonly Colonne<Lecture['apercu'][number]>[] = [
  { cle: 'ligne', titre: 'Ligne', valeur: (a) => a.ligne, genre: 'nombre' },
  { cle: 'nom', titre: 'Agent', valeur: (a) => a.nom },
  { cle: 'emploi', titre: 'Emploi', valeur: (a) => a.emploi },
  { cle: 'situation', titre: 'Situation', valeur: (a) => a.situation },
]

/** Agents from a spreadsheet: columns matched, everything tried first, then all of them or none. */
export default function Importer() {
  const entree = useRef<HTMLInputElement>(null)
  const [fichier, setFichier] = useState<File>()
  const [lecture, setLecture] = useState<Lecture>()
  const [refus, setRefus] = useState<string>()
  const [enCours, setEnCours] = useState(false)
  const [confirmer, setConfirmer] = useState(false)
  const [id, setId] = useState(() => newId<'Lot'>())
  const invalider = useInvalidation()
  const bloquantes = lecture?.anomalies.filter((a) => a.bloquante).length ?? 0

  const essayer = async (f: File, correspondance?: Correspondance) => {
    setEnCours(true)
    setRefus(undefined)
    try {
      const champs = correspondance ? { champs: { correspondance: JSON.stringify(correspondance) } } : {}
      setLecture((await envoyerFichier(adresse(essayerImport), f, champs)) as Lecture)
    } catch (e) {
      setRefus((e as Error).message)
    } finally {
      setEnCours(false)
    }
  }
  const choisir = (f: File | undefined) => {
    setLecture(undefined)
    setFichier(f)
    setId(newId<'Lot'>())
    if (f) void essayer(f)
  }
  const associer = (champ: ChampImport, rang: string) => {
    const c: Correspondance = { ...lecture!.correspondance }
    if (rang === '') delete c[champ]
    else c[champ] = Number(rang)
    void essayer(fichier!, c)
  }
  const lancer = async () => {
    const lot = (await envoyerFichier(adresse(importer), fichier!, {
      champs: { id, correspondance: JSON.stringify(lecture!.correspondance) },
    })) as Lot
    invalider([listerCarrieres, listerLots, listerComptes])
    signaler(`Importé : ${lot.libelle}.`)
    choisir(undefined)
  }
  return (
    <Page
      titre="Importer des agents"
      sousTitre="Un tableur .xlsx ou .csv, un agent par ligne, les titres sur la première ligne."
      fil={[{ libelle: 'Agents', vers: '/agents' }]}
      {...(lecture && bloquantes === 0 && lecture.emplois > 0
        ? {
            action: (
              <Bouton variante="principal" touche="i" enCours={enCours} onClick={() => setConfirmer(true)}>
                Importer {compter(lecture.agents, 'agent')}
              </Bouton>
            ),
          }
        : {})}
    >
      <div className="bq-rangee">
        <input
          ref={entree}
          type="file"
          accept=".csv,.xlsx"
          hidden
          onChange={(e) => {
            choisir(e.currentTarget.files?.[0])
            // the same file, mended, may be chosen again
            e.currentTarget.value = ''
          }}
        />
        <Bouton
          variante={fichier ? 'normal' : 'principal'}
          icone={IconUpload}
          enCours={enCours}
          onClick={() => entree.current?.click()}
        >
          {fichier ? 'Choisir un autre tableur' : 'Choisir un tableur'}
        </Bouton>
        <span className="bq-discret">
          {fichier ? fichier.name : 'Rien n’est écrit avant que vous l’ayez demandé : le fichier est d’abord essayé.'}
        </span>
      </div>
      {refus && <Encart etat="bloquant">{refus}</Encart>}
      {lecture && (
        <>
          <p role="status">
            {compter(lecture.lignes, 'ligne lue', 'lignes lues')} : {compter(lecture.agents, 'agent')},{' '}
            {compter(lecture.emplois, 'emploi')}, {compter(lecture.comptes, 'compte bancaire', 'comptes bancaires')} à
            confirmer.{' '}
            {bloquantes > 0 ? (
              <Etat etat="bloquant">{compter(bloquantes, 'anomalie bloquante', 'anomalies bloquantes')}</Etat>
            ) : (
              <Etat etat="fait">Prêt à importer</Etat>
            )}
          </p>
          <details open={bloquantes > 0 && lecture.emplois === 0}>
            <summary>Colonnes du fichier</summary>
            <div className="carriere-colonnes">
              {CLES_IMPORT.map((champ) => (
                <ChampChoix
                  key={champ}
                  libelle={CHAMPS_IMPORT[champ].libelle}
                  choix={lecture.colonnes.map((t, i) => ({ valeur: String(i), libelle: t }))}
                  valeur={lecture.correspondance[champ]?.toString() ?? ''}
                  onValeur={(v) => associer(champ, v)}
                  aide={exempleDe(lecture, champ)}
                  requis={CHAMPS_IMPORT[champ].requis}
                />
              ))}
            </div>
          </details>
          {lecture.anomalies.length > 0 && (
            <section className="bq-pile-serree" aria-labelledby="import-anomalies">
              <h2 id="import-anomalies">À corriger dans le tableur</h2>
              <Tableau
                nom="Anomalies de l’import"
                lignes={lecture.anomalies.map((a, rang) => ({ ...a, rang }))}
                cle={(a) => String(a.rang)}
                colonnes={colonnesAnomalies}
                vide="Aucune anomalie."
                local
              />
            </section>
          )}
          {lecture.apercu.length > 0 && (
            <section className="bq-pile-serree" aria-labelledby="import-apercu">
              <h2 id="import-apercu">Ce qui sera créé</h2>
              <Tableau
                nom="Aperçu de l’import"
                lignes={lecture.apercu}
                cle={(a) => String(a.ligne)}
                colonnes={colonnesApercu}
                vide="Rien."
                local
                barre={false}
              />
            </section>
          )}
        </>
      )}
      <Lots />
      <Confirmation
        ouverte={confirmer}
        titre="Importer ces agents"
        verbe="Importer"
        onConfirmer={lancer}
        onFermer={() => setConfirmer(false)}
      >
        {lecture && compter(lecture.agents, 'agent est créé', 'agents sont créés')}, tous ou aucun. Leurs comptes
        bancaires attendent d’être confirmés par une autre personne. L’import s’annule en bloc tant que rien n’a été
        fait sur ces agents.
      </Confirmation>
    </Page>
  )
}

function exempleDe(l: Lecture, champ: ChampImport): string {
  const i = l.correspondance[champ]
  if (i === undefined) return ' '
  return l.exemples.map((e) => e[i] ?? '').find((x) => x !== '') ?? 'Colonne vide'
}

/** The batches already done, which may be undone as a whole. */
export function Lots({ nature }: { nature?: Lot['nature'] }) {
  const q = useApi(listerLots)
  const [lot, setLot] = useState<Lot>()
  const annulation = useAction(annulerLot, { invalidates: [listerLots, listerCarrieres, listerComptes] })
  const lots = q.data?.lots.filter((l) => nature === undefined || l.nature === nature) ?? []
  if (lots.length === 0) return null
  return (
    <section className="bq-pile-serree" aria-labelledby="lots-titre">
      <h2 id="lots-titre">Déjà faits</h2>
      <ul className="bq-pile-serree">
        {lots.map((l) => (
          <li key={l.id} className="bq-rangee">
            <span>
              {l.libelle}
              <span className="bq-discret bq-petit">
                {' '}
                {l.par}, {formatInstant(l.le)}
              </span>
            </span>
            {l.annulePar ? (
              <span className="bq-discret">Annulé par {l.annulePar}</span>
            ) : (
              <Bouton variante="discret" onClick={() => setLot(l)}>
                Annuler
              </Bouton>
            )}
          </li>
        ))}
      </ul>
      <Confirmation
        ouverte={lot !== undefined}
        titre="Annuler ce lot"
        verbe="Tout annuler"
        grave
        onFermer={() => setLot(undefined)}
        onConfirmer={async () => {
          await annulation.mutateAsync({ params: { lot: lot!.id }, body: { id: newId<'Lot'>() } })
          signaler('Lot annulé.')
        }}
      >
        {lot?.libelle} : tout ce que ce lot a fait est défait, en une fois. Si quelque chose a été fait depuis, rien
        n’est annulé.
      </Confirmation>
    </section>
  )
}
