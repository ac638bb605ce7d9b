import './droits.css'
import { type Colonne, ListeDetail, Page, Tableau, useApi, useOrganisme, useRecherche } from '#ui'
import { lireInterface } from '../../droits/contract.ts'

type Contenu = { content?: Record<string, { example?: unknown }> }
type Operation = {
  summary?: string
  description?: string
  security?: Record<string, unknown>[]
  parameters?: { name: string; in: string; example?: unknown; required?: boolean }[]
  requestBody?: Contenu
  responses?: Record<string, Contenu>
}
type Adresse = { cle: string; verbe: string; chemin: string; op: Operation }

const colonnes: readonly Colonne<Adresse>[] = [
  { cle: 'verbe', titre: 'Verbe', valeur: (a) => a.verbe, filtre: 'choix' },
  { cle: 'resume', titre: 'Ce qu’elle fait', valeur: (a) => a.op.summary ?? '' },
  { cle: 'chemin', titre: 'Adresse', valeur: (a) => a.chemin, rendu: (a) => <code>{a.chemin}</code> },
]

/** Only what a token may ask: the rest is for persons. */
const adressesOf = (paths: Record<string, Record<string, unknown>>): Adresse[] =>
  Object.entries(paths).flatMap(([chemin, methodes]) =>
    Object.entries(methodes).flatMap(([methode, o]) => {
      const op = o as Operation
      const verbe = methode.toUpperCase()
      return op.security?.some((s) => 'jeton' in s) ? [{ cle: `${verbe} ${chemin}`, verbe, chemin, op }] : []
    }),
  )

const json = (v: unknown) => JSON.stringify(v, null, 2)
const exempleDe = (c: Contenu | undefined) => Object.values(c?.content ?? {})[0]?.example

function commande({ verbe, chemin, op }: Adresse, organisme: string): string {
  const url = chemin.replace(/\{(\w+)\}/g, (_, nom: string) =>
    String(op.parameters?.find((p) => p.in === 'path' && p.name === nom)?.example ?? nom),
  )
  const query = (op.parameters ?? [])
    .filter((p) => p.in === 'query' && p.required)
    .map((p) => `${p.name}=${encodeURIComponent(String(p.example))}`)
    .join('&')
  const corps = exempleDe(op.requestBody)
  return [
    `curl ${verbe === 'GET' ? '' : `-X ${verbe} `}'${window.location.origin}${url}${query ? `?${query}` : ''}'`,
    "-H 'Authorization: Bearer bosquet_…'",
    `-H 'x-organisme: ${organisme}'`,
    ...(corps === undefined ? [] : ["-H 'content-type: application/json'", `-d '${json(corps)}'`]),
  ].join(' \\\n  ')
}

/** The interface for programs, with an example of each address: the same document as `/api/openapi.json`. */
export default function InterfaceDesLogiciels() {
  const q = useApi(lireInterface)
  const organisme = useOrganisme()
  const [r, setR] = useRecherche()
  const adresses = q.data && adressesOf(q.data.paths)
  const choisie = adresses?.find((a) => a.cle === r.adresse)
  return (
    <Page
      titre="Interface pour les logiciels"
      fil={[
        { libelle: 'Accès', vers: '/acces' },
        { libelle: 'Jetons des logiciels', vers: '/acces/jetons' },
      ]}
      sousTitre="Chaque adresse qu’un jeton peut demander, avec un exemple."
      action={
        <a className="bq-bouton" href={lireInterface.chemin} download="bosquet-openapi.json">
          <span>Document OpenAPI</span>
        </a>
      }
    >
      <ListeDetail
        titre={choisie?.op.summary ?? 'Adresse choisie'}
        vide="Choisissez une adresse pour en voir un exemple."
        onFermer={() => setR({ adresse: undefined })}
        liste={
          <Tableau
            nom="Adresses"
            lignes={adresses}
            cle={(a) => a.cle}
            colonnes={colonnes}
            erreur={q.data ? null : q.error}
            vide="Aucune adresse."
            onOuvrir={(a) => setR({ adresse: a.cle })}
            {...(choisie ? { ouverte: choisie.cle } : {})}
          />
        }
        detail={choisie && <UneAdresse a={choisie} organisme={organisme.id} />}
      />
    </Page>
  )
}

function UneAdresse({ a, organisme }: { a: Adresse; organisme: string }) {
  const reponse = exempleDe(a.op.responses?.['200'])
  return (
    <div className="bq-pile">
      <h2>{a.op.summary}</h2>
      <p>{a.op.description?.replaceAll('`', '')}</p>
      <h3>Demande</h3>
      <pre className="bq-exemple">{commande(a, organisme)}</pre>
      <h3>Réponse</h3>
      {reponse === undefined ? (
        <p className="bq-discret">Un fichier, ou un flux d’événements.</p>
      ) : (
        <pre className="bq-exemple">{json(reponse)}</pre>
      )}
    </div>
  )
}
