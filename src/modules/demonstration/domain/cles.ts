/** Check digits of the identifiers that the demonstration makes, and the marks by which they are seen to be fictitious. */

/** No body has a SIREN that starts so: 2 is the public law, and INSEE never gave 2999. */
const PREFIXE_SIREN_FICTIF = '2999'
/** Commune numbers of the NIR from here to 999 were never given in the départements used. */
const COMMUNE_NIR_FICTIVE = 990
/** No bank has this code. */
const BANQUE_FICTIVE = '99999'
export const BIC_FICTIF = 'DEMOFRP1XXX'

function sommeLuhn(chiffres: string): number {
  let somme = 0
  for (let i = 0; i < chiffres.length; i++) {
    const c = Number(chiffres[chiffres.length - 1 - i])
    somme += i % 2 === 0 ? c : c > 4 ? 2 * c - 9 : 2 * c
  }
  return somme
}
export const isLuhn = (chiffres: string): boolean => sommeLuhn(chiffres) % 10 === 0

/** The digit that makes the whole pass. */
const cleLuhn = (debut: string): string => String((10 - (sommeLuhn(`${debut}0`) % 10)) % 10)

/** A SIREN that no body has, with a valid key. */
export function sirenFictif(rang: number): string {
  const debut = `${PREFIXE_SIREN_FICTIF}${String(rang).padStart(4, '0')}`
  return debut + cleLuhn(debut)
}

/** SIRET of the seat: NIC 0001 and the key of the fourteen digits. */
export const siretDuSiege = (siren: string): string => `${siren}0001${cleLuhn(`${siren}0001`)}`

export type NaissanceNir = { sexe: 'F' | 'M'; annee: number; mois: number; departement: string; ordre: number }

/** A NIR that nobody has: `ordre` counts the persons of the same sex, month and département, over ten fictitious communes. */
export function nirFictif(n: NaissanceNir): string {
  const commune = COMMUNE_NIR_FICTIVE + Math.floor(n.ordre / 999)
  if (commune > 999) throw new Error('no fictitious NIR left for that month')
  const deux = (x: number) => String(x % 100).padStart(2, '0')
  const ordre = String((n.ordre % 999) + 1).padStart(3, '0')
  const corps = `${n.sexe === 'M' ? 1 : 2}${deux(n.annee)}${deux(n.mois)}${n.departement}${commune}${ordre}`
  return corps + cleNir(corps)
}
/** Key of the thirteen first characters; Corsican départements are not used here. */
const cleNir = (corps: string): string => String(97n - (BigInt(corps) % 97n)).padStart(2, '0')
export const isNir = (nir: string): boolean => /^\d{15}$/.test(nir) && cleNir(nir.slice(0, 13)) === nir.slice(13)

/** IBAN on the fictitious bank, with its RIB key and its IBAN key. */
export function ibanFictif(guichet: number, compte: number): string {
  const g = String(guichet).padStart(5, '0')
  const c = String(compte).padStart(11, '0')
  const cleRib = 97n - ((89n * BigInt(BANQUE_FICTIVE) + 15n * BigInt(g) + 3n * BigInt(c)) % 97n)
  const bban = BANQUE_FICTIVE + g + c + String(cleRib).padStart(2, '0')
  // "FR00" in digits, as ISO 13616 moves it to the end.
  const cle = 98n - (BigInt(`${bban}152700`) % 97n)
  return `FR${String(cle).padStart(2, '0')}${bban}`
}
export const isIban = (iban: string): boolean =>
  /^FR\d{25}$/.test(iban) && BigInt(`${iban.slice(4)}1527${iban.slice(2, 4)}`) % 97n === 1n

/** « Saint-Paul-lès-Dax » → « saint-paul-les-dax » */
export const slug = (texte: string): string =>
  texte
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/œ/g, 'oe')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
