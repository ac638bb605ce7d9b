import './cockpit.css'
import {
  IconAlertTriangle,
  IconCalculator,
  IconCircleCheck,
  IconCirclePlus,
  IconClockHour4,
  IconOctagonMinus,
  IconSend,
} from '@tabler/icons-react'
import { formatJour, Lien } from '#ui'
import { LIBELLES_RESTE } from '../libelles.tsx'
import { estEnRetard, parUrgence, type Reste, resteAFaire, type Suivi } from '../reste.ts'

const ICONES: Record<Reste, typeof IconSend> = {
  bloquant: IconOctagonMinus,
  renvoyee: IconAlertTriangle,
  calculer: IconCalculator,
  recalculer: IconCalculator,
  envoyer: IconSend,
  completer: IconCirclePlus,
  approuver: IconClockHour4,
  remettre: IconClockHour4,
  fini: IconCircleCheck,
}

/** Every body of the month on one screen, the late ones first; each opens its month. */
export function Carreaux({ suivis, mois, aujourdhui }: { suivis: readonly Suivi[]; mois: string; aujourdhui: string }) {
  return (
    <ul className="paie-carreaux">
      {parUrgence(suivis, aujourdhui).map((s) => {
        const reste = resteAFaire(s)
        const retard = estEnRetard(s, aujourdhui)
        const Icone = ICONES[reste]
        const mot = `${LIBELLES_RESTE[reste].libelle}${retard ? `, en retard depuis le ${formatJour(s.dateLimite!)}` : ''}`
        return (
          <li key={s.client}>
            <Lien
              vers={`/o/${s.siren}/paie/gestion/${mois}`}
              title={`${s.nom} : ${mot}`}
              className="paie-carreau"
              data-retard={retard || undefined}
            >
              <Icone
                size={16}
                stroke={1.75}
                aria-hidden="true"
                style={{
                  color: `var(--bq-${retard ? 'attention' : LIBELLES_RESTE[reste].etat.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`)})`,
                }}
              />
              <span>
                {s.nom.replace(/^Commune d(e |’|es |u )/, '')}
                <span className="bq-lu"> : {mot}</span>
              </span>
            </Lien>
          </li>
        )
      })}
    </ul>
  )
}
