import '../db/tables.ts'
import { sql } from 'kysely'
import { euros, formatEuros } from '#socle/argent.ts'
import type { Mois } from '#socle/dates.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { isIban } from '#socle/identifiants.ts'
import type { Anomalie } from '#socle/refus.ts'
import { type JeuParametres, nirValide } from '../../../calcul/index.ts'
import type { Auteur } from '../../../dossier/db/dossiers.ts'
import { premierMoisCorrige } from '../../../dossier/rappels/db/du-mois.ts'
import { type Contexte, jeuDuMois, type Prepare, prepareMois } from '../../calculer-mois.ts'
import { readReglages } from '../../controles/db/reglages.ts'
import { controlMois } from '../../controles/domain/controles.ts'
import type { Calcule, Entrees } from '../../ouvrier.ts'
import { estEnPreparation } from '../domain/complement.ts'
import { getComplement } from '../lire.ts'
import { refusComplement } from './ouvrir.ts'

const listChoisis = (tx: Tx, mois: Mois, rang: number) =>
  tx
    .selectFrom('app.paie_complement_agent')
    .select(['carriere_id', 'acompte', 'entrees'])
    .where('mois', '=', mois)
    .where('rang', '=', rang)
    .execute()

type APayer = Prepare & { entier?: string }

/** The chosen agents with the inputs of today: the whole month, less what is paid; or the acompte alone. */
export async function prepareComplement(
  tx: Tx,
  mois: Mois,
  rang: number,
  jeu: JeuParametres,
  publie: JeuParametres,
): Promise<APayer[]> {
  const choisis = await listChoisis(tx, mois, rang)
  const acompteOf = new Map(choisis.map((c) => [c.carriere_id, c.acompte]))
  const prepares = await prepareMois(tx, mois, jeu, publie, { seulement: choisis.map((c) => c.carriere_id) })
  return prepares.map((p): APayer => {
    const acompte = acompteOf.get(p.carriere.carriereId)
    if (acompte == null || p.entrees === undefined) return p
    const entrees = JSON.stringify({ ...(JSON.parse(p.entrees) as Entrees), acompte } satisfies Entrees)
    return { ...p, entrees, entier: p.entrees }
  })
}

/** Computes the month of the chosen agents again and keeps what it owes beyond what is paid. */
export async function calculerComplement(
  { base, atelier, readJeu }: Contexte,
  auteur: Auteur,
  mois: Mois,
  rang: number,
): Promise<void> {
  const publie = await readJeu()
  const { jeu, prepares } = await inOrganisme(base, auteur.organismeId, async (tx) => {
    const c = await getComplement(tx, mois, rang)
    if (!estEnPreparation(c.etat)) throw refusComplement('Cette production est envoyée ou finie : elle ne change plus.')
    const jeuMois = jeuDuMois(publie, mois, await premierMoisCorrige(tx, mois))
    const jeu = { empreinte: jeuMois.empreinte(), contenu: jeuMois.serialiser() }
    await sql`insert into app.paie_jeu (empreinte, contenu) values (${jeu.empreinte}, ${jeu.contenu})
      on conflict do nothing`.execute(tx)
    return { jeu, prepares: await prepareComplement(tx, mois, rang, jeuMois, publie) }
  })
  const calculer = (entreesOf: (p: APayer) => string | undefined) =>
    atelier.calculer(
      prepares.flatMap((p) => {
        const entrees = entreesOf(p)
        const { carriereId } = p.carriere
        return entrees === undefined ? [] : [{ carriereId, entrees, ...(p.jeuxAvant && { jeuxAvant: p.jeuxAvant }) }]
      }),
      jeu,
    )
  const calcules = await calculer((p) => p.entrees)
  const entiers = await calculer((p) => p.entier)
  await inOrganisme(base, auteur.organismeId, async (tx) => {
    const c = await tx
      .selectFrom('app.paie_complement')
      .select('etat')
      .where('mois', '=', mois)
      .where('rang', '=', rang)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (!estEnPreparation(c.etat)) throw refusComplement('Cette production vient d’être envoyée ou abandonnée.')
    const anomaliesOf = await controler(tx, prepares, calcules, entiers)
    const calculeOf = new Map(calcules.map((x) => [x.carriereId, x.bulletin]))
    for (const { carriere, entrees } of prepares) {
      const b = calculeOf.get(carriere.carriereId)
      await sql`update app.paie_complement_agent set anomalies = ${JSON.stringify(anomaliesOf.get(carriere.carriereId) ?? [])},
          entrees = ${entrees ?? null}, jeu = ${b ? jeu.empreinte : null}, bulletin = ${b?.texte ?? null},
          cumuls = ${b?.cumuls ?? null}, empreinte = ${b?.empreinte ?? null}, population = ${b?.population ?? null},
          brut = ${b?.brut ?? null}, cotisations = ${b?.cotisations ?? null}, net_imposable = ${b?.netImposable ?? null},
          net_a_payer = ${b?.netAPayer ?? null}, cout = ${b?.cout ?? null}
        where mois = ${mois} and rang = ${rang} and carriere_id = ${carriere.carriereId}`.execute(tx)
    }
    await tx
      .updateTable('app.paie_complement')
      .set({ etat: 'prepare', empreinte: null, calcule_le: sql<Date>`now()`, calcule_par: auteur.nom })
      .where('mois', '=', mois)
      .where('rang', '=', rang)
      .execute()
  })
}

const bloquante = (code: string, message: string, conseil: string): Anomalie => ({
  code: `complement.${code}`,
  message,
  conseil,
  bloquante: true,
})

/** The controls of a month that look at one agent, and those of a payment that comes beside another one. */
async function controler(
  tx: Tx,
  prepares: readonly APayer[],
  calcules: readonly Calcule[],
  entiers: readonly Calcule[],
): Promise<Map<string, Anomalie[]>> {
  const agents = await tx
    .selectFrom('app.paie_agent')
    .select(['id', 'iban'])
    .where(
      'id',
      'in',
      prepares.map((p) => p.carriere.agentId),
    )
    .execute()
  const ibanOf = new Map(agents.map((a) => [a.id, a.iban]))
  const calculeOf = new Map(calcules.map((c) => [c.carriereId, c]))
  const entierOf = new Map(entiers.map((c) => [c.carriereId, c]))
  const propres = prepares.map(({ carriere: c, anomalies, entrees }): [string, Anomalie[]] => {
    const calcule = calculeOf.get(c.carriereId)
    const b = calcule?.bulletin
    // a payslip that owes money takes nothing back here
    const trop = calcule?.anomalies.some((a) => a.code === 'paie.netNegatif') && entrees?.includes('"deja":')
    const entier = entierOf.get(c.carriereId)
    const reste = entier?.bulletin?.netAPayer ?? '0.00'
    return [
      c.carriereId,
      [
        ...anomalies,
        ...(calcule?.anomalies ?? []).filter((a) => !(trop && a.code === 'paie.netNegatif')),
        ...(entier && !b ? entier.anomalies : []),
        ...(trop
          ? [
              bloquante(
                'trop',
                'L’agent a déjà reçu plus que ce que ce mois lui doit.',
                'Retirez-le de cette production : ce qu’il a reçu en trop se règle par un rappel le mois suivant.',
              ),
            ]
          : []),
        ...(entier && b && euros(b.netAPayer) > euros(reste)
          ? [
              bloquante(
                'acompteTropGrand',
                `L’acompte (${formatEuros(b.netAPayer)}) dépasse le net du mois qui reste à verser (${formatEuros(reste)}).`,
                'Diminuez l’acompte.',
              ),
            ]
          : []),
        ...(calcule?.estSolde
          ? [
              {
                code: 'complement.rien',
                message: 'Rien de plus à payer : le mois est entièrement réglé.',
                conseil: 'Saisissez d’abord ce qui manque, ou laissez : cet agent n’aura pas de bulletin.',
                bloquante: false,
              },
            ]
          : []),
      ],
    ]
  })
  const constats = controlMois(
    prepares.map(({ carriere: c }) => {
      const b = calculeOf.get(c.carriereId)?.bulletin
      const iban = ibanOf.get(c.agentId) ?? ''
      return {
        carriereId: c.carriereId,
        agentId: c.agentId,
        nom: `${c.prenom} ${c.nom}`,
        nir: c.nir,
        nirValide: nirValide(c.nir),
        iban,
        ibanValide: isIban(iban),
        // an agent that nothing is left to pay is not an agent without pay
        present: b !== undefined,
        bulletin: b ? { netAPayer: b.netAPayer, cout: b.cout, reportNegatif: false } : null,
        precedent: null,
        foyerSft: null,
        foyerAilleurs: false,
      }
    }),
    [],
    await readReglages(tx),
  )
  const map = new Map(propres)
  for (const { carriereId, ...a } of constats) if (carriereId) map.set(carriereId, [...(map.get(carriereId) ?? []), a])
  return map
}
