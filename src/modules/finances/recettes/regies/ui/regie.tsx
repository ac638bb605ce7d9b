import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  aujourdhuiAParis,
  Bouton,
  ChampChoix,
  ChampJour,
  ChampMontant,
  ChampNombre,
  ChampTexte,
  ChampTexteLong,
  type Colonne,
  compter,
  Encart,
  Etat,
  Formulaire,
  formatJour,
  formatMontant,
  GroupeChamps,
  hasDroit,
  Page,
  signaler,
  Tableau,
  telecharger,
  useAction,
  useApi,
  useParametres,
  useRecherche,
  useSession,
} from '#ui'
import { listerLiquidations } from '../../../execution/http/liquidations/contract.ts'
import { Chiffres } from '../../../execution/ui/commun.tsx'
import { Motif } from '../../roles/ui/motif.tsx'
import { COUPURES, GENRES_OPERATION, MOYENS, zOperationSaisie } from '../contract.ts'
import {
  annulerOperation,
  controlerCaisse,
  editerJournal,
  editerQuittance,
  enregistrerOperation,
  lireRegie,
  listerRegies,
  type OperationVue,
  type RegieVue,
  regulariserRegie,
} from '../http/contract.ts'
import { Reglages } from './reglages.tsx'

const choixDe = (o: Record<string, string>) => Object.entries(o).map(([valeur, libelle]) => ({ valeur, libelle }))
const invalidates = [lireRegie, listerRegies, listerLiquidations]

const ETATS = {
  annulee: { libelle: 'Annulée', etat: 'attention' },
  regularisee: { libelle: 'Régularisée', etat: 'fait' },
  libre: { libelle: 'À régulariser', etat: 'enAttente' },
  sansSuite: { libelle: '', etat: 'fait' },
} as const
const colonnes: readonly Colonne<OperationVue>[] = [
  { cle: 'numero', titre: 'N°', valeur: (o) => o.numero, genre: 'nombre' },
  { cle: 'le', titre: 'Date', valeur: (o) => o.le, genre: 'jour' },
  { cle: 'libelle', titre: 'Opération', valeur: (o) => [o.libelle, o.objet].filter(Boolean).join(', ') },
  { cle: 'qui', titre: 'De, ou à', valeur: (o) => o.qui },
  {
    cle: 'piece',
    titre: 'Pièce',
    valeur: (o) => (o.piece === null ? '' : `${o.genre === 'versement' ? 'V' : 'Q'} ${o.piece}`),
  },
  { cle: 'moyen', titre: 'Moyen', valeur: (o) => MOYENS[o.moyen], filtre: 'choix' },
  { cle: 'montant', titre: 'Montant', valeur: (o) => o.montant, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'Suite',
    valeur: (o) => ETATS[o.etat].libelle,
    rendu: (o) => (o.etat === 'sansSuite' ? null : <Etat etat={ETATS[o.etat].etat}>{ETATS[o.etat].libelle}</Etat>),
    filtre: 'choix',
  },
  { cle: 'genre', titre: 'Genre', valeur: (o) => GENRES_OPERATION[o.genre], filtre: 'choix', masquee: true },
  { cle: 'saisi', titre: 'Saisi par', valeur: (o) => o.saisiPar, masquee: true },
]

export default function Regie() {
  const { regie: id } = useParametres<{ regie: string }>()
  const [q] = useRecherche()
  const lu = useApi(lireRegie, { params: { regie: id as never }, query: q.annee ? { annee: q.annee as never } : {} })
  if (!lu.data)
    return (
      <Page titre="Régie" fil={[{ libelle: 'Régies', vers: '/finances/recettes/regies' }]}>
        {lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>}
      </Page>
    )
  return <Lue regie={lu.data} />
}

const imprimerQuittance = (regie: string, o: Pick<OperationVue, 'id' | 'piece'>) =>
  telecharger(
    adresse(editerQuittance, { params: { regie: regie as never, operationRegie: o.id as never } }),
    `quittance-${o.piece}.pdf`,
  )

type Panneau = 'operation' | 'controle' | 'regulariser' | 'reglages' | undefined
function Lue({ regie: r }: { regie: RegieVue }) {
  const vue = useSession()
  const [, setQ] = useRecherche()
  const liquide = hasDroit(vue, 'finances.liquider')
  const [panneau, setPanneau] = useState<Panneau>()
  const [annule, setAnnule] = useState<OperationVue>()
  const annulation = useAction(annulerOperation, { invalidates })
  const attente = r.aRegulariserParCaisse.recettes !== '0.00' || r.aRegulariserParCaisse.avances !== '0.00'
  const fermer = () => setPanneau(undefined)
  return (
    <Page
      titre={r.libelle}
      fil={[
        { libelle: 'Recettes', vers: '/finances/recettes' },
        { libelle: 'Régies', vers: '/finances/recettes/regies' },
      ]}
      actions={
        <>
          {r.annees.length > 1 && (
            <ChampChoix
              libelle="Année"
              largeur="8rem"
              valeur={String(r.annee)}
              onValeur={(annee) => setQ({ annee })}
              choix={r.annees.map((a) => ({ valeur: String(a), libelle: String(a) }))}
              effacable={false}
            />
          )}
          <Bouton
            variante="discret"
            onClick={() =>
              telecharger(
                adresse(editerJournal, { params: { regie: r.id as never }, query: { annee: r.annee as never } }),
                `journal-${r.code}-${r.annee}.pdf`,
              )
            }
          >
            Imprimer le journal
          </Bouton>
          {liquide && <Bouton onClick={() => setPanneau('controle')}>Compter la caisse</Bouton>}
          {liquide && attente && <Bouton onClick={() => setPanneau('regulariser')}>Régulariser</Bouton>}
          {hasDroit(vue, 'finances.administrer') && (
            <Bouton variante="discret" onClick={() => setPanneau('reglages')}>
              Réglages
            </Bouton>
          )}
        </>
      }
      {...(liquide
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setPanneau('operation')}>
                Nouvelle opération
              </Bouton>
            ),
          }
        : {})}
    >
      <Chiffres
        liste={[
          ...(r.genre === 'avances'
            ? []
            : [
                {
                  libelle: `Encaisse (plafond ${formatMontant(r.saisie.encaisseMax)})`,
                  valeur: formatMontant(r.encaisse),
                },
              ]),
          ...(r.genre === 'recettes'
            ? []
            : [{ libelle: `Avance (plafond ${formatMontant(r.saisie.avanceMax)})`, valeur: formatMontant(r.avance) }]),
          { libelle: 'À régulariser', valeur: formatMontant(r.aRegulariser) },
        ]}
      />
      <p className="bq-discret">
        {r.soldes
          .filter((s) => s.solde !== '0.00')
          .map((s) => `${MOYENS[s.moyen]} ${formatMontant(s.solde)}`)
          .join(' · ')}
      </p>
      {r.alertes.length > 0 && (
        <Encart etat="attention" titre="À voir aujourd’hui">
          <ul className="fin-anomalies">
            {r.alertes.map((a) => (
              <li key={a.code}>
                {a.message} <span className="bq-discret">{a.conseil}</span>
              </li>
            ))}
          </ul>
        </Encart>
      )}
      {panneau === 'operation' && <Operation regie={r} onFermer={fermer} />}
      {panneau === 'controle' && <Controle regie={r} onFermer={fermer} />}
      {panneau === 'regulariser' && <Regulariser regie={r} onFermer={fermer} />}
      {panneau === 'reglages' && (
        <>
          <Reglages regie={r} />
          <div>
            <Bouton onClick={fermer}>Fermer les réglages</Bouton>
          </div>
        </>
      )}
      <Tableau
        nom={`Journal ${r.annee}`}
        lignes={r.operations}
        cle={(o) => o.id}
        colonnes={colonnes}
        vide="Le journal est vide."
        {...(liquide
          ? {
              selection: (choisies: readonly OperationVue[], effacer: () => void) =>
                choisies.length === 1 ? (
                  <>
                    {choisies[0]!.genre === 'encaissement' && (
                      <Bouton onClick={() => imprimerQuittance(r.id, choisies[0]!)}>Imprimer la quittance</Bouton>
                    )}
                    {choisies[0]!.peutAnnuler && (
                      <Bouton
                        onClick={() => {
                          setAnnule(choisies[0])
                          effacer()
                        }}
                      >
                        Annuler cette opération
                      </Bouton>
                    )}
                  </>
                ) : (
                  <span className="bq-discret">Choisissez une seule opération.</span>
                ),
            }
          : {})}
      />
      {r.controles.length > 0 && (
        <details>
          <summary>{compter(r.controles.length, 'contrôle')} de caisse</summary>
          {r.controles.map((c) => (
            <p key={c.id} className="bq-rangee">
              {c.ecart === '0.00' ? (
                <Etat etat="fait">Juste</Etat>
              ) : (
                <Etat etat="attention">Écart {formatMontant(c.ecart)}</Etat>
              )}
              Le {formatJour(c.le)}, {formatMontant(c.constate)} comptés par {c.par}. {c.observation}
            </p>
          ))}
        </details>
      )}
      <Motif
        ouvert={annule !== undefined}
        titre={`Annuler l’opération n° ${annule?.numero ?? ''}`}
        verbe="Annuler l’opération"
        onFermer={() => setAnnule(undefined)}
        onMotif={async (motif) => {
          await annulation.mutateAsync({
            params: { regie: r.id as never, operationRegie: annule!.id as never },
            body: { id: newId<'OperationRegie'>(), motif },
          })
          signaler('Opération annulée par une autre ligne.')
        }}
      >
        Elle reste dans le journal, avec la ligne qui l’annule.
      </Motif>
    </Page>
  )
}

type Genre = 'encaissement' | 'depense' | 'versement' | 'avance'
/** The journal is typed line after line: the form stays, empty again, after each one. */
function Operation({ regie: r, onFermer }: { regie: RegieVue; onFermer: () => void }) {
  const action = useAction(enregistrerOperation, { invalidates })
  const genres: Genre[] = [
    ...(r.genre === 'avances' ? [] : (['encaissement', 'versement'] as const)),
    ...(r.genre === 'recettes' ? [] : (['depense', 'avance'] as const)),
  ]
  const [genre, setGenre] = useState<Genre>(genres[0]!)
  const [produit, setProduit] = useState('')
  const [id, setId] = useState(() => newId<'OperationRegie'>())
  const [derniere, setDerniere] = useState<{ id: string; piece: number | null }>()
  const avecProduit = genre === 'encaissement' || genre === 'depense'
  const produits = r.produits.filter(
    (p) => p.estActif && p.caisse === (genre === 'encaissement' ? 'recettes' : 'avances'),
  )
  const choisi = produits.find((p) => p.id === produit)
  return (
    <section className="bq-pile" aria-label="Nouvelle opération">
      {derniere && (
        <p className="bq-rangee">
          <Etat etat="fait">Encaissé</Etat>
          <Bouton onClick={() => imprimerQuittance(r.id, derniere)}>Imprimer la quittance n° {derniere.piece}</Bouton>
        </p>
      )}
      <GroupeChamps colonnes={2}>
        <ChampChoix
          libelle="Opération"
          valeur={genre}
          onValeur={(g) => {
            setGenre(g as Genre)
            setProduit('')
          }}
          choix={genres.map((g) => ({ valeur: g, libelle: GENRES_OPERATION[g] }))}
          effacable={false}
        />
        {avecProduit && (
          <ChampChoix
            libelle={genre === 'encaissement' ? 'Ce qui est encaissé' : 'Ce qui est payé'}
            requis
            valeur={produit}
            onValeur={setProduit}
            choix={produits.map((p) => ({ valeur: p.id, libelle: p.libelle }))}
          />
        )}
      </GroupeChamps>
      <Formulaire
        key={`${genre}${produit}${id}`}
        forme={zOperationSaisie.omit({ id: true, genre: true, produitId: true })}
        initial={{ le: aujourdhuiAParis(), moyen: 'especes', montant: choisi?.tarif ?? '', qui: '', objet: '' }}
        libelle={genre === 'encaissement' ? 'Encaisser' : 'Inscrire au journal'}
        annuler={onFermer}
        onEnvoyer={async (v) => {
          const fait = await action.mutateAsync({
            params: { regie: r.id as never },
            body: { ...v, id, genre, produitId: avecProduit ? ((produit || null) as never) : null },
          })
          signaler(
            genre === 'encaissement'
              ? `Encaissé : remettez la quittance n° ${fait.piece}.`
              : genre === 'versement'
                ? `Versement n° ${fait.piece} inscrit.`
                : `Inscrit au journal, n° ${fait.numero}.`,
          )
          setDerniere(genre === 'encaissement' ? { id, piece: fait.piece } : undefined)
          setId(newId())
        }}
      >
        <GroupeChamps colonnes={2}>
          <ChampMontant nom="montant" libelle="Montant" requis />
          <ChampChoix nom="moyen" libelle="Moyen de paiement" choix={choixDe(MOYENS)} requis />
          <ChampJour nom="le" libelle="Le" requis />
          {avecProduit && <ChampTexte nom="qui" libelle={genre === 'encaissement' ? 'Payé par' : 'Payé à'} />}
          <ChampTexte nom="objet" libelle="Précision" />
        </GroupeChamps>
      </Formulaire>
    </section>
  )
}

function Controle({ regie: r, onFermer }: { regie: RegieVue; onFermer: () => void }) {
  const action = useAction(controlerCaisse, { invalidates })
  const [coupures, setCoupures] = useState<Record<string, string>>({})
  const [observation, setObservation] = useState('')
  const [refus, setRefus] = useState<string>()
  const [id] = useState(() => newId<'ControleRegie'>())
  const compte = COUPURES.reduce((t, v) => t + Math.round(Number(v) * 100) * Number(coupures[v] || 0), 0)
  return (
    <section className="bq-pile" aria-label="Compter la caisse">
      <p>Comptez les billets et les pièces, fonds de caisse compris.</p>
      <GroupeChamps colonnes={2}>
        {COUPURES.map((v) => (
          <ChampNombre
            key={v}
            libelle={`${formatMontant(v)} ×`}
            valeur={coupures[v] ?? ''}
            onValeur={(n) => setCoupures({ ...coupures, [v]: n })}
          />
        ))}
      </GroupeChamps>
      <Chiffres liste={[{ libelle: 'Compté', valeur: formatMontant((compte / 100).toFixed(2)) }]} />
      <ChampTexteLong
        libelle="Observation"
        aide="Obligatoire s’il y a un écart"
        valeur={observation}
        onValeur={setObservation}
      />
      {refus && <Encart etat="bloquant">{refus}</Encart>}
      <div className="bq-rangee">
        <Bouton
          variante="principal"
          enCours={action.isPending}
          onClick={async () => {
            setRefus(undefined)
            try {
              const fait = await action.mutateAsync({
                params: { regie: r.id as never },
                body: {
                  id,
                  le: aujourdhuiAParis(),
                  coupures: Object.fromEntries(Object.entries(coupures).map(([v, n]) => [v, Number(n || 0)])),
                  observation,
                },
              })
              signaler(
                fait.theorique === fait.constate ? 'La caisse est juste.' : 'Contrôle enregistré, avec son écart.',
              )
              onFermer()
            } catch (e) {
              setRefus((e as Error).message)
            }
          }}
        >
          Enregistrer le contrôle
        </Bouton>
        <Bouton onClick={onFermer}>Fermer</Bouton>
      </div>
    </section>
  )
}

function Regulariser({ regie: r, onFermer }: { regie: RegieVue; onFermer: () => void }) {
  const action = useAction(regulariserRegie, { invalidates })
  const [caisse, setCaisse] = useState<'recettes' | 'avances'>(
    r.aRegulariserParCaisse.recettes === '0.00' ? 'avances' : 'recettes',
  )
  const [id] = useState(() => newId<'Liquidation'>())
  const fin = `${r.annee}-12-31`
  return (
    <section className="bq-pile" aria-label="Régulariser">
      {r.genre === 'mixte' && (
        <ChampChoix
          libelle="Caisse"
          valeur={caisse}
          onValeur={(c) => setCaisse(c as 'recettes')}
          choix={[
            { valeur: 'recettes', libelle: `Recettes, ${formatMontant(r.aRegulariserParCaisse.recettes)}` },
            { valeur: 'avances', libelle: `Dépenses, ${formatMontant(r.aRegulariserParCaisse.avances)}` },
          ]}
          effacable={false}
        />
      )}
      <Formulaire
        forme={regulariserRegie.body.omit({ id: true, caisse: true })}
        initial={{ jusqua: aujourdhuiAParis() < fin ? aujourdhuiAParis() : fin }}
        libelle={caisse === 'recettes' ? 'Préparer le titre' : 'Préparer le mandat'}
        annuler={onFermer}
        onEnvoyer={async (v) => {
          const fait = await action.mutateAsync({ params: { regie: r.id as never }, body: { ...v, id, caisse } })
          signaler(
            `${caisse === 'recettes' ? 'Titre' : 'Mandat'} de ${formatMontant(fait.montant)} prêt, dans « ${caisse === 'recettes' ? 'Encaisser' : 'Mandater'} ».`,
          )
          onFermer()
        }}
      >
        <ChampJour nom="jusqua" libelle="Opérations jusqu’au" requis />
        {caisse === 'recettes' && r.p503.length > 0 && (
          <ChampChoix
            nom="p503Id"
            libelle="Encaissement du comptable (P503)"
            aide="Si le versement est déjà au relevé : le titre sera émis après encaissement"
            choix={r.p503.map((p) => ({ valeur: p.id, libelle: `${p.libelle}, ${formatMontant(p.reste)}` }))}
          />
        )}
      </Formulaire>
    </section>
  )
}
