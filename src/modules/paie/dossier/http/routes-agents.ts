import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { insecables } from '#socle/texte.ts'
import { getFiche, listSituations } from '../../carriere/db/carrieres.ts'
import { describeSituation } from '../../carriere/domain/decrire.ts'
import { findEnPreparation } from '../../production/complements/db/complements.ts'
import { saisirVariable, supprimerVariable } from '../actions/variables.ts'
import { auteurOf } from '../actions/visas.ts'
import * as contrat from '../contract.ts'
import { listBulletinsOfCarriere, listPieces, listVariables } from '../db/vues.ts'
import { describeVariable } from '../domain/variable.ts'

type VariableRow = Awaited<ReturnType<typeof listVariables>>[number]

const toVariable = (v: VariableRow) => ({
  id: v.id,
  contenu: v.contenu,
  resume: insecables(describeVariable(v.contenu)),
  pieceId: v.piece_id,
  saisieLe: v.saisie_le.toISOString(),
  saisiePar: v.saisie_par,
  effet: v.effet,
  rang: v.rang,
})

/** Enough to recognise an account on a paper, too little to use it: « FR76 •••• 6396 ». */
const maskIban = (iban: string): string => (iban === '' ? '' : `${iban.slice(0, 4)} •••• ${iban.slice(-4)}`)

/** The file of an agent for a month, and what is entered in it. */
export function registerAgents(application: Application): void {
  servirOrganisme(application, contrat.lireAgent, 'agents.lire', async ({ tx, params }) => {
    const fiche = await getFiche(tx, params.carriere)
    const situations = await listSituations(tx, params.carriere)
    const { personneId: _, nomNaissance: __, sexe: ___, codePostal, ville, ...reste } = fiche
    return {
      ...reste,
      iban: maskIban(fiche.iban),
      adresse: [fiche.adresse, `${codePostal} ${ville}`.trim()].filter(Boolean).join(', '),
      situations: situations.map((s) => ({
        depuis: s.depuis,
        jusqua: s.jusqua,
        motif: s.motif,
        champs: describeSituation(s.contenu),
      })),
      variables: (await listVariables(tx, params.mois, params.carriere)).map(toVariable),
      pieces: await listPieces(tx, { mois: params.mois, carriereId: params.carriere }),
      bulletins: await listBulletinsOfCarriere(tx, params.carriere),
      complement: await findEnPreparation(tx, params.mois, params.carriere),
    }
  })

  servirOrganisme(application, contrat.saisirVariable, 'variables.saisir', async ({ tx, qui, params, body }) =>
    toVariable(
      await saisirVariable(tx, auteurOf(qui), params.mois, {
        id: body.id,
        carriereId: params.carriere,
        contenu: body.contenu,
        pieceId: body.pieceId,
        effet: body.effet,
      }),
    ),
  )

  servirOrganisme(application, contrat.supprimerVariable, 'variables.saisir', async ({ tx, qui, params }) =>
    toVariable(await supprimerVariable(tx, auteurOf(qui), params.mois, params.carriere, params.variable)),
  )
}
