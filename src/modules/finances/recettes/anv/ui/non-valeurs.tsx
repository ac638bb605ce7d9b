import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  Bouton,
  BoutonLien,
  ChampJour,
  ChampTexte,
  type Colonne,
  compter,
  DepotFichiers,
  Encart,
  Etat,
  envoyerFichier,
  Formulaire,
  formatJour,
  formatMontant,
  hasDroit,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { listerLiquidations } from '../../../execution/http/liquidations/contract.ts'
import { ChampFonction } from '../../../execution/ui/champ-fonction.tsx'
import { type Cadre, SansCadre, useCadre } from '../../../execution/ui/commun.tsx'
import { GENRES_ANV, zDeliberationAnv, zListeAnv } from '../contract.ts'
import {
  delibererAnv,
  enregistrerAnv,
  type LectureAnv,
  type ListeAnvVue,
  lireFeuilleAnv,
  listerAnv,
} from '../http/contract.ts'

const colonnes: readonly Colonne<ListeAnvVue>[] = [
  { cle: 'reference', titre: 'Liste', valeur: (l) => l.reference },
  { cle: 'recue', titre: 'Reçue le', valeur: (l) => l.recueLe, genre: 'jour' },
  { cle: 'total', titre: 'Présenté', valeur: (l) => l.total, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (l) => (l.deliberation ? 'Délibérée' : 'À délibérer'),
    rendu: (l) => (l.deliberation ? <Etat etat="fait">Délibérée</Etat> : <Etat etat="aFaire">À délibérer</Etat>),
    filtre: 'choix',
  },
  { cle: 'admis', titre: 'Admis', valeur: (l) => l.admis, genre: 'montant' },
]
type Ligne = ListeAnvVue['lignes'][number]
const colonnesLignes: readonly Colonne<Ligne>[] = [
  { cle: 'debiteur', titre: 'Débiteur', valeur: (l) => l.debiteur },
  { cle: 'exercice', titre: 'Exercice', valeur: (l) => String(l.exercice) },
  { cle: 'montant', titre: 'Montant', valeur: (l) => l.montant, genre: 'montant' },
  { cle: 'genre', titre: 'Nature', valeur: (l) => GENRES_ANV[l.genre], filtre: 'choix' },
  { cle: 'motif', titre: 'Motif', valeur: (l) => l.motif },
  {
    cle: 'decision',
    titre: 'Vote',
    valeur: (l) => (l.decision ? { admise: 'Admise', refusee: 'Refusée' }[l.decision] : ''),
    filtre: 'choix',
  },
  { cle: 'titre', titre: 'Titre', valeur: (l) => l.titre, masquee: true },
]

export default function NonValeurs() {
  const { cadre, choix, erreur } = useCadre()
  const [, setR] = useRecherche()
  const liquide = hasDroit(useSession(), 'finances.liquider')
  return (
    <Page
      titre="Non-valeurs"
      sousTitre="La liste du comptable, le vote de l’assemblée, puis les mandats 6541 et 6542."
      fil={[{ libelle: 'Recettes', vers: '/finances/recettes' }]}
      actions={choix}
      {...(liquide && cadre
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setR({ liste: 'nouvelle' })}>
                Nouvelle liste
              </Bouton>
            ),
          }
        : {})}
    >
      {cadre ? <Liste cadre={cadre} liquide={liquide} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Liste({ cadre, liquide }: { cadre: Cadre; liquide: boolean }) {
  const [r, setR] = useRecherche()
  const q = useApi(listerAnv, { query: { budget: cadre.budget as never, annee: cadre.annee as never } })
  const choisie = q.data?.listes.find((l) => l.id === r.liste)
  return (
    <ListeDetail
      titre="Liste"
      vide="Choisissez une liste pour voir ses créances et enregistrer la délibération."
      onFermer={() => setR({ liste: undefined })}
      liste={
        <Tableau
          nom="Listes de non-valeurs"
          lignes={q.data?.listes}
          cle={(l) => l.id}
          colonnes={colonnes}
          onOuvrir={(l) => setR({ liste: l.id })}
          ouverte={r.liste}
          erreur={q.data ? null : q.error}
          vide="Aucune liste présentée cette année."
        />
      }
      detail={
        r.liste === 'nouvelle' && liquide ? (
          <Nouvelle cadre={cadre} onFait={(id) => setR({ liste: id })} />
        ) : (
          choisie && <Detail cadre={cadre} key={choisie.id} liste={choisie} liquide={liquide} />
        )
      }
    />
  )
}

const zEntete = zListeAnv.pick({ reference: true, recueLe: true })
function Nouvelle({ cadre, onFait }: { cadre: Cadre; onFait: (id: string) => void }) {
  const action = useAction(enregistrerAnv, { invalidates: [listerAnv] })
  const [lu, setLu] = useState<LectureAnv>()
  const [id] = useState(() => newId<'ListeAnv'>())
  const bloquantes = lu?.anomalies.filter((a) => a.bloquante) ?? []
  return (
    <div className="bq-pile">
      <DepotFichiers
        libelle="Choisir la liste du comptable"
        aide="Un tableur : Exercice, Titre, Débiteur, Montant, Motif, Type (ANV ou créance éteinte)"
        formats=".csv,.xlsx"
        envoyer={(f, suivi) => envoyerFichier(adresse(lireFeuilleAnv), f, suivi)}
        onRecu={(_, reponse) => setLu(reponse as LectureAnv)}
      />
      {bloquantes.length > 0 && (
        <Encart etat="bloquant" titre="À corriger dans le tableur">
          <ul className="fin-anomalies">
            {bloquantes.map((a) => (
              <li key={`${a.lieu}${a.message}`}>
                {a.lieu} : {a.message}
              </li>
            ))}
          </ul>
        </Encart>
      )}
      {lu && bloquantes.length === 0 && (
        <>
          <p>
            {compter(lu.lignes.length, 'créance')}, {formatMontant(lu.total)}.
          </p>
          <Formulaire
            forme={zEntete}
            libelle="Enregistrer la liste"
            onEnvoyer={async (v) => {
              await action.mutateAsync({
                body: { ...v, id, lignes: lu.lignes, budgetId: cadre.budget as never, annee: cadre.annee },
              })
              signaler('Liste enregistrée : elle attend la délibération.')
              onFait(id)
            }}
          >
            <ChampTexte nom="reference" libelle="Numéro de la liste" requis />
            <ChampJour nom="recueLe" libelle="Reçue le" requis />
          </Formulaire>
        </>
      )}
    </div>
  )
}

function Detail({ cadre, liste: l, liquide }: { cadre: Cadre; liste: ListeAnvVue; liquide: boolean }) {
  const action = useAction(delibererAnv, { invalidates: [listerAnv, listerLiquidations] })
  const [refusees, setRefusees] = useState<ReadonlySet<string>>(new Set())
  const ouverte = l.deliberation === null
  return (
    <div className="bq-pile">
      <header>
        <h2>Liste n° {l.reference}</h2>
        <p className="bq-discret">
          {compter(l.lignes.length, 'créance')}, {formatMontant(l.total)}.{' '}
          {l.deliberation &&
            `Délibération ${l.deliberation} du ${formatJour(l.deliberationLe!)} : ${formatMontant(l.admis)} admis.`}
        </p>
      </header>
      {l.mandats.length > 0 && (
        <p className="bq-rangee">
          Les mandats attendent avec les autres : {l.mandats.map((m) => m.libelle).join(', ')}.
          <BoutonLien vers="/finances/mandater">Mandater</BoutonLien>
        </p>
      )}
      <Tableau
        nom="Créances"
        lignes={l.lignes}
        cle={(g) => g.id}
        colonnes={colonnesLignes}
        {...(ouverte && liquide
          ? {
              selection: (choisies: readonly Ligne[], effacer: () => void) => (
                <Bouton
                  onClick={() => {
                    setRefusees(new Set(choisies.map((g) => g.id)))
                    effacer()
                  }}
                >
                  L’assemblée les refuse
                </Bouton>
              ),
            }
          : {})}
      />
      {ouverte && liquide && (
        <Formulaire
          forme={zDeliberationAnv.omit({ refusees: true })}
          libelle="Enregistrer la délibération"
          onEnvoyer={async (v) => {
            const fait = await action.mutateAsync({
              params: { listeAnv: l.id as never },
              body: { ...v, refusees: [...refusees] as never },
            })
            signaler(`${formatMontant(fait.total)} admis, ${compter(fait.mandats, 'mandat')} à envoyer.`)
          }}
        >
          {refusees.size > 0 && (
            <Encart etat="attention">
              {compter(refusees.size, 'créance refusée', 'créances refusées')} :{' '}
              {l.lignes
                .filter((g) => refusees.has(g.id))
                .map((g) => g.debiteur)
                .join(', ')}
              .
            </Encart>
          )}
          <ChampTexte nom="numero" libelle="Numéro de la délibération" requis />
          <ChampJour nom="le" libelle="Du" requis />
          <ChampFonction de={{ budgetId: cadre.budget, annee: cadre.annee }} nom="fonction" />
        </Formulaire>
      )}
    </div>
  )
}
