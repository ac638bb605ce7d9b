import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const CONFIG = `
[req]
distinguished_name = dn
prompt = no
[dn]
CN = Autorite d'essai
[v3_ca]
basicConstraints = critical,CA:TRUE
[v3_tsa]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[tsa]
default_tsa = tsa1
[tsa1]
serial = ./serie
signer_cert = ./tsa.pem
certs = ./ca.pem
signer_key = ./tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
ordering = yes
ess_cert_id_alg = sha256
`

/** A timestamping authority of one test: `openssl ts`, behind HTTP. */
export async function openAutorite() {
  const dossier = mkdtempSync(join(tmpdir(), 'bosquet-tsa-'))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: dossier, stdio: 'pipe' })
  writeFileSync(join(dossier, 'tsa.cnf'), CONFIG)
  writeFileSync(join(dossier, 'serie'), '01\n')
  const key = ['-newkey', 'rsa:2048', '-nodes', '-config', 'tsa.cnf']
  openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '30', '-extensions', 'v3_ca')
  openssl('req', ...key, '-keyout', 'tsa.key', '-out', 'tsa.csr')
  openssl(
    ...['x509', '-req', '-in', 'tsa.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-out', 'tsa.pem'],
    ...['-days', '30', '-extfile', 'tsa.cnf', '-extensions', 'v3_tsa'],
  )
  let demandes = 0
  const serveur = createServer((request, reply) => {
    const morceaux: Buffer[] = []
    request.on('data', (m: Buffer) => morceaux.push(m))
    request.on('end', () => {
      demandes++
      writeFileSync(join(dossier, 'demande.tsq'), Buffer.concat(morceaux))
      openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'demande.tsq', '-out', 'reponse.tsr')
      reply.writeHead(200, { 'content-type': 'application/timestamp-reply' })
      reply.end(readFileSync(join(dossier, 'reponse.tsr')))
    })
  })
  await new Promise<void>((r) => serveur.listen(0, '127.0.0.1', r))
  const { port } = serveur.address() as { port: number }
  return {
    url: `http://127.0.0.1:${port}/`,
    racine: join(dossier, 'ca.pem'),
    demandes: () => demandes,
    async fermer() {
      await new Promise((r) => serveur.close(r))
      rmSync(dossier, { recursive: true, force: true })
    },
  }
}
