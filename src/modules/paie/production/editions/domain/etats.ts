import { add, type Centimes, euros, inEuros, negate, subtract, ZERO } from '#socle/argent.ts'
import { formatJour, formatMois } from '#socle/dates.ts'
import { effetSurLeNet } from '../../../bulletin/domain/groupes.ts'
import type { Ligne } from '../../../calcul/index.ts'
import { caisseOf, compteDeCharge, compteDeCotisation, readComptes } from './donnees.ts'
import type { Cellule, Contexte, Etat, Genre, Paye } from './etat.ts'

const texte = (titre: string, largeur?: number) => ({ titre, genre: 'texte' as Genre, ...(largeur ? { largeur } : {}) })
const montant = (titre: string) => ({ titre, genre: 'montant' as Genre })
const nombre = (titre: string) => ({ titre, genre: 'nombre' as Genre })
const nom = (p: Paye) => `${p.nom} ${p.prenom}`
const c = (m: string | undefined): Centimes => euros(m ?? '0')
const somme = (l: readonly Centimes[]): Centimes => l.reduce((a, b) => add(a, b), ZERO)

const POPULATIONS: readonly [RegExp, string, string][] = [
  [/^fonctionnaire/, 'Fonctionnaires', 'fonctionnaire'],
  [/^contractuel/, 'Contractuels de droit public', 'agent contractuel de droit public'],
  [/^vacataire/, 'Vacataires', 'vacataire'],
  [/^assistant-maternel/, 'Assistants maternels', 'assistant maternel'],
  [/^elu/, 'Élus', 'élu local'],
  [/^apprenti/, 'Apprentis', 'contrat d’apprentissage'],
  [/^pec/, 'Parcours emploi compétences', 'contrat aidé'],
  [/^cee/, 'Contrats d’engagement éducatif', 'contrat d’engagement éducatif'],
  [/./, 'Salariés de droit privé', 'contrat de droit privé'],
]
const populationOf = (p: string) => POPULATIONS.find(([m]) => m.test(p)) ?? POPULATIONS.at(-1)!
export const libellePopulation = (p: string): string => populationOf(p)[1]
/** As an attestation says it of one person. */
export const statutDe = (p: string): string => populationOf(p)[2]

/** Sums the columns of amounts; texts are left empty. */
function totaliser(colonnes: Etat['colonnes'], lignes: readonly (readonly Cellule[])[], titre: string): Cellule[] {
  return colonnes.map((col, i) =>
    i === 0
      ? titre
      : col.genre === 'montant' && !col.sansTotal
        ? inEuros(somme(lignes.map((l) => c(l[i] ?? undefined))))
        : col.genre === 'nombre' && !col.sansTotal
          ? String(lignes.reduce((n, l) => n + Number(l[i] ?? 0), 0))
          : null,
  )
}

function grouper(
  colonnes: Etat['colonnes'],
  groupes: Iterable<readonly [string, readonly (readonly Cellule[])[]]>,
  titreTotal: string,
): Pick<Etat, 'groupes' | 'total'> {
  const liste = [...groupes]
  return {
    groupes: liste.map(([titre, lignes]) => ({ titre, lignes, total: totaliser(colonnes, lignes, `Total ${titre}`) })),
    total: totaliser(
      colonnes,
      liste.flatMap(([, l]) => l),
      titreTotal,
    ),
  }
}

/** One line a payslip, by population: what was due, withheld and paid. */
export function livreDePaie(payes: readonly Paye[]): Etat {
  const colonnes = [
    texte('Agent', 3),
    texte('Matricule'),
    montant('Brut'),
    montant('Cotisations'),
    montant('CSG et CRDS'),
    montant('Net imposable'),
    montant('Impôt'),
    montant('Net à payer'),
    montant('Charges employeur'),
    montant('Coût'),
  ]
  const groupes = Map.groupBy(payes, (p) => libellePopulation(p.bulletin.population))
  return {
    code: 'livre',
    titre: 'Livre de paie',
    colonnes,
    notes: ['Le coût réunit le brut et les charges de l’employeur, exonérations déduites.'],
    ...grouper(
      colonnes,
      [...groupes].map(([titre, liste]) => [
        titre,
        liste.map((p): Cellule[] => {
          const t = p.bulletin.totaux
          return [
            nom(p),
            p.matricule,
            t.brut,
            t.cotisationsAgent,
            inEuros(somme([c(t.csgDeductible), c(t.csgNonDeductible), c(t.crds)])),
            t.netImposable,
            t.pas,
            t.netAPayer,
            t.cotisationsEmployeur,
            t.coutEmployeur,
          ]
        }),
      ]),
      `${payes.length} bulletin${payes.length > 1 ? 's' : ''}`,
    ),
  }
}

const CONTRIBUTIONS: ReadonlySet<Ligne['groupe']> = new Set([
  'sante',
  'retraite',
  'famille',
  'chomage',
  'autres',
  'exoneration',
  'csg',
])
const aUneCaisse = (l: Ligne) => caisseOf(l.code).caisse !== 'AUTRES'
/** Withheld for a fund: the contributions, the tax, and what is kept back for a mutuelle or a retirement plan. */
const estDue = (l: Ligne) =>
  CONTRIBUTIONS.has(l.groupe) || l.groupe === 'impot' || (l.groupe === 'retenues' && aUneCaisse(l))

/** What is due to each fund, line by line, agents' and employer's shares apart. */
export function etatDesCharges(payes: readonly Paye[]): Etat {
  const colonnes = [
    texte('Cotisation', 3),
    // an agent and a base are in several lines
    { ...nombre('Agents'), sansTotal: true },
    { ...montant('Base'), sansTotal: true },
    texte('Taux agent'),
    montant('Part agent'),
    texte('Taux employeur'),
    montant('Part employeur'),
    montant('Total'),
  ]
  type Cumul = { ligne: Ligne; agents: Set<string>; base: Centimes; agent: Centimes; employeur: Centimes }
  const caisses = new Map<string, { libelle: string; lignes: Map<string, Cumul> }>()
  for (const p of payes)
    for (const l of p.bulletin.lignes.filter(estDue)) {
      const caisse = caisseOf(l.code)
      const connue = caisses.get(caisse.caisse) ?? { libelle: caisse.libelle, lignes: new Map<string, Cumul>() }
      caisses.set(caisse.caisse, connue)
      // the personal rates of the tax would make as many lines as agents
      const cle = l.code === 'PAS' ? 'PAS' : [l.code, l.taux, l.tauxPatronal].join('|')
      const k = connue.lignes.get(cle) ?? { ligne: l, agents: new Set(), base: ZERO, agent: ZERO, employeur: ZERO }
      connue.lignes.set(cle, {
        ...k,
        agents: k.agents.add(p.carriereId),
        base: add(k.base, c(l.base ?? l.basePatronale)),
        agent: add(k.agent, c(l.montant)),
        employeur: add(k.employeur, c(l.montantPatronal)),
      })
    }
  const virgule = (t: string | undefined) => t?.replace('.', ',') ?? null
  return {
    code: 'charges',
    titre: 'État des charges par organisme',
    colonnes,
    notes: ['Les montants sont ceux des bulletins ; chaque caisse arrondit selon ses règles dans sa déclaration.'],
    ...grouper(
      colonnes,
      [...caisses.values()].map(({ libelle, lignes }) => [
        libelle,
        [...lignes.values()]
          .sort((a, b) => a.ligne.code.localeCompare(b.ligne.code))
          .map((k): Cellule[] => [
            k.ligne.libelle.replace(/^Rappel [^:]*: /, '').replace(/, taux (neutre|personnalisé)$/, ''),
            String(k.agents.size),
            inEuros(k.base),
            k.ligne.code === 'PAS' ? null : virgule(k.ligne.taux),
            inEuros(k.agent),
            virgule(k.ligne.tauxPatronal),
            inEuros(k.employeur),
            inEuros(add(k.agent, k.employeur)),
          ]),
      ]),
      'Total dû aux organismes',
    ),
  }
}

/** Debits and credits of the month by budget account: they are equal, or the engine or this table is wrong. */
export function journalComptable(payes: readonly Paye[]): Etat & { debit: string; credit: string } {
  const { tiers, source } = readComptes()
  const comptes = new Map<string, { libelle: string; verifie: boolean; debit: Centimes; credit: Centimes }>()
  const noter = (
    k: { compte: string; libelle: string; verifie: boolean },
    sens: 'debit' | 'credit',
    valeur: Centimes,
  ) => {
    const connu = comptes.get(k.compte) ?? { libelle: k.libelle, verifie: true, debit: ZERO, credit: ZERO }
    comptes.set(k.compte, { ...connu, verifie: connu.verifie && k.verifie, [sens]: add(connu[sens], valeur) })
  }
  for (const { bulletin } of payes) {
    const imputable = (l: Ligne) => ({ population: bulletin.population, groupe: l.groupe, code: l.code })
    for (const l of bulletin.lignes) {
      const du = c(l.montant)
      const patronal = c(l.montantPatronal)
      const tiersDe = caisseOf(l.code).caisse === 'URSSAF' ? tiers.urssaf : tiers.autres
      if (patronal !== ZERO) {
        noter(compteDeCotisation(imputable(l)), 'debit', patronal)
        noter(tiersDe, 'credit', patronal)
      }
      if (du === ZERO) continue
      if (l.groupe === 'remuneration' || l.groupe === 'frais' || l.groupe === 'indemnitesJournalieres')
        noter(compteDeCharge(imputable(l)), 'debit', du)
      else if (l.groupe === 'impot') noter(tiers.impot, 'credit', du)
      else if (CONTRIBUTIONS.has(l.groupe)) noter(tiersDe, 'credit', du)
      // an advantage in kind was counted as pay: it goes back where it came from
      else if (l.code.startsWith('REPRISE_'))
        noter(compteDeCharge({ ...imputable(l), groupe: 'remuneration' }), 'debit', negate(du))
      else if (aUneCaisse(l)) noter(tiers.autres, 'credit', du)
      else noter(/PENSION|SAISIE|CESSION/.test(l.code) ? tiers.oppositions : tiers.retenues, 'credit', du)
    }
    noter(tiers.net, 'credit', somme(bulletin.lignes.map(effetSurLeNet)))
  }
  const colonnes = [texte('Compte'), texte('Libellé', 4), montant('Débit'), montant('Crédit')]
  const trie = [...comptes].sort(([a], [b]) => (a < b ? -1 : 1))
  const ligne = ([compte, k]: (typeof trie)[number]): Cellule[] => [
    compte,
    k.libelle + (k.verifie ? '' : ' *'),
    k.debit === ZERO ? null : inEuros(k.debit),
    k.credit === ZERO ? null : inEuros(k.credit),
  ]
  const total = totaliser(colonnes, trie.map(ligne), 'Total')
  return {
    code: 'journal',
    titre: 'Journal de paie par compte',
    colonnes,
    notes: [
      'Chapitre 012 pour les comptes 633 et 64, chapitre 65 pour les indemnités des élus.',
      `Comptes : ${source}. * L’imputation d’une partie de ce compte suit l’usage et n’a pas été lue à sa source.`,
    ],
    groupes: [
      { titre: 'Charges', lignes: trie.filter(([k]) => k.startsWith('6')).map(ligne), total: null },
      { titre: 'Tiers', lignes: trie.filter(([k]) => !k.startsWith('6')).map(ligne), total: null },
    ],
    total,
    debit: total[2] ?? '0.00',
    credit: total[3] ?? '0.00',
  }
}

/** One transfer by person and account; a null net makes none. */
export function listeDesVirements(payes: readonly Paye[]): Etat {
  const colonnes = [texte('Agent', 3), texte('Matricule'), texte('IBAN', 3), texte('BIC'), montant('Montant')]
  const virements = Map.groupBy(payes, (p) => `${p.agentId}/${p.iban}`)
  const lignes = [...virements.values()]
    .map((l) => ({ p: l[0]!, montant: somme(l.map((x) => c(x.bulletin.totaux.netAPayer))) }))
    .filter((v) => v.montant > ZERO)
  const sansCompte = lignes.filter((v) => v.p.iban === '').length
  const cellules = lignes.map(({ p, montant: m }): Cellule[] => [
    nom(p),
    p.matricule,
    p.iban === '' ? 'Aucun compte' : p.iban.replace(/(.{4})(?=.)/g, '$1 '),
    p.bic || null,
    inEuros(m),
  ])
  return {
    code: 'virements',
    titre: 'Liste des virements',
    colonnes,
    groupes: [{ titre: null, lignes: cellules, total: null }],
    total: totaliser(colonnes, cellules, `${lignes.length} virement${lignes.length > 1 ? 's' : ''}`),
    notes: sansCompte > 0 ? [`${sansCompte} agent(s) sans compte bancaire : leur virement ne peut pas partir.`] : [],
  }
}

/** The year of each agent, the months that it sums. */
export function recapitulatifAnnuel(annee: number, mois: readonly { mois: string; payes: readonly Paye[] }[]): Etat {
  const colonnes = [
    texte('Agent', 3),
    texte('Matricule'),
    nombre('Mois'),
    montant('Brut'),
    montant('Cotisations'),
    montant('Net imposable'),
    montant('Impôt'),
    montant('Montant net social'),
    montant('Net payé'),
    montant('Coût'),
  ]
  const tous = mois.flatMap((m) => m.payes.map((p) => ({ ...p, mois: m.mois })))
  const agents = [...Map.groupBy(tous, (p) => p.agentId).values()].sort((a, b) =>
    nom(a[0]!).localeCompare(nom(b[0]!), 'fr'),
  )
  const lignes = agents.map((l): Cellule[] => {
    const total = (k: keyof Paye['bulletin']['totaux']) => inEuros(somme(l.map((p) => c(p.bulletin.totaux[k]))))
    return [
      nom(l[0]!),
      l[0]!.matricule,
      String(new Set(l.map((p) => p.mois)).size),
      total('brut'),
      total('cotisationsAgent'),
      total('netImposable'),
      total('pas'),
      total('montantNetSocial'),
      total('netAPayer'),
      total('coutEmployeur'),
    ]
  })
  return {
    code: 'annuel',
    titre: `Récapitulatif de l’année ${annee}`,
    colonnes,
    groupes: [{ titre: null, lignes, total: null }],
    total: totaliser(colonnes, lignes, `${agents.length} agent${agents.length > 1 ? 's' : ''}`),
    notes: [
      mois.length === 0
        ? 'Aucun mois approuvé.'
        : `Mois approuvés : ${mois.map((m) => formatMois(m.mois).replace(` ${annee}`, '')).join(', ')}.`,
    ],
  }
}

/** Those who asked for paper: from the day of effect, nothing is put in their safe. */
export function listePapier(
  objections: readonly { nom: string; matricule: string; recueLe: string; effetLe: string }[],
): Etat {
  const colonnes = [texte('Agent', 3), texte('Matricule'), texte('Demande reçue le'), texte('Papier à partir du')]
  const lignes = objections.map((o): Cellule[] => [o.nom, o.matricule, formatJour(o.recueLe), formatJour(o.effetLe)])
  return {
    code: 'papier',
    titre: 'Bulletins à remettre sur papier',
    colonnes,
    groupes: [{ titre: null, lignes, total: null }],
    total: null,
    notes: ['Un agent peut demander le papier à tout moment, ou revenir au bulletin électronique.'],
  }
}

/** True when the whole journal is balanced: the test of each edition that is printed. */
export const estEquilibre = (j: { debit: string; credit: string }): boolean =>
  subtract(euros(j.debit), euros(j.credit)) === ZERO

export const sousTitre = (ctx: Contexte): string =>
  ctx.approuve ? formatMois(ctx.mois) : `${formatMois(ctx.mois)}, projet`
