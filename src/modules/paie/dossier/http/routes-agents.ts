import { euros, formatEuros } from '#socle/argent.ts'
import { formatJour } from '#socle/dates.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { insecables } from '#socle/texte.ts'
import type { SituationCarriere } from '../../carriere/contract.ts'
import { getFiche, listSituations } from '../../carriere/db/carrieres.ts'
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
})

const FONCTIONS: Record<string, string> = { maire: 'Maire', adjoint: 'Adjoint' }

/** The situation in the words of an arrêté: what the officer checks against the paper. */
function champsOf(s: SituationCarriere): { libelle: string; valeur: string }[] {
  const pas = s.pas.mode === 'taux' ? `${s.pas.taux.replace('.', ',')} % (transmis par la DGFiP)` : 'Taux neutre'
  if (s.statut === 'elu')
    return [
      { libelle: 'Fonction', valeur: FONCTIONS[s.fonction] ?? s.fonction },
      { libelle: 'Population', valeur: `${s.population.toLocaleString('fr-FR')} habitants` },
      { libelle: 'Indemnité votée', valeur: `${s.pourcentDuMaximum.replace('.', ',')} % du maximum` },
      { libelle: 'Mandats indemnisés', valeur: String(s.mandatsIndemnises) },
      { libelle: 'Impôt', valeur: pas },
    ]
  const heures = s.minutesHebdo / 60
  return [
    {
      libelle: 'Statut',
      valeur: { titulaire: 'Titulaire', stagiaire: 'Stagiaire', contractuel: 'Contractuel' }[s.statut],
    },
    { libelle: 'Grade', valeur: s.grade },
    { libelle: 'Échelon', valeur: `${s.echelon} (depuis le ${formatJour(s.dateEchelon)})` },
    { libelle: 'Indice majoré', valeur: `${s.im} (indice brut ${s.ib})` },
    {
      libelle: 'Durée du poste',
      valeur: heures === 35 ? 'Temps complet' : `${String(heures).replace('.', ',')} h par semaine`,
    },
    ...(s.quotiteTempsPartiel === 100 ? [] : [{ libelle: 'Temps partiel', valeur: `${s.quotiteTempsPartiel} %` }]),
    { libelle: 'Retraite', valeur: s.regime.toUpperCase() },
    ...(s.nbiPoints > 0
      ? [{ libelle: 'NBI', valeur: `${s.nbiPoints} points${s.nbiMotif ? ` (${s.nbiMotif})` : ''}` }]
      : []),
    ...(s.ifse
      ? [{ libelle: 'IFSE', valeur: `${formatEuros(euros(s.ifse.mensuel))} par mois (groupe ${s.ifse.groupe})` }]
      : []),
    ...(s.ctiPoints > 0 ? [{ libelle: 'CTI', valeur: `${s.ctiPoints} points` }] : []),
    ...(s.enfantsSft > 0 ? [{ libelle: 'SFT', valeur: `${s.enfantsSft} enfant${s.enfantsSft > 1 ? 's' : ''}` }] : []),
    { libelle: 'Impôt', valeur: pas },
  ]
}

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
        champs: champsOf(s.contenu),
      })),
      variables: (await listVariables(tx, params.mois, params.carriere)).map(toVariable),
      pieces: await listPieces(tx, { mois: params.mois, carriereId: params.carriere }),
      bulletins: await listBulletinsOfCarriere(tx, params.carriere),
    }
  })

  servirOrganisme(application, contrat.saisirVariable, 'variables.saisir', async ({ tx, qui, params, body }) =>
    toVariable(
      await saisirVariable(tx, auteurOf(qui), params.mois, {
        id: body.id,
        carriereId: params.carriere,
        contenu: body.contenu,
        pieceId: body.pieceId,
      }),
    ),
  )

  servirOrganisme(application, contrat.supprimerVariable, 'variables.saisir', async ({ tx, qui, params }) =>
    toVariable(await supprimerVariable(tx, auteurOf(qui), params.mois, params.carriere, params.variable)),
  )
}
