import '../../ui/paie.css'
import { euros, sum } from '#socle/argent.ts'
import {
  aujourdhuiAParis,
  BoutonLien,
  ChampChoix,
  type Colonne,
  deMois,
  Etat,
  formatJour,
  formatMois,
  hasDroit,
  Page,
  Tableau,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { lirePortefeuille } from '../contract.ts'
import { EtatReste, LIBELLES_RESTE } from './libelles.tsx'
import { estEnRetard, parUrgence, RESTES, resteAFaire, type Suivi } from './reste.ts'
import { ResteDuJour } from './reste-du-jour.tsx'

const somme = (lire: (s: Suivi) => number) => (lignes: readonly Suivi[]) => lignes.reduce((t, s) => t + lire(s), 0)
const sommeEuros = (lire: (s: Suivi) => string) => (lignes: readonly Suivi[]) => sum(lignes.map((s) => euros(lire(s))))

const nombre = (cle: string, titre: string, lire: (s: Suivi) => number): Colonne<Suivi> => ({
  cle,
  titre,
  // Nothing to see is an empty cell: the eye goes to the figures that call.
  valeur: (s) => lire(s) || null,
  genre: 'nombre',
  total: somme(lire),
})

const aujourdhui = aujourdhuiAParis()

const colonnes: readonly Colonne<Suivi>[] = [
  {
    cle: 'nom',
    titre: 'Collectivité',
    largeur: 'clamp(11rem, 18vw, 16rem)',
    valeur: (s) => s.nom,
    rendu: (s) => <span className="paie-nom">{s.nom}</span>,
  },
  {
    cle: 'reste',
    titre: 'À faire',
    valeur: (s) => resteAFaire(s),
    rendu: (s) => <EtatReste reste={resteAFaire(s)} />,
    filtre: RESTES.map((r) => ({ valeur: r, libelle: LIBELLES_RESTE[r].libelle })),
  },
  {
    cle: 'limite',
    titre: 'Limite',
    valeur: (s) => s.dateLimite,
    rendu: (s) =>
      estEnRetard(s, aujourdhui) ? (
        <Etat etat="attention">{formatJour(s.dateLimite!).slice(0, 5)}, passée</Etat>
      ) : (
        <span className="bq-chiffres">{s.dateLimite ? formatJour(s.dateLimite) : ''}</span>
      ),
    genre: 'jour',
  },
  nombre('aLire', 'À lire', (s) => s.piecesALire),
  nombre('questions', 'Questions', (s) => s.questions),
  nombre('complements', 'Compléments', (s) => s.complements),
  { ...nombre('bloquantes', 'Bloquantes', (s) => s.bloquantes), masquee: true },
  nombre('anomalies', 'Anomalies', (s) => s.anomalies),
  nombre('agents', 'Agents', (s) => s.agents),
  { ...nombre('bulletins', 'Bulletins', (s) => s.bulletins), masquee: true },
  {
    cle: 'brut',
    titre: 'Brut',
    valeur: (s) => s.brut,
    genre: 'montant',
    total: sommeEuros((s) => s.brut),
    masquee: true,
  },
  {
    cle: 'net',
    titre: 'Net à payer',
    // Nothing is computed yet: an empty cell, and not a pay of zero.
    valeur: (s) => (s.bulletins > 0 ? s.netAPayer : null),
    genre: 'montant',
    total: sommeEuros((s) => s.netAPayer),
  },
  {
    cle: 'cout',
    titre: 'Coût',
    valeur: (s) => s.cout,
    genre: 'montant',
    total: sommeEuros((s) => s.cout),
    masquee: true,
  },
  { cle: 'type', titre: 'Type', valeur: (s) => s.type, masquee: true },
  { cle: 'siren', titre: 'SIREN', valeur: (s) => s.siren, masquee: true },
]

/** The supervisor sees all the portfolios: she filters by them; an officer has his own. */
const colonnesSuperviseur: readonly Colonne<Suivi>[] = [
  ...colonnes,
  { cle: 'portefeuille', titre: 'Portefeuille', valeur: (s) => s.portefeuille, filtre: 'choix' },
  { cle: 'gestionnaire', titre: 'Gestionnaire', valeur: (s) => s.gestionnaire, masquee: true },
]

/** The bodies that this person follows, with what is left to do in each. */
export default function Portefeuille() {
  const [r, setR] = useRecherche()
  const vue = useSession()
  const q = useApi(lirePortefeuille, { query: r.mois ? { mois: r.mois } : {} }, { rafraichir: 20_000 })
  const mois = q.data?.mois ?? r.mois
  const suivis = q.data && parUrgence(q.data.suivis, aujourdhui)
  const superviseur = hasDroit(vue, 'production.lancer')
  return (
    <Page
      titre={superviseur ? 'Toutes les collectivités' : 'Mes collectivités'}
      sousTitre={mois && `Paie ${deMois(mois)}`}
      {...(superviseur
        ? {
            action: (
              <BoutonLien vers={`/pex/production${mois ? `?mois=${mois}` : ''}`} variante="principal" touche="p">
                Production
              </BoutonLien>
            ),
          }
        : {})}
      actions={
        q.data && (
          <div className="paie-mois">
            <ChampChoix
              libelle="Mois"
              effacable={false}
              valeur={q.data.mois}
              onValeur={(m) => setR({ mois: m })}
              choix={q.data.moisConnus.map((m) => ({ valeur: m, libelle: formatMois(m) }))}
              largeur="12rem"
            />
          </div>
        )
      }
    >
      {suivis && suivis.length > 0 && (
        <ResteDuJour
          suivis={suivis}
          aujourdhui={aujourdhui}
          choisi={r['f.reste']}
          onChoix={(reste) => setR({ 'f.reste': reste })}
          onTri={(cle) => setR({ tri: `-${cle}`, 'f.reste': undefined })}
        />
      )}
      <Tableau
        nom={superviseur ? 'Toutes les collectivités' : 'Mes collectivités'}
        lignes={suivis}
        cle={(s) => s.client}
        colonnes={superviseur ? colonnesSuperviseur : colonnes}
        vers={(s) => `/o/${s.siren}/paie/gestion/${mois}`}
        erreur={q.data ? null : q.error}
        vide="Aucune collectivité ne vous est confiée. Demandez à votre superviseur de vous ouvrir un portefeuille."
      />
    </Page>
  )
}
