import './membre.css'
import { IconArrowBackUp, IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useState } from 'react'
import {
  Bouton,
  ChampTexteLong,
  Confirmation,
  compter,
  deMois,
  Encart,
  Etat,
  Formulaire,
  formatInstant,
  formatMois,
  formatMontant,
  Graphique,
  Page,
  useAction,
  useApi,
  useInvalidation,
  usePanneau,
  useParametres,
  useRecherche,
} from '#ui'
import { listerComplements } from '../../../production/complements/contract.ts'
import { type EcartAgent, lireHistorique } from '../../../production/controles/contract.ts'
import { Complements } from '../../../production/ui/complements/liste.tsx'
import { Ecarts } from '../../../production/ui/controles/ecarts.tsx'
import {
  approuver,
  type Dossier,
  lireDossier,
  listerAgents,
  listerAnomalies,
  listerDossiers,
  listerJournal,
  renvoyer,
} from '../../contract.ts'
import { Chiffre, ChiffreMontant, Chiffres } from '../commun/chiffres.tsx'
import { Agents } from './agents.tsx'
import { BandeauSituation } from './bandeau-situation.tsx'
import { ChoixMois } from './choix-mois.tsx'
import { situationVisa } from './phrases.ts'

const PERIMES = [lireDossier, listerDossiers, listerJournal, listerAgents]

/** The visa of the month on one page, for a phone first: figures, differences, anomalies, payslips, then the act. */
export default function Approbation() {
  const { mois } = useParametres<{ mois: string }>()
  const [recherche] = useRecherche()
  const lu = useApi(lireDossier, { params: { mois } }, { rafraichir: 5_000 })
  const dossiers = useApi(listerDossiers)
  const d = lu.data
  const precedent = dossiers.data?.dossiers.find((x) => x.mois < mois)
  const actes = d?.actes.includes('approuver') ? <Actes dossier={d} /> : undefined
  const aDesBulletins = d !== undefined && d.compteurs.bulletins > 0
  return (
    <Page
      titre={d?.etat === 'aApprouver' ? 'Paie à approuver' : 'Paie du mois'}
      sousTitre={formatMois(mois)}
      actions={<ChoixMois mois={mois} base="/approbation" />}
      action={actes && <div className="bq-seulement-large bq-rangee">{actes}</div>}
    >
      {lu.error && (
        <Encart etat="bloquant" titre="La paie n’a pas pu être lue">
          {lu.error.message}
        </Encart>
      )}
      {d && (
        <div className={recherche.agent && d.etat === 'aApprouver' ? 'bq-seulement-large' : undefined}>
          <BandeauSituation situation={situationVisa(d)} />
          {d.taciteLe && (
            <p>
              Sans réponse de votre part, elle sera approuvée le {formatInstant(d.taciteLe)}, comme le prévoit la
              convention avec l’agence.
            </p>
          )}
        </div>
      )}
      {d && aDesBulletins && !recherche.agent && (
        <>
          <Figures dossier={d} bulletinsAvant={precedent?.bulletins} moisAvant={precedent?.mois} />
          <ComplementsDuMois mois={mois} />
          <Historique mois={mois} />
          <Ecarts mois={mois} complet nommer={(a) => <OuvrirBulletin agent={a} />} />
          <Anomalies mois={mois} />
        </>
      )}
      {d && aDesBulletins && (
        <section className="bq-pile-serree" aria-labelledby="membre-bulletins">
          <h2 id="membre-bulletins">{compter(d.compteurs.bulletins, 'bulletin')} à lire</h2>
          <Agents mois={mois} abrege />
        </section>
      )}
      {actes && <div className="bq-seulement-etroit bq-membre-visa">{actes}</div>}
    </Page>
  )
}

/** Five figures and their difference with last month, then the same as bars. */
function Figures({
  dossier: d,
  bulletinsAvant,
  moisAvant,
}: {
  dossier: Dossier
  bulletinsAvant: number | undefined
  moisAvant: string | undefined
}) {
  const avant = d.totauxPrecedents
  const ecart = bulletinsAvant === undefined ? undefined : d.compteurs.bulletins - bulletinsAvant
  return (
    <section className="bq-membre-figures" aria-labelledby="membre-figures">
      <h2 id="membre-figures">Les chiffres du mois</h2>
      <Chiffres nom="Totaux du mois">
        <Chiffre
          libelle="Bulletins"
          note={
            ecart === undefined
              ? undefined
              : ecart === 0
                ? 'autant que le mois dernier'
                : `${Math.abs(ecart)} de ${ecart > 0 ? 'plus' : 'moins'} sur un mois`
          }
        >
          {d.compteurs.bulletins}
        </Chiffre>
        <ChiffreMontant libelle="Brut" valeur={d.totaux.brut} avant={avant?.brut} />
        <ChiffreMontant libelle="Cotisations des agents" valeur={d.totaux.cotisations} avant={avant?.cotisations} />
        <ChiffreMontant libelle="Net à payer" valeur={d.totaux.netAPayer} avant={avant?.netAPayer} />
        <ChiffreMontant libelle="Coût employeur" valeur={d.totaux.cout} avant={avant?.cout} />
      </Chiffres>
      {avant && moisAvant && (
        <Graphique
          titre={`Comparaison ${deMois(moisAvant)} et ${deMois(d.mois)}, en euros`}
          categories={['Brut', 'Cotis.', 'Net', 'Coût']}
          series={[
            { nom: formatMois(moisAvant), valeurs: montants(avant) },
            { nom: formatMois(d.mois), valeurs: montants(d.totaux) },
          ]}
          format={(v) => formatMontant(v.toFixed(2)).replace(/,00/, '')}
          hauteur={220}
        />
      )}
    </section>
  )
}

/** Productions that complete the month: each is approved on its own page. */
function ComplementsDuMois({ mois }: { mois: string }) {
  const lus = useApi(listerComplements, { params: { mois } })
  if (!lus.data?.complements.length) return null
  return (
    <section className="bq-pile-serree" aria-labelledby="membre-complements">
      <h2 id="membre-complements">Productions du mois</h2>
      <Complements mois={mois} />
    </section>
  )
}

/** The year that led to this month: the cost and the net, then the number of payslips. */
function Historique({ mois }: { mois: string }) {
  const lu = useApi(lireHistorique, { params: { mois } })
  const h = lu.data?.mois ?? []
  // two months are already side by side above
  if (h.length < 3) return null
  const categories = h.map((m) => formatMois(m.mois))
  return (
    <section className="bq-membre-figures" aria-labelledby="membre-historique">
      <h2 id="membre-historique">Depuis un an</h2>
      <Graphique
        titre="Coût employeur et net à payer, en euros"
        categories={categories}
        series={[
          { nom: 'Coût', valeurs: h.map((m) => Number(m.cout)) },
          { nom: 'Net', valeurs: h.map((m) => Number(m.netAPayer)) },
        ]}
        genre="lignes"
        format={(v) => formatMontant(v.toFixed(2)).replace(/,00/, '')}
        hauteur={220}
      />
      <Graphique
        titre="Nombre de bulletins"
        categories={categories}
        series={[{ nom: 'Bulletins', valeurs: h.map((m) => m.bulletins) }]}
        hauteur={160}
      />
    </section>
  )
}

function OuvrirBulletin({ agent: a }: { agent: EcartAgent }) {
  const [, setRecherche] = useRecherche()
  if (a.netApres === null) return <strong>{a.nom}</strong>
  return (
    <button type="button" className="bq-lien" onClick={() => setRecherche({ agent: a.carriereId })}>
      {a.nom}
    </button>
  )
}

const montants = (t: Dossier['totaux']) => [t.brut, t.cotisations, t.netAPayer, t.cout].map(Number)

function Anomalies({ mois }: { mois: string }) {
  const lues = useApi(listerAnomalies, { params: { mois } })
  const anomalies = [...(lues.data?.anomalies ?? [])].sort((a, b) => Number(b.bloquante) - Number(a.bloquante))
  return (
    <section className="bq-pile-serree" aria-labelledby="membre-anomalies">
      <h2 id="membre-anomalies">Contrôles</h2>
      {lues.error && <p className="bq-erreur">Les contrôles n’ont pas pu être lus : {lues.error.message}</p>}
      {lues.data && anomalies.length === 0 && (
        <div>
          <Etat etat="fait">Aucune anomalie</Etat>
        </div>
      )}
      {anomalies.length > 0 && (
        <ul className="bq-membre-anomalies">
          {anomalies.map((a) => (
            <li key={`${a.code}${a.carriereId}${a.message}`}>
              <Etat etat={a.bloquante ? 'bloquant' : 'attention'}>{a.bloquante ? 'Bloquant' : 'À savoir'}</Etat>
              <span>
                {a.nom !== '' && <strong>{a.nom} : </strong>}
                {a.message}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Actes({ dossier: d }: { dossier: Dossier }) {
  const { open, close } = usePanneau()
  const [, setRecherche] = useRecherche()
  const [confirme, setConfirme] = useState(false)
  const approbation = useAction(approuver, { invalidates: PERIMES })
  const invalider = useInvalidation()
  const renvoi = useAction(renvoyer)
  const params = { mois: d.mois }
  // The sentence at the top of the page says what was done.
  const montrerLeResultat = () => {
    setRecherche({ agent: undefined })
    window.scrollTo({ top: 0 })
  }
  const demanderMotif = () =>
    open({
      titre: `Renvoyer la paie ${deMois(d.mois)}`,
      contenu: (
        <div className="bq-pile">
          <p>
            La paie retourne chez votre gestionnaire avec votre motif. Aucun bulletin n’est remis. Il corrige, calcule
            de nouveau et vous la renvoie.
          </p>
          <Formulaire
            forme={renvoyer.body}
            brouillon={`renvoi.${d.mois}`}
            libelle="Renvoyer la paie"
            annuler={close}
            onEnvoyer={async (body) => {
              await renvoi.mutateAsync({ params, body })
              close()
              montrerLeResultat()
              await invalider(PERIMES)
            }}
          >
            <ChampTexteLong nom="motif" libelle="Ce qui est à corriger" lignes={4} requis />
          </Formulaire>
        </div>
      ),
    })
  return (
    <>
      {d.actes.includes('renvoyer') && (
        <Bouton icone={IconArrowBackUp} touche="r" onClick={demanderMotif}>
          Renvoyer
        </Bouton>
      )}
      <Bouton variante="principal" icone={IconRosetteDiscountCheck} touche="a" onClick={() => setConfirme(true)}>
        Approuver
      </Bouton>
      <Confirmation
        ouverte={confirme}
        titre={`Approuver la paie ${deMois(d.mois)}`}
        verbe="Approuver la paie"
        onFermer={() => setConfirme(false)}
        onConfirmer={async () => {
          await approbation.mutateAsync({ params, body: { empreinte: d.empreinte ?? '' } })
          montrerLeResultat()
        }}
      >
        <div className="bq-pile-serree">
          <p>
            Vous approuvez la paie {deMois(d.mois)} : <strong>{compter(d.compteurs.bulletins, 'bulletin')}</strong>,
            pour un total net à payer de <strong>{formatMontant(d.totaux.netAPayer)}</strong> et un coût employeur de{' '}
            {formatMontant(d.totaux.cout)}.
          </p>
          <p>
            Les bulletins seront figés, puis remis aux agents dans leur coffre. Une erreur se corrigera le mois suivant,
            par un rappel.
          </p>
        </div>
      </Confirmation>
    </>
  )
}
