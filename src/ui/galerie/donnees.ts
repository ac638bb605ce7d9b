import type { Explication } from '../composants/pourquoi.tsx'
import type { Session } from '../coquille/session.tsx'
import type { Colonne } from '../tableau/colonnes.ts'

/** Made-up persons and figures, only to see the components at work. */
export const SESSION: Session = {
  compteId: 'galerie',
  identifiant: 'galerie',
  personne: { id: 'p', nom: 'Lafitte', prenom: 'Maïté' },
  secondFacteur: { etat: 'fait' },
  verrouMinutes: 30,
  organismes: [
    {
      id: '1',
      nom: 'Saint-Exemple-sur-Leyre',
      type: 'Commune',
      siren: '214000416',
      roles: ['Secrétaire'],
      droits: [],
      via: 'appartenance',
    },
    {
      id: '2',
      nom: 'CCAS de Saint-Exemple-sur-Leyre',
      type: 'CCAS',
      siren: '264000127',
      roles: ['Secrétaire'],
      droits: [],
      via: 'appartenance',
    },
    {
      id: '3',
      nom: 'Communauté de communes du Pays d’Exemple',
      type: 'Communauté de communes',
      siren: '244000865',
      roles: ['Gestionnaire de paie'],
      droits: [],
      via: 'portefeuille',
    },
  ],
}

export type Agent = {
  id: string
  nom: string
  grade: string
  statut: string
  depuis: string
  net: string
  ecart: string
  heures: number
  actif: boolean
}

const NOMS = [
  'Darrigade',
  'Dupouy',
  'Lacoste',
  'Étcheverry',
  'Labat',
  'Castaings',
  'Duvignau',
  'Saint-Martin',
  'Barrère',
  'Lalanne',
]
const PRENOMS = ['Amélie', 'Bernard', 'Céline', 'Denis', 'Élodie', 'François', 'Gisèle', 'Hugo']
const GRADES = ['Adjoint technique', 'Rédacteur principal', 'Attaché territorial', 'Agent social', 'ATSEM principal']

export const AGENTS: Agent[] = Array.from({ length: 5500 }, (_, i) => {
  const cents = 120_000 + ((i * 7919) % 210_000)
  const ecart = i % 4 === 0 ? 0 : ((i * 313) % 9000) - 4500
  return {
    id: String(i),
    nom: `${NOMS[i % NOMS.length]} ${PRENOMS[(i * 3) % PRENOMS.length]}`,
    grade: GRADES[i % GRADES.length]!,
    statut: i % 3 === 0 ? 'Contractuel' : 'Titulaire',
    depuis: `${2001 + (i % 24)}-${String(1 + (i % 12)).padStart(2, '0')}-01`,
    net: (cents / 100).toFixed(2),
    ecart: (ecart / 100).toFixed(2),
    heures: i % 5 === 0 ? 1680 : 2100,
    actif: i % 17 !== 0,
  }
})

export const EXPLICATION: Explication = {
  phrase:
    'La retraite CNRACL est prélevée au taux de 11,10 % sur le traitement indiciaire et la nouvelle bonification.',
  regle: { libelle: 'Retraite CNRACL, part de l’agent', code: 'CNRACL' },
  calcul: [
    { libelle: 'Traitement indiciaire', valeur: '1\u202f806,66\u00a0€', precision: 'indice majoré 367' },
    { libelle: 'Nouvelle bonification', valeur: '49,23\u00a0€', precision: '10 points' },
    { libelle: 'Taux', valeur: '11,10\u00a0%' },
  ],
  resultat: { libelle: 'Retenue', valeur: '206,00\u00a0€' },
  sources: [{ texte: 'Décret n° 2010-1749 du 30 décembre 2010', depuis: '2020-01-01', verifie: true }],
  pieces: [{ libelle: 'Arrêté de nomination du 01/09/2019', ouvrir: () => {} }],
}

export const COLONNES: Colonne<Agent>[] = [
  { cle: 'nom', titre: 'Agent', valeur: (a) => a.nom, filtre: 'texte', largeur: '220px' },
  { cle: 'grade', titre: 'Grade', valeur: (a) => a.grade, filtre: 'choix' },
  { cle: 'statut', titre: 'Statut', valeur: (a) => a.statut, filtre: 'choix' },
  { cle: 'depuis', titre: 'Depuis le', valeur: (a) => a.depuis, genre: 'jour' },
  { cle: 'heures', titre: 'Par mois', valeur: (a) => a.heures, genre: 'duree', masquee: true },
  {
    cle: 'net',
    titre: 'Net à payer',
    valeur: (a) => a.net,
    genre: 'montant',
    total: (l) => somme(l.map((a) => a.net)),
  },
  { cle: 'ecart', titre: 'Écart', valeur: (a) => a.ecart, genre: 'ecart', total: (l) => somme(l.map((a) => a.ecart)) },
]

function somme(montants: string[]): bigint {
  return montants.reduce((s, m) => s + BigInt(m.replace('.', '')), 0n)
}
