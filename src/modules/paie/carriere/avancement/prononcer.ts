import { sql } from 'kysely'
import { getOrganisme } from '#modules/organismes/index.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { listGrades } from '../../calcul/index.ts'
import type { Auteur } from '../../dossier/db/dossiers.ts'
import { annoncerPortee, changerSituation } from '../actions/changer.ts'
import { isAgent, type SituationAgent, type SituationCarriere } from '../contract.ts'
import { findLot, insertLot } from '../db/lots.ts'
import type { ActeImprimable, ActesImprimables } from '../documents/actes.ts'
import { TEXTES } from '../fin/domain/textes.ts'
import { SANS_ANCIENNETE } from '../positions/domain/positions.ts'
import type { Proposition } from './contract.ts'
import { type Avancement, avancer, motifAvancement, nextEchelon, numeroArrete } from './domain/avancement.ts'

type Tenue = {
  carriereId: string
  agentId: string
  nom: string
  prenom: string
  sexe: 'F' | 'M'
  matricule: string
  contenu: SituationAgent
  /** A position stopped the time that counts since the échelon. */
  arretee: boolean
}

/** The fonctionnaires still in post that day, in the situation from which their next échelon is counted. */
async function listTenues(tx: Tx, jusqua: Jour): Promise<Tenue[]> {
  const { rows } = await sql<{
    id: string
    agent_id: string
    nom: string
    prenom: string
    sexe: 'F' | 'M'
    matricule: string
    contenu: SituationCarriere
    arretee: boolean
  }>`
    select c.id, c.agent_id, a.nom, a.prenom, a.sexe, a.matricule, s.contenu,
      exists (select from app.paie_position p where p.organisme_id = c.organisme_id and p.carriere_id = c.id
        and p.position = any(${sql.val(SANS_ANCIENNETE)}::text[]) and not p.periode << daterange((s.contenu ->> 'dateEchelon')::date, null)
        and lower(p.periode) <= ${jusqua}) as arretee
    from app.paie_carriere c
    join app.paie_agent a on a.organisme_id = c.organisme_id and a.id = c.agent_id
    join lateral (select contenu from app.paie_situation s where s.organisme_id = c.organisme_id and s.carriere_id = c.id
      order by lower(s.periode) desc limit 1) s on true
    where c.entree <= ${jusqua} and (c.sortie is null or c.sortie > ${jusqua})
      and s.contenu ->> 'statut' in ('titulaire', 'stagiaire')
    order by a.nom, a.prenom, c.id`.execute(tx)
  return rows.flatMap(({ id, agent_id, contenu, ...r }) =>
    isAgent(contenu) ? [{ ...r, carriereId: id, agentId: agent_id, contenu }] : [],
  )
}

const suivantDe = (t: Tenue, grades: Parameters<typeof nextEchelon>[1]) =>
  t.arretee
    ? { raison: 'une disponibilité a arrêté l’ancienneté : la durée se compte à la main, puis dans la situation.' }
    : nextEchelon(t.contenu, grades)

export async function listAvancements(tx: Tx, jusqua: Jour) {
  const grades = new Map(listGrades().map((g) => [g.grade, g]))
  const propositions: Proposition[] = []
  const sansDuree: { carriereId: string; agentId: string; nom: string; raison: string }[] = []
  for (const t of await listTenues(tx, jusqua)) {
    const r = suivantDe(t, grades)
    if (!r) continue
    const qui = { carriereId: t.carriereId, agentId: t.agentId, nom: `${t.nom} ${t.prenom}` }
    if ('raison' in r) sansDuree.push({ ...qui, raison: r.raison })
    else if (r.avancement.effet <= jusqua)
      propositions.push({
        ...qui,
        ...r.avancement,
        grade: t.contenu.grade,
        im: t.contenu.im ?? 0,
        dateEchelon: t.contenu.dateEchelon,
      })
  }
  return { propositions: propositions.sort((a, b) => (a.effet < b.effet ? -1 : a.effet > b.effet ? 1 : 0)), sansDuree }
}

type Organisme = Awaited<ReturnType<typeof getOrganisme>>

export const emetteurOf = (o: Organisme): string[] =>
  [o.nom, o.adresse, `${o.code_postal} ${o.ville}`.trim()].filter((l) => l !== '')

/** The authority that signs for a body, by its nature. */
export const autoriteOf = (o: Organisme): { verbe: string; qualite: string } =>
  o.type === 'commune' ? { verbe: 'Le maire', qualite: 'Le maire' } : { verbe: 'Le président', qualite: 'Le président' }

function arreteOf(o: Organisme, t: Tenue, a: Avancement, effet: Jour, numero: string, visas: string[]): ActeImprimable {
  const civilite = t.sexe === 'F' ? 'Madame' : 'Monsieur'
  const qui = `${civilite} ${t.prenom} ${t.nom}`
  const classe = t.sexe === 'F' ? 'classée' : 'classé'
  const { verbe, qualite } = autoriteOf(o)
  return {
    emetteur: emetteurOf(o),
    reference: numero === '' ? 'Arrêté n° ……………' : `Arrêté n° ${numero}`,
    titre: 'Arrêté portant avancement d’échelon',
    avant: [
      `${verbe},`,
      'Vu le code général de la fonction publique ;',
      ...visas.map((v) => (/[;,]$/.test(v) ? v : `${v} ;`)),
      `Considérant que ${qui}, ${t.contenu.grade}, est ${classe} à l’échelon ${a.echelon} depuis le ${formatJour(t.contenu.dateEchelon)} et y compte l’ancienneté requise de ${a.dureeMois} mois le ${formatJour(effet)},`,
    ],
    fiche: [],
    verbe: 'ARRÊTE',
    articles: [
      {
        titre: 'Article 1',
        texte: `À compter du ${formatJour(effet)}, ${qui}, matricule ${t.matricule}, ${t.contenu.grade}, est ${classe} à l’échelon ${a.nouvelEchelon} de son grade${a.nouvelIb === null ? '' : `, indice brut ${a.nouvelIb}`}, indice majoré ${a.nouvelIm}, sans ancienneté conservée.`,
      },
      {
        titre: 'Article 2',
        texte:
          'Le présent arrêté est notifié à l’agent. Une copie en est adressée au comptable de la collectivité et au président du centre de gestion.',
      },
    ],
    apres: [
      'Notifié le …………………… Signature de l’agent :',
      `Le présent arrêté peut faire l’objet d’un recours devant le tribunal administratif dans les deux mois de sa notification (${TEXTES.recours.texte}).`,
    ],
    signature: { lieu: o.ville, qualite },
  }
}

/** Pronounces avancements, all or none: the careers change, the arrêtés are frozen to be printed. */
export async function prononcerAvancements(
  tx: Tx,
  auteur: Auteur,
  d: {
    id: string
    lignes: readonly { carriereId: string; effet: Jour }[]
    date: Jour
    premierNumero: string
    visas: string
  },
): Promise<number> {
  const deja = await findLot(tx, d.id)
  if (deja) return (deja.contenu as unknown as ActesImprimables).actes.length
  const grades = new Map(listGrades().map((g) => [g.grade, g]))
  const organisme = await getOrganisme(tx, auteur.organismeId)
  const visas = d.visas
    .split('\n')
    .map((v) => v.trim())
    .filter((v) => v !== '')
  const dernierEffet = d.lignes
    .map((l) => l.effet)
    .sort()
    .at(-1)!
  const tenues = new Map((await listTenues(tx, dernierEffet)).map((t) => [t.carriereId, t]))
  const actes: ActeImprimable[] = []
  const gestes: { carriereId: string; effet: Jour; contenu: SituationAgent; motif: string }[] = []
  for (const [rang, { carriereId, effet }] of d.lignes.entries()) {
    const t = tenues.get(carriereId)
    if (!t) throw introuvable('Cet agent')
    const r = suivantDe(t, grades)
    if (!r || 'raison' in r)
      throw new Refus(
        'avancement.impossible',
        `${t.prenom} ${t.nom} : ${r ? r.raison : 'aucun échelon ne suit le sien.'} Rien n’a été enregistré.`,
      )
    if (effet < r.avancement.effet)
      throw new Refus(
        'avancement.tropTot',
        `${t.prenom} ${t.nom} n’a pas l’ancienneté avant le ${formatJour(r.avancement.effet)}. Rien n’a été enregistré.`,
      )
    const numero = numeroArrete(d.premierNumero, rang)
    actes.push(arreteOf(organisme, t, r.avancement, effet, numero, visas))
    gestes.push({
      carriereId,
      effet,
      contenu: avancer(t.contenu, r.avancement, effet),
      motif: motifAvancement(numero, d.date),
    })
  }
  const n = actes.length
  const titre = `${n} avancement${n > 1 ? 's' : ''} d’échelon`
  await insertLot(tx, auteur, {
    id: d.id,
    nature: 'avancement',
    libelle: `${titre} au ${formatJour(dernierEffet)}`,
    contenu: { version: 1, titre, auteur: organisme.nom, date: d.date, actes } satisfies ActesImprimables,
  })
  for (const g of gestes)
    await changerSituation(tx, auteur, g.carriereId, {
      id: newId(),
      depuis: g.effet,
      jusqua: null,
      motif: g.motif,
      contenu: g.contenu,
      lotId: d.id,
      nature: 'avancement',
    })
  const premierEffet = gestes.map((g) => g.effet).sort()[0]!
  await annoncerPortee(
    tx,
    auteur,
    premierEffet,
    titre,
    gestes.map((g) => g.carriereId),
  )
  return n
}

/** The arrêtés of a batch, as they were frozen. */
export async function getArretes(tx: Tx, lotId: string): Promise<ActesImprimables> {
  const lot = await findLot(tx, lotId)
  if (lot?.nature !== 'avancement') throw introuvable('Ce lot')
  return lot.contenu as unknown as ActesImprimables
}
