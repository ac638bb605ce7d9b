import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  BoutonLien,
  ChampChoix,
  type Colonne,
  Encart,
  formatMontant,
  Graphique,
  hasDroit,
  Lien,
  Page,
  signaler,
  Tableau,
  useAction,
  useAller,
  useApi,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import {
  type Article,
  creerVersion,
  GENRES_VERSION,
  lireExercice,
  listerTranspositions,
  SECTIONS,
  SENS,
  type VersionResume,
} from '../contract.ts'
import { Anomalies, Compteurs, CotesEquilibre, EtatExercice, EtatVersion } from './commun.tsx'

type Detail = (typeof lireExercice)['reply']['_output']

/** One year of one budget: where it stands, its versions, and its situation by chapter and by article. */
export default function PageExercice() {
  const { budget, annee } = useParametres<{ budget: string; annee: string }>()
  const q = useApi(lireExercice, { params: { budget, annee: Number(annee) } })
  const vue = useSession()
  const [r, setR] = useRecherche()
  const [ouvre, setOuvre] = useState(false)
  const d = q.data
  const onglet = r.vue === 'articles' || r.vue === 'versions' ? r.vue : 'chapitres'
  const prepare = hasDroit(vue, 'finances.preparer')
  return (
    <Page
      titre={d ? `${d.budget.libelle} ${d.exercice.annee}` : `Exercice ${annee}`}
      sousTitre={
        d && (
          <span className="bq-rangee">
            <EtatExercice etat={d.exercice.etat} />
            <span>
              {d.exercice.planLibelle} {d.exercice.planAnnee}
              {d.exercice.voteSelon === 'fonction' && ', voté par fonction'}
              {d.exercice.planAnnee !== d.exercice.annee &&
                ` : le plan de comptes ${d.exercice.annee} n’est pas encore connu de Bosquet`}
            </span>
          </span>
        )
      }
      fil={[{ libelle: 'Budgets', vers: '/finances/budgets' }]}
      actions={
        d &&
        (d.exercice.etat === 'ouvert' || d.exercice.etat === 'clos') && (
          <BoutonLien vers={`/finances/cloture?budget=${budget}&annee=${annee}`}>Clôture</BoutonLien>
        )
      }
      action={
        prepare &&
        d &&
        d.genres.length > 0 && (
          <Bouton variante="principal" icone={IconPlus} touche="n" onClick={() => setOuvre(true)}>
            Nouvelle version
          </Bouton>
        )
      }
    >
      {q.error && !d && <Encart etat="attention">{q.error.message}</Encart>}
      {d && ouvre && <NouvelleVersion detail={d} onFermer={() => setOuvre(false)} />}
      {d?.versions.some((v) => v.etat === 'preparation') && <EnPreparation versions={d.versions} />}
      {d && (
        <>
          <CotesEquilibre equilibre={d.equilibre} />
          <nav className="bq-rangee" aria-label="Vues de l’exercice">
            {(
              [
                ['chapitres', 'Situation par chapitre'],
                ['articles', 'Situation par article'],
                ['versions', 'Versions et décisions'],
              ] as const
            ).map(([cle, libelle]) => (
              <Bouton
                key={cle}
                variante={onglet === cle ? 'normal' : 'discret'}
                aria-pressed={onglet === cle}
                onClick={() => setR({ vue: cle })}
              >
                {libelle}
              </Bouton>
            ))}
          </nav>
          {onglet === 'chapitres' && <ParChapitre articles={d.articles} />}
          {onglet === 'articles' && <ParArticle articles={d.articles} complete={d.edition === 'complete'} />}
          {onglet === 'versions' && <Versions detail={d} />}
        </>
      )}
    </Page>
  )
}

function EnPreparation({ versions }: { versions: readonly VersionResume[] }) {
  return (
    <Encart etat="aFaire" titre="À finir">
      {versions
        .filter((v) => v.etat === 'preparation')
        .map((v) => (
          <div key={v.id}>
            <Lien vers={`/finances/budgets/versions/${v.id}`}>{v.nom}</Lien>, {formatMontant(v.depenses)} de dépenses,
            préparée par {v.creePar}
          </div>
        ))}
    </Encart>
  )
}

type Chapitre = {
  cle: string
  section: Article['section']
  sens: Article['sens']
  chapitre: string
  libelle: string
  precedent: bigint
  vote: bigint
  engage: bigint
  realise: bigint
  disponible: bigint
}
const enCentimes = (m: string): bigint => BigInt(m.replace('.', ''))

function chapitresOf(articles: readonly Article[]): Chapitre[] {
  const par = new Map<string, Chapitre>()
  for (const a of articles) {
    const cle = `${a.section}${a.sens}${a.operation ? `op${a.operation}` : a.chapitre}`
    const c = par.get(cle) ?? {
      cle,
      section: a.section,
      sens: a.sens,
      chapitre: a.operation ? `Opération ${a.operation}` : a.chapitre,
      libelle: a.operation ? '' : a.chapitreLibelle,
      precedent: 0n,
      vote: 0n,
      engage: 0n,
      realise: 0n,
      disponible: 0n,
    }
    c.precedent += enCentimes(a.precedentRealise)
    c.vote += enCentimes(a.vote)
    c.engage += enCentimes(a.engage)
    c.realise += enCentimes(a.realise)
    c.disponible += enCentimes(a.disponible)
    par.set(cle, c)
  }
  return [...par.values()]
}

const colonnesChapitre: readonly Colonne<Chapitre>[] = [
  { cle: 'section', titre: 'Section', valeur: (c) => SECTIONS[c.section], filtre: 'choix' },
  { cle: 'sens', titre: 'Sens', valeur: (c) => SENS[c.sens], filtre: 'choix' },
  { cle: 'chapitre', titre: 'Chapitre', valeur: (c) => c.chapitre },
  { cle: 'libelle', titre: 'Libellé', valeur: (c) => c.libelle },
  { cle: 'precedent', titre: 'Réalisé N-1', valeur: (c) => c.precedent, genre: 'montant' },
  { cle: 'vote', titre: 'Voté', valeur: (c) => c.vote, genre: 'montant' },
  { cle: 'engage', titre: 'Engagé', valeur: (c) => c.engage, genre: 'montant' },
  { cle: 'realise', titre: 'Réalisé', valeur: (c) => c.realise, genre: 'montant' },
  { cle: 'disponible', titre: 'Reste', valeur: (c) => c.disponible, genre: 'montant' },
]

function ParChapitre({ articles }: { articles: readonly Article[] }) {
  const chapitres = chapitresOf(articles)
  // forecast lines (results, virement between sections) have no execution: they would flatten the bars
  const executes = (section: 'F' | 'I', sens: 'D' | 'R') =>
    chapitres.filter((c) => c.section === section && c.sens === sens && !/^0[02]/.test(c.chapitre) && c.vote > 0n)
  const euros = (c: bigint) => Number(c) / 100
  return (
    <div className="bq-pile">
      <div className="fin-deux">
        {(
          [
            ['F', 'D'],
            ['I', 'D'],
          ] as const
        ).map(([section, sens]) => {
          const cs = executes(section, sens)
          return cs.length === 0 ? null : (
            <Graphique
              key={`${section}${sens}`}
              titre={`${SECTIONS[section]}, ${SENS[sens].toLowerCase()} par chapitre`}
              categories={cs.map((c) => c.chapitre)}
              series={[
                { nom: 'Voté', valeurs: cs.map((c) => euros(c.vote)) },
                { nom: 'Réalisé', valeurs: cs.map((c) => euros(c.realise)) },
              ]}
            />
          )
        })}
      </div>
      <Tableau
        nom="Situation par chapitre"
        lignes={chapitres}
        cle={(c) => c.cle}
        colonnes={colonnesChapitre}
        vide="Rien n’est encore voté sur cet exercice."
        local
      />
    </div>
  )
}

const MOUVEMENT = { reel: 'Réel', entreSections: 'Ordre entre sections', interne: 'Ordre interne' } as const
const colonnesArticle = (complete: boolean): readonly Colonne<Article>[] => [
  { cle: 'section', titre: 'Section', valeur: (a) => SECTIONS[a.section], filtre: 'choix' },
  { cle: 'sens', titre: 'Sens', valeur: (a) => SENS[a.sens], filtre: 'choix' },
  { cle: 'chapitre', titre: 'Chapitre', valeur: (a) => a.chapitre, filtre: 'choix' },
  { cle: 'nature', titre: 'Article', valeur: (a) => a.nature },
  { cle: 'libelle', titre: 'Libellé', valeur: (a) => a.libelle },
  { cle: 'mouvement', titre: 'Mouvement', valeur: (a) => MOUVEMENT[a.mouvement], filtre: 'choix', masquee: true },
  { cle: 'fonction', titre: 'Fonction', valeur: (a) => a.fonction, masquee: !complete },
  { cle: 'operation', titre: 'Opération', valeur: (a) => a.operation, masquee: true },
  { cle: 'service', titre: 'Service', valeur: (a) => a.service, masquee: !complete },
  { cle: 'vote', titre: 'Voté', valeur: (a) => a.vote, genre: 'montant' },
  { cle: 'engage', titre: 'Engagé', valeur: (a) => a.engage, genre: 'montant' },
  { cle: 'realise', titre: 'Réalisé', valeur: (a) => a.realise, genre: 'montant' },
  { cle: 'disponible', titre: 'Reste', valeur: (a) => a.disponible, genre: 'montant' },
]
const SIMPLES = colonnesArticle(false)
const COMPLETES = colonnesArticle(true)

function ParArticle({ articles, complete }: { articles: readonly Article[]; complete: boolean }) {
  return (
    <Tableau
      nom="Situation par article"
      lignes={articles}
      cle={(a) => [a.sens, a.mouvement, a.nature, a.fonction, a.operation, a.service].join('-')}
      colonnes={complete ? COMPLETES : SIMPLES}
      vide="Rien n’est encore voté sur cet exercice."
    />
  )
}

const colonnesVersion: readonly Colonne<VersionResume>[] = [
  { cle: 'nom', titre: 'Version', valeur: (v) => v.nom },
  { cle: 'etat', titre: 'État', valeur: (v) => v.etat, rendu: (v) => <EtatVersion version={v} /> },
  { cle: 'date', titre: 'Délibération du', valeur: (v) => v.deliberationDate, genre: 'jour' },
  { cle: 'numero', titre: 'Numéro', valeur: (v) => v.deliberationNumero },
  { cle: 'depenses', titre: 'Dépenses', valeur: (v) => v.depenses, genre: 'montant' },
  { cle: 'par', titre: 'Par', valeur: (v) => v.votePar ?? v.creePar },
]

function Versions({ detail: d }: { detail: Detail }) {
  return (
    <div className="bq-pile">
      <Tableau
        nom="Versions du budget"
        lignes={d.versions}
        cle={(v) => v.id}
        colonnes={colonnesVersion}
        vers={(v) => `/finances/budgets/versions/${v.id}`}
        vide="Aucune version : commencez par le budget primitif."
        local
        recherche={false}
      />
      <Compteurs compteurs={d.compteurs} />
      {d.resultats && <Transpositions detail={d} />}
      {d.resultats && !sansExecution(d.resultats) && (
        <section className="fin-cote" aria-labelledby="resultats">
          <h3 id="resultats">Résultats de {d.exercice.annee - 1}, d’après les écritures</h3>
          <dl>
            <dt>Fonctionnement</dt>
            <dd>{formatMontant(d.resultats.fonctionnement)}</dd>
            <dt>Investissement</dt>
            <dd>{formatMontant(d.resultats.investissement)}</dd>
            <dt>Besoin d’investissement, restes à réaliser compris</dt>
            <dd>{formatMontant(d.resultats.besoin)}</dd>
            <dt>Affecté à l’investissement (1068)</dt>
            <dd>{formatMontant(d.resultats.affecte)}</dd>
            <dt className="fin-ecart">Reporté en fonctionnement (002)</dt>
            <dd className="fin-ecart">{formatMontant(d.resultats.reporte)}</dd>
          </dl>
        </section>
      )}
    </div>
  )
}

/** The accounts of the year before that the plan of this one no longer has, and what takes their place. */
function Transpositions({ detail: d }: { detail: Detail }) {
  const q = useApi(listerTranspositions, { params: { budget: d.budget.id, annee: d.exercice.annee } })
  if (!q.data || q.data.comptes.length === 0) return null
  return (
    <section className="bq-pile-serree" aria-labelledby="transpositions">
      <h2 id="transpositions">
        Ce qui change de {q.data.planAvant} à {q.data.planApres}
      </h2>
      <Tableau
        nom="Transpositions"
        lignes={q.data.comptes}
        cle={(c) => c.code}
        colonnes={colonnesTransposition}
        vide="Rien ne change."
        local
      />
    </section>
  )
}
type Transposition = (typeof listerTranspositions)['reply']['_output']['comptes'][number]
const colonnesTransposition: readonly Colonne<Transposition>[] = [
  { cle: 'code', titre: 'Article', valeur: (c) => c.code },
  { cle: 'libelle', titre: 'Libellé', valeur: (c) => c.libelle },
  { cle: 'vote', titre: 'Voté N-1', valeur: (c) => c.vote, genre: 'montant' },
  {
    cle: 'successeurs',
    titre: 'À la place',
    valeur: (c) => c.successeurs.map((x) => `${x.code} ${x.libelle}`).join(', ') || 'À choisir',
  },
]

/** Nothing was mandated nor received the year before: there is no result to show. */
const sansExecution = (r: NonNullable<Detail['resultats']>) =>
  enCentimes(r.fonctionnement) === 0n && enCentimes(r.investissement) === 0n

type Genre = VersionResume['genre']
type Source = (typeof creerVersion)['body']['_input']['source']
const SOURCES: Record<Genre, { valeur: Source; libelle: string }[]> = {
  BP: [
    { valeur: 'exercicePrecedent', libelle: 'Reprendre les crédits de l’exercice précédent' },
    { valeur: 'vide', libelle: 'Partir de zéro' },
  ],
  provisoire: [
    { valeur: 'provisoire', libelle: 'Fonctionnement et dette' },
    { valeur: 'provisoireInvestissement', libelle: 'Avec le quart de l’investissement (délibération nécessaire)' },
  ],
  RAR: [
    { valeur: 'rar', libelle: 'Reprendre ce qui est engagé et non mandaté' },
    { valeur: 'vide', libelle: 'Partir de zéro' },
  ],
  BS: [
    { valeur: 'resultats', libelle: 'Reprendre les résultats de l’exercice précédent' },
    { valeur: 'vide', libelle: 'Partir de zéro' },
  ],
  DM: [{ valeur: 'vide', libelle: 'Partir de zéro' }],
  VC: [{ valeur: 'vide', libelle: 'Partir de zéro' }],
}

function NouvelleVersion({ detail: d, onFermer }: { detail: Detail; onFermer: () => void }) {
  const creer = useAction(creerVersion, { invalidates: [lireExercice] })
  const aller = useAller()
  const [genre, setGenre] = useState<Genre>(d.genres.includes('BP') ? 'BP' : d.genres[0]!)
  const [source, setSource] = useState<Source>(SOURCES[genre][0]!.valeur)
  const [id] = useState(() => newId<'Vote'>())
  const [ecartees, setEcartees] = useState<Awaited<ReturnType<typeof creer.mutateAsync>>['anomalies']>()
  const ouvrir = async () => {
    const faite = await creer.mutateAsync({
      params: { budget: d.budget.id, annee: d.exercice.annee },
      body: { id, genre, source },
    })
    if (faite.anomalies.length > 0) return setEcartees(faite.anomalies)
    signaler(`${GENRES_VERSION[genre]} : en préparation.`)
    aller(`/finances/budgets/versions/${id}`)
  }
  if (ecartees)
    return (
      <section className="fin-cote bq-pile" aria-labelledby="ecarts-reprise">
        <h2 id="ecarts-reprise">Reprise de l’exercice précédent</h2>
        <p>Le plan de comptes a changé. Voici ce qui a été transposé, et ce que vous devez choisir vous-même.</p>
        <Anomalies anomalies={ecartees} />
        <div>
          <Bouton variante="principal" onClick={() => aller(`/finances/budgets/versions/${id}`)}>
            Continuer
          </Bouton>
        </div>
      </section>
    )
  return (
    <section className="fin-cote bq-pile" aria-labelledby="nouvelle-version">
      <h2 id="nouvelle-version">Nouvelle version du budget {d.exercice.annee}</h2>
      {creer.error && <Encart etat="bloquant">{creer.error.message}</Encart>}
      <div className="fin-ajout">
        <ChampChoix
          libelle="Nature"
          choix={d.genres.map((g) => ({ valeur: g, libelle: GENRES_VERSION[g] }))}
          valeur={genre}
          onValeur={(g) => {
            setGenre(g as Genre)
            setSource(SOURCES[g as Genre][0]!.valeur)
          }}
          largeur="18rem"
          requis
        />
        <ChampChoix
          libelle="Premières lignes"
          choix={SOURCES[genre]}
          valeur={source}
          onValeur={(s) => setSource(s as Source)}
          largeur="28rem"
          requis
        />
      </div>
      <div className="bq-rangee">
        <Bouton variante="principal" enCours={creer.isPending} onClick={() => void ouvrir().catch(() => undefined)}>
          Préparer cette version
        </Bouton>
        <Bouton variante="discret" onClick={onFermer}>
          Ne rien faire
        </Bouton>
      </div>
      {genre === 'VC' && (
        <p className="bq-discret">
          Un virement de chapitre à chapitre se décide sans vote, dans la limite de la fongibilité, jamais sur les
          dépenses de personnel. Il est transmis à la préfecture et présenté à la prochaine séance.
        </p>
      )}
    </section>
  )
}
