import './tables.ts'
import { sql } from 'kysely'
import { add, type Centimes, euros, formatEuros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import { formatMois, type Jour, type Mois, moisOf } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { Refus } from '#socle/refus.ts'
import { annoncerPortee, type Portee, porteeOf } from '../carriere/actions/changer.ts'
import { type EmployeurPex, zEmployeurPex } from '../carriere/contract.ts'
import { getEmployeur } from '../carriere/db/carrieres.ts'
import type { Auteur } from '../dossier/db/dossiers.ts'
import { premierMoisCorrige } from '../dossier/rappels/db/du-mois.ts'
import { type Contexte, jeuDuMois, prepareMois } from '../production/calculer-mois.ts'
import { pieceIntrouvable, refusSansEmployeur } from '../refus.ts'
import type { EffetReglage } from './contract.ts'

export async function listReglages(tx: Tx) {
  const { rows } = await sql<{
    depuis: Jour
    contenu: EmployeurPex
    source: string | null
    piece: { id: string; numero: number; mois: string } | null
    le: Date | null
    par_nom: string | null
  }>`
    select e.depuis, e.contenu, a.source, a.piece, a.le, a.par_nom from app.paie_employeur e
    left join lateral (select a.source, a.le, a.par_nom,
        case when p.id is not null then json_build_object('id', p.id, 'numero', p.numero, 'mois', p.mois) end as piece
      from app.paie_employeur_acte a
      left join app.paie_piece p on p.organisme_id = a.organisme_id and p.id = a.piece_id
      where a.organisme_id = e.organisme_id and a.depuis = e.depuis order by a.le desc limit 1) a on true
    order by e.depuis desc`.execute(tx)
  return rows
}

/** The pay of the first month that it reaches, of everybody, with the setting and without it. Nothing is written. */
export async function simulerReglage(
  { base, atelier, readJeu }: Contexte,
  organismeId: string,
  depuis: Jour,
  contenu: EmployeurPex,
): Promise<EffetReglage> {
  const publie = await readJeu()
  const { mois, avant, apres, jeu } = await inOrganisme(base, organismeId, async (tx) => {
    const { moisOuverts, moisFiges } = await porteeOf(tx, depuis)
    const mois = (moisOuverts[0] ?? moisFiges.at(-1) ?? moisOf(depuis)) as Mois
    const employeur = await getEmployeur(tx, mois)
    if (!employeur) throw refusSansEmployeur()
    const jeuMois = jeuDuMois(publie, mois, await premierMoisCorrige(tx, mois))
    const preparer = (e: EmployeurPex) => prepareMois(tx, mois, jeuMois, publie, { employeur: e })
    return {
      mois,
      avant: await preparer(employeur),
      apres: await preparer(contenu),
      jeu: { empreinte: jeuMois.empreinte(), contenu: jeuMois.serialiser() },
    }
  })
  const entreesOf = new Map(avant.map((p) => [p.carriere.carriereId, p.entrees]))
  const changes = apres.filter((p) => p.entrees !== undefined && p.entrees !== entreesOf.get(p.carriere.carriereId))
  const ids = new Set(changes.map((p) => p.carriere.carriereId))
  const calculer = async (prepares: typeof avant) =>
    new Map(
      (
        await atelier.calculer(
          prepares.flatMap(({ carriere: { carriereId }, entrees, jeuxAvant }) =>
            entrees !== undefined && ids.has(carriereId)
              ? [{ carriereId, entrees, ...(jeuxAvant && { jeuxAvant }) }]
              : [],
          ),
          jeu,
        )
      ).flatMap((c) => (c.bulletin ? [[c.carriereId, c.bulletin] as const] : [])),
    )
  const [a, b] = [await calculer(avant), await calculer(apres)]
  const ecart = (lire: (x: { netAPayer: string; cout: string }) => string, id: string): Centimes => {
    const [x, y] = [a.get(id), b.get(id)]
    return x && y ? subtract(euros(lire(y)), euros(lire(x))) : ZERO
  }
  const total = (lire: (x: { netAPayer: string; cout: string }) => string) =>
    [...ids].map((id) => ecart(lire, id)).reduce((x, y) => add(x, y), ZERO)
  const touches = [...ids].filter((id) => ecart((x) => x.netAPayer, id) !== ZERO || ecart((x) => x.cout, id) !== ZERO)
  const [net, cout] = [total((x) => x.netAPayer), total((x) => x.cout)]
  const signe = (c: Centimes) => `${c > ZERO ? '+' : ''}${formatEuros(c)}`
  return {
    mois,
    agents: apres.length,
    touches: touches.length,
    ecartNet: inEuros(net),
    ecartCout: inEuros(cout),
    phrases:
      touches.length === 0
        ? [`La paie de ${formatMois(mois)} ne change pour aucun agent.`]
        : [
            `La paie de ${formatMois(mois)} change pour ${touches.length} agent${touches.length > 1 ? 's' : ''} sur ${apres.length}.`,
            `Coût de l’employeur : ${signe(cout)} ce mois-là ; nets à payer : ${net === ZERO ? 'inchangés' : signe(net)}.`,
          ],
  }
}

export type Enregistrement = {
  id: string
  depuis: Jour
  contenu: EmployeurPex
  source: string
  pieceId?: string | null | undefined
}

/** Sets the employer from a month on. Open months are to be computed again; approved ones become one rappel of all. */
export async function enregistrerReglage(tx: Tx, auteur: Auteur, r: Enregistrement): Promise<Portee> {
  await sql`select from app.organisme where id = ${auteur.organismeId} for update`.execute(tx)
  const deja = await tx.selectFrom('app.paie_employeur_acte').select('id').where('id', '=', r.id).executeTakeFirst()
  if (deja) return porteeOf(tx, r.depuis)
  const avant = await getEmployeur(tx, moisOf(r.depuis))
  // the database keeps its keys in an order of its own
  if (avant && JSON.stringify(zEmployeurPex.parse(avant)) === JSON.stringify(r.contenu))
    throw new Refus('employeur.rienNeChange', 'Rien ne change : ces valeurs sont déjà celles de ce mois.')
  if (r.pieceId) {
    const piece = await tx.selectFrom('app.paie_piece').select('id').where('id', '=', r.pieceId).executeTakeFirst()
    if (!piece) throw pieceIntrouvable()
  }
  const contenu = JSON.stringify(r.contenu)
  await tx
    .insertInto('app.paie_employeur')
    .values({ organisme_id: auteur.organismeId, depuis: r.depuis, contenu })
    .onConflict((oc) => oc.columns(['organisme_id', 'depuis']).doUpdateSet({ contenu }))
    .execute()
  await tx
    .insertInto('app.paie_employeur_acte')
    .values({
      organisme_id: auteur.organismeId,
      id: r.id,
      depuis: r.depuis,
      avant: avant ? JSON.stringify(avant) : null,
      apres: contenu,
      source: r.source,
      piece_id: r.pieceId ?? null,
      par_nom: auteur.nom,
      par: auteur.personneId,
    })
    .execute()
  const presents = await tx
    .selectFrom('app.paie_carriere')
    .select('id')
    .where((eb) => eb.or([eb('sortie', 'is', null), eb('sortie', '>', r.depuis)]))
    .execute()
  return annoncerPortee(
    tx,
    auteur,
    r.depuis,
    `Réglages de l’employeur : ${r.source}`,
    presents.map((c) => c.id),
  )
}
