import { useState } from 'react'
import {
  aujourdhuiAParis,
  Bouton,
  ChampChoix,
  ChampMois,
  ChampTexte,
  type Colonne,
  compter,
  deMois,
  Encart,
  formatMois,
  GroupeChamps,
  hasDroit,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { type Affecte, affecterEmplois, listerAffectations } from '../contract.ts'

type Part = { cle: number; budgetId: string; fonction: string; quotite: string }

/** Which budgets and functions pay each post: chosen once, for one agent or for many. */
export default function Imputation() {
  const [r, setR] = useRecherche()
  const mois = r.mois ?? aujourdhuiAParis().slice(0, 7)
  const lu = useApi(listerAffectations, { query: { mois: mois as never } })
  const ecrit = hasDroit(useSession(), 'finances.liquider')
  const [choisis, setChoisis] = useState<readonly Affecte[]>([])
  const nomDe = (id: string) => lu.data?.budgets.find((b) => b.id === id)?.libelle ?? ''
  const phrase = (e: Affecte) =>
    e.parts.length === 0
      ? 'Budget principal'
      : e.parts
          .map((p) => `${nomDe(p.budgetId)}${p.fonction ? `, fonction ${p.fonction}` : ''} ${Number(p.quotite)} %`)
          .join(' ; ')
  const colonnes: readonly Colonne<Affecte>[] = [
    { cle: 'nom', titre: 'Agent', valeur: (e) => e.nom },
    { cle: 'emploi', titre: 'Emploi', valeur: (e) => e.emploi },
    { cle: 'parts', titre: 'Imputé à', valeur: phrase, filtre: 'choix' },
    { cle: 'depuis', titre: 'Depuis', valeur: (e) => e.depuis, rendu: (e) => (e.depuis ? formatMois(e.depuis) : '') },
    { cle: 'matricule', titre: 'Matricule', valeur: (e) => e.matricule, masquee: true },
  ]
  return (
    <Page
      titre="Imputation de la paie"
      sousTitre="Les budgets et les fonctions qui paient chaque emploi"
      actions={<ChampMois libelle="Mois" valeur={mois} onValeur={(m) => setR({ mois: m || undefined })} />}
    >
      {lu.error && !lu.data && <Encart etat="bloquant">{lu.error.message}</Encart>}
      {choisis.length > 0 && lu.data && (
        <Parts
          key={choisis.map((c) => c.carriereId).join()}
          emplois={choisis}
          budgets={lu.data.budgets}
          principal={lu.data.principal ?? ''}
          mois={mois}
          onFini={() => setChoisis([])}
        />
      )}
      <Tableau
        nom="Imputation de la paie"
        lignes={lu.data?.emplois}
        cle={(e) => e.carriereId}
        colonnes={colonnes}
        local
        {...(ecrit
          ? {
              onOuvrir: (e: Affecte) => setChoisis([e]),
              selection: (lignes: readonly Affecte[], effacer: () => void) => (
                <Bouton
                  onClick={() => {
                    setChoisis(lignes)
                    effacer()
                  }}
                >
                  Imputer la sélection
                </Bouton>
              ),
            }
          : {})}
        vide="Aucun emploi ce mois-là."
      />
    </Page>
  )
}

function Parts({
  emplois,
  budgets,
  principal,
  mois,
  onFini,
}: {
  emplois: readonly Affecte[]
  budgets: readonly { id: string; libelle: string }[]
  principal: string
  mois: string
  onFini: () => void
}) {
  const depart = emplois[0]!.parts
  const [parts, setParts] = useState<Part[]>(() =>
    (depart.length > 0 ? depart : [{ budgetId: principal, fonction: '', quotite: '100.00' }]).map((p, cle) => ({
      ...p,
      cle,
    })),
  )
  const action = useAction(affecterEmplois, { invalidates: [listerAffectations] })
  const change = (cle: number, plus: Partial<Part>) =>
    setParts(parts.map((p) => (p.cle === cle ? { ...p, ...plus } : p)))
  const enCentiemes = (q: string) => Math.round(Number(q.replace(',', '.')) * 100)
  const total = parts.reduce((n, p) => n + (enCentiemes(p.quotite) || 0), 0)
  return (
    <section className="bq-pile" aria-label="Imputation">
      <h2>
        {emplois.length === 1 ? `${emplois[0]!.nom}, ${emplois[0]!.emploi}` : compter(emplois.length, 'emploi')}, à
        partir {deMois(mois)}
      </h2>
      {parts.map((p) => (
        <GroupeChamps key={p.cle} colonnes={3}>
          <ChampChoix
            libelle="Budget"
            valeur={p.budgetId}
            onValeur={(budgetId) => change(p.cle, { budgetId })}
            choix={budgets.map((b) => ({ valeur: b.id, libelle: b.libelle }))}
            effacable={false}
          />
          <ChampTexte libelle="Fonction" valeur={p.fonction} onValeur={(fonction) => change(p.cle, { fonction })} />
          <ChampTexte libelle="Part (%)" valeur={p.quotite} onValeur={(quotite) => change(p.cle, { quotite })} />
        </GroupeChamps>
      ))}
      {total !== 10_000 && (
        <p className="bq-erreur">Les parts font {(total / 100).toLocaleString('fr-FR')} % : il en faut cent.</p>
      )}
      {action.error && <Encart etat="bloquant">{action.error.message}</Encart>}
      <div className="bq-rangee">
        <Bouton
          onClick={() =>
            setParts([
              ...parts,
              {
                cle: Math.max(...parts.map((p) => p.cle)) + 1,
                budgetId: principal,
                fonction: '',
                quotite: String(Math.max(0, 10_000 - total) / 100),
              },
            ])
          }
        >
          Ajouter une part
        </Bouton>
        {parts.length > 1 && (
          <Bouton variante="discret" onClick={() => setParts(parts.slice(0, -1))}>
            Retirer la dernière
          </Bouton>
        )}
        <Bouton
          variante="principal"
          touche="i"
          enCours={action.isPending}
          disabled={total !== 10_000}
          onClick={() =>
            action
              .mutateAsync({
                body: {
                  carrieres: emplois.map((e) => e.carriereId as never),
                  depuis: mois as never,
                  parts: parts.map(({ budgetId, fonction, quotite }) => ({
                    budgetId: budgetId as never,
                    fonction,
                    quotite: (enCentiemes(quotite) / 100).toFixed(2),
                  })),
                },
              })
              .then(
                () => {
                  signaler(`Imputation enregistrée à partir ${deMois(mois)}.`)
                  onFini()
                },
                () => {},
              )
          }
        >
          Enregistrer
        </Bouton>
        <Bouton variante="discret" onClick={onFini}>
          Ne rien changer
        </Bouton>
      </div>
    </section>
  )
}
