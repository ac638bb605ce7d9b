import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import {
  ETAPES,
  MONTANTS,
  type Montants,
  readDocumentBudgetaire,
  totaux,
  writeScdl,
} from '#modules/finances/echanges/index.ts'
import { formatEuros, inEuros } from '#socle/argent.ts'
import { Refus } from '#socle/refus.ts'
import type { Commande } from './index.ts'

const SECTIONS = { F: 'fonctionnement', I: 'investissement' } as const
const SENS = { D: 'depense', R: 'recette' } as const
/** Amounts under their official names, as decimal texts. */
const officiels = (m: Montants) =>
  Object.fromEntries(Object.entries(MONTANTS).map(([balise, nom]) => [balise, inEuros(m[nom])]))

export const totemLire: Commande = {
  nom: 'totem lire',
  usage: 'totem lire FICHIER [--json | --scdl]',
  aide: 'Lit un document budgétaire (TotEM) : totaux, ou fichier ouvert SCDL.',
  async run(args) {
    const { values, positionals } = parseArgs({
      args,
      options: { json: { type: 'boolean' }, scdl: { type: 'boolean' } },
      allowPositionals: true,
      strict: true,
    })
    const chemin = positionals[0]
    if (!chemin || (values.json && values.scdl))
      throw new Refus('usage', 'Donnez le fichier : npm run bosquet -- totem lire FICHIER --json (ou --scdl)')
    const lu = readDocumentBudgetaire(await readFile(chemin))
    for (const a of lu.anomalies)
      console.error(`${a.bloquante ? 'Refusé' : 'Signalé'} : ${a.message}${a.lieu ? ` (${a.lieu})` : ''}`)
    const refuse = lu.anomalies.some((a) => a.bloquante)
    if (refuse && !values.json) return 1
    const { document } = lu
    if (values.scdl) {
      process.stdout.write(writeScdl(document, lu.ecrits))
      return 0
    }
    if (values.json) {
      const { sections, chapitres } = refuse ? { sections: [], chapitres: [] } : totaux(document)
      console.log(
        JSON.stringify(
          {
            valide: !refuse,
            anomalies: lu.anomalies,
            etape: document.decision.etape,
            libelleEtape: ETAPES[document.decision.etape] ?? null,
            numero: document.decision.numero ?? null,
            exercice: document.decision.exercice,
            collectivite: document.collectivite.libelle,
            siret: document.budget.siret ?? null,
            budget: document.budget.libelle,
            nomenclature: `${document.budget.norme}-${document.budget.plan}`,
            lignes: document.lignes.length,
            totaux: sections.map((s) => ({
              section: SECTIONS[s.section],
              sens: SENS[s.sens],
              ...officiels(s.total),
              reel: officiels(s.reel),
              ordre: officiels(s.ordre),
            })),
            chapitres: chapitres.map((c) => ({
              section: SECTIONS[c.section],
              sens: SENS[c.sens],
              chapitre: c.chapitre,
              libelle: c.libelle,
              operation: c.operation,
              lignes: c.lignes,
              ...officiels(c.montants),
            })),
          },
          null,
          2,
        ),
      )
      return refuse ? 1 : 0
    }
    const montant = document.decision.etape === '09' || document.decision.etape === '10' ? 'realise' : 'vote'
    console.log(
      `${ETAPES[document.decision.etape]} ${document.decision.exercice} : ${document.budget.libelle} (${document.collectivite.libelle}), ${document.lignes.length} lignes`,
    )
    for (const s of totaux(document).sections)
      console.log(
        `  ${SECTIONS[s.section].padEnd(15)} ${SENS[s.sens].padEnd(8)} ${formatEuros(s.total[montant]).padStart(18)}  dont ordre ${formatEuros(s.ordre[montant])}`,
      )
    return 0
  },
}
