import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  appeler,
  Bouton,
  BoutonLien,
  ChampMontant,
  ChampTexte,
  Chronologie,
  type Colonne,
  Confirmation,
  Encart,
  formatJour,
  formatMontant,
  Lien,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useEtatTableau,
  usePanneau,
  useRecherche,
  VisionneuseDocument,
} from '#ui'
import { ReferencePayfip } from '../../recettes/payfip/ui/reference.tsx'
import { lireDocument } from '../http/factures/contract.ts'
import { listerLiquidations } from '../http/liquidations/contract.ts'
import {
  corrigerPiece,
  lirePiece,
  listerPieces,
  type PieceLue,
  type PieceVue,
  ETATS_PIECE as TOUS,
} from '../http/pieces/contract.ts'
import { type Cadre, Chiffres, EtatPiece, SansCadre, useCadre } from './commun.tsx'

const LIBELLES: Record<(typeof TOUS)[number], string> = {
  signee: 'Signé',
  transmise: 'Transmis',
  priseEnCharge: 'Pris en charge',
  suspendue: 'En instance',
  rejetee: 'Rejeté',
  partielle: 'Réglé en partie',
  soldee: 'Soldé',
  annulee: 'Annulé',
}
const colonnesOf = (sens: 'D' | 'R'): readonly Colonne<PieceVue>[] => [
  { cle: 'numero', titre: 'N°', valeur: (p) => p.numero, genre: 'nombre' },
  { cle: 'tiers', titre: sens === 'D' ? 'Créancier' : 'Débiteur', valeur: (p) => p.tiers },
  { cle: 'ttc', titre: 'Montant', valeur: (p) => p.ttc, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (p) => p.libelleEtat,
    rendu: (p) => <EtatPiece piece={p} />,
    tri: false,
    filtre: TOUS.map((e) => ({ valeur: e, libelle: LIBELLES[e] })),
  },
  { cle: 'objet', titre: 'Objet', valeur: (p) => p.objet },
  { cle: 'emiseLe', titre: 'Émis le', valeur: (p) => p.emiseLe, genre: 'jour' },
  {
    cle: 'reste',
    titre: sens === 'D' ? 'Reste à payer' : 'Reste à recouvrer',
    valeur: (p) => p.reste,
    genre: 'montant',
  },
  { cle: 'bordereau', titre: 'Bordereau', valeur: (p) => p.bordereau, genre: 'nombre', tri: false, masquee: true },
  { cle: 'triplet', titre: 'Type', valeur: (p) => p.triplet, tri: false, masquee: true },
  {
    cle: 'section',
    titre: 'Section',
    valeur: (p) => (p.section === 'F' ? 'Fonctionnement' : 'Investissement'),
    tri: false,
    masquee: true,
  },
]
const COLONNES = { D: colonnesOf('D'), R: colonnesOf('R') }

export function Pieces({ sens }: { sens: 'D' | 'R' }) {
  const { cadre, choix, erreur } = useCadre()
  const depense = sens === 'D'
  return (
    <Page
      titre={depense ? 'Mandats' : 'Titres'}
      actions={
        <>
          {choix}
          {depense && <BoutonLien vers="/finances/retenues">Retenues</BoutonLien>}
          <BoutonLien vers="/finances/ordre">Ordre</BoutonLien>
        </>
      }
      action={
        <BoutonLien variante="principal" touche="n" vers={depense ? '/finances/mandater' : '/finances/encaisser'}>
          {depense ? 'Mandater' : 'Émettre un titre'}
        </BoutonLien>
      }
    >
      {cadre ? <Liste cadre={cadre} sens={sens} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Liste({ cadre, sens }: { cadre: Cadre; sens: 'D' | 'R' }) {
  const [r, setR] = useRecherche()
  const etat = useEtatTableau({ taille: 100 })
  const query = {
    budget: cadre.budget as never,
    annee: cadre.annee as never,
    sens,
    q: etat.recherche,
    ...(etat.tri ? { tri: etat.tri.cle as never, ordre: etat.tri.desc ? ('desc' as const) : ('asc' as const) } : {}),
    ...(etat.filtres.etat ? { etat: etat.filtres.etat as never } : {}),
  }
  const lues = useApi(listerPieces, { query: { ...query, page: etat.page as never, taille: etat.taille as never } })
  const mot = sens === 'D' ? 'mandat' : 'titre'
  return (
    <ListeDetail
      titre={sens === 'D' ? 'Mandat' : 'Titre'}
      vide={`Choisissez un ${mot} pour voir ses lignes, ses justificatifs et où il en est chez le comptable.`}
      onFermer={() => setR({ piece: undefined })}
      liste={
        <div className="bq-pile-serree">
          {lues.data && lues.data.total > 0 && (
            <p className="bq-discret">
              {formatMontant(lues.data.somme)} au total, rejets exclus et annulations déduites.
            </p>
          )}
          <Tableau
            nom={sens === 'D' ? 'Mandats' : 'Titres'}
            lignes={lues.data?.pieces}
            cle={(p) => p.id}
            colonnes={COLONNES[sens]}
            etat={etat}
            serveur={{
              total: lues.data?.total ?? 0,
              toutes: async () =>
                (await appeler(listerPieces, { query: { ...query, taille: 50_000 as never } })).pieces,
            }}
            onOuvrir={(p) => setR({ piece: p.id })}
            ouverte={r.piece}
            erreur={lues.data ? null : lues.error}
            vide={`Aucun ${mot} sur cet exercice.`}
          />
        </div>
      }
      detail={r.piece && <Detail id={r.piece} key={r.piece} />}
    />
  )
}

function Detail({ id }: { id: string }) {
  const lu = useApi(lirePiece, { params: { mandat: id as never } })
  const panneau = usePanneau()
  const [acte, setActe] = useState<PieceLue['actes'][number]>()
  const p = lu.data
  if (!p) return lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>
  const mot = p.sens === 'D' ? 'Mandat' : 'Titre'
  return (
    <div className="bq-pile">
      <header className="bq-pile-serree">
        <h2>
          {mot} n° {p.numero} de {p.annee}
        </h2>
        <div className="bq-rangee">
          <EtatPiece piece={p} />
          <Lien vers={`/finances/bordereaux/${p.bordereauId}`}>Bordereau n° {p.bordereau}</Lien>
        </div>
        <p>
          {p.objet}. {p.tiers && <strong>{p.tiers}</strong>} <span className="bq-discret bq-petit">{p.triplet}</span>
        </p>
      </header>
      {(p.etat === 'rejetee' || p.etat === 'suspendue') && (
        <Encart
          etat={p.etat === 'rejetee' ? 'bloquant' : 'attention'}
          titre={p.etat === 'rejetee' ? 'Rejeté par le comptable' : 'En instance chez le comptable'}
        >
          {p.motif || 'Le comptable n’a pas donné de motif.'}{' '}
          {p.etat === 'rejetee'
            ? 'Corrigez la cause, puis « Réémettre » prépare une nouvelle pièce, sous un nouveau numéro.'
            : 'Répondez-lui : il reprendra la pièce.'}
        </Encart>
      )}
      <Chiffres
        liste={[
          { libelle: 'Montant', valeur: formatMontant(p.ttc) },
          { libelle: p.sens === 'D' ? 'Payé' : 'Encaissé', valeur: formatMontant(p.regle) },
          ...(Number(p.annule) > 0 ? [{ libelle: 'Annulé', valeur: formatMontant(p.annule) }] : []),
          { libelle: 'Reste', valeur: formatMontant(p.reste) },
        ]}
      />
      {p.sens === 'R' && p.reste !== '0.00' && <ReferencePayfip piece={p.id} />}
      <div className="fin-defile">
        <table className="fin-lignes">
          <thead>
            <tr>
              <th scope="col">Article</th>
              <th scope="col">Chapitre</th>
              <th scope="col" className="fin-droite">
                Montant
              </th>
            </tr>
          </thead>
          <tbody>
            {p.lignes.map((l) => (
              <tr key={l.rang}>
                <td>
                  {l.nature} {l.libelleNature}
                  {l.libelle && <div className="bq-discret">{l.libelle}</div>}
                </td>
                <td>
                  {l.chapitre} {l.fonction && `fonction ${l.fonction}`}
                </td>
                <td className="fin-droite">{formatMontant(l.ht)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {p.compte && <p className="bq-discret">Payé sur {p.compte}.</p>}
      {p.virements.length > 0 && (
        <details>
          <summary>{p.virements.length} virements</summary>
          <ul>
            {p.virements.map((v) => (
              <li key={v.nom + v.montant}>
                {v.nom}, {formatMontant(v.montant)}
              </li>
            ))}
          </ul>
        </details>
      )}
      {p.documents.length > 0 && (
        <div className="bq-pile-serree">
          <h3>Justificatifs</h3>
          {p.documents.map((d) => (
            <button
              key={d.documentId}
              type="button"
              className="bq-lien"
              onClick={() =>
                panneau.open({
                  titre: d.nom,
                  large: true,
                  contenu: (
                    <VisionneuseDocument
                      url={adresse(lireDocument, { params: { document: d.documentId as never } })}
                      nom={d.nom}
                    />
                  ),
                })
              }
            >
              {d.nom}
            </button>
          ))}
        </div>
      )}
      {p.corrections.length > 0 && (
        <p>
          {p.corrections.map((c) => (
            <span key={c.id}>
              {c.triplet.startsWith('02') ? 'Réduit' : 'Repris'} par le {c.sens === 'D' ? 'mandat' : 'titre'} n°{' '}
              {c.numero} de {c.annee} ({formatMontant(c.ttc)}).{' '}
            </span>
          ))}
        </p>
      )}
      <div className="bq-rangee">
        {p.actes.includes('annuler') && <Bouton onClick={() => setActe('annuler')}>Annuler</Bouton>}
        {p.actes.includes('reduire') && <Bouton onClick={() => setActe('reduire')}>Réduire</Bouton>}
        {p.actes.includes('reemettre') && (
          <Bouton variante="principal" onClick={() => setActe('reemettre')}>
            Réémettre
          </Bouton>
        )}
      </div>
      <details>
        <summary>Écritures</summary>
        <div className="fin-defile">
          <table className="fin-lignes">
            <thead>
              <tr>
                <th scope="col">Le</th>
                <th scope="col">Débit</th>
                <th scope="col">Crédit</th>
                <th scope="col" className="fin-droite">
                  Montant
                </th>
              </tr>
            </thead>
            <tbody>
              {p.ecritures.map((e) => (
                <tr key={e.cle}>
                  <td>{formatJour(e.le)}</td>
                  <td>{e.compteDebit}</td>
                  <td>{e.compteCredit}</td>
                  <td className="fin-droite">{formatMontant(e.montant)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
      <details>
        <summary>Histoire</summary>
        <Chronologie
          faits={p.histoire.map((h) => ({
            id: h.id,
            instant: h.le,
            qui: h.nom,
            quoi: h.detail ? `${h.acte}, ${h.detail}` : h.acte,
          }))}
        />
      </details>
      <Correction piece={p} acte={acte} onFermer={() => setActe(undefined)} />
    </div>
  )
}

const VERBES = { annuler: 'Annuler', reduire: 'Réduire', reemettre: 'Réémettre' } as const

function Correction({
  piece: p,
  acte,
  onFermer,
}: {
  piece: PieceLue
  acte: PieceLue['actes'][number] | undefined
  onFermer: () => void
}) {
  const correction = useAction(corrigerPiece, { invalidates: [lirePiece, listerPieces, listerLiquidations] })
  const mot = p.sens === 'D' ? 'mandat' : 'titre'
  const [objet, setObjet] = useState('')
  const [montant, setMontant] = useState('')
  const verbe = VERBES[acte ?? 'annuler']
  return (
    <Confirmation
      ouverte={acte !== undefined}
      titre={`${verbe} le ${mot} n° ${p.numero}`}
      verbe={verbe}
      onFermer={onFermer}
      onConfirmer={async () => {
        await correction.mutateAsync({
          params: { mandat: p.id as never },
          body: {
            id: newId<'Liquidation'>(),
            acte: acte!,
            objet: objet || `${verbe} ${mot} ${p.numero}`,
            ...(acte === 'reduire' ? { montant } : {}),
          },
        })
        signaler(
          `La pièce est prête : elle attend dans « ${p.sens === 'D' ? 'Mandater' : 'Encaisser'} » pour partir sur un bordereau.`,
        )
      }}
    >
      <div className="bq-pile">
        <p>
          {acte === 'reemettre'
            ? 'Une nouvelle pièce est préparée, avec les mêmes lignes. Elle prendra un nouveau numéro à la signature.'
            : `Une pièce d’annulation est préparée ; le crédit revient à la signature. Si l’exercice est clos, c’est un ${p.sens === 'D' ? 'titre' : 'mandat'} de l’exercice en cours.`}
        </p>
        <ChampTexte libelle="Motif" requis valeur={objet} onValeur={setObjet} />
        {acte === 'reduire' && (
          <ChampMontant libelle="Montant à réduire" requis valeur={montant} onValeur={setMontant} />
        )}
      </div>
    </Confirmation>
  )
}

export const Mandats = () => <Pieces sens="D" />
export const Titres = () => <Pieces sens="R" />
