import { euros, inEuros, sum } from '#socle/argent.ts'
import { addMois, dernierJour, moisOf, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { JeuParametres } from '../../calcul/index.ts'
import { porteeOf } from '../actions/changer.ts'
import { type EffetChangement, type Entree, simulerChangement } from '../actions/simuler.ts'
import { codeRetenue, type Retenue, retenueDuMois } from './domain/retenue.ts'
import type { SaisieRetenue } from './retenues.ts'

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
  const { moisOuverts, moisFiges } = await porteeOf(tx, r.depuis)
  const dernier = moisFiges.at(-1)
  const premier = moisOuverts[0] ?? (dernier ? addMois(dernier, 1) : moisOf(r.depuis))
  const debut = premier > moisOf(r.depuis) ? premierJour(premier) : r.depuis
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
  return simulerChangement(tx, parametres, carriereId, debut, (etat) => etat, prendre)
}
