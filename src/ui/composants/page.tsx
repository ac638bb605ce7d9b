import { type ReactNode, useEffect } from 'react'
import { Lien } from '../coquille/navigation.tsx'
import { useSession } from '../coquille/session.tsx'

/**
 * A page: its title is a noun, its one main act stands on the right (`action`), the lesser acts before it (`actions`).
 * `fil` leads back to the list it came from.
 */
export function Page({
  titre,
  sousTitre,
  fil,
  action,
  actions,
  children,
}: {
  titre: string
  sousTitre?: ReactNode
  fil?: readonly { libelle: string; vers: string }[]
  action?: ReactNode
  actions?: ReactNode
  children: ReactNode
}) {
  const { organisme } = useSession()
  useEffect(() => {
    document.title = [titre, organisme?.nom, 'Bosquet'].filter(Boolean).join(' — ')
  }, [titre, organisme?.nom])
  return (
    <div className="bq-page">
      <header className="bq-page-tete">
        <div className="bq-page-titre">
          {fil && fil.length > 0 && (
            <nav aria-label="Fil d’Ariane">
              <ol className="bq-fil">
                {fil.map((f) => (
                  <li key={f.vers}>
                    <Lien vers={f.vers}>{f.libelle}</Lien>
                  </li>
                ))}
              </ol>
            </nav>
          )}
          <h1>{titre}</h1>
          {sousTitre && <div className="bq-discret">{sousTitre}</div>}
        </div>
        {(action || actions) && (
          <div className="bq-page-actions">
            {actions}
            {action}
          </div>
        )}
      </header>
      {children}
    </div>
  )
}
