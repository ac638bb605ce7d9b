import { formatJour, moisOf } from '#socle/dates.ts'
import { alsoInOrganisme, type Tx } from '#socle/db/base.ts'
import { type Acteur, hasDroit } from '#socle/droits.ts'
import { Refus } from '#socle/refus.ts'
import { jeuLivre, type ValeurPubliee } from '../../calcul/index.ts'
import { findDossier, noteActe, publishSuivi, touchDossier } from '../../dossier/db/dossiers.ts'
import {
  getProposition,
  insertActe,
  isServie,
  listPubliees,
  lockDecisions,
  type PropositionLue,
} from '../db/propositions.ts'
import { isSimulee, listMoisTouches } from '../db/simulations.ts'
import { type Acte, actesPermis, ecrireValeur, nextEtat } from '../domain/proposition.ts'

/**
 * Releases, turns down or takes back a proposed value. A release and its withdrawal reach the months that are computed
 * and not yet sent: their officer is asked to compute again. What is sent or approved does not move.
 * @throws Refus when the state or the four eyes forbid it
 */
export async function decider(
  tx: Tx,
  qui: Acteur,
  id: string,
  acte: Acte,
  { motif, libelle }: { motif: string; libelle: (code: string) => string },
): Promise<PropositionLue> {
  await lockDecisions(tx, qui.organismeId)
  const p = await getProposition(tx, id)
  const peutPublier = hasDroit(qui, 'parametres.publier')
  if (!nextEtat(p.etat, acte))
    throw new Refus(
      'parametres.acteImpossible',
      'Cette valeur a déjà été publiée, refusée ou retirée. Rechargez la page.',
    )
  if (!actesPermis(p.etat, { proposePar: p.proposePar, personne: qui.personneId, peutPublier }).includes(acte))
    throw new Refus(
      'parametres.quatreYeux',
      acte === 'retirer'
        ? 'Seule la personne qui a proposé cette valeur peut la retirer avant sa publication.'
        : 'Vous avez proposé cette valeur : une autre personne doit la publier ou la refuser.',
      { status: 403 },
    )
  if (acte === 'publier' && !(await isSimulee(tx, id)))
    throw new Refus(
      'parametres.sansSimulation',
      'Simulez d’abord l’effet de cette valeur sur les bulletins, et lisez-le : la publication vient ensuite.',
    )
  if (acte === 'publier') await verifyEnsemble(tx, p.valeur)
  const etaitPubliee = p.etat === 'publiee'
  if (etaitPubliee && (await isServie(tx, p.valeur)))
    throw new Refus(
      'parametres.dejaServie',
      'Des bulletins ont déjà été calculés avec cette valeur : elle ne se retire plus. Proposez une autre valeur aux mêmes dates.',
    )
  await insertActe(tx, qui.organismeId, p, { acte, par: qui.personneId, parNom: qui.nom, motif })
  if (acte === 'publier' || etaitPubliee)
    await reachDossiers(tx, qui, p.valeur, {
      acte: acte === 'publier' ? 'Valeur légale publiée' : 'Valeur légale retirée',
      detail: `${libelle(p.valeur.code)} : ${ecrireValeur(p.valeur)} depuis le ${formatJour(p.valeur.depuis)}`,
    })
  return getProposition(tx, id)
}

/** Other values may have been released since it was proposed: the whole set must still hold together. */
async function verifyEnsemble(tx: Tx, v: ValeurPubliee): Promise<void> {
  const livre = jeuLivre()
  try {
    livre.avec([...(await listPubliees(tx)).filter((x) => livre.parametres.has(x.code)), v])
  } catch {
    throw new Refus(
      'parametres.incoherent',
      'Cette valeur ne s’accorde plus avec les dates des autres valeurs du paramètre. Retirez-la et proposez-la de nouveau.',
    )
  }
}

/** The months of the clients that were computed with the former value and can still change. */
async function reachDossiers(tx: Tx, qui: Acteur, v: ValeurPubliee, note: { acte: string; detail: string }) {
  for (const { client, mois } of await listMoisTouches(tx, moisOf(v.depuis), v.jusqua))
    await alsoInOrganisme(tx, { dans: client, retour: qui.organismeId }, async (t) => {
      const d = await findDossier(t, mois)
      if (d?.etat !== 'calcule' && d?.etat !== 'renvoye') return
      await touchDossier(t, mois)
      await noteActe(t, { organismeId: client, personneId: null, nom: qui.nom }, mois, note.acte, note.detail)
      await publishSuivi(t, client, mois)
    })
}
