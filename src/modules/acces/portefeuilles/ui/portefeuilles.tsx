import { IconBriefcase } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  alerter,
  Bouton,
  ChampChoix,
  ChampChoixMultiple,
  ChampTexte,
  type Colonne,
  compter,
  Formulaire,
  formatJour,
  ListeDetail,
  Page,
  signaler,
  Tableau,
  useAction,
  useApi,
  usePanneau,
  useRecherche,
} from '#ui'
import {
  affecterOrganismes,
  listerPortefeuilles,
  type Portefeuille,
  type Portefeuilles,
  reglerPortefeuille,
  type Tenue,
} from '../contract.ts'

const enCours = (p: Portefeuille) => p.remplacements.find((r) => r.etat === 'enCours')

const colonnes: readonly Colonne<Portefeuille>[] = [
  { cle: 'nom', titre: 'Portefeuille', valeur: (p) => p.nom },
  { cle: 'gestionnaire', titre: 'Gestionnaire', valeur: (p) => p.gestionnaire },
  { cle: 'organismes', titre: 'Collectivités', valeur: (p) => p.organismes.length, genre: 'nombre' },
  {
    cle: 'remplacement',
    titre: 'Remplacé aujourd’hui par',
    valeur: (p) => {
      const r = enCours(p)
      return r ? `${r.remplacant}, jusqu’au ${formatJour(r.jusqua)}` : null
    },
  },
]

const APRES = { invalidates: [listerPortefeuilles] }

/** Which officer holds which bodies, from when to when, replaced by whom. Replacements are made from the cockpit. */
export default function ListeDesPortefeuilles() {
  const q = useApi(listerPortefeuilles)
  const [r, setR] = useRecherche()
  const { open, close } = usePanneau()
  const choisi = q.data?.portefeuilles.find((p) => p.id === r.portefeuille)
  return (
    <Page
      titre="Portefeuilles"
      sousTitre="Qui suit quelles collectivités. Un changement vaut tout de suite : l’ancien gestionnaire n’y entre plus, le nouveau y entre."
      action={
        <Bouton
          variante="principal"
          icone={IconBriefcase}
          touche="n"
          onClick={() =>
            open({
              titre: 'Nouveau portefeuille',
              contenu: <Reglage vus={q.data} onFait={close} />,
            })
          }
        >
          Nouveau portefeuille
        </Bouton>
      }
    >
      {q.data && q.data.sansPortefeuille.length > 0 && (
        <p className="bq-discret">
          {compter(q.data.sansPortefeuille.length, 'organisme n’est suivi', 'organismes ne sont suivis')} par personne :
          « Ajouter une collectivité », dans un portefeuille, les propose en premier.
        </p>
      )}
      <ListeDetail
        titre={choisi?.nom ?? 'Portefeuille choisi'}
        vide="Choisissez un portefeuille pour voir ses collectivités et son histoire."
        onFermer={() => setR({ portefeuille: undefined })}
        liste={
          <Tableau
            nom="Portefeuilles"
            lignes={q.data?.portefeuilles}
            cle={(p) => p.id}
            colonnes={colonnes}
            erreur={q.data ? null : q.error}
            vide="Aucun portefeuille."
            onOuvrir={(p) => setR({ portefeuille: p.id })}
            {...(choisi ? { ouverte: choisi.id } : {})}
          />
        }
        detail={choisi && q.data && <UnPortefeuille key={choisi.id} p={choisi} vus={q.data} />}
      />
    </Page>
  )
}

function UnPortefeuille({ p, vus }: { p: Portefeuille; vus: Portefeuilles }) {
  const { open, close } = usePanneau()
  return (
    <div className="bq-pile">
      <h2>{p.nom}</h2>
      <p>
        Tenu par {p.gestionnaire}, {compter(p.organismes.length, 'collectivité')}.
      </p>
      <div className="bq-rangee">
        <Bouton
          onClick={() => open({ titre: 'Régler le portefeuille', contenu: <Reglage vus={vus} p={p} onFait={close} /> })}
        >
          Renommer ou confier
        </Bouton>
        <Bouton
          onClick={() => open({ titre: `Ajouter à « ${p.nom} »`, contenu: <Ajout vus={vus} p={p} onFait={close} /> })}
        >
          Ajouter une collectivité
        </Bouton>
      </div>
      <h3>Collectivités</h3>
      <Collectivites p={p} vus={vus} />
      {p.remplacements.length > 0 && (
        <>
          <h3>Remplacements</h3>
          <ul>
            {p.remplacements.map((r) => (
              <li key={r.id}>
                {r.remplacant}, du {formatJour(r.depuis)} au {formatJour(r.jusqua)}
                {r.motif && ` : ${r.motif}`}
                {r.etat === 'enCours' && <strong> (en cours)</strong>}
                {r.etat === 'aVenir' && ' (à venir)'}
              </li>
            ))}
          </ul>
        </>
      )}
      {p.histoire.length > 0 && (
        <>
          <h3>Histoire</h3>
          <ul>
            {p.histoire.map((t) => (
              <li key={t.id}>
                {t.nom}
                {t.quoi === 'gestionnaire' && ', gestionnaire'} : {periode(t)}, par {t.parNom}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

const periode = (t: Tenue) =>
  [t.depuis && `depuis le ${formatJour(t.depuis)}`, t.jusqua && `jusqu’au ${formatJour(t.jusqua)}`]
    .filter(Boolean)
    .join(', ')

function Collectivites({ p, vus }: { p: Portefeuille; vus: Portefeuilles }) {
  const affectation = useAction(affecterOrganismes, APRES)
  const retirer = (id: string, nom: string) =>
    void affectation
      .mutateAsync({ body: { organismes: [id], portefeuilleId: null } })
      .then(() => signaler(`${nom} n’est plus dans un portefeuille.`))
      .catch((e: Error) => alerter('La collectivité n’a pas été retirée', e.message))
  const colonnesOrganismes: readonly Colonne<{ id: string; nom: string }>[] = [
    { cle: 'nom', titre: 'Collectivité', valeur: (o) => o.nom },
    {
      cle: 'actes',
      titre: 'Action',
      valeur: () => null,
      tri: false,
      rendu: (o) => (
        <Bouton variante="discret" onClick={() => retirer(o.id, o.nom)} aria-label={`Retirer ${o.nom}`}>
          Retirer
        </Bouton>
      ),
    },
  ]
  return (
    <Tableau
      nom={`Collectivités de ${p.nom}`}
      lignes={p.organismes}
      cle={(o) => o.id}
      colonnes={colonnesOrganismes}
      recherche={p.organismes.length > 10}
      vide={vus.sansPortefeuille.length > 0 ? 'Aucune collectivité : ajoutez-en une.' : 'Aucune collectivité.'}
    />
  )
}

function Reglage({ vus, p, onFait }: { vus: Portefeuilles | undefined; p?: Portefeuille; onFait: () => void }) {
  const reglage = useAction(reglerPortefeuille, APRES)
  const [id] = useState(() => p?.id ?? newId<'Portefeuille'>())
  return (
    <Formulaire
      forme={reglerPortefeuille.body}
      initial={p ? { nom: p.nom, gestionnaireId: p.gestionnaireId } : {}}
      libelle={p ? 'Enregistrer' : 'Créer'}
      onEnvoyer={async (body) => {
        await reglage.mutateAsync({ params: { portefeuille: id }, body })
        signaler(p ? 'Le portefeuille est réglé.' : 'Le portefeuille est créé.')
        onFait()
      }}
    >
      <ChampTexte nom="nom" libelle="Nom" requis />
      <ChampChoix
        nom="gestionnaireId"
        libelle="Gestionnaire"
        aide="Pour une absence, préférez un remplacement daté, depuis le tableau de bord."
        choix={(vus?.gestionnaires ?? []).map((g) => ({ valeur: g.id, libelle: g.nom }))}
        requis
      />
    </Formulaire>
  )
}

const formeAjout = affecterOrganismes.body.pick({ organismes: true })

function Ajout({ vus, p, onFait }: { vus: Portefeuilles; p: Portefeuille; onFait: () => void }) {
  const affectation = useAction(affecterOrganismes, APRES)
  const ailleurs = [
    ...vus.sansPortefeuille.map((o) => ({ valeur: o.id, libelle: `${o.nom} (sans portefeuille)` })),
    ...vus.portefeuilles
      .filter((x) => x.id !== p.id)
      .flatMap((x) => x.organismes.map((o) => ({ valeur: o.id, libelle: `${o.nom} (${x.nom})` }))),
  ]
  return (
    <Formulaire
      forme={formeAjout}
      libelle="Ajouter"
      onEnvoyer={async ({ organismes }) => {
        await affectation.mutateAsync({ body: { organismes, portefeuilleId: p.id } })
        signaler(`${compter(organismes.length, 'collectivité ajoutée', 'collectivités ajoutées')}.`)
        onFait()
      }}
    >
      <ChampChoixMultiple nom="organismes" libelle="Collectivités" choix={ailleurs} requis />
    </Formulaire>
  )
}
