import type { Jour, Mois } from '#socle/dates.ts'
import type { Bulletin, Cumuls } from '../../calcul/bulletin.ts'
import type { Situation } from '../../calcul/situation.ts'
import { phraseDeChangement, phraseDeComplement } from './changement.ts'
import type { RubriqueResumee } from './groupes.ts'
import { type ResumeBulletin, resumerBulletin } from './resume.ts'
import { type Fait, faitsDe } from './situation-imprimee.ts'

/**
 * Everything that a payslip prints, as plain frozen JSON: what is stored beside the approved payslip, and the only
 * input of the document. Amounts are euros, days and months ISO; the document gives them their French form.
 */
export type BulletinImprimable = {
  version: 1
  /** Short code of the payslip: opens the explanation in the safe. */
  numero: string
  mois: Mois
  paiement?: Jour
  employeur: { nom: string; adresse: string[]; siret: string; ape?: string }
  agent: {
    nom: string
    prenom: string
    adresse: string[]
    /** All but the order number and the key is hidden: no text asks for the whole number on a payslip. */
    nir: string
  }
  faits: Fait[]
  chiffres: ResumeBulletin['chiffres']
  rubriques: RubriqueResumee[]
  netAvantImpot: string
  netImposable: string
  /** Base of the withholding tax when it is not the net imposable. */
  basePas?: string
  tauxPas: string
  heuresExonerees?: string
  employeurTotaux: { cotisations: string; cout: string }
  cumuls: CumulsImprimes
  changement?: string
  /** The incitement that must be readable at a glance. */
  conservation: string
  mentions: string[]
}

export type CumulsImprimes = {
  annee: number
  brut: string
  netImposable: string
  montantNetSocial: string
  impot: string
  heuresExonerees?: string
}

/** The body as the payslip names it. */
export type OrganismeImprime = {
  nom: string
  siret: string
  ape?: string
  adresse?: string
  codePostal?: string
  ville?: string
}
export type AgentImprime = {
  nom: string
  prenom: string
  matricule: string
  nir: string
  emploi: string
  entree: Jour
  adresse?: string
  codePostal?: string
  ville?: string
}

export type DonneesBulletin = {
  bulletin: Bulletin
  organisme: OrganismeImprime
  agent: AgentImprime
  situation: Situation
  /** Accumulators left by this payslip. */
  cumuls: Cumuls
  /** The payslip before, for the sentence of what changed. */
  precedent?: Bulletin | undefined
  /** Numbers of the payslips of the same month that this one completes. */
  complete?: readonly string[] | undefined
  numero: string
  paiement?: Jour | undefined
}

/** « • •• •• •• ••• 084 36 »: the order number and the key are enough to tell two namesakes apart. */
export const masquerNir = (nir: string): string => {
  const net = nir.replace(/\s/g, '')
  return net.length < 15 ? '' : `• •• •• •• ••• ${net.slice(10, 13)} ${net.slice(13, 15)}`
}

const adresseOf = (a: { adresse?: string; codePostal?: string; ville?: string }): string[] =>
  [...(a.adresse ?? '').split(/\r?\n/), `${a.codePostal ?? ''} ${a.ville ?? ''}`]
    .map((l) => l.trim())
    .filter((l) => l !== '')

const cumule = (cumuls: Cumuls, grandeur: string) => cumuls.caisses.annee?.[grandeur] ?? '0.00'

// Code du travail art. R. 3243-5, followed by the public employers too.
const CONSERVATION =
  'Dans votre intérêt, et pour faire valoir vos droits, conservez ce bulletin de paie sans limitation de durée.'
const MENTIONS = [
  'Le montant net social est celui à déclarer pour la prime d’activité et le RSA ; il ne tient compte ni de l’impôt, ni des frais, ni des retenues.',
  'Le taux de l’impôt est transmis par l’administration fiscale ; il se modifie sur impots.gouv.fr. Les rubriques de ce bulletin sont expliquées sur service-public.gouv.fr.',
]

/** Pure. Throws when the lines do not add up to the net paid: such a payslip must not be sent. */
export function toBulletinImprimable(d: DonneesBulletin): BulletinImprimable {
  const { bulletin, organisme, agent } = d
  const t = bulletin.totaux
  const resume = resumerBulletin(bulletin)
  const heuresCumulees = d.cumuls.caisses.heures?.exonerees
  const modele: BulletinImprimable = {
    version: 1,
    numero: d.numero,
    mois: bulletin.mois,
    ...(d.paiement && { paiement: d.paiement }),
    employeur: {
      nom: organisme.nom,
      adresse: adresseOf(organisme),
      siret: organisme.siret,
      ...(organisme.ape && { ape: organisme.ape }),
    },
    agent: { nom: agent.nom, prenom: agent.prenom, adresse: adresseOf(agent), nir: masquerNir(agent.nir) },
    faits: faitsDe(agent, d.situation),
    chiffres: resume.chiffres,
    rubriques: resume.rubriques,
    netAvantImpot: t.netAvantImpot,
    netImposable: t.netImposable,
    ...(t.basePas !== t.netImposable && { basePas: t.basePas }),
    tauxPas: t.tauxPas,
    ...(t.heuresExonerees !== undefined && { heuresExonerees: t.heuresExonerees }),
    employeurTotaux: { cotisations: t.cotisationsEmployeur, cout: t.coutEmployeur },
    cumuls: {
      annee: d.cumuls.annee,
      brut: cumule(d.cumuls, 'brut'),
      netImposable: cumule(d.cumuls, 'netImposable'),
      montantNetSocial: cumule(d.cumuls, 'montantNetSocial'),
      impot: cumule(d.cumuls, 'pas'),
      ...(heuresCumulees !== undefined && heuresCumulees !== '0.00' && { heuresExonerees: heuresCumulees }),
    },
    ...(d.complete?.length
      ? { changement: phraseDeComplement(d.complete, bulletin.mois) }
      : d.precedent && { changement: phraseDeChangement(d.precedent, bulletin) }),
    conservation: CONSERVATION,
    mentions: MENTIONS,
  }
  return geler(modele)
}

function geler<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    for (const v of Object.values(value)) geler(v)
    Object.freeze(value)
  }
  return value
}
