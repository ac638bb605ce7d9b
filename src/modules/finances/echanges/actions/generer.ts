import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Depot, deposerDocument, getDocument, organisme } from '#modules/documents/index.ts'
import type { Jour } from '#socle/dates.ts'
import { type Base, inOrganisme, type Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import type { Anomalie } from '#socle/refus.ts'
import { getBudget } from '../../budget/db/exercices.ts'
import { transmettreBordereau } from '../../execution/actions/bordereaux.ts'
import type { Auteur } from '../../execution/db/commun.ts'
import { type BordereauFige, lireBordereauFige } from '../../execution/pes.ts'
import { type AvisModele, attachAvis, readAvisAEditer } from '../../recettes/roles/documents/avis.ts'
import { getFlux, type Reglages, readReglages } from '../db/echanges.ts'
import { attachAsap } from '../pes/asap.ts'
import { controlerFlux } from '../pes/controler.ts'
import { writePesAller } from '../pes/ecrire.ts'
import type { FluxAller, PieceJointe } from '../pes/flux.ts'
import { readPesAller } from '../pes/lire.ts'
import { refusDejaRemis, refusFluxEtat, refusFluxFautif, refusNonSigne, refusReglages } from '../refus.ts'

const EDITEUR = { editeur: 'BOSQUET', application: 'BOSQUET 1' }
const empreinteOf = (octets: Uint8Array) => createHash('sha256').update(octets).digest('hex')

type Budget = Awaited<ReturnType<typeof getBudget>>

/** The envelope of one frozen bordereau; the papers already sent are named and not sent again. */
function composer(
  b: BordereauFige,
  budget: Budget,
  reglages: Reglages,
  nom: string,
  date: Jour,
  piecesJointes: PieceJointe[],
  avisOrmc: AvisModele | undefined,
): FluxAller {
  const manques = [
    budget.codique === '' ? 'le codique du comptable' : undefined,
    budget.code_collectivite === '' ? 'le code collectivité' : undefined,
  ].filter((m) => m !== undefined)
  if (manques.length > 0) throw refusReglages(manques)
  const { dematerialise } = reglages
  const bordereau = b.depense ?? b.recette!
  const entete = {
    date,
    codique: budget.codique,
    siret: budget.siret,
    codeCollectivite: budget.code_collectivite,
    codeBudget: budget.code,
    libelleBudget: budget.libelle,
  }
  const avis =
    b.recette && avisOrmc
      ? attachAvis(b.recette, entete, avisOrmc)
      : b.recette && reglages.asap
        ? attachAsap(b.recette, entete, EDITEUR, reglages.asap)
        : { bordereau: b.recette, piecesJointes: [] }
  return {
    type: bordereau.type === '06' ? 'PESORMC' : 'PESALR1',
    nom,
    emetteur: EDITEUR,
    entete,
    ...(b.depense ? { depense: { dematerialise, bordereaux: [b.depense] } } : {}),
    ...(avis.bordereau ? { recette: { dematerialise, bordereaux: [avis.bordereau] } } : {}),
    piecesJointes: [...piecesJointes, ...avis.piecesJointes],
  }
}

type Papier = BordereauFige['documents'][number]

async function readPiece(tx: Tx, depot: Depot, organismeId: string, d: Papier): Promise<PieceJointe> {
  const document = await getDocument(tx, d.documentId)
  const contenu = await depot.read(tx, organisme(organismeId), document.empreinte, document.nom)
  return { idUnique: d.idUnique, nom: d.nom, type: d.type, mime: document.typeMime, description: d.nom, contenu }
}

/** What a flux is made of, as it stands: nothing is written yet. */
async function preparer(tx: Tx, bordereauId: string) {
  const { rows } = await sql<{ etat: string }>`
    select etat from app.finances_bordereau where id = ${bordereauId} for update`.execute(tx)
  const fige = await lireBordereauFige(tx, bordereauId)
  if (rows[0]!.etat !== 'signe') throw rows[0]!.etat === 'aViser' ? refusNonSigne() : refusDejaRemis()
  const budget = await getBudget(tx, fige.budgetId)
  const reglages = await readReglages(tx)
  const { rows: sent } = await sql<{ id_unique: string }>`select id_unique from app.finances_flux_pj`.execute(tx)
  const envoyees = new Set(sent.map((s) => s.id_unique))
  const vues = new Set<string>()
  const papiers = fige.documents.filter((d) => {
    const nouveau = !envoyees.has(d.idUnique) && !vues.has(d.idUnique)
    vues.add(d.idUnique)
    return nouveau
  })
  const { rows: avant } = await sql<{ essai: number }>`
    select coalesce(max(essai), 0)::int as essai from app.finances_flux where bordereau_id = ${bordereauId}`.execute(tx)
  const avisOrmc = await readAvisAEditer(tx, bordereauId)
  return { fige, budget, reglages, envoyees, papiers, avisOrmc, essai: avant[0]!.essai + 1 }
}
type Preparation = Awaited<ReturnType<typeof preparer>>

/** The bytes and what the controls say of them. Pure. */
function ecrire({ fige, budget, reglages, envoyees, avisOrmc, essai }: Preparation, date: Jour, pieces: PieceJointe[]) {
  const bordereau = fige.depense ?? fige.recette!
  const nom = [
    bordereau.type === '06' ? 'PESORMC' : 'PESALR1',
    budget.siret,
    budget.code,
    `${fige.sens}${bordereau.exercice}${bordereau.type}${String(bordereau.numero).padStart(7, '0')}`,
    String(essai),
  ].join('_')
  const octets = writePesAller(composer(fige, budget, reglages, nom, date, pieces, avisOrmc))
  // Read back from the bytes themselves: what goes to the comptable is what was controlled.
  const relu = readPesAller(octets, reglages.version)
  return { nom, octets, anomalies: [...relu.anomalies, ...controlerFlux(relu.flux, { pjEnvoyees: envoyees })] }
}

async function garder(
  tx: Tx,
  depot: Depot,
  auteur: Auteur,
  bordereauId: string,
  { fige, reglages, essai }: Preparation,
  { nom, octets, anomalies }: ReturnType<typeof ecrire>,
) {
  const bordereau = fige.depense ?? fige.recette!
  const document = await deposerDocument(tx, depot, auteur, {
    nom: `${nom}.xml`,
    type: 'application/xml',
    bytes: octets,
  })
  const id = newId<'Flux'>()
  await sql`update app.finances_flux_suivi s set etat = 'remplace' from app.finances_flux f
    where f.organisme_id = s.organisme_id and f.id = s.flux_id and f.bordereau_id = ${bordereauId}`.execute(tx)
  await sql`insert into app.finances_flux (organisme_id, id, budget_id, bordereau_id, annee, sens, type_bordereau,
      numero_bordereau, essai, nom, version_pes, document_id, empreinte, pieces, anomalies, genere_par_nom)
    values (${auteur.organismeId}, ${id}, ${fige.budgetId}, ${bordereauId}, ${bordereau.exercice}, ${fige.sens},
      ${bordereau.type}, ${bordereau.numero}, ${essai}, ${nom}, ${reglages.version}, ${document.id}, ${empreinteOf(octets)},
      ${bordereau.pieces.length}, ${JSON.stringify(anomalies)}, ${auteur.nom})`.execute(tx)
  await sql`insert into app.finances_flux_suivi (organisme_id, flux_id, etat)
    values (${auteur.organismeId}, ${id}, ${anomalies.some((a) => a.bloquante) ? 'aCorriger' : 'pret'})`.execute(tx)
  return { id, anomalies }
}

/**
 * Writes the flux of a signed bordereau, controls it, and keeps it as written. Generated again, it takes the place of
 * the one before, as long as that one was not handed over.
 */
export async function genererFlux(
  tx: Tx,
  depot: Depot,
  auteur: Auteur,
  bordereauId: string,
  date: Jour,
): Promise<{ id: string; anomalies: Anomalie[] }> {
  const p = await preparer(tx, bordereauId)
  const pieces: PieceJointe[] = []
  for (const d of p.papiers) pieces.push(await readPiece(tx, depot, auteur.organismeId, d))
  return garder(tx, depot, auteur, bordereauId, p, ecrire(p, date, pieces))
}

/** Papers read between two news of a long generation. */
const LOT = 25

/** The same for a bordereau of many pieces: no transaction stays open while its papers are read and its file is written. */
export async function genererLongFlux(
  base: Base,
  depot: Depot,
  auteur: Auteur,
  bordereauId: string,
  date: Jour,
  onAvance: (tx: Tx, a: { fait: number; total: number; message: string }) => Promise<void>,
): Promise<void> {
  const dans = <T>(fn: (tx: Tx) => Promise<T>) => inOrganisme(base, auteur.organismeId, fn)
  const avant = await dans((tx) => preparer(tx, bordereauId))
  const pieces: PieceJointe[] = []
  // the writing and the controls count for one lot each
  const total = avant.papiers.length + 2 * LOT
  for (let i = 0; i < avant.papiers.length; i += LOT)
    await dans(async (tx) => {
      for (const d of avant.papiers.slice(i, i + LOT)) pieces.push(await readPiece(tx, depot, auteur.organismeId, d))
      await onAvance(tx, { fait: pieces.length, total, message: 'Lecture des pièces justificatives' })
    })
  await dans((tx) => onAvance(tx, { fait: pieces.length + LOT, total, message: 'Écriture et contrôle du fichier' }))
  const ecrit = ecrire(avant, date, pieces)
  await dans(async (tx) => {
    // still to be sent, and nobody generated it meanwhile
    const { essai } = await preparer(tx, bordereauId)
    if (essai === avant.essai) await garder(tx, depot, auteur, bordereauId, avant, ecrit)
  })
}

/** The flux has left: its bordereau is transmitted, and the identifiers of its papers are taken for ever. */
export async function remettreFlux(tx: Tx, depot: Depot, auteur: Auteur, id: string): Promise<void> {
  const f = await getFlux(tx, id)
  if (f.etat === 'aCorriger') throw refusFluxFautif(f.anomalies.filter((a) => a.bloquante))
  if (f.etat !== 'pret') throw refusFluxEtat(f.etat)
  await transmettreBordereau(tx, auteur, f.bordereau_id)
  const document = await getDocument(tx, f.document_id)
  const { flux } = readPesAller(
    await depot.read(tx, organisme(auteur.organismeId), document.empreinte, document.nom),
    f.version_pes,
  )
  for (const p of flux.piecesJointes)
    await sql`insert into app.finances_flux_pj (organisme_id, id_unique, flux_id)
      values (${auteur.organismeId}, ${p.idUnique}, ${id})`.execute(tx)
  await sql`update app.finances_flux_suivi set etat = 'remis', remis_le = now(), remis_par_nom = ${auteur.nom}
    where flux_id = ${id}`.execute(tx)
}
