import rules from 'modele-social'
import Engine from 'publicodes'
import { jeuEssai } from '#modules/paie/calcul/essais/jeu-essai.ts'
import { PROFILS } from '#modules/paie/calcul/essais/profils.ts'
import { computeBulletin, type Situation, zSituation } from '#modules/paie/calcul/index.ts'
import type { Mois } from '#socle/dates.ts'

/*
 * The payroll engine on one thread: a private-law payslip against modele-social on the same profile (24 of its lines), then
 * a mix of all populations, rappels included. The salary changes at each turn, so that nothing is served from a cache.
 * The last line is one JSON object.
 */

const MOIS = '2026-03' as Mois
const parametres = jeuEssai()

const prive = (brut: number): Situation =>
  zSituation.parse({
    statut: 'prive',
    employeur: { effectif: 30, tauxAt: '2.08 %' },
    prive: { employeur: 'societe', contrat: 'cdi', salaireMensuel: brut.toFixed(2) },
  })

const LIGNES_MODELE = [
  'vieillesse . salarié . plafonnée',
  'vieillesse . salarié . déplafonnée',
  'vieillesse . employeur . plafonnée',
  'vieillesse . employeur . déplafonnée',
  'retraite complémentaire . salarié',
  'retraite complémentaire . employeur',
  'CEG . salarié',
  'CEG . employeur',
  'maladie . employeur',
  'CSA',
  'allocations familiales',
  'assurance chômage',
  'AGS',
  'ATMP',
  'FNAL',
  'formation professionnelle',
  "taxe d'apprentissage",
  'contribution au dialogue social',
  'CSG-CRDS . CSG',
  'CSG-CRDS . CRDS',
  'exonérations . RGDU',
].map((l) => `salarié . cotisations . ${l}`)
const LIGNES = [
  ...LIGNES_MODELE,
  'salarié . rémunération . net . à payer avant impôt',
  'salarié . rémunération . net . imposable',
  'salarié . coût total employeur',
]

/** Calls per second over at least `secondes`, after a warm-up. */
function cadence(secondes: number, lot: number, faire: (i: number) => void): number {
  for (let i = 0; i < lot; i++) faire(i)
  const debut = performance.now()
  let faits = 0
  while (performance.now() - debut < secondes * 1000) {
    for (let i = 0; i < lot; i++) faire(faits + i)
    faits += lot
  }
  return faits / ((performance.now() - debut) / 1000)
}

function mesurerModele(): number {
  const muet = { log() {}, warn() {}, error() {} }
  const engine = new Engine(rules as never, { logger: muet })
  const connues = new Set(Object.keys(engine.getParsedRules()))
  const inconnues = LIGNES.filter((l) => !connues.has(l))
  if (inconnues.length > 0) throw new Error(`modele-social does not know: ${inconnues.join(', ')}`)
  return cadence(5, 1, (i) => {
    engine.setSituation({
      'salarié . contrat': "'CDI'",
      'salarié . contrat . salaire brut': `${1900 + (i % 2000)} €/mois`,
      'entreprise . salariés . effectif': '30',
    })
    for (const l of LIGNES) engine.evaluate(l)
  })
}

function mesurerPrive(): number {
  const situations = Array.from({ length: 2000 }, (_, i) => prive(1900 + i))
  return cadence(4, 2000, (i) => {
    const { bulletin, anomalies } = computeBulletin({
      mois: MOIS,
      situation: situations[i % situations.length]!,
      parametres,
    })
    if (!bulletin) throw new Error(JSON.stringify(anomalies))
  })
}

function mesurerMelange(): number {
  return cadence(6, PROFILS.length * 20, (i) => {
    const p = PROFILS[i % PROFILS.length]!
    const { bulletin, anomalies } = computeBulletin({
      mois: p.mois,
      situation: p.situation,
      rappels: p.rappels,
      parametres,
    })
    if (!bulletin) throw new Error(JSON.stringify(anomalies))
  })
}

const melange = mesurerMelange()
console.log(`mélange de ${PROFILS.length} profils : ${Math.round(melange)} bulletins par seconde`)
const notre = mesurerPrive()
console.log(`droit privé, ce moteur : ${Math.round(notre)} bulletins par seconde`)
const modele = mesurerModele()
console.log(`droit privé, modele-social : ${modele.toFixed(1)} bulletins par seconde (${LIGNES.length} lignes)`)
console.log(
  JSON.stringify({
    prive_par_s: Math.round(notre),
    modele_social_par_s: Number(modele.toFixed(2)),
    rapport: Math.round(notre / modele),
    melange_par_s: Math.round(melange),
    melange_ms: Number((1000 / melange).toFixed(4)),
  }),
)
