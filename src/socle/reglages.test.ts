import { expect, test } from 'vitest'
import { readReglages } from './reglages.ts'

const DE = { COURRIEL_DE: 'Paie <paie@agence.example>' }
const lire = (env: Record<string, string>) => {
  try {
    readReglages(env)
    return 'acceptés'
  } catch (e) {
    return (e as Error).message
  }
}

test.each([
  { DATABASE_URL: 'postgres://x@base.example/bosquet' },
  { DATABASE_URL: 'postgres://x@base.example/bosquet?sslmode=prefer' },
  { SMTP_URL: 'smtp://relais.example:25', ...DE },
  { JOURNAL_VERS: 'http://garde.example/journal' },
])('%o: another machine is not spoken to in clear, unless the operator says so', (env) => {
  expect(lire(env)).toContain('ne serait pas chiffrée')
  expect(lire({ ...env, LIAISONS_EN_CLAIR: 'oui' })).toBe('acceptés')
})

test.each([
  { DATABASE_URL: 'postgres://x@127.0.0.1:5432/bosquet' },
  { DATABASE_URL: 'postgres://x@localhost/bosquet' },
  { DATABASE_URL: 'postgres:///bosquet?host=/var/run/postgresql' },
  { DATABASE_URL: 'postgres://x@base.example/bosquet?sslmode=verify-full' },
  { SMTP_URL: 'smtps://relais.example:465', ...DE },
  { JOURNAL_VERS: 'https://garde.example/journal' },
  { SMTP_URL: 'smtp://relais.example:587?requireTLS=true', ...DE },
  { SMTP_URL: 'smtp://127.0.0.1:2525', ...DE },
  {},
])('%o: this machine, or TLS', (env) => {
  expect(lire(env)).toBe('acceptés')
})
