import type { NaturePiece } from '../../../contract.ts'

const net = (t: string) =>
  t
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

/** In this order: « fin de contrat » is not a « contrat », « arrêt » is not an « arrêté ». */
const INDICES: readonly [RegExp, NaturePiece][] = [
  [/\b(fin (de )?contrat|demission|licenciement|certificat de travail)\b/, 'finContrat'],
  [/\b(arret (de )?(travail|maladie)|arrets? (de )?travail|avis d arret|cerfa 10170)\b/, 'arretTravail'],
  [/\b(rib|iban|releve d identite( bancaire)?)\b/, 'rib'],
  [/\b(sft|supplement familial)\b/, 'sft'],
  [/\b(heures?|hs|ihts|complementaires)\b/, 'heures'],
  [/\b(primes?|cia|ifse|rifseep|astreintes?)\b/, 'etatPrimes'],
  [/\b(deliberations?|delib)\b/, 'deliberation'],
  [/\b(arretes?)\b/, 'arrete'],
  [/\b(contrats?|avenants?|cdd|cdi)\b/, 'contrat'],
]

/** What the name of a file lets one suppose: it is proposed, the person confirms. */
export function proposerNature(nomFichier: string): NaturePiece | undefined {
  const t = net(nomFichier.replace(/\.[^.]+$/, ''))
  return INDICES.find(([forme]) => forme.test(t))?.[1]
}

/** The agents whose family name stands in the name of the file; two with the same name need their first name too. */
export function proposerAgents(
  nomFichier: string,
  agents: readonly { carriereId: string; nom: string; prenom: string }[],
): string[] {
  const t = ` ${net(nomFichier.replace(/\.[^.]+$/, ''))} `
  const parNom = agents.filter((a) => net(a.nom).length > 2 && t.includes(` ${net(a.nom)} `))
  return parNom
    .filter(
      (a) =>
        parNom.every((b) => b.carriereId === a.carriereId || net(b.nom) !== net(a.nom)) ||
        t.includes(` ${net(a.prenom)} `),
    )
    .map((a) => a.carriereId)
}

/** « Etat_heures-octobre.pdf » reads « Etat heures octobre ». */
export function libelleDe(nomFichier: string): string {
  const t = nomFichier
    .replace(/\.[^.]+$/, '')
    .replace(/[_-]+/g, ' ')
    .trim()
  // The name that a phone or a scanner gives says nothing.
  return /^(img|image|photo|scan|dsc|doc|document|numerisation|pxl|capture)?[\s\d()]*$/i.test(t) ? '' : t.slice(0, 200)
}
