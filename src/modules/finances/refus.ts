import { type Centimes, formatEuros } from '#socle/argent.ts'
import { introuvable, Refus } from '#socle/refus.ts'

/** Refusals of budgets and credits: codes, statuses and French messages in one place. */
export const budgetIntrouvable = () => introuvable('Ce budget')
export const exerciceIntrouvable = () => introuvable('Cet exercice')
export const voteIntrouvable = () => introuvable('Cette version du budget')

export const refusNature = (nature: string, plan: string) =>
  new Refus('nature.inconnue', `L’article ${nature} n’existe pas dans le plan de comptes ${plan}.`, {
    champs: { nature: 'Article inconnu.' },
  })
export const refusNatureMere = (nature: string, libelle: string) =>
  new Refus(
    'nature.nonFeuille',
    `L’article ${nature} « ${libelle} » se subdivise : choisissez l’un de ses sous-articles.`,
    { champs: { nature: 'Choisissez un sous-article.' } },
  )
export const refusNatureSupprimee = (nature: string, libelle: string, annee: number) =>
  new Refus(
    'nature.supprimee',
    `L’article ${nature} « ${libelle} » est supprimé du plan de comptes ${annee} : aucun crédit ne peut plus y être ouvert ni consommé. « Transpositions » propose les articles qui le remplacent.`,
    { champs: { nature: 'Article supprimé.' } },
  )
export const refusSens = (nature: string, libelle: string, quoi: string) =>
  new Refus('nature.sens', `L’article ${nature} « ${libelle} » ne s’emploie pas en ${quoi}.`, {
    champs: { nature: `Ne s’emploie pas en ${quoi}.` },
  })
export const refusFonction = (fonction: string) =>
  new Refus('fonction.inconnue', `La fonction ${fonction} n’existe pas, ou se subdivise.`, {
    champs: { fonction: 'Fonction inconnue.' },
  })
export const refusFonctionNecessaire = (nature: string, libelle: string) =>
  new Refus(
    'fonction.necessaire',
    `L’article ${nature} « ${libelle.trim()} » demande une fonction : ce budget est voté par fonction, et c’est elle qui donne le chapitre.`,
    { champs: { fonction: 'Choisissez la fonction.' } },
  )
export const refusNonVentilable = (nature: string, libelle: string) =>
  new Refus(
    'fonction.nonVentilable',
    `L’article ${nature} « ${libelle.trim()} » ne se classe pas en 01 « opérations non ventilables » : choisissez la fonction du service concerné.`,
    { champs: { fonction: 'Choisissez la fonction du service.' } },
  )
export const refusEquipement = (nature: string, libelle: string) =>
  new Refus(
    'operation.nature',
    `L’article ${nature} « ${libelle} » ne peut pas figurer dans une opération d’équipement.`,
    { champs: { operation: 'Article exclu des opérations.' } },
  )
export const refusPrevision = (chapitre: string, libelle: string) =>
  new Refus(
    'chapitre.sansExecution',
    `Le chapitre ${chapitre} « ${libelle} » porte une prévision seulement : aucun mandat ni titre ne s’y impute.`,
  )

export const refusCredit = (cle: string, manque: Centimes, disponible: Centimes) =>
  new Refus(
    'credit.depasse',
    `Crédit insuffisant sur ${libelleCle(cle)} : il reste ${formatEuros(disponible)} et il manque ${formatEuros(manque)}. Un virement de crédits ou une décision modificative peut l’ouvrir.`,
  )
export const refusSansCredit = (cle: string) =>
  new Refus('credit.absent', `Aucun crédit n’est ouvert sur ${libelleCle(cle)} pour cet exercice.`)
export const refusExerciceFerme = (annee: number, etat: string) =>
  new Refus('exercice.ferme', `L’exercice ${annee} est ${etat} : rien ne peut y être engagé ni mandaté.`)

export const refusVoteFige = () =>
  new Refus('vote.fige', 'Cette version est votée : elle ne change plus. Une décision modificative la corrige.')

export const libelleCle = (cle: string) => {
  if (cle.startsWith('op/')) return `l’opération ${cle.slice(3)}`
  const [chapitre, article] = cle.split('/')
  // by function, the article is the function
  if (article && /^9\d\d/.test(chapitre!)) return `la fonction ${article}`
  return article ? `l’article ${article}` : `le chapitre ${chapitre}`
}
