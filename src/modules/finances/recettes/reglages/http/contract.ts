import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zId } from '#socle/ids.ts'
import { base, montant, nul, texte, zFait } from '../../../execution/http/contract.ts'
import { zReglagesRecettes } from '../contract.ts'

const budget = z.object({ budget: zId<'Budget'>() })
export const lireReglagesRecettes = route({
  verbe: 'GET',
  chemin: `${base}/recettes/reglages`,
  resume: 'Donne ce que le comptable a dit d’un budget : PayFiP, clés des rôles, identifiant créancier',
  query: budget,
  reply: z.object({
    payfipNumcli: texte,
    payfipAdresse: texte,
    payfipTitre: texte,
    payfipRole: texte,
    ormcOperande: texte,
    ics: texte,
  }),
})
export const ecrireReglagesRecettes = route({
  verbe: 'PUT',
  chemin: `${base}/recettes/reglages`,
  resume: 'Change ces réglages',
  body: z.intersection(zReglagesRecettes, budget),
  reply: zFait,
})
export const lirePayfip = route({
  verbe: 'GET',
  chemin: `${base}/titres/:mandat/payfip`,
  resume: 'Donne la référence de paiement en ligne d’un titre, ou pourquoi il n’en a pas',
  params: z.object({ mandat: zId<'Liquidation'>() }),
  reply: z.object({ numcli: texte, adresse: texte, reference: texte, montant, refus: nul }),
})
export const listerAFaireRecettes = route({
  verbe: 'GET',
  chemin: `${base}/recettes/a-faire`,
  resume: 'Dit ce que les recettes attendent de cette personne',
  reply: z.object({
    aFaire: z.array(
      z.object({
        id: texte,
        libelle: texte,
        precision: texte.optional(),
        vers: texte,
        etat: z.enum(['aFaire', 'attention', 'bloquant', 'enAttente']),
      }),
    ),
  }),
})
