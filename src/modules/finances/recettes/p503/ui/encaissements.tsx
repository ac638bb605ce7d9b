import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { z } from 'zod'
import { newId } from '#socle/ids.ts'
import {
  adresse,
  Bouton,
  ChampChoix,
  ChampJour,
  ChampMontant,
  ChampTexte,
  type Colonne,
  compter,
  DepotFichiers,
  Encart,
  Etat,
  envoyerFichier,
  Formulaire,
  formatJour,
  formatMontant,
  GroupeChamps,
  hasDroit,
  ListeDetail,
  type NomEtat,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useInvalidation,
  useRecherche,
  useSession,
} from '#ui'
import { listerLiquidations } from '../../../execution/http/liquidations/contract.ts'
import { listerTiers } from '../../../execution/http/tiers/contract.ts'
import { ChampFonction } from '../../../execution/ui/champ-fonction.tsx'
import { type Cadre, SansCadre, useCadre } from '../../../execution/ui/commun.tsx'
import { Motif } from '../../roles/ui/motif.tsx'
import { zP503Saisi } from '../contract.ts'
import {
  ecarterP503,
  enregistrerP503,
  importerP503,
  listerP503,
  type P503Vue,
  rapprocherP503,
  reprendreRetours,
  titrerP503,
} from '../http/contract.ts'

const ETATS: Record<P503Vue['etat'], { libelle: string; etat: NomEtat }> = {
  aTitrer: { libelle: 'À titrer', etat: 'aFaire' },
  partiel: { libelle: 'Titré en partie', etat: 'aFaire' },
  titre: { libelle: 'Titré', etat: 'fait' },
  ecarte: { libelle: 'Écarté', etat: 'fait' },
}
const colonnes: readonly Colonne<P503Vue>[] = [
  { cle: 'le', titre: 'Date', valeur: (p) => p.le, genre: 'jour' },
  { cle: 'payeur', titre: 'Payeur', valeur: (p) => p.payeur || p.libelle },
  { cle: 'montant', titre: 'Reçu', valeur: (p) => p.montant, genre: 'montant' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (p) => ETATS[p.etat].libelle,
    rendu: (p) => <Etat etat={ETATS[p.etat].etat}>{ETATS[p.etat].libelle}</Etat>,
    filtre: 'choix',
  },
  { cle: 'reste', titre: 'Reste à titrer', valeur: (p) => p.reste, genre: 'montant' },
  { cle: 'reference', titre: 'N° du comptable', valeur: (p) => p.reference, masquee: true },
  { cle: 'libelle', titre: 'Libellé', valeur: (p) => p.libelle, masquee: true },
]
const invalidates = [listerP503, listerLiquidations]

export default function Encaissements() {
  const { cadre, choix, erreur } = useCadre()
  const [, setR] = useRecherche()
  const liquide = hasDroit(useSession(), 'finances.liquider')
  return (
    <Page
      titre="Encaissements à titrer"
      sousTitre="Ce que le comptable a reçu avant le titre. Chaque somme devient un titre émis après encaissement."
      fil={[{ libelle: 'Recettes', vers: '/finances/recettes' }]}
      actions={choix}
      {...(liquide && cadre
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setR({ p503: 'nouveau' })}>
                Ajouter
              </Bouton>
            ),
          }
        : {})}
    >
      {cadre ? (
        <Liste key={cadre.budget + cadre.annee} cadre={cadre} liquide={liquide} />
      ) : (
        <SansCadre erreur={erreur} />
      )}
    </Page>
  )
}

function Liste({ cadre, liquide }: { cadre: Cadre; liquide: boolean }) {
  const [r, setR] = useRecherche()
  const q = useApi(listerP503, { query: { budget: cadre.budget as never, annee: cadre.annee as never } })
  const reprise = useAction(reprendreRetours, { invalidates })
  const choisi = q.data?.encaissements.find((p) => p.id === r.p503)
  return (
    <>
      {liquide && q.data && q.data.retours > 0 && (
        <Encart etat="attention" titre={`Le comptable annonce ${compter(q.data.retours, 'titre')} à émettre`}>
          <Bouton
            enCours={reprise.isPending}
            onClick={async () => {
              const { nouveaux } = await reprise.mutateAsync({})
              signaler(`${compter(nouveaux, 'encaissement')} repris des PES Retour.`)
            }}
          >
            Les reprendre ici
          </Bouton>
        </Encart>
      )}
      {liquide && <Importer cadre={cadre} />}
      <ListeDetail
        titre="Encaissement"
        vide="Choisissez un encaissement : le titre du même payeur est proposé."
        onFermer={() => setR({ p503: undefined })}
        liste={
          <Tableau
            nom="Encaissements"
            lignes={q.data?.encaissements}
            cle={(p) => p.id}
            colonnes={colonnes}
            onOuvrir={(p) => setR({ p503: p.id })}
            ouverte={r.p503}
            erreur={q.data ? null : q.error}
            vide="Aucun encaissement en attente : tout est titré."
          />
        }
        detail={
          r.p503 === 'nouveau' && liquide ? (
            <Nouveau cadre={cadre} onFait={(id) => setR({ p503: id })} />
          ) : (
            choisi && <Detail key={`${choisi.id}${choisi.reste}`} cadre={cadre} p503={choisi} liquide={liquide} />
          )
        }
      />
    </>
  )
}

type Bilan = (typeof importerP503)['reply']['_output']
function Importer({ cadre }: { cadre: Cadre }) {
  const invalider = useInvalidation()
  const [fichier, setFichier] = useState<File>()
  const [bilan, setBilan] = useState<Bilan>()
  const champs = { budget: cadre.budget, annee: String(cadre.annee) }
  const bloquant = bilan?.anomalies.some((a) => a.bloquante)
  return (
    <details>
      <summary>Importer le relevé P503</summary>
      <div className="bq-pile">
        <DepotFichiers
          libelle="Choisir le relevé"
          aide="Un tableur du comptable : Numéro, Date, Payeur, Libellé, Montant"
          formats=".csv,.xlsx"
          envoyer={(f, suivi) => envoyerFichier(adresse(importerP503), f, { ...suivi, champs })}
          onRecu={(f, reponse) => {
            setFichier(f)
            setBilan(reponse as Bilan)
          }}
        />
        {bilan && bilan.anomalies.length > 0 && (
          <Encart etat="bloquant" titre="À corriger dans le relevé">
            <ul className="fin-anomalies">
              {bilan.anomalies.map((a) => (
                <li key={`${a.lieu}${a.message}`}>
                  {a.lieu} : {a.message}
                </li>
              ))}
            </ul>
          </Encart>
        )}
        {bilan && !bloquant && (
          <div>
            <Bouton
              variante="principal"
              onClick={async () => {
                const fait = (await envoyerFichier(adresse(importerP503), fichier!, {
                  champs: { ...champs, appliquer: 'oui' },
                })) as Bilan
                await invalider([listerP503])
                setBilan(undefined)
                signaler(`${compter(fait.nouvelles, 'somme nouvelle', 'sommes nouvelles')} sur ${fait.lues}.`)
              }}
            >
              Importer {compter(bilan.lues, 'somme')}, {formatMontant(bilan.total)}
            </Bouton>
          </div>
        )}
      </div>
    </details>
  )
}

function Nouveau({ cadre, onFait }: { cadre: Cadre; onFait: (id: string) => void }) {
  const action = useAction(enregistrerP503, { invalidates })
  const [id] = useState(() => newId<'P503'>())
  return (
    <Formulaire
      forme={zP503Saisi.omit({ id: true })}
      initial={{ payeur: '', libelle: '' }}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ body: { ...v, id, budgetId: cadre.budget as never, annee: cadre.annee } })
        onFait(id)
      }}
    >
      <GroupeChamps colonnes={2}>
        <ChampTexte nom="reference" libelle="N° du comptable" requis />
        <ChampJour nom="le" libelle="Reçu le" requis />
        <ChampMontant nom="montant" libelle="Montant" requis />
        <ChampTexte nom="payeur" libelle="Payeur" />
      </GroupeChamps>
      <ChampTexte nom="libelle" libelle="Libellé du relevé" />
    </Formulaire>
  )
}

const zTitre = z.object({
  tiersId: z.string().min(1, 'Choisissez le débiteur.'),
  objet: titrerP503.body.shape.objet,
  nature: z.string().min(2, 'Choisissez l’article.'),
  fonction: z.string().default(''),
  montant: z.string().min(1, 'Donnez le montant.'),
})
function Detail({ cadre, p503: p, liquide }: { cadre: Cadre; p503: P503Vue; liquide: boolean }) {
  const tiers = useApi(listerTiers)
  const titre = useAction(titrerP503, { invalidates })
  const rapprochement = useAction(rapprocherP503, { invalidates })
  const ecart = useAction(ecarterP503, { invalidates })
  const [ecarte, setEcarte] = useState(false)
  const [id] = useState(() => newId<'Liquidation'>())
  const params = { p503: p.id as never }
  const ouvert = liquide && (p.etat === 'aTitrer' || p.etat === 'partiel')
  return (
    <div className="bq-pile">
      <header>
        <h2>
          {p.payeur || p.libelle}, {formatMontant(p.montant)}
        </h2>
        <p className="bq-discret">
          Reçu le {formatJour(p.le)}, n° {p.reference} du comptable. {p.libelle}
        </p>
      </header>
      {p.motif && <p>Écarté : {p.motif}</p>}
      {ouvert && p.rapprochables.length > 0 && (
        <Encart etat="attention" titre="Un titre de ce montant est déjà prêt">
          {p.rapprochables.map((l) => (
            <p key={l.id} className="bq-rangee">
              {l.libelle}
              <Bouton
                onClick={async () => {
                  await rapprochement.mutateAsync({ params, body: { liquidation: l.id as never } })
                  signaler('Titre rattaché à cet encaissement.')
                }}
              >
                C’est lui
              </Bouton>
            </p>
          ))}
        </Encart>
      )}
      {ouvert && (
        <Formulaire
          forme={zTitre}
          initial={{
            tiersId: p.proposition?.tiersId ?? '',
            objet: p.proposition?.objet ?? p.libelle,
            nature: p.proposition?.nature ?? '',
            fonction: p.proposition?.fonction ?? '',
            montant: p.reste,
          }}
          libelle="Préparer le titre"
          onEnvoyer={async (v) => {
            await titre.mutateAsync({
              params,
              body: {
                id,
                tiersId: v.tiersId as never,
                objet: v.objet,
                lignes: [
                  {
                    nature: v.nature,
                    ht: v.montant,
                    fonction: v.fonction,
                    produit: p.proposition?.produit ?? '',
                  },
                ],
              },
            })
            signaler('Titre prêt, dans « Encaisser ».')
          }}
        >
          {p.proposition && <p className="bq-discret">Repris du dernier titre de {p.proposition.tiers}.</p>}
          <ChampChoix
            nom="tiersId"
            libelle="Débiteur"
            requis
            choix={(tiers.data?.tiers ?? [])
              .filter((t) => t.estActif)
              .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() }))}
          />
          <ChampTexte nom="objet" libelle="Objet" requis />
          <ChampChoix
            nom="nature"
            libelle="Article"
            requis
            choix={cadre.vue.articles.R.map((a) => ({ valeur: a.nature, libelle: `${a.nature} ${a.libelle}` }))}
          />
          <ChampFonction de={{ budgetId: cadre.budget, annee: cadre.annee }} nom="fonction" />
          <ChampMontant
            nom="montant"
            libelle="Montant"
            aide="Moins que le reste : il pourra y avoir un autre titre"
            requis
          />
        </Formulaire>
      )}
      {ouvert && p.etat === 'aTitrer' && (
        <div>
          <Bouton variante="discret" onClick={() => setEcarte(true)}>
            N’attend pas de titre
          </Bouton>
        </div>
      )}
      <Motif
        ouvert={ecarte}
        titre="Écarter cet encaissement"
        verbe="Écarter"
        onFermer={() => setEcarte(false)}
        onMotif={(motif) => ecart.mutateAsync({ params, body: { motif } })}
      >
        Par exemple : il règle un titre déjà émis, ou le comptable l’a rendu.
      </Motif>
    </div>
  )
}
