import { IconDownload, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import {
  adresse,
  alerter,
  Bouton,
  ChampJour,
  ChampTexte,
  Confirmation,
  Encart,
  Formulaire,
  GroupeChamps,
  hasDroit,
  Page,
  signaler,
  telecharger,
  useAction,
  useAller,
  useApi,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import {
  abandonnerVersion,
  lireExercice,
  lirePdfVersion,
  lireVersion,
  lireXmlVersion,
  reprendreResultats,
  SECTIONS,
  SENS,
  type Version,
  voterVersion,
} from '../contract.ts'
import { AjouterLigne } from './ajouter.tsx'
import { Anomalies, Compteurs, CotesEquilibre, EtatVersion } from './commun.tsx'
import { GrilleLignes } from './grille-lignes.tsx'

export type Cote = { section: 'F' | 'I'; sens: 'D' | 'R' }
const COTES: Cote[] = [
  { section: 'F', sens: 'D' },
  { section: 'F', sens: 'R' },
  { section: 'I', sens: 'D' },
  { section: 'I', sens: 'R' },
]
const cleCote = (c: Cote) => `${c.section}${c.sens}`

/** One version of the budget: its lines are typed as in a spreadsheet, the balance follows, then it is voted. */
export default function PageVersion() {
  const { vote } = useParametres<{ vote: string }>()
  const q = useApi(lireVersion, { params: { vote } })
  const v = q.data
  const vue = useSession()
  const [r, setR] = useRecherche()
  const [acte, setActe] = useState<'voter' | 'abandonner' | 'ajouter'>()
  // lines come or go: the grid starts again from what the server holds
  const [tour, setTour] = useState(0)
  const exercice = v && `/finances/budgets/${v.budget.id}/${v.exercice.annee}`
  const cote = COTES.find((c) => cleCote(c) === r.cote) ?? COTES[0]!
  const ouverte = v?.actes.includes('modifier') === true
  const modifiable = ouverte && hasDroit(vue, 'finances.preparer')
  const mode = modifiable ? 'preparer' : ouverte && hasDroit(vue, 'finances.demander') ? 'demander' : 'lire'
  return (
    <Page
      titre={v ? `${v.version.nom} ${v.exercice.annee}` : 'Version du budget'}
      sousTitre={
        v && (
          <span className="bq-rangee">
            <EtatVersion version={v.version} />
            <span>{v.budget.libelle}</span>
          </span>
        )
      }
      fil={[
        { libelle: 'Budgets', vers: '/finances/budgets' },
        ...(v ? [{ libelle: `${v.budget.libelle} ${v.exercice.annee}`, vers: exercice! }] : []),
      ]}
      actions={v && <Documents version={v} />}
      action={
        v?.actes.includes('voter') &&
        hasDroit(vue, 'finances.voter') && (
          <Bouton variante="principal" touche="v" onClick={() => setActe('voter')}>
            Enregistrer le vote
          </Bouton>
        )
      }
    >
      {q.error && !v && <Encart etat="attention">{q.error.message}</Encart>}
      {v?.actes.includes('voter') && acte === 'voter' && <Voter version={v} onFermer={() => setActe(undefined)} />}
      {v && (
        <>
          <CotesEquilibre equilibre={v.equilibre} />
          <Anomalies anomalies={v.anomalies} />
          {v.version.genre === 'VC' && <Compteurs compteurs={v.compteurs} />}
          <nav className="bq-rangee" aria-label="Parties du budget">
            {COTES.map((c) => (
              <Bouton
                key={cleCote(c)}
                variante={c === cote ? 'normal' : 'discret'}
                aria-pressed={c === cote}
                onClick={() => setR({ cote: cleCote(c) })}
              >
                {SECTIONS[c.section]}, {SENS[c.sens].toLowerCase()}
              </Bouton>
            ))}
            {modifiable && (
              <Bouton
                icone={IconPlus}
                touche="a"
                aria-expanded={acte === 'ajouter'}
                onClick={() => setActe(acte === 'ajouter' ? undefined : 'ajouter')}
              >
                Ajouter des articles
              </Bouton>
            )}
          </nav>
          {modifiable && acte === 'ajouter' && (
            <AjouterLigne
              version={v}
              cote={cote}
              onAjoutee={() => setTour((t) => t + 1)}
              onFermer={() => setActe(undefined)}
            />
          )}
          <GrilleLignes
            key={`${cleCote(cote)}-${tour}-${v.version.etat}`}
            version={v}
            cote={cote}
            mode={mode}
            onRetiree={() => setTour((t) => t + 1)}
          />
          {modifiable && (
            <div className="bq-rangee">
              {(v.version.genre === 'BP' || v.version.genre === 'BS') && (
                <Resultats version={v} onRepris={() => setTour((t) => t + 1)} />
              )}
              <Bouton variante="discret" onClick={() => setActe('abandonner')}>
                Abandonner cette version
              </Bouton>
            </div>
          )}
          <Abandon version={v} ouvert={acte === 'abandonner'} onFermer={() => setActe(undefined)} />
        </>
      )}
    </Page>
  )
}

function Documents({ version: v }: { version: Version }) {
  const params = { vote: v.version.id }
  const nom = `${v.version.nom} ${v.exercice.annee}`
  const prendre = (url: string, fichier: string) =>
    telecharger(url, fichier).catch((e: Error) => alerter('Le document n’a pas été fait', e.message))
  return (
    <>
      <Bouton icone={IconDownload} onClick={() => prendre(adresse(lirePdfVersion, { params }), `${nom}.pdf`)}>
        Document PDF
      </Bouton>
      {v.version.genre !== 'provisoire' && v.version.genre !== 'RAR' && (
        <Bouton icone={IconDownload} onClick={() => prendre(adresse(lireXmlVersion, { params }), `${nom}.xml`)}>
          XML TotEM
        </Bouton>
      )}
    </>
  )
}

/** Takes up the results of the year before: the need of the investissement first. */
function Resultats({ version: v, onRepris }: { version: Version; onRepris: () => void }) {
  const reprendre = useAction(reprendreResultats, { invalidates: [lireVersion] })
  return (
    <Bouton
      enCours={reprendre.isPending}
      onClick={() =>
        reprendre.mutate(
          { params: { vote: v.version.id } },
          {
            onSuccess: () => {
              signaler('Résultats repris : 001, 002 et 1068.')
              onRepris()
            },
            onError: (e) => alerter('Les résultats n’ont pas été repris', e.message),
          },
        )
      }
    >
      Reprendre les résultats de {v.exercice.annee - 1}
    </Bouton>
  )
}

function Voter({ version: v, onFermer }: { version: Version; onFermer: () => void }) {
  const voter = useAction(voterVersion, { invalidates: [lireVersion, lireExercice] })
  const bloquantes = v.anomalies.filter((a) => a.bloquante).length
  const executif = v.version.genre === 'VC' || v.version.genre === 'RAR'
  if (bloquantes > 0)
    return (
      <Encart etat="bloquant" titre="Le vote ne peut pas être enregistré">
        {bloquantes === 1 ? 'Un contrôle l’arrête' : `${bloquantes} contrôles l’arrêtent`} : corrigez d’abord ce qui est
        signalé ci-dessous. <Bouton onClick={onFermer}>Compris</Bouton>
      </Encart>
    )
  return (
    <section className="fin-cote" aria-labelledby="enregistrer-vote">
      <h2 id="enregistrer-vote">{executif ? 'Enregistrer la décision' : 'Enregistrer le vote'}</h2>
      <p>
        Les crédits seront ouverts aussitôt et cette version ne changera plus
        {v.version.genre === 'BP' ? ' ; elle remplace les crédits ouverts avant le vote' : ''}.
      </p>
      <Formulaire
        forme={voterVersion.body}
        initial={{ deliberationNumero: '' }}
        libelle={executif ? 'Ouvrir ces crédits' : 'Ce budget est voté'}
        annuler={onFermer}
        onEnvoyer={async (body) => {
          await voter.mutateAsync({ params: { vote: v.version.id }, body })
          signaler(`${v.version.nom} : crédits ouverts.`)
          onFermer()
        }}
      >
        <GroupeChamps colonnes={2}>
          <ChampJour
            nom="deliberationDate"
            libelle={executif ? 'Date de la décision' : 'Date de la délibération'}
            passe
            requis
          />
          <ChampTexte nom="deliberationNumero" libelle="Numéro" largeur="12rem" />
        </GroupeChamps>
      </Formulaire>
    </section>
  )
}

function Abandon({ version: v, ouvert, onFermer }: { version: Version; ouvert: boolean; onFermer: () => void }) {
  const abandonner = useAction(abandonnerVersion, { invalidates: [lireExercice] })
  const aller = useAller()
  return (
    <Confirmation
      ouverte={ouvert}
      titre="Abandonner cette version"
      verbe="Abandonner"
      grave
      onConfirmer={async () => {
        await abandonner.mutateAsync({ params: { vote: v.version.id } })
        aller(`/finances/budgets/${v.budget.id}/${v.exercice.annee}`)
      }}
      onFermer={onFermer}
    >
      « {v.version.nom} » ne sera pas votée. Ses lignes restent consultables dans « Versions et décisions ».
    </Confirmation>
  )
}
