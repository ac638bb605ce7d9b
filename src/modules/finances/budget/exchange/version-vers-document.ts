import { type Centimes, euros } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import { Refus } from '#socle/refus.ts'
import type { DocumentBudgetaire, Etape } from '../../echanges/budgetaire/document.ts'
import type { Version } from '../contract.ts'
import type { Genre } from '../domain/version.ts'

/** NatDec of each version; credits open before the vote and restes à réaliser are no budget document. */
const ETAPE: Partial<Record<Genre, Etape>> = { BP: '01', DM: '02', VC: '02', BS: '03' }

const NATURE: Record<string, string> = {
  commune: 'Commune',
  cc: 'Communauté de communes',
  ca: 'Communauté d’agglomération',
  ccas: 'CCAS',
  cias: 'CIAS',
  syndicat: 'Syndicat',
}

export type Contexte = {
  nom: string
  type: string
  codeInsee: string
  principal?: { siret: string; libelle: string } | undefined
}

/**
 * One version of a budget as the budget document of the préfecture and of the comptable.
 * @throws Refus when it is no budget document, or the codes of the comptable are missing
 */
export function versionToDocument(v: Version, c: Contexte, date: Jour): DocumentBudgetaire {
  const etape = ETAPE[v.version.genre]
  if (!etape) throw new Refus('totem.sansDocument', `« ${v.version.nom} » ne donne pas lieu à un document budgétaire.`)
  if (!v.budget.codique || !v.budget.codeCollectivite)
    throw new Refus(
      'totem.codesDuComptable',
      'Il manque le codique du comptable ou le code collectivité : complétez-les dans « Réglages du budget », puis recommencez.',
    )
  const niveau = (n: 'chapitre' | 'article') => (n === 'article' ? 'a' : 'c')
  const parFonction = v.exercice.voteSelon === 'fonction'
  const primitif = v.version.genre === 'BP'
  const apres = (l: Version['lignes'][number]) => euros(l.montant)
  return {
    versionSchema: '100',
    date,
    poste: { codique: v.budget.codique, libelle: 'Comptable public' },
    collectivite: { libelle: c.nom, siret: v.budget.siret, nature: NATURE[c.type] ?? 'Établissement public local' },
    budget: {
      libelle: v.budget.libelle,
      siret: v.budget.siret,
      codeCollectivite: v.budget.codeCollectivite,
      codeBudget: v.budget.code,
      codeInsee: c.codeInsee,
      norme: v.exercice.plan.split('_')[0]!.replace(/^M4\d$/, 'M4'),
      plan: v.exercice.plan,
      type: v.budget.estPrincipal ? 'P' : 'A',
      ...(v.budget.estPrincipal || !c.principal ? {} : { principal: c.principal }),
    },
    decision: {
      etape,
      ...(etape === '02' ? { numero: Number(/\d+$/.exec(v.version.nom)?.[0] ?? 1) } : {}),
      exercice: v.exercice.annee,
      projet: v.version.etat !== 'vote',
      ...(v.version.deliberationDate ? { date: v.version.deliberationDate as Jour } : {}),
      niveauVote: `F${niveau(v.exercice.niveauF)}I${niveau(v.exercice.niveauI)}`,
      operationsEquipement: v.lignes.some((l) => l.operation !== ''),
      budgetPrecedent: '2',
      repriseResultats: v.lignes.some((l) => l.nature === '001' || l.nature === '002') ? '3' : '1',
      natureFonction: parFonction ? '2' : '1',
    },
    informations: [],
    lignes: v.lignes.map((l) => ({
      nature: l.nature,
      libelle: l.libelle,
      fonction: l.fonction || undefined,
      operation: l.operation || undefined,
      ...(parFonction ? { controleFonction: l.chapitre } : { controle: l.chapitre }),
      articleSpecialise: v.exercice.articlesSpecialises.includes(l.nature),
      sens: l.sens,
      ordre: l.mouvement !== 'reel',
      typeOrdre: l.mouvement === 'reel' ? undefined : l.mouvement,
      section: l.section,
      montants: {
        budgetPrecedent: euros(primitif ? l.precedent : l.dejaVote),
        proposition: apres(l),
        vote: apres(l),
        ...(primitif ? {} : { creditOuvert: (euros(l.dejaVote) + euros(l.montant)) as Centimes }),
      },
    })),
  }
}
