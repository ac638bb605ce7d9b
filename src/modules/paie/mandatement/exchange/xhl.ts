import { createHash } from 'node:crypto'
import {
  type Centimes,
  euros,
  formatFraction,
  fraction,
  inEuros,
  multiply,
  negate,
  ratio,
  share,
  sum,
} from '#socle/argent.ts'
import { dernierJour, type Jour, type Mois, premierJour } from '#socle/dates.ts'
import { el, v, writeXml, type Xml } from '#socle/xml/ecrire.ts'
import { effetSurLeNet } from '../../bulletin/domain/groupes.ts'
import type { Bulletin, Cumuls, Ligne } from '../../calcul/bulletin.ts'
import type { Situation, Statut } from '../../calcul/situation.ts'
import { caisseOf, compteDeCharge, compteDeCotisation, listCaisses } from '../../production/editions/domain/donnees.ts'
import { isGain, type LigneDePaie, type Part } from '../domain/ventiler.ts'

/*
 * The payroll document that goes with the mandats of a month (PES, paper of type 004). The order of the elements is that
 * of the public part of its schema (DocumentPaye, Employeur, Agent, PayeIndivMensuel, Nomenclatures). The inside of
 * RepartitionParNature is in a file that nobody publishes: ours says account, function and amount, to be compared with
 * the first acquit.
 */
const ESPACE = 'http://www.minefi.gouv.fr/cp/helios/pes_v2/paye_1_1'

export type AdresseXhl = { adresse: string; codePostal: string; ville: string }
export type AgentXhl = AdresseXhl & {
  nom: string
  prenom: string
  sexe: 'F' | 'M'
  matricule: string
  nir: string
  iban: string
  bic: string
  emploi: string
  service: string
  situation: Situation
  bulletin: Bulletin
  cumuls: Cumuls
  parts: readonly Part[]
}
export type DocumentXhl = {
  mois: Mois
  paiement: Jour
  budget: { id: string; code: string; libelle: string }
  /** Every budget that an agent of the document is charged to. */
  budgets: readonly { id: string; code: string; libelle: string }[]
  employeur: AdresseXhl & { nom: string; siret: string; ape: string; urssaf: string }
  agents: readonly AgentXhl[]
  /** The lines of the mandats of this budget. */
  lignes: readonly LigneDePaie[]
}

const STATUTS: Record<Statut, string> = {
  titulaire: 'TITULAIRE',
  stagiaire: 'STAGIAIRE',
  contractuel: 'NON_TITULAIRE',
  vacataire: 'NON_TITULAIRE',
  collaborateurCabinet: 'NON_TITULAIRE',
  emploiFonctionnel: 'EMPLOI_FONC',
  assistantMaternel: 'NON_TITULAIRE',
  elu: 'AUTRE_STATUT',
  apprenti: 'EMPLOI_AIDE',
  pec: 'EMPLOI_AIDE',
  cee: 'NON_TITULAIRE',
  prive: 'NON_TITULAIRE',
}

/** Twelve characters at most, the same from one month to the next. */
export const codeRubrique = (code: string): string =>
  code.length <= 12 ? code : `${code.slice(0, 7)}_${createHash('sha256').update(code).digest('hex').slice(0, 4)}`

const t = (nom: string, text: string, max = 100) => v(nom, text.trim().slice(0, max))
const nombre = (text: string | undefined) =>
  text === undefined ? undefined : text.replace(/[^0-9.,-]/g, '').replace(',', '.')

function adresse(a: AdresseXhl): Xml {
  return el('Adresse', {}, [
    v('TypAdr', '1'),
    t('Adr2', a.adresse.split(/\r?\n/)[0] || a.ville || 'INCONNUE', 38),
    v('CP', a.codePostal || '99999'),
    t('Ville', a.ville || 'INCONNUE', 38),
    v('CodRes', '0'),
  ])
}

const periode = (nom: string, m: Mois) => el(nom, {}, [v('DateDebut', premierJour(m)), v('DateFin', dernierJour(m))])

/** Category of a line: what is earned by its kind, what is kept, and the share of the employer apart. */
function categorieOf(l: Ligne, montant: Centimes): string {
  if (l.origine) return 'Rappel'
  if (l.code === 'ACOMPTE') return 'Acompte'
  if (!isGain(l)) return 'Retenue'
  if (montant < 0n) return 'Deduction'
  if (l.code === 'TIB' || l.code === 'SALAIRE') return 'TraitBrut'
  if (l.code === 'IR') return 'IndemResid'
  if (l.code === 'SFT') return 'SupFam'
  if (l.code.endsWith('_NATURE')) return 'AvantageNature'
  return l.groupe === 'remuneration' ? 'Indemnite' : 'RemDivers'
}

function lignePaye(categorie: string, l: Ligne, base: string | undefined, taux: string | undefined, mt: Centimes): Xml {
  return el(categorie, {}, [
    t('Libelle', l.libelle),
    v('Code', codeRubrique(l.code)),
    v('Base', nombre(base)),
    v('Taux', nombre(taux)),
    v('NbUnite', nombre(l.nombre)),
    v('Mt', inEuros(mt)),
    l.origine && periode('PeriodeRef', l.origine),
  ])
}

function remuneration(b: Bulletin): Xml {
  return el(
    'Remuneration',
    {},
    b.lignes.flatMap((l) => {
      const effet = effetSurLeNet(l)
      const lignes: Xml[] = []
      if (effet !== 0n) {
        const categorie = categorieOf(l, effet)
        // what is kept is written as it is kept: positive
        const mt = categorie === 'Retenue' || categorie === 'Deduction' ? negate(effet) : effet
        lignes.push(lignePaye(categorie, l, l.base, l.taux, mt))
      }
      if (l.montantPatronal !== undefined && euros(l.montantPatronal) !== 0n)
        lignes.push(lignePaye('Cotisation', l, l.basePatronale ?? l.base, l.tauxPatronal, euros(l.montantPatronal)))
      return lignes
    }),
  )
}

const cumule = (c: Cumuls, grandeur: string) => c.caisses.annee?.[grandeur] ?? '0.00'
const heures = (minutes: number) => (minutes / 60).toFixed(2)

function quotiteOf(s: Situation): string {
  const temps = multiply(fraction(s.quotite ?? '100 %'), ratio(s.minutesHebdo ?? 2100, s.minutesHebdoComplet ?? 2100))
  return formatFraction(multiply(temps, ratio(100, 1)), 2).replace(',', '.')
}

function payeIndividuelle(d: DocumentXhl, a: AgentXhl): Xml {
  const { situation: s, bulletin: b } = a
  const totaux = b.totaux
  const heuresSup = (s.heures ?? []).reduce((n, h) => n + (h.type === 'supplementaires' ? h.minutes : 0), 0)
  const couts = share(
    euros(totaux.coutEmployeur),
    a.parts.map((p) => euros(p.quotite) as bigint),
  )
  return el('PayeIndivMensuel', {}, [
    el('Agent', {}, [
      v('Civilite', a.sexe === 'F' ? 'Mme' : 'M'),
      t('Nom', a.nom, 38),
      t('Prenom', a.prenom, 38),
      t('Matricule', a.matricule, 24),
      v('NIR', a.nir),
      adresse(a),
      v('NbEnfants', s.enfants ?? 0),
      v('Statut', STATUTS[s.statut]),
      t('EmploiMetier', a.emploi),
      t('Grade', s.grade ?? 'Sans grade'),
      v('Echelon', s.echelon ?? '0'),
      v('Indice', s.im ?? 0),
      a.iban !== '' &&
        el('CptBancaire', {}, [v('BIC', a.bic), v('IBAN', a.iban), t('TitCpte', `${a.nom} ${a.prenom}`, 32)]),
    ]),
    t('Service', a.service || d.budget.libelle),
    v('NBI', s.nbi ?? 0),
    v('QuotiteTrav', quotiteOf(s)),
    periode('Periode', d.mois),
    remuneration(b),
    v('NbHeureSup', heures(heuresSup)),
    v('MtBrut', totaux.brut),
    v('MtNet', totaux.netAvantImpot),
    v('MtNetAPayer', totaux.netAPayer),
    v('DatePaiement', d.paiement),
    v('MtImposable', totaux.netImposable),
    v('CumulMtImposable', cumule(a.cumuls, 'netImposable')),
    v('CumulMtBrut', cumule(a.cumuls, 'brut')),
    v('CumulBaseSS', cumule(a.cumuls, 'brut')),
    ...a.parts.map((p, i) =>
      el('RepartitionBudget', {}, [
        v('CodeBudget', d.budgets.find((x) => x.id === p.budgetId)?.code ?? d.budget.code),
        v('Taux', p.quotite),
        v('Mt', inEuros(couts[i]!)),
      ]),
    ),
  ])
}

const correspondance = (libelle: string, code: string, plus: (Xml | undefined)[] = []) =>
  el('Correspondance', {}, [t('Libelle', libelle), v('Code', code), ...plus])

function nomenclatures(d: DocumentXhl): Xml {
  const rubriques = new Map<string, { ligne: Ligne; population: string }>()
  for (const { bulletin: b } of d.agents)
    for (const ligne of b.lignes)
      if (!rubriques.has(ligne.code)) rubriques.set(ligne.code, { ligne, population: b.population })
  const liste = [...rubriques.values()].sort((a, b) => (a.ligne.code < b.ligne.code ? -1 : 1))
  return el('Nomenclatures', {}, [
    el('NomenclatureEvtPaye', {}, [
      v('Description', 'Évènements de paie'),
      correspondance('Changement de situation', 'SITUATION'),
    ]),
    el('NomenclatureRubriquePaye', {}, [
      v('Description', 'Rubriques de paie'),
      ...liste.map(({ ligne: l, population }) => {
        const imputable = { population, groupe: l.groupe, code: l.code }
        return correspondance(l.libelle, codeRubrique(l.code), [
          isGain(l) ? undefined : v('CodeCaisse', caisseOf(l.code).caisse),
          l.montantPatronal === undefined ? undefined : v('CodeNatureEmp', compteDeCotisation(imputable).compte),
          isGain(l) ? v('CodeNatureSal', compteDeCharge(imputable).compte) : undefined,
        ])
      }),
    ]),
    el('NomenclatureCaisse', {}, [
      v('Description', 'Caisses'),
      ...listCaisses().map((c) => correspondance(c.libelle, c.caisse)),
    ]),
    d.budgets.length > 1 &&
      el('NomenclatureBudget', {}, [
        v('Description', 'Budgets'),
        ...d.budgets.map((b) => correspondance(b.libelle, b.code)),
      ]),
  ])
}

/** Same month, same bytes. */
export function writeXhl(d: DocumentXhl): Uint8Array {
  return writeXml(
    el('DocumentPaye', { xmlns: ESPACE }, [
      v('IdVer', '1.1'),
      v('Annee', d.mois.slice(0, 4)),
      v('Mois', d.mois.slice(5, 7)),
      el('Budget', {}, [t('Libelle', d.budget.libelle), v('Code', d.budget.code)]),
      el('Employeur', {}, [
        t('Nom', d.employeur.nom),
        v('APE', d.employeur.ape),
        adresse(d.employeur),
        v('NumUrssaf', d.employeur.urssaf),
        v('Siret', d.employeur.siret),
      ]),
      el(
        'DonneesIndiv',
        {},
        d.agents.map((a) => payeIndividuelle(d, a)),
      ),
      nomenclatures(d),
      el(
        'RepartitionParNature',
        {},
        d.lignes.map((l) =>
          el('Repartition', {}, [
            v('CodeBudget', d.budget.code),
            v('Nature', l.nature),
            v('Fonction', l.fonction),
            v('Mt', l.ht),
          ]),
        ),
      ),
    ]),
    'ISO-8859-1',
  )
}

/** `<SIRET>-<AAAA>-ETAT_PAYE-<MM>.xhl`, as the files that exist are named. */
export const nomXhl = (d: Pick<DocumentXhl, 'mois' | 'employeur'> & { suffixe?: string }): string =>
  `${d.employeur.siret}-${d.mois.slice(0, 4)}-ETAT_PAYE-${d.mois.slice(5, 7)}${d.suffixe ?? ''}.xhl`

/** The lines of several mandats of one budget, one for each account and function. */
export function regrouperLignes(lignes: readonly LigneDePaie[]): LigneDePaie[] {
  return [...Map.groupBy(lignes, (l) => JSON.stringify([l.nature, l.fonction]))]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, ls]) => ({ ...ls[0]!, ht: inEuros(sum(ls.map((l) => euros(l.ht)))) }))
}
