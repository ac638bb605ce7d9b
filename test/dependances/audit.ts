import { spawnSync } from 'node:child_process'

/*
 * Known holes of the dependencies, asked of the registry. Only one that is high or critical, and not in the list below,
 * fails: the others are printed. A registry that does not answer is told, and fails nothing.
 */

/** Advisories that do not touch us, with the reason; each is looked at again at every release. */
const ACCEPTES: Record<string, string> = {}

type Avis = { source?: number; url?: string; title?: string; severity?: string }
type Rapport = {
  message?: string
  vulnerabilities?: Record<string, { severity: string; via: (Avis | string)[]; fixAvailable?: unknown }>
}

const sortie = spawnSync('npm', ['audit', '--json', '--omit=dev'], {
  encoding: 'utf8',
  shell: process.platform === 'win32',
})
let rapport: Rapport = {}
try {
  rapport = JSON.parse(sortie.stdout) as Rapport
} catch {
  rapport = { message: sortie.stderr.slice(0, 300) }
}
if (!rapport.vulnerabilities) {
  console.log(`Le registre n’a pas répondu à la demande d’audit : ${rapport.message ?? 'raison inconnue'}`)
  process.exit(0)
}
let graves = 0
for (const [paquet, v] of Object.entries(rapport.vulnerabilities)) {
  for (const avis of v.via) {
    if (typeof avis === 'string') continue // told at the package it comes from
    const id = avis.url?.split('/').at(-1) ?? String(avis.source)
    const grave = ['high', 'critical'].includes(avis.severity ?? '') && !(id in ACCEPTES)
    if (grave) graves++
    console.log(
      `${grave ? 'À TRAITER' : 'connu'} ${avis.severity} ${paquet} ${id} ${avis.title}${ACCEPTES[id] ? ` (${ACCEPTES[id]})` : ''}`,
    )
  }
}
console.log(
  graves === 0 ? 'Aucune faille grave connue dans les dépendances.' : `${graves} faille(s) grave(s) à traiter.`,
)
process.exit(graves === 0 ? 0 : 1)
