import { add, type Centimes, euros, formatEuros } from '#socle/argent.ts'
import { addJours, formatJour, type Jour } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { LigneRole } from '../contract.ts'

/** CGCT D1611-1: below it a claim is not put in a titre (general knowledge, to be read again). */
const SEUIL = euros('15.00')
/** SEPA rule book: the debtor is told fourteen days before his account is debited. */
const JOURS_PREAVIS = 14

export type ArticleControle = {
  objet: string
  ttc: Centimes
  lignes: readonly LigneRole[]
  tiers: {
    nom: string
    categorie: string
    civilite: string
    estActif: boolean
    adresse: string
    codePostal: string
    ville: string
  }
}

/** All that would send a rôle back, told before its signature. */
export function controlerRole(
  r: {
    codeCollectivite: string
    assujetti: boolean
    avisLe: Jour
    echeance: Jour
    prelevementLe: Jour | null
    ics: string
    articles: readonly ArticleControle[]
    /** The plan has this account among its real incomes. */
    isArticle: (nature: string) => boolean
  },
  aujourdhui: Jour,
): Anomalie[] {
  const found: Anomalie[] = []
  const dire = (code: string, lieu: string, message: string, conseil?: string, bloquante = true) =>
    found.push({ code: `role.${code}`, lieu, message, ...(conseil ? { conseil } : {}), bloquante })
  if (r.articles.length === 0)
    dire('vide', '', 'Ce rôle n’a pas de débiteur.', 'Importez un tableur, ou ajoutez-les un par un.')
  if (!/^\d{3}$/.test(r.codeCollectivite))
    dire(
      'codeCollectivite',
      '',
      'Le code collectivité du budget manque : il entre dans les clés.',
      'Un administrateur le donne dans « Budgets ».',
    )
  if (r.avisLe < aujourdhui)
    dire(
      'avisPasse',
      '',
      `L’envoi des avis était prévu le ${formatJour(r.avisLe)} : il sera daté du jour de la signature.`,
      undefined,
      false,
    )
  if (r.echeance < aujourdhui)
    dire(
      'echeancePassee',
      '',
      `La date limite de paiement du ${formatJour(r.echeance)} est passée.`,
      'Changez-la.',
      false,
    )
  if (r.prelevementLe && r.prelevementLe <= aujourdhui)
    dire('prelevementPasse', '', `Le prélèvement du ${formatJour(r.prelevementLe)} est passé.`, 'Changez la date.')
  if (r.prelevementLe && r.ics === '')
    dire(
      'ics',
      '',
      'L’identifiant créancier SEPA manque : rien ne peut être prélevé.',
      'Le comptable le donne ; il se range dans les réglages des recettes.',
    )
  if (r.prelevementLe && r.prelevementLe < addJours(r.avisLe, JOURS_PREAVIS))
    dire(
      'preavis',
      '',
      `Le prélèvement du ${formatJour(r.prelevementLe)} vient moins de ${JOURS_PREAVIS} jours après l’avis.`,
      'La banque doit laisser ce délai au débiteur, sauf accord plus court dans le mandat.',
      false,
    )
  for (const a of r.articles) controlerArticle(a, r, dire)
  return found
}

type Dire = (code: string, lieu: string, message: string, conseil?: string, bloquante?: boolean) => void
function controlerArticle(
  a: ArticleControle,
  r: { assujetti: boolean; isArticle: (nature: string) => boolean },
  dire: Dire,
) {
  const { tiers: t } = a
  const lieu = t.nom
  if (!t.estActif) dire('tiersInactif', lieu, 'Ce tiers n’est plus utilisable.', 'Choisissez celui qui le remplace.')
  if (t.adresse === '' || t.codePostal === '' || t.ville === '')
    dire('adresse', lieu, 'L’adresse est incomplète : l’avis ne partirait pas.', 'Complétez la fiche du tiers.')
  if (t.categorie === '01' && t.civilite === '')
    dire(
      'civilite',
      lieu,
      'La civilité manque ; elle est obligatoire pour une personne.',
      'Complétez la fiche du tiers.',
    )
  for (const l of a.lignes) {
    if (!r.isArticle(l.nature))
      dire('nature', lieu, `L’article ${l.nature} n’est pas une recette de ce budget.`, 'Choisissez un autre article.')
    if (!r.assujetti && euros(l.tva) > 0n)
      dire('tva', lieu, 'Ce budget n’est pas assujetti à la TVA.', 'Saisissez le montant toutes taxes comprises.')
  }
  if (a.ttc < SEUIL)
    dire(
      'seuil',
      lieu,
      `${formatEuros(a.ttc)} : sous ${formatEuros(SEUIL)}, une créance ne se met pas en recouvrement.`,
      'Regroupez-la avec le mois suivant.',
      false,
    )
}

export const ttcOf = (lignes: readonly Pick<LigneRole, 'ht' | 'tva'>[]): Centimes =>
  lignes.reduce((t, l) => add(t, add(euros(l.ht), euros(l.tva))), 0n as Centimes)
