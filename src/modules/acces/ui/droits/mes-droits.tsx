import { Encart, EtatVide, formatInstant, Page, useApi } from '#ui'
import { mesDroits } from '../../droits/contract.ts'

const VIAS: Record<string, string> = {
  portefeuille: 'par votre portefeuille',
  supervision: 'par la supervision',
  soutien: 'par un dépannage autorisé',
}

/** All that the person may do, body by body: those of her own first. */
export default function MesDroits() {
  const q = useApi(mesDroits)
  const organismes = [...(q.data?.organismes ?? [])].sort(
    (a, b) => Number(a.via !== 'appartenance') - Number(b.via !== 'appartenance') || a.nom.localeCompare(b.nom, 'fr'),
  )
  return (
    <Page titre="Ce que je peux faire" fil={[{ libelle: 'Mon compte', vers: '/compte' }]}>
      {q.error && !q.data && <Encart etat="attention">{q.error.message}</Encart>}
      {q.data && organismes.length === 0 && <EtatVide titre="Aucun rôle ne vous est confié." />}
      {organismes.map((o) => (
        <details key={o.id} open={organismes.length < 4} className="bq-mes-droits">
          <summary>
            <strong>{o.nom}</strong>{' '}
            <span className="bq-discret">
              {o.roles.join(', ')}
              {VIAS[o.via] && `, ${VIAS[o.via]}`}
              {o.fin && `, jusqu’au ${formatInstant(o.fin)}`}
            </span>
          </summary>
          {o.droits.length === 0 ? (
            <p>Rien d’autre que votre coffre.</p>
          ) : (
            <ul>
              {o.droits.map((d) => (
                <li key={d.code}>{d.libelle}</li>
              ))}
            </ul>
          )}
        </details>
      ))}
    </Page>
  )
}
