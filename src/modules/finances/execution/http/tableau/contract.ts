import { z } from 'zod'
import { route } from '#socle/contrat.ts'
import { zSens, zTexte } from '../../contract.ts'
import { base, montant, nul, texte, zCadre } from '../contract.ts'

export const lireGrandLivre = route({
  verbe: 'GET',
  chemin: `${base}/grand-livre`,
  resume: 'Donne le grand livre d’un compte, ou la balance de tous les comptes',
  query: zCadre.extend({
    compte: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional(),
    journal: z.enum(['mandats', 'titres', 'ordre']).optional(),
  }),
  reply: z.object({
    balance: z.array(z.object({ compte: texte, libelle: texte, debit: montant, credit: montant, solde: montant })),
    lignes: z.array(
      z.object({
        cle: texte,
        le: texte,
        journal: texte,
        pieceId: texte,
        numero: z.number(),
        sens: zSens,
        compte: texte,
        contrepartie: texte,
        libelle: texte,
        tiers: texte,
        debit: montant,
        credit: montant,
      }),
    ),
    total: z.number(),
  }),
})
export const lireTableau = route({
  verbe: 'GET',
  chemin: `${base}/tableau`,
  resume: 'Donne le tableau de bord : trésorerie prévue, crédits consommés, factures en retard, rejets',
  query: zCadre,
  reply: z.object({
    sections: z.array(
      z.object({ section: z.enum(['F', 'I']), sens: zSens, vote: montant, engage: montant, mandate: montant }),
    ),
    chapitres: z.array(
      z.object({
        section: z.enum(['F', 'I']),
        sens: zSens,
        chapitre: texte,
        libelle: texte,
        vote: montant,
        engage: montant,
        mandate: montant,
      }),
    ),
    mois: z.array(z.object({ mois: texte, depenses: montant, recettes: montant })),
    precedent: z.array(z.object({ mois: texte, depenses: montant, recettes: montant })),
    prevision: z.array(z.object({ mois: texte, sorties: montant, entrees: montant })),
    alertes: z.object({
      facturesEnRetard: z.number(),
      facturesARegler: z.number(),
      rejets: z.number(),
      suspensions: z.number(),
      restesARecouvrer: montant,
      aViser: z.number(),
      comptesAControler: z.number(),
    }),
  }),
})
export const listerAFaire = route({
  verbe: 'GET',
  chemin: `${base}/a-faire`,
  resume: 'Donne ce qui attend cette personne dans les finances, dans l’ordre de l’urgence',
  reply: z.object({
    aFaire: z.array(
      z.object({
        id: texte,
        libelle: texte,
        precision: texte,
        echeance: nul,
        etat: z.enum(['aFaire', 'attention', 'bloquant']),
        vers: texte,
      }),
    ),
  }),
})
export const rechercher = route({
  verbe: 'GET',
  chemin: `${base}/recherche`,
  resume: 'Cherche dans les tiers, les factures, les engagements, les mandats et les titres',
  query: z.object({ q: zTexte(100).min(2, 'Deux lettres au moins.') }),
  reply: z.object({ resultats: z.array(z.object({ id: texte, libelle: texte, precision: texte, vers: texte })) }),
})
