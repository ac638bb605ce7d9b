import './execution.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  ChampChoix,
  ChampIban,
  ChampSiret,
  ChampTexte,
  Chronologie,
  type Colonne,
  Encart,
  Etat,
  Formulaire,
  GroupeChamps,
  hasDroit,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  useRecherche,
  useSession,
} from '#ui'
import { CATEGORIES_TIERS, NATURES_JURIDIQUES, zCompteSaisi, zTiersSaisi } from '../contract.ts'
import {
  activerTiers,
  deciderCompte,
  enregistrerTiers,
  lireTiers,
  listerTiers,
  proposerCompte,
  type TiersVue,
} from '../http/tiers/contract.ts'

const libelleCategorie = (c: string) => CATEGORIES_TIERS[c as keyof typeof CATEGORIES_TIERS] ?? c
const colonnes: readonly Colonne<TiersVue>[] = [
  { cle: 'nom', titre: 'Nom', valeur: (t) => `${t.nom} ${t.prenom}`.trim() },
  { cle: 'ville', titre: 'Ville', valeur: (t) => t.ville },
  {
    cle: 'comptes',
    titre: 'Banque',
    valeur: (t) => (t.aControler > 0 ? 'À contrôler' : t.comptes > 0 ? 'Contrôlé' : 'Aucun compte'),
    rendu: (t) =>
      t.aControler > 0 ? (
        <Etat etat="aFaire">À contrôler</Etat>
      ) : t.comptes > 0 ? (
        <Etat etat="fait">Contrôlé</Etat>
      ) : (
        <span className="bq-discret">Aucun compte</span>
      ),
    filtre: 'choix',
  },
  { cle: 'depenses', titre: 'Payé sur un an', valeur: (t) => t.depenses, genre: 'montant' },
  { cle: 'siret', titre: 'SIRET', valeur: (t) => t.siret },
  { cle: 'recettes', titre: 'Facturé sur un an', valeur: (t) => t.recettes, genre: 'montant', masquee: true },
  {
    cle: 'categorie',
    titre: 'Catégorie',
    valeur: (t) => libelleCategorie(t.categorie),
    filtre: 'choix',
    masquee: true,
  },
  { cle: 'actif', titre: 'En service', valeur: (t) => t.estActif, genre: 'ouiNon', masquee: true },
]
const choixDe = (labels: Record<string, string>) =>
  Object.entries(labels).map(([valeur, libelle]) => ({ valeur, libelle }))

export default function Tiers() {
  const [r, setR] = useRecherche()
  const vue = useSession()
  const q = useApi(listerTiers)
  const administre = hasDroit(vue, 'finances.administrer')
  const [nouveau] = useState(() => newId<'Tiers'>())
  return (
    <Page
      titre="Tiers"
      {...(administre
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setR({ nouveau: 'oui', tiers: undefined })}>
                Nouveau tiers
              </Bouton>
            ),
          }
        : {})}
    >
      <ListeDetail
        titre="Tiers"
        vide="Choisissez un tiers pour voir sa fiche, ses comptes bancaires et son histoire."
        onFermer={() => setR({ tiers: undefined, nouveau: undefined })}
        liste={
          <Tableau
            nom="Tiers"
            lignes={q.data?.tiers}
            cle={(t) => t.id}
            colonnes={colonnes}
            onOuvrir={(t) => setR({ tiers: t.id, nouveau: undefined })}
            ouverte={r.tiers}
            erreur={q.data ? null : q.error}
            vide="Aucun tiers. Créez le premier fournisseur."
          />
        }
        detail={
          r.nouveau ? (
            <Fiche
              id={nouveau}
              initial={{ categorie: '60', natureJuridique: '03' }}
              onFait={() => setR({ tiers: nouveau, nouveau: undefined })}
            />
          ) : (
            r.tiers && <Detail id={r.tiers} key={r.tiers} administre={administre} />
          )
        }
      />
    </Page>
  )
}

function Fiche({ id, initial, onFait }: { id: string; initial: object; onFait?: () => void }) {
  const action = useAction(enregistrerTiers, { invalidates: [listerTiers, lireTiers] })
  const [categorie, setCategorie] = useState((initial as { categorie: string }).categorie)
  return (
    <Formulaire
      forme={zTiersSaisi}
      initial={initial as never}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ params: { tiers: id as never }, body: v })
        signaler('Tiers enregistré.')
        onFait?.()
      }}
    >
      <GroupeChamps colonnes={2}>
        <ChampChoix
          nom="categorie"
          libelle="Catégorie"
          requis
          choix={choixDe(CATEGORIES_TIERS)}
          onValeur={setCategorie}
          effacable={false}
        />
        <ChampChoix
          nom="natureJuridique"
          libelle="Nature juridique"
          requis
          choix={choixDe(NATURES_JURIDIQUES)}
          effacable={false}
        />
        <ChampTexte nom="nom" libelle={categorie === '01' ? 'Nom' : 'Raison sociale'} requis />
        {categorie === '01' ? (
          <ChampTexte nom="prenom" libelle="Prénom" requis />
        ) : (
          <ChampSiret nom="siret" libelle="SIRET" />
        )}
        <ChampTexte nom="adresse" libelle="Adresse" />
        <ChampTexte nom="complementAdresse" libelle="Complément" />
        <ChampTexte nom="codePostal" libelle="Code postal" largeur="8rem" />
        <ChampTexte nom="ville" libelle="Ville" />
        <ChampTexte nom="courriel" libelle="Courriel" type="email" />
        <ChampTexte nom="telephone" libelle="Téléphone" type="tel" />
      </GroupeChamps>
    </Formulaire>
  )
}

function Detail({ id, administre }: { id: string; administre: boolean }) {
  const lu = useApi(lireTiers, { params: { tiers: id as never } })
  const options = { invalidates: [lireTiers, listerTiers] }
  const activation = useAction(activerTiers, options)
  const decision = useAction(deciderCompte, options)
  const proposition = useAction(proposerCompte, options)
  const [ajoute, setAjoute] = useState(false)
  const [compteId, setCompteId] = useState(() => newId<'CompteBancaire'>())
  const t = lu.data
  if (!t) return lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>
  const decider = (compte: string, acte: 'accepter' | 'refuser' | 'retirer') =>
    decision.mutate(
      { params: { compteBancaire: compte as never }, body: { acte, motif: '' } },
      { onSuccess: () => signaler(acte === 'accepter' ? 'Compte accepté : il peut être payé.' : 'C’est noté.') },
    )
  return (
    <div className="bq-pile">
      <header>
        <h2>
          {t.saisie.nom} {t.saisie.prenom}
        </h2>
        <p className="bq-discret">
          Tiers n° {t.numero}
          {!t.estActif && ', hors service'}
        </p>
      </header>
      <section className="bq-pile-serree" aria-label="Comptes bancaires">
        <h3>Comptes bancaires</h3>
        {t.comptes.length === 0 && (
          <p className="bq-discret">Aucun compte : ce tiers ne peut pas être payé par virement.</p>
        )}
        {t.comptes.map((c) => (
          <div key={c.id} className="bq-pile-serree">
            <div className="bq-rangee">
              <strong className="bq-chiffres">{c.iban.replace(/(.{4})/g, '$1 ').trim()}</strong>
              <Etat etat={c.etat === 'accepte' ? 'fait' : c.etat === 'propose' ? 'aFaire' : 'attention'}>
                {{ propose: 'À contrôler', accepte: 'Contrôlé', refuse: 'Refusé', retire: 'Retiré' }[c.etat]}
              </Etat>
            </div>
            <p className="bq-discret">
              {c.titulaire}. Saisi par {c.proposePar}
              {c.decidePar && `, contrôlé par ${c.decidePar}`}.{' '}
              {c.etat === 'propose' && !c.aDecider && 'Une autre personne doit le comparer au RIB.'}
            </p>
            <div className="bq-rangee">
              {c.aDecider && (
                <>
                  <Bouton variante="principal" onClick={() => decider(c.id, 'accepter')}>
                    J’ai comparé au RIB : accepter
                  </Bouton>
                  <Bouton onClick={() => decider(c.id, 'refuser')}>Refuser</Bouton>
                </>
              )}
              {c.etat === 'accepte' && administre && (
                <Bouton variante="discret" onClick={() => decider(c.id, 'retirer')}>
                  Retirer
                </Bouton>
              )}
            </div>
          </div>
        ))}
        {decision.error && <Encart etat="bloquant">{decision.error.message}</Encart>}
        {administre && !ajoute && (
          <div>
            <Bouton onClick={() => setAjoute(true)}>Ajouter un compte</Bouton>
          </div>
        )}
        {ajoute && (
          <Formulaire
            forme={zCompteSaisi.omit({ id: true })}
            initial={{
              titulaire: `${t.saisie.nom} ${t.saisie.prenom}`.trim().slice(0, 32),
              origine: '',
              iban: '',
              bic: '',
            }}
            libelle="Proposer ce compte"
            annuler={() => setAjoute(false)}
            onEnvoyer={async (v) => {
              await proposition.mutateAsync({ params: { tiers: id as never }, body: { ...v, id: compteId } })
              setCompteId(newId())
              setAjoute(false)
              signaler('Compte proposé : une autre personne doit le contrôler.')
            }}
          >
            <ChampIban nom="iban" libelle="IBAN" requis />
            <GroupeChamps colonnes={2}>
              <ChampTexte nom="bic" libelle="BIC" />
              <ChampTexte nom="titulaire" libelle="Titulaire" requis />
            </GroupeChamps>
            <ChampTexte nom="origine" libelle="Lu sur" aide="RIB reçu le, par qui" />
          </Formulaire>
        )}
      </section>
      {administre && (
        <details>
          <summary>Modifier la fiche</summary>
          <Fiche id={id} initial={t.saisie} />
          <Bouton
            variante="discret"
            onClick={() => activation.mutate({ params: { tiers: id as never }, body: { actif: !t.estActif } })}
          >
            {t.estActif ? 'Mettre hors service' : 'Remettre en service'}
          </Bouton>
        </details>
      )}
      <details>
        <summary>Histoire</summary>
        <Chronologie
          faits={t.histoire.map((h) => ({
            id: h.id,
            instant: h.le,
            qui: h.nom,
            quoi: h.detail ? `${h.acte}, ${h.detail}` : h.acte,
          }))}
        />
      </details>
    </div>
  )
}
