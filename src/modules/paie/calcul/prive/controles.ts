import { type Centimes, euros, formatEuros, times } from '#socle/argent.ts'
import type { Contexte } from '../moteur/contexte.ts'
import { employeurDe, estPublic, estTempsPartiel, prive } from './contrat.ts'

const refuser = (c: Contexte, code: string, lieu: string, message: string, conseil: string): void => {
  c.anomalies.push({ code: `paie.${code}`, lieu, message, conseil, bloquante: true })
}

/** What every private-law contract needs. */
function controlerContrat(c: Contexte): void {
  const { s } = c
  const p = prive(c)
  if (s.quotite !== undefined)
    refuser(
      c,
      'quotiteDroitPrive',
      'quotite',
      'La quotité de temps partiel est une notion de la fonction publique.',
      'Saisir la durée hebdomadaire du contrat.',
    )
  if ((s.minutesHebdo ?? 0) > 2100)
    refuser(
      c,
      'dureeLegale',
      'minutesHebdo',
      'La durée du contrat dépasse la durée légale de 35 heures.',
      'Saisir 35 heures, et les heures au-delà comme heures supplémentaires.',
    )
  if (employeurDe(c) === 'spic' && p.retraite === undefined)
    refuser(
      c,
      'retraiteNonPrecisee',
      'prive.retraite',
      'La caisse de retraite complémentaire d’un service industriel et commercial ne se déduit pas.',
      'Reprendre l’affiliation du contrat : IRCANTEC ou Agirc-Arrco.',
    )
  if (!estPublic(c) && s.employeur.tauxAt === undefined)
    refuser(
      c,
      'tauxAtManquant',
      'employeur.tauxAt',
      'Le taux d’accidents du travail de l’employeur manque.',
      'Saisir le taux notifié par la caisse ; le taux collectif est celui des collectivités.',
    )
  if (p.finContrat !== undefined && p.contrat !== 'cdd')
    refuser(
      c,
      'finContratIndue',
      'prive.finContrat',
      'L’indemnité de fin de contrat est due aux seuls contrats à durée déterminée ordinaires.',
      'La retirer, ou corriger la nature du contrat.',
    )
  if (p.congesPayes !== undefined && s.indemniteConges !== undefined)
    refuser(
      c,
      'congesEnDouble',
      'prive.congesPayes',
      'Les congés payés sont comptés deux fois.',
      'Garder l’indemnité du mois, ou celle de la fin du contrat.',
    )
  for (const [i, h] of (s.heures ?? []).entries()) {
    if (h.type === 'complementaires' && !estTempsPartiel(c))
      refuser(
        c,
        'heuresComplementairesTempsPlein',
        `heures.${i}`,
        'Des heures complémentaires à temps plein.',
        'Les saisir comme heures supplémentaires.',
      )
    if (h.type === 'supplementaires' && estTempsPartiel(c))
      refuser(
        c,
        'heuresSupplementairesTempsPartiel',
        `heures.${i}`,
        'Des heures supplémentaires à temps partiel.',
        'Les saisir comme heures complémentaires.',
      )
  }
  for (const [i, x] of (p.protection ?? []).entries())
    if (x.assiette === 'forfait' && (/[%/]/.test(x.agent) || /[%/]/.test(x.employeur)))
      refuser(
        c,
        'protectionForfait',
        `prive.protection.${i}`,
        'Une protection au forfait a des montants, pas des taux.',
        'Saisir les montants mensuels du contrat.',
      )
    else if (x.assiette !== 'forfait' && !(/[%/]/.test(x.agent) && /[%/]/.test(x.employeur)))
      refuser(
        c,
        'protectionTaux',
        `prive.protection.${i}`,
        'Une protection proportionnelle au salaire a des taux.',
        'Saisir les taux du contrat, par exemple 1.57 %.',
      )
}

const salaireManque = (c: Contexte): void => {
  const p = prive(c)
  const donnes = [p.salaireMensuel, p.tauxHoraire, p.coefficient].filter((x) => x !== undefined).length
  if (donnes === 0)
    refuser(
      c,
      'salaireManquant',
      'prive.salaireMensuel',
      'Ni salaire mensuel, ni taux horaire, ni coefficient.',
      'Saisir la rémunération du contrat.',
    )
  else if (donnes > 1)
    refuser(c, 'deuxSalaires', 'prive.salaireMensuel', 'Deux rémunérations à la fois.', 'N’en garder qu’une.')
}

export function controlerSalarie(c: Contexte): void {
  if (prive(c).employeur === undefined)
    refuser(
      c,
      'employeurNonPrecise',
      'prive.employeur',
      'La nature de l’employeur de droit privé manque.',
      'Choisir : personne publique, service industriel et commercial, association ou société.',
    )
  else controlerContrat(c)
  salaireManque(c)
}

export function controlerPec(c: Contexte): void {
  controlerContrat(c)
  salaireManque(c)
}

export function controlerApprenti(c: Contexte): void {
  const p = prive(c)
  controlerContrat(c)
  if (p.conclusion === undefined)
    refuser(
      c,
      'conclusionManquante',
      'prive.conclusion',
      'La date de conclusion du contrat d’apprentissage manque : elle choisit le régime des exonérations.',
      'Saisir la date de signature du contrat.',
    )
  if (p.salaireMensuel === undefined && p.pourcentageSmic === undefined && c.s.naissance === undefined)
    refuser(
      c,
      'salaireManquant',
      'naissance',
      'La rémunération de l’apprenti ne peut pas être calculée.',
      'Saisir sa date de naissance, ou la part du SMIC de son contrat.',
    )
  if (estTempsPartiel(c))
    refuser(
      c,
      'apprentiTempsPartiel',
      'minutesHebdo',
      'Un apprenti travaille à temps plein.',
      'Saisir 35 heures par semaine.',
    )
}

/** The day of a CEE is worth at least some hours of the SMIC (CASF D. 432-2). */
export const minimumJour = (c: Contexte): Centimes => times(c.p.centimes('smic.horaire'), [c.p.fraction('cee.minimum')])

export function controlerCee(c: Contexte): void {
  const p = prive(c)
  controlerContrat(c)
  if (p.jours === undefined || p.tarifJour === undefined)
    refuser(
      c,
      'salaireManquant',
      'prive.jours',
      'Les jours d’engagement ou leur prix manquent.',
      'Saisir le nombre de jours du mois et le montant d’un jour.',
    )
  else if (euros(p.tarifJour) < minimumJour(c) && p.forfait?.fonction !== 'animateurAuPair')
    refuser(
      c,
      'sousMinimum',
      'prive.tarifJour',
      `Le jour d’engagement éducatif est payé moins que le minimum de ${formatEuros(minimumJour(c))}.`,
      'Corriger le montant du jour.',
    )
  if (p.forfait?.jours && (p.forfait.fonction === 'directeur' || p.forfait.fonction === 'directeurAdjoint'))
    refuser(
      c,
      'forfaitDirecteurJour',
      'prive.forfait.jours',
      'Il n’existe pas de base forfaitaire à la journée pour un directeur ou son adjoint.',
      'Compter en semaines ou en mois.',
    )
}
