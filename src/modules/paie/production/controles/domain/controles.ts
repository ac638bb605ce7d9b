import { type Centimes, euros, formatEuros, negate, subtract, sum, ZERO } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'
import type { ReglagesControle } from './reglages.ts'

/** Each control of the list that the officer signs, in the order in which it is read. */
export const CONTROLES = {
  masse: 'Masse salariale comparée au mois précédent',
  effectif: 'Nombre de bulletins comparé au mois précédent',
  sansPaie: 'Agents présents sans bulletin',
  payeSansAgent: 'Bulletins sans agent présent',
  netNegatif: 'Nets négatifs ou nuls',
  sansCompte: 'Agents payés sans compte bancaire',
  compteCommun: 'Compte bancaire commun à deux agents',
  iban: 'Clés des comptes bancaires',
  nir: 'Clés des numéros de sécurité sociale',
  sftDouble: 'Supplément familial versé deux fois',
  ecart: 'Écarts de net à expliquer',
} as const
export type CodeControle = keyof typeof CONTROLES
export const codeAnomalie = (code: CodeControle) => `controle.${code}`

export type AControler = {
  carriereId: string
  agentId: string
  nom: string
  nir: string
  nirValide: boolean
  iban: string
  ibanValide: boolean
  /** Present a day of the month at least. */
  present: boolean
  /** Null when the payslip could not be computed. */
  bulletin: { netAPayer: string; cout: string; reportNegatif: boolean } | null
  precedent: { netAPayer: string; cout: string } | null
  /** Blinded home, when the payslip pays the SFT. */
  foyerSft: string | null
  /** Another body of the agency pays the SFT of the same home. */
  foyerAilleurs: boolean
}

export type Constat = Anomalie & { carriereId: string | null }

const absolu = (c: Centimes) => (c < ZERO ? negate(c) : c)

/** `ecart / base` beyond so many percent, without any float: amounts are cents. */
export const depasse = (ecart: Centimes, base: Centimes, pourcent: number): boolean =>
  absolu(ecart) * 10_000n > absolu(base) * BigInt(Math.round(pourcent * 100))

/** A net that moved enough for somebody to look at it: both thresholds of the body. */
export function ecartNotable(avant: string, apres: string, r: ReglagesControle): boolean {
  const ecart = subtract(euros(apres), euros(avant))
  return absolu(ecart) >= euros(r.ecartNetEuros) && depasse(ecart, euros(avant), r.ecartNetPourcent)
}

const pourcent = (ecart: Centimes, base: Centimes): string =>
  `${ecart < ZERO ? '−' : '+'}${(Number((absolu(ecart) * 1000n) / absolu(base)) / 10).toLocaleString('fr-FR')} %`

function duMois(agents: readonly AControler[], partis: readonly { cout: string }[], r: ReglagesControle): Constat[] {
  const avant = [...agents.flatMap((a) => a.precedent ?? []), ...partis]
  const payes = agents.flatMap((a) => a.bulletin ?? [])
  if (avant.length === 0) return []
  const constats: Constat[] = []
  const masseAvant = sum(avant.map((b) => euros(b.cout)))
  const masse = sum(payes.map((b) => euros(b.cout)))
  const ecart = subtract(masse, masseAvant)
  if (masseAvant !== ZERO && depasse(ecart, masseAvant, r.massePourcent))
    constats.push({
      carriereId: null,
      code: codeAnomalie('masse'),
      message: `Le coût employeur passe de ${formatEuros(masseAvant)} à ${formatEuros(masse)} (${pourcent(ecart, masseAvant)}).`,
      lieu: 'masse salariale',
      conseil: 'Lisez les écarts par agent : ils disent d’où vient la différence.',
      bloquante: false,
    })
  const n = payes.length - avant.length
  if (depasse(BigInt(n) as Centimes, BigInt(avant.length) as Centimes, r.effectifPourcent))
    constats.push({
      carriereId: null,
      code: codeAnomalie('effectif'),
      message: `${payes.length} bulletins ce mois-ci, ${avant.length} le mois précédent.`,
      lieu: 'effectif',
      conseil: 'Vérifiez les arrivées, les départs et les saisonniers.',
      bloquante: false,
    })
  return constats
}

function deLAgent(a: AControler): Constat[] {
  const constats: Constat[] = []
  const dire = (code: CodeControle, lieu: string, message: string, conseil: string) =>
    constats.push({ carriereId: a.carriereId, code: codeAnomalie(code), message, lieu, conseil, bloquante: false })
  if (a.bulletin === null) {
    if (a.present)
      dire(
        'sansPaie',
        'bulletin',
        'Présent ce mois-ci, sans bulletin.',
        'Corrigez l’anomalie qui bloque son bulletin, puis recalculez.',
      )
    return constats
  }
  const net = euros(a.bulletin.netAPayer)
  if (!a.present)
    dire(
      'payeSansAgent',
      'bulletin',
      'Parti ou sans traitement ce mois-ci : son bulletin ne porte que des rappels.',
      'Vérifiez sa date de sortie ou sa position, et ce que le rappel corrige.',
    )
  if (net < ZERO || a.bulletin.reportNegatif)
    dire(
      'netNegatif',
      'net à payer',
      'Le net serait négatif : rien n’est versé et le trop-perçu est reporté.',
      'Prévenez la collectivité, qui convient avec l’agent de la façon de le rembourser.',
    )
  else if (net === ZERO)
    dire(
      'netNegatif',
      'net à payer',
      'Le net à payer est nul.',
      'Vérifiez les absences : un agent présent est payé, un agent absent sans traitement doit l’être par un arrêté.',
    )
  if (a.iban === '' && net > ZERO)
    dire(
      'sansCompte',
      'coordonnées bancaires',
      'Aucun compte bancaire : le virement ne pourra pas partir.',
      'Demandez un relevé d’identité bancaire à la collectivité.',
    )
  if (a.iban !== '' && !a.ibanValide)
    dire(
      'iban',
      'coordonnées bancaires',
      'La clé du compte bancaire est fausse.',
      'Relisez l’IBAN sur le relevé d’identité bancaire : un chiffre a été mal saisi.',
    )
  if (!a.nirValide)
    dire(
      'nir',
      'numéro de sécurité sociale',
      'La clé du numéro de sécurité sociale est fausse.',
      'Relisez le numéro sur l’attestation de droits.',
    )
  if (a.foyerAilleurs)
    dire(
      'sftDouble',
      'supplément familial',
      'Un autre employeur suivi par l’agence verse déjà un supplément familial au même foyer.',
      'Demandez l’attestation de non-versement de l’employeur de l’autre parent : un seul des deux parents le perçoit.',
    )
  return constats
}

function entreAgents(agents: readonly AControler[]): Constat[] {
  const payes = agents.filter((a) => a.bulletin !== null)
  const groupes = (cle: (a: AControler) => string | null) =>
    [...Map.groupBy(payes, cle)].filter(([k, l]) => k !== null && k !== '' && new Set(l.map((a) => a.agentId)).size > 1)
  const autres = (liste: AControler[], a: AControler) =>
    [...new Set(liste.filter((x) => x.agentId !== a.agentId).map((x) => x.nom))].join(', ')
  return [
    ...groupes((a) => a.iban).flatMap(([, l]) =>
      l.map((a) => ({
        carriereId: a.carriereId,
        code: codeAnomalie('compteCommun'),
        message: `Même compte bancaire que ${autres(l, a)}.`,
        lieu: 'coordonnées bancaires',
        conseil: 'Vérifiez le relevé d’identité bancaire : un couple peut partager un compte, deux inconnus non.',
        bloquante: false,
      })),
    ),
    ...groupes((a) => a.foyerSft).flatMap(([, l]) =>
      l.map((a) => ({
        carriereId: a.carriereId,
        code: codeAnomalie('sftDouble'),
        message: `Le supplément familial est aussi versé à ${autres(l, a)}, du même foyer.`,
        lieu: 'supplément familial',
        conseil: 'Un seul des deux parents agents publics le perçoit : demandez leur choix écrit.',
        bloquante: false,
      })),
    ),
  ]
}

/** All the controls of a computed month but the differences by agent, which are explained apart. None blocks. */
export const controlMois = (
  agents: readonly AControler[],
  partis: readonly { cout: string }[],
  r: ReglagesControle,
): Constat[] => [...duMois(agents, partis, r), ...agents.flatMap(deLAgent), ...entreAgents(agents)]
