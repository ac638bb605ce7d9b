import './db/tables.ts'
import { sql } from 'kysely'
import { euros, inEuros, negate, subtract, ZERO } from '#socle/argent.ts'
import { addMois, dernierJour, formatJour, type Mois, premierJour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { insecables } from '#socle/texte.ts'
import { type Bulletin, type Cumuls, expliquer, JeuParametres, type Situation } from '../../calcul/index.ts'
import type { SituationCarriere } from '../../carriere/contract.ts'
import { describeSituation } from '../../carriere/domain/decrire.ts'
import { describePosition, POSITIONS, type PositionTenue } from '../../carriere/positions/domain/positions.ts'
import { listPositionsDe } from '../../carriere/positions/positions.ts'
import type { ContenuVariable } from '../../dossier/contract.ts'
import { describeVariable } from '../../dossier/domain/variable.ts'
import type { Atelier } from '../atelier.ts'
import type { ACalculer } from '../ouvrier.ts'
import type { EcartAgent } from './contract.ts'
import { readReglages } from './db/reglages.ts'
import { depasse } from './domain/controles.ts'
import {
  attribuer,
  type Cause,
  type Entrees,
  type Etape,
  type Faits,
  lignesInexpliquees,
  planEtapes,
} from './domain/ecarts.ts'
import type { ReglagesControle } from './domain/reglages.ts'

type Ligne = { carriere_id: string; entrees: string; jeu: string; bulletin: string; net: string }
type Situee = { depuis: string; motif: string; contenu: SituationCarriere }
type Variable = { mois: string; contenu: ContenuVariable; numero: number | null }
/** A change of the file between the two runs, as its history tells it. */
type Acte = { effet: string; resume: string; par: string; le: Date }
type Lecture = {
  reglages: ReglagesControle
  noms: Map<string, { nom: string; entree: string; sortie: string | null }>
  avant: Map<string, Ligne>
  apres: Map<string, Ligne>
  jeux: Map<string, string>
  variables: Map<string, Variable[]>
  situations: Map<string, Situee[]>
  actes: Map<string, Acte[]>
  positions: Map<string, PositionTenue[]>
}

async function lire(tx: Tx, mois: Mois, carriereId?: string): Promise<Lecture> {
  const m0 = addMois(mois, -1)
  const un = carriereId ?? null
  const { rows } = await sql<Ligne & { mois: string }>`
    select mois, carriere_id, entrees, jeu, bulletin, net_a_payer::text as net from app.paie_bulletin
    where mois in (${m0}, ${mois}) and (${un}::uuid is null or carriere_id = ${un})`.execute(tx)
  const noms = await sql<{ id: string; nom: string; entree: string; sortie: string | null }>`
    select c.id, a.prenom || ' ' || a.nom as nom, c.entree, c.sortie from app.paie_carriere c
    join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    where ${un}::uuid is null or c.id = ${un}`.execute(tx)
  const variables = await sql<Variable & { carriere_id: string }>`
    select v.mois, v.carriere_id, v.contenu, p.numero from app.paie_variable v
    left join app.paie_piece p on p.organisme_id = v.organisme_id and p.id = v.piece_id
    where v.mois in (${m0}, ${mois}) and (${un}::uuid is null or v.carriere_id = ${un})
    order by v.saisie_le, v.id`.execute(tx)
  const situations = await sql<Situee & { carriere_id: string }>`
    select carriere_id, lower(periode) as depuis, motif, contenu from app.paie_situation
    where periode && daterange(${premierJour(m0)}, ${dernierJour(mois)}, '[]') and (${un}::uuid is null or carriere_id = ${un})
    order by lower(periode)`.execute(tx)
  const actes = await sql<Acte & { carriere_id: string }>`
    select carriere_id, effet, resume, par_nom as par, le from app.paie_acte_carriere
    where carriere_id is not null and (${un}::uuid is null or carriere_id = ${un})
      and le > coalesce((select approuve_le from app.paie_dossier where mois = ${m0}),
        (select calcule_le from app.paie_dossier where mois = ${m0}))
    order by le`.execute(tx)
  const jeux = await tx
    .selectFrom('app.paie_jeu')
    .select(['empreinte', 'contenu'])
    .where('empreinte', 'in', [...new Set(rows.map((r) => r.jeu)), ''])
    .execute()
  const group = <R extends { carriere_id: string }>(l: R[]) => Map.groupBy(l, (r) => r.carriere_id)
  const of = (m: string) => new Map(rows.filter((r) => r.mois === m).map((r) => [r.carriere_id, r]))
  return {
    reglages: await readReglages(tx),
    noms: new Map(noms.rows.map((n) => [n.id, n])),
    avant: of(m0),
    apres: of(mois),
    jeux: new Map(jeux.map((j) => [j.empreinte, j.contenu])),
    variables: group(variables.rows),
    situations: group(situations.rows),
    actes: group(actes.rows),
    positions: await listPositionsDe(tx, m0, mois),
  }
}

const codesPonctuels = (variables: readonly Variable[], mois: string): Set<string> =>
  new Set(variables.flatMap((v) => (v.mois === mois && v.contenu.nature === 'prime' ? [v.contenu.code] : [])))

const piece = (v: Variable) => (v.numero === null ? 'sans pièce' : `pièce n° ${v.numero}`)

type Phrases = Record<Cause, string[]>

/** The facts behind each cause, as they would be said on the phone. */
function phrasesDe(
  l: Lecture,
  carriereId: string,
  { m0, m1 }: { m0: Mois; m1: Mois },
  s0: Situation,
  s1: Situation,
  valeurs: readonly string[],
): Phrases {
  const variables = l.variables.get(carriereId) ?? []
  const dire = (mois: Mois, garder: (v: Variable) => boolean, suite: (v: Variable) => string) =>
    variables
      .filter((v) => v.mois === mois && garder(v))
      .map((v) => insecables(`${describeVariable(v.contenu)}, ${suite(v)}.`))
  const texte = (v: Variable) => JSON.stringify(v.contenu)
  const deuxFois = new Set(
    variables
      .filter((v) => v.mois === m0)
      .map(texte)
      .filter((t) => variables.some((v) => v.mois === m1 && texte(v) === t)),
  )
  const estAbsence = (v: Variable) => v.contenu.nature === 'absence'
  const propre = (v: Variable) => !deuxFois.has(texte(v))
  const situations = l.situations.get(carriereId) ?? []
  const nom = l.noms.get(carriereId)
  const ancienne = situations.findLast((s) => s.depuis <= dernierJour(m0))
  const nouvelle = situations.at(-1)
  const champs = (s: Situee | undefined) =>
    new Map(s ? describeSituation(s.contenu).map((c) => [c.libelle, c.valeur]) : [])
  const [a, b] = [champs(ancienne), champs(nouvelle)]
  const changes = [...new Set([...a.keys(), ...b.keys()])]
    .filter((k) => a.get(k) !== b.get(k) && k !== 'Impôt')
    .map((k) => `${k} : ${a.get(k) ?? 'rien'}, puis ${b.get(k) ?? 'rien'}`)
  const debut = nouvelle && nouvelle.depuis > premierJour(m0) ? nouvelle : undefined
  const carriere = [
    ...(changes.length > 0
      ? [
          `${changes.join(' ; ')}${debut ? `, depuis le ${formatJour(debut.depuis)}${debut.motif ? ` (${debut.motif})` : ''}` : ''}.`,
        ]
      : []),
    ...(nom && nom.entree > premierJour(m0) && nom.entree <= dernierJour(m1)
      ? [`Arrivée le ${formatJour(nom.entree)} : un mois incomplet.`]
      : []),
    ...(nom?.sortie && nom.sortie > premierJour(m1) && nom.sortie <= dernierJour(m1)
      ? [`Départ le ${formatJour(nom.sortie)} : un mois incomplet.`]
      : []),
  ]
  const positions = positionsDatees(l, carriereId, m0, m1).map((p) => insecables(`${describePosition(p)}.`))
  const corrections = (l.actes.get(carriereId) ?? []).map(
    (a) => `${a.resume.replace(/\.$/, '')}, saisi par ${a.par} à effet du ${formatJour(a.effet)}.`,
  )
  const taux = (s: Situation) => (s.pas?.taux ? s.pas.taux.replace('.', ',') : 'taux neutre')
  const reglages = Object.keys({ ...s0.employeur, ...s1.employeur }).filter(
    (k) => s0.employeur[k as 'effectif'] !== s1.employeur[k as 'effectif'],
  )
  return {
    absence: [
      ...dire(
        m0,
        (v) => estAbsence(v) && propre(v),
        () => 'le mois dernier',
      ),
      ...dire(m1, estAbsence, piece),
      ...positions,
    ],
    variable: [
      ...dire(
        m0,
        (v) => !estAbsence(v) && propre(v),
        () => 'le mois dernier seulement',
      ),
      ...dire(m1, (v) => !estAbsence(v) && propre(v), piece),
    ],
    carriere:
      carriere.length > 0
        ? carriere.map(insecables)
        : corrections.length > 0
          ? corrections.map(insecables)
          : ['La fiche de l’agent a changé, sans date d’effet ce mois-ci ni acte dans son histoire.'],
    impot: [insecables(`Taux de prélèvement : ${taux(s0)}, puis ${taux(s1)}.`)],
    employeur: reglages.map((k) =>
      insecables(
        `${LIBELLES_EMPLOYEUR[k] ?? k} : ${s0.employeur[k as 'effectif'] ?? 'rien'}, puis ${s1.employeur[k as 'effectif'] ?? 'rien'}.`,
      ),
    ),
    parametre: valeurs.map(insecables),
    rappel: ['Correction d’un mois antérieur.'],
    regularisation: ['Les cumuls de l’année font bouger un plafond ou une exonération.'],
    indetermine: ['Le calcul intermédiaire n’a pas abouti : comparez les deux bulletins.'],
  }
}

const LIBELLES_EMPLOYEUR: Record<string, string> = {
  effectif: 'Effectif de l’employeur',
  tauxAt: 'Taux accidents du travail',
  versementMobilite: 'Versement mobilité',
  cdgObligatoire: 'Cotisation au centre de gestion',
  cdgAdditionnelle: 'Cotisation additionnelle au centre de gestion',
  adhesionChomage: 'Adhésion à l’assurance chômage',
  zoneIr: 'Zone d’indemnité de résidence',
}

/** Values of the law that changed after last month's first day, up to this month's. */
function nouvellesValeurs(jeu: JeuParametres, m0: Mois, m1: Mois): Map<string, string> {
  const found = new Map<string, string>()
  for (const p of jeu.parametres.values()) {
    const v = p.valeurs.find((x) => x.depuis > premierJour(m0) && x.depuis <= premierJour(m1))
    if (v)
      found.set(
        p.code,
        `${p.libelle} : ${v.tranches ? 'nouveau barème' : (v.valeur ?? '').replace('.', ',')} depuis le ${formatJour(v.depuis)}${v.texte ? ` (${v.texte})` : ''}.`,
      )
  }
  return found
}

type Chemin = {
  carriereId: string
  avant: Bulletin
  apres: Bulletin
  e0: Entrees
  e1: Entrees
  etapes: Etape[]
  derniere: Cause
}

/** Every difference of the month with the one before, with its causes: computed again from the frozen inputs of both. */
export async function expliquerMois(
  { base, atelier }: { base: Base; atelier: Pick<Atelier, 'calculer'> },
  organismeId: string,
  mois: Mois,
  carriereId?: string,
): Promise<{ moisPrecedent: Mois; inchanges: number; agents: EcartAgent[] }> {
  const m0 = addMois(mois, -1)
  const l = await inOrganisme(base, organismeId, (tx) => lire(tx, mois, carriereId))
  if (l.avant.size === 0) return { moisPrecedent: m0, inchanges: 0, agents: [] }
  const chemins: Chemin[] = []
  let inchanges = 0
  for (const [id, apres] of l.apres) {
    const avant = l.avant.get(id)
    if (!avant) continue
    const [b0, b1] = [JSON.parse(avant.bulletin) as Bulletin, JSON.parse(apres.bulletin) as Bulletin]
    if (JSON.stringify(b0.lignes) === JSON.stringify(b1.lignes)) {
      inchanges++
      continue
    }
    const [e0, e1] = [JSON.parse(avant.entrees) as Entrees, JSON.parse(apres.entrees) as Entrees]
    const variables = l.variables.get(id) ?? []
    const plan = planEtapes(e0, e1, { avant: codesPonctuels(variables, m0), apres: codesPonctuels(variables, mois) })
    chemins.push({ carriereId: id, avant: b0, apres: b1, e0, e1, ...plan })
  }
  const intermediaires = await computeEtapes(atelier, l, chemins)
  const jeuxLus = new Map<string, JeuParametres>()
  const jeuOf = (empreinte: string) => {
    const connu = jeuxLus.get(empreinte) ?? JeuParametres.lire(l.jeux.get(empreinte)!)
    jeuxLus.set(empreinte, connu)
    return connu
  }
  const agents = chemins.flatMap((c): EcartAgent[] => {
    const pas = c.etapes.map((e, i) => ({ cause: e.cause, bulletin: intermediaires.get(`${c.carriereId}#${i}`) }))
    const a = attribuer(c.avant, pas, c.apres, c.derniere)
    if (a.lignes.length === 0) {
      inchanges++
      return []
    }
    const jeu = jeuOf(l.apres.get(c.carriereId)!.jeu)
    const nouvelles = nouvellesValeurs(jeu, m0, mois)
    const lignesDeValeurs = new Set<string>()
    const valeursLues = new Set<string>()
    if (nouvelles.size > 0 && a.lignes.some((x) => x.parts.some((p) => p.cause === 'parametre'))) {
      const { mois: m, situation, cumuls } = c.e1
      for (const e of expliquer({
        mois: m,
        situation,
        ...(cumuls ? { cumuls: cumuls as Cumuls } : {}),
        parametres: jeu,
      }))
        for (const p of e.parametres)
          if (nouvelles.has(p.code)) {
            lignesDeValeurs.add(e.ligne.code)
            valeursLues.add(nouvelles.get(p.code)!)
          }
    }
    const faits: Faits = { carriereDatee: estDatee(l, c.carriereId, m0, mois), lignesDeValeurs }
    // without a new value, a step of the law is the year that goes on
    const nommer = (cause: Cause): Cause =>
      cause === 'parametre' && lignesDeValeurs.size === 0 ? 'regularisation' : cause
    const inexpliquees = new Set(lignesInexpliquees(a, faits, l.reglages.ecartLigneEuros))
    const phrases = phrasesDe(l, c.carriereId, { m0, m1: mois }, c.e0.situation, c.e1.situation, [...valeursLues])
    const ecart = euros(a.ecartNet)
    return [
      {
        carriereId: c.carriereId,
        nom: l.noms.get(c.carriereId)?.nom ?? '',
        netAvant: c.avant.totaux.netAPayer,
        netApres: c.apres.totaux.netAPayer,
        ecartNet: a.ecartNet,
        causes: causesDe(a.causes, a.lignes).map(({ cause, effetNet }) => ({
          cause: nommer(cause),
          effetNet,
          phrases: phrases[nommer(cause)],
        })),
        lignes: a.lignes.map(({ suitSaBase: _s, groupe: _g, ...x }) => ({
          ...x,
          parts: x.parts.map((p) => ({ ...p, cause: nommer(p.cause) })),
          inexplique: inexpliquees.has(a.lignes.find((y) => y.code === x.code && y.ecart === x.ecart)!),
        })),
        verdict:
          inexpliquees.size > 0
            ? 'aExpliquer'
            : depasse(ecart, euros(c.avant.totaux.netAPayer), l.reglages.grandEcartPourcent)
              ? 'grand'
              : 'explique',
      },
    ]
  })
  return { moisPrecedent: m0, inchanges, agents: [...agents, ...mouvements(l, mois)].sort(parImportance) }
}

/** Causes in the order of their weight on the net; one that moves only the employer's share is there too. */
function causesDe(causes: { cause: Cause; effetNet: string }[], lignes: { parts: { cause: Cause }[] }[]) {
  const nommees = new Set(causes.map((c) => c.cause))
  const autres = new Set(lignes.flatMap((l) => l.parts.map((p) => p.cause)).filter((c) => !nommees.has(c)))
  const poids = (t: string) => (euros(t) < ZERO ? negate(euros(t)) : euros(t))
  return [...causes, ...[...autres].map((cause) => ({ cause, effetNet: '0.00' }))].sort((x, y) =>
    poids(x.effetNet) > poids(y.effetNet) ? -1 : poids(x.effetNet) < poids(y.effetNet) ? 1 : 0,
  )
}

/** Positions taken or left in one of the two months. */
const positionsDatees = (l: Lecture, carriereId: string, m0: Mois, m1: Mois): PositionTenue[] =>
  (l.positions.get(carriereId) ?? []).filter((p) =>
    [p.depuis, p.jusqua].some((j) => j !== null && j >= premierJour(m0) && j <= dernierJour(m1)),
  )

function estDatee(l: Lecture, carriereId: string, m0: Mois, m1: Mois): boolean {
  const dedans = (j: string | null | undefined) => j != null && j > premierJour(m0) && j <= dernierJour(m1)
  const n = l.noms.get(carriereId)
  return (
    dedans(n?.entree) ||
    dedans(n?.sortie) ||
    (l.actes.get(carriereId) ?? []).length > 0 ||
    (l.situations.get(carriereId) ?? []).some((s) => dedans(s.depuis)) ||
    positionsDatees(l, carriereId, m0, m1).length > 0 ||
    (l.variables.get(carriereId) ?? []).some((v) => v.contenu.nature === 'quantite')
  )
}

/** Who has a payslip in one of the two months only. */
function mouvements(l: Lecture, mois: Mois): EcartAgent[] {
  const seul = (id: string, avant: Ligne | undefined, apres: Ligne | undefined): EcartAgent => {
    const n = l.noms.get(id)
    const ecart = inEuros(subtract(euros(apres?.net ?? '0.00'), euros(avant?.net ?? '0.00')))
    const parti = n?.sortie && n.sortie <= premierJour(mois)
    const position = (l.positions.get(id) ?? []).find((p) => !POSITIONS[p.position].estPaye)
    const phrase = apres
      ? parti
        ? `Bulletin de rappel : l’agent est parti le ${formatJour(n.sortie!)}.`
        : position
          ? `${position.jusqua !== null && position.jusqua <= dernierJour(mois) ? 'De nouveau payé' : 'Bulletin de rappel ou de variables'} : ${describePosition(position)}.`
          : `Premier bulletin ce mois-ci, arrivée le ${formatJour(n?.entree ?? mois)}.`
      : n?.sortie
        ? `Plus de bulletin : départ le ${formatJour(n.sortie)}.`
        : position
          ? `Plus de bulletin : ${describePosition(position)}.`
          : 'Plus de bulletin, sans date de départ.'
    return {
      carriereId: id,
      nom: n?.nom ?? '',
      netAvant: avant?.net ?? null,
      netApres: apres?.net ?? null,
      ecartNet: ecart,
      causes: [{ cause: 'carriere', effetNet: ecart, phrases: [phrase] }],
      lignes: [],
      verdict: apres ? (parti || position ? 'explique' : 'arrivee') : n?.sortie || position ? 'depart' : 'aExpliquer',
    }
  }
  return [
    ...[...l.apres].flatMap(([id, a]) => (l.avant.has(id) ? [] : [seul(id, undefined, a)])),
    ...[...l.avant].flatMap(([id, a]) => (l.apres.has(id) ? [] : [seul(id, a, undefined)])),
  ]
}

const RANG: Record<EcartAgent['verdict'], number> = { aExpliquer: 0, grand: 1, arrivee: 2, depart: 3, explique: 4 }
function parImportance(x: EcartAgent, y: EcartAgent): number {
  const poids = (a: EcartAgent) => Math.abs(Number(a.ecartNet))
  return RANG[x.verdict] - RANG[y.verdict] || poids(y) - poids(x) || x.nom.localeCompare(y.nom, 'fr')
}

/** The payslips of the steps between, by set of legal values, in the threads of the workshop. */
async function computeEtapes(
  atelier: Pick<Atelier, 'calculer'>,
  l: Lecture,
  chemins: readonly Chemin[],
): Promise<Map<string, Bulletin>> {
  const lots = new Map<string, ACalculer[]>()
  for (const c of chemins)
    for (const [i, e] of c.etapes.entries()) {
      const { jeu } = (e.jeu === 'avant' ? l.avant : l.apres).get(c.carriereId)!
      const lot = lots.get(jeu) ?? []
      lots.set(jeu, lot)
      lot.push({ carriereId: `${c.carriereId}#${i}`, entrees: JSON.stringify(e.entrees) })
    }
  const faits = await Promise.all(
    [...lots].map(([empreinte, lot]) => atelier.calculer(lot, { empreinte, contenu: l.jeux.get(empreinte)! })),
  )
  return new Map(
    faits.flat().flatMap((f) => (f.bulletin ? [[f.carriereId, JSON.parse(f.bulletin.texte) as Bulletin]] : [])),
  )
}
