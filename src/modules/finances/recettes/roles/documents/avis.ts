import { sql } from 'kysely'
import { type Centimes, euros, formatEuros } from '#socle/argent.ts'
import { formatJour, type Jour } from '#socle/dates.ts'
import type { Tx } from '#socle/db/base.ts'
import { type NormePdf, renderTypst } from '#socle/documents/typst.ts'
import { readReglages as readReglagesEchanges } from '../../../echanges/db/echanges.ts'
import type { BordereauRecette, EnTete, PieceJointe } from '../../../echanges/pes/flux.ts'
import type { TiersRow } from '../../../execution/db/contexte.ts'
import { computeReference, refusPayfip } from '../../payfip/reference.ts'
import type { Prelevement } from '../../prelevements/mandats.ts'
import { refusAvisSansReglages, refusRoleEtat } from '../../refus.ts'
import { readReglages } from '../../reglages/reglages.ts'
import type { LigneRole } from '../contract.ts'
import { getRole } from '../db/roles.ts'

const GABARIT = new URL('./avis.typ', import.meta.url)

type Dette = {
  id: string
  numero: number
  cle1: number
  cle2: string
  objet: string
  ht: string
  tva: string
  lignes: LigneRole[]
  fige: TiersRow
  prelevement: Omit<Prelevement, 'mandatId'> | null
  prelevement_le: Jour | null
}

/** What the avis of a signed rôle say: frozen debts, and the addresses that the body gave. */
export async function readAvis(tx: Tx, roleId: string, detteId?: string) {
  const role = await getRole(tx, roleId)
  if (role.etat !== 'signe') throw refusRoleEtat()
  const { asap } = await readReglagesEchanges(tx)
  if (!asap) throw refusAvisSansReglages()
  const { rows: signes } = await sql<{ numero: number; date_emission: Jour }>`
    select numero, date_emission from app.finances_bordereau_signe where id = ${role.bordereau_id}`.execute(tx)
  const { rows: dettes } = await sql<Dette>`select * from app.finances_dette where role_id = ${roleId}
    ${detteId ? sql`and id = ${detteId}` : sql``} order by numero`.execute(tx)
  return { role, asap, ...signes[0]!, dettes, reglages: await readReglages(tx, role.budget_id) }
}
export type AvisModele = Awaited<ReturnType<typeof readAvis>>

/** The avis in their French form, one for each debtor. */
export function vueAvis({ role, asap, numero, date_emission, dettes, reglages }: AvisModele) {
  return {
    titre: `Avis des sommes à payer, rôle n° ${numero}`,
    auteur: asap.emetteur.nom,
    date: date_emission,
    emetteur: lieu(asap.emetteur),
    contact: [asap.emetteur.telephone, asap.emetteur.courriel, asap.emetteur.horaires].filter(Boolean).join(' · '),
    comptable: lieu(asap.tresorerie),
    encaissement: lieu(asap.encaissement),
    signataire: `${asap.signataire.prenom} ${asap.signataire.nom}, ${asap.signataire.role}`,
    contestation: asap.contestation,
    dettes: dettes.map((d) => {
      const ttc = (euros(d.ht) + euros(d.tva)) as Centimes
      const reference = computeReference(reglages.payfipRole, {
        exercice: role.annee,
        bordereau: numero,
        numero: d.numero,
      })
      return {
        debiteur: [
          [d.fige.civilite, d.fige.prenom, d.fige.nom].filter(Boolean).join(' '),
          d.fige.complement,
          d.fige.adresse,
          d.fige.complement_adresse,
          `${d.fige.code_postal} ${d.fige.ville}`.trim(),
          d.fige.pays,
        ].filter(Boolean),
        objet: d.objet,
        reference: `Exercice ${role.annee}, rôle ${numero}, dette ${d.numero}`,
        cles: `${d.cle1} ${d.cle2}`,
        emisLe: formatJour(date_emission),
        echeance: formatJour(role.echeance),
        lignes: d.lignes.map((l) => ({
          libelle: l.libelle,
          base: l.base,
          ht: formatEuros(l.ht),
          tva: euros(l.tva) > 0n ? formatEuros(l.tva) : '',
        })),
        avecTva: euros(d.tva) > 0n,
        ht: formatEuros(euros(d.ht)),
        tva: formatEuros(euros(d.tva)),
        total: formatEuros(ttc),
        prelevement: d.prelevement
          ? {
              le: formatJour(d.prelevement_le!),
              rum: d.prelevement.rum,
              ics: reglages.ics,
              compte: `${d.prelevement.iban.slice(0, 4)} … ${d.prelevement.iban.slice(-4)}`,
            }
          : null,
        payfip: refusPayfip(reglages.payfipNumcli, reference, ttc)
          ? null
          : { adresse: reglages.payfipAdresse, numcli: reglages.payfipNumcli, reference },
      }
    }),
  }
}
const lieu = (l: { nom: string; adresse: string; codePostal: string; ville: string }) => [
  l.nom,
  l.adresse,
  `${l.codePostal} ${l.ville}`,
]

/** One page or more for each debtor, with the slip to send back. Pure: same rôle, same bytes. */
export const renderAvis = (m: AvisModele, norme: NormePdf = 'a-2b'): Uint8Array =>
  renderTypst(GABARIT, vueAvis(m), norme)

/** Each avis beside its debt, for the DGFiP to print and send: the bytes that the body can print itself. */
export function attachAvis(
  bordereau: BordereauRecette,
  e: Pick<EnTete, 'siret' | 'codeBudget'>,
  modele: AvisModele,
): { bordereau: BordereauRecette; piecesJointes: PieceJointe[] } {
  const parNumero = new Map(modele.dettes.map((d) => [d.numero, d]))
  const piecesJointes = bordereau.pieces.map(
    (t): PieceJointe => ({
      idUnique: `ORMC${e.siret}${e.codeBudget}${bordereau.exercice}${String(t.numero).padStart(8, '0')}`,
      nom: `avis_${bordereau.exercice}_${t.numero}.pdf`,
      type: '010',
      mime: 'application/pdf',
      description: `Avis des sommes à payer, dette ${t.numero}`,
      contenu: renderAvis({ ...modele, dettes: [parNumero.get(t.numero)!] }),
    }),
  )
  const pieces = bordereau.pieces.map((t, i) => {
    const { idUnique, nom, type } = piecesJointes[i]!
    return { ...t, pieces: [...(t.pieces ?? []), { support: '01' as const, idUnique, nom, type }] }
  })
  return { bordereau: { ...bordereau, pieces }, piecesJointes }
}

/** The avis of a bordereau ORMC, when the DGFiP prints them. */
export async function readAvisAEditer(tx: Tx, bordereauId: string): Promise<AvisModele | undefined> {
  const { rows } = await sql<{ id: string }>`
    select id from app.finances_role where bordereau_id = ${bordereauId} and edition = 'dgfip'`.execute(tx)
  return rows[0] ? readAvis(tx, rows[0].id) : undefined
}
