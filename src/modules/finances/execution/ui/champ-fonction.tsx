import { ChampChoix, useApi } from '#ui'
import { lireCadre } from '../http/cadre/contract.ts'

/** The function of a line: needed where the budget is voted by function, possible in the complete edition, else unseen. */
export function ChampFonction({
  de,
  ...champ
}: {
  de: { budgetId: string; annee: number }
  nom?: string
  valeur?: string
  onValeur?: (fonction: string) => void
  largeur?: string
}) {
  const { data } = useApi(lireCadre, { query: { budget: de.budgetId as never, annee: de.annee as never } })
  if (!data || data.fonction === 'absente') return null
  return (
    <ChampChoix
      {...champ}
      libelle="Fonction"
      requis={data.fonction === 'requise'}
      {...(data.fonction === 'requise'
        ? { aide: 'Elle donne le chapitre ; 01 pour les impôts, les dotations et les emprunts' }
        : {})}
      choix={data.fonctions.map((f) => ({ valeur: f.code, libelle: `${f.code} ${f.libelle}` }))}
    />
  )
}
