import { sql } from 'kysely'
import { hasDroit, requireDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { getExercice, planOf } from '../../../budget/db/exercices.ts'
import { preparerOrdre, trancherOrdre } from '../../actions/ordre.ts'
import { auteurOf } from '../../db/commun.ts'
import type { Sens } from '../../domain/controler.ts'
import { aujourdhui } from '../aujourdhui.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

export function registerOrdre(application: Application): void {
  servirOrganisme(application, contrat.listerOrdres, 'finances.lire', async ({ tx, query }) => {
    const plan = planOf(await getExercice(tx, query.budget, query.annee))
    const articles = (mouvement: 'entreSections' | 'interne', sens: Sens) =>
      [...plan.comptes.values()].flatMap((c) => {
        const chapitre =
          c.estFeuille && !c.supprime ? plan.chapitres.get(c.chapitres[sens][mouvement] ?? '') : undefined
        return chapitre
          ? [{ nature: c.code, libelle: c.libelle.trim(), chapitre: chapitre.code, section: chapitre.section }]
          : []
      })
    const { rows } = await sql<{
      id: string
      contenu: contrat.OrdreSaisi
      etat: 'prepare' | 'passe' | 'abandonne'
      par: string
      mandat_id: string | null
      titre_id: string | null
    }>`
      select p.id, p.contenu, p.etat, p.prepare_par_nom as par, o.mandat_id, o.titre_id from app.finances_ordre_prepare p
      left join app.finances_operation_ordre o on o.organisme_id = p.organisme_id and o.id = p.id
      where p.budget_id = ${query.budget} and p.annee = ${query.annee} order by p.prepare_le desc`.execute(tx)
    return {
      operations: rows.map((r) => ({
        id: r.id,
        libelle: r.contenu.libelle,
        mouvement: r.contenu.mouvement,
        montant: r.contenu.montant,
        depense: r.contenu.depense.nature,
        recette: r.contenu.recette.nature,
        etat: r.etat,
        par: r.par,
        mandatId: r.mandat_id,
        titreId: r.titre_id,
      })),
      articles: {
        entreSections: { D: articles('entreSections', 'D'), R: articles('entreSections', 'R') },
        interne: { D: articles('interne', 'D'), R: articles('interne', 'R') },
      },
    }
  })
  servirOrganisme(application, contrat.preparerOrdre, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const { budgetId, annee, ...saisi } = body
    await preparerOrdre(tx, auteurOf(qui), { budgetId, annee }, params.ordre, saisi)
    return fait
  })
  servirOrganisme(application, contrat.trancherOrdre, 'finances.lire', async ({ tx, qui, params, body }) => {
    if (body.acte === 'signer' || !hasDroit(qui, 'finances.liquider')) requireDroit(qui, 'finances.viser')
    await trancherOrdre(tx, auteurOf(qui), params.ordre, body.acte, aujourdhui())
    return fait
  })
}
