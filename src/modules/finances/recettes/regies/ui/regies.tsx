import '../../../execution/ui/execution.css'
import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import { Bouton, type Colonne, Etat, hasDroit, Page, Tableau, useAction, useAller, useApi, useSession } from '#ui'
import { SansCadre, useCadre } from '../../../execution/ui/commun.tsx'
import { GENRES_REGIE } from '../contract.ts'
import { enregistrerRegie, listerRegies, type RegieResume } from '../http/contract.ts'
import { FicheRegie } from './reglages.tsx'

const colonnes: readonly Colonne<RegieResume>[] = [
  { cle: 'libelle', titre: 'Régie', valeur: (r) => r.libelle },
  {
    cle: 'etat',
    titre: 'État',
    valeur: (r) => (r.alertes.length > 0 ? r.alertes[0]!.message : 'En règle'),
    rendu: (r) =>
      r.alertes.length > 0 ? <Etat etat="attention">{r.alertes[0]!.message}</Etat> : <Etat etat="fait">En règle</Etat>,
  },
  { cle: 'encaisse', titre: 'Encaisse', valeur: (r) => r.encaisse, genre: 'montant' },
  { cle: 'avance', titre: 'Avance', valeur: (r) => r.avance, genre: 'montant' },
  { cle: 'attente', titre: 'À régulariser', valeur: (r) => r.aRegulariser, genre: 'montant' },
  { cle: 'code', titre: 'Code', valeur: (r) => r.code, masquee: true },
  { cle: 'genre', titre: 'Genre', valeur: (r) => GENRES_REGIE[r.genre], filtre: 'choix', masquee: true },
]

export default function Regies() {
  const aller = useAller()
  const q = useApi(listerRegies)
  const { cadre, choix, erreur } = useCadre()
  const administre = hasDroit(useSession(), 'finances.administrer')
  const [nouvelle, setNouvelle] = useState(false)
  const action = useAction(enregistrerRegie, { invalidates: [listerRegies] })
  const [id] = useState(() => newId<'Regie'>())
  return (
    <Page
      titre="Régies"
      sousTitre="L’argent que des agents encaissent ou paient pour la collectivité."
      fil={[{ libelle: 'Recettes', vers: '/finances/recettes' }]}
      {...(administre && !nouvelle
        ? {
            action: (
              <Bouton variante="principal" touche="n" onClick={() => setNouvelle(true)}>
                Nouvelle régie
              </Bouton>
            ),
          }
        : {})}
    >
      {nouvelle && (
        <>
          {choix}
          {cadre ? (
            <FicheRegie
              initial={{ genre: 'recettes', joursVersement: 31, code: '', libelle: '' }}
              libelle="Ouvrir la régie"
              annuler={() => setNouvelle(false)}
              onEnvoyer={async (v) => {
                await action.mutateAsync({ body: { ...v, id, budgetId: cadre.budget as never } })
                aller(`/finances/recettes/regies/${id}`)
              }}
            />
          ) : (
            <SansCadre erreur={erreur} />
          )}
        </>
      )}
      <Tableau
        nom="Régies"
        lignes={q.data?.regies}
        cle={(r) => r.id}
        colonnes={colonnes}
        onOuvrir={(r) => aller(`/finances/recettes/regies/${r.id}`)}
        erreur={q.data ? null : q.error}
        vide="Aucune régie."
      />
    </Page>
  )
}
