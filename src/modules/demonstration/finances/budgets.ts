import {
  choisirEdition,
  creerVersion,
  enregistrerBudget,
  enregistrerExercice,
  enregistrerOperation,
  enregistrerService,
  saisirLignes,
  voterVersion,
} from '#modules/finances/index.ts'
import { type Jour, jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import {
  budgetAssainissement,
  budgetCommunaute,
  budgetCommune,
  budgetDechets,
  type LigneModele,
  type Taille,
} from './modeles.ts'

type Acteur = { organismeId: string; personneId: string | null; nom: string }
type Budget = {
  code: string
  libelle: string
  plan: string
  codique: string
  codeCollectivite: string
  tva: boolean
  modele: (t: Taille) => LigneModele[]
}

/** The year of the operations: that of the pay dossiers. */
const ANNEE = 2025
/** What a budget of the year before was worth. */
const PART_PRECEDENTE = 0.965

const BUDGETS: Record<'commune' | 'communaute', Budget[]> = {
  commune: [
    {
      code: '00',
      libelle: 'Budget principal',
      plan: 'M57_A',
      codique: '040021',
      codeCollectivite: '142',
      tva: false,
      modele: budgetCommune,
    },
    {
      code: '01',
      libelle: 'Assainissement',
      plan: 'M49_A',
      codique: '040021',
      codeCollectivite: '142',
      tva: false,
      modele: budgetAssainissement,
    },
  ],
  communaute: [
    {
      code: '00',
      libelle: 'Budget principal',
      plan: 'M57_D',
      codique: '040004',
      codeCollectivite: '310',
      tva: false,
      modele: budgetCommunaute,
    },
    {
      code: '01',
      libelle: 'Déchets ménagers',
      plan: 'M4',
      codique: '040004',
      codeCollectivite: '310',
      tva: true,
      modele: budgetDechets,
    },
  ],
}
const SERVICES = [
  { code: 'DG', libelle: 'Direction générale' },
  { code: 'TECH', libelle: 'Services techniques' },
  { code: 'ENF', libelle: 'Petite enfance' },
  { code: 'CULT', libelle: 'Médiathèques' },
]
const OPERATIONS = [
  { code: '12', libelle: 'Crèche intercommunale' },
  { code: '15', libelle: 'Voie verte' },
]

const saisie = (l: LigneModele) => ({ ...l, montant: String(l.montant) })
const reduire = (t: Taille): Taille => ({
  habitants: t.habitants * PART_PRECEDENTE,
  agents: t.agents * PART_PRECEDENTE,
  elus: t.elus,
})

/**
 * Budgets of a body: last year voted, this year voted and changed once by the assembly and once by the executive, next
 * year in preparation. Everything goes through the acts of the screens.
 */
export async function installBudgets(
  tx: Tx,
  qui: Acteur,
  profil: 'commune' | 'communaute',
  taille: Taille,
): Promise<void> {
  await choisirEdition(tx, qui, profil === 'commune' ? 'essentielle' : 'complete')
  if (profil === 'communaute') for (const s of SERVICES) await enregistrerService(tx, qui, s)
  for (const b of BUDGETS[profil]) {
    const budgetId = newId<'Budget'>()
    await enregistrerBudget(tx, qui, {
      id: budgetId,
      code: b.code,
      libelle: b.libelle,
      estPrincipal: b.code === '00',
      codique: b.codique,
      codeCollectivite: b.codeCollectivite,
      estAssujettiTva: b.tva,
    })
    if (b.plan === 'M57_D') for (const o of OPERATIONS) await enregistrerOperation(tx, qui, { budgetId, ...o })
    const fongibilite = b.plan.startsWith('M57') ? '7.5' : '0'
    for (const annee of [ANNEE - 1, ANNEE, ANNEE + 1])
      await enregistrerExercice(tx, qui, {
        budgetId,
        annee,
        plan: b.plan,
        niveauF: 'chapitre',
        niveauI: 'chapitre',
        fongibiliteF: fongibilite,
        fongibiliteI: fongibilite,
      })
    const voter = (
      annee: number,
      genre: 'BP' | 'DM' | 'VC',
      lignes: readonly LigneModele[],
      le: Jour,
      numero: string,
    ) => installVersion(tx, qui, { budgetId, annee, genre, lignes, le, numero })
    await voter(ANNEE - 1, 'BP', b.modele(reduire(taille)), jour(`${ANNEE - 1}-04-02`), `${ANNEE - 1}-14`)
    await voter(ANNEE, 'BP', b.modele(taille), jour(`${ANNEE}-03-27`), `${ANNEE}-11`)
    if (b.code === '00') {
      const { dm, vc } = changements(profil)
      await voter(ANNEE, 'DM', dm, jour(`${ANNEE}-07-03`), `${ANNEE}-38`)
      await voter(ANNEE, 'VC', vc, jour(`${ANNEE}-10-09`), `${ANNEE}-D7`)
    }
    await installProchain(tx, qui, budgetId, b)
  }
}

/** A decision of the assembly on works and their grant, and one of the executive from chapter to chapter. */
function changements(profil: 'commune' | 'communaute'): { dm: LigneModele[]; vc: LigneModele[] } {
  const technique = profil === 'commune' ? {} : { service: 'TECH', fonction: '845' }
  const culture = profil === 'commune' ? {} : { service: 'CULT', fonction: '313' }
  const voirie = { nature: '2151', sens: 'D', montant: 18_000, ...technique } as const
  const subvention = { nature: '1323', sens: 'R', montant: 18_000, ...technique } as const
  return {
    dm: [
      voirie,
      profil === 'commune' ? subvention : { ...subvention, operation: '15' },
      { nature: '615231', sens: 'D', montant: 4_500, ...technique },
      {
        nature: '74718',
        sens: 'R',
        montant: 4_500,
        ...(profil === 'commune' ? {} : { service: 'DG', fonction: '020' }),
      },
    ],
    vc: [
      { nature: '615221', sens: 'D', montant: -1_500, ...technique },
      { nature: '65748', sens: 'D', montant: 1_500, ...culture },
    ],
  }
}

type VersionInstallee = {
  budgetId: string
  annee: number
  genre: 'BP' | 'DM' | 'VC'
  lignes: readonly LigneModele[]
  le: Jour
  numero: string
}
async function installVersion(tx: Tx, qui: Acteur, v: VersionInstallee): Promise<void> {
  const id = newId<'Vote'>()
  await creerVersion(tx, qui, { id, budgetId: v.budgetId, annee: v.annee, genre: v.genre, source: 'vide' })
  await saisirLignes(tx, qui, id, v.lignes.map(saisie))
  await voterVersion(tx, qui, id, { deliberationNumero: v.numero, deliberationDate: v.le })
}

/** Next year, copied and begun: energy is dearer, and what is missing shows. */
async function installProchain(tx: Tx, qui: Acteur, budgetId: string, b: Budget): Promise<void> {
  const id = newId<'Vote'>()
  await creerVersion(tx, qui, { id, budgetId, annee: ANNEE + 1, genre: 'BP', source: 'exercicePrecedent' })
  if (b.plan === 'M57_A')
    await saisirLignes(tx, qui, id, [
      { nature: '60612', sens: 'D', montant: '71500', note: 'Nouveau marché du syndicat d’énergie' },
    ])
}
