import { IconShieldCheck } from '@tabler/icons-react'
import { newId } from '#socle/ids.ts'
import {
  alerter,
  BarreProgression,
  Bouton,
  type Colonne,
  compter,
  Encart,
  Etat,
  EtatVide,
  formatInstant,
  formatNombre,
  Page,
  Tableau,
  useAction,
  useApi,
  useRecherche,
} from '#ui'
import { type CampagneVue, type ConstatVu, lancerCampagne, lireCampagne, listerCampagnes } from '../contract.ts'

const colonnes: readonly Colonne<CampagneVue>[] = [
  { cle: 'lanceeLe', titre: 'Lancé le', valeur: (c) => c.lanceeLe, genre: 'instant' },
  { cle: 'lanceePar', titre: 'Par', valeur: (c) => c.lanceePar },
  { cle: 'finieLe', titre: 'Fini le', valeur: (c) => c.finieLe, genre: 'instant' },
  { cle: 'controles', titre: 'Documents', valeur: (c) => c.controles, genre: 'nombre' },
  {
    cle: 'anomalies',
    titre: 'Constat',
    valeur: (c) => c.anomalies,
    rendu: (c) =>
      c.anomalies > 0 ? (
        <Etat etat="bloquant">{compter(c.anomalies, 'document abîmé', 'documents abîmés')}</Etat>
      ) : c.finieLe ? (
        <Etat etat="fait">Rien n’a changé</Etat>
      ) : (
        <Etat etat="enAttente">En cours</Etat>
      ),
  },
]

/** Every stored document against the hash of its deposit: bodies and safes, without opening any of them to anybody. */
export default function Integrite() {
  const [r, setR] = useRecherche()
  const lues = useApi(listerCampagnes, {}, { rafraichir: 2000 })
  const lancement = useAction(lancerCampagne, { invalidates: [listerCampagnes] })
  const enCours = lues.data?.campagnes.find((c) => c.finieLe === null)
  const lancer = () =>
    void lancement
      .mutateAsync({ body: { id: newId<'Campagne'>() } })
      .catch((e: Error) => alerter('Le contrôle n’a pas commencé', e.message))
  return (
    <Page
      titre="Intégrité des documents"
      sousTitre="Chaque document des organismes et des coffres est relu et comparé à l’empreinte de son dépôt. Personne n’en voit le contenu."
      action={
        <Bouton
          variante="principal"
          icone={IconShieldCheck}
          touche="l"
          enCours={lancement.isPending || enCours !== undefined}
          onClick={lancer}
        >
          Tout vérifier
        </Bouton>
      }
    >
      {lues.error && (
        <Encart etat="bloquant" titre="Les contrôles n’ont pas pu être lus">
          {lues.error.message}
        </Encart>
      )}
      {enCours && (
        <BarreProgression
          libelle="Contrôle d’intégrité"
          progression={{
            etat: 'enCours',
            fait: enCours.faits,
            total: enCours.proprietaires,
            message: `${formatNombre(enCours.controles)} documents relus`,
          }}
        />
      )}
      {lues.data?.campagnes.length === 0 ? (
        <EtatVide titre="Aucun contrôle n’a encore été lancé.">
          Lancez-en un chaque trimestre, et après une restauration ou un déplacement des données.
        </EtatVide>
      ) : (
        <Tableau
          nom="Contrôles d’intégrité"
          lignes={lues.data?.campagnes}
          cle={(c) => c.id}
          colonnes={colonnes}
          vide="Aucun contrôle."
          onOuvrir={(c) => setR({ controle: c.id })}
          {...(r.controle ? { ouverte: r.controle } : {})}
        />
      )}
      {r.controle && <Rapport key={r.controle} id={r.controle} />}
    </Page>
  )
}

const CONSTATS = { corrompu: 'Contenu changé', absent: 'Fichier absent' } as const

const colonnesConstats: readonly Colonne<ConstatVu>[] = [
  { cle: 'ou', titre: 'Où', valeur: (c) => c.ou },
  { cle: 'reference', titre: 'Reçu de dépôt', valeur: (c) => c.reference },
  { cle: 'constat', titre: 'Constat', valeur: (c) => CONSTATS[c.constat] },
]

function Rapport({ id }: { id: string }) {
  const lu = useApi(lireCampagne, { params: { campagne: id as never } }, { rafraichir: 5000 })
  if (lu.error)
    return (
      <Encart etat="bloquant" titre="Le rapport n’a pas pu être lu">
        {lu.error.message}
      </Encart>
    )
  if (!lu.data) return <p className="bq-discret">Lecture du rapport…</p>
  const { campagne: c, constats } = lu.data
  return (
    <section aria-labelledby="rapport">
      <h2 id="rapport">Rapport du {formatInstant(c.lanceeLe)}</h2>
      <p>
        {compter(c.controles, 'document relu', 'documents relus')} chez {compter(c.faits, 'propriétaire')} sur{' '}
        {formatNombre(c.proprietaires)}.{' '}
        {constats.length === 0
          ? 'Tous sont tels que déposés.'
          : 'Ceux qui suivent ne sont plus servis à personne. Remettez leur fichier depuis une sauvegarde, ou depuis le double que l’employeur et le coffre gardent chacun.'}
      </p>
      {constats.length > 0 && (
        <Tableau
          nom="Documents abîmés"
          lignes={constats}
          cle={(x) => `${x.ou} ${x.reference}`}
          colonnes={colonnesConstats}
          vide="Aucun."
        />
      )}
    </section>
  )
}
