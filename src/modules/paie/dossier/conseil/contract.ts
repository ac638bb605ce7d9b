import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'

export const THEMES_CONSEIL = [
  'Traitement et grille',
  'Primes et RIFSEEP',
  'Heures et temps de travail',
  'Absences et maladie',
  'Contrats',
  'Retraite et cotisations',
  'Famille et SFT',
  'Élus',
  'Fin de fonctions',
  'Autre',
] as const

export const zConseil = z.object({
  id: z.string(),
  theme: z.string(),
  question: z.string(),
  reponse: z.string(),
  texteDeDroit: z.string(),
  publieLe: z.string(),
  publiePar: z.string(),
})
export type Conseil = z.output<typeof zConseil>

export const chercherConseils = route({
  verbe: 'GET',
  chemin: '/api/paie/conseils',
  resume: 'Cherche dans les réponses publiées par l’agence, les plus proches d’abord ; sans mots, les plus récentes',
  query: z.object({ q: z.string().trim().max(200).default('') }),
  reply: z.object({ conseils: z.array(zConseil) }),
})

export const publierConseil = route({
  verbe: 'POST',
  chemin: '/api/paie/questions/:question/conseil',
  resume: 'Publie pour tous les membres une réponse donnée à une demande de conseil, sans aucun nom',
  params: z.object({ question: zId<'Question'>() }),
  body: z.object({
    id: zId<'Conseil'>(),
    theme: z.enum(THEMES_CONSEIL),
    question: z.string().trim().min(10, 'Écrivez la question comme un autre membre la poserait.').max(1000),
    reponse: z.string().trim().min(10, 'Écrivez la réponse.').max(8000),
    texteDeDroit: z.string().trim().max(300).default(''),
  }),
  reply: zConseil,
})

export const retirerConseil = route({
  verbe: 'POST',
  chemin: '/api/paie/conseils/:conseil/retrait',
  resume: 'Retire une réponse que le droit a changée : elle n’est plus proposée, elle reste dans l’histoire',
  params: z.object({ conseil: zId<'Conseil'>() }),
  reply: z.object({ fait: z.literal(true) }),
})
