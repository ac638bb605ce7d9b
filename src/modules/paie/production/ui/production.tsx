import '../../ui/paie.css'
import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  BoutonLien,
  ChampChoix,
  ChampOptions,
  type Colonne,
  Confirmation,
  compter,
  deMois,
  Encart,
  Etat,
  formatInstant,
  formatMois,
  formatNombre,
  Page,
  Tableau,
  useAction,
  useAller,
  useApi,
  useRecherche,
} from '#ui'
import { lireCockpit } from '../cockpit/contract.ts'
import { lancerProduction, lirePortefeuille, listerProductions } from '../contract.ts'
import { estFinie, type Resume, useSuivre, useSuivreEnLigne } from './suivi-production.ts'

const JUSQUA: Record<Resume['jusqua'], string> = {
  calcul: 'Calcul',
  diffusion: 'Jusqu’aux coffres',
}

const colonnes: readonly Colonne<Resume>[] = [
  {
    cle: 'lancee',
    titre: 'Lancée le',
    valeur: (p) => p.lanceeLe,
    rendu: (p) => formatInstant(p.lanceeLe),
    genre: 'instant',
  },
  { cle: 'mois', titre: 'Mois', valeur: (p) => p.mois, genre: 'mois', filtre: 'choix' },
  { cle: 'par', titre: 'Par', valeur: (p) => p.lanceePar },
  { cle: 'jusqua', titre: 'Étendue', valeur: (p) => JUSQUA[p.jusqua] },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (p) => (estFinie(p) ? (p.arretees > 0 ? 'Arrêts' : 'Terminée') : 'En cours'),
    rendu: (p) => <EtatProduction production={p} />,
  },
  { cle: 'collectivites', titre: 'Collectivités', valeur: (p) => p.collectivites, genre: 'nombre' },
  { cle: 'agents', titre: 'Agents', valeur: (p) => p.agents, genre: 'nombre' },
  { cle: 'calcules', titre: 'Calculés', valeur: (p) => p.calcules, genre: 'nombre' },
  { cle: 'edites', titre: 'Remis', valeur: (p) => p.edites || null, genre: 'nombre' },
  { cle: 'finie', titre: 'Finie le', valeur: (p) => p.finieLe, genre: 'instant', masquee: true },
]

export function EtatProduction({ production: p }: { production: Resume }) {
  if (!estFinie(p)) return <Etat etat="enAttente">En cours</Etat>
  if (p.arretees > 0) return <Etat etat="attention">{compter(p.arretees, 'arrêt')}</Etat>
  return <Etat etat="fait">Terminée</Etat>
}

/** The supervisor launches the month of all the bodies, and finds the productions of before. */
export default function PageProduction() {
  const [r, setR] = useRecherche()
  const aller = useAller()
  const suivre = useSuivre()
  const [confirme, setConfirme] = useState(false)
  const [jusqua, setJusqua] = useState<Resume['jusqua']>('calcul')
  // One id for all the attempts: pressed twice, it launches once.
  const [id, setId] = useState(() => newId<'Production'>())
  const portefeuille = useApi(lirePortefeuille, { query: r.mois ? { mois: r.mois } : {} })
  const cockpit = useApi(lireCockpit, { query: {} })
  // « Tous » is no choice at all
  const choisi = cockpit.data?.charges.find((c) => c.portefeuilleId === r.portefeuille)
  const q = useApi(listerProductions, {}, { rafraichir: 5000 })
  const lancement = useAction(lancerProduction, { invalidates: [listerProductions, lirePortefeuille] })
  const enCours = q.data?.productions.find((p) => !estFinie(p))
  useSuivreEnLigne(enCours)
  const suivis = (portefeuille.data?.suivis ?? []).filter((s) => !choisi || s.portefeuille === choisi.portefeuille)
  const mois = portefeuille.data?.mois
  const agents = suivis.reduce((n, s) => n + s.agents, 0)
  const figees = suivis.filter(
    (s) => s.etat === 'aApprouver' || s.etat === 'approuve' || s.etat === 'diffuse' || s.etat === 'clos',
  ).length
  return (
    <Page
      titre="Production de la paie"
      action={
        enCours ? (
          <BoutonLien variante="principal" touche="s" vers={`/pex/production/${enCours.id}`}>
            Suivre la production
          </BoutonLien>
        ) : (
          <Bouton
            variante="principal"
            touche="l"
            icone={IconPlayerPlay}
            disabled={!mois || suivis.length === 0}
            onClick={() => setConfirme(true)}
          >
            {choisi ? `Lancer le portefeuille ${choisi.portefeuille}` : 'Lancer toutes les collectivités'}
          </Bouton>
        )
      }
    >
      {enCours ? (
        <Encart etat="enAttente" titre={`La paie ${deMois(enCours.mois)} est en cours`}>
          {formatNombre(enCours.finies)} collectivités finies sur {formatNombre(enCours.collectivites)}.
        </Encart>
      ) : (
        portefeuille.data && (
          <section className="bq-pile" aria-labelledby="lancer-titre">
            <h2 id="lancer-titre">Nouvelle production</h2>
            <div className="paie-lancer">
              <ChampChoix
                libelle="Mois"
                effacable={false}
                valeur={portefeuille.data.mois}
                onValeur={(m) => setR({ mois: m })}
                choix={portefeuille.data.moisConnus.map((m) => ({ valeur: m, libelle: formatMois(m) }))}
                largeur="12rem"
              />
              <ChampChoix
                libelle="Portefeuille (vide : tous)"
                valeur={choisi?.portefeuilleId ?? ''}
                onValeur={(p) => setR({ portefeuille: p || undefined })}
                choix={(cockpit.data?.charges ?? []).map((c) => ({
                  valeur: c.portefeuilleId,
                  libelle: `${c.portefeuille} (${c.gestionnaire})`,
                }))}
                largeur="22rem"
              />
              <ChampOptions
                libelle="Étendue"
                valeur={jusqua}
                onValeur={(v) => setJusqua(v as Resume['jusqua'])}
                choix={[
                  { valeur: 'calcul', libelle: 'Calculer et contrôler' },
                  { valeur: 'diffusion', libelle: 'Aller jusqu’à la remise dans les coffres' },
                ]}
              />
            </div>
            <p className="bq-discret">
              {compter(suivis.length, 'collectivité')}, {compter(agents, 'agent')} à payer
              {figees > 0 && `, dont ${compter(figees, 'collectivité')} déjà à l’approbation ou au-delà`}.
            </p>
          </section>
        )
      )}
      <section className="bq-pile-serree" aria-labelledby="histoire-titre">
        <h2 id="histoire-titre">Productions précédentes</h2>
        <Tableau
          nom="Productions"
          lignes={q.data?.productions}
          cle={(p) => p.id}
          colonnes={colonnes}
          vers={(p) => `/pex/production/${p.id}`}
          erreur={q.data ? null : q.error}
          recherche={false}
          vide="Aucune production n’a encore été lancée."
        />
      </section>
      {mois && (
        <Confirmation
          ouverte={confirme}
          titre={`Lancer la paie ${deMois(mois)}`}
          verbe={`Lancer ${compter(suivis.length, 'collectivité')}`}
          onFermer={() => setConfirme(false)}
          onConfirmer={async () => {
            const p = await lancement.mutateAsync({
              body: { id, mois, jusqua, ...(choisi ? { portefeuille: choisi.portefeuilleId as never } : {}) },
            })
            // Told at once: a fast one is over before its page is read.
            suivre(p)
            setId(newId<'Production'>())
            aller(`/pex/production/${p.id}`)
          }}
        >
          <p>
            La paie {deMois(mois)} va être calculée pour {compter(suivis.length, 'collectivité')} et{' '}
            {compter(agents, 'agent')}. Les mois déjà envoyés à l’approbation ou approuvés ne sont pas recalculés.
          </p>
          <p>
            {jusqua === 'calcul'
              ? 'Rien n’est envoyé ni remis : chaque gestionnaire contrôle ensuite ses collectivités.'
              : 'Les bulletins des collectivités approuvées seront remis dans les coffres des agents : cela ne se reprend pas.'}
          </p>
        </Confirmation>
      )}
    </Page>
  )
}
