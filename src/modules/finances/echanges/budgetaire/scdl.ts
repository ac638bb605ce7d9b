import { inEuros } from '#socle/argent.ts'
import { type DocumentBudgetaire, ETAPES, MONTANTS, type Montant } from './document.ts'
import { libelleCompte, planOf } from './plans.ts'

/** Columns of the national SCDL « budget » schema. */
const COLONNES = [
  'BGT_NATDEC',
  'BGT_ANNEE',
  'BGT_SIRET',
  'BGT_NOM',
  'BGT_CONTNAT',
  'BGT_CONTNAT_LABEL',
  'BGT_NATURE',
  'BGT_NATURE_LABEL',
  'BGT_FONCTION',
  'BGT_FONCTION_LABEL',
  'BGT_OPERATION',
  'BGT_SECTION',
  'BGT_OPBUDG',
  'BGT_CODRD',
  'BGT_MTREAL',
  'BGT_MTBUDGPREC',
  'BGT_MTRARPREC',
  'BGT_MTPROPNOUV',
  'BGT_MTPREV',
  'BGT_CREDOUV',
  'BGT_MTRAR3112',
  'BGT_ARTSPE',
]
const COLONNES_MONTANTS = ['MtReal', 'MtBudgPrec', 'MtRARPrec', 'MtPropNouv', 'MtPrev', 'CredOuv', 'MtRAR3112'] as const

const cellule = (texte: string) => (/[",\r\n]/.test(texte) ? `"${texte.replaceAll('"', '""')}"` : texte)

/**
 * The budget as open data (SCDL). The section is the one of the chapter of control, and is empty without it, as the
 * schema asks. `ecrits` gives the amounts as the document writes them; without it they have two decimals.
 */
export function writeScdl(document: DocumentBudgetaire, ecrits?: readonly Partial<Record<Montant, string>>[]): string {
  const { budget, decision, collectivite } = document
  const plan = planOf(budget.plan, decision.exercice)
  // The SCDL has no value of its own for the CFU, which takes the place of the compte administratif.
  const etape = ETAPES[decision.etape === '10' ? '09' : decision.etape]
  const lignes = document.lignes.map((l, rang) => {
    const chapitre = l.controle ? plan?.chapitres.get(l.controle) : undefined
    const votee =
      chapitre ?? (decision.natureFonction === '2' ? plan?.chapitres.get(l.controleFonction ?? '') : undefined)
    const montants = COLONNES_MONTANTS.map((balise) => {
      const nom = MONTANTS[balise]
      const montant = l.montants[nom]
      return ecrits?.[rang]?.[nom] ?? (montant === undefined ? '' : inEuros(montant))
    })
    return [
      etape,
      String(decision.exercice),
      budget.siret ?? '',
      collectivite.libelle,
      l.controle ?? '',
      chapitre?.libelle ?? '',
      l.nature,
      libelleCompte(plan, decision.exercice, l.nature),
      l.fonction ?? '',
      l.fonction ? (plan?.fonctions.get(l.fonction)?.libelle ?? '') : '',
      l.operation ?? '',
      votee ? (votee.section === 'F' ? 'fonctionnement' : 'investissement') : '',
      l.ordre ? 'ordre' : 'réel',
      l.sens === 'D' ? 'dépense' : 'recette',
      ...montants,
      l.articleSpecialise ? 'spécialisé' : 'non spécialisé',
    ]
  })
  return [COLONNES, ...lignes].map((l) => `${l.map(cellule).join(',')}\r\n`).join('')
}
