import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'

// Builds the screens after an installation, unless they are already those of these sources.
const racine = resolve(import.meta.dirname, '../..')
const temoin = resolve(racine, 'dist/sources')

const hash = createHash('sha256')
for (const f of [
  ...globSync('src/**/*.{ts,tsx,css,html,svg}', { cwd: racine }).sort(),
  'package-lock.json',
  'vite.config.ts',
])
  hash.update(f).update(readFileSync(resolve(racine, f)))
const sources = hash.digest('hex')

if (!existsSync(temoin) || readFileSync(temoin, 'utf8') !== sources) {
  console.log('Construction des écrans…')
  await build({ root: resolve(racine, 'src/ui/app'), configFile: resolve(racine, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(temoin, sources)
}
