import { ChampMontant, ChampNombre, ChampTexte, Formulaire, GroupeChamps, signaler, useAction, useApi } from '#ui'
import { ecrireReglages, lireControles, lireReglages, listerEcarts } from '../../controles/contract.ts'

/** Thresholds of the body, in the panel on the right. */
export function Seuils({ fermer }: { fermer: () => void }) {
  const q = useApi(lireReglages)
  const ecriture = useAction(ecrireReglages, { invalidates: [lireReglages, lireControles, listerEcarts] })
  if (!q.data) return <p className="bq-discret">{q.error ? q.error.message : 'Lecture des seuils…'}</p>
  return (
    <Formulaire
      forme={ecrireReglages.body}
      initial={enTextes(q.data)}
      libelle="Enregistrer les seuils"
      annuler={fermer}
      onEnvoyer={async (body) => {
        await ecriture.mutateAsync({ body })
        signaler('Les seuils sont enregistrés.')
        fermer()
      }}
    >
      <GroupeChamps titre="Un écart de net est regardé à partir de">
        <ChampNombre nom="ecartNetPourcent" libelle="Part du net" unite="%" requis />
        <ChampMontant nom="ecartNetEuros" libelle="Et au moins" requis />
        <ChampNombre nom="grandEcartPourcent" libelle="Toujours montré au-delà" unite="%" requis />
        <ChampMontant nom="ecartLigneEuros" libelle="Une ligne, à partir de" requis />
      </GroupeChamps>
      <GroupeChamps titre="Pour tout l’organisme">
        <ChampNombre nom="massePourcent" libelle="Coût employeur" unite="%" requis />
        <ChampNombre nom="effectifPourcent" libelle="Nombre de bulletins" unite="%" requis />
      </GroupeChamps>
      <GroupeChamps titre="Accord tacite de l’ordonnateur">
        <ChampNombre nom="taciteJours" libelle="Délai" unite="jours" aide="Vide : jamais d’accord tacite." />
        <ChampTexte nom="taciteConvention" libelle="Article de la convention" />
      </GroupeChamps>
    </Formulaire>
  )
}

/** The fields hold what is typed. */
const enTextes = (r: object) =>
  Object.fromEntries(Object.entries(r).map(([k, v]) => [k, typeof v === 'number' ? String(v) : v]))
