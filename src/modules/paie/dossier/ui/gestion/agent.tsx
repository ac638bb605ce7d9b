import '../../../ui/paie.css'
import { IconChevronLeft, IconChevronRight, IconMessageQuestion } from '@tabler/icons-react'
import { useEffect, useMemo } from 'react'
import {
  Bouton,
  BoutonIcone,
  deMois,
  EtatVide,
  formatNombre,
  Lien,
  Montant,
  Page,
  useAller,
  useApi,
  useEtatTableau,
  useLignes,
  usePanneau,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { lireAgent, lireBulletin, lireDossier, listerAgents } from '../../contract.ts'
import { libelleStatut } from '../commun/libelles.ts'
import { versPortefeuille } from './acces.ts'
import { ActesDossier } from './actes.tsx'
import { type AgentDuMois, colonnesAgents, demandeAttention, EtatAgent } from './colonnes-agents.tsx'
import { Fiche } from './fiche.tsx'
import { Lecture } from './lecture.tsx'
import { PoserQuestion } from './questions.tsx'
import { enRecherche } from './recherche.ts'
import { Variables } from './variables.tsx'

/** Left and right go to the neighbour, unless the key means something where the focus is. */
function useFleches(avant: (() => void) | undefined, apres: (() => void) | undefined) {
  useEffect(() => {
    const surTouche = (e: KeyboardEvent) => {
      if (e.defaultPrevented || e.altKey || e.ctrlKey || e.metaKey || e.shiftKey) return
      if (e.key !== 'ArrowLeft' && e.key !== 'ArrowRight') return
      const ou = e.target as HTMLElement
      if (ou.closest('input, textarea, select, [contenteditable], [role="tablist"], [role="dialog"], .bq-tableau-zone'))
        return
      const aller = e.key === 'ArrowLeft' ? avant : apres
      if (!aller) return
      e.preventDefault()
      aller()
    }
    document.addEventListener('keydown', surTouche)
    return () => document.removeEventListener('keydown', surTouche)
  }, [avant, apres])
}

/** One agent for one month: his file, his papers, what is entered, and his payslip, side by side. */
export default function AgentDuMoisPage() {
  const { mois, carriere } = useParametres<{ mois: string; carriere: string }>()
  const [r] = useRecherche()
  const vue = useSession()
  const aller = useAller()
  const { open } = usePanneau()
  const etat = useEtatTableau()
  const dossier = useApi(lireDossier, { params: { mois } })
  const tous = useApi(listerAgents, { params: { mois } })
  const agents = tous.data?.agents
  const filtres = useMemo(
    () => agents?.filter((a) => r.attention !== 'oui' || demandeAttention(a) || a.carriereId === carriere),
    [agents, r.attention, carriere],
  )
  // The same rows in the same order as the list that was left.
  const ordre = useLignes({ lignes: filtres, colonnes: colonnesAgents, etat, serveur: false })
  const rang = ordre.findIndex((a) => a.carriereId === carriere)
  const fiche = useApi(lireAgent, { params: { mois, carriere } }, { garder: false })
  const bulletin = useApi(
    lireBulletin,
    { params: { mois, carriere }, query: r.rang ? { rang: Number(r.rang) } : {} },
    { garder: false },
  )
  const voisin = (pas: number): AgentDuMois | undefined => (rang < 0 ? undefined : ordre[rang + pas])
  const suivant = voisin(1)
  const precedent = voisin(-1)
  // The next file is ready before it is asked for.
  const prochain = { params: { mois, carriere: suivant?.carriereId ?? carriere } }
  useApi(lireAgent, prochain, { garder: false })
  useApi(lireBulletin, { ...prochain, query: {} }, { garder: false })

  const adresse = (a: AgentDuMois) =>
    `/paie/gestion/${mois}/agents/${a.carriereId}${enRecherche({ ...r, piece: undefined })}`
  const versAgent = (a: AgentDuMois | undefined) => (a ? () => aller(adresse(a), { remplacer: true }) : undefined)
  useFleches(versAgent(precedent), versAgent(suivant))

  const a = fiche.data
  const ici = agents?.find((x) => x.carriereId === carriere)
  const d = dossier.data
  const portefeuille = versPortefeuille(vue, mois)
  const nom = a ? `${a.nom} ${a.prenom}` : ici ? `${ici.nom} ${ici.prenom}` : 'Agent'
  const versListe = `/paie/gestion/${mois}${enRecherche({ ...r, vue: undefined, piece: undefined })}`
  return (
    <Page
      titre={nom}
      fil={[
        ...(portefeuille ? [{ libelle: 'Mes collectivités', vers: portefeuille }] : []),
        { libelle: `Paie ${deMois(mois)}`, vers: versListe },
      ]}
      sousTitre={ici && <SousTitre agent={ici} />}
      actions={
        <>
          <Bouton
            variante="discret"
            touche="q"
            icone={IconMessageQuestion}
            onClick={() =>
              open({
                titre: 'Poser une question',
                contenu: <PoserQuestion mois={mois} carriereId={carriere} objet={nom} />,
              })
            }
          >
            Question
          </Bouton>
          <span className="paie-voisins">
            <BoutonIcone
              icone={IconChevronLeft}
              libelle="Agent précédent (←)"
              touche="p"
              disabled={!precedent}
              onClick={versAgent(precedent)}
            />
            <span className="bq-chiffres bq-discret" role="status">
              <span className="bq-lu">{nom}, </span>
              {rang >= 0 ? `${formatNombre(rang + 1)} sur ${formatNombre(ordre.length)}` : '…'}
            </span>
            <BoutonIcone
              icone={IconChevronRight}
              libelle="Agent suivant (→)"
              touche="s"
              disabled={!suivant}
              onClick={versAgent(suivant)}
            />
          </span>
        </>
      }
      action={d && <ActesDossier dossier={d} seulementCalcul carriere={carriere} />}
    >
      <div className="paie-agent">
        <nav className="paie-agent-liste" aria-label="Agents de la liste">
          <ListeVoisins agents={ordre} rang={rang} adresse={adresse} />
        </nav>
        {fiche.error && !a ? (
          <EtatVide titre="Cet agent n’a pas pu être ouvert." etat="attention">
            {fiche.error.message}
          </EtatVide>
        ) : (
          <>
            <div className="paie-agent-lecture">
              <Lecture mois={mois} carriere={carriere} agent={a} lu={bulletin.data} erreur={bulletin.error} />
            </div>
            <div className="paie-agent-fiche">
              {a && (
                <>
                  <Variables
                    key={carriere}
                    mois={mois}
                    carriere={carriere}
                    agent={a}
                    modifiable={(d?.estModifiable ?? false) || a.complement !== null}
                    perime={d?.estPerime === true && d.etat !== 'ouvert'}
                  />
                  <Fiche agent={a} />
                </>
              )}
            </div>
          </>
        )}
      </div>
    </Page>
  )
}

function SousTitre({ agent: a }: { agent: AgentDuMois }) {
  const qui = [
    a.emploi,
    libelleStatut(a.statut),
    a.grade,
    a.echelon !== null && `échelon ${a.echelon}`,
    a.im !== null && `IM ${a.im}`,
  ]
  return (
    <span className="bq-rangee">
      <span>{qui.filter(Boolean).join(' · ')}</span>
      <EtatAgent agent={a} />
    </span>
  )
}

const AUTOUR = 60

/** Neighbours of the list that was left; a long list shows those around. */
function ListeVoisins({
  agents,
  rang,
  adresse,
}: {
  agents: readonly AgentDuMois[]
  rang: number
  adresse: (a: AgentDuMois) => string
}) {
  const debut = Math.max(0, rang - AUTOUR)
  useEffect(() => {
    document.querySelector(`.paie-agent-liste [data-rang="${rang}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [rang])
  return (
    <ul>
      {agents.slice(debut, Math.max(0, rang) + AUTOUR).map((x, i) => (
        <li key={x.carriereId}>
          <Lien
            vers={adresse(x)}
            className="paie-voisin"
            data-rang={debut + i}
            aria-current={debut + i === rang ? 'page' : undefined}
          >
            <span>
              {x.nom} {x.prenom}
            </span>
            {x.bloquantes > 0 ? <EtatAgent agent={x} /> : <Montant valeur={x.netAPayer} euro={false} />}
          </Lien>
        </li>
      ))}
    </ul>
  )
}
