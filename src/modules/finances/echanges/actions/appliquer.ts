import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Depot, deposerDocument } from '#modules/documents/index.ts'
import { add, euros, formatEuros, inEuros, subtract, ZERO } from '#socle/argent.ts'
import type { Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { noterRetour, type Retour as RetourNote } from '../../execution/actions/retours.ts'
import type { Auteur } from '../../execution/db/commun.ts'
import { readRegleDette } from '../../recettes/roles/db/dettes.ts'
import { type FluxRow, findFluxByNom } from '../db/echanges.ts'
import type { Bilan } from '../http/contract.ts'
import { refusReponseVide } from '../refus.ts'
import { expliquer } from '../reponses/conseils.ts'
import {
  type Acquit,
  type ElementAcquit,
  type Erreur,
  type PieceRetour,
  type Retour,
  readReponse,
} from '../reponses/lire.ts'

type APart = {
  cle: string
  genre: 'fluxInconnu' | 'pieceInconnue' | 'budgetInconnu' | 'aEmettre' | 'pjRefusee' | 'reglementEnBaisse'
  sens: 'D' | 'R' | null
  libelle: string
  montant: string | null
  detail: string
}
type Fait = Bilan['faits'][number]
/** What the reading of one answer gathers; it is written at the end, once the answer has its row. */
type Recolte = { faits: Fait[]; aPart: APart[]; clients: Retour['clients'] }

const nomPiece = (sens: 'D' | 'R') => (sens === 'D' ? 'mandat' : 'titre')
const nomBordereau = (sens: 'D' | 'R', numero: number | string, exercice: number) =>
  `Bordereau de ${nomPiece(sens)}s n° ${numero} de ${exercice}`
const motifOf = (erreurs: readonly Erreur[]) =>
  erreurs
    .map((e) => expliquer(e).probleme)
    .join(' ')
    .slice(0, 500)
const faireOf = (erreurs: readonly Erreur[]) => [...new Set(erreurs.map((e) => expliquer(e).faire))].join(' ')

/**
 * Applies an ACQUIT or a PES Retour. Each fact has a key of its own, so that the same file, or the same fact in another
 * file, changes nothing the second time; what nothing here knows is kept aside.
 */
export async function appliquerReponse(
  tx: Tx,
  depot: Depot,
  auteur: Auteur,
  fichier: { nom: string; octets: Uint8Array },
): Promise<Bilan> {
  const reponse = readReponse(fichier.octets)
  const empreinte = createHash('sha256').update(fichier.octets).digest('hex')
  const { rows } = await sql<{ appliques: number; deja: number; mis_a_part: number }>`
    select appliques, deja, mis_a_part from app.finances_reponse where empreinte = ${empreinte}`.execute(tx)
  if (rows[0])
    return {
      genre: reponse.genre,
      nom: fichier.nom,
      dejaLue: true,
      appliques: 0,
      deja: rows[0].appliques + rows[0].deja,
      misAPart: 0,
      faits: [],
    }
  const recolte: Recolte = { faits: [], aPart: [], clients: [] }
  if (reponse.genre === 'acquit') await applyAcquit(tx, auteur, reponse, recolte)
  else await applyRetour(tx, auteur, reponse, recolte)
  const { clients } = recolte
  if (clients.length > 0)
    recolte.faits.push({
      libelle: `Restes à recouvrer : ${clients.length} ${clients.length > 1 ? 'lignes' : 'ligne'}`,
      effet: 'applique',
      detail: formatEuros(clients.reduce((t, x) => add(t, add(x.reste, x.frais)), ZERO)),
    })
  if (recolte.faits.length === 0) throw refusReponseVide()

  const compte = (effet: Fait['effet']) => recolte.faits.filter((f) => f.effet === effet).length
  const document = await deposerDocument(tx, depot, auteur, {
    nom: fichier.nom,
    type: 'application/xml',
    bytes: fichier.octets,
  })
  const id = newId<'Reponse'>()
  const bilan = {
    genre: reponse.genre,
    nom: fichier.nom,
    dejaLue: false,
    appliques: compte('applique'),
    deja: compte('deja'),
    misAPart: compte('aPart'),
    faits: recolte.faits,
  }
  await sql`insert into app.finances_reponse (organisme_id, id, genre, nom, document_id, empreinte, emise_le, appliques,
      deja, mis_a_part, recue_par_nom)
    values (${auteur.organismeId}, ${id}, ${reponse.genre}, ${fichier.nom}, ${document.id}, ${empreinte},
      ${reponse.entete.date || null}, ${bilan.appliques}, ${bilan.deja}, ${bilan.misAPart}, ${auteur.nom})`.execute(tx)
  for (const a of recolte.aPart)
    await sql`insert into app.finances_a_part (organisme_id, id, reponse_id, cle, genre, sens, libelle, montant, detail)
      values (${auteur.organismeId}, ${newId()}, ${id}, ${a.cle}, ${a.genre}, ${a.sens}, ${a.libelle}, ${a.montant}, ${a.detail})
      on conflict (organisme_id, cle) do nothing`.execute(tx)
  // An older computation never takes the place of a newer one.
  for (const c of clients)
    await sql`insert into app.finances_reste_client (organisme_id, tiers, produit, reste, frais, calcule_le, reponse_id)
      values (${auteur.organismeId}, ${c.tiers}, ${c.produit}, ${inEuros(c.reste)}, ${inEuros(c.frais)}, ${c.calculeLe}, ${id})
      on conflict (organisme_id, tiers, produit) do update set reste = excluded.reste, frais = excluded.frais,
        calcule_le = excluded.calcule_le, reponse_id = excluded.reponse_id
      where finances_reste_client.calcule_le <= excluded.calcule_le`.execute(tx)
  return bilan
}

function setAside(r: Recolte, a: APart) {
  r.aPart.push(a)
  r.faits.push({ libelle: a.libelle, effet: 'aPart', detail: a.detail })
}

async function note(tx: Tx, auteur: Auteur, r: Recolte, libelle: string, retour: RetourNote, sinon: () => void) {
  const effet = await noterRetour(tx, auteur, retour)
  if (effet === 'inconnu') sinon()
  else r.faits.push({ libelle, effet, detail: retour.motif ?? '' })
}

// ACQUIT ---------------------------------------------------------------------------------------------------------------
async function applyAcquit(tx: Tx, auteur: Auteur, acquit: Acquit, r: Recolte): Promise<void> {
  const flux = await findFluxByNom(tx, acquit.flux)
  if (!flux) {
    const refuses = acquit.elements.filter((e) => !e.accepte)
    setAside(r, {
      cle: `acquit/${acquit.flux}`,
      genre: 'fluxInconnu',
      sens: null,
      libelle: `Accusé du flux ${acquit.flux || 'sans nom'}`,
      montant: null,
      detail: refuses.length > 0 ? motifOf(refuses.flatMap((e) => e.erreurs)) || 'Refusé.' : 'Accepté.',
    })
    return
  }
  for (const e of acquit.elements) await applyElement(tx, auteur, acquit, flux, e, r)
}

async function applyElement(tx: Tx, auteur: Auteur, acquit: Acquit, flux: FluxRow, e: ElementAcquit, r: Recolte) {
  const le = acquit.entete.date
  const cle = `acquit/${flux.nom}/${e.code}/${e.exercice ?? ''}/${e.bordereau ?? ''}/${e.accepte ? 1 : 0}/${le}`
  const cible = { budgetId: flux.budget_id, annee: flux.annee, sens: flux.sens, typeBordereau: flux.type_bordereau }
  if (e.domaine === 'pj') {
    if (e.accepte) r.faits.push({ libelle: `Pièce jointe ${e.idUnique}`, effet: 'deja', detail: '' })
    else
      setAside(r, {
        cle,
        genre: 'pjRefusee',
        sens: flux.sens,
        libelle: `Pièce jointe ${e.idUnique ?? ''} du flux ${flux.nom}`,
        montant: null,
        detail: `${motifOf(e.erreurs)} ${faireOf(e.erreurs)}`.trim(),
      })
    return
  }
  const deBordereau = e.domaine === 'depense' || e.domaine === 'recette'
  // A technical or signature refusal is about the whole flux, which holds one bordereau.
  if (!deBordereau && e.accepte) return
  const numero = e.bordereau ?? flux.numero_bordereau
  const libelle = nomBordereau(flux.sens, numero, flux.annee)
  if (numero !== flux.numero_bordereau || (e.exercice !== undefined && e.exercice !== flux.annee)) {
    setAside(r, {
      cle,
      genre: 'pieceInconnue',
      sens: flux.sens,
      libelle: nomBordereau(flux.sens, numero, e.exercice ?? flux.annee),
      montant: null,
      detail: `Ce bordereau n’est pas dans le flux ${flux.nom}.`,
    })
    return
  }
  if (!e.accepte)
    for (const p of e.pieces) {
      const erreurs = [...p.erreurs, ...p.lignes.flatMap((l) => l.erreurs)]
      const piece = Number(p.numero)
      await note(
        tx,
        auteur,
        r,
        `${nomPiece(flux.sens) === 'mandat' ? 'Mandat' : 'Titre'} n° ${p.numero}`,
        {
          ...cible,
          numeroBordereau: numero,
          numeroPiece: piece,
          nature: 'rejetee',
          le,
          motif: motifOf(erreurs) || motifOf(e.erreurs),
          cle: `${cle}/${p.numero}`,
        },
        () =>
          setAside(r, {
            cle: `${cle}/${p.numero}`,
            genre: 'pieceInconnue',
            sens: flux.sens,
            libelle: `${libelle}, pièce ${p.numero}`,
            montant: null,
            detail: motifOf(erreurs),
          }),
      )
    }
  const motif = motifOf(e.erreurs) || (e.accepte ? '' : 'Une pièce de ce bordereau est refusée.')
  await note(
    tx,
    auteur,
    r,
    libelle,
    { ...cible, numeroBordereau: numero, nature: e.accepte ? 'accepte' : 'refuse', le, motif, cle },
    () => undefined,
  )
  await sql`update app.finances_flux_suivi set etat = ${e.accepte ? 'accepte' : 'refuse'}, repondu_le = ${le}, motif = ${motif},
      remis_le = coalesce(remis_le, now())
    where flux_id = ${flux.id} and etat <> 'refuse'`.execute(tx)
}

// PES Retour -----------------------------------------------------------------------------------------------------------
const NATURES = {
  priseEnCharge: 'priseEnCharge',
  soldee: 'priseEnCharge',
  suspendue: 'suspendue',
  rejetee: 'rejetee',
} as const

async function applyRetour(tx: Tx, auteur: Auteur, retour: Retour, r: Recolte): Promise<void> {
  r.clients.push(...retour.clients)
  const { entete } = retour
  const { rows } = await sql<{ id: string }>`
    select id from app.finances_budget where code = ${entete.codeBudget} and siret = ${entete.siret}`.execute(tx)
  const budgetId = rows[0]?.id
  for (const p of retour.pieces) {
    const libelle = `${p.sens === 'D' ? 'Mandat' : 'Titre'} n° ${p.numero}, ${nomBordereau(p.sens, p.bordereau, p.exercice).toLowerCase()}`
    const aside = (genre: APart['genre'], detail: string, cle = '') =>
      setAside(r, {
        cle: `retour/${entete.siret}/${entete.codeBudget}/${p.exercice}/${p.sens}/${p.typeBordereau}/${p.bordereau}/${p.numero}/${genre}${cle}`,
        genre,
        sens: p.sens,
        libelle: genre === 'aEmettre' ? p.objet || p.tiers || libelle : libelle,
        montant: inEuros(p.regle > ZERO ? p.regle : p.montant),
        detail,
      })
    if (!budgetId) {
      aside(
        'budgetInconnu',
        `SIRET ${entete.siret}, budget ${entete.codeBudget} : ce budget n’est pas dans cet organisme.`,
      )
    } else if (p.aEmettre) aside('aEmettre', [p.tiers, p.motif].filter(Boolean).join(' ; '))
    else await applyPiece(tx, auteur, r, p, { budgetId, libelle, le: p.date ?? entete.date, aside })
  }
}

type Aside = (genre: APart['genre'], detail: string, cle?: string) => void
async function applyPiece(
  tx: Tx,
  auteur: Auteur,
  r: Recolte,
  p: PieceRetour,
  o: { budgetId: string; libelle: string; le: Jour; aside: Aside },
): Promise<void> {
  const cible = {
    budgetId: o.budgetId,
    annee: p.exercice,
    sens: p.sens,
    typeBordereau: p.typeBordereau,
    numeroBordereau: Number(p.bordereau),
    numeroPiece: Number(p.numero),
  }
  if (!Number.isSafeInteger(cible.numeroBordereau) || !Number.isSafeInteger(cible.numeroPiece))
    return o.aside('pieceInconnue', 'Son numéro n’est pas lisible.')
  const { rows } = await sql<{ regle: string }>`
    select s.regle from app.finances_piece_suivi s
    join app.finances_piece p on p.organisme_id = s.organisme_id and p.id = s.piece_id
    join app.finances_bordereau_signe b on b.organisme_id = p.organisme_id and b.id = p.bordereau_id
    where p.budget_id = ${o.budgetId} and p.annee = ${p.exercice} and p.sens = ${p.sens} and p.numero = ${cible.numeroPiece}
      and b.type_bordereau = ${p.typeBordereau} and b.numero = ${cible.numeroBordereau}`.execute(tx)
  const regle = p.typeBordereau === '06' ? await readRegleDette(tx, cible) : undefined
  const connue = rows[0] ?? (regle === undefined ? undefined : { regle })
  if (!connue) return o.aside('pieceInconnue', p.objet || 'Aucune pièce de ce numéro n’a été émise ici.')
  const cle = `retour/${o.budgetId}/${p.exercice}/${p.sens}/${p.typeBordereau}/${p.bordereau}/${p.numero}`
  const unknown = () => o.aside('pieceInconnue', p.objet)
  if (p.etat !== 'annulee')
    await note(
      tx,
      auteur,
      r,
      o.libelle,
      { ...cible, nature: NATURES[p.etat], le: o.le, motif: p.motif, cle: `${cle}/${NATURES[p.etat]}/${p.date ?? ''}` },
      unknown,
    )
  // Hélios tells the total since the beginning: what is new is what exceeds what is known.
  const nouveau = subtract(p.regle, euros(connue.regle))
  if (nouveau > ZERO)
    await note(
      tx,
      auteur,
      r,
      `${o.libelle} : ${p.sens === 'D' ? 'payé' : 'encaissé'} ${inEuros(nouveau).replace('.', ',')} €`,
      {
        ...cible,
        nature: 'reglement',
        montant: inEuros(nouveau),
        le: p.dernierReglement ?? o.le,
        cle: `${cle}/reglement/${inEuros(p.regle)}`,
      },
      unknown,
    )
  else if (nouveau < ZERO)
    o.aside(
      'reglementEnBaisse',
      `Le comptable annonce ${inEuros(p.regle)} € réglés, ${connue.regle} € étaient connus.`,
      `/${inEuros(p.regle)}`,
    )
}
