import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import * as contrat from './contract.ts'
import { enregistrerGrille, lireGrille } from './enregistrer.ts'

export function registerGrille(application: Application): void {
  servirOrganisme(application, contrat.lireGrille, 'agents.lire', ({ tx, params }) => lireGrille(tx, params.mois))
  servirOrganisme(application, contrat.enregistrerGrille, 'variables.saisir', ({ tx, qui, params, body }) =>
    enregistrerGrille(tx, auteurOf(qui), params.mois, body.lignes),
  )
}
