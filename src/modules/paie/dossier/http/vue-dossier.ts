import { addMois, type Mois } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import { hasDroit } from '#socle/droits.ts'
import { readDateLimite } from '../calendrier/db/calendriers.ts'
import type { Dossier } from '../contract.ts'
import { countDossier, getDossier } from '../db/dossiers.ts'
import { totauxDuMois } from '../db/vues.ts'
import { allowedActes, DROIT_ACTE, estModifiable } from '../domain/dossier.ts'

const iso = (d: Date | null) => d?.toISOString() ?? null

/** The month as this person sees it: what she may do now is decided here, never by the screen. */
export async function viewDossier(tx: Tx, acteur: Acteur, mois: Mois): Promise<Dossier> {
  const d = await getDossier(tx, mois)
  const c = await countDossier(tx, mois)
  return {
    mois: d.mois,
    etat: d.etat,
    actes: allowedActes(d.etat).filter((a) => a !== 'diffuser' && hasDroit(acteur, DROIT_ACTE[a])),
    estModifiable: estModifiable(d.etat),
    estPerime: c.bulletins > 0 && c.perime,
    dateLimiteDepot: await readDateLimite(tx, mois),
    calculeLe: iso(d.calcule_le),
    calculePar: d.calcule_par,
    calculEnCours:
      d.calcul_id && d.calcul_depuis ? { par: d.calcul_par ?? '', depuis: d.calcul_depuis.toISOString() } : null,
    envoyeLe: iso(d.envoye_le),
    envoyePar: d.envoye_par,
    taciteLe: iso(d.tacite_le),
    approuveLe: iso(d.approuve_le),
    approuvePar: d.approuve_par,
    motifRenvoi: d.motif_renvoi,
    empreinte: d.empreinte,
    diffuseLe: iso(d.diffuse_le),
    closLe: iso(d.clos_le),
    closPar: d.clos_par,
    compteurs: {
      agents: c.agents,
      bulletins: c.bulletins,
      editions: c.editions,
      pieces: c.pieces,
      piecesALire: c.pieces_a_lire,
      questions: c.questions,
      variables: c.variables,
      anomalies: c.anomalies,
      bloquantes: c.bloquantes,
      rappels: c.rappels,
      complements: c.complements,
    },
    totaux: { brut: c.brut, cotisations: c.cotisations, netAPayer: c.net_a_payer, cout: c.cout },
    totauxPrecedents: await totauxDuMois(tx, addMois(mois, -1)),
  }
}
