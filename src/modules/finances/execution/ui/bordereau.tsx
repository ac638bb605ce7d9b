import './execution.css'
import { useState } from 'react'
import {
  adresse,
  Bouton,
  BoutonLien,
  ChampTexteLong,
  Chronologie,
  type Colonne,
  Confirmation,
  compter,
  Encart,
  Etat,
  formatJourLong,
  formatMontant,
  Lien,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  usePanneau,
  useParametres,
  VisionneuseDocument,
} from '#ui'
import {
  type BordereauLu,
  lireBordereau,
  listerBordereaux,
  renvoyerBordereau,
  signerBordereau,
  transmettreBordereau,
} from '../http/bordereaux/contract.ts'
import { lireDocument } from '../http/factures/contract.ts'
import { listerLiquidations } from '../http/liquidations/contract.ts'
import { ETATS, nomBordereau } from './bordereaux.tsx'
import { Anomalies, Chiffres } from './commun.tsx'

type Piece = BordereauLu['pieces'][number]
const NUMERO: Colonne<Piece> = { cle: 'numero', titre: 'N°', valeur: (p) => p.numero, genre: 'nombre' }
const colonnes: readonly Colonne<Piece>[] = [
  { cle: 'tiers', titre: 'Tiers', valeur: (p) => p.tiers },
  { cle: 'ttc', titre: 'Montant', valeur: (p) => p.ttc, genre: 'montant' },
  { cle: 'objet', titre: 'Objet', valeur: (p) => p.objet },
  { cle: 'nature', titre: 'Article', valeur: (p) => `${p.nature} ${p.libelleNature}` },
  { cle: 'reglement', titre: 'Règlement', valeur: (p) => `${p.modeReglement} ${p.iban}`.trim(), masquee: true },
  {
    cle: 'documents',
    titre: 'Justificatifs',
    valeur: (p) => p.documents.length || (p.documentId ? 1 : 0),
    genre: 'nombre',
  },
]

const NUMEROTEES = [NUMERO, ...colonnes]

/** A bordereau as the ordonnateur reads it: each line opens its paper, then one gesture signs all. */
export default function Bordereau() {
  const { bordereau: id } = useParametres<{ bordereau: string }>()
  const params = { bordereau: id as never }
  const lu = useApi(lireBordereau, { params })
  const panneau = usePanneau()
  const options = { invalidates: [lireBordereau, listerBordereaux, listerLiquidations] }
  const signature = useAction(signerBordereau, options)
  const renvoi = useAction(renvoyerBordereau, options)
  const transmission = useAction(transmettreBordereau, options)
  const [demande, setDemande] = useState<'signer' | 'renvoyer'>()
  const [motif, setMotif] = useState('')
  const b = lu.data
  if (!b)
    return (
      <Page titre="Bordereau" fil={[{ libelle: 'Bordereaux', vers: '/finances/bordereaux' }]}>
        {lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>}
      </Page>
    )
  const mot = b.sens === 'D' ? 'mandat' : 'titre'
  const anomalies = b.pieces.flatMap((p) => p.anomalies.map((a) => ({ ...a, message: `${p.objet} : ${a.message}` })))
  const ouvrir = (p: Piece) =>
    panneau.open({
      titre: p.objet,
      large: true,
      contenu: (
        <div className="bq-pile">
          <Chiffres
            liste={[
              { libelle: b.sens === 'D' ? 'Créancier' : 'Débiteur', valeur: p.tiers },
              { libelle: 'Montant', valeur: formatMontant(p.ttc) },
            ]}
          />
          <p>
            Article {p.nature} {p.libelleNature}, chapitre {p.chapitre}.{' '}
            {b.sens === 'D' && `${p.modeReglement} ${p.iban}`}
          </p>
          {p.documentId ? (
            <VisionneuseDocument
              url={adresse(lireDocument, { params: { document: p.documentId as never } })}
              nom={p.objet}
            />
          ) : (
            <p className="bq-discret">Aucun document n’est joint à cette pièce.</p>
          )}
        </div>
      ),
    })
  return (
    <Page
      titre={nomBordereau(b)}
      sousTitre={`${b.budget}, exercice ${b.annee}. ${b.dateEmission ? `Émis le ${formatJourLong(b.dateEmission)}` : `Préparé par ${b.envoyePar}`}`}
      fil={[{ libelle: 'Bordereaux', vers: '/finances/bordereaux' }]}
      {...(b.actes.includes('signer')
        ? {
            action: (
              <Bouton variante="principal" touche="s" onClick={() => setDemande('signer')}>
                Signer
              </Bouton>
            ),
          }
        : b.actes.includes('transmettre')
          ? {
              action: (
                <BoutonLien variante="principal" touche="t" vers="/finances/echanges">
                  Transmettre par un flux
                </BoutonLien>
              ),
            }
          : {})}
      actions={
        b.actes.includes('renvoyer') ? (
          <Bouton onClick={() => setDemande('renvoyer')}>Renvoyer</Bouton>
        ) : (
          b.actes.includes('transmettre') && (
            <Bouton
              enCours={transmission.isPending}
              onClick={() =>
                transmission.mutate(
                  { params },
                  { onSuccess: () => signaler('Bordereau marqué comme remis au comptable.') },
                )
              }
            >
              Remis autrement
            </Bouton>
          )
        )
      }
    >
      <div className="bq-rangee">
        <Etat etat={ETATS[b.etat]}>{b.libelleEtat}</Etat>
        {b.roleId && <Lien vers={`/finances/recettes/roles/${b.roleId}`}>Ses débiteurs, dans le rôle</Lien>}
      </div>
      {b.motif && (
        <Encart etat={b.etat === 'refuse' ? 'bloquant' : 'attention'} titre="Motif">
          {b.motif}
        </Encart>
      )}
      <Chiffres
        liste={[
          { libelle: 'Total', valeur: formatMontant(b.ttc) },
          ...(Number(b.tva) > 0 ? [{ libelle: 'dont TVA', valeur: formatMontant(b.tva) }] : []),
          { libelle: b.sens === 'D' ? 'Mandats' : 'Titres', valeur: b.nombre },
        ]}
      />
      <Anomalies liste={anomalies} />
      <Tableau
        nom={nomBordereau(b)}
        lignes={b.pieces}
        cle={(p) => p.id}
        colonnes={b.numero ? NUMEROTEES : colonnes}
        onOuvrir={ouvrir}
        vide="Aucune pièce."
      />
      <details>
        <summary>Histoire du bordereau</summary>
        <Chronologie
          faits={b.histoire.map((h) => ({
            id: h.id,
            instant: h.le,
            qui: h.nom,
            quoi: h.detail ? `${h.acte}, ${h.detail}` : h.acte,
          }))}
        />
      </details>
      <Confirmation
        ouverte={demande === 'signer'}
        titre="Signer le bordereau"
        verbe="Signer"
        onFermer={() => setDemande(undefined)}
        onConfirmer={async () => {
          const fait = await signature.mutateAsync({ params, body: { empreinte: b.empreinte } })
          signaler(`Bordereau n° ${fait.numero} signé.`)
        }}
      >
        Vous certifiez le service fait et rendez exécutoires {compter(b.nombre, mot)} pour {formatMontant(b.ttc)}. Les
        numéros sont donnés maintenant et ne changeront plus.
      </Confirmation>
      <Confirmation
        ouverte={demande === 'renvoyer'}
        titre="Renvoyer le bordereau"
        verbe="Renvoyer"
        onFermer={() => setDemande(undefined)}
        onConfirmer={async () => {
          await renvoi.mutateAsync({ params, body: { motif } })
          signaler('Bordereau renvoyé : ses pièces sont à corriger.')
        }}
      >
        <ChampTexteLong libelle="Ce qu’il faut corriger" requis valeur={motif} onValeur={setMotif} />
      </Confirmation>
    </Page>
  )
}
