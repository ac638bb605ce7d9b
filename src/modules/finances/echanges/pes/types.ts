import { z } from 'zod'

/** What a value must be: tells its fault, in French, or nothing. */
type Type = (v: string) => string | undefined

const CHIFFRES = /^\d*$/
const LETTRES_CHIFFRES = /^[0-9a-zA-Z]*$/
// Every text of the PES refuses what stands for nothing: empty, a lone point or space, « nc », zeros only.
export const isTexteVide = (v: string): boolean => v === '' || v === '.' || v === ' ' || v === 'nc' || /^0+$/.test(v)

const motif =
  (regle: RegExp, attendu: string): Type =>
  (v) =>
    regle.test(v) ? undefined : attendu
const SEPA = (longueur: number): Type =>
  motif(
    new RegExp(`^[0-9a-zA-Z/?:()., \\-+']{1,${longueur}}$`),
    `${longueur} caractères au plus, sans accent ni signe hors de / ? : ( ) . , - + ’`,
  )

const NOMMES: Record<string, Type> = {
  D: (v) =>
    /^\d{4}-\d{2}-\d{2}$/.test(v) && z.iso.date().safeParse(v).success
      ? undefined
      : 'ce n’est pas une date (AAAA-MM-JJ)',
  Y: motif(/^\d{4}$/, 'ce n’est pas une année'),
  B: motif(/^(0|1|true|false)$/, '0 ou 1 est attendu'),
  M: (v) => montant(v, false),
  m: (v) => montant(v, true),
  X: motif(/^(?=.*[1-9])\d{1,3}(\.\d{1,2})?$/, 'un taux au-dessus de zéro, à deux décimales, est attendu'),
  x: motif(/^\d{1,3}(\.\d{1,2})?$/, 'un taux à deux décimales est attendu'),
  Q: motif(/^(?=.*[1-9])\d{1,6}(\.\d{1,4})?$/, 'une quantité au-dessus de zéro est attendue'),
  TexteCodique7: motif(/^(02[AB]\d{3,4}|\d{6,7})$/, 'un codique a six ou sept chiffres'),
  CodeCol3: motif(/^(?!000)\d{3}$/, 'le code collectivité a trois chiffres'),
  CodeBud2: motif(/^[0-9A-Z]\d$/, 'le code budget a deux caractères (00 pour le budget principal)'),
  Texte11BIC: motif(/^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$/, 'ce n’est pas un BIC'),
  Texte34IBAN: motif(/^[A-Z]{2}\d{2}[a-zA-Z0-9]{1,30}$/, 'ce n’est pas un IBAN'),
  NomPJ: (v) =>
    v.length > 100
      ? 'cent caractères au plus'
      : /.\.[A-Za-z0-9]{2,4}$/.test(v)
        ? undefined
        : 'un nom de fichier avec son extension est attendu',
  IdentifiantPJ20: motif(/^[0-9a-zA-Z/_]{1,20}$/, 'vingt lettres et chiffres au plus'),
  NumFactureCPP20: motif(/^[ \-/_+0-9a-zA-Z]{1,20}$/, 'vingt caractères au plus, sans accent ni signe'),
  Texte35SEPA: SEPA(35),
  Texte70SEPA: SEPA(70),
  Texte140SEPA: SEPA(140),
  Num60TalonOptique: motif(/^[0-9A-Z\s]{1,60}$/, 'soixante chiffres et capitales au plus'),
  Texte_CodeCommune_2_3: motif(/^\d{2,3}$/, 'deux ou trois chiffres'),
  Texte_CodeDepartement_2_3: motif(/^(2[AB]|[0-8]\d|9[0-5]|97[1-8]|98[6-8])$/, 'ce n’est pas un département'),
  Texte_CodePays_3: motif(/^[1-5]\d{2}$/, 'ce n’est pas un code de pays'),
  Texte_Libelle_Naissance_70: motif(/^[A-Z 0-9'\-Œ()]{1,70}$/, 'capitales sans accent, soixante-dix au plus'),
}

function montant(v: string, zero: boolean): string | undefined {
  if (!/^\+?\d{1,12}(\.\d{0,2})?$/.test(v)) return 'un montant sans signe, à deux décimales, est attendu'
  return zero || /[1-9]/.test(v) ? undefined : 'un montant au-dessus de zéro est attendu'
}

function make(type: string): Type {
  const nomme = NOMMES[type]
  if (nomme) return nomme
  if (type.startsWith('E:')) {
    const codes = type.slice(2).split(',')
    return (v) => (codes.includes(v) ? undefined : `les codes admis sont ${codes.join(', ')}`)
  }
  const longueur = Number(type.slice(1))
  const trop = `${longueur} ${/[Nn]/.test(type[0]!) ? 'chiffres' : 'caractères'} au plus`
  switch (type[0]) {
    case 'T':
      return (v) => (v.length > longueur ? trop : isTexteVide(v) ? 'une valeur réelle est attendue' : undefined)
    case 't':
      return (v) => (v.length > longueur ? trop : undefined)
    case 'A':
      return (v) =>
        v.length > longueur
          ? trop
          : isTexteVide(v)
            ? 'une valeur réelle est attendue'
            : LETTRES_CHIFFRES.test(v)
              ? undefined
              : 'seules les lettres sans accent et les chiffres sont admis'
    case 'a':
      return (v) =>
        v.length > longueur
          ? trop
          : LETTRES_CHIFFRES.test(v)
            ? undefined
            : 'seules les lettres sans accent et les chiffres sont admis'
    case 'N':
      return (v) => {
        if (!/^\+?\d+$/.test(v)) return 'un nombre entier est attendu'
        if (!/[1-9]/.test(v)) return 'un nombre au-dessus de zéro est attendu'
        return v.replace(/^\+?0*/, '').length > longueur ? trop : undefined
      }
    case 'n':
      return (v) => (v.length > longueur ? trop : CHIFFRES.test(v) ? undefined : 'seuls les chiffres sont admis')
    default:
      throw new Error(`unknown type of the PES structure: ${type}`)
  }
}

const faits = new Map<string, Type>()
export function checkValeur(type: string, v: string): string | undefined {
  let t = faits.get(type)
  if (!t) {
    t = make(type)
    faits.set(type, t)
  }
  return t(v)
}
