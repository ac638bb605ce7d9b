import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  ChampChoix,
  ChampJour,
  ChampMontant,
  ChampTexte,
  type Colonne,
  Confirmation,
  compter,
  Encart,
  Etat,
  Formulaire,
  formatJour,
  formatMontant,
  GroupeChamps,
  hasDroit,
  Lien,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { lireDisponible } from '../http/cadre/contract.ts'
import { listerFactures } from '../http/factures/contract.ts'
import { listerLiquidations } from '../http/liquidations/contract.ts'
import {
  changerPrix,
  type EcheanceVue,
  enregistrerRecurrence,
  lireRecurrence,
  listerRecurrences,
  mandaterEcheances,
  passerEcheance,
  type RecurrenceVue,
  RYTHMES,
  zFactureEcheance,
  zNouveauPrix,
  zRecurrenceSaisie,
} from '../http/recurrences/contract.ts'
import { lireTiers, listerTiers } from '../http/tiers/contract.ts'
import { ChampFonction } from './champ-fonction.tsx'
import { type Cadre, Chiffres, SansCadre, useCadre } from './commun.tsx'
import { ChampsReglement, comptesAcceptes } from './reglement.tsx'

const rythme = (r: RecurrenceVue) => RYTHMES[String(r.moisEntre) as keyof typeof RYTHMES]
const contrats: readonly Colonne<RecurrenceVue>[] = [
  { cle: 'libelle', titre: 'Contrat', valeur: (r) => r.libelle },
  { cle: 'ttc', titre: 'Échéance', valeur: (r) => r.ttc, genre: 'montant' },
  { cle: 'prochaine', titre: 'Prochaine', valeur: (r) => r.prochaine, genre: 'jour' },
  { cle: 'rythme', titre: 'Rythme', valeur: rythme, filtre: 'choix' },
  { cle: 'tiers', titre: 'Tiers', valeur: (r) => r.tiers },
  { cle: 'annuel', titre: 'Sur l’année', valeur: (r) => r.annuel, genre: 'montant' },
  { cle: 'derniere', titre: 'Fin', valeur: (r) => r.derniere, genre: 'jour', masquee: true },
  { cle: 'reference', titre: 'Référence', valeur: (r) => r.reference, masquee: true },
]
const dues: readonly Colonne<EcheanceVue>[] = [
  {
    cle: 'le',
    titre: 'Échéance',
    valeur: (e) => e.le,
    rendu: (e) => <Etat etat={e.retard ? 'attention' : 'aFaire'}>{formatJour(e.le)}</Etat>,
  },
  { cle: 'libelle', titre: 'Contrat', valeur: (e) => e.libelle },
  { cle: 'ttc', titre: 'Montant', valeur: (e) => e.ttc, genre: 'montant' },
  { cle: 'tiers', titre: 'Tiers', valeur: (e) => e.tiers },
  { cle: 'nature', titre: 'Article', valeur: (e) => e.nature, masquee: true },
]
const PERIMES = [listerRecurrences, lireRecurrence, listerLiquidations, listerFactures, lireDisponible]

/** Rents, subscriptions, contracts: what is due waits here, and leaves in one click. */
export default function Echeances() {
  const { cadre, choix, erreur } = useCadre()
  const [r, setR] = useRecherche()
  const liquide = hasDroit(useSession(), 'finances.liquider')
  return (
    <Page
      titre="Échéances"
      sousTitre="Loyers, abonnements, contrats : ce qui revient"
      actions={choix}
      {...(liquide
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setR({ contrat: 'nouveau' })}>
                Nouveau contrat
              </Bouton>
            ),
          }
        : {})}
    >
      {cadre ? <Liste cadre={cadre} liquide={liquide} ouvert={r.contrat} /> : <SansCadre erreur={erreur} />}
    </Page>
  )
}

function Liste({ cadre, liquide, ouvert }: { cadre: Cadre; liquide: boolean; ouvert: string | undefined }) {
  const [, setR] = useRecherche()
  const lues = useApi(listerRecurrences, { query: { budget: cadre.budget as never, annee: cadre.annee as never } })
  const choisie = lues.data?.recurrences.find((x) => x.id === ouvert)
  return (
    <ListeDetail
      titre="Contrat"
      vide="Choisissez un contrat pour voir ses prix et ce que ses échéances sont devenues."
      onFermer={() => setR({ contrat: undefined })}
      liste={
        <div className="bq-pile">
          {lues.data && lues.data.echeances.length > 0 && (
            <AMandater echeances={lues.data.echeances} liquide={liquide} />
          )}
          <section className="bq-pile-serree">
            <h2>Contrats</h2>
            <Tableau
              nom="Contrats"
              lignes={lues.data?.recurrences}
              cle={(x) => x.id}
              colonnes={contrats}
              local
              onOuvrir={(x) => setR({ contrat: x.id })}
              ouverte={ouvert}
              erreur={lues.data ? null : lues.error}
              vide="Aucun contrat. Créez-en un : ses échéances seront proposées dix jours avant leur date."
            />
          </section>
        </div>
      }
      detail={
        ouvert === 'nouveau' && liquide ? (
          <Contrat cadre={cadre} onFait={(id) => setR({ contrat: id })} />
        ) : (
          choisie && <Detail key={choisie.id} cadre={cadre} r={choisie} liquide={liquide} />
        )
      }
    />
  )
}

function AMandater({ echeances, liquide }: { echeances: readonly EcheanceVue[]; liquide: boolean }) {
  const [ouverte, setOuverte] = useState<string>()
  const mandater = useAction(mandaterEcheances, {
    invalidates: PERIMES,
    onFait: ({ nouvelles }) => signaler(`${compter(nouvelles, 'mandat')} à envoyer à la signature, dans « Mandater ».`),
  })
  const partir = (liste: readonly EcheanceVue[]) =>
    mandater.mutateAsync({
      body: { echeances: liste.map((e) => ({ recurrence: e.recurrence as never, le: e.le as never })) },
    })
  const choisie = echeances.find((e) => e.cle === ouverte)
  return (
    <section className="bq-pile-serree" aria-label="À mandater">
      <h2>À mandater</h2>
      {mandater.error && <Encart etat="bloquant">{mandater.error.message}</Encart>}
      <Tableau
        nom="Échéances à mandater"
        lignes={echeances}
        cle={(e) => e.cle}
        colonnes={dues}
        local
        recherche={false}
        onOuvrir={(e) => setOuverte(e.cle === ouverte ? undefined : e.cle)}
        ouverte={ouverte}
        vide=""
        {...(liquide
          ? {
              selection: (choisies: readonly EcheanceVue[], effacer: () => void) => (
                <Bouton enCours={mandater.isPending} onClick={() => partir(choisies).then(effacer, () => {})}>
                  Mandater la sélection
                </Bouton>
              ),
            }
          : {})}
      />
      {choisie && liquide && <UneEcheance key={choisie.cle} e={choisie} onFait={() => setOuverte(undefined)} />}
      {liquide && (
        <div className="bq-rangee">
          <Bouton
            variante="principal"
            touche="m"
            enCours={mandater.isPending}
            onClick={() => partir(echeances).catch(() => {})}
          >
            {`Mandater ${echeances.length > 1 ? `les ${echeances.length} échéances` : 'cette échéance'}`}
          </Bouton>
        </div>
      )}
    </section>
  )
}

/** One due date with its invoice, or set aside. */
function UneEcheance({ e, onFait }: { e: EcheanceVue; onFait: () => void }) {
  const mandater = useAction(mandaterEcheances, { invalidates: PERIMES })
  const passer = useAction(passerEcheance, { invalidates: PERIMES })
  const [ecarte, setEcarte] = useState(false)
  const [motif, setMotif] = useState('')
  return (
    <div className="bq-pile-serree">
      <h3>
        {e.libelle}, {formatJour(e.le)}, {formatMontant(e.ttc)}
      </h3>
      <Formulaire
        forme={zFactureEcheance.omit({ documentId: true })}
        initial={{ dateFacture: e.le, recueLe: e.le } as never}
        libelle="Mandater avec cette facture"
        onEnvoyer={async (facture) => {
          await mandater.mutateAsync({
            body: { echeances: [{ recurrence: e.recurrence as never, le: e.le as never, facture }] },
          })
          signaler('Facture enregistrée et mandat prêt, dans « Mandater ».')
          onFait()
        }}
      >
        <GroupeChamps colonnes={3}>
          <ChampTexte nom="numero" libelle="Facture n°" requis />
          <ChampJour nom="dateFacture" libelle="Datée du" requis />
          <ChampJour nom="recueLe" libelle="Reçue le" requis />
        </GroupeChamps>
      </Formulaire>
      <div>
        <Bouton variante="discret" onClick={() => setEcarte(true)}>
          Cette échéance ne sera pas payée
        </Bouton>
      </div>
      <Confirmation
        ouverte={ecarte}
        titre={`Écarter l’échéance du ${formatJour(e.le)}`}
        verbe="Écarter"
        onFermer={() => setEcarte(false)}
        onConfirmer={async () => {
          await passer.mutateAsync({
            params: { recurrence: e.recurrence as never },
            body: { le: e.le as never, motif },
          })
          signaler('Échéance écartée.')
          onFait()
        }}
      >
        <div className="bq-pile">
          <p>Elle ne sera plus proposée. Les suivantes restent.</p>
          <ChampTexte libelle="Motif" requis valeur={motif} onValeur={setMotif} />
        </div>
      </Confirmation>
    </div>
  )
}

function Detail({ cadre, r, liquide }: { cadre: Cadre; r: RecurrenceVue; liquide: boolean }) {
  const lu = useApi(lireRecurrence, { params: { recurrence: r.id as never } })
  const prix = useAction(changerPrix, { invalidates: PERIMES })
  const [modifie, setModifie] = useState(false)
  if (modifie) return <Contrat cadre={cadre} r={r} onFait={() => setModifie(false)} />
  return (
    <div className="bq-pile">
      <h2>
        {r.libelle}, {r.tiers}
      </h2>
      <p>
        {rythme(r)} depuis le {formatJour(r.premiere)}
        {r.derniere ? `, jusqu’au ${formatJour(r.derniere)}` : ''}. Article {r.modele.nature}.
        {r.reference && ` Contrat ${r.reference}.`}
      </p>
      <Chiffres
        liste={[
          { libelle: 'Échéance', valeur: formatMontant(r.ttc) },
          { libelle: `Sur ${cadre.annee}`, valeur: formatMontant(r.annuel) },
          { libelle: 'Prochaine', valeur: r.prochaine ? formatJour(r.prochaine) : 'Aucune' },
        ]}
      />
      {liquide && (
        <div>
          <Bouton onClick={() => setModifie(true)}>Modifier ou arrêter le contrat</Bouton>
        </div>
      )}
      <h3>Prix</h3>
      <ul>
        {lu.data?.prix.map((p) => (
          <li key={p.depuis}>
            {formatMontant(p.ht)} hors taxes{Number(p.tva) > 0 && ` et ${formatMontant(p.tva)} de TVA`} depuis le{' '}
            {formatJour(p.depuis)}
            {p.motif && `, ${p.motif}`} <span className="bq-discret">({p.par})</span>
          </li>
        ))}
      </ul>
      {liquide && (
        <details>
          <summary>Nouveau prix</summary>
          <Formulaire
            key={lu.data?.prix.length ?? 0}
            forme={zNouveauPrix}
            initial={{ depuis: r.prochaine ?? '', ht: r.ht, tva: r.tva } as never}
            libelle="Changer le prix"
            onEnvoyer={async (v) => {
              await prix.mutateAsync({ params: { recurrence: r.id as never }, body: v })
              signaler(`Nouveau prix à partir du ${formatJour(v.depuis)}.`)
            }}
          >
            <GroupeChamps colonnes={3}>
              <ChampJour nom="depuis" libelle="À partir du" requis />
              <ChampMontant nom="ht" libelle="Hors taxes" requis />
              <ChampMontant nom="tva" libelle="TVA" />
            </GroupeChamps>
            <ChampTexte nom="motif" libelle="Motif" requis aide="Révision annuelle, avenant…" />
          </Formulaire>
        </details>
      )}
      {lu.data && lu.data.passees.length > 0 && (
        <>
          <h3>Échéances passées</h3>
          <ul>
            {lu.data.passees.map((p) => (
              <li key={p.le}>
                {formatJour(p.le)} : {p.sort.charAt(0).toLowerCase() + p.sort.slice(1)}
                {p.pieceId && (
                  <>
                    {' '}
                    <Lien vers={`/finances/mandats?budget=${r.budgetId}&annee=${p.annee}&piece=${p.pieceId}`}>
                      n° {p.numero}
                    </Lien>
                  </>
                )}
                {Number(p.ttc) > 0 && `, ${formatMontant(p.ttc)}`}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** The contract itself, new or corrected. */
function Contrat({ cadre, r, onFait }: { cadre: Cadre; r?: RecurrenceVue; onFait: (id: string) => void }) {
  const action = useAction(enregistrerRecurrence, { invalidates: PERIMES })
  const tiers = useApi(listerTiers)
  const [id] = useState(() => r?.id ?? newId<'Recurrence'>())
  const [tiersId, setTiersId] = useState(r?.tiersId ?? '')
  const lu = useApi(lireTiers, { params: { tiers: tiersId as never } }, { actif: tiersId !== '' })
  return (
    <Formulaire
      forme={zRecurrenceSaisie.omit({ budgetId: true })}
      libelle={r ? 'Enregistrer' : 'Créer le contrat'}
      initial={
        (r
          ? { ...r, ...r.modele, moisEntre: String(r.moisEntre) }
          : { moisEntre: '1', modeReglement: '03', rubriquePj: '0', tva: '0.00' }) as never
      }
      annuler={() => onFait(id)}
      onEnvoyer={async (v) => {
        await action.mutateAsync({
          params: { recurrence: id as never },
          body: { ...v, budgetId: cadre.budget, derniere: v.derniere || null } as never,
        })
        signaler(r ? 'Contrat corrigé.' : 'Contrat créé : ses échéances seront proposées ici.')
        onFait(id)
      }}
    >
      <ChampTexte nom="libelle" libelle="Ce qui revient" requis aide="Loyer de la salle, téléphone, entretien…" />
      <ChampChoix
        nom="tiersId"
        libelle="Tiers"
        requis
        onValeur={setTiersId}
        choix={(tiers.data?.tiers ?? [])
          .filter((t) => t.estActif)
          .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() }))}
      />
      <ChampChoix
        nom="nature"
        libelle="Article"
        requis
        choix={cadre.vue.articles.D.map((a) => ({ valeur: a.nature, libelle: `${a.nature} ${a.libelle}` }))}
      />
      <ChampFonction de={{ budgetId: cadre.budget, annee: cadre.annee }} nom="fonction" />
      <GroupeChamps colonnes={3}>
        <ChampChoix
          nom="moisEntre"
          libelle="Rythme"
          choix={Object.entries(RYTHMES).map(([valeur, libelle]) => ({ valeur, libelle }))}
          effacable={false}
        />
        <ChampJour nom="premiere" libelle="Première échéance" requis />
        <ChampJour nom="derniere" libelle="Dernière échéance" aide="Vide : sans fin" />
      </GroupeChamps>
      {!r && (
        <GroupeChamps colonnes={2}>
          <ChampMontant nom="ht" libelle="Montant hors taxes" requis />
          <ChampMontant nom="tva" libelle="TVA" />
        </GroupeChamps>
      )}
      <ChampsReglement comptes={comptesAcceptes(lu.data?.comptes)} cadre={cadre} />
      <ChampTexte nom="reference" libelle="Référence du contrat" />
    </Formulaire>
  )
}
