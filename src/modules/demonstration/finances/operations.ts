import { sql } from 'kysely'
import {
  type ActeurFinances,
  deciderCompte,
  deciderRetenue,
  engager,
  enregistrerFacture,
  enregistrerRecurrence,
  enregistrerTiers,
  envoyerBordereau,
  liquider,
  liquiderDepense,
  lireArticles,
  mandaterEcheances,
  passerOrdre,
  preparerOrdre,
  proposerCompte,
  type SaisiePiece,
  signerEnvoye,
  solderEngagement,
  zContenu,
  zTiersSaisi,
} from '#modules/finances/index.ts'
import { addJours, dernierJour, jour, type Mois, mois, moisRange, premierJour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { newId } from '#socle/ids.ts'
import { type Alea, alea, GRAINE } from '../domain/alea.ts'
import { BIC_FICTIF, ibanFictif, sirenFictif, siretDuSiege } from '../domain/cles.ts'
import { TIERS, type TiersDemo, tiersOf } from './tiers.ts'

/** The day of the demonstration: the pay of November is under way. */
export const AUJOURDHUI = jour('2025-11-24')
const ANNEE = 2025
/** Payroll articles: their months come from the payroll itself from October on. */
const PAIE = /^(641|645|647|6531|633)/
const PREMIER_MOIS_DE_PAIE = mois('2025-10')
/** Share of the voted credits that a year consumes. */
const EXECUTION = 0.84

export type Redacteurs = { organismeId: string; redacteur: ActeurFinances; ordonnateur: ActeurFinances }
type Connu = { id: string; compteId: string; tiers: TiersDemo }
type Article = Awaited<ReturnType<typeof lireArticles>>[number]

const euros = (n: number) => n.toFixed(2)

async function installTiers(tx: Tx, r: Redacteurs, rang: number): Promise<Map<string, Connu>> {
  const connus = new Map<string, Connu>()
  for (const [i, t] of TIERS.entries()) {
    const id = newId<'Tiers'>()
    const compteId = newId<'CompteBancaire'>()
    const siret = t.categorie === '01' ? '' : siretDuSiege(sirenFictif(9000 + i))
    await enregistrerTiers(tx, r.redacteur, id, zTiersSaisi.parse({ ...t, siret, adresse: `${i + 3} rue des Chênes` }))
    const compte = {
      id: compteId,
      iban: ibanFictif(40_000 + rang, 1000 + i),
      bic: BIC_FICTIF,
      titulaire: t.nom.slice(0, 32),
      origine: 'RIB reçu avec le premier contrat',
    }
    await proposerCompte(tx, r.redacteur, id, compte)
    await deciderCompte(tx, r.ordonnateur, compteId, { acte: 'accepter', motif: '' })
    connus.set(t.cle, { id, compteId, tiers: t })
  }
  // a new RIB came by e-mail: nobody has compared it yet
  const nouveau = connus.get('telecom')!
  await proposerCompte(tx, r.redacteur, nouveau.id, {
    id: newId<'CompteBancaire'>(),
    iban: ibanFictif(40_000 + rang, 7001),
    bic: BIC_FICTIF,
    titulaire: nouveau.tiers.nom,
    origine: 'Courriel reçu le 20/11/2025',
  })
  return connus
}

type Contexte = {
  tx: Tx
  r: Redacteurs
  a: Alea
  connus: Map<string, Connu>
  budgetId: string
  annee: number
  assujetti: boolean
  factures: number
}

/** An amount as an invoice has it, with its tax apart when the budget recovers it. */
const ligneOf = (c: Contexte, art: Article, montant: number) =>
  c.assujetti && !/^(64|65|66|1)/.test(art.nature)
    ? {
        ht: euros(Math.round((montant / 1.2) * 100) / 100),
        tva: euros(Math.round((montant - montant / 1.2) * 100) / 100),
      }
    : { ht: euros(montant), tva: '0.00' }

async function depenseOf(c: Contexte, art: Article, montant: number, m: Mois): Promise<SaisiePiece | undefined> {
  const { a } = c
  const connu = c.connus.get(a.choix(tiersOf(art.nature, 'D')).cle)!
  const ligne = {
    nature: art.nature,
    fonction: art.fonction,
    operation: art.operation,
    service: art.service,
    ...ligneOf(c, art, montant),
  }
  if (Number(ligne.ht) < 1) return undefined
  const objet = `${connu.tiers.objet}, ${m.slice(5)}/${m.slice(0, 4)}`
  const paie = PAIE.test(art.nature)
  const emprunt = /^(16|66)/.test(art.nature)
  const base = {
    id: newId<'Liquidation'>(),
    objet: paie ? `Paie de ${m.slice(5)}/${m.slice(0, 4)}, article ${art.nature}` : objet,
    tiersId: connu.id as never,
  }
  if (paie)
    return {
      ...base,
      contenu: zContenu.parse({ naturePiece: '11', modeReglement: '09', rubriquePj: undefined, lignes: [ligne] }),
    }
  // the bank takes its money first: the mandat comes after the payment
  if (emprunt)
    return {
      ...base,
      contenu: zContenu.parse({
        typePiece: '05',
        modeReglement: '10',
        lignes: [ligne],
        rattachement: { nature: '03', exercice: c.annee, piece: String(a.entier(1000, 9999)) },
        emprunt: 'EMP2019',
      }),
    }
  const factureId = newId<'Facture'>()
  const recueLe = addJours(premierJour(m), a.entier(0, 12))
  c.factures++
  await enregistrerFacture(
    c.tx,
    c.r.redacteur,
    {
      id: factureId,
      budgetId: c.budgetId as never,
      tiersId: connu.id as never,
      numero: `${c.annee}-${String(c.factures).padStart(4, '0')}`,
      objet,
      dateFacture: addJours(recueLe, -a.entier(1, 6)),
      recueLe,
      serviceFaitLe: recueLe,
      ...ligne,
    },
    null,
  )
  return { ...base, factureId, contenu: zContenu.parse({ compteBancaireId: connu.compteId, lignes: [ligne] }) }
}

function recetteOf(c: Contexte, art: Article, montant: number, m: Mois): SaisiePiece | undefined {
  const connu = c.connus.get(c.a.choix(tiersOf(art.nature, 'R')).cle)!
  const ligne = {
    nature: art.nature,
    fonction: art.fonction,
    service: art.service,
    produit: '0001',
    ...ligneOf(c, art, montant),
  }
  if (Number(ligne.ht) < 15) return undefined
  const fiscal = /^(73|74|10)/.test(art.nature)
  return {
    id: newId<'Liquidation'>(),
    objet: `${connu.tiers.objet}, ${m.slice(5)}/${m.slice(0, 4)}`,
    tiersId: connu.id as never,
    contenu: zContenu.parse({
      modeReglement: '09',
      edition: connu.tiers.categorie === '01' ? '01' : '04',
      lignes: [ligne],
      // taxes and grants are collected before their titre
      ...(fiscal
        ? {
            typePiece: '05',
            rattachement: { nature: '03', exercice: c.annee, piece: String(c.a.entier(10_000, 99_999)) },
          }
        : {}),
    }),
  }
}

/** How often an article moves, and which share of its year leaves each time. */
function due(art: Article, m: Mois, a: Alea): boolean {
  const n = Number(m.slice(5))
  if (/^(16|66)/.test(art.nature)) return n % 3 === 0
  if (/^(657|13|10|16)/.test(art.nature)) return n === 6 || n === 10
  if (/^(2|20)/.test(art.nature)) return n >= 3 && a.chance(0.22)
  if (PAIE.test(art.nature) || /^(73|74|752)/.test(art.nature)) return true
  if (/^(6061|6062|626|6156)/.test(art.nature)) return true
  return a.chance(0.45)
}

async function installMois(c: Contexte, m: Mois, articles: readonly Article[], du: Map<Article, number>) {
  const depenses: SaisiePiece[] = []
  const recettes: SaisiePiece[] = []
  for (const art of articles) {
    du.set(art, (du.get(art) ?? 0) + (Number(art.vote) * EXECUTION) / 12)
    if (!due(art, m, c.a)) continue
    if (PAIE.test(art.nature) && m >= PREMIER_MOIS_DE_PAIE) continue
    const total = Math.round(du.get(art)! * (0.88 + c.a.reel() * 0.14) * 100) / 100
    if (total < 20) continue
    du.set(art, Math.min(0, du.get(art)! - total))
    // what families owe is many small titres
    const parts = art.sens === 'R' && /^70/.test(art.nature) ? Math.min(6, Math.max(1, Math.floor(total / 150))) : 1
    for (let i = 0; i < parts; i++) {
      const montant = Math.floor((total / parts) * 100) / 100
      if (art.sens === 'R') {
        const s = recetteOf(c, art, montant, m)
        if (s) recettes.push(s)
      } else {
        const s = await depenseOf(c, art, montant, m)
        if (s) depenses.push(s)
      }
    }
  }
  const cadre = { budgetId: c.budgetId, annee: c.annee }
  for (const [sens, pieces] of [
    ['D', depenses],
    ['R', recettes],
  ] as const) {
    if (pieces.length === 0) continue
    await liquider(c.tx, c.r.redacteur, cadre, sens, pieces)
    // two bordereaux a month
    const moitie = Math.ceil(pieces.length / 2)
    for (const [i, lot] of [pieces.slice(0, moitie), pieces.slice(moitie)].entries()) {
      const le = i === 0 ? addJours(premierJour(m), 14) : dernierJour(m)
      if (lot.length === 0 || le > AUJOURDHUI) continue
      const id = newId<'Bordereau'>()
      await envoyerBordereau(
        c.tx,
        c.r.redacteur,
        id,
        lot.map((p) => p.id),
        le,
      )
      await signerEnvoye(c.tx, c.r.ordonnateur, id, le)
    }
  }
}

/** The depreciation of a year: an operation of ordre, mandat and titre together, or waiting for its signature. */
async function installAmortissements(c: Contexte, acte: 'passer' | 'preparer') {
  const ordre = (await lireArticles(c.tx, c.budgetId, c.annee)).filter(
    (x) => x.mouvement === 'entreSections' && Number(x.vote) > 0,
  )
  const depense = ordre.find((x) => x.sens === 'D' && x.nature.startsWith('681'))
  const recette = ordre.find((x) => x.sens === 'R' && x.nature.startsWith('28'))
  if (!depense || !recette) return
  const cadre = { budgetId: c.budgetId, annee: c.annee }
  const operation = {
    id: newId(),
    libelle: `Amortissements ${c.annee}`,
    mouvement: 'entreSections' as const,
    montant: euros(Math.min(Number(depense.vote), Number(recette.vote))),
    depense: { nature: depense.nature, fonction: depense.fonction },
    recette: { nature: recette.nature, fonction: recette.fonction },
  }
  if (acte === 'passer') await passerOrdre(c.tx, c.r.ordonnateur, cadre, operation, jour('2024-12-31'))
  else await preparerOrdre(c.tx, c.r.redacteur, cadre, operation.id, operation)
}

/** What waits on the day of the demonstration: invoices of several ages, one bordereau to sign. */
async function installEnCours(c: Contexte, articles: readonly Article[]) {
  const cadre = { budgetId: c.budgetId, annee: c.annee }
  const courants = articles.filter(
    (x) => x.sens === 'D' && /^(606|611|6156|626|615)/.test(x.nature) && Number(x.vote) > 600,
  )
  const attente: [jours: number, suspendue: boolean][] = [
    [26, false],
    [18, false],
    [9, false],
    [4, false],
    [2, false],
  ]
  for (const [i, [jours]] of attente.entries()) {
    const art = courants[i % courants.length]
    if (!art) return
    const connu = c.connus.get(tiersOf(art.nature, 'D')[0]!.cle)!
    const recueLe = addJours(AUJOURDHUI, -jours)
    c.factures++
    await enregistrerFacture(
      c.tx,
      c.r.redacteur,
      {
        id: newId(),
        budgetId: c.budgetId as never,
        tiersId: connu.id as never,
        numero: `${c.annee}-${String(c.factures).padStart(4, '0')}`,
        objet: connu.tiers.objet,
        dateFacture: addJours(recueLe, -3),
        recueLe,
        serviceFaitLe: i % 2 === 0 ? recueLe : null,
        ...ligneOf(c, art, 60 + c.a.entier(1, 24) * 10.35),
      },
      null,
    )
  }
  const pieces: SaisiePiece[] = []
  for (const art of courants.slice(0, 4)) {
    const s = await depenseOf(c, art, 40 + c.a.entier(1, 20) * 7.15, mois('2025-11'))
    if (s) pieces.push(s)
  }
  await liquider(c.tx, c.r.redacteur, cadre, 'D', pieces)
  if (pieces.length > 1)
    await envoyerBordereau(
      c.tx,
      c.r.redacteur,
      newId<'Bordereau'>(),
      pieces.slice(0, -1).map((p) => p.id),
      AUJOURDHUI,
    )
  const travaux = articles.find(
    (x) => x.sens === 'D' && /^(2315|2313|2151|2135|2188)/.test(x.nature) && Number(x.vote) > 4000,
  )
  if (travaux) {
    const e = (objet: string, part: number) => ({
      id: newId<'Engagement'>(),
      objet,
      tiersId: c.connus.get(tiersOf(travaux.nature, 'D')[0]!.cle)!.id as never,
      nature: travaux.nature,
      fonction: travaux.fonction,
      operation: travaux.operation,
      service: travaux.service,
      marche: '2025-03',
      montant: euros(Math.floor(Number(travaux.vote) * part)),
    })
    await engager(c.tx, c.r.redacteur, cadre, e('Réfection de la rue du Moulin, lot 1', 0.05), jour('2025-09-12'))
    const abandonne = e('Aire de jeux, étude', 0.01)
    await engager(c.tx, c.r.redacteur, cadre, abandonne, jour('2025-06-02'))
    await solderEngagement(c.tx, c.r.redacteur, abandonne.id)
    await installRetenue(c, travaux)
  }
}

/** Works of last year, received a year ago: the guarantee kept on them may be released. */
async function installRetenue(c: Contexte, art: Article) {
  const cadre = { budgetId: c.budgetId, annee: c.annee }
  const connu = c.connus.get(tiersOf(art.nature, 'D')[0]!.cle)!
  const ligne = ligneOf(c, art, Math.floor(Number(art.vote) * 0.02))
  const piece: SaisiePiece = {
    id: newId<'Liquidation'>(),
    objet: 'Réfection de la rue du Lavoir, dernier acompte',
    tiersId: connu.id as never,
    contenu: zContenu.parse({
      typePiece: '09',
      marche: '2024-02',
      compteBancaireId: connu.compteId,
      retenueGarantie: euros(Math.floor(Number(ligne.ht) * 5) / 100),
      lignes: [
        { nature: art.nature, fonction: art.fonction, operation: art.operation, service: art.service, ...ligne },
      ],
    }),
  }
  await liquiderDepense(c.tx, c.r.redacteur, cadre, piece)
  const { rows } = await sql<{ id: string }>`select id from app.finances_retenue where marche = '2024-02'`.execute(c.tx)
  const bordereau = newId<'Bordereau'>()
  await envoyerBordereau(c.tx, c.r.redacteur, bordereau, [piece.id, rows[0]!.id], AUJOURDHUI)
  await signerEnvoye(c.tx, c.r.ordonnateur, bordereau, AUJOURDHUI)
  await deciderRetenue(c.tx, c.r.redacteur, rows[0]!.id, { acte: 'recevoir', le: jour('2024-11-18') }, AUJOURDHUI)
}

/** Three contracts that come back: one month is mandated, the next ones wait. */
async function installContrats(c: Contexte, articles: readonly Article[]) {
  const contrats: [libelle: string, compte: RegExp, tiers: string, mois: '1' | '3' | '12', part: number][] = [
    ['Téléphone et internet', /^626/, 'telecom', '1', 0.02],
    ['Location du copieur', /^(6135|613|6156)/, 'location', '3', 0.04],
    ['Assurance de la collectivité', /^616/, 'assurance', '12', 0.05],
  ]
  for (const [libelle, compte, tiers, moisEntre, part] of contrats) {
    const art = articles.find((x) => x.sens === 'D' && compte.test(x.nature) && Number(x.vote) > 300)
    const connu = c.connus.get(tiers)
    if (!art || !connu) continue
    const id = newId<'Recurrence'>()
    const premiere = jour(moisEntre === '1' ? `${ANNEE}-10-28` : `${ANNEE}-11-28`)
    await enregistrerRecurrence(c.tx, c.r.redacteur, id, {
      budgetId: c.budgetId as never,
      tiersId: connu.id as never,
      libelle,
      reference: `${ANNEE}-${tiers.slice(0, 3).toUpperCase()}`,
      nature: art.nature,
      fonction: art.fonction,
      service: art.service,
      modeReglement: '03',
      compteBancaireId: connu.compteId,
      rubriquePj: '0',
      moisEntre,
      premiere,
      derniere: null,
      ...ligneOf(c, art, Math.max(20, Math.floor(Number(art.vote) * part))),
    })
    if (moisEntre === '1') await mandaterEcheances(c.tx, c.r.redacteur, [{ recurrence: id, le: premiere }])
  }
}

/** The year of one body: tiers, invoices, mandats, titres, all signed but the last ones; of the year before, the ordre. */
export async function installOperations(
  tx: Tx,
  r: Redacteurs,
  budgets: readonly { id: string; assujetti: boolean }[],
  rang: number,
): Promise<void> {
  const connus = await installTiers(tx, r, rang)
  for (const [i, b] of budgets.entries()) {
    const a = alea(GRAINE + ANNEE + rang, `operations/${i}`)
    const articles = (await lireArticles(tx, b.id, ANNEE)).filter((x) => x.mouvement === 'reel' && Number(x.vote) > 0)
    const c: Contexte = { tx, r, a, connus, budgetId: b.id, annee: ANNEE, assujetti: b.assujetti, factures: i * 5000 }
    await installAmortissements({ ...c, annee: ANNEE - 1 }, 'passer')
    await installAmortissements(c, 'preparer')
    const du = new Map<Article, number>()
    for (const m of moisRange(mois(`${ANNEE}-01`), mois(`${ANNEE}-11`))) await installMois(c, m, articles, du)
    if (i === 0) await installEnCours(c, articles)
    if (i === 0) await installContrats(c, articles)
  }
}
