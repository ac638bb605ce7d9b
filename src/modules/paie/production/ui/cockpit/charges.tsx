import './cockpit.css'
import { IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  annulable,
  aujourdhuiAParis,
  Bouton,
  ChampJour,
  type Colonne,
  compter,
  formatJour,
  Tableau,
  useAction,
  useApi,
  usePanneau,
} from '#ui'
import { type Charge, finirRemplacement, lireCockpit, remplacer } from '../../cockpit/contract.ts'

const nombre = (cle: string, titre: string, lire: (c: Charge) => number): Colonne<Charge> => ({
  cle,
  titre,
  valeur: (c) => lire(c) || null,
  genre: 'nombre',
  total: (l) => l.reduce((n, c) => n + lire(c), 0),
})

const colonnes: readonly Colonne<Charge>[] = [
  { cle: 'gestionnaire', titre: 'Gestionnaire', valeur: (c) => c.gestionnaire },
  { cle: 'portefeuille', titre: 'Portefeuille', valeur: (c) => c.portefeuille },
  nombre('collectivites', 'Collectivités', (c) => c.collectivites),
  nombre('bulletins', 'Bulletins', (c) => c.bulletins),
  nombre('aFaire', 'À faire', (c) => c.aFaire),
  nombre('enRetard', 'En retard', (c) => c.enRetard),
  nombre('piecesALire', 'Pièces à lire', (c) => c.piecesALire),
  nombre('questions', 'Questions', (c) => c.questions),
  {
    cle: 'remplacement',
    titre: 'Remplacement',
    valeur: (c) =>
      c.remplacements.map((r) => `${r.remplacant}, du ${formatJour(r.depuis)} au ${formatJour(r.jusqua)}`).join(' ; '),
    rendu: (c) => <Remplacement charge={c} />,
  },
]

/** Load of the officers. A replacement is two presses: « Remplacer », then who. */
export function Charges({ charges, peutRemplacer }: { charges: readonly Charge[]; peutRemplacer: boolean }) {
  return (
    <Tableau
      nom="Charge par gestionnaire"
      lignes={charges}
      cle={(c) => c.portefeuilleId}
      colonnes={peutRemplacer ? colonnes : colonnes.slice(0, -1)}
      recherche={false}
    />
  )
}

function Remplacement({ charge: c }: { charge: Charge }) {
  const { open, close } = usePanneau()
  const fin = useAction(finirRemplacement, { invalidates: [lireCockpit] })
  const [r] = c.remplacements
  if (r)
    return (
      <span className="bq-rangee">
        <span>
          {r.remplacant}, jusqu’au {formatJour(r.jusqua)}
        </span>
        <Bouton
          variante="discret"
          enCours={fin.isPending}
          onClick={() =>
            fin.mutate({ params: { portefeuille: c.portefeuilleId as never, remplacement: r.id as never } })
          }
        >
          Y mettre fin
        </Bouton>
      </span>
    )
  return (
    <Bouton
      variante="discret"
      icone={IconUsers}
      onClick={() =>
        open({ titre: `Remplacer ${c.gestionnaire}`, contenu: <ChoixRemplacant charge={c} fermer={close} /> })
      }
    >
      Remplacer
    </Bouton>
  )
}

const JOURS = 14
const plus = (jour: string, jours: number) => new Date(Date.parse(jour) + jours * 86_400_000).toISOString().slice(0, 10)

/** The officers, the least loaded first: pressing one gives him the portfolio. */
function ChoixRemplacant({ charge: c, fermer }: { charge: Charge; fermer: () => void }) {
  const aujourdhui = aujourdhuiAParis()
  const [depuis, setDepuis] = useState<string>(aujourdhui)
  const [jusqua, setJusqua] = useState<string>(plus(aujourdhui, JOURS))
  const q = useCharges()
  const ajout = useAction(remplacer, { invalidates: [lireCockpit] })
  const fin = useAction(finirRemplacement, { invalidates: [lireCockpit] })
  const parPersonne = [...Map.groupBy(q, (x) => x.gestionnaireId)].flatMap(([id, l]) =>
    id === c.gestionnaireId
      ? []
      : [
          {
            id,
            nom: l[0]!.gestionnaire,
            aFaire: l.reduce((n, x) => n + x.aFaire, 0),
            bulletins: l.reduce((n, x) => n + x.bulletins, 0),
          },
        ],
  )
  const confier = async (remplacantId: string, nom: string) => {
    const id = newId<'Remplacement'>()
    const params = { portefeuille: c.portefeuilleId as never }
    await ajout.mutateAsync({ params, body: { id, remplacantId, depuis, jusqua, motif: '' } })
    fermer()
    annulable(`Le portefeuille « ${c.portefeuille} » est confié à ${nom} jusqu’au ${formatJour(jusqua)}.`, () =>
      fin.mutate({ params: { ...params, remplacement: id } }),
    )
  }
  return (
    <div className="bq-pile">
      <p>
        {compter(c.collectivites, 'collectivité')}, {compter(c.bulletins, 'bulletin')}. La personne choisie y travaille
        dès le premier jour, et plus du tout après.
      </p>
      <ChampJour libelle="Premier jour" valeur={depuis} onValeur={setDepuis} />
      <ChampJour libelle="Retour le" valeur={jusqua} onValeur={setJusqua} />
      {ajout.error && <p className="bq-erreur">{ajout.error.message}</p>}
      <ul className="paie-remplacants">
        {parPersonne
          .sort((a, b) => a.aFaire - b.aFaire || a.bulletins - b.bulletins)
          .map((p) => (
            <li key={p.id}>
              <span>
                {p.nom}
                <br />
                <span className="bq-discret bq-petit">
                  {compter(p.aFaire, 'mois à faire', 'mois à faire', 'rien à faire')},{' '}
                  {compter(p.bulletins, 'bulletin')}
                </span>
              </span>
              <Bouton enCours={ajout.isPending} onClick={() => void confier(p.id, p.nom).catch(() => undefined)}>
                Confier
              </Bouton>
            </li>
          ))}
      </ul>
    </div>
  )
}

function useCharges(): readonly Charge[] {
  return useApi(lireCockpit, { query: {} }).data?.charges ?? []
}
