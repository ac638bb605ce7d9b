import { useApi } from '#ui'
import { lirePayfip } from '../../reglages/http/contract.ts'

/** How a titre is paid online, when the body offers it. */
export function ReferencePayfip({ piece }: { piece: string }) {
  const { data } = useApi(lirePayfip, { params: { mandat: piece as never } })
  if (!data || data.refus) return null
  return (
    <p className="bq-discret">
      Paiement en ligne sur {data.adresse} : identifiant {data.numcli}, référence{' '}
      <span className="bq-chiffres">{data.reference}</span>
    </p>
  )
}
