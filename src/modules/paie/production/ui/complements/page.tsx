import '../../../ui/paie.css'
import { IconArrowBackUp, IconCalculator, IconRosetteDiscountCheck, IconSend, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import {
  alerter,
  Bouton,
  ChampTexteLong,
  type Colonne,
  Confirmation,
  compter,
  deMois,
  Encart,
  Etat,
  EtatVide,
  Formulaire,
  formatInstant,
  formatMontant,
  Lien,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  usePanneau,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { lireBulletin, lireDossier, listerDossiers, listerJournal } from '../../../dossier/contract.ts'
import { LignesBulletin, TeteBulletin } from '../../../dossier/ui/commun/bulletin.tsx'
import { Chiffre, ChiffreMontant, Chiffres } from '../../../dossier/ui/commun/chiffres.tsx'
import { estGestionnaire } from '../../../dossier/ui/gestion/acces.ts'
import {
  abandonnerComplement,
  approuverComplement,
  type Complement,
  calculerComplement,
  envoyerComplement,
  LIBELLES_ETAT_COMPLEMENT,
  LIBELLES_GENRE,
  lireComplement,
  listerComplements,
  renvoyerComplement,
} from '../../complements/contract.ts'
import { lirePortefeuille } from '../../contract.ts'
import { ETATS_COMPLEMENT } from './libelles.ts'

type Agent = Complement['agents'][number]
const LECTURES = [
  lireComplement,
  listerComplements,
  lireDossier,
  listerDossiers,
  listerJournal,
  lireBulletin,
  lirePortefeuille,
]

const colonnes: readonly Colonne<Agent>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (a) => a.nom },
  { cle: 'emploi', titre: 'Emploi', valeur: (a) => a.emploi },
  { cle: 'deja', titre: 'Déjà payé', valeur: (a) => a.dejaPaye, genre: 'montant' },
  { cle: 'net', titre: 'À payer', valeur: (a) => a.netAPayer, genre: 'montant' },
  { cle: 'brut', titre: 'Brut', valeur: (a) => a.brut, genre: 'montant' },
  { cle: 'cout', titre: 'Coût', valeur: (a) => a.cout, genre: 'montant' },
  {
    cle: 'constats',
    titre: 'Constats',
    valeur: (a) => a.anomalies.length || null,
    rendu: (a) =>
      a.anomalies.some((x) => x.bloquante) ? (
        <Etat etat="bloquant">Bloqué</Etat>
      ) : a.acompte !== null ? (
        'Acompte'
      ) : (
        a.anomalies.length || ''
      ),
  },
]

/** One production beside the run of the month: for the officer who prepares it, then for the ordonnateur. */
export default function PageComplement() {
  const { mois, rang: texte } = useParametres<{ mois: string; rang: string }>()
  const params = { mois, rang: Number(texte) }
  const vue = useSession()
  const [r, setR] = useRecherche()
  const q = useApi(lireComplement, { params }, { rafraichir: 15_000 })
  const c = q.data
  const retour = estGestionnaire(vue) ? `/paie/gestion/${mois}?onglet=productions` : `/approbation/${mois}`
  const fil = [{ libelle: `Paie ${deMois(mois)}`, vers: retour }]
  if (!c)
    return (
      <Page titre={`Production n° ${texte}`} fil={fil}>
        {q.error ? (
          <EtatVide titre="Cette production n’a pas pu être ouverte." etat="attention">
            {q.error.message}
          </EtatVide>
        ) : (
          <p className="bq-discret">Ouverture…</p>
        )}
      </Page>
    )
  const lu = c.agents.find((a) => a.carriereId === r.agent)
  const constats = c.agents.flatMap((a) => a.anomalies.map((x) => ({ ...x, nom: a.nom, carriereId: a.carriereId })))
  return (
    <Page
      titre={`${LIBELLES_GENRE[c.genre]} n° ${c.rang}`}
      fil={fil}
      sousTitre={
        <span className="bq-rangee">
          <Etat etat={ETATS_COMPLEMENT[c.etat]}>{LIBELLES_ETAT_COMPLEMENT[c.etat]}</Etat>
          <span>
            {c.motif} · {c.creePar}, {formatInstant(c.creeLe)}
          </span>
        </span>
      }
      action={<Actes complement={c} />}
    >
      {c.motifRenvoi && c.etat === 'renvoye' && (
        <Encart etat="attention" titre="Motif du renvoi">
          {c.motifRenvoi}
        </Encart>
      )}
      {c.approuvePar && c.approuveLe && (
        <p>
          Approuvée par {c.approuvePar}, {formatInstant(c.approuveLe)}
          {c.diffuseLe && ` ; terminée le ${formatInstant(c.diffuseLe)}`}.
        </p>
      )}
      <Chiffres nom="Totaux de cette production">
        <Chiffre libelle="Bulletins" note={`pour ${compter(c.agents.length, 'agent choisi', 'agents choisis')}`}>
          {c.totaux.bulletins}
        </Chiffre>
        <ChiffreMontant libelle="Brut" valeur={c.totaux.brut} />
        <ChiffreMontant libelle="Net à payer" valeur={c.totaux.netAPayer} />
        <ChiffreMontant libelle="Coût employeur" valeur={c.totaux.cout} />
      </Chiffres>
      <Tableau
        nom="Agents de cette production"
        lignes={c.agents}
        cle={(a) => a.carriereId}
        colonnes={colonnes}
        local
        onOuvrir={(a) => setR({ agent: a.carriereId === r.agent ? undefined : a.carriereId })}
        ouverte={r.agent}
        vide="Aucun agent."
      />
      {lu?.netAPayer && <BulletinDuRang mois={mois} rang={c.rang} agent={lu} />}
      {c.actes.includes('calculer') && (
        <p className="bq-discret">
          Ce qui manque à un agent se saisit sur sa fiche :{' '}
          {c.agents.map((a, i) => (
            <span key={a.carriereId}>
              {i > 0 && ', '}
              <Lien vers={`/paie/gestion/${mois}/agents/${a.carriereId}`}>{a.nom}</Lien>
            </span>
          ))}
          . Recalculez ensuite.
        </p>
      )}
      {constats.map((x) => (
        <Encart
          key={`${x.carriereId}${x.code}`}
          etat={x.bloquante ? 'bloquant' : 'attention'}
          titre={`${x.nom} : ${x.message}`}
        >
          {x.conseil}
        </Encart>
      ))}
    </Page>
  )
}

/** The lines of one payslip of this production: the difference, each line asked why. */
function BulletinDuRang({ mois, rang, agent }: { mois: string; rang: number; agent: Agent }) {
  const carriere = agent.carriereId
  const q = useApi(lireBulletin, { params: { mois, carriere }, query: { rang } }, { garder: false })
  if (q.error) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data?.bulletin) return <p className="bq-discret">Lecture du bulletin…</p>
  return (
    <section className="bq-pile" aria-labelledby="complement-bulletin">
      <h2 id="complement-bulletin">Bulletin de {agent.nom}</h2>
      <TeteBulletin bulletin={q.data.bulletin} />
      <LignesBulletin bulletin={q.data.bulletin} carriere={carriere} />
    </section>
  )
}

function Actes({ complement: c }: { complement: Complement }) {
  const params = { mois: c.mois, rang: c.rang } as never
  const { open, close } = usePanneau()
  const [demande, setDemande] = useState<'envoyer' | 'approuver' | 'abandonner'>()
  const options = { invalidates: LECTURES }
  const calcul = useAction(calculerComplement, options)
  const envoi = useAction(envoyerComplement, options)
  const approbation = useAction(approuverComplement, options)
  const renvoi = useAction(renvoyerComplement, options)
  const abandon = useAction(abandonnerComplement, options)
  const peut = (a: Complement['actes'][number]) => c.actes.includes(a)
  const body = { empreinte: c.empreinte ?? '' }
  const resume = `${compter(c.totaux.bulletins, 'bulletin')}, ${formatMontant(c.totaux.netAPayer)} net à payer, ${formatMontant(c.totaux.cout)} de coût.`
  const GESTES = {
    envoyer: {
      titre: `Envoyer la production n° ${c.rang} à l’ordonnateur`,
      verbe: 'Signer et envoyer',
      texte: `${resume} Vous signez les contrôles de ces bulletins, tels qu’ils sont lus ici.`,
      faire: () => envoi.mutateAsync({ params, body }),
      fait: 'La production est chez l’ordonnateur.',
    },
    approuver: {
      titre: `Approuver la production n° ${c.rang}`,
      verbe: 'Approuver',
      texte: `${resume} Les bulletins seront figés, puis remis aux agents ; ceux déjà approuvés ne changent pas.`,
      faire: () => approbation.mutateAsync({ params, body }),
      fait: 'La production est approuvée.',
    },
    abandonner: {
      titre: `Abandonner la production n° ${c.rang}`,
      verbe: 'Abandonner',
      texte: 'Rien n’est payé. Les éléments saisis pour elle sont retirés ; son histoire reste.',
      faire: () => abandon.mutateAsync({ params }),
      fait: 'La production est abandonnée.',
    },
  } as const
  const geste = demande && GESTES[demande]
  return (
    <>
      {peut('abandonner') && (
        <Bouton variante="discret" icone={IconTrash} onClick={() => setDemande('abandonner')}>
          Abandonner
        </Bouton>
      )}
      {peut('calculer') && (
        <Bouton
          touche="c"
          icone={IconCalculator}
          enCours={calcul.isPending}
          onClick={() =>
            calcul.mutate(
              { params },
              {
                onSuccess: () => signaler('Production recalculée.'),
                onError: (e) => alerter('Le calcul n’a pas abouti', e.message),
              },
            )
          }
        >
          Recalculer
        </Bouton>
      )}
      {peut('envoyer') && (
        <Bouton
          variante="principal"
          touche="e"
          icone={IconSend}
          disabled={c.totaux.bulletins === 0 || c.bloquantes > 0}
          onClick={() => setDemande('envoyer')}
        >
          Envoyer à l’ordonnateur
        </Bouton>
      )}
      {peut('renvoyer') && (
        <Bouton
          icone={IconArrowBackUp}
          touche="r"
          onClick={() =>
            open({
              titre: `Renvoyer la production n° ${c.rang}`,
              contenu: (
                <Formulaire
                  forme={renvoyerComplement.body}
                  libelle="Renvoyer"
                  annuler={close}
                  brouillon={`renvoi-${c.mois}-${c.rang}`}
                  onEnvoyer={async (motif) => {
                    await renvoi.mutateAsync({ params, body: motif })
                    close()
                  }}
                >
                  <ChampTexteLong nom="motif" libelle="Ce qui est à corriger" lignes={4} requis />
                </Formulaire>
              ),
            })
          }
        >
          Renvoyer
        </Bouton>
      )}
      {peut('approuver') && (
        <Bouton
          variante="principal"
          touche="a"
          icone={IconRosetteDiscountCheck}
          onClick={() => setDemande('approuver')}
        >
          Approuver
        </Bouton>
      )}
      {geste && (
        <Confirmation
          ouverte
          titre={geste.titre}
          verbe={geste.verbe}
          onFermer={() => setDemande(undefined)}
          onConfirmer={async () => {
            await geste.faire()
            signaler(geste.fait)
          }}
        >
          {geste.texte}
        </Confirmation>
      )}
    </>
  )
}
