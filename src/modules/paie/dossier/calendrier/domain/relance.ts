import { addJours, deMois, formatJour, type Jour, type Mois } from '#socle/dates.ts'

/** What a month still waits for from the member. */
export type Manques = {
  attendues: number
  aRemplacer: number
  /** Open questions, and how many of them are late. */
  questions: number
  enRetard: number
}

const pluriel = (n: number, un: string, plusieurs: string) => `${n} ${n > 1 ? plusieurs : un}`

/**
 * Does a reminder leave today by itself? Three days before the cut-off and on the day itself when papers are missing; every
 * third day while a question is late.
 */
export function relanceDue(limite: Jour | null, aujourdhui: Jour, m: Manques, derniere: Jour | null): boolean {
  if (derniere === aujourdhui) return false
  const pieces = m.attendues + m.aRemplacer > 0
  if (limite && pieces && (aujourdhui === limite || aujourdhui === addJours(limite, -3))) return true
  return m.enRetard > 0 && (derniere === null || addJours(derniere, 3) <= aujourdhui)
}

/** The mail: counts only. Names, amounts and reasons stay behind the sign-in. */
export function composeRelance(d: {
  organisme: string
  mois: Mois
  limite: Jour | null
  aujourdhui: Jour
  manques: Manques
  mot: string
  lien: string
  par: string
}): { objet: string; texte: string } {
  const m = d.manques
  const lignes = [
    ...(m.attendues > 0 ? [pluriel(m.attendues, 'pièce attendue', 'pièces attendues')] : []),
    ...(m.aRemplacer > 0
      ? [pluriel(m.aRemplacer, 'pièce à compléter ou à remplacer', 'pièces à compléter ou à remplacer')]
      : []),
    ...(m.questions > 0
      ? [
          `${pluriel(m.questions, 'question en cours', 'questions en cours')}${m.enRetard > 0 ? `, dont ${m.enRetard} en retard` : ''}`,
        ]
      : []),
  ]
  const limite =
    d.limite === null
      ? []
      : [
          d.aujourdhui > d.limite
            ? `La date limite des dépôts était le ${formatJour(d.limite)} : ce qui arrive maintenant pourra être réglé par un rappel le mois suivant.`
            : `La date limite des dépôts est le ${formatJour(d.limite)}.`,
        ]
  return {
    objet: `Paie ${deMois(d.mois)} : ${lignes[0] ?? 'message de votre gestionnaire'}`,
    texte: [
      'Bonjour,',
      `${d.organisme}, paie ${deMois(d.mois)} :`,
      lignes.length > 0 ? lignes.map((l) => `- ${l}`).join('\n') : '- rien ne manque.',
      ...limite,
      ...(d.mot ? [d.mot] : []),
      `Ouvrir le dossier : ${d.lien}`,
      `${d.par}`,
    ].join('\n\n'),
  }
}
