import '../../../ui/paie.css'
import './cockpit.css'
import {
  aujourdhuiAParis,
  ChampChoix,
  compter,
  deMois,
  Encart,
  EtatVide,
  formatMois,
  formatNombre,
  Graphique,
  hasDroit,
  Page,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { type IndicateursDuMois, lireCockpit } from '../../cockpit/contract.ts'
import { lirePortefeuille } from '../../contract.ts'
import { estEnRetard } from '../reste.ts'
import { Carreaux } from './carreaux.tsx'
import { Charges } from './charges.tsx'

/** The service on one page: every body, every officer, two years of indicators. */
export default function Cockpit() {
  const [r, setR] = useRecherche()
  const vue = useSession()
  const aujourdhui = aujourdhuiAParis()
  const query = r.mois ? { mois: r.mois } : {}
  const q = useApi(lireCockpit, { query }, { rafraichir: 30_000 })
  const p = useApi(lirePortefeuille, { query }, { rafraichir: 30_000 })
  const superviseur = hasDroit(vue, 'production.lancer')
  if (q.error && !q.data)
    return (
      <Page titre="Tableau de bord">
        <EtatVide titre="Le tableau de bord n’a pas pu être lu." etat="attention">
          {q.error.message}
        </EtatVide>
      </Page>
    )
  const suivis = p.data?.suivis ?? []
  const retards = suivis.filter((s) => estEnRetard(s, aujourdhui)).length
  return (
    <Page
      titre="Tableau de bord"
      sousTitre={q.data?.mois && `Paie ${deMois(q.data.mois)}`}
      actions={
        q.data && (
          <ChampChoix
            libelle="Mois"
            effacable={false}
            valeur={q.data.mois}
            onValeur={(m) => setR({ mois: m })}
            choix={q.data.moisConnus.map((m) => ({ valeur: m, libelle: formatMois(m) }))}
            largeur="12rem"
          />
        )
      }
    >
      {p.data && (
        <section className="bq-pile-serree" aria-labelledby="carreaux-titre">
          <h2 id="carreaux-titre">
            {compter(suivis.length, 'collectivité')}
            {retards > 0 && `, ${retards} en retard`}
          </h2>
          {suivis.length > 0 && retards === 0 && <Encart etat="fait">Aucune collectivité n’est en retard.</Encart>}
          <Carreaux suivis={suivis} mois={p.data.mois} aujourdhui={aujourdhui} />
        </section>
      )}
      {q.data && (
        <section className="bq-pile-serree" aria-labelledby="charges-titre">
          <h2 id="charges-titre">Charge par gestionnaire</h2>
          <Charges charges={q.data.charges} peutRemplacer={superviseur} />
        </section>
      )}
      {q.data && <Indicateurs mois={q.data.indicateurs} />}
    </Page>
  )
}

const COURBES: readonly { titre: string; lire: (m: IndicateursDuMois) => number | null; unite: string }[] = [
  { titre: 'Dépôts à temps', lire: (m) => m.depotsATemps, unite: ' %' },
  { titre: 'Pièces complètes au premier dépôt', lire: (m) => m.depotsComplets, unite: ' %' },
  { titre: 'Bulletins corrigés après paiement, pour mille', lire: (m) => m.corrigesPourMille, unite: ' ‰' },
  { titre: 'Minutes de travail par bulletin', lire: (m) => m.minutesParBulletin, unite: ' min' },
  { titre: 'Rappels réglés', lire: (m) => m.rappels, unite: '' },
  { titre: 'Paies renvoyées par l’ordonnateur', lire: (m) => m.renvois, unite: '' },
]

function Indicateurs({ mois }: { mois: readonly IndicateursDuMois[] }) {
  const categories = mois.map((m) => formatMois(m.mois))
  return (
    <section className="bq-pile-serree" aria-labelledby="indicateurs-titre">
      <h2 id="indicateurs-titre">Qualité du service{mois.length > 1 && ` sur ${mois.length} mois`}</h2>
      {mois.length === 0 ? (
        <p className="bq-discret">Les indicateurs commencent avec la première paie envoyée à l’approbation.</p>
      ) : (
        <div className="paie-indicateurs">
          {COURBES.filter((c) => mois.some((m) => c.lire(m) !== null)).map((c) => (
            <Graphique
              key={c.titre}
              titre={c.titre}
              categories={categories}
              series={[{ nom: c.titre, valeurs: mois.map(c.lire) }]}
              genre={mois.length > 2 ? 'lignes' : 'barres'}
              format={(v) => `${formatNombre(v)}${c.unite}`}
              hauteur={180}
            />
          ))}
        </div>
      )}
      <p className="bq-discret bq-petit">
        Les minutes viennent de l’histoire des dossiers : deux actes d’une même personne à plus d’un quart d’heure sont
        deux séances.
      </p>
    </section>
  )
}
