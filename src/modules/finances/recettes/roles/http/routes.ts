import { sql } from 'kysely'
import Papa from 'papaparse'
import { receiveFichier, sendFichier } from '#modules/documents/index.ts'
import { euros, inEuros, subtract } from '#socle/argent.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { readFeuille } from '#socle/feuille.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { auteurOf } from '../../../execution/db/commun.ts'
import { listHistoire } from '../../../execution/db/vues.ts'
import {
  type EtatBordereau,
  type EtatSuivi,
  LIBELLES_BORDEREAU,
  LIBELLES_SUIVI,
} from '../../../execution/domain/etats.ts'
import { aujourdhui } from '../../../execution/http/aujourdhui.ts'
import { computeReference, refusPayfip } from '../../payfip/reference.ts'
import { planPrelevements } from '../../prelevements/mandats.ts'
import { readReglages } from '../../reglages/reglages.ts'
import { corrigerDette, noterRejetBancaire } from '../actions/corriger.ts'
import { essayerImportRole, importerRole } from '../actions/importer.ts'
import { reprendreRejets } from '../actions/reprendre.ts'
import {
  abandonnerRole,
  copierRole,
  creerRole,
  modifierRole,
  poserArticles,
  retirerArticle,
} from '../actions/saisir.ts'
import { empreinteRole, envoyerRole, renvoyerRole, signerRole } from '../actions/signer.ts'
import { controler, getRole, listArticles, type RoleRow } from '../db/roles.ts'
import { readAvis, renderAvis } from '../documents/avis.ts'
import { ttcOf } from '../domain/controler.ts'
import { MODELE } from '../domain/lire-feuille.ts'
import * as contrat from './contract.ts'

const fait = { fait: true }

type Resume = RoleRow & {
  numero: number | null
  transmission: EtatBordereau | null
  debiteurs: number
  total: string
  regle: string
  annule: string
}
async function listResumes(tx: Tx, filtre: ReturnType<typeof sql<boolean>>): Promise<Resume[]> {
  const { rows } = await sql<Resume>`
    select r.*, s.numero, b.etat as transmission,
      coalesce(d.n, a.n, 0)::int as debiteurs, coalesce(d.total, a.total, 0)::numeric(15,2)::text as total,
      coalesce(d.regle, 0)::numeric(15,2)::text as regle, coalesce(d.annule, 0)::numeric(15,2)::text as annule
    from app.finances_role r
    left join app.finances_bordereau_signe s on s.organisme_id = r.organisme_id and s.id = r.bordereau_id
    left join app.finances_bordereau b on b.organisme_id = r.organisme_id and b.id = r.bordereau_id
    left join lateral (select count(*) as n, sum(ht + tva) as total from app.finances_role_article a
      where a.organisme_id = r.organisme_id and a.role_id = r.id) a on r.etat <> 'signe'
    left join lateral (select count(*) as n, sum(u.ttc) as total, sum(u.regle) as regle, sum(u.annule) as annule
      from app.finances_dette d join app.finances_dette_suivi u on u.organisme_id = d.organisme_id and u.dette_id = d.id
      where d.organisme_id = r.organisme_id and d.role_id = r.id) d on r.etat = 'signe'
    where ${filtre} order by r.cree_le desc, r.id desc`.execute(tx)
  return rows
}
const vueResume = (r: Resume): contrat.RoleResume => ({
  id: r.id,
  libelle: r.libelle,
  numero: r.numero,
  etat: r.etat,
  transmission: r.transmission ? LIBELLES_BORDEREAU[r.transmission] : '',
  debiteurs: r.debiteurs,
  total: r.total,
  regle: r.regle,
  reste: inEuros(subtract(subtract(euros(r.total), euros(r.regle)), euros(r.annule))),
  echeance: r.echeance,
})

const SEQUENCES = { '01': 'unique', '02': 'premier', '03': 'suivant' } as const
async function listVues(tx: Tx, role: RoleRow, numero: number | null): Promise<contrat.ArticleVue[]> {
  if (role.etat === 'signe') return listDettes(tx, role, numero!)
  const articles = await listArticles(tx, role.id)
  const plan = role.prelevement_le
    ? await planPrelevements(
        tx,
        articles.map((a) => a.tiers_id),
        role.prelevement_le,
      )
    : undefined
  return articles.map((a) => {
    const p = plan?.prelevements.get(a.tiers_id)
    const refus = plan?.ecartes.get(a.tiers_id)
    return {
      id: a.id,
      tiersId: a.tiers_id,
      tiers: `${a.tiers.nom} ${a.tiers.prenom}`.trim(),
      objet: a.objet,
      lignes: a.lignes,
      ttc: inEuros(ttcOf(a.lignes)),
      numero: null,
      cles: '',
      etat: '',
      codeEtat: '',
      regle: '0.00',
      reste: inEuros(ttcOf(a.lignes)),
      payfip: null,
      prelevement: p ? `Prélevé (${SEQUENCES[p.sequence]})` : refus ? `Non prélevé : ${refus}` : null,
      rejetBancaire: false,
    }
  })
}
async function listDettes(tx: Tx, role: RoleRow, bordereau: number): Promise<contrat.ArticleVue[]> {
  const reglages = await readReglages(tx, role.budget_id)
  const { rows } = await sql<{
    id: string
    tiers_id: string
    tiers_nom: string
    objet: string
    lignes: contrat.ArticleVue['lignes']
    numero: number
    cle1: number
    cle2: string
    prelevement: { sequence: keyof typeof SEQUENCES; rum: string } | null
    etat: EtatSuivi
    ttc: string
    regle: string
    annule: string
    est_rejet_bancaire: boolean
  }>`
    select d.*, s.etat, s.ttc, s.regle, s.annule, s.est_rejet_bancaire from app.finances_dette d
    join app.finances_dette_suivi s on s.organisme_id = d.organisme_id and s.dette_id = d.id
    where d.role_id = ${role.id} order by d.numero`.execute(tx)
  return rows.map((d) => {
    const reference = computeReference(reglages.payfipRole, { exercice: role.annee, bordereau, numero: d.numero })
    return {
      id: d.id,
      tiersId: d.tiers_id,
      tiers: d.tiers_nom,
      objet: d.objet,
      lignes: d.lignes,
      ttc: d.ttc,
      numero: d.numero,
      cles: `${d.cle1} ${d.cle2}`,
      etat: LIBELLES_SUIVI[d.etat],
      codeEtat: d.etat,
      regle: d.regle,
      reste: inEuros(subtract(subtract(euros(d.ttc), euros(d.regle)), euros(d.annule))),
      payfip: refusPayfip(reglages.payfipNumcli, reference, euros(d.ttc)) ? null : reference,
      prelevement: d.prelevement ? `Prélevé (${SEQUENCES[d.prelevement.sequence]}), ${d.prelevement.rum}` : null,
      rejetBancaire: d.est_rejet_bancaire,
    }
  })
}

export function registerRoles(application: Application): void {
  servirOrganisme(application, contrat.listerRoles, 'finances.lire', async ({ tx, query }) => ({
    roles: (
      await listResumes(tx, sql`r.budget_id = ${query.budget} and r.annee = ${query.annee} and r.etat <> 'abandonne'`)
    ).map(vueResume),
  }))

  servirOrganisme(application, contrat.lireRole, 'finances.lire', async ({ tx, params }) => {
    const role = await getRole(tx, params.role)
    const resume = (await listResumes(tx, sql`r.id = ${role.id}`))[0]!
    const articles = await listArticles(tx, role.id)
    const ouvert = role.etat === 'brouillon' || role.etat === 'aViser'
    return {
      ...vueResume(resume),
      saisie: {
        libelle: role.libelle,
        produit: role.produit,
        periode: role.periode,
        avisLe: role.avis_le,
        echeance: role.echeance,
        prelevementLe: role.prelevement_le,
        edition: role.edition,
      },
      budgetId: role.budget_id,
      annee: role.annee,
      bordereauId: role.bordereau_id,
      titreId: role.titre_id,
      motif: role.motif,
      articles: await listVues(tx, role, resume.numero),
      anomalies: ouvert ? await controler(tx, role, articles, aujourdhui()) : [],
      empreinte: empreinteRole(role, articles),
      histoire: await listHistoire(tx, role.id),
    }
  })

  servirOrganisme(application, contrat.creerRole, 'finances.liquider', async ({ tx, qui, body }) => {
    const { id, budgetId, annee, ...saisie } = body
    await creerRole(tx, auteurOf(qui), { budgetId, annee }, id, saisie)
    return fait
  })
  servirOrganisme(application, contrat.modifierRole, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await modifierRole(tx, auteurOf(qui), params.role, body)
    return fait
  })
  servirOrganisme(application, contrat.copierRole, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const { id, ...saisie } = body
    await copierRole(tx, auteurOf(qui), params.role, id, saisie)
    return fait
  })
  servirOrganisme(application, contrat.reprendreRejets, 'finances.liquider', async ({ tx, qui, params, body }) => {
    const { id, ...saisie } = body
    return { dettes: await reprendreRejets(tx, auteurOf(qui), params.role, { id, saisie }) }
  })
  servirOrganisme(application, contrat.poserArticle, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await poserArticles(tx, auteurOf(qui), params.role, [body])
    return fait
  })
  servirOrganisme(application, contrat.retirerArticle, 'finances.liquider', async ({ tx, params }) => {
    await retirerArticle(tx, params.role, params.dette)
    return fait
  })
  servirLibre(application, contrat.importerRole, 'finances.liquider', async ({ base, qui, params, request }) => {
    const fichier = await receiveFichier(request)
    const feuille = await readFeuille(fichier)
    const defaut = { nature: fichier.champs.nature ?? '', fonction: fichier.champs.fonction ?? '' }
    return inOrganisme(base, qui.organismeId, async (tx) => {
      const essai = await essayerImportRole(tx, params.role, feuille, defaut)
      const importe = fichier.champs.appliquer === 'oui'
      if (importe) await importerRole(tx, auteurOf(qui), params.role, feuille, defaut)
      return { importe, ...essai }
    })
  })
  servirLibre(application, contrat.lireModeleRole, 'finances.lire', async ({ reply }) =>
    sendFichier(reply, {
      nom: 'modele-de-role.csv',
      type: 'text/csv; charset=utf-8',
      octets: new TextEncoder().encode(
        `\ufeff${Papa.unparse([MODELE.map(([titre]) => titre), MODELE.map(([, exemple]) => exemple)], { delimiter: ';' })}`,
      ),
      telecharger: true,
    }),
  )
  servirOrganisme(application, contrat.envoyerRole, 'finances.liquider', async ({ tx, qui, params }) => {
    await envoyerRole(tx, auteurOf(qui), params.role, aujourdhui())
    return fait
  })
  servirOrganisme(application, contrat.renvoyerRole, 'finances.viser', async ({ tx, qui, params, body }) => {
    await renvoyerRole(tx, auteurOf(qui), params.role, body.motif)
    return fait
  })
  servirOrganisme(application, contrat.signerRole, 'finances.viser', async ({ tx, qui, params, body }) =>
    signerRole(tx, auteurOf(qui), params.role, { empreinte: body.empreinte, le: aujourdhui() }),
  )
  servirOrganisme(application, contrat.abandonnerRole, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await abandonnerRole(tx, auteurOf(qui), params.role, body.motif)
    return fait
  })
  servirLibre(application, contrat.editerAvis, 'finances.lire', async ({ base, qui, params, query, reply }) => {
    const modele = await inOrganisme(base, qui.organismeId, (tx) => readAvis(tx, params.role, query.dette))
    return sendFichier(reply, {
      nom: `avis-role-${modele.numero}.pdf`,
      type: 'application/pdf',
      octets: renderAvis(modele),
      telecharger: false,
    })
  })
  servirOrganisme(application, contrat.corrigerDette, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await corrigerDette(tx, auteurOf(qui), params.dette, body)
    return fait
  })
  servirOrganisme(application, contrat.noterRejetBancaire, 'finances.liquider', async ({ tx, qui, params, body }) => {
    await noterRejetBancaire(tx, auteurOf(qui), params.dette, body.motif)
    return fait
  })
}

/** What rôles wait for, in the list of the secretary and of the ordonnateur. */
export async function listRolesEnAttente(tx: Tx) {
  const resumes = await listResumes(tx, sql`r.etat = 'aViser' or (r.etat = 'brouillon' and r.motif <> '')`)
  return {
    aSigner: resumes.filter((r) => r.etat === 'aViser'),
    renvoyes: resumes.filter((r) => r.etat === 'brouillon'),
  }
}
