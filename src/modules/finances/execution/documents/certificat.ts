import { formatEuros } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import type { RetenueVue } from '../http/retenues/contract.ts'

const GABARIT = new URL('./certificat.typ', import.meta.url)
export type CertificatImprimable = { retenue: RetenueVue; organisme: string; date: Jour }

/** What the ordonnateur certifies so that the comptable pays what was kept. */
export const vueCertificat = ({ retenue: r, organisme, date }: CertificatImprimable) => ({
  titre: 'Certificat de libération d’une retenue de garantie',
  auteur: organisme,
  date,
  lignes: [
    ['Marché', r.marche],
    ['Titulaire', r.tiers],
    ['Montant retenu', formatEuros(r.montant)],
    ['Mandat de la retenue', `n° ${r.numero} de ${r.annee}`],
    ['Objet', r.objet],
    ...(r.recueLe ? [['Réception', formatJour(r.recueLe)]] : []),
  ],
  phrase:
    r.etat === 'substituee'
      ? `La retenue est remplacée par la garantie ${r.reference} de ${r.garant}. Elle peut être payée au titulaire.`
      : `La retenue est libérée : ${r.motif} Elle peut être payée au titulaire.`,
  signature: `Décidé le ${formatJour(r.decideLe!)} par ${r.decidePar}.`,
})

export const renderCertificat = (m: CertificatImprimable, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, vueCertificat(m), norme)
