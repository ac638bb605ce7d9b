import { createHash } from 'node:crypto'
import { formatMois, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import type { Acteur } from '#socle/droits.ts'
import type { Feuille } from '#socle/feuille.ts'
import { newId } from '#socle/ids.ts'
import { Refus } from '#socle/refus.ts'
import { auteurOf } from '../../dossier/actions/visas.ts'
import { insertAgents, insertEmplois, type NouvelAgent } from '../actions/agents.ts'
import { annoncerPortee } from '../actions/changer.ts'
import { insertComptes } from '../actions/comptes.ts'
import { nextMatricule } from '../db/agents.ts'
import { findLot, insertLot } from '../db/lots.ts'
import { describeChangement } from '../domain/decrire.ts'
import { type AnomalieImport, CHAMPS_IMPORT, CLES_IMPORT, type Correspondance, type Lecture } from './contract.ts'
import { suggererCorrespondance } from './domain/correspondance.ts'
import { type LigneImport, readLigne } from './domain/ligne.ts'

type Prepare = { groupes: LigneImport[][]; anomalies: AnomalieImport[] }

/** Reads every line and holds it against the body: agents already there, numbers given twice. */
async function preparer(tx: Tx, { lignes }: Feuille, c: Correspondance): Promise<Prepare> {
  const anomalies: AnomalieImport[] = []
  const manquants = CLES_IMPORT.filter((k) => CHAMPS_IMPORT[k].requis && c[k] === undefined)
  if (manquants.length > 0)
    return {
      groupes: [],
      anomalies: manquants.map((champ) => ({
        ligne: 1,
        champ,
        message: `Aucune colonne n’est choisie pour « ${CHAMPS_IMPORT[champ].libelle} ».`,
        bloquante: true,
      })),
    }
  const lues: LigneImport[] = []
  for (const [i, cellules] of lignes.entries()) {
    if (cellules.every((x) => x === '')) continue
    const r = readLigne(cellules, c, i + 2)
    anomalies.push(...r.anomalies)
    if (r.lue) lues.push(r.lue)
  }
  const agents = await tx.selectFrom('app.paie_agent').select(['nir', 'matricule', 'nom', 'prenom']).execute()
  const parNir = new Map(agents.map((a) => [a.nir, a]))
  const matricules = new Map(agents.map((a) => [a.matricule, `${a.prenom} ${a.nom}`]))
  const groupes = [...Map.groupBy(lues, (l) => l.civil.nir).values()]
  for (const [premiere, ...suivantes] of groupes as [LigneImport, ...LigneImport[]][]) {
    const { ligne, civil, matricule } = premiere
    const connu = parNir.get(civil.nir)
    if (connu)
      anomalies.push({
        ligne,
        champ: 'nir',
        message: `${connu.prenom} ${connu.nom} est déjà dans l’organisme sous ce numéro : sa carrière se change dans son dossier.`,
        bloquante: true,
      })
    if (matricule !== '') {
      const autre = matricules.get(matricule)
      if (autre && !connu)
        anomalies.push({
          ligne,
          champ: 'matricule',
          message: `Le matricule ${matricule} est déjà celui de ${autre}.`,
          bloquante: true,
        })
      matricules.set(matricule, `${civil.prenom} ${civil.nom}`)
    }
    for (const s of suivantes)
      if (s.civil.nom !== civil.nom || s.civil.prenom !== civil.prenom || s.civil.naissance !== civil.naissance)
        anomalies.push({
          ligne: s.ligne,
          champ: 'nir',
          message: `Ce numéro est celui de ${civil.prenom} ${civil.nom}, ligne ${ligne}, mais l’identité n’est pas la même.`,
          bloquante: true,
        })
      else
        anomalies.push({
          ligne: s.ligne,
          champ: 'nir',
          message: `Même personne qu’à la ligne ${ligne} : un second emploi lui est ouvert.`,
          bloquante: false,
        })
  }
  anomalies.sort((a, b) => a.ligne - b.ligne)
  return { groupes, anomalies }
}

const APERCU = 50
const ANOMALIES_MAX = 1000

/** The dry run: what would be created and all that is wrong, with the number of each line. Nothing is written. */
export async function essayerImport(tx: Tx, feuille: Feuille, choisie: Correspondance | undefined): Promise<Lecture> {
  const correspondance = choisie ?? suggererCorrespondance(feuille.titres)
  const { groupes, anomalies } = await preparer(tx, feuille, correspondance)
  const lignes = groupes.flat()
  return {
    colonnes: feuille.titres.map((t, i) => t || `Colonne ${i + 1}`),
    exemples: feuille.lignes.slice(0, 3).map((l) => feuille.titres.map((_, i) => l[i] ?? '')),
    correspondance,
    lignes: feuille.lignes.length,
    agents: groupes.length,
    emplois: lignes.length,
    comptes: groupes.filter(([l]) => l!.iban !== '').length,
    anomalies: anomalies.slice(0, ANOMALIES_MAX),
    apercu: lignes.slice(0, APERCU).map((l) => ({
      ligne: l.ligne,
      nom: `${l.civil.nom} ${l.civil.prenom}`,
      emploi: l.emploi.emploi,
      situation: describeChangement(undefined, l.emploi.contenu),
    })),
  }
}

/** Creates every agent of the file, or none. The accounts wait for a second person, as those typed one by one. */
export async function importer(
  tx: Tx,
  qui: Acteur,
  lotId: string,
  fichier: { nom: string; bytes: Uint8Array },
  feuille: Feuille,
  correspondance: Correspondance,
): Promise<void> {
  if (await findLot(tx, lotId)) return
  const auteur = auteurOf(qui)
  const { groupes, anomalies } = await preparer(tx, feuille, correspondance)
  const bloquantes = anomalies.filter((a) => a.bloquante)
  if (bloquantes.length > 0)
    throw new Refus(
      'import.anomalies',
      `${bloquantes.length} anomalie${bloquantes.length > 1 ? 's' : ''} à corriger, la première à la ligne ${bloquantes[0]!.ligne} : ${bloquantes[0]!.message} Rien n’a été importé.`,
    )
  let suivant = Number(await nextMatricule(tx))
  const pris = new Set(groupes.flatMap(([l]) => (l!.matricule === '' ? [] : [l!.matricule])))
  const attribuer = () => {
    let m: string
    do m = String(suivant++).padStart(5, '0')
    while (pris.has(m))
    return m
  }
  const motif = `Import de ${fichier.nom}`
  const emploiOf = (l: LigneImport) => ({ carriereId: newId<'Carriere'>(), motif, ...l.emploi })
  const agents = groupes.map(([l, ...autres]) => ({
    agent: {
      id: newId<'Agent'>(),
      ...l!.civil,
      matricule: l!.matricule || attribuer(),
      ...emploiOf(l!),
    } satisfies NouvelAgent,
    autres: autres.map(emploiOf),
    compte: l!,
  }))
  await insertLot(tx, auteur, {
    id: lotId,
    nature: 'import',
    libelle: `${fichier.nom} : ${agents.length} agent${agents.length > 1 ? 's' : ''}`,
    contenu: {
      fichier: fichier.nom,
      empreinte: createHash('sha256').update(fichier.bytes).digest('hex'),
      correspondance: Object.fromEntries(Object.entries(correspondance).map(([k, i]) => [k, feuille.titres[i!] ?? ''])),
    },
  })
  await insertAgents(
    tx,
    auteur,
    agents.map((a) => a.agent),
    lotId,
  )
  const seconds = agents.flatMap(({ agent, autres }) => autres.map((e) => ({ ...e, agentId: agent.id })))
  if (seconds.length > 0) await insertEmplois(tx, auteur, seconds, lotId)
  await insertComptes(
    tx,
    qui,
    agents
      .filter(({ compte }) => compte.iban !== '')
      .map(({ agent, compte }) => ({
        id: newId(),
        agentId: agent.id,
        iban: compte.iban,
        bic: compte.bic,
        titulaire: `${agent.prenom} ${agent.nom}`,
      })),
  )
  // a body that is taken over brings people who were paid elsewhere: no rappel for the months before its first one here
  const premier = await tx
    .selectFrom('app.paie_dossier')
    .select('mois')
    .where('etat', 'in', ['ouvert', 'calcule', 'renvoye'])
    .orderBy('mois')
    .limit(1)
    .executeTakeFirst()
  if (premier)
    await annoncerPortee(tx, auteur, `${premier.mois}-01` as Jour, `${motif}, ${formatMois(premier.mois)}`, [])
}
