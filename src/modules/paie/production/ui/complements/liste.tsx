import { IconPlus } from '@tabler/icons-react'
import {
  Bouton,
  type Colonne,
  compter,
  deMois,
  Encart,
  Etat,
  hasDroit,
  Montant,
  Tableau,
  useApi,
  usePanneau,
  useSession,
} from '#ui'
import { estGestionnaire } from '../../../dossier/ui/gestion/acces.ts'
import { LIBELLES_ETAT_COMPLEMENT, LIBELLES_GENRE, listerComplements } from '../../complements/contract.ts'
import { ETATS_COMPLEMENT } from './libelles.ts'
import { OuvrirComplement } from './ouvrir.tsx'

type Liste = (typeof listerComplements)['reply']['_output']
type Ligne = Liste['principale'] & { rang: number; nom: string; complement?: Liste['complements'][number] }

const colonnes: readonly Colonne<Ligne>[] = [
  { cle: 'rang', titre: 'N°', valeur: (l) => l.rang, genre: 'nombre' },
  {
    cle: 'nom',
    titre: 'Production',
    largeur: 'clamp(12rem, 26vw, 24rem)',
    valeur: (l) => l.nom,
    rendu: (l) => (
      <span>
        {l.nom}
        {l.complement && <span className="bq-discret"> · {l.complement.motif}</span>}
      </span>
    ),
  },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (l) => l.complement?.etat ?? null,
    rendu: (l) =>
      l.complement && (
        <Etat etat={ETATS_COMPLEMENT[l.complement.etat]}>{LIBELLES_ETAT_COMPLEMENT[l.complement.etat]}</Etat>
      ),
  },
  { cle: 'bulletins', titre: 'Bulletins', valeur: (l) => l.bulletins, genre: 'nombre' },
  { cle: 'net', titre: 'Net à payer', valeur: (l) => l.netAPayer, genre: 'montant' },
  { cle: 'cout', titre: 'Coût', valeur: (l) => l.cout, genre: 'montant' },
]

/** The productions of a month, and what it has paid in all. */
export function Complements({ mois }: { mois: string }) {
  const q = useApi(listerComplements, { params: { mois } }, { rafraichir: 30_000 })
  const vue = useSession()
  const { open } = usePanneau()
  if (q.error && !q.data) return <Encart etat="attention">{q.error.message}</Encart>
  if (!q.data) return <p className="bq-discret">Lecture des productions…</p>
  const { principale, complements, total, refus } = q.data
  const possibles = (['complementaire', 'urgence'] as const).filter((g) => refus[g] === null)
  const lignes: Ligne[] = [
    { ...principale, rang: 1, nom: 'Paie du mois' },
    ...complements.map((c) => ({ ...c.totaux, rang: c.rang, nom: LIBELLES_GENRE[c.genre], complement: c })),
  ]
  return (
    <div className="bq-pile">
      {hasDroit(vue, 'paie.calculer') &&
        (possibles.length > 0 ? (
          <div>
            <Bouton
              icone={IconPlus}
              onClick={() =>
                open({
                  titre: `Nouvelle production, paie ${deMois(mois)}`,
                  contenu: <OuvrirComplement mois={mois} genres={possibles} />,
                })
              }
            >
              Nouvelle production
            </Bouton>
          </div>
        ) : (
          <p className="bq-discret">{refus.complementaire}</p>
        ))}
      <Tableau
        nom={`Productions ${deMois(mois)}`}
        lignes={lignes}
        cle={(l) => String(l.rang)}
        colonnes={colonnes}
        local
        vers={(l) =>
          l.complement
            ? `/paie/complements/${mois}/${l.rang}`
            : `/${estGestionnaire(vue) ? 'paie/gestion' : 'approbation'}/${mois}`
        }
        vide="Aucune production."
      />
      {complements.length > 0 && total.bulletins > 0 && (
        <p>
          En tout, {compter(total.bulletins, 'bulletin approuvé', 'bulletins approuvés')} pour{' '}
          <Montant valeur={total.netAPayer} /> net à payer et <Montant valeur={total.cout} /> de coût.
        </p>
      )}
    </div>
  )
}
