import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zMois } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'

/** Production of the month: 1 is its run, the next ones complete it. */
const zRang = z.coerce.number().int().min(1).max(999).default(1)

const zBudget = z.object({ id: z.string(), code: z.string(), libelle: z.string() })
const zMandatPrevu = z.object({
  cle: z.string(),
  budget: z.string(),
  caisse: z.string(),
  nom: z.string(),
  lignes: z.array(z.object({ nature: z.string(), fonction: z.string(), ht: zMontant })),
  total: zMontant,
  virements: z.number(),
})
export const zMandatement = z.object({
  mois: z.string(),
  rang: z.number(),
  bulletins: z.number(),
  mandats: z.array(zMandatPrevu),
  totaux: z.object({ net: z.string(), retenues: z.string(), patronal: z.string(), total: z.string() }),
  negatifs: z.array(z.object({ nom: z.string(), montant: z.string() })),
  /** Funds that give back more than they take: no mandat can say so. */
  reprises: z.array(z.object({ nom: z.string(), montant: z.string() })),
  /** How many of them are already in the finances. */
  recus: z.number(),
})
export type Mandatement = z.output<typeof zMandatement>

export const listerMandatements = route({
  verbe: 'GET',
  chemin: '/api/paie/mandatements',
  resume: 'Liste les productions de paie approuvées qui ne sont pas encore dans les finances, mois par mois',
  reply: z.object({
    mois: z.array(z.object({ mois: z.string(), rang: z.number(), bulletins: z.number(), cout: z.string() })),
  }),
})
export const lireMandatement = route({
  verbe: 'GET',
  chemin: '/api/paie/dossiers/:mois/mandatement',
  resume: 'Montre les mandats d’un mois de paie approuvé, avant de les envoyer aux finances',
  params: z.object({ mois: zMois }),
  query: z.object({ rang: zRang }),
  reply: zMandatement,
})
export const mandaterMois = route({
  verbe: 'POST',
  chemin: '/api/paie/dossiers/:mois/mandatement',
  resume: 'Envoie un mois de paie approuvé aux finances ; envoyé deux fois, il n’y entre qu’une',
  params: z.object({ mois: zMois }),
  body: z.object({ budgetId: zId<'Budget'>().optional(), rang: zRang }),
  reply: zMandatement,
})

const zPart = z.object({
  budgetId: zId<'Budget'>(),
  fonction: z
    .string()
    .regex(/^\d{0,10}$/, 'Des chiffres, ou rien.')
    .default(''),
  quotite: z.string().regex(/^(100(\.00?)?|\d{1,2}(\.\d{1,2})?)$/, 'Un pourcentage, par exemple 60.00.'),
})
const zAffecte = z.object({
  carriereId: z.string(),
  nom: z.string(),
  emploi: z.string(),
  matricule: z.string(),
  depuis: z.string().nullable(),
  parts: z.array(z.object({ budgetId: z.string(), fonction: z.string(), quotite: z.string() })),
})
export type Affecte = z.output<typeof zAffecte>
export const listerAffectations = route({
  verbe: 'GET',
  chemin: '/api/paie/affectations',
  resume: 'Dit à quels budgets et fonctions chaque emploi est imputé un mois donné',
  query: z.object({ mois: zMois }),
  reply: z.object({ budgets: z.array(zBudget), principal: z.string().nullable(), emplois: z.array(zAffecte) }),
})
export const affecterEmplois = route({
  verbe: 'POST',
  chemin: '/api/paie/affectations',
  resume: 'Impute des emplois à des budgets et des fonctions à partir d’un mois ; les mois mandatés ne bougent pas',
  body: z.object({
    carrieres: z.array(zId<'Carriere'>()).min(1, 'Choisissez au moins un emploi.').max(1000),
    depuis: zMois,
    parts: z.array(zPart).min(1, 'Donnez au moins une part.').max(10),
  }),
  reply: z.object({ fait: z.boolean() }),
})
