import '../../execution/ui/execution.css'
import { IconBuildingBank, IconCashRegister, IconFileX, IconListDetails, IconRepeat } from '@tabler/icons-react'
import {
  ChampTexte,
  Encart,
  Etat,
  Formulaire,
  GroupeChamps,
  hasDroit,
  Lien,
  Page,
  signaler,
  useAction,
  useApi,
  useSession,
} from '#ui'
import { SansCadre, useCadre } from '../../execution/ui/commun.tsx'
import { zReglagesRecettes } from '../reglages/contract.ts'
import { ecrireReglagesRecettes, lireReglagesRecettes, listerAFaireRecettes } from '../reglages/http/contract.ts'

const SUJETS = [
  {
    vers: '/finances/recettes/roles',
    titre: 'Rôles',
    icone: IconListDetails,
    dit: 'Facturer beaucoup de personnes d’un coup : cantine, eau, loyers. Les avis, le bordereau et le titre en une signature.',
  },
  {
    vers: '/finances/recettes/prelevements',
    titre: 'Prélèvements',
    icone: IconRepeat,
    dit: 'Les mandats que les usagers ont signés, contrôlés à deux.',
  },
  {
    vers: '/finances/recettes/regies',
    titre: 'Régies',
    icone: IconCashRegister,
    dit: 'Le journal de caisse, les quittances, les versements, le contrôle de la caisse.',
  },
  {
    vers: '/finances/recettes/encaissements',
    titre: 'Encaissements à titrer',
    icone: IconBuildingBank,
    dit: 'L’argent que le comptable a reçu avant le titre (P503).',
  },
  {
    vers: '/finances/recettes/non-valeurs',
    titre: 'Non-valeurs',
    icone: IconFileX,
    dit: 'Les créances que le comptable ne peut plus recouvrer, et leur vote.',
  },
] as const

/** What comes in, by the way it comes; what waits is said beside. */
export default function Recettes() {
  const aFaire = useApi(listerAFaireRecettes)
  const { cadre, choix, erreur } = useCadre()
  const vue = useSession()
  return (
    <Page titre="Recettes">
      <ul className="bq-pile" style={{ listStyle: 'none', padding: 0, margin: 0 }}>
        {SUJETS.map(({ vers, titre, icone: Icone, dit }) => {
          const attente = aFaire.data?.aFaire.filter((a) => a.vers.startsWith(vers)) ?? []
          return (
            <li key={vers} className="bq-pile-serree">
              <div className="bq-rangee">
                <Icone size={22} stroke={1.75} aria-hidden="true" />
                <Lien vers={vers}>
                  <strong>{titre}</strong>
                </Lien>
              </div>
              <p className="bq-discret">{dit}</p>
              {attente.map((a) => (
                <p key={a.id} className="bq-rangee">
                  <Etat etat={a.etat}>{a.etat === 'aFaire' ? 'À faire' : 'Attention'}</Etat>
                  <Lien vers={a.vers}>{a.libelle}</Lien>
                </p>
              ))}
            </li>
          )
        })}
      </ul>
      {hasDroit(vue, 'finances.administrer') && (
        <details>
          <summary>Réglages donnés par le comptable</summary>
          {choix}
          {cadre ? <Reglages key={cadre.budget} budget={cadre.budget} /> : <SansCadre erreur={erreur} />}
        </details>
      )}
    </Page>
  )
}

function Reglages({ budget }: { budget: string }) {
  const lu = useApi(lireReglagesRecettes, { query: { budget: budget as never } })
  const action = useAction(ecrireReglagesRecettes, { invalidates: [lireReglagesRecettes] })
  if (!lu.data)
    return lu.error ? <Encart etat="bloquant">{lu.error.message}</Encart> : <p className="bq-discret">Lecture…</p>
  return (
    <Formulaire
      forme={zReglagesRecettes}
      initial={lu.data}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ body: { ...v, budget: budget as never } })
        signaler('Réglages enregistrés.')
      }}
    >
      <GroupeChamps titre="Paiement en ligne (PayFiP)" colonnes={2}>
        <ChampTexte
          nom="payfipNumcli"
          libelle="Identifiant de la collectivité"
          aide="Six chiffres ; vide, pas de paiement en ligne"
        />
        <ChampTexte nom="payfipAdresse" libelle="Adresse du site" requis />
        <ChampTexte
          nom="payfipTitre"
          libelle="Référence d’un titre"
          aide="Forme d’usage, à vérifier avec le comptable : {exercice:4} est l’exercice sur quatre chiffres"
          requis
        />
        <ChampTexte
          nom="payfipRole"
          libelle="Référence d’un article de rôle"
          aide="{bordereau:5} est le numéro du rôle"
          requis
        />
      </GroupeChamps>
      <GroupeChamps titre="Rôles et prélèvements" colonnes={2}>
        <ChampTexte
          nom="ormcOperande"
          libelle="Code nature du rôle dans la clé"
          aide="Vide : le numéro du rôle. Les comptables n’ont pas tous le même usage : demandez-lui."
        />
        <ChampTexte
          nom="ics"
          libelle="Identifiant créancier SEPA (ICS)"
          aide="Treize caractères, par exemple FR12ZZZ123456"
        />
      </GroupeChamps>
    </Formulaire>
  )
}
