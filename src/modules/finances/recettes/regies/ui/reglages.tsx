import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  aujourdhuiAParis,
  Bouton,
  ChampCase,
  ChampChoix,
  ChampJour,
  ChampMontant,
  ChampNombre,
  ChampTexte,
  Formulaire,
  formatJour,
  formatMontant,
  GroupeChamps,
  signaler,
  useAction,
  useApi,
} from '#ui'
import { listerTiers } from '../../../execution/http/tiers/contract.ts'
import { ChampFonction } from '../../../execution/ui/champ-fonction.tsx'
import { useArticles } from '../../roles/ui/commun.tsx'
import { GENRES_REGIE, QUALITES, type RegieSaisie, zAgentRegie, zProduitRegie, zRegieSaisie } from '../contract.ts'
import {
  enregistrerProduit,
  enregistrerRegie,
  lireRegie,
  listerRegies,
  nommerAgent,
  type RegieVue,
} from '../http/contract.ts'

const choixDe = (o: Record<string, string>) => Object.entries(o).map(([valeur, libelle]) => ({ valeur, libelle }))
const invalidates = [lireRegie, listerRegies]

export function FicheRegie({
  initial,
  libelle,
  onEnvoyer,
  annuler,
}: {
  initial: Partial<RegieSaisie>
  libelle: string
  onEnvoyer: (v: RegieSaisie) => Promise<unknown>
  annuler?: () => void
}) {
  const tiers = useApi(listerTiers)
  return (
    <Formulaire
      forme={zRegieSaisie}
      initial={{ ...initial, joursVersement: String(initial.joursVersement ?? 31) }}
      libelle={libelle}
      onEnvoyer={(v) => onEnvoyer(zRegieSaisie.parse(v))}
      {...(annuler ? { annuler } : {})}
    >
      <GroupeChamps colonnes={2}>
        <ChampTexte nom="libelle" libelle="Nom de la régie" requis />
        <ChampTexte nom="code" libelle="Code" aide="Celui du comptable, dix caractères au plus" requis />
        <ChampChoix nom="genre" libelle="Genre" choix={choixDe(GENRES_REGIE)} requis />
        <ChampTexte nom="acte" libelle="Acte qui l’institue" aide="Numéro de l’arrêté ou de la décision" />
        <ChampJour nom="acteLe" libelle="Du" />
        <ChampNombre
          nom="joursVersement"
          libelle="Versement au moins tous les"
          aide="En jours : l’acte dit le plus souvent une fois par mois"
          requis
        />
      </GroupeChamps>
      <GroupeChamps titre="Plafonds de l’acte" colonnes={2}>
        <ChampMontant nom="encaisseMax" libelle="Encaisse maximum" />
        <ChampMontant nom="fondsCaisse" libelle="Fonds de caisse" />
        <ChampMontant nom="avanceMax" libelle="Avance maximum" />
        <ChampChoix
          nom="tiersId"
          libelle="Tiers payé pour reconstituer l’avance"
          choix={(tiers.data?.tiers ?? [])
            .filter((t) => t.estActif)
            .map((t) => ({ valeur: t.id, libelle: `${t.nom} ${t.prenom}`.trim() }))}
        />
      </GroupeChamps>
    </Formulaire>
  )
}

/** What the acts say: the régie, the people, what they may collect or pay. */
export function Reglages({ regie: r }: { regie: RegieVue }) {
  const action = useAction(enregistrerRegie, { invalidates })
  return (
    <div className="bq-pile">
      <FicheRegie
        initial={zRegieSaisie.parse(r.saisie)}
        libelle="Enregistrer"
        onEnvoyer={async (v) => {
          await action.mutateAsync({ body: { ...v, id: r.id as never, budgetId: r.budgetId as never } })
          signaler('Régie enregistrée.')
        }}
      />
      <Agents regie={r} />
      <Produits regie={r} />
    </div>
  )
}

function Agents({ regie: r }: { regie: RegieVue }) {
  const action = useAction(nommerAgent, { invalidates })
  const [ajoute, setAjoute] = useState<string>()
  const modele = r.agents.find((a) => a.id === ajoute)
  return (
    <section className="bq-pile-serree" aria-label="Régisseur et mandataires">
      <h2>Régisseur et mandataires</h2>
      {r.agents.length === 0 && <p className="bq-discret">Personne n’est nommé : aucune opération n’est possible.</p>}
      {r.agents.map((a) => (
        <p key={a.id} className="bq-rangee">
          <strong>{a.nom}</strong>
          {QUALITES[a.qualite]}, depuis le {formatJour(a.depuis)}
          {a.jusqua && `, jusqu’au ${formatJour(a.jusqua)}`}
          <Bouton variante="discret" onClick={() => setAjoute(a.id)}>
            Modifier
          </Bouton>
        </p>
      ))}
      {ajoute === undefined ? (
        <div>
          <Bouton onClick={() => setAjoute(newId())}>Nommer quelqu’un</Bouton>
        </div>
      ) : (
        <Formulaire
          key={ajoute}
          forme={zAgentRegie.omit({ id: true })}
          initial={modele ?? { qualite: 'regisseur', depuis: aujourdhuiAParis(), jusqua: null, nom: '', acte: '' }}
          annuler={() => setAjoute(undefined)}
          onEnvoyer={async (v) => {
            await action.mutateAsync({ params: { regie: r.id as never }, body: { ...v, id: ajoute as never } })
            setAjoute(undefined)
          }}
        >
          <GroupeChamps colonnes={2}>
            <ChampTexte nom="nom" libelle="Nom" requis />
            <ChampChoix nom="qualite" libelle="Qualité" choix={choixDe(QUALITES)} requis />
            <ChampTexte nom="acte" libelle="Arrêté de nomination" />
            <ChampJour nom="depuis" libelle="Depuis le" requis />
            <ChampJour nom="jusqua" libelle="Fin de fonction" aide="Le premier jour où elle n’est plus en fonction" />
          </GroupeChamps>
        </Formulaire>
      )}
    </section>
  )
}

function Produits({ regie: r }: { regie: RegieVue }) {
  const action = useAction(enregistrerProduit, { invalidates })
  const [ajoute, setAjoute] = useState<string>()
  const modele = r.produits.find((p) => p.id === ajoute)
  const [caisse, setCaisse] = useState<'recettes' | 'avances'>(r.genre === 'avances' ? 'avances' : 'recettes')
  const { articles } = useArticles({ budgetId: r.budgetId, annee: r.annee }, caisse === 'recettes' ? 'R' : 'D')
  return (
    <section className="bq-pile-serree" aria-label="Ce qu’elle encaisse ou paie">
      <h2>Ce qu’elle encaisse ou paie</h2>
      {r.produits.map((p) => (
        <p key={p.id} className="bq-rangee">
          <strong>{p.libelle}</strong>
          {p.caisse === 'recettes' ? 'recette' : 'dépense'}, article {p.nature}
          {p.tarif && `, ${formatMontant(p.tarif)}`}
          {!p.estActif && ', hors service'}
          <Bouton
            variante="discret"
            onClick={() => {
              setCaisse(p.caisse)
              setAjoute(p.id)
            }}
          >
            Modifier
          </Bouton>
        </p>
      ))}
      {ajoute === undefined ? (
        <div>
          <Bouton onClick={() => setAjoute(newId())}>Ajouter</Bouton>
        </div>
      ) : (
        <>
          {r.genre === 'mixte' && !modele && (
            <ChampChoix
              libelle="Sens"
              valeur={caisse}
              onValeur={(c) => setCaisse(c as 'recettes')}
              choix={[
                { valeur: 'recettes', libelle: 'Recette' },
                { valeur: 'avances', libelle: 'Dépense' },
              ]}
              effacable={false}
            />
          )}
          <Formulaire
            key={ajoute + caisse}
            forme={zProduitRegie.omit({ id: true, caisse: true })}
            initial={modele ?? { libelle: '', nature: '', fonction: '', tarif: null, estActif: true }}
            annuler={() => setAjoute(undefined)}
            onEnvoyer={async (v) => {
              await action.mutateAsync({
                params: { regie: r.id as never },
                body: { ...v, caisse, id: ajoute as never },
              })
              setAjoute(undefined)
            }}
          >
            <GroupeChamps colonnes={2}>
              <ChampTexte nom="libelle" libelle="Nom" requis />
              <ChampChoix nom="nature" libelle="Article" choix={articles} requis />
              <ChampFonction de={r} nom="fonction" />
              <ChampMontant nom="tarif" libelle="Tarif" aide="Proposé à la saisie ; vide, libre" />
              <ChampCase nom="estActif" libelle="En service" />
            </GroupeChamps>
          </Formulaire>
        </>
      )}
    </section>
  )
}
