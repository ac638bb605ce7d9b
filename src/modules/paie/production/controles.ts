import { euros, formatEuros } from '#socle/argent.ts'
import type { Anomalie } from '#socle/refus.ts'

export type AControler = {
  carriereId: string
  nom: string
  iban: string
  netAPayer: string
  /** Net of the month before, when there was one. */
  netPrecedent: string | undefined
  /** Something was entered for this month: a difference is expected. */
  aDesVariables: boolean
}

/** An unexplained change of the net beyond this part of last month's is shown to the officer. */
const SEUIL_ECART = 0.1

/** Controls of a computed month that look at several payslips, or at two months. None of them blocks. */
export function controlMois(bulletins: readonly AControler[]): (Anomalie & { carriereId: string })[] {
  const anomalies: (Anomalie & { carriereId: string })[] = []
  const byIban = Map.groupBy(
    bulletins.filter((b) => b.iban !== ''),
    (b) => b.iban,
  )
  for (const b of bulletins) {
    if (b.iban === '' && b.netAPayer !== '0.00')
      anomalies.push({
        carriereId: b.carriereId,
        code: 'controle.sansCompte',
        message: 'Aucun compte bancaire : le virement ne pourra pas partir.',
        lieu: 'coordonnées bancaires',
        conseil: 'Demandez un relevé d’identité bancaire à la collectivité.',
        bloquante: false,
      })
    const memes = (byIban.get(b.iban) ?? []).filter((x) => x.nom !== b.nom)
    if (memes.length > 0)
      anomalies.push({
        carriereId: b.carriereId,
        code: 'controle.compteCommun',
        message: `Même compte bancaire que ${memes.map((m) => m.nom).join(', ')}.`,
        lieu: 'coordonnées bancaires',
        conseil: 'Vérifiez le relevé d’identité bancaire : un couple peut partager un compte, deux inconnus non.',
        bloquante: false,
      })
    if (b.netPrecedent === undefined || b.aDesVariables) continue
    const [avant, apres] = [Number(b.netPrecedent), Number(b.netAPayer)]
    if (avant > 0 && Math.abs(apres - avant) / avant > SEUIL_ECART)
      anomalies.push({
        carriereId: b.carriereId,
        code: 'controle.ecart',
        message: `Le net passe de ${formatEuros(euros(b.netPrecedent))} à ${formatEuros(euros(b.netAPayer))} sans élément saisi ce mois.`,
        lieu: 'net à payer',
        conseil: 'Ouvrez la comparaison avec le mois précédent : elle dit ce qui a changé.',
        bloquante: false,
      })
  }
  return anomalies
}
