import '../../../ui/paie.css'
import './editions.css'
import { IconDownload, IconFileTypePdf } from '@tabler/icons-react'
import { useState } from 'react'
import {
  adresse,
  Bouton,
  ChampChoix,
  deMois,
  Encart,
  hasDroit,
  Page,
  telecharger,
  useApi,
  useOrganisme,
  useParametres,
  useSession,
} from '#ui'
import { lireDossier, listerAgents } from '../../../dossier/contract.ts'
import { ChoixMois } from '../../../dossier/ui/membre/choix-mois.tsx'
import { LIBELLES_GENRE, listerComplements } from '../../complements/contract.ts'
import { EDITIONS, type Edition, FORMATS, lireAttestation, lireEdition } from '../../editions/contract.ts'

const UTILITE: Record<Edition, string> = {
  livre: 'Un bulletin par ligne, avec ses totaux, par statut.',
  charges: 'Ce qui est dû à chaque caisse, parts de l’agent et de l’employeur.',
  journal: 'Débits et crédits du mois par compte budgétaire, équilibrés.',
  virements: 'Une ligne par agent et par compte bancaire.',
  annuel: 'Les cumuls de chaque agent sur les mois approuvés de l’année.',
  papier: 'Les agents qui ont demandé leur bulletin sur papier, avec les dates.',
}
const NOMS = { pdf: 'PDF', xlsx: 'Excel', csv: 'CSV' } as const

/** What leaves the month: for the accountant, for the funds, for the agents. */
export default function PageEditions() {
  const { mois } = useParametres<{ mois: string }>()
  const d = useApi(lireDossier, { params: { mois } }).data
  const vue = useSession()
  const { id: organisme } = useOrganisme()
  const [echec, setEchec] = useState<string>()
  const [rang, setRang] = useState('mois')
  const productions = useApi(listerComplements, { params: { mois } }).data?.complements.filter(
    (c) => c.etat === 'approuve' || c.etat === 'diffuse',
  )
  const approuve = d?.etat === 'approuve' || d?.etat === 'diffuse' || d?.etat === 'clos'
  const prendre = async (edition: Edition, format: (typeof FORMATS)[number]) => {
    setEchec(undefined)
    try {
      const url = adresse(lireEdition, {
        params: { mois },
        query: { organisme: organisme as never, edition, format, ...(rang === 'mois' ? {} : { rang: Number(rang) }) },
      })
      await telecharger(url, `${edition}-${mois}.${format}`)
    } catch (e) {
      setEchec((e as Error).message)
    }
  }
  return (
    <Page titre={`Éditions ${deMois(mois)}`} actions={<ChoixMois mois={mois} base="/paie/editions" />}>
      {d && !approuve && (
        <Encart etat="enAttente">
          La paie n’est pas encore approuvée : chaque édition porte la mention « projet ».
        </Encart>
      )}
      {echec && <Encart etat="bloquant">{echec}</Encart>}
      <section aria-labelledby="editions-titre" className="bq-pile-serree">
        <h2 id="editions-titre">Du mois</h2>
        {productions && productions.length > 0 && (
          <ChampChoix
            libelle="Production"
            aide="Le mois entier réunit la paie et ce qui la complète."
            valeur={rang}
            onValeur={setRang}
            effacable={false}
            choix={[
              { valeur: 'mois', libelle: 'Le mois entier' },
              { valeur: '1', libelle: 'Paie du mois' },
              ...productions.map((c) => ({
                valeur: String(c.rang),
                libelle: `${LIBELLES_GENRE[c.genre]} n° ${c.rang}`,
              })),
            ]}
            largeur="20rem"
          />
        )}
        <ul className="paie-editions">
          {(Object.keys(EDITIONS) as Edition[]).map((e) => (
            <li key={e}>
              <div>
                <strong>{EDITIONS[e]}</strong>
                <br />
                <span className="bq-discret">{UTILITE[e]}</span>
              </div>
              <span className="bq-rangee">
                {FORMATS.map((f) => (
                  <Bouton
                    key={f}
                    variante={f === 'pdf' ? 'normal' : 'discret'}
                    icone={f === 'pdf' ? IconFileTypePdf : IconDownload}
                    aria-label={`${EDITIONS[e]}, ${NOMS[f]}`}
                    onClick={() => void prendre(e, f)}
                  >
                    {NOMS[f]}
                  </Bouton>
                ))}
              </span>
            </li>
          ))}
        </ul>
      </section>
      {hasDroit(vue, 'agents.lire') && <Attestation mois={mois} organisme={organisme} onEchec={setEchec} />}
    </Page>
  )
}

function useAgents(mois: string) {
  const q = useApi(listerAgents, { params: { mois } })
  return q.data?.agents ?? []
}

function Attestation({
  mois,
  organisme,
  onEchec,
}: {
  mois: string
  organisme: string
  onEchec: (message: string | undefined) => void
}) {
  const agents = useAgents(mois)
  const [carriere, setCarriere] = useState('')
  const agent = agents.find((a) => a.carriereId === carriere)
  return (
    <section aria-labelledby="attestation-titre" className="bq-pile-serree">
      <h2 id="attestation-titre">Attestation d’emploi et de rémunération</h2>
      <div className="paie-attestation">
        <ChampChoix
          libelle="Agent"
          valeur={carriere}
          onValeur={setCarriere}
          choix={agents.map((a) => ({ valeur: a.carriereId, libelle: `${a.nom} ${a.prenom}, ${a.emploi}` }))}
          largeur="28rem"
        />
        <Bouton
          icone={IconFileTypePdf}
          disabled={!agent}
          onClick={() => {
            onEchec(undefined)
            const url = adresse(lireAttestation, {
              params: { mois, carriere: carriere as never },
              query: { organisme: organisme as never },
            })
            void telecharger(url, `attestation-${agent!.nom}.pdf`).catch((e: Error) => onEchec(e.message))
          }}
        >
          Préparer l’attestation
        </Bouton>
      </div>
    </section>
  )
}
