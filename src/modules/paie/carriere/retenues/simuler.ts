import { euros, inEuros, sum } from '#socle/argent.ts'
import { addMois, dernierJour, type Jour, moisOf, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { introuvable } from '#socle/refus.ts'
import type { JeuParametres } from '../../calcul/index.ts'
import { porteeOf } from '../actions/changer.ts'
import { type EffetChangement, type Entree, simulerChangement } from '../actions/simuler.ts'
import { codeRetenue, type Retenue, retenueDuMois } from './domain/retenue.ts'
import type { SaisieRetenue } from './retenues.ts'

/** First day, from this one, of which the pay is not approved yet. */
async function premierEffet(tx: Tx, depuis: Jour): Promise<Jour> {
  const { moisOuverts, moisFiges } = await porteeOf(tx, depuis)
  const dernier = moisFiges.at(-1)
  const premier = moisOuverts[0] ?? (dernier ? addMois(dernier, 1) : moisOf(depuis))
  return premier > moisOf(depuis) ? premierJour(premier) : depuis
}

/**
 * What the deduction would take before it is saved: from the first month that is still open, since those approved take
 * none afterwards.
 */
export async function simulerRetenue(
  tx: Tx,
  parametres: JeuParametres,
  carriereId: string,
  r: SaisieRetenue,
): Promise<EffetChangement> {
  const nouvelle: Retenue = {
    // not numbered yet: the numbers begin at one
    numero: 0,
    type: r.type,
    libelle: r.libelle,
    mensuel: r.mensuel ?? null,
    total: r.total ?? null,
    personnesACharge: r.personnesACharge,
    partPatronale: r.partPatronale ?? null,
  }
  const prendre: Entree = (mois, c, faits) => {
    if (r.depuis > dernierJour(mois) || (r.jusqua && r.jusqua <= premierJour(mois))) return c
    const pris = faits.flatMap((b) =>
      b.lignes.flatMap((l) => (l.code === codeRetenue(nouvelle) && l.montant ? [euros(l.montant)] : [])),
    )
    const prise = retenueDuMois(nouvelle, inEuros(sum(pris)))
    return prise ? { ...c, retenues: [...c.retenues, prise] } : c
  }
  return simulerChangement(tx, parametres, carriereId, await premierEffet(tx, r.depuis), (etat) => etat, prendre)
}

/** What its end would give back, before it is saved. */
export async function simulerFinRetenue(
  tx: Tx,
  parametres: JeuParametres,
  id: string,
  jusqua: Jour,
): Promise<EffetChangement> {
  const r = await tx
    .selectFrom('app.paie_retenue')
    .select(['carriere_id', 'type', 'numero'])
    .where('id', '=', id)
    .executeTakeFirst()
  if (!r) throw introuvable('Cette retenue')
  const oter: Entree = (mois, c) =>
    jusqua > premierJour(mois) ? c : { ...c, retenues: c.retenues.filter((x) => x.code !== codeRetenue(r)) }
  return simulerChangement(tx, parametres, r.carriere_id, await premierEffet(tx, jusqua), (etat) => etat, oter)
}
