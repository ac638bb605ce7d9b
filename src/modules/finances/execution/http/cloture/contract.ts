import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { base, montant, texte, zAnnee, zAnomalie, zFait } from '../contract.ts'

const params = z.object({ budget: zId<'Budget'>(), annee: zAnnee })
export const lireCloture = route({
  verbe: 'GET',
  chemin: `${base}/budgets/:budget/exercices/:annee/cloture`,
  resume: 'Dit ce qui empêche de clore un exercice, son résultat et ses restes à réaliser',
  params,
  reply: z.object({
    etat: z.enum(['preparation', 'provisoire', 'ouvert', 'clos']),
    anomalies: z.array(zAnomalie),
    resultats: z.object({
      fonctionnement: montant,
      investissement: montant,
      rarDepenses: montant,
      rarRecettes: montant,
      besoin: montant,
      affecte: montant,
      reporte: montant,
    }),
    restes: z.array(z.object({ nature: texte, fonction: texte, operation: texte, chapitre: texte, montant })),
  }),
})
export const cloreExercice = route({
  verbe: 'POST',
  chemin: `${base}/budgets/:budget/exercices/:annee/cloture`,
  resume: 'Clôt un exercice : plus rien ne s’y engage, ne s’y liquide ni ne s’y signe',
  params,
  reply: zFait,
})
