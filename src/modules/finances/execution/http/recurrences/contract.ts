import { z } from 'zod'
import { zMontant } from '#socle/argent.ts'
import { route } from '#socle/contrat.ts'
import { zJour } from '#socle/dates.ts'
import { zId } from '#socle/ids.ts'
import { zContenu, zLigne, zPositif, zTexte } from '../../contract.ts'
import { base, montant, motif, nul, texte, zFait } from '../contract.ts'

export const RYTHMES = {
  '1': 'Tous les mois',
  '2': 'Tous les deux mois',
  '3': 'Tous les trimestres',
  '4': 'Tous les quatre mois',
  '6': 'Tous les semestres',
  '12': 'Tous les ans',
} as const

/** What each mandat of the contract takes from it; the amount comes from the price of its date. */
export const zModele = z.object({
  nature: zLigne.shape.nature,
  fonction: zLigne.shape.fonction,
  service: zLigne.shape.service,
  modeReglement: zContenu.shape.modeReglement,
  compteBancaireId: z.string().optional(),
  rubriquePj: zContenu.shape.rubriquePj,
})
const zPrixSaisi = z.object({ ht: zPositif, tva: zMontant.default('0.00') })
export const zRecurrenceSaisie = zModele.extend({
  budgetId: zId<'Budget'>(),
  tiersId: zId<'Tiers'>(),
  libelle: zTexte(120).min(3, 'Dites ce qui revient : loyer, abonnement…'),
  reference: zTexte(40).default(''),
  moisEntre: z.enum(Object.keys(RYTHMES) as [keyof typeof RYTHMES, ...(keyof typeof RYTHMES)[]]),
  premiere: zJour,
  derniere: zJour.nullable().default(null),
  ...zPrixSaisi.shape,
})
export type RecurrenceSaisie = z.output<typeof zRecurrenceSaisie>
export const zNouveauPrix = zPrixSaisi.extend({ depuis: zJour, motif: motif.shape.motif })

const zRecurrence = z.object({
  id: texte,
  budgetId: texte,
  tiersId: texte,
  tiers: texte,
  libelle: texte,
  reference: texte,
  moisEntre: z.number(),
  premiere: texte,
  derniere: nul,
  prochaine: nul,
  modele: zModele,
  /** The price of the next due date, or the last one. */
  ht: montant,
  tva: montant,
  ttc: montant,
  /** What is due over the year that is shown. */
  annuel: montant,
})
export type RecurrenceVue = z.output<typeof zRecurrence>
const zEcheance = z.object({
  cle: texte,
  recurrence: texte,
  le: texte,
  libelle: texte,
  tiers: texte,
  nature: texte,
  ht: montant,
  tva: montant,
  ttc: montant,
  retard: z.boolean(),
})
export type EcheanceVue = z.output<typeof zEcheance>
const pRecurrence = z.object({ recurrence: zId<'Recurrence'>() })

export const listerRecurrences = route({
  verbe: 'GET',
  chemin: `${base}/recurrences`,
  resume: 'Liste les dépenses qui reviennent et leurs échéances à mandater',
  query: z.object({ budget: zId<'Budget'>(), annee: z.coerce.number().int() }),
  reply: z.object({ recurrences: z.array(zRecurrence), echeances: z.array(zEcheance) }),
})
export const lireRecurrence = route({
  verbe: 'GET',
  chemin: `${base}/recurrences/:recurrence`,
  resume: 'Donne les prix d’une dépense qui revient et ce que ses échéances sont devenues',
  params: pRecurrence,
  reply: z.object({
    prix: z.array(z.object({ depuis: texte, ht: montant, tva: montant, motif: texte, par: texte })),
    passees: z.array(
      z.object({
        le: texte,
        ttc: montant,
        sort: texte,
        pieceId: nul,
        numero: z.number().nullable(),
        annee: z.number(),
      }),
    ),
  }),
})
export const enregistrerRecurrence = route({
  verbe: 'PUT',
  chemin: `${base}/recurrences/:recurrence`,
  resume: 'Crée ou corrige une dépense qui revient ; une date de fin l’arrête',
  params: pRecurrence,
  body: zRecurrenceSaisie,
  reply: zFait,
})
export const changerPrix = route({
  verbe: 'POST',
  chemin: `${base}/recurrences/:recurrence/prix`,
  resume: 'Donne un nouveau prix à partir d’une date ; les échéances d’avant gardent le leur',
  params: pRecurrence,
  body: zNouveauPrix,
  reply: zFait,
})
export const passerEcheance = route({
  verbe: 'POST',
  chemin: `${base}/recurrences/:recurrence/sauts`,
  resume: 'Écarte une échéance qui ne sera pas payée, avec son motif',
  params: pRecurrence,
  body: z.object({ le: zJour, motif: motif.shape.motif }),
  reply: zFait,
})
export const zFactureEcheance = z.object({
  numero: zTexte(40).min(1, 'Donnez le numéro que porte la facture.'),
  dateFacture: zJour,
  recueLe: zJour,
  documentId: zId<'Document'>().optional(),
})
export const mandaterEcheances = route({
  verbe: 'POST',
  chemin: `${base}/recurrences/mandatement`,
  resume: 'Liquide des échéances, avec leur facture si elle est donnée ; demandé deux fois, rien n’est doublé',
  body: z.object({
    echeances: z
      .array(z.object({ recurrence: zId<'Recurrence'>(), le: zJour, facture: zFactureEcheance.optional() }))
      .min(1, 'Choisissez au moins une échéance.')
      .max(500),
  }),
  reply: z.object({ nouvelles: z.number() }),
})
