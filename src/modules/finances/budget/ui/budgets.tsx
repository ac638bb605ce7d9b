import { IconPlus, IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  BoutonLien,
  ChampCase,
  ChampChoix,
  ChampOptions,
  ChampTexte,
  type Colonne,
  Encart,
  EtatVide,
  Formulaire,
  GroupeChamps,
  hasDroit,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useSession,
} from '#ui'
import {
  type Budgets,
  choisirEdition,
  enregistrerBudget,
  enregistrerExercice,
  enregistrerService,
  listerBudgets,
} from '../contract.ts'
import { EtatExercice } from './commun.tsx'

type Ligne = Budgets['budgets'][number]['exercices'][number] & { budget: Budgets['budgets'][number] }

const colonnes: readonly Colonne<Ligne>[] = [
  { cle: 'budget', titre: 'Budget', valeur: (l) => l.budget.libelle },
  { cle: 'annee', titre: 'Exercice', valeur: (l) => String(l.annee), filtre: 'choix' },
  { cle: 'plan', titre: 'Plan de comptes', valeur: (l) => `${l.planLibelle} ${l.planAnnee}` },
  { cle: 'etat', titre: 'État', valeur: (l) => l.etat, rendu: (l) => <EtatExercice etat={l.etat} /> },
  {
    cle: 'niveau',
    titre: 'Voté par',
    valeur: (l) => (l.niveauF === l.niveauI ? l.niveauF : `${l.niveauF} (F), ${l.niveauI} (I)`),
    masquee: true,
  },
]

/** The budgets of the body and their years; a year opens on its page. */
export default function PageBudgets() {
  const q = useApi(listerBudgets)
  const vue = useSession()
  const [forme, setForme] = useState<'budget' | 'exercice' | 'reglages'>()
  const administre = hasDroit(vue, 'finances.administrer')
  const donnees = q.data
  const lignes = donnees?.budgets.flatMap((budget) => budget.exercices.map((e) => ({ ...e, budget })))
  const fermer = () => setForme(undefined)
  return (
    <Page
      titre="Budgets"
      sousTitre={donnees && (donnees.edition === 'complete' ? 'Édition complète' : 'Édition essentielle')}
      actions={
        <>
          <BoutonLien vers="/finances/budgets/documents">Documents lus</BoutonLien>
          {administre && donnees && (
            <>
              <Bouton icone={IconSettings} aria-expanded={forme === 'reglages'} onClick={() => setForme('reglages')}>
                Réglages
              </Bouton>
              <Bouton icone={IconPlus} aria-expanded={forme === 'budget'} onClick={() => setForme('budget')}>
                Nouveau budget
              </Bouton>
            </>
          )}
        </>
      }
      action={
        administre &&
        donnees &&
        donnees.budgets.length > 0 && (
          <Bouton variante="principal" touche="o" onClick={() => setForme('exercice')}>
            Ouvrir un exercice
          </Bouton>
        )
      }
    >
      {q.error && !donnees && <Encart etat="attention">{q.error.message}</Encart>}
      {donnees && forme === 'budget' && <FormeBudget donnees={donnees} onFini={fermer} />}
      {donnees && forme === 'exercice' && <FormeExercice donnees={donnees} onFini={fermer} />}
      {donnees && forme === 'reglages' && <Reglages donnees={donnees} onFini={fermer} />}
      {donnees && donnees.budgets.length === 0 && !forme ? (
        <EtatVide
          titre="Aucun budget n’est ouvert."
          action={
            administre && (
              <Bouton variante="principal" onClick={() => setForme('budget')}>
                Créer le budget principal
              </Bouton>
            )
          }
        >
          Commencez par le budget principal, puis ouvrez son premier exercice.
        </EtatVide>
      ) : (
        <Tableau
          nom="Budgets"
          lignes={lignes}
          cle={(l) => `${l.budget.id}-${l.annee}`}
          colonnes={colonnes}
          vers={(l) => `/finances/budgets/${l.budget.id}/${l.annee}`}
          vide="Aucun exercice n’est ouvert."
        />
      )}
    </Page>
  )
}

type Forme = { donnees: Budgets; onFini: () => void }

function FormeBudget({ donnees, onFini }: Forme) {
  const enregistrer = useAction(enregistrerBudget, { invalidates: [listerBudgets] })
  const [id] = useState(() => newId<'Budget'>())
  const premier = donnees.budgets.length === 0
  return (
    <section className="fin-cote" aria-labelledby="nouveau-budget">
      <h2 id="nouveau-budget">Nouveau budget</h2>
      <Formulaire
        forme={enregistrerBudget.body}
        initial={{
          code: premier ? '00' : '',
          libelle: premier ? 'Budget principal' : '',
          estPrincipal: premier,
          estAssujettiTva: false,
        }}
        libelle="Créer ce budget"
        touche="e"
        annuler={onFini}
        onEnvoyer={async (body) => {
          await enregistrer.mutateAsync({ params: { budget: id }, body })
          signaler('Budget créé. Ouvrez maintenant son exercice.')
          onFini()
        }}
      >
        <GroupeChamps colonnes={2}>
          <ChampTexte nom="libelle" libelle="Nom du budget" requis />
          <ChampTexte nom="code" libelle="Code du budget" aide="Deux caractères, donnés par le comptable" requis />
          <ChampTexte nom="codique" libelle="Codique du comptable" aide="Six ou sept chiffres" />
          <ChampTexte nom="codeCollectivite" libelle="Code collectivité" aide="Trois chiffres" />
        </GroupeChamps>
        <ChampCase nom="estPrincipal" libelle="C’est le budget principal" />
        <ChampCase nom="estAssujettiTva" libelle="Ce budget est assujetti à la TVA : ses montants sont hors taxes" />
      </Formulaire>
    </section>
  )
}

function FormeExercice({ donnees, onFini }: Forme) {
  const enregistrer = useAction(enregistrerExercice, { invalidates: [listerBudgets] })
  const [budgetId, setBudget] = useState(donnees.budgets[0]!.id)
  const budget = donnees.budgets.find((b) => b.id === budgetId)!
  const dernier = budget.exercices[0]
  const [annee, setAnnee] = useState(String((dernier?.annee ?? new Date().getFullYear() - 1) + 1))
  const choisir = (id: string) => {
    setBudget(id)
    const connu = donnees.budgets.find((b) => b.id === id)?.exercices[0]
    if (connu) setAnnee(String(connu.annee + 1))
  }
  return (
    <section className="fin-cote" aria-labelledby="nouvel-exercice">
      <h2 id="nouvel-exercice">Ouvrir un exercice</h2>
      <Formulaire
        key={budgetId}
        forme={enregistrerExercice.body}
        initial={{
          plan: dernier?.plan ?? 'M57_A',
          voteSelon: dernier?.voteSelon ?? 'nature',
          niveauF: dernier?.niveauF ?? 'chapitre',
          niveauI: dernier?.niveauI ?? 'chapitre',
          articlesSpecialises: dernier?.articlesSpecialises.join(' ') ?? '',
          fongibiliteF: sansZeros(dernier?.fongibiliteF ?? '7.5'),
          fongibiliteI: sansZeros(dernier?.fongibiliteI ?? '7.5'),
        }}
        libelle="Ouvrir cet exercice"
        touche="e"
        annuler={onFini}
        onEnvoyer={async (body) => {
          await enregistrer.mutateAsync({ params: { budget: budgetId, annee: Number(annee) }, body })
          signaler(`Exercice ${annee} ouvert.`)
          onFini()
        }}
      >
        <GroupeChamps colonnes={2}>
          <ChampChoix
            libelle="Budget"
            choix={donnees.budgets.map((b) => ({ valeur: b.id, libelle: b.libelle }))}
            valeur={budgetId}
            onValeur={choisir}
            requis
          />
          <ChampTexte libelle="Exercice" valeur={annee} onValeur={setAnnee} largeur="8rem" requis />
          <ChampChoix
            nom="plan"
            libelle="Plan de comptes"
            choix={donnees.plans.map((p) => ({ valeur: p.code, libelle: p.libelle }))}
            requis
          />
        </GroupeChamps>
        {(donnees.edition === 'complete' || dernier?.voteSelon === 'fonction') && (
          <ChampOptions
            nom="voteSelon"
            libelle="Budget voté"
            aide="Par fonction, en M57 développée : le chapitre d’une ligne vient de sa fonction (932 pour l’enseignement), et chaque dépense la demande. Ce choix ne change plus après le premier vote."
            choix={[
              { valeur: 'nature', libelle: 'Par nature' },
              { valeur: 'fonction', libelle: 'Par fonction' },
            ]}
          />
        )}
        <GroupeChamps colonnes={2}>
          <ChampOptions nom="niveauF" libelle="Fonctionnement voté par" choix={NIVEAUX} />
          <ChampOptions nom="niveauI" libelle="Investissement voté par" choix={NIVEAUX} />
          <ChampTexte
            nom="fongibiliteF"
            libelle="Fongibilité en fonctionnement (%)"
            aide="De 0 à 7.5 ; 0 hors M57"
            largeur="8rem"
          />
          {donnees.edition === 'complete' && (
            <ChampTexte
              nom="articlesSpecialises"
              libelle="Articles spécialisés"
              aide="Votés un à un dans leur chapitre, séparés par des espaces"
            />
          )}
          <ChampTexte
            nom="fongibiliteI"
            libelle="Fongibilité en investissement (%)"
            aide="De 0 à 7.5 ; 0 hors M57"
            largeur="8rem"
          />
        </GroupeChamps>
      </Formulaire>
    </section>
  )
}
const NIVEAUX = [
  { valeur: 'chapitre', libelle: 'Chapitre' },
  { valeur: 'article', libelle: 'Article' },
]
const sansZeros = (taux: string) => taux.replace(/\.?0+$/, '') || '0'

function Reglages({ donnees, onFini }: Forme) {
  const edition = useAction(choisirEdition, { invalidates: [listerBudgets] })
  const service = useAction(enregistrerService, { invalidates: [listerBudgets] })
  const regler = useAction(enregistrerBudget, { invalidates: [listerBudgets] })
  const [tour, setTour] = useState(0)
  const autre = donnees.edition === 'complete' ? 'essentielle' : 'complete'
  return (
    <section className="fin-cote bq-pile" aria-labelledby="reglages-finances">
      <h2 id="reglages-finances">Réglages des finances</h2>
      <div className="bq-rangee">
        <span>
          {donnees.edition === 'complete'
            ? 'L’édition complète montre les fonctions, les services et leurs demandes.'
            : 'L’édition essentielle montre l’essentiel : articles et montants.'}{' '}
          Passer de l’une à l’autre ne change aucune écriture.
        </span>
        <Bouton
          enCours={edition.isPending}
          onClick={() =>
            edition.mutate({ body: { edition: autre } }, { onSuccess: () => signaler('Édition changée.') })
          }
        >
          Passer à l’édition {autre === 'complete' ? 'complète' : 'essentielle'}
        </Bouton>
      </div>
      {donnees.budgets.map((b) => (
        <details key={b.id}>
          <summary>
            {b.libelle} : codes du comptable{!b.codique || !b.codeCollectivite ? ' (à compléter)' : ''}
          </summary>
          <Formulaire
            forme={enregistrerBudget.body}
            initial={{
              code: b.code,
              libelle: b.libelle,
              estPrincipal: b.estPrincipal,
              codique: b.codique,
              codeCollectivite: b.codeCollectivite,
              estAssujettiTva: b.estAssujettiTva,
            }}
            libelle="Enregistrer"
            onEnvoyer={async (body) => {
              await regler.mutateAsync({ params: { budget: b.id }, body })
              signaler('Réglages enregistrés.')
            }}
          >
            <GroupeChamps colonnes={2}>
              <ChampTexte nom="libelle" libelle="Nom du budget" requis />
              <ChampTexte nom="code" libelle="Code du budget" requis />
              <ChampTexte nom="codique" libelle="Codique du comptable" />
              <ChampTexte nom="codeCollectivite" libelle="Code collectivité" />
            </GroupeChamps>
          </Formulaire>
        </details>
      ))}
      {donnees.edition === 'complete' && (
        <details>
          <summary>Services gestionnaires de crédits ({donnees.services.length})</summary>
          <ul>
            {donnees.services.map((s) => (
              <li key={s.code}>
                {s.code}, {s.libelle}
              </li>
            ))}
          </ul>
          <Formulaire
            key={tour}
            forme={enregistrerService.body}
            initial={{ code: '', libelle: '' }}
            libelle="Ajouter ce service"
            onEnvoyer={async (body) => {
              await service.mutateAsync({ body })
              signaler('Service enregistré.')
              setTimeout(() => setTour((t) => t + 1))
            }}
          >
            <GroupeChamps colonnes={2}>
              <ChampTexte nom="code" libelle="Code" aide="Lettres majuscules ou chiffres" requis />
              <ChampTexte nom="libelle" libelle="Nom du service" requis />
            </GroupeChamps>
          </Formulaire>
        </details>
      )}
      <div>
        <Bouton variante="discret" onClick={onFini}>
          Fermer les réglages
        </Bouton>
      </div>
    </section>
  )
}
