import { ChampChoix, formatMois, useAller, useApi } from '#ui'
import { type Dossier, listerDossiers } from '../../contract.ts'

const MOTS: Record<Dossier['etat'], string> = {
  ouvert: 'ouvert',
  calcule: 'calculé',
  aApprouver: 'à approuver',
  renvoye: 'renvoyé',
  approuve: 'approuvé',
  diffuse: 'remis',
  clos: 'clos',
}

/** The months of the body, the last one first; choosing one goes to its page. */
export function ChoixMois({ mois, base }: { mois: string; base: string }) {
  const lus = useApi(listerDossiers, {}, { rafraichir: 15_000 })
  const aller = useAller()
  const choix = (lus.data?.dossiers ?? [{ mois, etat: undefined }]).map((d) => ({
    valeur: d.mois,
    libelle: d.etat ? `${formatMois(d.mois)}, ${MOTS[d.etat]}` : formatMois(d.mois),
  }))
  return (
    <ChampChoix
      libelle="Mois"
      choix={choix}
      valeur={mois}
      effacable={false}
      largeur="17rem"
      onValeur={(m) => m !== '' && aller(`${base}/${m}`)}
    />
  )
}
