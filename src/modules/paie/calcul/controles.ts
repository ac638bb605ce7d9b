import { type Centimes, euros, formatEuros } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import type { Anomalie } from '#socle/refus.ts'
import { type Contexte, tauxLocal } from './moteur/contexte.ts'
import type { Population } from './populations/population.ts'

const NIR = /^[12378]\d{4}(\d{2}|2[AB])\d{6}\d{2}$/
/** Key of a NIR of fifteen characters: 97 − (number mod 97), Corsica's departments read as 19 and 18. */
export function nirValide(nir: string): boolean {
  if (!NIR.test(nir)) return false
  const corps = nir.slice(0, 13).replace('2A', '19').replace('2B', '18')
  return 97 - Number(BigInt(corps) % 97n) === Number(nir.slice(13))
}

const bloquante = (code: string, lieu: string, message: string, conseil: string): Anomalie => ({
  code: `paie.${code}`,
  lieu,
  message,
  conseil,
  bloquante: true,
})

const CAISSES = ['CNRACL', 'IRCANTEC', 'AGIRC_ARRCO']

/** Situations that contradict themselves: nothing is computed on a guess. */
export function controler(
  c: Contexte,
  population: Population,
  mois: Mois,
  populationDe: (c: Contexte) => Population | undefined,
): void {
  const { s, anomalies } = c
  const refuser = (code: string, lieu: string, message: string, conseil: string) =>
    anomalies.push(bloquante(code, lieu, message, conseil))
  if (s.nir !== undefined && !nirValide(s.nir))
    refuser(
      'nirInvalide',
      'nir',
      'La clé du numéro de sécurité sociale ne correspond pas au numéro.',
      'Relire le numéro sur l’attestation de droits.',
    )
  if (s.quotite !== undefined) {
    const q = tauxLocal(s.quotite)
    if (q.num > q.den)
      refuser(
        'quotiteExcessive',
        'quotite',
        'La quotité de travail dépasse 100 %.',
        'Saisir une quotité de 50 % à 100 %.',
      )
    else if (q.num === 0n)
      refuser(
        'quotiteNulle',
        'quotite',
        'La quotité de travail est nulle.',
        'Saisir la quotité de l’arrêté de temps partiel.',
      )
  }
  if (s.minutesHebdo === 0 && s.statut !== 'elu')
    refuser('dureeNulle', 'minutesHebdo', 'La durée hebdomadaire est nulle.', 'Saisir la durée hebdomadaire du poste.')
  if (s.entree !== undefined && s.sortie !== undefined && s.sortie <= s.entree)
    refuser('finAvantDebut', 'sortie', 'La sortie précède l’entrée.', 'Corriger la date d’entrée ou la date de sortie.')
  if ((s.entree !== undefined && s.entree.slice(0, 7) > mois) || (s.sortie !== undefined && s.sortie <= `${mois}-01`))
    refuser(
      'horsPeriode',
      'entree',
      'L’agent n’est pas présent dans le mois.',
      'Vérifier les dates d’entrée et de sortie.',
    )
  for (const [i, a] of (s.absences ?? []).entries())
    if (a.jusqua <= a.depuis)
      refuser(
        'finAvantDebut',
        `absences.${i}.jusqua`,
        'La fin de l’absence précède son début.',
        'Corriger les dates de l’absence.',
      )
  if (s.caisse !== undefined && s.caisse !== population.caisse) {
    if (!CAISSES.includes(s.caisse))
      refuser(
        'caisseInconnue',
        'caisse',
        `Caisse de retraite inconnue : ${s.caisse}.`,
        `Choisir parmi ${CAISSES.join(', ')}.`,
      )
    else
      refuser(
        'caisseIncoherente',
        'caisse',
        `La caisse du dossier (${s.caisse}) n’est pas celle de la situation (${population.caisse}).`,
        'Vérifier le statut et la durée hebdomadaire, tous employeurs confondus.',
      )
  }
  if (s.grade !== undefined && s.echelon === undefined && s.im === undefined && s.traitementForfaitaire === undefined)
    refuser(
      'gradeSansEchelon',
      'echelon',
      `Le grade « ${s.grade} » n’a pas d’échelon.`,
      'Saisir l’échelon de l’arrêté.',
    )
  else if (AVEC_TRAITEMENT.has(s.statut) && s.im === undefined && s.traitementForfaitaire === undefined)
    refuser(
      'sansTraitement',
      'im',
      'Ni indice ni traitement forfaitaire.',
      'Saisir l’indice majoré, ou le traitement de la décision.',
    )
  if (s.im !== undefined && s.traitementForfaitaire !== undefined)
    refuser(
      'deuxTraitements',
      'traitementForfaitaire',
      'Un indice et un traitement forfaitaire à la fois.',
      'N’en garder qu’un.',
    )
  if (estFonctionnaire(s.statut)) {
    if (
      s.categorie === undefined &&
      s.transfertPrimesPoints !== false &&
      (s.primes ?? []).some((p) => (p.nature ?? 'prime') === 'prime')
    )
      refuser(
        'sansCategorie',
        'categorie',
        'La catégorie manque : le transfert primes/points ne peut pas être calculé.',
        'Saisir la catégorie A, B ou C.',
      )
  } else if (s.nbi !== undefined && s.nbi > 0)
    refuser(
      'nbiNonFonctionnaire',
      'nbi',
      'La NBI est réservée aux fonctionnaires.',
      'Retirer la NBI ou corriger le statut.',
    )
  if (s.periodes !== undefined && s.periodes.length > 0) {
    if (!AVEC_TRAITEMENT.has(s.statut))
      refuser(
        'changementDansLeMois',
        'periodes',
        'Ce statut ne connaît pas de changement dans le mois.',
        'Dater le changement du premier du mois.',
      )
    if (s.periodes.some((p, i) => i > 0 && p.depuis <= s.periodes![i - 1]!.depuis))
      refuser(
        'periodesNonTriees',
        'periodes',
        'Les changements du mois ne se suivent pas.',
        'Les ranger par date, une date par changement.',
      )
    for (const p of s.periodes) {
      const durees = c.s.minutesHebdo !== undefined || p.minutesHebdo !== undefined
      if (
        durees &&
        populationDe({ ...c, s: { ...s, ...(p.minutesHebdo !== undefined && { minutesHebdo: p.minutesHebdo }) } })
          ?.code !== population.code
      )
        refuser(
          'changementDeCaisse',
          'periodes',
          'La durée de l’emploi fait changer de caisse dans le mois.',
          'Dater le changement du premier du mois, ou faire deux bulletins.',
        )
      if (p.quotite !== undefined && tauxLocal(p.quotite).num > tauxLocal(p.quotite).den)
        refuser(
          'quotiteExcessive',
          'periodes',
          'La quotité de travail dépasse 100 %.',
          'Saisir une quotité de 50 % à 100 %.',
        )
    }
  }
  surveiller(c)
  const codes = new Set<string>()
  for (const p of s.primes ?? []) {
    if (codes.has(p.code))
      refuser(
        'primeEnDouble',
        `primes.${p.code}`,
        `La prime ${p.code} est saisie deux fois.`,
        'Réunir les deux montants, ou donner deux codes.',
      )
    if (RESERVES.has(p.code))
      refuser('codeReserve', `primes.${p.code}`, `Le code ${p.code} est réservé au moteur.`, 'Choisir un autre code.')
    codes.add(p.code)
  }
}

/** What is unusual without being impossible: the payslip is computed, the officer is told. */
function surveiller(c: Contexte): void {
  const { s, anomalies } = c
  const signaler = (code: string, lieu: string, message: string, conseil: string) =>
    anomalies.push({ code: `paie.${code}`, lieu, message, conseil, bloquante: false })
  if (s.categorie === 'A' && estFonctionnaire(s.statut) && (s.heures ?? []).some((h) => h.type === 'supplementaires'))
    signaler(
      'heuresCategorieA',
      'heures',
      'Les heures supplémentaires sont réservées aux catégories B et C, sauf exceptions de la filière médico-sociale.',
      'Vérifier que le grade ouvre droit aux IHTS.',
    )
  if (s.quotite !== undefined && s.statut !== 'elu') {
    const q = tauxLocal(s.quotite)
    if (q.num * 2n < q.den && q.num > 0n)
      signaler(
        'quotiteFaible',
        'quotite',
        'La quotité de temps partiel est inférieure à 50 %.',
        'Vérifier l’arrêté : le temps partiel ne descend pas sous le mi-temps.',
      )
  }
  if (s.rifseep !== undefined)
    for (const code of ['IFSE', 'CIA'] as const) {
      const p = (s.primes ?? []).find((x) => x.code === code)
      if (!p) continue
      const parametre = `rifseep.${s.rifseep.cadre}.${s.rifseep.groupe}.${code.toLowerCase()}`
      if (!c.p.has(parametre)) {
        signaler(
          'groupeRifseepInconnu',
          'rifseep',
          `Le groupe ${s.rifseep.groupe} n’existe pas pour ce cadre d’emplois.`,
          'Corriger le groupe de fonctions.',
        )
        break
      }
      const annuel = euros(p.montant) * (p.proratise === false ? 1n : 12n)
      const plafond = c.p.centimes(parametre)
      if (annuel > plafond)
        signaler(
          'plafondRifseep',
          `primes.${code}`,
          `${code === 'IFSE' ? 'L’IFSE' : 'Le CIA'} (${formatEuros(annuel as Centimes)} par an) dépasse le plafond du groupe (${formatEuros(plafond)}).`,
          'Vérifier la délibération et le groupe de fonctions.',
        )
    }
}

const estFonctionnaire = (statut: string) =>
  statut === 'titulaire' || statut === 'stagiaire' || statut === 'emploiFonctionnel'
const AVEC_TRAITEMENT: ReadonlySet<string> = new Set([
  'titulaire',
  'stagiaire',
  'emploiFonctionnel',
  'contractuel',
  'collaborateurCabinet',
])
/** Codes that the rules produce: a prime may not take them. */
const RESERVES: ReadonlySet<string> = new Set([
  'TIB',
  'NBI',
  'CTI',
  'IND_DIFF',
  'IR',
  'SFT',
  'TRANSFERT_PRIMES_POINTS',
  'IND_COMP_CSG',
  'CNRACL',
  'RAFP',
  'PAS',
])
