import type { Progression } from '#socle/progression.ts'
import { formatNombre } from '../format/nombre.ts'

const MOTS = {
  attente: 'En attente',
  enCours: 'En cours',
  pause: 'En pause',
  fait: 'Terminé',
  echec: 'Interrompu',
} as const

/** A bar with its figures in words: « 1 204 sur 5 500, En cours ». `relie` false says that news will come again. */
export function BarreProgression({
  libelle,
  progression,
  relie = true,
}: {
  libelle: string
  progression: Progression | undefined
  relie?: boolean
}) {
  const p = progression ?? { etat: 'attente' as const, fait: 0, total: 0 }
  const part = p.total > 0 ? Math.min(1, p.fait / p.total) : p.etat === 'fait' ? 1 : 0
  const compte = p.compte ?? (p.total > 0 ? `${formatNombre(p.fait)} sur ${formatNombre(p.total)}` : undefined)
  const fini = p.etat === 'fait' || p.etat === 'echec'
  return (
    <div className="bq-progression" data-etat={p.etat}>
      <div
        role="progressbar"
        aria-label={libelle}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(part * 100)}
        aria-valuetext={compte ?? MOTS[p.etat]}
        className="bq-progression-rail"
      >
        <div style={{ width: `${part * 100}%` }} />
      </div>
      <span className="bq-chiffres">
        {compte && `${compte} — `}
        {relie || fini || !progression ? MOTS[p.etat] : 'Liaison coupée, reprise automatique'}
      </span>
      {progression?.message && <span className="bq-discret">{progression.message}</span>}
    </div>
  )
}
