import { jour } from '#socle/dates.ts'
import type { Base, Tx } from '#socle/db/base.ts'
import { organismeDEssai } from '#socle/db/essai.ts'
import { newId } from '#socle/ids.ts'
import { choisirEdition, enregistrerBudget, enregistrerExercice } from './actions/budgets.ts'
import { type Acteur, creerVersion, type Saisie, saisirLignes, voterVersion } from './actions/versions.ts'

/** Builders of tests: a body with one budget, and an exercice whose budget is voted. */
export async function ouvrirOrganisme(base: Base): Promise<Acteur> {
  const organismeId = await organismeDEssai(base, { nom: 'Commune d’essai' })
  return { organismeId, personneId: null, nom: 'Camille Essai' }
}

export async function ouvrirBudget(
  tx: Tx,
  qui: Acteur,
  {
    annee = 2026,
    plan = 'M57_A',
    niveau = 'chapitre' as 'chapitre' | 'article',
    voteSelon = 'nature' as 'nature' | 'fonction',
  } = {},
): Promise<string> {
  const budgetId = newId()
  await choisirEdition(tx, qui, 'essentielle')
  await enregistrerBudget(tx, qui, { id: budgetId, code: '00', libelle: 'Budget principal', estPrincipal: true })
  await enregistrerExercice(tx, qui, {
    budgetId,
    annee,
    plan,
    voteSelon,
    niveauF: niveau,
    niveauI: niveau,
    fongibiliteF: plan.startsWith('M57') ? '7.5' : '0',
    fongibiliteI: plan.startsWith('M57') ? '7.5' : '0',
  })
  return budgetId
}

export const LIGNES: Saisie[] = [
  { nature: '60612', sens: 'D', montant: '40000' },
  { nature: '6411', sens: 'D', montant: '60000' },
  { nature: '023', sens: 'D', montant: '25000' },
  { nature: '73111', sens: 'R', montant: '125000' },
  { nature: '1641', sens: 'D', montant: '12000' },
  { nature: '2151', sens: 'D', montant: '33000' },
  { nature: '021', sens: 'R', montant: '25000' },
  { nature: '10222', sens: 'R', montant: '20000' },
]

/** The same budget voted by function: the ordre and the forecasts take theirs alone. */
export const LIGNES_PAR_FONCTION: Saisie[] = [
  { nature: '60612', sens: 'D', fonction: '212', montant: '25000' },
  { nature: '60612', sens: 'D', fonction: '020', montant: '15000' },
  { nature: '64111', sens: 'D', fonction: '212', montant: '60000' },
  { nature: '023', sens: 'D', montant: '25000' },
  { nature: '73111', sens: 'R', fonction: '01', montant: '125000' },
  { nature: '1641', sens: 'D', fonction: '01', montant: '12000' },
  { nature: '2151', sens: 'D', fonction: '845', montant: '33000' },
  { nature: '021', sens: 'R', montant: '25000' },
  { nature: '10222', sens: 'R', fonction: '01', montant: '20000' },
]

export async function voterBudget(
  tx: Tx,
  qui: Acteur,
  budgetId: string,
  { annee = 2026, lignes = LIGNES, genre = 'BP' as 'BP' | 'DM' | 'VC' | 'BS' } = {},
): Promise<string> {
  const id = newId()
  await creerVersion(tx, qui, { id, budgetId, annee, genre, source: 'vide' })
  await saisirLignes(tx, qui, id, lignes)
  await voterVersion(tx, qui, id, { deliberationNumero: `${annee}-12`, deliberationDate: jour(`${annee}-03-30`) })
  return id
}
