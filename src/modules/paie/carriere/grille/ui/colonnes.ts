import type { ColonneGrille, LigneGrille } from '#ui'
import { LIBELLES_ABSENCE } from '../../../dossier/contract.ts'
import { isContratStatut } from '../../contract.ts'
import type { Cellule, Cellules, LigneVariables } from '../contract.ts'
import { CELLULES } from '../contract.ts'

export type Ligne = LigneGrille & { id: string; version: string; statut: string; bloquees: string }

/** A line of the wire as the grid holds it: texts only. */
export const enLigne = (l: LigneVariables): Ligne => ({
  id: l.carriereId,
  nom: l.nom,
  emploi: l.emploi,
  statut: l.statut,
  version: l.version,
  bloquees: l.bloquees.join(' '),
  ...Object.fromEntries(CELLULES.map((c) => [c, l.cellules[c] ?? ''])),
})

export const cellulesDe = (l: Ligne): Cellules =>
  Object.fromEntries(CELLULES.flatMap((c) => (l[c] ? [[c, l[c]]] : []))) as Cellules

const libre = (c: Cellule) => (l: LigneGrille) => !(l as Ligne).bloquees.split(' ').includes(c)
const estElu = (l: LigneGrille) => l.statut === 'elu'
const heures = (c: Cellule, titre: string): ColonneGrille => ({
  cle: c,
  titre,
  genre: 'duree',
  total: true,
  largeur: 76,
  modifiable: (l) => libre(c)(l) && !estElu(l),
  verifier: (v) => (Number(v) > 44_640 ? 'Plus d’heures que le mois n’en a.' : undefined),
})
const prime = (c: Cellule, titre: string): ColonneGrille => ({
  cle: c,
  titre,
  genre: 'montant',
  total: true,
  largeur: 88,
  modifiable: (l) => libre(c)(l) && !estElu(l),
  verifier: (v) =>
    v.startsWith('-') ? 'Une prime n’est pas négative : une reprise se fait par un rappel.' : undefined,
})

/** Columns of the month: two to know whom, twelve to type. */
export const COLONNES: readonly ColonneGrille[] = [
  { cle: 'nom', titre: 'Agent', modifiable: false, largeur: 180 },
  { cle: 'emploi', titre: 'Emploi', modifiable: false, largeur: 160 },
  heures('hsJour', 'HS jour'),
  heures('hsNuit', 'HS nuit'),
  heures('hsDimanche', 'HS dimanche'),
  heures('complementaires', 'H. complém.'),
  {
    cle: 'quantite',
    titre: 'Quantité',
    genre: 'nombre',
    decimales: 2,
    largeur: 88,
    // vacations, days of engagement or hours: only those whom a contract pays so
    modifiable: (l) => libre('quantite')(l) && isContratStatut((l as Ligne).statut),
  },
  prime('CIA', 'CIA'),
  prime('ASTREINTE', 'Astreintes'),
  prime('REGIE', 'Régie'),
  prime('FIN_ANNEE', 'Fin d’année'),
  {
    cle: 'absenceMotif',
    titre: 'Absence',
    genre: 'choix',
    largeur: 150,
    choix: Object.entries(LIBELLES_ABSENCE).map(([valeur, libelle]) => ({ valeur, libelle })),
    modifiable: (l) => libre('absenceMotif')(l) && !estElu(l),
  },
  {
    cle: 'absenceDepuis',
    titre: 'Du',
    genre: 'jour',
    largeur: 100,
    modifiable: (l) => libre('absenceDepuis')(l) && !estElu(l),
  },
  {
    cle: 'absenceJusqua',
    titre: 'Reprise le',
    genre: 'jour',
    largeur: 100,
    modifiable: (l) => libre('absenceJusqua')(l) && !estElu(l),
  },
]
