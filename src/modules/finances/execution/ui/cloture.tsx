import { useState } from 'react'
import {
  Bouton,
  BoutonLien,
  type Colonne,
  Confirmation,
  Encart,
  formatMontant,
  hasDroit,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useSession,
} from '#ui'
import { lireCadre } from '../http/cadre/contract.ts'
import { cloreExercice, lireCloture } from '../http/cloture/contract.ts'
import { Anomalies, type Cadre, Chiffres, SansCadre, useCadre } from './commun.tsx'

type Reste = (typeof lireCloture)['reply']['_output']['restes'][number]
const colonnes: readonly Colonne<Reste>[] = [
  { cle: 'chapitre', titre: 'Chapitre', valeur: (r) => r.chapitre },
  { cle: 'nature', titre: 'Article', valeur: (r) => r.nature },
  { cle: 'operation', titre: 'Opération', valeur: (r) => r.operation },
  { cle: 'montant', titre: 'Engagé, non mandaté', valeur: (r) => r.montant, genre: 'montant' },
]

/** The end of a year: what is missing, its result, what goes to the next one. */
export default function Cloture() {
  const { cadre, choix, erreur } = useCadre()
  return (
    <Page titre="Clôture de l’exercice" fil={[{ libelle: 'Budgets', vers: '/finances/budgets' }]} actions={choix}>
      {cadre ? <Contenu cadre={cadre} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Contenu({ cadre }: { cadre: Cadre }) {
  const vue = useSession()
  const params = { budget: cadre.budget as never, annee: cadre.annee }
  const lu = useApi(lireCloture, { params })
  const clore = useAction(cloreExercice, { invalidates: [lireCloture, lireCadre] })
  const [demande, setDemande] = useState(false)
  const c = lu.data
  if (!c) return lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>
  const bloque = c.anomalies.some((a) => a.bloquante)
  const r = c.resultats
  const suivant = cadre.annee + 1
  return (
    <div className="bq-pile">
      {c.etat === 'clos' ? (
        <Encart etat="fait" titre={`L’exercice ${cadre.annee} est clos`}>
          Dans {suivant}, créez la version « Restes à réaliser », puis reprenez les résultats dans le budget.{' '}
          <BoutonLien variante="discret" vers={`/finances/budgets/${cadre.budget}/${suivant}`}>
            Exercice {suivant}
          </BoutonLien>
        </Encart>
      ) : c.anomalies.length === 0 ? (
        <Encart etat="fait">Rien n’empêche la clôture.</Encart>
      ) : (
        <>
          <Anomalies liste={c.anomalies.filter((a) => a.bloquante)} titre="À finir avant la clôture" />
          <Anomalies liste={c.anomalies.filter((a) => !a.bloquante)} />
        </>
      )}
      <section className="bq-pile-serree" aria-label="Résultat">
        <h2>Résultat de {cadre.annee}</h2>
        <Chiffres
          liste={[
            { libelle: 'Fonctionnement', valeur: formatMontant(r.fonctionnement) },
            { libelle: 'Investissement', valeur: formatMontant(r.investissement) },
            { libelle: 'Restes à réaliser', valeur: formatMontant(r.rarDepenses) },
            { libelle: 'À affecter au 1068', valeur: formatMontant(r.affecte) },
            { libelle: 'Reporté au 002', valeur: formatMontant(r.reporte) },
          ]}
        />
        <p className="bq-discret">
          Le résultat couvre d’abord le besoin d’investissement, restes à réaliser compris (CGCT, art. L. 2311-5).
        </p>
      </section>
      {c.restes.length > 0 && (
        <section className="bq-pile-serree" aria-label="Restes à réaliser">
          <h2>Restes à réaliser</h2>
          <Tableau
            nom={`Restes à réaliser ${cadre.annee}`}
            lignes={c.restes}
            cle={(x) => `${x.nature}/${x.fonction}/${x.operation}`}
            colonnes={colonnes}
            local
            vide=""
          />
        </section>
      )}
      {c.etat === 'ouvert' && hasDroit(vue, 'finances.administrer') && (
        <div className="bq-rangee">
          <Bouton variante="principal" disabled={bloque} onClick={() => setDemande(true)}>
            Clore l’exercice {cadre.annee}
          </Bouton>
        </div>
      )}
      <Confirmation
        ouverte={demande}
        titre={`Clore l’exercice ${cadre.annee}`}
        verbe="Clore"
        grave
        onFermer={() => setDemande(false)}
        onConfirmer={async () => {
          await clore.mutateAsync({ params })
          signaler(`Exercice ${cadre.annee} clos.`)
        }}
      >
        Plus rien ne pourra y être engagé, liquidé ni signé. Une annulation passera par l’exercice en cours. La clôture
        ne se défait pas.
      </Confirmation>
    </div>
  )
}
