import type { Mois } from '#socle/dates.ts'
import { type Situation, zSituation } from '../situation.ts'
import { type Cas, nombre } from '../verification/cas.ts'

type Entrees = Record<string, unknown>
const montant = (x: number): string => x.toFixed(2)
const pourcent = (x: number): string => `${Number((x * 100).toFixed(6))} %`

const PROFILS: Record<string, Situation['statut']> = {
  apprenti_public: 'apprenti',
  apprenti_prive: 'apprenti',
  apprenti: 'apprenti',
  prive_pec: 'pec',
  pec: 'pec',
  cee: 'cee',
  prive_cee: 'cee',
  prive: 'prive',
  prive_cdi: 'prive',
  prive_cdd: 'prive',
  prive_cadre: 'prive',
  prive_non_cadre: 'prive',
  prive_saisonnier: 'prive',
  aide_domicile: 'prive',
  prive_aide_domicile: 'prive',
  spic: 'prive',
}
const profil = (cas: Cas): string => cas.profile ?? String(cas.inputs.statut ?? '')
const deModeleSocial = (cas: Cas): boolean => /modele-social/.test(String(cas.origin ?? ''))

/** A case of private law: by its profile, its statut, or its origin. */
export const estCasPrive = (cas: Cas): boolean => profil(cas) in PROFILS || deModeleSocial(cas)

/** Figures that inform the reader without changing the computation. */
const INFORMATIVES = new Set([
  'statut',
  'period',
  'age',
  'smic_mensuel',
  'smic_horaire',
  'pss',
  'mois',
  'regularisation',
])

/** The situation that a private-law case describes, and what of its inputs was not understood. */
export function situationPriveDe(
  cas: Cas,
  _mois: Mois,
  over: Entrees = {},
): { situation: Situation; incomprises: string[] } {
  const i: Entrees = { ...cas.inputs, ...over }
  const nom = profil(cas)
  const statut = PROFILS[nom] ?? 'prive'
  const p: Record<string, unknown> = {}
  const s: Record<string, unknown> = { statut }
  const employeur: Record<string, unknown> = { effectif: 10 }
  const incomprises: string[] = []
  const heures: Record<string, unknown>[] = []
  const primes: Record<string, unknown>[] = []
  for (const [cle, valeur] of Object.entries(i)) {
    const n = nombre(valeur)
    if ((cle === 'brut' || cle === 'base' || cle === 'salaire' || cle === 'salaire_mensuel') && n !== undefined)
      p.salaireMensuel = montant(n)
    else if (cle === 'heures_hebdo' && n !== undefined) s.minutesHebdo = Math.round(n * 60)
    else if (cle === 'heures_mois' && n !== undefined) p.heuresMois = String(n)
    else if (cle === 'taux_horaire' && n !== undefined) p.tauxHoraire = String(n)
    else if (cle === 'pct_smic' && n !== undefined) p.pourcentageSmic = `${n} %`
    else if (cle === 'annee_contrat' && n !== undefined) p.anneeContrat = n
    else if (cle === 'contrat_conclu' || cle === 'conclusion') p.conclusion = String(valeur)
    else if (cle === 'effectif' && n !== undefined) employeur.effectif = n
    else if (cle === 'taux_at' && n !== undefined) employeur.tauxAt = pourcent(n)
    else if (cle === 'versement_mobilite_taux' && n !== undefined) employeur.versementMobilite = pourcent(n)
    else if (cle === 'quotite') s.minutesHebdo = Math.round(Number(String(valeur).replace(/ ?%/, '')) * 21)
    else if (cle === 'cadre' || cle === 'statut_cadre') p.cadre = valeur === true
    else if (cle === 'jours' && n !== undefined) p.jours = n
    else if (cle === 'tarif_jour' && n !== undefined) p.tarifJour = montant(n)
    else if (cle === 'heures_sup' && n !== undefined)
      heures.push({ type: 'supplementaires', minutes: Math.round(n * 60) })
    else if (cle === 'heures_comp' && n !== undefined)
      heures.push({ type: 'complementaires', minutes: Math.round(n * 60) })
    else if (cle === 'mutuelle' && n !== undefined) p.protection = [sante(n / 2, n / 2)]
    else if ((cle === 'treizieme_mois' || cle === 'prime_annuelle') && n !== undefined)
      primes.push({ code: 'TREIZIEME_MOIS', montant: montant(n), proratise: false })
    else if (cle === 'avantage_nature' && n !== undefined)
      primes.push({ code: 'AVANTAGE_NATURE', nature: 'avantageNature', montant: montant(n) })
    else if (cle === 'primes' && n !== undefined) primes.push({ code: 'PRIMES', montant: montant(n), proratise: false })
    else if (!INFORMATIVES.has(cle)) incomprises.push(cle)
  }
  if (heures.length > 0) s.heures = heures
  if (primes.length > 0) s.primes = primes
  completer(cas, nom, p, employeur)
  return { situation: zSituation.parse({ ...s, employeur, prive: p }), incomprises }
}

const sante = (agent: number, employeur: number) => ({
  risque: 'sante',
  assiette: 'forfait',
  agent: montant(agent),
  employeur: montant(employeur),
})

/** What a case leaves unsaid, or says in its assumptions. */
function completer(cas: Cas, nom: string, p: Record<string, unknown>, employeur: Record<string, unknown>): void {
  const dit = (motif: RegExp): boolean => (cas.assumptions ?? []).some((a) => motif.test(a))
  if (nom === 'spic') p.employeur = 'spic'
  else if (!/apprenti_public|pec|cee|^apprenti$/.test(nom)) p.employeur = 'association'
  if (/aide_domicile/.test(nom)) {
    p.branche = 'aideADomicile'
    if (p.protection === undefined) p.dispenseSante = true
  }
  if (/cdd/.test(nom)) p.contrat = 'cdd'
  if (/saisonnier/.test(nom)) p.contrat = 'saisonnier'
  if (/cadre/.test(nom) && !/non_cadre/.test(nom)) p.cadre = true
  if (dit(/dialogue social non compté/)) p.dialogueSocial = false
  const at = (cas.assumptions ?? []).map((a) => /AT (\d+(?:,\d+)?) %/.exec(a)?.[1]).find(Boolean)
  if (employeur.tauxAt === undefined && at) employeur.tauxAt = `${at.replace(',', '.')} %`
  // A case of a model without accident rate expects no line of it: the private employer must have one all the same.
  if (employeur.tauxAt === undefined && p.employeur !== undefined) employeur.tauxAt = '0 %'
  // modele-social gives every employee a health cover of 40 euros, half paid by the employer, unless told otherwise.
  if (deModeleSocial(cas) && p.protection === undefined) p.protection = [sante(20, 20)]
}
