import { sql } from 'kysely'
import { inEuros, sum } from '#socle/argent.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Feuille } from '#socle/feuille.ts'
import { newId } from '#socle/ids.ts'
import type { Anomalie } from '#socle/refus.ts'
import { enregistrerTiers } from '../../../execution/actions/tiers.ts'
import { zTiersSaisi } from '../../../execution/contract.ts'
import type { Auteur } from '../../../execution/db/commun.ts'
import { memeTexte } from '../../domain/feuille.ts'
import { refusBloquantes } from '../../refus.ts'
import { getRole } from '../db/roles.ts'
import { ttcOf } from '../domain/controler.ts'
import { type ArticleLu, type DebiteurLu, readRole } from '../domain/lire-feuille.ts'
import { poserArticles } from './saisir.ts'

export type Essai = {
  articles: { ligne: number; nom: string; nouveau: boolean; lignes: number; ttc: string }[]
  anomalies: Anomalie[]
  total: string
}
type Connu = { id: string; numero: number; nom: string; prenom: string; code_postal: string; siret: string | null }

/** The debtor of a line: by his number, his SIRET, else his name; two people of one name are told apart by a person. */
function trouver(d: DebiteurLu, connus: readonly Connu[], parNom: ReadonlyMap<string, Connu[]>) {
  if (d.tiers) return connus.find((t) => t.numero === Number(d.tiers)) ?? 'inconnu'
  if (d.siret) return connus.find((t) => t.siret === d.siret)
  const memes = parNom.get(memeTexte(d.nom, d.prenom)) ?? []
  if (memes.length < 2) return memes[0]
  const ici = memes.filter((t) => t.code_postal === d.codePostal)
  return ici.length === 1 ? ici[0] : 'plusieurs'
}

const newTiers = (d: DebiteurLu) => {
  const personne = d.prenom !== ''
  return zTiersSaisi.safeParse({
    categorie: personne ? '01' : '60',
    natureJuridique: personne ? '01' : '03',
    nom: d.nom,
    prenom: d.prenom,
    civilite: personne ? d.civilite : '',
    siret: d.siret,
    adresse: d.adresse,
    complementAdresse: d.complement,
    codePostal: d.codePostal,
    ville: d.ville,
  })
}

/** Where the lines go when the spreadsheet does not say it. */
type Defaut = { nature: string; fonction: string }

async function preparer(tx: Tx, roleId: string, feuille: Feuille, defaut: Defaut) {
  const role = await getRole(tx, roleId)
  const { articles, anomalies } = readRole(feuille, { objet: role.libelle, ...defaut })
  const { rows: connus } = await sql<Connu>`
    select id, numero, nom, prenom, code_postal, siret from app.finances_tiers where est_actif`.execute(tx)
  const parNom = Map.groupBy(connus, (t) => memeTexte(t.nom, t.prenom))
  const { rows: dedans } = await sql<{ tiers_id: string }>`
    select tiers_id from app.finances_role_article where role_id = ${roleId}`.execute(tx)
  const pris = new Set(dedans.map((d) => d.tiers_id))
  const trouves = articles.map((a: ArticleLu) => {
    const dire = (code: string, message: string) =>
      anomalies.push({ code: `role.${code}`, lieu: `ligne ${a.ligne}`, message, bloquante: true })
    const t = trouver(a.debiteur, connus, parNom)
    const nouveau = t === undefined ? newTiers(a.debiteur) : undefined
    if (t === 'inconnu') dire('tiers', `Aucun tiers n’a le numéro ${a.debiteur.tiers}.`)
    else if (t === 'plusieurs')
      dire(
        'homonymes',
        `Plusieurs tiers s’appellent ${a.debiteur.nom} ${a.debiteur.prenom} : donnez le numéro du tiers.`,
      )
    else if (t && pris.has(t.id)) dire('double', `${a.debiteur.nom} ${a.debiteur.prenom} est déjà dans ce rôle.`)
    else if (t) pris.add(t.id)
    if (nouveau?.success === false) dire('debiteur', nouveau.error.issues[0]!.message)
    return { article: a, connu: typeof t === 'object' ? t : undefined, saisie: nouveau?.data }
  })
  return { trouves, anomalies }
}

/** What the spreadsheet would make, and all its faults; nothing is written. */
export async function essayerImportRole(tx: Tx, roleId: string, feuille: Feuille, defaut: Defaut): Promise<Essai> {
  const { trouves, anomalies } = await preparer(tx, roleId, feuille, defaut)
  return {
    articles: trouves.map(({ article: a, connu }) => ({
      ligne: a.ligne,
      nom: connu ? `${connu.nom} ${connu.prenom}`.trim() : `${a.debiteur.nom} ${a.debiteur.prenom}`.trim(),
      nouveau: !connu,
      lignes: a.lignes.length,
      ttc: inEuros(ttcOf(a.lignes)),
    })),
    anomalies,
    total: inEuros(sum(trouves.map(({ article }) => ttcOf(article.lignes)))),
  }
}

/** Everything or nothing. */
export async function importerRole(
  tx: Tx,
  auteur: Auteur,
  roleId: string,
  feuille: Feuille,
  defaut: Defaut,
): Promise<number> {
  const { trouves, anomalies } = await preparer(tx, roleId, feuille, defaut)
  const bloquantes = anomalies.filter((a) => a.bloquante)
  if (bloquantes.length > 0) throw refusBloquantes('l’import', bloquantes)
  const articles = []
  for (const { article: a, connu, saisie } of trouves) {
    const tiersId = connu?.id ?? newId<'Tiers'>()
    if (saisie) await enregistrerTiers(tx, auteur, tiersId, saisie)
    articles.push({ id: newId<'Dette'>(), tiersId: tiersId as never, objet: a.objet, lignes: a.lignes })
  }
  await poserArticles(tx, auteur, roleId, articles)
  return articles.length
}
