import type { z } from 'zod'
import {
  ChampChoix,
  ChampTexte,
  type Colonne,
  Etat,
  Formulaire,
  hasDroit,
  Page,
  signaler,
  Tableau,
  useAction,
  useSession,
} from '#ui'
import { ajouterTriplet, lireCadre } from '../http/cadre/contract.ts'
import { type Cadre, SansCadre, useCadre } from './commun.tsx'

type Ligne = Cadre['vue']['triplets']['D'][number] & { sens: 'D' | 'R' }
const colonnes: readonly Colonne<Ligne>[] = [
  { cle: 'triplet', titre: 'Bordereau, type, nature', valeur: (l) => l.triplet },
  { cle: 'sens', titre: 'Pour', valeur: (l) => (l.sens === 'D' ? 'Mandats' : 'Titres'), filtre: 'choix' },
  { cle: 'libelle', titre: 'Ce que c’est', valeur: (l) => l.libelle },
  {
    cle: 'verifie',
    titre: 'Source',
    valeur: (l) => (l.verifie ? 'Citée par le schéma officiel' : l.source),
    rendu: (l) =>
      l.verifie ? <Etat etat="fait">Citée par le schéma officiel</Etat> : <Etat etat="attention">{l.source}</Etat>,
  },
]

/** Which kinds of pieces the comptable admits: what the product knows, and what he told the body. */
export default function TypesDePieces() {
  const { cadre, erreur } = useCadre()
  return (
    <Page
      titre="Types de pièces"
      sousTitre="La DGFiP ne publie pas cette table : complétez-la avec ce que le comptable vous dit"
    >
      {cadre ? <Contenu cadre={cadre} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Contenu({ cadre }: { cadre: Cadre }) {
  const administre = hasDroit(useSession(), 'finances.administrer')
  const ajout = useAction(ajouterTriplet, { invalidates: [lireCadre] })
  const { D, R } = cadre.vue.triplets
  const lignes = [...D.map((t) => ({ ...t, sens: 'D' as const })), ...R.map((t) => ({ ...t, sens: 'R' as const }))]
  return (
    <div className="bq-pile">
      <Tableau
        nom="Types de pièces"
        lignes={lignes}
        cle={(l) => `${l.sens}/${l.triplet}/${l.source}`}
        colonnes={colonnes}
        local
        vide=""
      />
      {administre && (
        <section className="bq-pile" aria-label="Ajouter une association">
          <h2>Ajouter une association</h2>
          <Formulaire
            key={lignes.length}
            forme={ajouterTriplet.body as z.ZodObject}
            initial={{ sens: 'D' } as never}
            libelle="Ajouter"
            onEnvoyer={async (v) => {
              await ajout.mutateAsync({ body: v as never })
              signaler('Association ajoutée : les pièces qui la portent ne sont plus signalées.')
            }}
          >
            <ChampChoix
              nom="sens"
              libelle="Pour"
              choix={[
                { valeur: 'D', libelle: 'Mandats' },
                { valeur: 'R', libelle: 'Titres' },
              ]}
              effacable={false}
            />
            <ChampTexte nom="triplet" libelle="Bordereau, type, nature" requis aide="Par exemple 01-01-14" />
            <ChampTexte nom="libelle" libelle="Ce que c’est" requis />
            <ChampTexte nom="source" libelle="D’où vient-elle" requis aide="Courriel du comptable du 12/03…" />
          </Formulaire>
        </section>
      )}
    </div>
  )
}
