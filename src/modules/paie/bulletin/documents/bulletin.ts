import { compare, euros, formatEuros, inEuros, negate, sum, ZERO } from '#socle/argent.ts'
import { deMois, dernierJour, formatJour, formatMois, type Mois, moisRange } from '#socle/dates.ts'
import { type NormePdf, renderTypst, renderTypstPages } from '#socle/documents/typst.ts'
import type { LigneResumee } from '../domain/groupes.ts'
import type { BulletinImprimable } from '../domain/modele.ts'

const GABARIT = new URL('./bulletin.typ', import.meta.url)
const FINE = '\u202f'

/** « −1 234,56 »: columns have no currency sign. */
const nombre = (montant: string): string => formatEuros(montant).slice(0, -2)
const nombreOu = (montant: string | undefined): string => (montant === undefined ? '' : nombre(montant))

/** « 11.1 % » → « 11,10 % »; a rate in euros or a fraction keeps its digits. */
export function formatTaux(taux: string | undefined): string {
  if (taux === undefined) return ''
  const percent = /^(-?\d+)(?:\.(\d+))? ?%$/.exec(taux)
  if (percent) return `${percent[1]!.replace('-', '−')},${(percent[2] ?? '').padEnd(2, '0')}${FINE}%`
  return taux.replace('.', ',').replace('-', '−')
}
const formatQuantite = (n: string | undefined): string => (n ?? '').replace('.', ',').replace('-', '−')
const formatSiret = (s: string) => s.replace(/^(\d{3})(\d{3})(\d{3})(\d{5})$/, `$1${FINE}$2${FINE}$3${FINE}$4`)
const majuscule = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** « rappel d’août à octobre 2025 » */
function rappelVue(origines: readonly Mois[] | undefined): string | undefined {
  const premier = origines?.[0]
  const dernier = origines?.at(-1)
  if (!premier || !dernier) return undefined
  if (premier === dernier) return `rappel ${deMois(premier)}`
  const memeAnnee = premier.slice(0, 4) === dernier.slice(0, 4)
  const debut = memeAnnee ? deMois(premier).replace(/ \d{4}$/, '') : deMois(premier)
  const suivis = moisRange(premier, dernier).length === new Set(origines).size
  return suivis ? `rappel ${debut} à ${formatMois(dernier)}` : `rappels ${debut} à ${formatMois(dernier)}`
}

function ligneVue(l: LigneResumee) {
  const notes = [
    rappelVue(l.origines),
    l.basePatronale !== undefined && `base de l’employeur ${nombre(l.basePatronale)}`,
  ].filter((n) => typeof n === 'string')
  return {
    libelle: l.libelle,
    ...(notes.length > 0 && { note: notes.join(', ') }),
    nombre: formatQuantite(l.nombre),
    base: nombreOu(l.base),
    taux: formatTaux(l.taux),
    montant: nombreOu(l.effet),
    tauxPatronal: formatTaux(l.tauxPatronal),
    montantPatronal: nombreOu(l.montantPatronal),
  }
}

type Segment = { ton: 'net' | 'retenues' | 'impot' | 'cotisations'; libelle: string; montant: bigint }
/** Width of the bar, and about that of a character of its labels. */
const BARRE_MM = 182
const CARACTERE_MM = 1.1

/** A label that its part of the bar is too short for is left out: the figures above say the same. */
const tient = (etiquette: string, pourcent: number) =>
  (BARRE_MM * pourcent) / 100 >= etiquette.length * CARACTERE_MM + 2 ? etiquette : ''

/** The way from brut to net as shares of a whole; none when a share is negative (a month of rappels taken back). */
function barreVue(m: BulletinImprimable) {
  const c = m.chiffres
  const retenues = m.rubriques.find((r) => r.rubrique === 'frais')?.lignes.map((l) => euros(l.effet ?? '0'))
  const segments: Segment[] = [
    { ton: 'net', libelle: 'net payé', montant: euros(c.netPaye) },
    { ton: 'retenues', libelle: 'retenues', montant: negate(sum((retenues ?? []).filter((x) => x < ZERO))) },
    { ton: 'impot', libelle: 'impôt', montant: euros(c.impot) },
    { ton: 'cotisations', libelle: 'cotisations et CSG', montant: euros(c.cotisations) },
  ]
  const tout = segments.reduce((a, s) => a + s.montant, 0n)
  if (tout <= 0n || segments.some((s) => s.montant < 0n)) return []
  return segments
    .filter((s) => s.montant > 0n)
    .map((s) => {
      const pourcent = (s.montant * 100n + tout / 2n) / tout
      return {
        ton: s.ton,
        part: Number((s.montant * 10000n) / tout) + 1,
        etiquette: tient(`${s.libelle} ${pourcent}${FINE}%`, Number(pourcent)),
      }
    })
}

/** Brut − contributions − tax ± the rest = net: the signs are those of the equation. */
function figuresVue(c: BulletinImprimable['chiffres'], tonDuReste: 'retenues' | 'aucun', reste: string) {
  const retire = (montant: string) => signe(inEuros(negate(euros(montant))))
  return [
    { ton: 'aucun', libelle: 'Brut', valeur: formatEuros(c.brut) },
    { ton: 'cotisations', libelle: 'Cotisations et CSG', valeur: retire(c.cotisations) },
    { ton: 'impot', libelle: 'Impôt', valeur: retire(c.impot) },
    ...(c.autres === undefined ? [] : [{ ton: tonDuReste, libelle: reste, valeur: signe(c.autres) }]),
    { ton: 'net', libelle: 'Net payé', valeur: formatEuros(c.netPaye) },
    { ton: 'aucun', libelle: 'Montant net social', valeur: formatEuros(c.montantNetSocial) },
  ]
}
/** « Frais et retenues », or what there is of them. */
function libelleDuReste(m: BulletinImprimable): string {
  const frais = m.rubriques.find((r) => r.rubrique === 'frais')?.lignes ?? []
  const signes = frais.map((l) => compare(euros(l.effet ?? '0'), ZERO))
  const noms = [
    m.rubriques.some((r) => r.rubrique === 'indemnites') && 'indemnités',
    signes.includes(1) && 'frais',
    signes.includes(-1) && 'retenues',
  ].filter((n) => typeof n === 'string')
  return majuscule(noms.join(noms.length > 2 ? ', ' : ' et '))
}
const signe = (montant: string) =>
  compare(euros(montant), ZERO) > 0 ? `+${formatEuros(montant)}` : formatEuros(montant)

type Rang = { sorte: string; facteur: number; suite: number; libelle: string; montant: string; note?: string }

const SIGNES_PAR_LIGNE = 72
const largeur = (text: string) => text.length + 0.3 * (text.match(/[\p{Lu}\d]/gu)?.length ?? 0)
/** Lines that a long label needs after its first. */
const suiteOf = (l: { libelle: string; note?: string }) =>
  Math.max(0, Math.ceil((largeur(l.libelle) + 0.86 * largeur(l.note ?? '')) / SIGNES_PAR_LIGNE) - 1)

function rangsVue(m: BulletinImprimable): Rang[] {
  const rangs: (Rang & Record<string, unknown>)[] = []
  m.rubriques.forEach((r, i) => {
    const aPayer = r.lignes.some((l) => l.effet !== undefined)
    rangs.push({
      sorte: 'rubrique',
      facteur: 1,
      suite: 0,
      libelle: r.libelle,
      montant: aPayer ? nombre(r.total) : '',
      montantPatronal: euros(r.totalEmployeur) === ZERO ? '' : nombre(r.totalEmployeur),
    })
    for (const l of r.lignes.map(ligneVue)) rangs.push({ sorte: 'ligne', facteur: 1, suite: suiteOf(l), ...l })
    const fin = (rubrique: string | undefined) => rubrique === 'impot' || rubrique === 'frais'
    if (!fin(r.rubrique) && fin(m.rubriques[i + 1]?.rubrique))
      rangs.push({
        sorte: 'total',
        facteur: 1.15,
        suite: 0,
        libelle: 'Net avant impôt',
        montant: nombre(m.netAvantImpot),
      })
  })
  rangs.push({ sorte: 'net', facteur: 1.6, suite: 0, libelle: 'Net payé', montant: nombre(m.chiffres.netPaye) })
  return rangs
}

// Heights in points, measured on the template: what the page holds, and what stands above and under the lines.
const PAGE = 765
const AUTOUR = 174
const INTERLIGNE = 10.2
const CARACTERES_DE_FAIT = 46
const CARACTERES_DE_PHRASE = 118
const AERE = 13.2
const SERRE = 9.2

/** Height of a row: airy when the page has room, tight to keep a payslip on one page; on two, airy fills the second. */
function pasDe(
  rangs: Rang[],
  autour: { faits: number; phrase: number; bloc: number },
): { pas: number; unePage: boolean } {
  const rangees = 1 + rangs.reduce((n, r) => n + r.facteur, 0)
  const suites = rangs.reduce((n, r) => n + r.suite, 0)
  const lignes = autour.faits + Math.ceil(autour.phrase / CARACTERES_DE_PHRASE) + autour.bloc + suites
  const pas = (PAGE - AUTOUR - INTERLIGNE * lignes) / rangees
  return pas < SERRE
    ? { pas: AERE, unePage: false }
    : { pas: Math.floor(Math.min(AERE, pas) * 100) / 100, unePage: true }
}

function blocsVue(m: BulletinImprimable) {
  const ligne = (libelle: string, montant: string | undefined) =>
    montant === undefined ? [] : [{ libelle, valeur: formatEuros(montant) }]
  return [
    {
      titre: `Impôt ${deMois(m.mois)}`,
      lignes: [
        ...ligne('Net imposable', m.netImposable),
        ...ligne('Base du prélèvement', m.basePas),
        { libelle: 'Taux du prélèvement', valeur: formatTaux(m.tauxPas) },
        ...ligne('Heures supplémentaires exonérées', m.heuresExonerees),
      ],
    },
    {
      titre: `Depuis janvier ${m.cumuls.annee}`,
      lignes: [
        ...ligne('Brut', m.cumuls.brut),
        ...ligne('Net imposable', m.cumuls.netImposable),
        ...ligne('Impôt prélevé', m.cumuls.impot),
        ...ligne('Montant net social', m.cumuls.montantNetSocial),
        ...ligne('Heures exonérées', m.cumuls.heuresExonerees),
      ],
    },
    {
      titre: 'Ce que verse l’employeur',
      lignes: [
        ...ligne('Rémunération brute', m.chiffres.brut),
        ...ligne('Cotisations de l’employeur', m.employeurTotaux.cotisations),
        ...ligne('Coût total', m.employeurTotaux.cout),
      ],
    },
  ]
}

/** The model in its French form: what the template lays out, word for word. */
export function vueBulletin(m: BulletinImprimable) {
  const nom = `${m.agent.prenom} ${m.agent.nom}`.trim()
  const barre = barreVue(m)
  const rangs = rangsVue(m)
  const blocs = blocsVue(m)
  const faits = [...m.faits, ...(m.agent.nir ? [{ libelle: 'Sécurité sociale', valeur: m.agent.nir }] : [])]
  const { pas, unePage } = pasDe(rangs, {
    faits: faits.reduce((n, f) => n + Math.ceil(f.valeur.length / CARACTERES_DE_FAIT), 0),
    phrase: m.changement?.length ?? 0,
    bloc: Math.max(...blocs.map((b) => b.lignes.length)),
  })
  return {
    titre: `Bulletin de paie ${deMois(m.mois)}, ${nom}`,
    date: dernierJour(m.mois),
    mois: formatMois(m.mois),
    moisTitre: majuscule(formatMois(m.mois)),
    deMois: deMois(m.mois),
    numero: m.numero,
    ...(m.paiement && { paiement: formatJour(m.paiement) }),
    employeur: { ...m.employeur, siret: formatSiret(m.employeur.siret) },
    agent: { nom, adresse: m.agent.adresse },
    faits,
    figures: figuresVue(m.chiffres, barre.some((s) => s.ton === 'retenues') ? 'retenues' : 'aucun', libelleDuReste(m)),
    barre,
    ...(m.changement !== undefined && { changement: m.changement }),
    pas,
    unePage,
    rangs: rangs.map((r) => ({ ...r, hauteur: r.facteur * pas + r.suite * INTERLIGNE })),
    conservation: m.conservation,
    blocs,
    mentions: m.mentions.join(' '),
  }
}

/** The payslip as PDF/A-2b, tagged PDF/UA-1. Pure: same model, same bytes; callable from any worker thread. */
export function renderBulletin(m: BulletinImprimable, norme: NormePdf = 'a-2b'): Uint8Array {
  const vue = vueBulletin(m)
  const { pdf, pages } = renderTypstPages(GABARIT, vue, norme)
  // the heights are an estimate: a payslip that was thought to stand on one page numbers its pages when it does not
  return vue.unePage && pages > 1 ? renderTypst(GABARIT, { ...vue, unePage: false }, norme) : pdf
}
