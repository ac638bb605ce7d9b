import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  controlerFlux,
  findSchemas,
  isVersionPes,
  readPesAller,
  SCHEMA_ALLER,
  VERSIONS_PES,
} from '#modules/finances/echanges/index.ts'
import { type Anomalie, Refus } from '#socle/refus.ts'
import { openValidateur } from '#socle/xml/valider.ts'
import type { Commande } from './index.ts'

const compter = (n: number, un: string, plusieurs = `${un}s`) => `${n} ${n > 1 ? plusieurs : un}`
const print = (a: Anomalie) =>
  console.log(
    `${a.bloquante ? 'Erreur  ' : 'Signalé '} ${a.code.padEnd(20)} ${a.message}${a.lieu ? ` [${a.lieu}]` : ''}`,
  )

export const pesValider: Commande = {
  nom: 'pes valider',
  usage: 'pes valider FICHIER [--avant-envoi] [--version 5.17]',
  aide: 'Contrôle un flux PES Aller ; avec PES_XSD_DIR, aussi contre le schéma officiel.',
  async run(args, env) {
    const { values, positionals } = parseArgs({
      args,
      options: { 'avant-envoi': { type: 'boolean' }, version: { type: 'string', default: '5.17' } },
      allowPositionals: true,
      strict: true,
    })
    const chemin = positionals[0]
    if (!chemin) throw new Refus('usage', 'Donnez le fichier : npm run bosquet -- pes valider FICHIER')
    if (!isVersionPes(values.version))
      throw new Refus('usage', `La version « ${values.version} » n’est pas connue : ${VERSIONS_PES.join(' ou ')}.`)
    const octets = await readFile(chemin)
    const lu = readPesAller(octets, values.version)
    const anomalies = [
      ...lu.anomalies,
      ...controlerFlux(lu.flux, { signe: lu.signe, avantEnvoi: values['avant-envoi'] === true }),
    ]
    if (env.PES_XSD_DIR) {
      const valide = await openValidateur(findSchemas(env.PES_XSD_DIR), SCHEMA_ALLER)
      anomalies.push(...valide(octets).map((a) => ({ ...a, message: `Schéma officiel : ${a.message}` })))
    }
    anomalies.forEach(print)
    const bordereaux = [...(lu.flux.depense?.bordereaux ?? []), ...(lu.flux.recette?.bordereaux ?? [])]
    const pieces = bordereaux.reduce((n, b) => n + b.pieces.length, 0)
    const erreurs = anomalies.filter((a) => a.bloquante).length
    console.log(
      `${lu.flux.nom || chemin} : ${compter(bordereaux.length, 'bordereau', 'bordereaux')}, ${compter(pieces, 'pièce')}, ${compter(lu.flux.piecesJointes.length, 'pièce jointe', 'pièces jointes')} ; ` +
        `${erreurs === 0 ? 'valide' : compter(erreurs, 'erreur')}${env.PES_XSD_DIR ? '' : ' (schéma officiel non consulté : donnez son dossier par PES_XSD_DIR)'}.`,
    )
    return erreurs === 0 ? 0 : 1
  },
}
