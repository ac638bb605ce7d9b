import '../../ui/paie.css'
import {
  aujourdhuiAParis,
  BoutonLien,
  ChampJour,
  type Colonne,
  compter,
  Encart,
  Etat,
  formatJour,
  hasDroit,
  Interrupteur,
  Lien,
  ListeDetail,
  Page,
  Tableau,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { lireTaux } from '../../dossier/ui/commun/libelles.ts'
import { Source } from '../../dossier/ui/commun/pourquoi.tsx'
import { listerParametres, listerPropositions, type Proposition } from '../contract.ts'
import { EtatProposition } from './commun.tsx'

type Parametre = (typeof listerParametres)['reply']['_output']['parametres'][number]
type ValeurDatee = Parametre['valeurs'][number]
/** A parameter with the value that counts on the chosen day. */
type Ligne = Parametre & { enVigueur: ValeurDatee | undefined }

type Etat3 = 'verifie' | 'aVerifier' | 'inconnu' | 'sansValeur'
const etatDe = (v: ValeurDatee | undefined): Etat3 =>
  v === undefined ? 'sansValeur' : v.valeur === null ? 'inconnu' : v.verifie ? 'verifie' : 'aVerifier'
const LIBELLES: Record<Etat3, string> = {
  verifie: 'Vérifié',
  aVerifier: 'Non vérifié',
  inconnu: 'Valeur inconnue',
  sansValeur: 'Sans objet ce jour',
}

function EtatValeur({ valeur }: { valeur: ValeurDatee | undefined }) {
  const e = etatDe(valeur)
  if (e === 'sansValeur') return <span className="bq-discret">{LIBELLES[e]}</span>
  return <Etat etat={e === 'verifie' ? 'fait' : e === 'inconnu' ? 'bloquant' : 'attention'}>{LIBELLES[e]}</Etat>
}

const lireValeur = (v: ValeurDatee | undefined) => (v?.valeur ? lireTaux(v.valeur) : '')

const colonnes: readonly Colonne<Ligne>[] = [
  {
    cle: 'libelle',
    titre: 'Paramètre',
    largeur: '13rem',
    valeur: (p) => p.libelle,
    rendu: (p) => <span className="paie-texte">{p.libelle}</span>,
  },
  {
    cle: 'valeur',
    titre: 'Valeur',
    valeur: (p) => lireValeur(p.enVigueur),
    rendu: (p) => <strong className="bq-chiffres">{lireValeur(p.enVigueur)}</strong>,
    tri: false,
  },
  { cle: 'unite', titre: 'Unité', valeur: (p) => p.unite, masquee: true },
  { cle: 'depuis', titre: 'Depuis', valeur: (p) => p.enVigueur?.depuis, genre: 'jour', masquee: true },
  {
    cle: 'etat',
    titre: 'Vérification',
    valeur: (p) => LIBELLES[etatDe(p.enVigueur)],
    rendu: (p) => <EtatValeur valeur={p.enVigueur} />,
    filtre: 'choix',
  },
  { cle: 'theme', titre: 'Thème', valeur: (p) => p.theme, filtre: 'choix' },
  {
    cle: 'texte',
    titre: 'Texte',
    valeur: (p) => p.enVigueur?.texte,
    rendu: (p) => <span className="paie-texte">{p.enVigueur?.texte}</span>,
    masquee: true,
  },
  { cle: 'source', titre: 'Source', valeur: (p) => p.enVigueur?.source, masquee: true },
  { cle: 'code', titre: 'Code', valeur: (p) => p.code, masquee: true },
]

/** The legal values that the payslips are made of, on a day, with where each one comes from. */
export default function Parametres() {
  const [r, setR] = useRecherche()
  const jour = r.le ?? aujourdhuiAParis()
  const vue = useSession()
  const q = useApi(listerParametres)
  const propositions = useApi(listerPropositions)
  const enAttente = propositions.data?.propositions.filter((p) => p.etat === 'proposee').length ?? 0
  const trous = r.trous === 'oui'
  const toutes = q.data?.parametres.map(
    (p): Ligne => ({
      ...p,
      enVigueur: p.valeurs.find((v) => v.depuis <= jour && (v.jusqua === null || jour < v.jusqua)),
    }),
  )
  const inconnus = toutes?.filter((p) => p.enVigueur?.valeur === null) ?? []
  const lignes = trous ? toutes?.filter((p) => p.valeurs.some((v) => v.valeur === null)) : toutes
  const ouvert = toutes?.find((p) => p.code === r.code)
  return (
    <Page
      titre="Paramètres de la paie"
      sousTitre={toutes && `${compter(toutes.length, 'paramètre')}, avec leurs valeurs au ${formatJour(jour)}`}
      {...(hasDroit(vue, 'parametres.proposer')
        ? {
            action: (
              <BoutonLien variante="principal" touche="p" vers="/pex/parametres/proposer">
                Proposer une valeur
              </BoutonLien>
            ),
          }
        : {})}
      actions={
        <BoutonLien vers="/pex/parametres/propositions">
          {enAttente > 0 ? compter(enAttente, 'valeur proposée', 'valeurs proposées') : 'Valeurs proposées'}
        </BoutonLien>
      }
    >
      {inconnus.length > 0 && (
        <Encart
          etat="attention"
          titre={`${compter(inconnus.length, 'valeur inconnue', 'valeurs inconnues')} le ${formatJour(jour)}`}
        >
          Les bulletins qui en dépendent ne sont pas calculés ; leur anomalie nomme le paramètre.
        </Encart>
      )}
      <div className="paie-lancer">
        <ChampJour libelle="En vigueur le" valeur={jour} onValeur={(v) => setR({ le: v || undefined })} />
        <Interrupteur
          libelle="Seulement ceux qui ont un trou"
          valeur={trous}
          onValeur={(v) => setR({ trous: v ? 'oui' : undefined })}
        />
      </div>
      <ListeDetail
        titre="Paramètre choisi"
        vide="Choisissez un paramètre pour voir toutes ses valeurs, leurs textes et leurs sources."
        onFermer={() => setR({ code: undefined })}
        liste={
          <Tableau
            nom="Paramètres de la paie"
            lignes={lignes}
            cle={(p) => p.code}
            colonnes={colonnes}
            onOuvrir={(p) => setR({ code: p.code })}
            ouverte={r.code}
            erreur={q.data ? null : q.error}
            vide="Aucun paramètre."
          />
        }
        detail={
          ouvert && (
            <Detail
              parametre={ouvert}
              propose={hasDroit(vue, 'parametres.proposer')}
              propositions={propositions.data?.propositions.filter((p) => p.code === ouvert.code) ?? []}
            />
          )
        }
      />
    </Page>
  )
}

function Detail({
  parametre: p,
  propose,
  propositions,
}: {
  parametre: Ligne
  propose: boolean
  propositions: readonly Proposition[]
}) {
  return (
    <div className="bq-pile">
      <header>
        <h2>{p.libelle}</h2>
        {propose && (
          <Lien vers={`/pex/parametres/proposer?code=${encodeURIComponent(p.code)}`}>Proposer une valeur</Lien>
        )}
        <p className="bq-discret bq-petit">
          {p.theme} · {p.unite} · {p.code}
        </p>
      </header>
      <ol className="paie-valeurs">
        {p.valeurs
          .toSorted((a, b) => (a.depuis < b.depuis ? 1 : -1))
          .map((v) => (
            <li key={v.depuis} aria-current={v === p.enVigueur || undefined}>
              <div className="paie-texte-tete">
                <strong className="bq-chiffres">{v.valeur === null ? 'Inconnue' : lireTaux(v.valeur)}</strong>
                <EtatValeur valeur={v} />
              </div>
              <p>
                {v.jusqua
                  ? `Du ${formatJour(v.depuis)} au ${formatJour(v.jusqua)} exclu`
                  : `Depuis le ${formatJour(v.depuis)}`}
                {v === p.enVigueur && ' · en vigueur'}
              </p>
              {v.tranches && (
                <ul className="paie-tranches bq-chiffres">
                  {v.tranches.map((t) => (
                    <li key={t}>{t}</li>
                  ))}
                </ul>
              )}
              <p className="bq-discret">
                {v.texte && `${v.texte}. `}Source : <Source source={v.source} />
              </p>
              {v.note && <p className="bq-discret bq-petit">{v.note}</p>}
            </li>
          ))}
      </ol>
      {propositions.length > 0 && (
        <section className="bq-pile-serree">
          <h3>Valeurs proposées</h3>
          <ul className="paie-textes">
            {propositions.map((x) => (
              <li key={x.id} className="bq-rangee">
                <Lien vers={`/pex/parametres/propositions/${x.id}`}>
                  {lireTaux(x.valeur)} à partir du {formatJour(x.depuis)}
                </Lien>
                <EtatProposition etat={x.etat} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
