import { IconMessageQuestion, IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import {
  adresse,
  Bouton,
  BoutonIcone,
  type Colonne,
  Encart,
  EtatVide,
  hasDroit,
  Jour,
  Mois,
  Montant,
  Tableau,
  useApi,
  useOrganisme,
  usePanneau,
  useRecherche,
  useSession,
} from '#ui'
import { lireAgent, lireBulletin, lirePdf, listerAgents, type zAgentDuMois } from '../../contract.ts'
import { LignesBulletin, TeteBulletin } from '../commun/bulletin.tsx'
import { ChoixProduction } from '../commun/choix-production.tsx'
import { DemanderConseil } from './demander-conseil.tsx'
import { ListeEtDetail } from './liste-et-detail.tsx'

type Agent = (typeof zAgentDuMois)['_output']

const colonnes: readonly Colonne<Agent>[] = [
  {
    cle: 'nom',
    titre: 'Agent',
    valeur: (a) => `${a.nom} ${a.prenom}`,
    rendu: (a) => (
      <>
        {a.nom} {a.prenom}
      </>
    ),
  },
  { cle: 'net', titre: 'Net à payer', genre: 'montant', valeur: (a) => a.netAPayer },
  { cle: 'ecart', titre: 'Écart', genre: 'ecart', valeur: (a) => a.ecart },
  { cle: 'emploi', titre: 'Emploi', valeur: (a) => a.emploi, filtre: 'choix' },
  { cle: 'grade', titre: 'Grade', valeur: (a) => a.grade, masquee: true },
  { cle: 'brut', titre: 'Brut', genre: 'montant', valeur: (a) => a.brut },
  { cle: 'matricule', titre: 'Matricule', valeur: (a) => a.matricule, masquee: true },
  { cle: 'variables', titre: 'Éléments du mois', genre: 'nombre', valeur: (a) => a.variables, masquee: true },
]

/** The agents to pay and their payslips, to read: the officer enters, the body looks. `abrege`: name, net, difference. */
export function Agents({ mois, abrege = false }: { mois: string; abrege?: boolean }) {
  const lus = useApi(listerAgents, { params: { mois } })
  const [recherche, setRecherche] = useRecherche()
  const agents = lus.data?.agents
  const ouvert = agents?.find((a) => a.carriereId === recherche.agent)
  const fermer = () => setRecherche({ agent: undefined })
  const tableau = (
    <Tableau
      nom="Agents"
      lignes={agents}
      cle={(a) => a.carriereId}
      colonnes={ouvert || abrege ? colonnes.slice(0, 3) : colonnes}
      erreur={lus.error}
      // On a phone a list that scrolls inside a page that scrolls catches the thumb.
      {...(abrege && (agents?.length ?? 0) <= 120 ? { hauteur: 'none' } : {})}
      vide="Aucun agent à payer ce mois-ci."
      onOuvrir={(a) => setRecherche({ agent: a.carriereId })}
      ouverte={ouvert?.carriereId}
    />
  )
  return (
    <ListeEtDetail
      liste={tableau}
      titre={ouvert ? `Bulletin de ${ouvert.prenom} ${ouvert.nom}` : 'Bulletin'}
      onFermer={fermer}
      detail={ouvert && <BulletinAgent key={ouvert.carriereId} mois={mois} agent={ouvert} onFermer={fermer} />}
    />
  )
}

/** One payslip, every line of which can be asked why. */
function BulletinAgent({ mois, agent: a, onFermer }: { mois: string; agent: Agent; onFermer: () => void }) {
  const organisme = useOrganisme()
  const vue = useSession()
  const { open } = usePanneau()
  const [{ rang }] = useRecherche()
  const query = rang ? { rang: Number(rang) } : {}
  const lu = useApi(lireBulletin, { params: { mois, carriere: a.carriereId }, query }, { garder: false })
  const b = lu.data?.bulletin
  const article = useRef<HTMLElement>(null)
  // On a phone the payslip takes the place of a list that was scrolled: its top must be seen.
  useEffect(() => {
    const haut = article.current?.getBoundingClientRect().top ?? 0
    if (haut < 0 || haut > window.innerHeight) article.current?.scrollIntoView()
  }, [])
  return (
    <article ref={article} className="bq-membre-bulletin">
      <header>
        <div>
          <h2>
            {a.prenom} {a.nom}
          </h2>
          <p className="bq-discret">
            {[a.emploi, a.grade !== a.emploi ? a.grade : '', a.echelon ? `échelon ${a.echelon}` : '']
              .filter(Boolean)
              .join(', ')}
          </p>
        </div>
        {hasDroit(vue, 'pieces.deposer') && (
          <Bouton
            variante="discret"
            icone={IconMessageQuestion}
            onClick={() =>
              open({
                titre: 'Demander conseil',
                contenu: <DemanderConseil mois={mois} carriere={a.carriereId} nom={`${a.prenom} ${a.nom}`} />,
              })
            }
          >
            Demander conseil
          </Bouton>
        )}
        <BoutonIcone icone={IconX} libelle="Fermer le bulletin" onClick={onFermer} />
      </header>
      {lu.error && (
        <Encart etat="bloquant" titre="Le bulletin n’a pas pu être lu">
          {lu.error.message}
        </Encart>
      )}
      {!lu.data && !lu.error && <p className="bq-discret">Lecture du bulletin…</p>}
      {lu.data && !b && (
        <EtatVide titre="Pas encore de bulletin pour ce mois.">
          Votre gestionnaire ne l’a pas encore calculé
          {lu.data.anomalies.length > 0 ? `. Il le sait : ${lu.data.anomalies[0]!.message}` : '.'}
        </EtatVide>
      )}
      {b && (
        <>
          <ChoixProduction rangs={lu.data?.rangs ?? []} actif={b.rang} />
          <p className="bq-discret">
            {b.approuve ? `Bulletin de paie n° ${b.numero ?? ''}` : 'Projet de bulletin'}, <Mois valeur={b.mois} />.{' '}
            <a
              className="bq-lien"
              target="_blank"
              rel="noreferrer"
              href={adresse(lirePdf, {
                params: { mois, carriere: a.carriereId },
                query: { organisme: organisme.id, rang: b.rang },
              })}
            >
              Ouvrir en PDF<span className="bq-lu"> (autre onglet)</span>
            </a>
          </p>
          <TeteBulletin bulletin={b} />
          {b.comparaison && b.comparaison.phrases.length > 0 && (
            <section aria-label="Ce qui change par rapport au mois précédent">
              <Phrases phrases={b.comparaison.phrases.slice(0, 3)} />
              {b.comparaison.phrases.length > 3 && (
                <details className="bq-membre-fiche">
                  <summary>Toutes les différences avec le mois dernier</summary>
                  <Phrases phrases={b.comparaison.phrases.slice(3)} />
                </details>
              )}
            </section>
          )}
          <LignesBulletin
            bulletin={b}
            carriere={a.carriereId}
            {...(hasDroit(vue, 'pieces.deposer') ? { versPiece: (p: string) => `/dossier/${mois}?piece=${p}` } : {})}
          />
        </>
      )}
      <FicheAgent mois={mois} carriere={a.carriereId} />
    </article>
  )
}

const Phrases = ({ phrases }: { phrases: readonly string[] }) => (
  <ul className="bq-membre-phrases">
    {phrases.map((p) => (
      <li key={p}>{p}</li>
    ))}
  </ul>
)

/** Who the agent is and where his career stands, folded under the payslip. */
function FicheAgent({ mois, carriere }: { mois: string; carriere: string }) {
  const lue = useApi(lireAgent, { params: { mois, carriere } }, { garder: false })
  const f = lue.data
  const s = f?.situations[0]
  if (!f) return null
  return (
    <details className="bq-membre-fiche">
      <summary>Fiche de l’agent</summary>
      <dl>
        <Ligne nom="Matricule">{f.matricule}</Ligne>
        <Ligne nom="Entrée">
          <Jour valeur={f.entree} />
        </Ligne>
        {f.sortie && (
          <Ligne nom="Sortie">
            <Jour valeur={f.sortie} />
          </Ligne>
        )}
        {s && (
          <Ligne nom="Situation depuis">
            <Jour valeur={s.depuis} /> ({s.motif})
          </Ligne>
        )}
        {s?.champs.map((c) => (
          <Ligne key={c.libelle} nom={c.libelle}>
            {c.valeur}
          </Ligne>
        ))}
        <Ligne nom="Compte bancaire">{f.iban || 'Aucun'}</Ligne>
        {f.variables.map((v) => (
          <Ligne key={v.id} nom="Élément du mois">
            {v.resume}
          </Ligne>
        ))}
        {f.bulletins.map((b) => (
          <Ligne key={b.mois} nom={`Net de ${b.mois.slice(5)}/${b.mois.slice(0, 4)}`}>
            <Montant valeur={b.netAPayer} />
          </Ligne>
        ))}
      </dl>
    </details>
  )
}

const Ligne = ({ nom, children }: { nom: string; children: ReactNode }) => (
  <div>
    <dt>{nom}</dt>
    <dd>{children}</dd>
  </div>
)
