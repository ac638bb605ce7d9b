import { IconDownload, IconFileText, IconReceipt } from '@tabler/icons-react'
import { useState } from 'react'
import {
  adresse,
  alerter,
  Bouton,
  Encart,
  formatInstant,
  formatOctets,
  Montant,
  telecharger,
  useApi,
  usePanneau,
  VisionneuseDocument,
} from '#ui'
import { lireRecu, type Objet, ouvrirObjet } from '../contract.ts'

/** The browsers of phones draw no PDF inside a page: there it opens in its own tab, full screen. */
const isEtroit = () => window.matchMedia('(max-width: 48em)').matches

const nomDe = (o: Objet) => `${o.mois} ${o.titre} - ${o.employeur.nom}.pdf`

/** One paper of the safe: read it, keep it, prove it. */
export function DetailObjet({ objet }: { objet: Objet }) {
  const { open } = usePanneau()
  const [enCours, setEnCours] = useState(false)
  const [etroit] = useState(isEtroit)
  const url = adresse(ouvrirObjet, { params: { id: objet.id } })
  const enregistrer = async () => {
    setEnCours(true)
    try {
      await telecharger(adresse(ouvrirObjet, { params: { id: objet.id }, query: { telecharger: 'oui' } }), nomDe(objet))
    } catch (e) {
      alerter('Le document n’a pas pu être téléchargé', (e as Error).message)
    } finally {
      setEnCours(false)
    }
  }
  return (
    <div className="bq-pile">
      <div>
        <h2>{objet.titre}</h2>
        <p className="bq-discret">
          {objet.employeur.nom}
          {objet.netAPayer !== null && (
            <>
              , net à payer <Montant valeur={objet.netAPayer} />
            </>
          )}
        </p>
      </div>
      <div className="bq-rangee">
        {etroit && (
          <a className="bq-bouton" data-variante="principal" href={url} target="_blank" rel="noreferrer">
            <IconFileText size={18} stroke={1.75} aria-hidden="true" />
            <span>Lire le document</span>
          </a>
        )}
        <Bouton icone={IconDownload} touche="t" enCours={enCours} onClick={() => void enregistrer()}>
          Télécharger
        </Bouton>
        <Bouton
          variante="discret"
          icone={IconReceipt}
          onClick={() => open({ titre: 'Reçu de dépôt', contenu: <RecuDeDepot objet={objet} /> })}
        >
          Reçu de dépôt
        </Bouton>
      </div>
      {!etroit && <VisionneuseDocument url={url} nom={objet.titre} />}
    </div>
  )
}

/** What proves the deposit: number, time, who, and the hash that anybody can compute again. */
function RecuDeDepot({ objet }: { objet: Objet }) {
  const recu = useApi(lireRecu, { params: { id: objet.id } })
  if (recu.error)
    return (
      <Encart etat="bloquant" titre="Le reçu n’a pas pu être lu">
        {recu.error.message}
      </Encart>
    )
  if (!recu.data) return <p className="bq-discret">Lecture du reçu…</p>
  const r = recu.data
  return (
    <div className="bq-pile">
      <p>
        Ce reçu prouve que ce document vous a été remis à cette date et qu’il n’a pas changé depuis. Votre employeur en
        garde le même.
      </p>
      <dl className="bq-coffre-recu">
        <dt>Numéro</dt>
        <dd className="bq-chiffres">{r.numero}</dd>
        <dt>Déposé le</dt>
        <dd>{formatInstant(r.deposeLe)}</dd>
        <dt>Par</dt>
        <dd>
          {r.deposant.nom} (SIREN {r.deposant.siren})
        </dd>
        <dt>Document</dt>
        <dd>
          {r.titre}, {formatOctets(r.taille)}
        </dd>
        <dt>Empreinte {r.algorithme}</dt>
        <dd>
          <code>{r.empreinte}</code>
        </dd>
      </dl>
      <div>
        <Bouton
          icone={IconDownload}
          onClick={() =>
            void telecharger(adresse(lireRecu, { params: { id: objet.id } }), `recu-${r.numero}.json`).catch(
              (e: Error) => alerter('Le reçu n’a pas pu être téléchargé', e.message),
            )
          }
        >
          Enregistrer le reçu
        </Bouton>
      </div>
    </div>
  )
}
