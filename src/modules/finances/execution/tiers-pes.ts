import type * as flux from '../echanges/pes/flux.ts'
import type { CompteRow, TiersRow } from './db/contexte.ts'

export const text = (t: string, max: number): string | undefined => t.trim().slice(0, max).trim() || undefined

/** Without accents, in capitals, as the comptable's directory keeps names. */
const capitales = (t: string, max: number) =>
  t.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’]/g, "'").toUpperCase().slice(0, max)

/** A tiers as the comptable's directory keeps it, with the account that pays or is debited. */
export function tiersOf(t: TiersRow, compte: Pick<CompteRow, 'iban' | 'bic' | 'titulaire'> | null): flux.Tiers {
  const physique = t.categorie === '01'
  return {
    ...(t.siret ? { identifiant: t.siret, natureIdentifiant: '01' } : {}),
    reference: `T${t.numero}`,
    categorie: t.categorie,
    natureJuridique: t.nature_juridique,
    ...(physique ? { civilite: t.civilite || 'M' } : {}),
    nom: capitales(t.nom, 38),
    complement: text(t.complement, 38),
    ...(physique ? { prenom: capitales(t.prenom, 38) } : {}),
    adresse: {
      type: '1',
      ligne2: text(t.adresse, 38) ?? text(t.ville, 38) ?? 'INCONNUE',
      ligne3: text(t.complement_adresse, 38),
      codePostal: t.code_postal || '99999',
      ville: text(t.ville, 38) ?? 'INCONNUE',
      etranger: t.pays !== '',
      ...(t.pays ? { pays: t.pays } : {}),
    },
    ...(compte
      ? { compte: { bic: compte.bic || undefined, iban: compte.iban, titulaire: capitales(compte.titulaire, 32) } }
      : {}),
  }
}
