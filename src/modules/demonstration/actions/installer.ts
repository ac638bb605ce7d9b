import { sql } from 'kysely'
import { hashMotDePasse } from '#modules/acces/index.ts'
import type { Depot } from '#modules/documents/index.ts'
import { inscrireOrganismes } from '#modules/organismes/index.ts'
import { type DossierRepris, reprendreDossier, reprendreIndicateurs } from '#modules/paie/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { type Base, inOrganisme, inPlateforme, type Tx } from '#socle/db/base.ts'
import { insertLot } from '#socle/db/lots.ts'
import { newId } from '#socle/ids.ts'
import { readInstallation, writeInstallation } from '#socle/installation.ts'
import { buildIndicateurs } from '../domain/indicateurs.ts'
import { installAnneeDesFinances, installBudgetsDesFinances } from '../finances/index.ts'
import { buildDemonstration, createDessinateur, type Demonstration, type Organisme } from '../index.ts'
import { installCalendrier } from './calendrier.ts'
import { installCoffres } from './coffres.ts'
import { installConseils } from './conseils.ts'

/** One password for all the accounts of the demonstration: it protects nothing, and is printed. */
export const MOT_DE_PASSE_DEMONSTRATION = 'pins-et-chenes-40'

const SOURCE_POPULATION = 'INSEE, populations légales (paquet @etalab/decoupage-administratif)'

async function installPlateforme(tx: Tx, d: Demonstration, empreinte: string): Promise<void> {
  await inscrireOrganismes(tx, d.organismes, SOURCE_POPULATION)
  const personnes = new Map(
    d.personnes.map((p) => [
      p.id as string,
      { id: p.id as string, nom: p.nomUsage ?? p.nomNaissance, prenom: p.prenoms[0] ?? '', courriel: p.courriel },
    ]),
  )
  for (const c of d.comptes)
    if (!personnes.has(c.personneId))
      personnes.set(c.personneId, { id: c.personneId, nom: c.nom, prenom: c.prenom, courriel: c.courriel })
  await insertLot(tx, 'app.acces_personne', { id: 'uuid', nom: 'text', prenom: 'text', courriel: 'text' }, [
    ...personnes.values(),
  ])
  await insertLot(
    tx,
    'app.acces_compte',
    { id: 'uuid', personne_id: 'uuid', identifiant: 'text', empreinte: 'text' },
    d.comptes.map((c) => ({
      id: c.id,
      personne_id: c.personneId,
      identifiant: c.courriel.toLowerCase(),
      empreinte,
    })),
  )
}

async function installAgence(tx: Tx, d: Demonstration): Promise<void> {
  const organisme_id = d.agenceId
  await insertLot(
    tx,
    'app.acces_portefeuille',
    { organisme_id: 'uuid', id: 'uuid', nom: 'text', gestionnaire_id: 'uuid' },
    d.portefeuilles.map((p) => ({
      organisme_id,
      id: p.id,
      nom: p.nom,
      gestionnaire_id: d.comptes.find((c) => c.id === p.gestionnaireId)!.personneId,
    })),
  )
  await insertLot(
    tx,
    'app.acces_portefeuille_client',
    { organisme_id: 'uuid', client: 'uuid', portefeuille_id: 'uuid' },
    d.portefeuilles.flatMap((p) => p.organismesIds.map((client) => ({ organisme_id, client, portefeuille_id: p.id }))),
  )
  await insertLot(
    tx,
    'app.acces_remplacement',
    {
      organisme_id: 'uuid',
      id: 'uuid',
      portefeuille_id: 'uuid',
      remplacant_id: 'uuid',
      depuis: 'date',
      jusqua: 'date',
      motif: 'text',
    },
    d.remplacements.map((r) => ({
      organisme_id,
      id: newId(),
      portefeuille_id: r.portefeuilleId,
      remplacant_id: d.comptes.find((c) => c.id === r.remplacantId)!.personneId,
      depuis: r.depuis,
      jusqua: r.jusqua,
      motif: r.motif,
    })),
  )
}

type Lots = ReturnType<typeof groupDemonstration>

function groupDemonstration(d: Demonstration) {
  const organismeOf = new Map(d.carrieres.map((c) => [c.id as string, c.organismeId as string]))
  return {
    carrieres: Map.groupBy(d.carrieres, (c) => c.organismeId as string),
    variables: Map.groupBy(d.variables, (v) => organismeOf.get(v.carriereId)!),
    pieces: Map.groupBy(d.pieces, (p) => p.organismeId as string),
    questions: Map.groupBy(d.questions, (q) => q.organismeId as string),
    personnes: new Map(d.personnes.map((p) => [p.id as string, p])),
    comptes: new Map(d.comptes.map((c) => [c.id as string, c])),
    membres: Map.groupBy(
      d.comptes.flatMap((c) => c.habilitations.map((h) => ({ ...h, personneId: c.personneId }))),
      (h) => h.organismeId as string,
    ),
  }
}

function dossierOf(
  d: Demonstration,
  organisme: Organisme,
  lots: Lots,
  drawPiece: (p: never) => Uint8Array,
): DossierRepris {
  const nomOf = (compteId: string | null) => {
    const c = compteId ? lots.comptes.get(compteId) : undefined
    return { personneId: c?.personneId ?? null, nom: c ? `${c.prenom} ${c.nom}` : organisme.nom }
  }
  return {
    mois: d.mois,
    employeur: { ...organisme.pex! },
    agents: (lots.carrieres.get(organisme.id) ?? []).map((c) => {
      const p = lots.personnes.get(c.personneId)!
      return {
        personneId: p.id,
        matricule: c.matricule,
        nom: p.nomUsage ?? p.nomNaissance,
        prenom: p.prenoms[0] ?? '',
        nomNaissance: p.nomNaissance,
        sexe: p.sexe,
        naissance: p.naissance,
        nir: p.nir,
        adresse: p.adresse,
        codePostal: p.codePostal,
        ville: p.ville,
        courriel: p.courriel,
        iban: p.iban,
        bic: p.bic,
        carriere: {
          id: c.id,
          emploi: c.emploi,
          entree: c.entree,
          sortie: c.sortie,
          motifSortie: c.motifSortie,
          situations: c.situations.map(({ depuis, jusqua, motif, ...contenu }) => ({ depuis, jusqua, motif, contenu })),
        },
      }
    }),
    pieces: (lots.pieces.get(organisme.id) ?? [])
      .filter((p) => p.estVitrine)
      .map((p) => ({
        id: p.id,
        mois: p.mois,
        nature: p.kind === 'etatPrimes' ? ('etatPrimes' as const) : p.kind,
        libelle: p.libelle,
        nomFichier: p.nomFichier,
        effet: p.effet,
        carriereIds: p.carrieresIds,
        deposant: nomOf(p.depotPar),
        octets: () => drawPiece(p as never),
      })),
    variables: (lots.variables.get(organisme.id) ?? []).map((v) => ({
      id: v.id,
      mois: v.mois,
      carriereId: v.carriereId,
      pieceId: v.pieceId,
      contenu: v.contenu,
    })),
    questions: (lots.questions.get(organisme.id) ?? []).map((q) => ({
      id: q.id,
      mois: q.mois,
      carriereId: q.carriereId,
      pieceId: q.pieceId,
      objet: q.objet,
      echeance: q.echeance,
      estClose: q.estClose,
      messages: q.messages.map((m) => ({ ...nomOf(m.auteurId), texte: m.texte })),
    })),
  }
}

/** The accounts shown at the first start, one for each role. */
export type Vitrine = { vitrine: string; identifiant: string }

export const listVitrines = (): Vitrine[] =>
  buildDemonstration().comptes.flatMap((c) =>
    c.vitrine === null ? [] : [{ vitrine: c.vitrine, identifiant: c.courriel.toLowerCase() }],
  )

/**
 * Creates the demonstration département in an empty database, body after body; a creation that was killed goes on
 * where it was. Gives false when the database already holds an installation.
 */
export async function installDemonstration(
  base: Base,
  depot: Depot,
  {
    build = buildDemonstration,
    onAvance = () => undefined,
  }: { build?: () => Demonstration; onAvance?: (fait: number, total: number) => void } = {},
): Promise<boolean> {
  const etat = await inPlateforme(base, async (tx) => ({
    complete: await readInstallation(tx, 'demonstration'),
    organismes: await tx.selectFrom('app.organisme').select('id').limit(1).execute(),
  }))
  if (etat.complete) return false
  const d = build()
  if (etat.organismes.length === 0) {
    const empreinte = await hashMotDePasse(MOT_DE_PASSE_DEMONSTRATION)
    // bodies are written by the owner of the tables, as an installation is
    await base.kysely.transaction().execute(async (tx) => {
      await installPlateforme(tx, d, empreinte)
      await sql`set local app.organisme_id = ${sql.raw(`'${d.agenceId}'`)}`.execute(tx)
      await installAgence(tx, d)
      await installConseils(tx, d.agenceId)
    })
  } else if (etat.organismes[0] && !(await isDemonstration(base, d))) return false
  const lots = groupDemonstration(d)
  const { drawPiece } = createDessinateur(d)
  const ouverts = d.organismes.filter((o) => o.pex !== null || lots.membres.has(o.id))
  for (const [i, organisme] of ouverts.entries()) {
    await inOrganisme(base, organisme.id, async (tx) => {
      const deja = await tx.selectFrom('app.acces_appartenance').select('id').limit(1).execute()
      const repris = await tx.selectFrom('app.paie_employeur').select('depuis').limit(1).execute()
      if (deja.length === 0)
        await insertLot(
          tx,
          'app.acces_appartenance',
          { organisme_id: 'uuid', id: 'uuid', personne_id: 'uuid', role: 'text', depuis: 'date' },
          (lots.membres.get(organisme.id) ?? []).map((h) => ({
            organisme_id: organisme.id,
            id: newId(),
            personne_id: h.personneId,
            role: h.role,
            depuis: '2024-01-01',
          })),
        )
      if (repris.length === 0 && organisme.pex)
        await reprendreDossier(tx, depot, organisme.id, dossierOf(d, organisme, lots, drawPiece as never))
    })
    onAvance(i + 1, ouverts.length)
  }
  await inOrganisme(base, d.agenceId, (tx) => reprendreIndicateurs(tx, d.agenceId, buildIndicateurs(d)))
  await installBudgetsDesFinances(base, d)
  await inPlateforme(base, (tx) => writeInstallation(tx, 'demonstration', String(d.graine)))
  return true
}

const SUITES = {
  'demonstration.finances': (p: Suite, d: Demonstration) => installAnneeDesFinances(p.base, p.depot, d),
  'demonstration.calendrier': (p: Suite, d: Demonstration) => installCalendrier(p.base, d),
  'demonstration.coffres': (p: Suite, d: Demonstration) => installCoffres(p.base, p.depot, p.courrier, d),
} as const
type Suite = { base: Base; depot: Depot; courrier: Courrier }

/** One part of what the first screen does not wait for, once. Gives false when there is nothing to add. */
export async function completeDemonstration(p: Suite, partie: keyof typeof SUITES): Promise<boolean> {
  const [installee, complete] = await inPlateforme(p.base, async (tx) => [
    await readInstallation(tx, 'demonstration'),
    await readInstallation(tx, partie),
  ])
  if (installee === undefined || complete !== undefined) return false
  const d = buildDemonstration()
  await SUITES[partie](p, d)
  await inPlateforme(p.base, (tx) => writeInstallation(tx, partie, String(d.graine)))
  return true
}

async function isDemonstration(base: Base, d: Demonstration): Promise<boolean> {
  const row = await inPlateforme(base, (tx) =>
    tx.selectFrom('app.organisme').select('id').where('id', '=', d.agenceId).executeTakeFirst(),
  )
  return row !== undefined
}
