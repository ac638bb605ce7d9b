import { Temporal } from 'temporal-polyfill'
import { formatJour, formatMois, type Jour, type Mois } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'

const GABARIT = new URL('./recu.typ', import.meta.url)
const FINE = '\u202f'
const INSECABLE = '\u00a0'

/** What proves a deposit, frozen at the moment of the receipt. */
export type RecuImprimable = {
  version: 1
  numero: string
  /** Instant of the deposit, ISO 8601 in UTC. */
  deposeLe: string
  deposant: string
  organisme: { nom: string; siret: string }
  /** Month of pay of the dossier. */
  mois: Mois
  nature: string
  libelle?: string
  effet?: Jour
  fichier: { nom: string; taille: number; empreinte: string }
  /** Persons whom the document concerns. */
  personnes: string[]
}

/** « 24/11/2026 à 09 h 05 min 12 s, heure de Paris » */
export function formatInstant(iso: string): string {
  const z = Temporal.Instant.from(iso).toZonedDateTimeISO('Europe/Paris')
  const deux = (n: number) => String(n).padStart(2, '0')
  const heure = [`${deux(z.hour)}${INSECABLE}h`, `${deux(z.minute)}${INSECABLE}min`, `${deux(z.second)}${INSECABLE}s`]
  return `${formatJour(z.toPlainDate().toString())} à ${heure.join(INSECABLE)}, heure de Paris`
}
const grouper = (n: number) => String(n).replace(/\B(?=(\d{3})+$)/g, FINE)
/** The 64 digits in groups of eight, which an eye can compare. */
const enGroupes = (empreinte: string) => empreinte.match(/.{1,8}/g) ?? []

/** The model in its French form. */
export function vueRecu(m: RecuImprimable) {
  const { fichier } = m
  const lignes: [string, string | undefined][] = [
    ['Déposé le', formatInstant(m.deposeLe)],
    ['Par', m.deposant],
    ['Pour', `${m.organisme.nom}, SIRET ${m.organisme.siret}`],
    ['Dossier de paie', formatMois(m.mois)],
    ['Nature', m.nature],
    ['Objet', m.libelle],
    ['Date d’effet', m.effet && formatJour(m.effet)],
    ['Fichier', `${fichier.nom} (${grouper(fichier.taille)}${INSECABLE}octets)`],
    [
      m.personnes.length > 1 ? 'Personnes concernées' : 'Personne concernée',
      m.personnes.length > 0 ? m.personnes.join(', ') : 'Aucune en particulier',
    ],
  ]
  return {
    titre: `Reçu de dépôt n° ${m.numero}`,
    numero: m.numero,
    auteur: m.organisme.nom,
    date: m.deposeLe.slice(0, 10),
    lignes: lignes.flatMap(([libelle, valeur]) => (valeur ? [{ libelle, valeur }] : [])),
    empreinte: enGroupes(fichier.empreinte),
  }
}

/** The receipt of a deposited document as PDF/A-2b, tagged PDF/UA-1. Pure: same model, same bytes. */
export const renderRecu = (m: RecuImprimable, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, vueRecu(m), norme)
