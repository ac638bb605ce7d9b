import { useState } from 'react'
import {
  Bouton,
  BoutonLien,
  type Colonne,
  Confirmation,
  compter,
  deMois,
  Encart,
  EtatVide,
  formatMontant,
  hasDroit,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { lireMandatement, listerMandatements, type Mandatement, mandaterMois } from '../contract.ts'

type Mandat = Mandatement['mandats'][number]
const colonnes: readonly Colonne<Mandat>[] = [
  { cle: 'nom', titre: 'Bénéficiaire', valeur: (m) => m.nom },
  { cle: 'total', titre: 'Montant', valeur: (m) => m.total, genre: 'montant' },
  { cle: 'budget', titre: 'Budget', valeur: (m) => m.budget },
  {
    cle: 'articles',
    titre: 'Articles',
    valeur: (m) => m.lignes.map((l) => (l.fonction ? `${l.nature} (${l.fonction})` : l.nature)).join(', '),
  },
  { cle: 'virements', titre: 'Virements', valeur: (m) => m.virements, genre: 'nombre' },
]

const nomDe = (mois: string, rang: number) => `Paie ${deMois(mois)}${rang > 1 ? `, production n° ${rang}` : ''}`

/** Approved months of pay that are not in the accounts yet: what their mandats will be, then one gesture. */
export default function PaieAMandater() {
  const [r, setR] = useRecherche()
  const vue = useSession()
  const q = useApi(listerMandatements)
  const [demande, setDemande] = useState(false)
  const attente = q.data?.mois ?? []
  const mois = r.mois ?? attente[0]?.mois
  const rang = Number(r.rang ?? (r.mois ? 1 : (attente[0]?.rang ?? 1)))
  const params = { mois: mois as never }
  const lu = useApi(lireMandatement, { params, query: { rang } }, { actif: mois !== undefined })
  const envoi = useAction(mandaterMois, { invalidates: [listerMandatements, lireMandatement] })
  const v = mois === undefined ? undefined : lu.data
  const fait = v !== undefined && v.recus > 0
  return (
    <Page
      titre={mois ? nomDe(mois, rang) : 'Paie à mandater'}
      sousTitre="Du mois approuvé aux mandats"
      actions={<BoutonLien vers="/finances/paie/imputation">Imputation des agents</BoutonLien>}
      {...(v && !fait && hasDroit(vue, 'finances.liquider')
        ? {
            action: (
              <Bouton variante="principal" touche="p" onClick={() => setDemande(true)}>
                Préparer les mandats
              </Bouton>
            ),
          }
        : {})}
    >
      {q.error && <Encart etat="bloquant">{q.error.message}</Encart>}
      {q.data && mois === undefined && (
        <EtatVide titre="Toutes les paies approuvées sont dans les finances.">
          Un mois vient ici dès son approbation.
        </EtatVide>
      )}
      {lu.error && <Encart etat="bloquant">{lu.error.message}</Encart>}
      {v && (
        <>
          {fait && (
            <Encart etat="fait" titre="Les mandats de ce mois sont préparés">
              Ils attendent avec les autres pièces prêtes.{' '}
              <BoutonLien variante="discret" vers="/finances/mandater">
                Mandater
              </BoutonLien>
            </Encart>
          )}
          <p>
            {compter(v.bulletins, 'bulletin')} : {formatMontant(v.totaux.net)} versés aux agents et aux élus,{' '}
            {formatMontant(v.totaux.retenues)} retenus pour les caisses et l’impôt, {formatMontant(v.totaux.patronal)}{' '}
            de cotisations de l’employeur. Total <strong>{formatMontant(v.totaux.total)}</strong>, celui des bulletins
            au centime.
          </p>
          <Tableau
            nom={`Mandats : ${nomDe(v.mois, v.rang)}`}
            lignes={v.mandats}
            cle={(m) => m.cle}
            colonnes={colonnes}
            local
            vide="Aucun mandat."
          />
          {v.reprises.length > 0 && (
            <Encart etat="attention" titre="Caisses qui rendent plus qu’elles ne reçoivent">
              {v.reprises.map((n) => `${n.nom} : ${formatMontant(n.montant)}`).join(' ; ')}. Aucun mandat ne peut le
              dire : demandez au comptable un titre, ou une réduction du mois précédent.
            </Encart>
          )}
          {v.negatifs.length > 0 && (
            <Encart etat="attention" titre="Nets négatifs, repris les mois suivants">
              {v.negatifs.map((n) => `${n.nom} : ${formatMontant(n.montant)}`).join(' ; ')}
            </Encart>
          )}
        </>
      )}
      {attente.length > 1 && (
        <p className="bq-rangee">
          {attente.map((m) => (
            <Bouton
              key={`${m.mois}.${m.rang}`}
              variante="discret"
              onClick={() => setR({ mois: m.mois, rang: String(m.rang) })}
            >
              {nomDe(m.mois, m.rang)}
            </Bouton>
          ))}
        </p>
      )}
      <Confirmation
        ouverte={demande}
        titre={mois ? `Mandater : ${nomDe(mois, rang)}` : ''}
        verbe="Préparer"
        onFermer={() => setDemande(false)}
        onConfirmer={async () => {
          await envoi.mutateAsync({ params, body: { rang } })
          setR({ mois, rang: String(rang) })
          signaler('Les mandats de la paie attendent avec les autres pièces prêtes.')
        }}
      >
        {v && compter(v.mandats.length, 'mandat')} seront préparés, leurs crédits réservés, et le document de paie (XHL)
        joint à ceux des agents et des élus. Ils partiront ensuite sur un bordereau, comme les autres.
      </Confirmation>
    </Page>
  )
}
