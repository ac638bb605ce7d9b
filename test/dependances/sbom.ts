import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'

/* The list of what the program is made of (CycloneDX), in `rapports/`, for whoever has to know. */

const { stdout, stderr, status } = spawnSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit=dev'], {
  encoding: 'utf8',
  maxBuffer: 64 * 1024 * 1024,
  shell: process.platform === 'win32',
})
if (status !== 0) {
  console.error(stderr)
  process.exit(1)
}
const { components, bomFormat } = JSON.parse(stdout) as { components: unknown[]; bomFormat: string }
mkdirSync('rapports', { recursive: true })
writeFileSync('rapports/sbom.cdx.json', stdout)
console.log(`rapports/sbom.cdx.json : ${bomFormat}, ${components.length} composants.`)
