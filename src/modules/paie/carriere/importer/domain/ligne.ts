import { type Jour, jour } from '#socle/dates.ts'
import { isIban } from '#socle/identifiants.ts'
import { indiceOf, listGrades, nirValide } from '../../../calcul/index.ts'
import {
  isContratStatut,
  LIBELLES_STATUT,
  type SituationCarriere,
  type STATUTS_INDICIAIRES,
  type StatutCarriere,
  zSituationCarriere,
} from '../../contract.ts'
import { type AnomalieImport, CHAMPS_IMPORT, type ChampImport, type Correspondance } from '../contract.ts'
import { replier } from './correspondance.ts'

/** One line of the file, read: who, on which post, in which situation. */
export type LigneImport = {
  ligne: number
  civil: {
    nom: string
    prenom: string
    nomNaissance: string
    sexe: 'F' | 'M'
    naissance: Jour
    nir: string
    adresse: string
    codePostal: string
    ville: string
    courriel: string
  }
  matricule: string
  iban: string
  bic: string
  emploi: { emploi: string; entree: Jour; terme: Jour | null; contenu: SituationCarriere }
}

const serrer = (t: string) => t.replace(/[\s. \u00a0\u202f-]/g, '').toUpperCase()

/** « 15/03/1985 », « 15.03.85 », « 1985-03-15 » */
export function lireJour(texte: string): Jour | undefined {
  const iso = /^(\d{4})-(\d{2})-(\d{2})/.exec(texte)
  const fr = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(texte)
  const [a, m, j] = iso ? iso.slice(1) : fr ? [fr[3], fr[2], fr[1]] : []
  if (!a) return undefined
  try {
    return jour(`${a}-${m!.padStart(2, '0')}-${j!.padStart(2, '0')}`)
  } catch {
    return undefined
  }
}
/** « 1 234,5 € » → "1234.50" */
export function lireMontant(texte: string): string | undefined {
  const net = texte.replace(/[\s\u00a0\u202f€]/g, '').replace(',', '.')
  return /^\d{1,9}(\.\d{1,2})?$/.test(net) ? Number(net).toFixed(2) : undefined
}
/** « 35 », « 28,5 », « 28h30 », « 28:30 » → minutes */
export function lireMinutes(texte: string): number | undefined {
  const hm = /^(\d{1,2})\s*[h:]\s*(\d{2})?$/i.exec(texte.trim())
  if (hm) return Number(hm[1]) * 60 + Number(hm[2] ?? 0)
  const net = texte
    .replace(',', '.')
    .replace(/h(eures?)?$/i, '')
    .trim()
  return /^\d{1,2}(\.\d{1,2})?$/.test(net) ? Math.round(Number(net) * 60) : undefined
}
const lireEntier = (texte: string): number | undefined => (/^\d{1,5}$/.test(texte) ? Number(texte) : undefined)
const lirePourcent = (texte: string): string | undefined => {
  const net = texte.replace(/[\s%]/g, '').replace(',', '.')
  return /^\d{1,3}(\.\d{1,4})?$/.test(net) ? net : undefined
}

const STATUTS: readonly (readonly [RegExp, StatutCarriere])[] = [
  [/^(titulaire|fonctionnaire titulaire|tit)$/, 'titulaire'],
  [/^(stagiaire|fonctionnaire stagiaire|stag)$/, 'stagiaire'],
  [/collaborateur de cabinet/, 'collaborateurCabinet'],
  [/emploi fonctionnel/, 'emploiFonctionnel'],
  [/vacataire/, 'vacataire'],
  [/assistant/, 'assistantMaternel'],
  [/apprenti/, 'apprenti'],
  [/^pec$|parcours emploi/, 'pec'],
  [/^cee$|engagement educatif/, 'cee'],
  [/^prive$|droit prive|^cdi prive/, 'prive'],
  [/contractuel|non titulaire|^cdd$|^cdi$/, 'contractuel'],
  [/^elu|^maire|adjoint au maire/, 'elu'],
]
const EMPLOYEURS: readonly (readonly [RegExp, 'personnePublique' | 'spic' | 'association' | 'societe'])[] = [
  [/public/, 'personnePublique'],
  [/spic|industriel|regie/, 'spic'],
  [/associ/, 'association'],
  [/soci/, 'societe'],
]

/** Reads one line. All its faults at once, each with its field: the person mends the spreadsheet in one pass. */
export function readLigne(
  cellules: readonly string[],
  c: Correspondance,
  ligne: number,
): { lue?: LigneImport; anomalies: AnomalieImport[] } {
  const anomalies: AnomalieImport[] = []
  const dire = (champ: ChampImport | null, message: string, bloquante = true) =>
    anomalies.push({ ligne, champ, message, bloquante })
  const texte = (champ: ChampImport) => {
    const i = c[champ]
    const t = i === undefined ? '' : (cellules[i] ?? '').trim()
    if (t === '' && CHAMPS_IMPORT[champ].requis) dire(champ, `${CHAMPS_IMPORT[champ].libelle} : cellule vide.`)
    return t
  }
  /** A cell that is there must read. */
  const lire = <T>(champ: ChampImport, f: (t: string) => T | undefined, attendu: string): T | undefined => {
    const t = texte(champ)
    if (t === '') return undefined
    const v = f(t)
    if (v === undefined) dire(champ, `${CHAMPS_IMPORT[champ].libelle} : « ${t} » ne se lit pas, ${attendu}.`)
    return v
  }
  const date = (champ: ChampImport) => lire(champ, lireJour, 'une date est attendue, par exemple 15/03/1985')

  const nir = lire('nir', readNir, 'quinze caractères sont attendus, clé comprise, et la clé doit être juste')
  const sexeLu = texte('sexe')
  const naissance = date('naissance')
  const iban = serrer(texte('iban'))
  if (iban !== '' && !isIban(iban)) dire('iban', 'IBAN : la clé ne correspond pas au numéro.')
  const courriel = texte('courriel')
  if (courriel !== '' && !/^\S+@\S+\.\S+$/.test(courriel))
    dire('courriel', `Courriel : « ${courriel} » n’en est pas un.`)
  const entree = date('entree')
  const terme = date('terme') ?? null
  if (entree && terme && terme < entree) dire('terme', 'Le dernier jour du contrat précède l’entrée.')
  const civil = {
    nom: texte('nom'),
    prenom: texte('prenom'),
    nomNaissance: texte('nomNaissance'),
    sexe: (sexeLu ? (/^(f|mme|madame|2)/i.test(sexeLu) ? 'F' : 'M') : nir?.startsWith('2') ? 'F' : 'M') as 'F' | 'M',
    adresse: texte('adresse'),
    codePostal: texte('codePostal'),
    ville: texte('ville'),
    courriel,
  }
  if (nir && naissance && nir.slice(1, 3) !== naissance.slice(2, 4))
    dire('naissance', 'L’année de naissance n’est pas celle du numéro de sécurité sociale.', false)
  const emploi = texte('emploi')
  const contenu = readSituation(texte, lire, dire, entree, () => anomalies.some((a) => a.bloquante))
  if (!nir || !naissance || !entree || !contenu || anomalies.some((a) => a.bloquante)) return { anomalies }
  return {
    lue: {
      ligne,
      civil: { ...civil, naissance, nir },
      matricule: texte('matricule'),
      iban,
      bic: serrer(texte('bic')),
      emploi: { emploi, entree, terme, contenu },
    },
    anomalies,
  }
}

/** The number, its key computed when the file leaves it out. */
function readNir(t: string): string | undefined {
  const nu = serrer(t)
  if (/^[12378]\d{4}(\d{2}|2[AB])\d{6}$/.test(nu)) {
    const corps = nu.replace('2A', '19').replace('2B', '18')
    return nu + String(97 - Number(BigInt(corps) % 97n)).padStart(2, '0')
  }
  return nirValide(nu) ? nu : undefined
}

type Lire = <T>(champ: ChampImport, f: (t: string) => T | undefined, attendu: string) => T | undefined
type Dire = (champ: ChampImport | null, message: string, bloquante?: boolean) => void

function readSituation(
  texte: (champ: ChampImport) => string,
  lire: Lire,
  dire: Dire,
  entree: Jour | undefined,
  dejaFautive: () => boolean,
): SituationCarriere | undefined {
  const statut = lire(
    'statut',
    (t) => STATUTS.find(([r]) => r.test(replier(t)))?.[1],
    'choix : titulaire, stagiaire, contractuel, vacataire…',
  )
  if (statut === undefined) return undefined
  if (statut === 'elu') {
    dire('statut', 'Un élu ne s’importe pas : son mandat se saisit dans « Nouvel agent ».')
    return undefined
  }
  const taux = lire('tauxPas', lirePourcent, 'un pourcentage est attendu')
  const commun = {
    statut,
    pas: taux === undefined ? { mode: 'neutre' } : { mode: 'taux', taux },
    enfantsSft: lire('enfantsSft', lireEntier, 'un nombre est attendu') ?? 0,
  }
  const minutes = lire('duree', lireMinutes, 'une durée est attendue, par exemple 28h30')
  const remuneration = lire('remuneration', lireMontant, 'un montant est attendu')
  const grade = texte('grade')
  const brute = isContratStatut(statut)
    ? contrat(statut, { grade: grade || texte('emploi'), minutes, remuneration, texte, entree })
    : indiciaire({ grade, minutes, remuneration, texte, lire, dire, entree, statut })
  const lue = zSituationCarriere.safeParse({ ...commun, ...brute })
  if (lue.success) return lue.data
  // a cell that did not read has been told already
  if (!dejaFautive())
    for (const i of lue.error.issues) dire(null, `${LIBELLES_STATUT[statut]}, ${i.path.join('.')} : ${i.message}`)
  return undefined
}

function indiciaire(o: {
  grade: string
  minutes: number | undefined
  remuneration: string | undefined
  texte: (champ: ChampImport) => string
  lire: Lire
  dire: Dire
  entree: Jour | undefined
  statut: (typeof STATUTS_INDICIAIRES)[number] | string
}) {
  const { grade, minutes, remuneration, texte, lire, dire, entree, statut } = o
  const connu = listGrades().find((g) => replier(g.grade) === replier(grade))
  const echelon = lire('echelon', lireEntier, 'un nombre est attendu') ?? null
  const imLu = lire('im', lireEntier, 'un indice est attendu')
  const depuis = lire('depuis', lireJour, 'une date est attendue') ?? entree
  // someone hired before the first grid that is delivered has today's index: the pay starts here and now
  const indice =
    connu && echelon !== null
      ? ((depuis && indiceOf(connu.grade, echelon, depuis)) ?? connu.echelons.findLast((e) => e.echelon === echelon))
      : undefined
  const estFonctionnaire = statut !== 'contractuel' && statut !== 'collaborateurCabinet'
  if (grade === '') dire('grade', 'Grade : cellule vide.')
  if (estFonctionnaire && echelon === null) dire('echelon', 'Échelon : cellule vide pour un fonctionnaire.')
  if (connu && echelon !== null && !indice)
    dire('echelon', `L’échelon ${echelon} n’existe pas dans la grille « ${connu.grade} ».`)
  if (indice && imLu !== undefined && imLu !== indice.im)
    dire(
      'im',
      `L’indice majoré ${imLu} n’est pas celui de la grille (${indice.im}) ; celui de la grille est pris.`,
      false,
    )
  if (grade !== '' && !connu)
    dire('grade', `« ${grade} » n’est pas dans les grilles livrées : l’indice du fichier est pris tel quel.`, false)
  const im = indice?.im ?? imLu ?? null
  if (im === null && remuneration === undefined)
    dire('im', 'Ni grille connue, ni indice, ni rémunération : le traitement ne peut pas être calculé.')
  const ifse = lire('ifse', lireMontant, 'un montant est attendu')
  const quotite = lire('quotite', (t) => lireEntier(t.replace(/\s*%$/, '')), 'un pourcentage entier est attendu') ?? 100
  const regime = lire(
    'regime',
    (t) => (/cnracl/i.test(t) ? 'cnracl' : /ircantec|general/i.test(replier(t)) ? 'ircantec' : undefined),
    'choix : CNRACL ou IRCANTEC',
  )
  return {
    filiere: connu?.filiere ?? '',
    cadreEmplois: connu?.cadreEmplois ?? '',
    categorie: connu?.categorie ?? (texte('categorie').toUpperCase() || undefined),
    grade: connu?.grade ?? grade,
    echelle: connu?.echelle ?? '',
    echelon,
    ib: indice?.ib ?? null,
    im,
    ...(im === null && remuneration ? { traitementForfaitaire: remuneration } : {}),
    dateEchelon: lire('dateEchelon', lireJour, 'une date est attendue') ?? depuis,
    minutesHebdo: minutes ?? 2100,
    quotiteTempsPartiel: quotite,
    // under 28 hours a fonctionnaire is not affiliated to the CNRACL; the payslip checks it again, all employers together
    regime: regime ?? (estFonctionnaire && (minutes ?? 2100) >= 28 * 60 ? 'cnracl' : 'ircantec'),
    nbiPoints: lire('nbi', lireEntier, 'un nombre est attendu') ?? 0,
    ifse: ifse && ifse !== '0.00' ? { groupe: texte('groupeIfse'), mensuel: ifse } : null,
    zoneIndemniteResidence: lire('zone', lireEntier, 'choix : 1, 2 ou 3') ?? 3,
  }
}

function contrat(
  statut: StatutCarriere,
  o: {
    grade: string
    minutes: number | undefined
    remuneration: string | undefined
    texte: (champ: ChampImport) => string
    entree: Jour | undefined
  },
) {
  const employeur = EMPLOYEURS.find(([r]) => r.test(replier(o.texte('employeur'))))?.[1]
  const prive = {
    employeur: employeur ?? 'personnePublique',
    ...(statut === 'apprenti' ? { conclusion: o.entree } : {}),
  }
  return {
    grade: o.grade,
    minutesHebdo: statut === 'vacataire' || statut === 'assistantMaternel' ? null : (o.minutes ?? 2100),
    vacation: statut === 'vacataire' ? { libelle: o.grade, taux: o.remuneration ?? '' } : null,
    prive:
      statut === 'vacataire' || statut === 'assistantMaternel'
        ? null
        : {
            ...prive,
            ...(statut === 'cee' && o.remuneration ? { tarifJour: o.remuneration } : {}),
            ...((statut === 'prive' || statut === 'pec') && o.remuneration ? { salaireMensuel: o.remuneration } : {}),
          },
  }
}
