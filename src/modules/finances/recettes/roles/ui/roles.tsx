import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { addJours, type Jour } from '#socle/dates.ts'
import { newId } from '#socle/ids.ts'
import {
  aujourdhuiAParis,
  Bouton,
  type Colonne,
  Etat,
  hasDroit,
  type NomEtat,
  Page,
  signaler,
  Tableau,
  useAction,
  useAller,
  useApi,
  useSession,
} from '#ui'
import { type Cadre, SansCadre, useCadre } from '../../../execution/ui/commun.tsx'
import { ETATS_ROLE } from '../contract.ts'
import { creerRole, listerRoles, type RoleResume } from '../http/contract.ts'
import { FicheRole } from './commun.tsx'

export const ETAT_ROLE: Record<RoleResume['etat'], NomEtat> = {
  brouillon: 'enAttente',
  aViser: 'aFaire',
  signe: 'fait',
  abandonne: 'fait',
}
const colonnes: readonly Colonne<RoleResume>[] = [
  { cle: 'libelle', titre: 'Rôle', valeur: (r) => r.libelle },
  { cle: 'numero', titre: 'N°', valeur: (r) => r.numero, genre: 'nombre' },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (r) => r.transmission || ETATS_ROLE[r.etat],
    rendu: (r) => <Etat etat={ETAT_ROLE[r.etat]}>{r.transmission || ETATS_ROLE[r.etat]}</Etat>,
    filtre: 'choix',
  },
  { cle: 'debiteurs', titre: 'Débiteurs', valeur: (r) => r.debiteurs, genre: 'nombre' },
  { cle: 'total', titre: 'Total', valeur: (r) => r.total, genre: 'montant' },
  { cle: 'reste', titre: 'Reste à encaisser', valeur: (r) => r.reste, genre: 'montant' },
  { cle: 'echeance', titre: 'À payer avant', valeur: (r) => r.echeance, genre: 'jour' },
]

export default function Roles() {
  const { cadre, choix, erreur } = useCadre()
  const liquide = hasDroit(useSession(), 'finances.liquider')
  const [nouveau, setNouveau] = useState(false)
  return (
    <Page
      titre="Rôles"
      sousTitre="Une liste de débiteurs, une signature : les avis, le bordereau ORMC et le titre récapitulatif."
      fil={[{ libelle: 'Recettes', vers: '/finances/recettes' }]}
      actions={choix}
      {...(liquide && cadre && !nouveau
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setNouveau(true)}>
                Nouveau rôle
              </Bouton>
            ),
          }
        : {})}
    >
      {cadre ? (
        <>
          {nouveau && <Nouveau cadre={cadre} onFermer={() => setNouveau(false)} />}
          <Liste cadre={cadre} />
        </>
      ) : (
        <SansCadre erreur={erreur} />
      )}
    </Page>
  )
}

function Liste({ cadre }: { cadre: Cadre }) {
  const aller = useAller()
  const q = useApi(listerRoles, { query: { budget: cadre.budget as never, annee: cadre.annee as never } })
  return (
    <Tableau
      nom="Rôles"
      lignes={q.data?.roles}
      cle={(r) => r.id}
      colonnes={colonnes}
      onOuvrir={(r) => aller(`/finances/recettes/roles/${r.id}`)}
      erreur={q.data ? null : q.error}
      vide="Aucun rôle cette année. Ouvrez-en un, puis importez le tableur de la cantine ou des loyers."
    />
  )
}

function Nouveau({ cadre, onFermer }: { cadre: Cadre; onFermer: () => void }) {
  const aller = useAller()
  const [id] = useState(() => newId<'Role'>())
  const action = useAction(creerRole, { invalidates: [listerRoles] })
  const jour = aujourdhuiAParis() as Jour
  return (
    <FicheRole
      initial={{
        libelle: '',
        avisLe: addJours(jour, 7),
        echeance: addJours(jour, 37),
        produit: '',
        periode: 1,
        prelevementLe: null,
      }}
      libelle="Ouvrir le rôle"
      annuler={onFermer}
      onEnvoyer={async (v) => {
        await action.mutateAsync({ body: { ...v, id, budgetId: cadre.budget as never, annee: cadre.annee } })
        signaler('Rôle ouvert : ajoutez ses débiteurs.')
        aller(`/finances/recettes/roles/${id}`)
      }}
    />
  )
}
