import { useMediaQuery } from '@mantine/hooks'
import { Notifications, notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'

/** Where they appear: away from the acts of a page, which stand on the right, and under the thumb on a phone. */
export function PlaceAvis() {
  const etroit = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false })
  return <Notifications position={etroit ? 'top-center' : 'bottom-center'} limit={4} transitionDuration={100} />
}

const icone = { color: 'transparent', withBorder: true } as const

let dernier: string | undefined

/** « C’est fait », for seven seconds, read by screen readers. The next one takes its place: they do not pile up. */
export function signaler(message: string): void {
  if (dernier !== undefined) notifications.hide(dernier)
  dernier = notifications.show({
    ...icone,
    message,
    autoClose: 7000,
    icon: <IconCircleCheck className="bq-avis-fait" aria-hidden />,
  })
}

/** What went wrong and has no field to stand by. It stays until closed. */
export function alerter(titre: string, message: string): void {
  notifications.show({
    ...icone,
    title: titre,
    message,
    autoClose: false,
    icon: <IconAlertTriangle className="bq-avis-bloquant" aria-hidden />,
  })
}

/** A destructive act is done at once, and can be undone for ten seconds: nothing is asked before. */
export function annulable(message: string, annuler: () => void | Promise<void>): void {
  const id = `annulable-${Date.now()}`
  notifications.show({
    ...icone,
    id,
    autoClose: 10_000,
    icon: <IconCircleCheck className="bq-avis-fait" aria-hidden />,
    message: (
      <span className="bq-annulable">
        {message}
        <button
          type="button"
          className="bq-bouton"
          data-variante="discret"
          data-touche="z"
          aria-keyshortcuts="Alt+Z"
          onClick={() => {
            notifications.hide(id)
            void annuler()
          }}
        >
          Annuler
        </button>
      </span>
    ),
  })
}
