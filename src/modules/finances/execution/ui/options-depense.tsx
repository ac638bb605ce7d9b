import { ChampChoix, ChampMontant, ChampTexte, Encart, GroupeChamps, Lien } from '#ui'
import type { Cadre } from './commun.tsx'

/** Why somebody else is paid, as the comptable reads it. */
const MOTIFS = [
  'Cession de créance',
  'Affacturage',
  'Opposition ou saisie',
  'Sous-traitant payé directement',
  'Subrogation',
]

/** What the screen may choose: cancellations, ordre and guarantees are made by their own acts. */
const proposables = (cadre: Cadre) =>
  cadre.vue.triplets.D.filter(({ triplet }) => triplet.startsWith('01-') && !/^01-(02|03|04)-|-12$|-08$/.test(triplet))

export const apresPaiement = (triplet: string) => triplet.startsWith('01-05-')

/** Type and nature that the server cannot guess: a section is read from the articles. */
export function pieceOfTriplet(triplet: string | undefined) {
  if (!triplet) return {}
  const [, typePiece, naturePiece] = triplet.split('-') as [string, string, string]
  return { typePiece, ...(naturePiece === '01' || naturePiece === '02' ? {} : { naturePiece }) }
}

/** The less usual expenses: another kind of piece, another payee, a guarantee kept, money already taken. */
export function OptionsDepense({
  cadre,
  tiers,
  triplet,
  onTriplet,
  payeId,
  onPaye,
  ouvertes,
}: {
  cadre: Cadre
  tiers: readonly { valeur: string; libelle: string }[]
  triplet: string
  onTriplet: (t: string) => void
  payeId: string
  onPaye: (id: string) => void
  ouvertes: boolean
}) {
  const choisi = cadre.vue.triplets.D.find((t) => t.triplet === triplet)
  return (
    <details open={ouvertes || undefined}>
      <summary>Type de pièce, marché, autre bénéficiaire</summary>
      <div className="bq-pile fin-options">
        <ChampChoix
          nom="triplet"
          libelle="Type de pièce"
          aide="Laissez vide pour un mandat ordinaire"
          valeur={triplet}
          onValeur={onTriplet}
          choix={proposables(cadre).map((t) => ({ valeur: t.triplet, libelle: `${t.libelle} (${t.triplet})` }))}
        />
        {choisi && !choisi.verifie && (
          <p className="bq-discret">
            Association tirée de l’usage : confirmez-la avec le comptable à la première pièce.{' '}
            <Lien vers="/finances/types-de-pieces">Types de pièces</Lien>
          </p>
        )}
        {apresPaiement(triplet) && (
          <ChampTexte
            nom="paiement"
            libelle="Opération du comptable à régulariser"
            requis
            aide="Le numéro du débit d’office, sur le P503 ou le relevé du comptable"
          />
        )}
        <GroupeChamps colonnes={2}>
          <ChampTexte nom="marche" libelle="Marché n°" />
          <ChampMontant nom="retenueGarantie" libelle="Retenue de garantie" aide="5 % au plus ; un mandat à part" />
        </GroupeChamps>
        <GroupeChamps colonnes={2}>
          <ChampChoix
            nom="beneficiaireId"
            libelle="Payé à un autre que le créancier"
            valeur={payeId}
            onValeur={onPaye}
            choix={tiers}
          />
          {payeId !== '' && (
            <ChampChoix
              nom="beneficiaireMotif"
              libelle="Pourquoi"
              requis
              choix={MOTIFS.map((m) => ({ valeur: m, libelle: m }))}
            />
          )}
        </GroupeChamps>
        {payeId !== '' && (
          <Encart etat="attention">
            L’argent ira au compte du bénéficiaire ; les écritures gardent le créancier. Joignez l’acte (notification,
            jugement, acte spécial).
          </Encart>
        )}
      </div>
    </details>
  )
}
