import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { Bouton, ChampCase, Chronologie, compter, Encart, type Fait, Page, useAction, useApi, useRecherche } from '#ui'
import { ACTES, controlerCoffre, listerJournal } from '../contract.ts'

/** Everything that was done in the safe, and the control that proves that nothing has changed in it. */
export default function Journal() {
  const [recherche, setRecherche] = useRecherche()
  const tout = recherche.tout === 'oui'
  const controle = useAction(controlerCoffre, { invalidates: [listerJournal] })
  const bilan = controle.data
  return (
    <Page
      titre="Journal de mon coffre"
      fil={[{ libelle: 'Mon coffre', vers: '/coffre' }]}
      sousTitre="Chaque dépôt, chaque ouverture et chaque téléchargement y laisse sa ligne ; personne ne peut l’effacer."
      action={
        <Bouton icone={IconShieldCheck} touche="v" enCours={controle.isPending} onClick={() => controle.mutate({})}>
          Vérifier mes documents
        </Bouton>
      }
    >
      {controle.error && (
        <Encart etat="bloquant" titre="La vérification n’a pas abouti">
          {controle.error.message}
        </Encart>
      )}
      {bilan && bilan.anomalies.length === 0 && (
        <Encart etat="fait" titre="Rien n’a changé">
          {compter(bilan.controles, 'document vérifié', 'documents vérifiés', 'Aucun document à vérifier')}, tels que
          déposés.
        </Encart>
      )}
      {bilan && bilan.anomalies.length > 0 && (
        <Encart etat="bloquant" titre="Des documents ne sont plus tels que déposés">
          <p>Ils ne seront pas affichés. Signalez-le au support : votre employeur en garde un double.</p>
          <ul>
            {bilan.anomalies.map((a) => (
              <li key={a.id}>{a.titre}</li>
            ))}
          </ul>
        </Encart>
      )}
      <ChampCase
        nom="tout"
        libelle="Montrer aussi les simples consultations de la liste"
        valeur={tout}
        onValeur={(v) => setRecherche({ tout: v ? 'oui' : undefined })}
      />
      <Pages key={String(tout)} tout={tout} />
    </Page>
  )
}

function Pages({ tout }: { tout: boolean }) {
  const [curseurs, setCurseurs] = useState<(string | undefined)[]>([undefined])
  return curseurs.map((avant, i) => (
    <PageDuJournal
      key={avant ?? 'debut'}
      avant={avant}
      tout={tout}
      {...(i === curseurs.length - 1 ? { onSuite: (dernier) => setCurseurs([...curseurs, dernier]) } : {})}
    />
  ))
}

function PageDuJournal({
  avant,
  tout,
  onSuite,
}: {
  avant: string | undefined
  tout: boolean
  onSuite?: (dernier: string) => void
}) {
  const lu = useApi(listerJournal, { query: { ...(avant ? { avant } : {}), ...(tout ? { tout: 'oui' } : {}) } })
  if (lu.error)
    return (
      <Encart etat="bloquant" titre="Le journal n’a pas pu être lu">
        {lu.error.message}
      </Encart>
    )
  if (!lu.data) return <p className="bq-discret">Lecture du journal…</p>
  const dernier = lu.data.lignes.at(-1)
  const faits = lu.data.lignes.map(
    (l): Fait => ({
      id: l.id,
      instant: l.faitLe,
      qui: l.auteur,
      quoi: [ACTES[l.acte], l.titre ?? (l.nombre === null ? undefined : compter(l.nombre, 'document'))]
        .filter(Boolean)
        .join(' : '),
      ...(l.constat ? { etat: ['bloquant', l.constat === 'absent' ? 'Fichier absent' : 'Fichier altéré'] } : {}),
    }),
  )
  return (
    <>
      <Chronologie faits={faits} />
      {lu.data.suite && dernier && onSuite && (
        <div>
          <Bouton onClick={() => onSuite(dernier.id)}>Voir la suite</Bouton>
        </div>
      )}
    </>
  )
}
