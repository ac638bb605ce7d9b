import { sql } from 'kysely'
import { hasDroit, requireDroit } from '#socle/droits.ts'
import { type Application, servirOrganisme } from '#socle/http/servir.ts'
import { activerTiers, deciderCompte, enregistrerTiers, proposerCompte } from '../../actions/tiers.ts'
import type { Contenu } from '../../contract.ts'
import { auteurOf } from '../../db/commun.ts'
import { listHistoire } from '../../db/vues.ts'
import { tiersIntrouvable } from '../../refus.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

export function registerTiers(application: Application): void {
  servirOrganisme(application, contrat.listerTiers, 'finances.lire', async ({ tx }) => {
    const { rows } = await sql<{
      id: string
      numero: number
      nom: string
      prenom: string
      siret: string | null
      categorie: string
      nature_juridique: string
      ville: string
      est_actif: boolean
      comptes: number
      a_controler: number
      depenses: string
      recettes: string
    }>`
      select t.*, coalesce(c.n, 0) as comptes, coalesce(c.a, 0) as a_controler, coalesce(p.d, 0)::numeric(15,2)::text as depenses,
        coalesce(p.r, 0)::numeric(15,2)::text as recettes
      from app.finances_tiers t
      left join (select tiers_id, count(*) filter (where etat = 'accepte')::int as n, count(*) filter (where etat = 'propose')::int as a
        from app.finances_compte_bancaire group by tiers_id) c on c.tiers_id = t.id
      left join (select tiers_id, sum(ht + tva) filter (where sens = 'D') as d, sum(ht + tva) filter (where sens = 'R') as r
        from app.finances_piece where type_bordereau <> '02' and emise_le >= current_date - 365 group by tiers_id) p on p.tiers_id = t.id
      order by t.nom, t.prenom`.execute(tx)
    return {
      tiers: rows.map((t) => ({
        id: t.id,
        numero: t.numero,
        nom: t.nom,
        prenom: t.prenom,
        siret: t.siret,
        categorie: t.categorie,
        natureJuridique: t.nature_juridique,
        ville: t.ville,
        estActif: t.est_actif,
        comptes: t.comptes,
        aControler: t.a_controler,
        depenses: t.depenses,
        recettes: t.recettes,
      })),
    }
  })

  servirOrganisme(application, contrat.lireTiers, 'finances.lire', async ({ tx, qui, params }) => {
    const t = await tx.selectFrom('app.finances_tiers').selectAll().where('id', '=', params.tiers).executeTakeFirst()
    if (!t) throw tiersIntrouvable()
    const comptes = await tx
      .selectFrom('app.finances_compte_bancaire')
      .selectAll()
      .where('tiers_id', '=', t.id)
      .orderBy('propose_le', 'desc')
      .execute()
    const { rows: derniere } = await sql<{ objet: string; contenu: Contenu }>`
      select objet, contenu from app.finances_liquidation where tiers_id = ${t.id} and etat <> 'abandonnee'
        and contenu ->> 'typeBordereau' = '01' order by liquide_le desc, id desc limit 1`.execute(tx)
    const m = derniere[0]
    const l = m?.contenu.lignes[0]
    return {
      id: t.id,
      numero: t.numero,
      estActif: t.est_actif,
      saisie: {
        categorie: t.categorie,
        natureJuridique: t.nature_juridique,
        nom: t.nom,
        complement: t.complement,
        civilite: t.civilite,
        prenom: t.prenom,
        siret: t.siret ?? '',
        adresse: t.adresse,
        complementAdresse: t.complement_adresse,
        codePostal: t.code_postal,
        ville: t.ville,
        pays: t.pays,
        courriel: t.courriel,
        telephone: t.telephone,
      },
      comptes: comptes.map((c) => ({
        id: c.id,
        iban: c.iban,
        titulaire: c.titulaire,
        origine: c.origine,
        etat: c.etat,
        proposePar: c.propose_par_nom,
        proposeLe: c.propose_le.toISOString(),
        decidePar: c.decide_par_nom,
        motif: c.motif,
        aDecider:
          c.etat === 'propose' &&
          c.propose_par !== qui.personneId &&
          (hasDroit(qui, 'finances.administrer') || hasDroit(qui, 'finances.viser')),
      })),
      histoire: await listHistoire(tx, t.id),
      memoire:
        m && l
          ? {
              nature: l.nature,
              fonction: l.fonction,
              objet: m.objet,
              modeReglement: m.contenu.modeReglement,
              ...(m.contenu.compteBancaireId ? { compteBancaireId: m.contenu.compteBancaireId } : {}),
              ...(m.contenu.rubriquePj ? { rubriquePj: m.contenu.rubriquePj } : {}),
              ...(m.contenu.marche ? { marche: m.contenu.marche } : {}),
            }
          : null,
    }
  })

  servirOrganisme(application, contrat.enregistrerTiers, 'finances.administrer', async ({ tx, qui, params, body }) => {
    await enregistrerTiers(tx, auteurOf(qui), params.tiers, body)
    return fait
  })

  servirOrganisme(application, contrat.activerTiers, 'finances.administrer', async ({ tx, qui, params, body }) => {
    await activerTiers(tx, auteurOf(qui), params.tiers, body.actif)
    return fait
  })

  servirOrganisme(application, contrat.proposerCompte, 'finances.administrer', async ({ tx, qui, params, body }) => {
    await proposerCompte(tx, auteurOf(qui), params.tiers, body)
    return fait
  })

  // in a body of one secretary, the ordonnateur is the second pair of eyes
  servirOrganisme(application, contrat.deciderCompte, 'finances.lire', async ({ tx, qui, params, body }) => {
    if (!hasDroit(qui, 'finances.administrer')) requireDroit(qui, 'finances.viser')
    await deciderCompte(tx, auteurOf(qui), params.compteBancaire, body)
    return fait
  })
}
