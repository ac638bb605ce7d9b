import type { ChampImport, Correspondance } from '../contract.ts'
import { CLES_IMPORT } from '../contract.ts'

/** How the usual payroll programs title their columns; the first that fits wins. */
const TITRES: Record<ChampImport, readonly string[]> = {
  nom: ['nom', 'nom d usage', 'nom usuel', 'nom marital'],
  prenom: ['prenom', 'prenoms'],
  nomNaissance: ['nom de naissance', 'nom patronymique', 'nom de famille'],
  sexe: ['sexe', 'civilite', 'genre'],
  naissance: ['date de naissance', 'naissance', 'ne le', 'nee le', 'date naissance'],
  nir: ['nir', 'numero de securite sociale', 'n securite sociale', 'no ss', 'n ss', 'numero ss', 'num secu', 'insee'],
  matricule: ['matricule', 'numero d agent', 'n agent', 'code agent'],
  adresse: ['adresse', 'rue', 'voie', 'adresse 1'],
  codePostal: ['code postal', 'cp'],
  ville: ['ville', 'commune', 'localite'],
  courriel: ['courriel', 'email', 'e mail', 'mail', 'adresse electronique'],
  iban: ['iban', 'compte', 'compte bancaire', 'rib'],
  bic: ['bic', 'swift'],
  emploi: ['emploi', 'fonction', 'poste', 'metier'],
  entree: ['date d entree', 'entree', 'date entree', 'date d embauche', 'embauche', 'debut de contrat'],
  terme: ['fin de contrat', 'date de fin', 'terme', 'date fin contrat', 'fin'],
  statut: ['statut', 'position statutaire', 'type de contrat', 'nature de contrat'],
  depuis: ['situation depuis', 'date d effet', 'effet', 'date effet'],
  grade: ['grade', 'qualification', 'libelle grade'],
  echelon: ['echelon', 'ech'],
  dateEchelon: ['date d echelon', 'date echelon', 'anciennete echelon', 'date dernier avancement'],
  categorie: ['categorie', 'cat'],
  im: ['indice majore', 'im', 'indice'],
  duree: ['duree hebdomadaire', 'heures hebdomadaires', 'heures semaine', 'dhs', 'temps de travail', 'duree'],
  quotite: ['temps partiel', 'quotite', 'quotite de travail', 'taux d activite'],
  regime: ['caisse de retraite', 'regime', 'retraite', 'caisse', 'affiliation'],
  ifse: ['ifse', 'ifse mensuelle', 'regime indemnitaire'],
  groupeIfse: ['groupe de fonctions', 'groupe rifseep', 'groupe'],
  nbi: ['nbi', 'points nbi', 'points de nbi'],
  enfantsSft: ['enfants', 'sft', 'enfants a charge', 'nombre d enfants', 'enfants sft'],
  zone: ['zone', 'zone ir', 'zone de residence'],
  tauxPas: ['taux pas', 'taux d impot', 'pas', 'taux de prelevement'],
  remuneration: ['remuneration', 'salaire', 'salaire mensuel', 'brut mensuel', 'taux de vacation', 'salaire brut'],
  employeur: ['nature de l employeur', 'employeur'],
}

/** Without case, accents nor punctuation: « N° Sécu. » and « n secu » are one title. */
export const replier = (texte: string): string =>
  texte
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** « Date d’entrée » and « Date entrée » are one title. */
const PETITS_MOTS = new Set(['a', 'd', 'de', 'du', 'des', 'la', 'le', 'les', 'l'])
const titreOf = (texte: string): string =>
  replier(texte)
    .split(' ')
    .filter((m) => !PETITS_MOTS.has(m))
    .join(' ')

/** The fields that the titles of the file say by themselves; the person corrects the others. */
export function suggererCorrespondance(titres: readonly string[]): Correspondance {
  const plies = titres.map(titreOf)
  const prises = new Set<number>()
  const c: Correspondance = {}
  const prendre = (champ: ChampImport, trouve: (titre: string, nom: string) => boolean) => {
    if (c[champ] !== undefined) return
    const i = plies.findIndex(
      (t, k) => t !== '' && !prises.has(k) && TITRES[champ].some((nom) => trouve(t, titreOf(nom))),
    )
    if (i < 0) return
    c[champ] = i
    prises.add(i)
  }
  for (const champ of CLES_IMPORT) prendre(champ, (t, nom) => t === nom)
  for (const champ of CLES_IMPORT) prendre(champ, (t, nom) => nom.length > 3 && ` ${t} `.includes(` ${nom} `))
  return c
}
