import { findPlan, type Plan } from '#modules/finances/nomenclature/index.ts'

/** The plans that a budget document may name, by norme (DGCL). A document of another one is refused. */
const PLANS: Record<string, readonly string[]> = {
  M14: ['M14_COM_INF500', 'M14_COM_500_3500', 'M14_COM_SUP3500', 'M14_CCAS_INF3500', 'M14_CCAS_SUP3500', 'M14_CE'],
  M4: ['M4', 'M41', 'M42', 'M43', 'M43_A', 'M43_D', 'M44', 'M49_A', 'M49_D'],
  M22: ['M22'],
  M52: ['M52'],
  M57: ['M57', 'M57_A', 'M57_D', 'M57_P'],
  M61: ['M61'],
  M71: ['M71'],
  M831: ['M831'],
  M832: ['M832'],
}

/** Plans whose accounts are those of another one, or are contained in it. */
const LUS_PAR: Record<string, string> = {
  M43_A: 'M43',
  M43_D: 'M43',
  M57: 'M57_D',
  M57_P: 'M57_D',
  M14_COM_INF500: 'M14_COM_500_3500',
}

/** `M57-M57_A` in its norme and its plan; nothing when no arrêté knows it. */
export function splitNomenclature(texte: string): { norme: string; plan: string } | undefined {
  const tiret = texte.indexOf('-')
  const norme = texte.slice(0, tiret)
  const plan = texte.slice(tiret + 1)
  return PLANS[norme]?.includes(plan) ? { norme, plan } : undefined
}

export const listNomenclatures = (): string[] => Object.keys(PLANS)

/** The plan whose labels and chapters explain a document. */
export const planOf = (plan: string, exercice: number): Plan | undefined =>
  findPlan(plan, exercice) ?? (LUS_PAR[plan] ? findPlan(LUS_PAR[plan], exercice) : undefined)

/** Labels that the plan of a former year had, where the plan that we hold differs. */
const LIBELLES_ANCIENS: { plan: string; jusquA: number; compte: string; libelle: string }[] = [
  // Written with the C1 control that the published XML of 2020 to 2022 carries: the SCDL repeats it.
  {
    plan: 'M14_COM_500_3500',
    jusquA: 2022,
    compte: '6512',
    libelle: "Droits d'utilisation \u0096 informatique en nuage ",
  },
]

export function libelleCompte(plan: Plan | undefined, exercice: number, compte: string): string {
  const ancien = LIBELLES_ANCIENS.find(
    (l) => l.plan === plan?.code && exercice <= l.jusquA && plan.annee > l.jusquA && l.compte === compte,
  )
  return ancien?.libelle ?? plan?.comptes.get(compte)?.libelle ?? ''
}
