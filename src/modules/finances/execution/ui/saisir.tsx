import { useState } from 'react'
import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { zJour } from '#socle/dates.ts'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  aujourdhuiAParis,
  BoutonLien,
  ChampCase,
  ChampChoix,
  ChampJour,
  ChampMontant,
  ChampTexte,
  DepotFichiers,
  Encart,
  envoyerFichier,
  Formulaire,
  formatMontant,
  GroupeChamps,
  Page,
  signaler,
  useAction,
  useApi,
  useInvalidation,
  useRecherche,
  VisionneuseDocument,
} from '#ui'
import { zPositif, zTexte } from '../contract.ts'
import { lireDisponible } from '../http/cadre/contract.ts'
import { deposerDocument, lireDocument, listerFactures } from '../http/factures/contract.ts'
import { liquider, listerLiquidations } from '../http/liquidations/contract.ts'
import { lireTiers, listerTiers } from '../http/tiers/contract.ts'
import { ChampFonction } from './champ-fonction.tsx'
import { type Cadre, SansCadre, useCadre } from './commun.tsx'
import { apresPaiement, OptionsDepense, pieceOfTriplet } from './options-depense.tsx'
import { Pretes } from './pretes.tsx'
import { ChampsReglement, comptesAcceptes } from './reglement.tsx'

const zFactureFlat = {
  numero: zTexte(40).min(1, 'Donnez le numéro que porte la facture.'),
  dateFacture: zJour,
  recueLe: zJour,
  serviceFait: z.boolean().default(false),
}
const zCommun = z.object({
  ht: zPositif,
  tva: zMontant.default('0.00'),
  nature: z.string().min(2, 'Choisissez l’article.'),
  fonction: z.string().default(''),
  objet: zTexte(160).min(3, 'Dites l’objet en quelques mots.'),
  modeReglement: z.string().default('03'),
  compteBancaireId: z.string().optional(),
  rubriquePj: z.string().optional(),
})
const zDepense = zCommun.extend({
  ...zFactureFlat,
  triplet: z.string().optional(),
  paiement: zTexte(13).optional(),
  marche: zTexte(30).optional(),
  retenueGarantie: zMontant.optional(),
  beneficiaireId: z.string().optional(),
  beneficiaireMotif: z.string().optional(),
})
const zRecette = zCommun.omit({ compteBancaireId: true, modeReglement: true, rubriquePj: true }).extend({
  produit: zTexte(4).default('0001'),
  edition: z.string().default('01'),
  echeance: zJour.optional(),
})

const centimes = (m: string) => BigInt(Math.round(Number(m || '0') * 100))
const somme = (a: string, b: string) => (Number(centimes(a) + centimes(b)) / 100).toFixed(2)

/** From the paper to the bordereau, on one page: what is typed on the left, what is ready on the right. */
export function Saisir({ sens }: { sens: 'D' | 'R' }) {
  const { cadre, choix, erreur } = useCadre()
  const depense = sens === 'D'
  return (
    <Page
      titre={depense ? 'Mandater' : 'Encaisser'}
      sousTitre={depense ? 'De la facture au bordereau' : 'De la créance au bordereau de titres'}
      actions={choix}
      action={<BoutonLien vers="/finances/bordereaux">Bordereaux</BoutonLien>}
    >
      {cadre ? (
        <div className="fin-deux">
          <Entree cadre={cadre} sens={sens} />
          <Pretes cadre={cadre} sens={sens} />
        </div>
      ) : (
        <SansCadre erreur={erreur} />
      )}
    </Page>
  )
}

function Entree({ cadre, sens }: { cadre: Cadre; sens: 'D' | 'R' }) {
  const [r, setR] = useRecherche()
  const depense = sens === 'D'
  const tiers = useApi(listerTiers)
  const factures = useApi(listerFactures, { query: { etat: 'aTraiter' } }, { actif: depense })
  const attente = factures.data?.factures.filter((f) => f.etat === 'recue' && f.budgetId === cadre.budget) ?? []
  const facture = attente.find((f) => f.id === r.facture)
  const tiersId = facture?.tiersId ?? r.tiers ?? ''
  const [tour, setTour] = useState(0)
  const choixTiers = (tiers.data?.tiers ?? [])
    .filter((t) => t.estActif)
    .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() + (t.ville ? `, ${t.ville}` : '') }))
  return (
    <section className="bq-pile" aria-label={depense ? 'Nouvelle dépense' : 'Nouvelle recette'}>
      {depense && attente.length > 0 && (
        <ChampChoix
          libelle="Facture déjà enregistrée"
          aide="Les plus anciennes d’abord ; laissez vide pour en saisir une nouvelle"
          valeur={facture?.id ?? ''}
          onValeur={(f) => setR({ facture: f || undefined, tiers: undefined })}
          choix={attente
            .toSorted((a, b) => (a.recueLe < b.recueLe ? -1 : 1))
            .map((f) => ({ valeur: f.id, libelle: `${f.tiers}, ${f.numero}, ${formatMontant(f.ttc)}` }))}
        />
      )}
      {!facture && (
        <ChampChoix
          libelle={depense ? 'Fournisseur ou bénéficiaire' : 'Débiteur'}
          requis
          valeur={tiersId}
          onValeur={(t) => setR({ tiers: t })}
          choix={choixTiers}
          effacable={false}
        />
      )}
      {tiersId === '' ? (
        <p className="bq-discret">
          Choisissez le tiers : l’article, l’objet et le compte de la dernière fois sont repris.{' '}
          <BoutonLien vers="/finances/tiers?nouveau=oui" variante="discret">
            Nouveau tiers
          </BoutonLien>
        </p>
      ) : (
        <Details
          key={`${tiersId}/${facture?.id ?? ''}/${tour}`}
          cadre={cadre}
          sens={sens}
          tiersId={tiersId}
          facture={facture}
          autres={choixTiers.filter((x) => x.valeur !== tiersId)}
          onFini={() => {
            setTour(tour + 1)
            setR({ facture: undefined, tiers: undefined, paiement: undefined, montant: undefined })
          }}
        />
      )}
    </section>
  )
}

type Facture = (typeof listerFactures)['reply']['_output']['factures'][number]

function Details({
  cadre,
  sens,
  tiersId,
  facture,
  autres,
  onFini,
}: {
  cadre: Cadre
  sens: 'D' | 'R'
  tiersId: string
  facture: Facture | undefined
  /** Who may be paid in place of the creditor. */
  autres: readonly { valeur: string; libelle: string }[]
  onFini: () => void
}) {
  const depense = sens === 'D'
  const [r] = useRecherche()
  const t = useApi(lireTiers, { params: { tiers: tiersId } }, { garder: false })
  const [payeId, setPayeId] = useState('')
  const paye = useApi(lireTiers, { params: { tiers: (payeId || tiersId) as never } }, { garder: false })
  const [triplet, setTriplet] = useState(r.paiement ? '01-05-01' : '')
  const liquidation = useAction(liquider, {
    invalidates: [listerLiquidations, listerFactures, lireDisponible, listerTiers],
  })
  const invalider = useInvalidation()
  const [document, setDocument] = useState<{ id: string; nom: string }>()
  const memoire = t.data?.memoire
  const articles = cadre.vue.articles[sens]
  const [nature, setNature] = useState<string>()
  const [fonction, setFonction] = useState<string>()
  const [ids] = useState(() => ({ piece: newId<'Liquidation'>(), facture: newId<'Facture'>() }))
  if (!t.data)
    return t.error ? <Encart etat="bloquant">{t.error.message}</Encart> : <p className="bq-discret">Lecture…</p>
  // the last time may have been on another budget, whose plan has other articles
  const connue = articles.some((a) => a.nature === memoire?.nature) ? (memoire?.nature ?? '') : ''
  const choisie = nature ?? connue
  const fonctionConnue = cadre.vue.fonction === 'absente' ? '' : (memoire?.fonction ?? '')
  const fonctionChoisie = fonction ?? fonctionConnue
  const comptes = comptesAcceptes(payeId ? paye.data?.comptes : t.data.comptes)
  const jour = aujourdhuiAParis()

  const commun = (v: { ht: string; tva?: string | undefined; nature: string; fonction?: string | undefined }) => {
    // without VAT the budget carries the whole amount
    const ht = cadre.assujetti ? v.ht : somme(v.ht, v.tva ?? '0')
    return { nature: v.nature, fonction: v.fonction ?? '', ht, tva: cadre.assujetti ? v.tva || '0.00' : '0.00' }
  }
  const fini = async (message: string) => {
    signaler(message)
    await invalider([listerLiquidations])
    onFini()
  }

  const champs = (
    <>
      <GroupeChamps colonnes={2}>
        <ChampMontant nom="ht" libelle="Montant hors taxes" requis />
        <ChampMontant
          nom="tva"
          libelle="TVA"
          aide={cadre.assujetti ? undefined : 'Le mandat portera le total toutes taxes'}
        />
      </GroupeChamps>
      <ChampChoix
        nom="nature"
        libelle="Article"
        requis
        onValeur={setNature}
        choix={articles.map((a) => ({ valeur: a.nature, libelle: `${a.nature} ${a.libelle}` }))}
      />
      <ChampFonction de={{ budgetId: cadre.budget, annee: cadre.annee }} nom="fonction" onValeur={setFonction} />
      {depense && choisie && (fonctionChoisie || cadre.vue.fonction !== 'requise') && (
        <Disponible cadre={cadre} nature={choisie} fonction={fonctionChoisie} />
      )}
      <ChampTexte nom="objet" libelle="Objet" requis />
    </>
  )

  if (!depense)
    return (
      <Formulaire
        forme={zRecette}
        initial={
          {
            nature: connue,
            fonction: fonctionConnue,
            objet: memoire?.objet ?? '',
            tva: '0.00',
            produit: '0001',
            edition: '01',
          } as never
        }
        libelle="Liquider la recette"
        touche="l"
        onEnvoyer={async (v) => {
          const ligne = { ...commun(v), produit: v.produit || '0001' }
          await liquidation.mutateAsync({
            body: {
              sens,
              budgetId: cadre.budget,
              annee: cadre.annee,
              piece: {
                id: ids.piece,
                tiersId,
                objet: v.objet,
                contenu: {
                  lignes: [ligne],
                  modeReglement: '09',
                  edition: v.edition ?? '01',
                  ...(v.echeance ? { echeance: v.echeance } : {}),
                },
              },
            },
          })
          await fini('Recette liquidée : elle attend sur la liste de droite.')
        }}
      >
        {champs}
        <GroupeChamps colonnes={2}>
          <ChampTexte nom="produit" libelle="Code produit local" aide="Donné par le comptable" largeur="8rem" />
          <ChampChoix
            nom="edition"
            libelle="Avis des sommes à payer"
            choix={[
              { valeur: '01', libelle: 'Imprimé et envoyé par la DGFiP' },
              { valeur: '02', libelle: 'Déposé sur Chorus Pro (débiteur public)' },
              { valeur: '04', libelle: 'Remis par nos soins' },
            ]}
            effacable={false}
          />
        </GroupeChamps>
      </Formulaire>
    )

  return (
    <>
      {facture?.documentId ? (
        <VisionneuseDocument
          url={adresse(lireDocument, { params: { document: facture.documentId } })}
          nom={`Facture ${facture.numero}`}
          hauteur="40dvh"
        />
      ) : document ? (
        <Encart etat="fait">« {document.nom} » est joint.</Encart>
      ) : (
        <DepotFichiers
          libelle="Joindre la facture"
          formats=".pdf,.jpg,.jpeg,.png,.xml"
          envoyer={(f, suivi) => envoyerFichier(adresse(deposerDocument), f, suivi)}
          onRecu={(f, reponse) => setDocument({ id: (reponse as { documentId: string }).documentId, nom: f.name })}
        />
      )}
      <Formulaire
        forme={zDepense}
        initial={
          {
            numero: facture?.numero ?? '',
            dateFacture: facture?.dateFacture ?? '',
            recueLe: facture?.recueLe ?? jour,
            serviceFait: facture?.serviceFaitLe != null,
            ht: facture?.ht ?? r.montant ?? '',
            tva: facture?.tva ?? '',
            nature: connue,
            fonction: fonctionConnue,
            objet: facture?.objet || memoire?.objet || '',
            modeReglement: r.paiement ? '10' : (memoire?.modeReglement ?? '03'),
            triplet,
            marche: memoire?.marche ?? '',
            compteBancaireId:
              comptes.find((c) => c.id === memoire?.compteBancaireId)?.id ??
              (comptes.length === 1 ? comptes[0]!.id : ''),
            rubriquePj: memoire?.rubriquePj ?? '0',
          } as never
        }
        libelle="Liquider la dépense"
        touche="l"
        onEnvoyer={async (v) => {
          const ligne = commun(v)
          await liquidation.mutateAsync({
            body: {
              sens,
              budgetId: cadre.budget,
              annee: cadre.annee,
              ...(facture
                ? {}
                : {
                    facture: {
                      id: ids.facture,
                      tiersId,
                      numero: v.numero,
                      objet: v.objet,
                      dateFacture: v.dateFacture,
                      recueLe: v.recueLe,
                      serviceFaitLe: v.serviceFait ? jour : null,
                      ht: v.ht,
                      tva: v.tva || '0.00',
                      ...(document ? { documentId: document.id } : {}),
                    },
                  }),
              piece: {
                id: ids.piece,
                tiersId,
                objet: v.objet,
                factureId: facture?.id ?? ids.facture,
                contenu: {
                  ...pieceOfTriplet(v.triplet),
                  lignes: [ligne],
                  modeReglement: (v.modeReglement || '03') as never,
                  ...(v.marche ? { marche: v.marche } : {}),
                  ...(Number(v.retenueGarantie) > 0 ? { retenueGarantie: v.retenueGarantie! } : {}),
                  ...(v.beneficiaireId
                    ? { beneficiaire: { tiersId: v.beneficiaireId, motif: v.beneficiaireMotif ?? '' } }
                    : {}),
                  ...(v.triplet && apresPaiement(v.triplet)
                    ? { rattachement: { nature: '03', exercice: cadre.annee, piece: v.paiement ?? '' } }
                    : {}),
                  ...(v.compteBancaireId ? { compteBancaireId: v.compteBancaireId } : {}),
                  ...(v.rubriquePj ? { rubriquePj: v.rubriquePj } : {}),
                },
              },
            },
          })
          await fini('Dépense liquidée : elle attend sur la liste de droite.')
        }}
      >
        <GroupeChamps colonnes={3}>
          <ChampTexte nom="numero" libelle="Facture n°" requis />
          <ChampJour nom="dateFacture" libelle="Datée du" requis />
          <ChampJour nom="recueLe" libelle="Reçue le" requis />
        </GroupeChamps>
        {champs}
        <ChampsReglement comptes={comptes} cadre={cadre} />
        <OptionsDepense
          cadre={cadre}
          tiers={autres}
          triplet={triplet}
          onTriplet={setTriplet}
          payeId={payeId}
          onPaye={setPayeId}
          ouvertes={r.paiement !== undefined}
        />
        <ChampCase nom="serviceFait" libelle="Le service est fait : la livraison ou la prestation est conforme" />
      </Formulaire>
    </>
  )
}

/** What is left where the vote limits this article: known before anything is sent. */
function Disponible({ cadre, nature, fonction }: { cadre: Cadre; nature: string; fonction: string }) {
  const d = useApi(lireDisponible, {
    query: { budget: cadre.budget as never, annee: cadre.annee as never, nature, fonction },
  })
  if (!d.data?.cle) return null
  const vide = Number(d.data.disponible) <= 0
  return (
    <p className={vide ? 'bq-erreur' : 'bq-discret'}>
      Crédit disponible ({d.data.cle}) : <strong className="bq-chiffres">{formatMontant(d.data.disponible)}</strong> sur{' '}
      {formatMontant(d.data.vote)} votés.
    </p>
  )
}

export const Mandater = () => <Saisir sens="D" />
export const Encaisser = () => <Saisir sens="R" />
