import type { EmployeurPex } from '../carriere/contract.ts'

const pourcent = (t: string | undefined) => (t === undefined ? 'aucune' : `${t.replace('.', ',')} %`)

/** The settings as an officer reads them on the notification. */
export const decrireEmployeur = (e: EmployeurPex): { libelle: string; valeur: string }[] => [
  { libelle: 'Effectif', valeur: `${e.effectif} agents` },
  { libelle: 'Accidents du travail', valeur: pourcent(e.tauxAt) },
  { libelle: 'Versement mobilité', valeur: pourcent(e.tauxVersementMobilite) },
  { libelle: 'Centre de gestion', valeur: e.estAffilieCdg ? 'affilié' : 'non affilié' },
  ...(e.estAffilieCdg
    ? [
        { libelle: 'Cotisation obligatoire au centre de gestion', valeur: pourcent(e.cdgObligatoire) },
        { libelle: 'Cotisation additionnelle', valeur: pourcent(e.cdgAdditionnelle) },
      ]
    : []),
  {
    libelle: 'IFSE en maladie',
    valeur: e.ifseSuitTraitement ? 'suit le traitement' : 'maintenue',
  },
  { libelle: 'Chômage des contractuels', valeur: e.adhesionChomage ? 'adhésion à l’URSSAF' : 'auto-assurance' },
  { libelle: 'Dernier jour de dépôt', valeur: `le ${e.jourLimiteDepot} du mois` },
]
