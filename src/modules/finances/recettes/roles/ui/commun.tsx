import { ChampChoix, ChampJour, ChampNombre, ChampTexte, Formulaire, GroupeChamps, useApi } from '#ui'
import { lireCadre } from '../../../execution/http/cadre/contract.ts'
import { type RoleSaisi, zRoleSaisi } from '../contract.ts'

/** Name, dates and product of a rôle; the same form opens one, copies one, corrects one. */
export function FicheRole({
  initial,
  libelle,
  onEnvoyer,
  annuler,
}: {
  initial: Partial<RoleSaisi>
  libelle: string
  onEnvoyer: (v: RoleSaisi) => Promise<unknown>
  annuler?: () => void
}) {
  return (
    <Formulaire
      forme={zRoleSaisi}
      // a field of numbers holds text
      initial={{ edition: 'collectivite', ...initial, periode: String(initial.periode ?? 1) }}
      libelle={libelle}
      onEnvoyer={(v) => onEnvoyer(zRoleSaisi.parse(v))}
      {...(annuler ? { annuler } : {})}
    >
      <ChampTexte
        nom="libelle"
        libelle="Nom du rôle"
        aide="Il sera l’objet des avis, par exemple « Cantine d’octobre »"
        requis
      />
      <GroupeChamps colonnes={2}>
        <ChampJour nom="avisLe" libelle="Envoi des avis" requis />
        <ChampJour nom="echeance" libelle="À payer avant le" requis />
        <ChampJour nom="prelevementLe" libelle="Prélèvement le" aide="Vide : personne n’est prélevé" />
        <ChampTexte nom="produit" libelle="Code produit" aide="Quatre caractères, donnés par le comptable" requis />
        <ChampChoix
          nom="edition"
          libelle="Qui envoie les avis"
          choix={[
            { valeur: 'collectivite', libelle: 'La collectivité' },
            { valeur: 'dgfip', libelle: 'La DGFiP, avec le flux' },
          ]}
          requis
        />
        <ChampNombre nom="periode" libelle="Période" aide="Un chiffre, de 0 à 9 : le trimestre, par exemple" requis />
      </GroupeChamps>
    </Formulaire>
  )
}

/** Accounts of the budget of an object, whatever the page was opened with. */
export function useArticles(de: { budgetId: string; annee: number }, sens: 'D' | 'R') {
  const { data } = useApi(lireCadre, { query: { budget: de.budgetId as never, annee: de.annee as never } })
  return {
    assujetti: data?.budgets.find((b) => b.id === de.budgetId)?.assujettiTva ?? false,
    articles: (data?.articles[sens] ?? []).map((a) => ({ valeur: a.nature, libelle: `${a.nature} ${a.libelle}` })),
  }
}
