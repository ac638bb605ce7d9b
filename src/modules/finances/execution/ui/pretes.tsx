import { useState } from 'react'
import { newId } from '#socle/ids.ts'
import {
  Bouton,
  type Colonne,
  compter,
  Encart,
  Etat,
  formatMontant,
  signaler,
  Tableau,
  useAction,
  useAller,
  useApi,
} from '#ui'
import { envoyerBordereau, listerBordereaux } from '../http/bordereaux/contract.ts'
import { lireDisponible } from '../http/cadre/contract.ts'
import { listerFactures } from '../http/factures/contract.ts'
import { abandonner, type LiquidationVue, listerLiquidations } from '../http/liquidations/contract.ts'
import { Anomalies, type Cadre } from './commun.tsx'

const bloquante = (l: LiquidationVue) => l.anomalies.some((a) => a.bloquante)
const colonnes: readonly Colonne<LiquidationVue>[] = [
  // a titre of a régie or of a rôle has no debtor of its own
  { cle: 'tiers', titre: 'Tiers', valeur: (l) => l.tiers || l.objet },
  { cle: 'ttc', titre: 'Montant', valeur: (l) => l.ttc, genre: 'montant', total: (ls) => total(ls) },
  {
    cle: 'etat',
    titre: 'Contrôle',
    valeur: (l) => (l.motif ? 'Renvoyée' : bloquante(l) ? 'À corriger' : 'Prête'),
    rendu: (l) =>
      bloquante(l) ? (
        <Etat etat="bloquant">À corriger</Etat>
      ) : l.motif ? (
        <Etat etat="attention">Renvoyée</Etat>
      ) : (
        <Etat etat="fait">Prête</Etat>
      ),
  },
  { cle: 'objet', titre: 'Objet', valeur: (l) => l.objet },
  { cle: 'nature', titre: 'Article', valeur: (l) => l.nature, masquee: true },
  { cle: 'echeance', titre: 'À envoyer avant le', valeur: (l) => l.echeance, genre: 'jour', masquee: true },
]
const total = (ls: readonly LiquidationVue[]) =>
  (Number(ls.reduce((s, l) => s + BigInt(Math.round(Number(l.ttc) * 100)), 0n)) / 100).toFixed(2)

/** Pieces that wait for a bordereau: all that are good leave at once. */
export function Pretes({ cadre, sens }: { cadre: Cadre; sens: 'D' | 'R' }) {
  const aller = useAller()
  const lues = useApi(listerLiquidations, {
    query: { budget: cadre.budget as never, annee: cadre.annee as never, sens },
  })
  const [ouverte, setOuverte] = useState<string>()
  const envoi = useAction(envoyerBordereau, { invalidates: [listerLiquidations, listerBordereaux] })
  const abandon = useAction(abandonner, { invalidates: [listerLiquidations, listerFactures, lireDisponible] })
  const lignes = lues.data?.liquidations
  const bonnes = lignes?.filter((l) => !bloquante(l)) ?? []
  const choisie = lignes?.find((l) => l.id === ouverte)
  const mot = sens === 'D' ? 'mandat' : 'titre'
  const partir = async (liste: readonly LiquidationVue[]) => {
    const id = newId<'Bordereau'>()
    await envoi.mutateAsync({ body: { id, liquidations: liste.map((l) => l.id) } })
    signaler(`Bordereau de ${compter(liste.length, mot)} envoyé à la signature.`)
    aller(`/finances/bordereaux/${id}`)
  }
  // pieces of two kinds of bordereau leave on two bordereaux
  const lots = [...Map.groupBy(bonnes, (l) => l.typeBordereau)].sort(([a], [b]) => (a < b ? -1 : 1))
  return (
    <section className="bq-pile" aria-label="Prêtes pour un bordereau">
      <h2>Prêtes pour un bordereau</h2>
      {envoi.error && (
        <Encart etat="bloquant" titre="Le bordereau n’est pas parti">
          {envoi.error.message}
        </Encart>
      )}
      <Tableau
        nom="Pièces prêtes"
        lignes={lignes}
        cle={(l) => l.id}
        colonnes={colonnes}
        local
        recherche={false}
        onOuvrir={(l) => setOuverte(l.id === ouverte ? undefined : l.id)}
        ouverte={ouverte}
        erreur={lues.data ? null : lues.error}
        vide={`Aucun ${mot} n’attend. Ce que vous liquidez à gauche se range ici.`}
        selection={(choisies, effacer) => (
          <Bouton enCours={envoi.isPending} onClick={() => partir(choisies).then(effacer, () => {})}>
            Envoyer la sélection à la signature
          </Bouton>
        )}
      />
      {choisie && (
        <div className="bq-pile-serree">
          <h3>
            {choisie.objet}, {formatMontant(choisie.ttc)}
          </h3>
          {choisie.motif && (
            <Encart etat="attention" titre="Renvoyée">
              {choisie.motif}
            </Encart>
          )}
          <Anomalies liste={choisie.anomalies} />
          <p className="bq-discret bq-petit">Liquidée par {choisie.liquidePar}.</p>
          <div className="bq-rangee">
            <Bouton
              variante="discret"
              enCours={abandon.isPending}
              onClick={() =>
                abandon.mutate(
                  { params: { liquidation: choisie.id as never }, body: { motif: 'Reprise de la saisie' } },
                  { onSuccess: () => signaler('Pièce retirée : son crédit et sa facture sont libérés.') },
                )
              }
            >
              Retirer cette pièce
            </Bouton>
          </div>
          {abandon.error && <Encart etat="bloquant">{abandon.error.message}</Encart>}
        </div>
      )}
      <div className="bq-rangee">
        {lots.map(([type, lot]) => (
          <Bouton
            key={type}
            variante="principal"
            touche={type === '02' ? 'a' : 'e'}
            enCours={envoi.isPending}
            onClick={() => partir(lot).catch(() => {})}
          >
            {`Envoyer ${type === '02' ? compter(lot.length, 'annulation') : compter(lot.length, mot)} à la signature, ${formatMontant(total(lot))}`}
          </Bouton>
        ))}
      </div>
    </section>
  )
}
