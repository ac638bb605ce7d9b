import type { Jour } from '#socle/dates.ts'
import { type Alea, alea, fabriqueIds } from './alea.ts'
import { BIC_FICTIF, ibanFictif, nirFictif, slug } from './cles.ts'
import { LIEUX_NAISSANCE, NOMS_COURANTS, NOMS_GASCONS, PRENOMS, PRENOMS_ENFANTS, VOIES } from './noms.ts'
import type { Enfant, Organisme, Personne, Sexe } from './types.ts'

const deux = (n: number) => String(n).padStart(2, '0')
/** The later of two days (`Math.max` reads numbers only). */
export const latest = (...jours: Jour[]): Jour => jours.sort().at(-1)!
export const dayOf = (annee: number, mois: number, jour: number): Jour => `${annee}-${deux(mois)}-${deux(jour)}` as Jour

function prenomOf(a: Alea, sexe: Sexe, annee: number): string {
  const tranches = PRENOMS[sexe]
  const tranche = [...tranches].reverse().find((t) => annee >= t.depuis) ?? tranches[0]!
  return a.choix(tranche.noms)
}
const nomOf = (a: Alea) => a.choix(a.chance(0.6) ? NOMS_GASCONS : NOMS_COURANTS)

/** Children of an adult: those born when the parent was 20 to 42, living at the time of the demonstration. */
function enfantsOf(a: Alea, anneeNaissance: number): Enfant[] {
  const nombre = a.pese([
    [0, 34],
    [1, 24],
    [2, 28],
    [3, 11],
    [4, 3],
  ])
  let annee = anneeNaissance + a.entier(22, 33)
  const enfants: Enfant[] = []
  for (let i = 0; i < nombre && annee <= 2024; i++) {
    enfants.push({ prenom: a.choix(PRENOMS_ENFANTS), naissance: dayOf(annee, a.entier(1, 12), a.entier(1, 28)) })
    annee += a.entier(2, 4)
  }
  return enfants
}

/** Makes persons one after the other, each with identifiers that no other has. */
export function fabriquePersonnes(graine: number) {
  const newId = fabriqueIds(graine, 'personnes')
  const ordres = new Map<string, number>()
  const courriels = new Map<string, number>()
  let rang = 0

  return (demande: { sexe: Sexe; anneeNaissance: number; pres: Organisme }): Personne => {
    rang++
    const a = alea(graine, `personne/${rang}`)
    const { sexe, anneeNaissance: annee, pres } = demande
    const mois = a.entier(1, 12)
    const { lieu, departement } = a.pese(LIEUX_NAISSANCE)
    const cle = `${sexe}${annee % 100}/${mois}/${departement}`
    const ordre = ordres.get(cle) ?? 0
    ordres.set(cle, ordre + 1)
    const nomNaissance = nomOf(a)
    const nomUsage = sexe === 'F' && a.chance(annee < 1985 ? 0.6 : 0.3) ? nomOf(a) : null
    const prenoms = [prenomOf(a, sexe, annee)]
    while (prenoms.length < a.entier(1, 3)) {
      const autre = prenomOf(a, sexe, annee)
      if (prenoms.includes(autre)) break
      prenoms.push(autre)
    }
    const adresse = `${slug(prenoms[0]!)}.${slug(nomUsage ?? nomNaissance)}`
    const homonymes = (courriels.get(adresse) ?? 0) + 1
    courriels.set(adresse, homonymes)
    const numero = deux(rang % 100)
    return {
      id: newId<'Personne'>(),
      sexe,
      nomNaissance,
      nomUsage: nomUsage === nomNaissance ? null : nomUsage,
      prenoms,
      naissance: dayOf(annee, mois, a.entier(1, 28)),
      lieuNaissance: lieu,
      nir: nirFictif({ sexe, annee, mois, departement, ordre }),
      adresse: `${a.entier(1, 240)} ${a.choix(VOIES)}`,
      codePostal: pres.codePostal,
      ville: pres.ville,
      courriel: `${adresse}${homonymes > 1 ? homonymes : ''}@courriel.example`,
      // 06 39 98 xx xx is kept by ARCEP for fiction.
      telephone: `06 39 98 ${deux(Math.floor(rang / 100) % 100)} ${numero}`,
      iban: ibanFictif(a.entier(1, 99), 10_000_000_000 + rang * 7919),
      bic: BIC_FICTIF,
      enfants: enfantsOf(a, annee),
    }
  }
}
