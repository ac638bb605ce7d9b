import { useState } from 'react'
import { z } from 'zod'
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
  GroupeChamps,
  hasDroit,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useSession,
} from '#ui'
import { zPositif, zTexte } from '../contract.ts'
import { listerOrdres, type OrdreVue, preparerOrdre, trancherOrdre } from '../http/ordre/contract.ts'
import { type Cadre, SansCadre, useCadre } from './commun.tsx'

const MOUVEMENTS = { entreSections: 'Entre sections (042, 040)', interne: 'Interne à une section (041, 043)' } as const
const ETATS = { prepare: 'À signer', passe: 'Signée', abandonne: 'Abandonnée' } as const
const colonnes: readonly Colonne<OrdreVue>[] = [
  { cle: 'libelle', titre: 'Objet', valeur: (o) => o.libelle },
  { cle: 'depense', titre: 'Mandat', valeur: (o) => o.depense },
  { cle: 'recette', titre: 'Titre', valeur: (o) => o.recette },
  { cle: 'montant', titre: 'Montant', valeur: (o) => o.montant, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (o) => ETATS[o.etat],
    rendu: (o) => <Etat etat={o.etat === 'prepare' ? 'aFaire' : 'fait'}>{ETATS[o.etat]}</Etat>,
    filtre: 'choix',
  },
  { cle: 'par', titre: 'Préparée par', valeur: (o) => o.par, masquee: true },
]
const zForme = z.object({
  libelle: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  mouvement: z.enum(['entreSections', 'interne']).default('entreSections'),
  montant: zPositif,
  depense: z.string().min(2, 'Choisissez l’article.'),
  recette: z.string().min(2, 'Choisissez l’article.'),
})

/** Movements without money: a mandat and a titre of one amount, signed together. */
export default function Ordre() {
  const { cadre, choix, erreur } = useCadre()
  return (
    <Page
      titre="Opérations d’ordre"
      sousTitre="Amortissements, cessions, travaux en régie : un mandat et un titre, sans mouvement d’argent"
      actions={choix}
    >
      {cadre ? <Contenu cadre={cadre} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Contenu({ cadre }: { cadre: Cadre }) {
  const vue = useSession()
  const query = { budget: cadre.budget as never, annee: cadre.annee as never }
  const lues = useApi(listerOrdres, { query })
  const trancher = useAction(trancherOrdre, { invalidates: [listerOrdres] })
  const [ouverte, setOuverte] = useState<string>()
  const choisie = lues.data?.operations.find((o) => o.id === ouverte)
  const acte = (a: 'signer' | 'abandonner', message: string) =>
    trancher.mutateAsync({ params: { ordre: choisie!.id as never }, body: { acte: a } }).then(
      () => signaler(message),
      () => {},
    )
  return (
    <div className="fin-deux">
      {hasDroit(vue, 'finances.liquider') ? <Nouvelle cadre={cadre} /> : <div />}
      <section className="bq-pile" aria-label="Opérations de l’exercice">
        <h2>Opérations de l’exercice</h2>
        <Tableau
          nom="Opérations d’ordre"
          lignes={lues.data?.operations}
          cle={(o) => o.id}
          colonnes={colonnes}
          local
          recherche={false}
          onOuvrir={(o) => setOuverte(o.id === ouverte ? undefined : o.id)}
          ouverte={ouverte}
          erreur={lues.data ? null : lues.error}
          vide="Aucune opération d’ordre préparée sur cet exercice."
        />
        {trancher.error && <Encart etat="bloquant">{trancher.error.message}</Encart>}
        {choisie && (
          <div className="bq-pile-serree">
            <h3>
              {choisie.libelle}, {formatMontant(choisie.montant)}
            </h3>
            <p className="bq-discret">
              {MOUVEMENTS[choisie.mouvement]}. Préparée par {choisie.par}.
            </p>
            {choisie.etat === 'prepare' && (
              <div className="bq-rangee">
                {hasDroit(vue, 'finances.viser') && (
                  <Bouton
                    variante="principal"
                    enCours={trancher.isPending}
                    onClick={() => acte('signer', 'Signée : le mandat et le titre sont numérotés ensemble.')}
                  >
                    Signer le mandat et le titre
                  </Bouton>
                )}
                <Bouton variante="discret" onClick={() => acte('abandonner', 'Opération abandonnée.')}>
                  Abandonner
                </Bouton>
              </div>
            )}
          </div>
        )}
      </section>
    </div>
  )
}

function Nouvelle({ cadre }: { cadre: Cadre }) {
  const query = { budget: cadre.budget as never, annee: cadre.annee as never }
  const lues = useApi(listerOrdres, { query })
  const preparer = useAction(preparerOrdre, { invalidates: [listerOrdres] })
  const [mouvement, setMouvement] = useState<'entreSections' | 'interne'>('entreSections')
  const [tour, setTour] = useState(0)
  const articles = (sens: 'D' | 'R') =>
    (lues.data?.articles[mouvement][sens] ?? []).map((a) => ({
      valeur: a.nature,
      libelle: `${a.nature} ${a.libelle} (${a.section === 'F' ? 'fonctionnement' : 'investissement'})`,
    }))
  return (
    <section className="bq-pile" aria-label="Nouvelle opération">
      <h2>Nouvelle opération</h2>
      <Formulaire
        key={tour}
        forme={zForme}
        initial={{ mouvement } as never}
        libelle="Préparer"
        touche="p"
        onEnvoyer={async ({ depense, recette, ...v }) => {
          await preparer.mutateAsync({
            params: { ordre: newId<'OperationOrdre'>() },
            body: {
              ...v,
              mouvement,
              depense: { nature: depense },
              recette: { nature: recette },
              budgetId: cadre.budget as never,
              annee: cadre.annee,
            },
          })
          signaler('Opération préparée : elle attend la signature de l’ordonnateur.')
          setTour(tour + 1)
        }}
      >
        <ChampTexte nom="libelle" libelle="Objet" requis aide="Par exemple : amortissement du matériel" />
        <ChampChoix
          nom="mouvement"
          libelle="Genre"
          valeur={mouvement}
          onValeur={(m) => setMouvement(m as typeof mouvement)}
          choix={Object.entries(MOUVEMENTS).map(([valeur, libelle]) => ({ valeur, libelle }))}
          effacable={false}
        />
        <GroupeChamps colonnes={2}>
          <ChampChoix nom="depense" libelle="Mandat sur l’article" requis choix={articles('D')} />
          <ChampChoix nom="recette" libelle="Titre sur l’article" requis choix={articles('R')} />
        </GroupeChamps>
        <ChampMontant nom="montant" libelle="Montant" requis />
      </Formulaire>
      <p className="bq-discret">
        Un amortissement : mandat au 681, titre au 28. Une reprise de subvention : mandat au 139, titre au 777. Les deux
        pièces partent ensemble, ou pas du tout.
      </p>
    </section>
  )
}
