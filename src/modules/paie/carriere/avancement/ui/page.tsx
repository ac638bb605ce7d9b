import '../../../ui/paie.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  aujourdhuiAParis,
  Bouton,
  ChampJour,
  ChampTexte,
  ChampTexteLong,
  type Colonne,
  compter,
  Encart,
  Etat,
  Formulaire,
  GroupeChamps,
  hasDroit,
  Lien,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useOrganisme,
  usePanneau,
  useRecherche,
  useSession,
} from '#ui'
import { lireFiche, listerCarrieres } from '../../http/contract.ts'
import { listerLots } from '../../importer/contract.ts'
import { Lots } from '../../importer/ui/importer.tsx'
import { lireArretes, listerAvancements, type Proposition, prononcerAvancements } from '../contract.ts'

const colonnes: readonly Colonne<Proposition>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (p) => p.nom },
  { cle: 'grade', titre: 'Grade', valeur: (p) => p.grade, filtre: 'choix' },
  { cle: 'echelon', titre: 'Échelon', valeur: (p) => `${p.echelon} → ${p.nouvelEchelon}` },
  { cle: 'im', titre: 'Indice majoré', valeur: (p) => `${p.im} → ${p.nouvelIm}` },
  { cle: 'dateEchelon', titre: 'Dans l’échelon depuis', valeur: (p) => p.dateEchelon, genre: 'jour' },
  { cle: 'duree', titre: 'Durée (mois)', valeur: (p) => p.dureeMois, genre: 'nombre' },
  { cle: 'effet', titre: 'Effet', valeur: (p) => p.effet, genre: 'jour' },
  {
    cle: 'grille',
    titre: 'Grille',
    valeur: (p) => (p.verifie ? 'Vérifiée' : 'Non vérifiée'),
    rendu: (p) => <Etat etat={p.verifie ? 'fait' : 'attention'}>{p.verifie ? 'Vérifiée' : 'Non vérifiée'}</Etat>,
    filtre: 'choix',
  },
]

/** Last day of the month of a day. */
const finDeMois = (j: string) => {
  const d = new Date(Date.UTC(Number(j.slice(0, 4)), Number(j.slice(5, 7)), 0))
  return d.toISOString().slice(0, 10)
}

/** Échelons that are due: proposed by the grids, chosen by the officer, pronounced in one act with their arrêtés. */
export default function Avancements() {
  const vue = useSession()
  const organisme = useOrganisme()
  const { open } = usePanneau()
  const [r, setR] = useRecherche()
  const jusqua = r.jusqua ?? finDeMois(aujourdhuiAParis())
  const q = useApi(listerAvancements, { query: { jusqua } })
  const [fait, setFait] = useState<{ lot: string; arretes: number }>()
  const modifie = hasDroit(vue, 'carrieres.modifier')
  return (
    <Page titre="Avancements d’échelon" fil={[{ libelle: 'Agents', vers: '/agents' }]}>
      <ChampJour libelle="Dus jusqu’au" valeur={jusqua} onValeur={(v) => setR({ jusqua: v || undefined })} />
      {fait && (
        <Encart etat="fait" titre={`${compter(fait.arretes, 'avancement prononcé', 'avancements prononcés')}`}>
          <a
            className="bq-lien"
            target="_blank"
            rel="noreferrer"
            href={adresse(lireArretes, { params: { lot: fait.lot }, query: { organisme: organisme.id } })}
          >
            Ouvrir les arrêtés en PDF<span className="bq-lu"> (autre onglet)</span>
          </a>
          , à faire signer puis à notifier.
        </Encart>
      )}
      <Tableau
        nom="Avancements d’échelon"
        lignes={q.data?.propositions}
        cle={(p) => p.carriereId}
        colonnes={colonnes}
        erreur={q.data ? null : q.error}
        vide="Aucun avancement n’est dû à cette date."
        {...(modifie
          ? {
              selection: (choisis: readonly Proposition[], effacer: () => void) => (
                <Bouton
                  variante="principal"
                  onClick={() =>
                    open({
                      titre: 'Prononcer les avancements',
                      contenu: (
                        <Prononcer
                          choisis={choisis}
                          onFait={(f) => {
                            setFait(f)
                            effacer()
                          }}
                        />
                      ),
                    })
                  }
                >
                  Prononcer {compter(choisis.length, 'avancement')}
                </Bouton>
              ),
            }
          : {})}
      />
      {q.data && q.data.sansDuree.length > 0 && (
        <section className="bq-pile-serree" aria-labelledby="avancement-sans">
          <h2 id="avancement-sans">À calculer vous-même</h2>
          <p className="bq-discret">
            La grille livrée ne donne pas la durée de ces échelons : aucune date n’est supposée. Reprenez le décret,
            puis changez la situation dans le dossier de l’agent.
          </p>
          <ul>
            {q.data.sansDuree.map((s) => (
              <li key={s.carriereId}>
                <Lien vers={`/agents/${s.agentId}?emploi=${s.carriereId}`}>{s.nom}</Lien> : {s.raison}
              </li>
            ))}
          </ul>
        </section>
      )}
      <Lots nature="avancement" />
    </Page>
  )
}

function Prononcer({
  choisis,
  onFait,
}: {
  choisis: readonly Proposition[]
  onFait: (f: { lot: string; arretes: number }) => void
}) {
  const { close } = usePanneau()
  const [id] = useState(() => newId<'Lot'>())
  const action = useAction(prononcerAvancements, {
    invalidates: [listerAvancements, listerCarrieres, lireFiche, listerLots],
  })
  const nonVerifies = choisis.filter((p) => !p.verifie).length
  return (
    <div className="bq-pile">
      {nonVerifies > 0 && (
        <Encart etat="attention">
          {compter(nonVerifies, 'avancement repose', 'avancements reposent')} sur une grille non vérifiée : relisez
          l’indice et la durée dans le décret.
        </Encart>
      )}
      <p>
        Une disponibilité ou un congé non pris en compte pour l’ancienneté retarde la date : retirez d’abord ces agents
        de votre choix.
      </p>
      <Formulaire
        forme={prononcerAvancements.body.omit({ id: true, lignes: true })}
        initial={{ date: aujourdhuiAParis() }}
        libelle={`Prononcer ${compter(choisis.length, 'avancement')}`}
        annuler={close}
        onEnvoyer={async (v) => {
          const lignes = choisis.map(({ carriereId, effet }) => ({ carriereId, effet }))
          const f = await action.mutateAsync({ body: { ...v, id, lignes } })
          signaler('Avancements prononcés ; les carrières sont à jour.')
          onFait(f)
          close()
        }}
      >
        <GroupeChamps>
          <ChampJour nom="date" libelle="Date des arrêtés" requis />
          <ChampTexte
            nom="premierNumero"
            libelle="Premier numéro d’arrêté"
            aide="Par exemple 2025-120 ; les suivants s’en déduisent"
          />
          <ChampTexteLong
            nom="visas"
            libelle="Visas du cadre d’emplois"
            aide="Un par ligne, par exemple « Vu le décret portant statut particulier… »"
          />
        </GroupeChamps>
      </Formulaire>
    </div>
  )
}
