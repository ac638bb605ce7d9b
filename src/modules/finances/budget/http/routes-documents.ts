import {
  type Depot,
  deposerDocument,
  empreinteOf,
  readDocument,
  receiveFichier,
  sendFichier,
} from '#modules/documents/index.ts'
import { type Centimes, inEuros, subtract, sum, ZERO } from '#socle/argent.ts'
import { inOrganisme, type Tx } from '#socle/db/base.ts'
import { type Application, servirLibre, servirOrganisme } from '#socle/http/servir.ts'
import { newId } from '#socle/ids.ts'
import { introuvable, Refus } from '#socle/refus.ts'
import { ETAPES, type Etape, type LigneBudgetaire } from '../../echanges/budgetaire/document.ts'
import { type Lecture, readDocumentBudgetaire } from '../../echanges/budgetaire/lire.ts'
import { libelleCompte, planOf } from '../../echanges/budgetaire/plans.ts'
import { writeScdl } from '../../echanges/budgetaire/scdl.ts'
import { imputationOf, type Montants, totaux } from '../../echanges/budgetaire/totaux.ts'
import * as contrat from '../contract.ts'

type Row = Awaited<ReturnType<typeof getDocumentLu>>

async function getDocumentLu(tx: Tx, id: string) {
  const row = await tx.selectFrom('app.finances_document_lu').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw introuvable('Ce document budgétaire')
  return row
}

const vueResume = (r: Row): contrat.DocumentResume => ({
  id: r.id,
  collectivite: r.collectivite,
  siret: r.siret,
  budget: r.budget,
  plan: r.plan,
  annee: r.annee,
  etape: ETAPES[r.etape as Etape] ?? r.etape,
  lignes: r.lignes,
  depenses: r.depenses,
  recettes: r.recettes,
  luLe: r.lu_le.toISOString(),
  luPar: r.lu_par,
})

/** A document that was voted shows its votes; one of the end of the year, what was done. */
const principal = (m: Partial<Montants>): Centimes => m.vote || m.realise || ZERO

const vueMontants = (m: Partial<Montants>) => ({
  budgetPrecedent: inEuros(m.budgetPrecedent ?? ZERO),
  vote: inEuros(m.vote ?? ZERO),
  realise: inEuros(m.realise ?? ZERO),
})

function vueLu(row: Row, { document, anomalies }: Lecture) {
  const plan = planOf(document.budget.plan, document.decision.exercice)
  const { sections, chapitres } = totaux(document)
  const coteOf = (section: 'F' | 'I') => {
    const of = (sens: 'D' | 'R') => principal(sections.find((s) => s.section === section && s.sens === sens)!.total)
    return {
      depenses: inEuros(of('D')),
      recettes: inEuros(of('R')),
      ecart: inEuros(subtract(of('R'), of('D'))),
    }
  }
  return {
    document: vueResume(row),
    equilibre: { F: coteOf('F'), I: coteOf('I') },
    chapitres: chapitres.map((c) => ({
      section: c.section,
      sens: c.sens,
      chapitre: c.operation ? `Opération ${c.chapitre}` : c.chapitre,
      libelle: c.operation ? '' : c.libelle.trim(),
      ordre: c.ordre,
      ...vueMontants(c.montants),
    })),
    lignes: document.lignes.map((l: LigneBudgetaire) => {
      const i = imputationOf(l, plan, document.decision.natureFonction)
      return {
        section: i.section,
        sens: l.sens,
        chapitre: i.chapitre,
        nature: l.nature,
        fonction: l.fonction ?? '',
        operation: l.operation ?? '',
        libelle: (libelleCompte(plan, document.decision.exercice, l.nature) || l.libelle || '').trim(),
        ...vueMontants(l.montants),
      }
    }),
    anomalies,
  }
}

/** Official budget documents, of this body or of another one: read, kept, shown, given as open data. */
export function registerDocumentsLus(application: Application, { depot }: { depot: Depot }): void {
  servirLibre(application, contrat.lireDocumentBudgetaire, 'finances.preparer', async ({ base, qui, request }) => {
    const fichier = await receiveFichier(request, async () => ({ mime: 'application/xml' }))
    const lecture = readDocumentBudgetaire(fichier.bytes)
    const bloquantes = lecture.anomalies.filter((a) => a.bloquante)
    if (bloquantes.length > 0)
      throw new Refus('totem.refuse', `Document refusé. ${bloquantes.map((a) => a.message).join(' ')}`, { status: 422 })
    const { document } = lecture
    const empreinte = empreinteOf(fichier.bytes)
    const { sections } = totaux(document)
    const totalOf = (sens: 'D' | 'R') => sum(sections.filter((s) => s.sens === sens).map((s) => principal(s.total)))
    const row = await inOrganisme(base, qui.organismeId, async (tx) => {
      const lu = tx.selectFrom('app.finances_document_lu').selectAll().where('empreinte', '=', empreinte)
      const deja = await lu.executeTakeFirst()
      if (deja) return deja
      const piece = await deposerDocument(tx, depot, qui, {
        nom: fichier.nom,
        type: fichier.type,
        bytes: fichier.bytes,
      })
      await tx
        .insertInto('app.finances_document_lu')
        .values({
          organisme_id: qui.organismeId,
          id: newId(),
          document_id: piece.id,
          empreinte,
          collectivite: document.collectivite.libelle,
          siret: document.budget.siret ?? document.collectivite.siret ?? '',
          budget: document.budget.libelle,
          plan: document.budget.plan,
          annee: document.decision.exercice,
          etape: document.decision.etape,
          lignes: document.lignes.length,
          depenses: inEuros(totalOf('D')),
          recettes: inEuros(totalOf('R')),
          lu_par: qui.nom,
        })
        .execute()
      return lu.executeTakeFirstOrThrow()
    })
    return { document: vueResume(row), anomalies: lecture.anomalies }
  })

  servirOrganisme(application, contrat.listerDocumentsBudgetaires, 'finances.lire', async ({ tx }) => ({
    documents: (await tx.selectFrom('app.finances_document_lu').selectAll().orderBy('lu_le', 'desc').execute()).map(
      vueResume,
    ),
  }))

  const relire = async (ctx: {
    base: Parameters<typeof readDocument>[0]
    qui: Parameters<typeof readDocument>[2]
    id: string
  }) => {
    const row = await inOrganisme(ctx.base, ctx.qui.organismeId, (tx) => getDocumentLu(tx, ctx.id))
    const { octets } = await readDocument(ctx.base, depot, ctx.qui, row.document_id as never)
    return { row, lecture: readDocumentBudgetaire(octets) }
  }
  servirLibre(application, contrat.montrerDocumentBudgetaire, 'finances.lire', async ({ base, qui, params }) => {
    const { row, lecture } = await relire({ base, qui, id: params.documentLu })
    return vueLu(row, lecture)
  })
  servirLibre(application, contrat.exporterScdl, 'finances.lire', async ({ base, qui, params, reply }) => {
    const { row, lecture } = await relire({ base, qui, id: params.documentLu })
    return sendFichier(reply, {
      nom: `budget-${row.annee}-${row.siret}.csv`,
      type: 'text/csv; charset=utf-8',
      octets: new TextEncoder().encode(writeScdl(lecture.document, lecture.ecrits)),
      telecharger: true,
    })
  })
}
