import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  ChampChoix,
  ChampMontant,
  ChampTexte,
  type Colonne,
  Encart,
  Etat,
  Formulaire,
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
import { zEngagementSaisi } from '../contract.ts'
import { lireDisponible } from '../http/cadre/contract.ts'
import { type EngagementVue, engager, listerEngagements, solderEngagement } from '../http/engagements/contract.ts'
import { listerTiers } from '../http/tiers/contract.ts'
import { ChampFonction } from './champ-fonction.tsx'
import { Circuit, Demandes } from './circuit.tsx'
import { type Cadre, Chiffres, SansCadre, useCadre } from './commun.tsx'

const colonnes: readonly Colonne<EngagementVue>[] = [
  { cle: 'numero', titre: 'N°', valeur: (e) => e.numero, genre: 'nombre' },
  { cle: 'objet', titre: 'Objet', valeur: (e) => e.objet },
  { cle: 'tiers', titre: 'Tiers', valeur: (e) => e.tiers },
  { cle: 'nature', titre: 'Article', valeur: (e) => e.nature },
  { cle: 'montant', titre: 'Engagé', valeur: (e) => e.montant, genre: 'montant' },
  { cle: 'reste', titre: 'Reste', valeur: (e) => e.reste, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (e) => ({ ouvert: 'Ouvert', solde: 'Soldé', annule: 'Annulé' })[e.etat],
    rendu: (e) => (
      <Etat etat={e.etat === 'ouvert' ? 'enAttente' : 'fait'}>
        {{ ouvert: 'Ouvert', solde: 'Soldé', annule: 'Annulé' }[e.etat]}
      </Etat>
    ),
    filtre: 'choix',
  },
  { cle: 'engageLe', titre: 'Le', valeur: (e) => e.engageLe, genre: 'jour', masquee: true },
  { cle: 'marche', titre: 'Marché', valeur: (e) => e.marche, masquee: true },
]

export default function Engagements() {
  const { cadre, choix, erreur } = useCadre()
  const [, setR] = useRecherche()
  const vue = useSession()
  return (
    <Page
      titre="Engagements"
      actions={choix}
      {...(hasDroit(vue, 'finances.engager')
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setR({ engagement: 'nouveau' })}>
                Engager
              </Bouton>
            ),
          }
        : {})}
    >
      {cadre ? (
        <Liste
          cadre={cadre}
          engage={hasDroit(vue, 'finances.engager')}
          administre={hasDroit(vue, 'finances.administrer')}
        />
      ) : (
        <SansCadre erreur={erreur} />
      )}
    </Page>
  )
}

function Liste({ cadre, engage, administre }: { cadre: Cadre; engage: boolean; administre: boolean }) {
  const [r, setR] = useRecherche()
  const q = useApi(listerEngagements, { query: { budget: cadre.budget as never, annee: cadre.annee as never } })
  const ouvert = q.data?.engagements.find((e) => e.id === r.engagement)
  const solde = useAction(solderEngagement, { invalidates: [listerEngagements, lireDisponible] })
  return (
    <ListeDetail
      titre="Engagement"
      vide="Choisissez un engagement pour voir ce qu’il en reste."
      onFermer={() => setR({ engagement: undefined })}
      liste={
        <div className="bq-pile">
          {q.data && q.data.demandes.length > 0 && <Demandes demandes={q.data.demandes} />}
          <Tableau
            nom="Engagements"
            lignes={q.data?.engagements}
            cle={(e) => e.id}
            colonnes={colonnes}
            onOuvrir={(e) => setR({ engagement: e.id })}
            ouverte={r.engagement}
            erreur={q.data ? null : q.error}
            vide="Aucun engagement. Une facture peut aussi être mandatée sans engagement préalable : son crédit est réservé à la liquidation."
          />
          {q.data?.complete && administre && <Circuit circuit={q.data.circuit} />}
        </div>
      }
      detail={
        r.engagement === 'nouveau' && engage ? (
          <Nouveau cadre={cadre} onFait={(id) => setR({ engagement: id })} />
        ) : (
          ouvert && (
            <div className="bq-pile">
              <h2>
                Engagement n° {ouvert.numero}, {ouvert.objet}
              </h2>
              <Chiffres
                liste={[
                  { libelle: 'Engagé', valeur: formatMontant(ouvert.montant) },
                  { libelle: 'Liquidé', valeur: formatMontant(ouvert.liquide) },
                  { libelle: 'Reste', valeur: formatMontant(ouvert.reste) },
                ]}
              />
              <p>
                Article {ouvert.nature}. {ouvert.tiers} {ouvert.marche && `Marché ${ouvert.marche}.`}
              </p>
              <p className="bq-discret">Engagé par {ouvert.engagePar}.</p>
              {solde.error && <Encart etat="bloquant">{solde.error.message}</Encart>}
              {engage && ouvert.etat === 'ouvert' && (
                <div>
                  <Bouton
                    enCours={solde.isPending}
                    onClick={() =>
                      solde.mutate(
                        { params: { engagement: ouvert.id as never } },
                        { onSuccess: () => signaler('Engagement soldé : le reste est rendu au budget.') },
                      )
                    }
                  >
                    Solder : rendre {formatMontant(ouvert.reste)} au budget
                  </Bouton>
                </div>
              )}
            </div>
          )
        )
      }
    />
  )
}

function Nouveau({ cadre, onFait }: { cadre: Cadre; onFait: (id: string | undefined) => void }) {
  const action = useAction(engager, { invalidates: [listerEngagements, lireDisponible] })
  const tiers = useApi(listerTiers)
  const [id] = useState(() => newId<'Engagement'>())
  return (
    <Formulaire
      forme={zEngagementSaisi.omit({ id: true })}
      libelle="Engager"
      onEnvoyer={async (v) => {
        const { numero } = await action.mutateAsync({
          body: { ...v, id, budgetId: cadre.budget as never, annee: cadre.annee },
        })
        signaler(numero === null ? 'Demande envoyée à qui doit l’accorder.' : `Engagement n° ${numero} enregistré.`)
        onFait(numero === null ? undefined : id)
      }}
    >
      <ChampTexte nom="objet" libelle="Objet" requis />
      <ChampChoix
        nom="tiersId"
        libelle="Tiers"
        choix={(tiers.data?.tiers ?? [])
          .filter((t) => t.estActif)
          .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() }))}
      />
      <ChampChoix
        nom="nature"
        libelle="Article"
        requis
        choix={cadre.vue.articles.D.map((a) => ({ valeur: a.nature, libelle: `${a.nature} ${a.libelle}` }))}
      />
      <ChampFonction de={{ budgetId: cadre.budget, annee: cadre.annee }} nom="fonction" />
      <ChampMontant nom="montant" libelle="Montant" requis />
      <ChampTexte nom="marche" libelle="Marché" />
    </Formulaire>
  )
}
