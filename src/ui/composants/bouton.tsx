import type { Icon } from '@tabler/icons-react'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import type { PageModule } from '../coquille/module.ts'
import { Lien } from '../coquille/navigation.tsx'

type Aspect = {
  /** `principal`: the one main act of a page. `discret`: without edge. `grave`: deletes or refuses. */
  variante?: 'principal' | 'normal' | 'discret' | 'grave'
  icone?: Icon
  /** Letter of its Alt shortcut, shown while Alt is held. */
  touche?: string
  children: ReactNode
}

type ProprietesBouton = Aspect &
  Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className'> & {
    /** Work under way: says so, and refuses a second press. */
    enCours?: boolean
    ref?: Ref<HTMLButtonElement>
  }

const raccourci = (touche: string | undefined) =>
  touche ? { 'data-touche': touche, 'aria-keyshortcuts': `Alt+${touche.toUpperCase()}` } : {}

export function Bouton({
  variante = 'normal',
  icone: Icone,
  touche,
  enCours,
  children,
  onClick,
  ...props
}: ProprietesBouton) {
  return (
    <button
      type="button"
      {...props}
      {...raccourci(touche)}
      className="bq-bouton"
      data-variante={variante}
      aria-busy={enCours || undefined}
      onClick={enCours ? undefined : onClick}
    >
      {enCours ? (
        <span className="bq-tourne" aria-hidden="true" />
      ) : (
        Icone && <Icone size={18} stroke={1.75} aria-hidden="true" />
      )}
      <span>{children}</span>
    </button>
  )
}

/** Looks like a button, goes to a page. */
export function BoutonLien({
  variante = 'normal',
  icone: Icone,
  touche,
  children,
  vers,
  portee,
}: Aspect & { vers: string; portee?: PageModule['portee'] }) {
  return (
    <Lien
      vers={vers}
      {...(portee ? { portee } : {})}
      className="bq-bouton"
      data-variante={variante}
      {...raccourci(touche)}
    >
      {Icone && <Icone size={18} stroke={1.75} aria-hidden="true" />}
      <span>{children}</span>
    </Lien>
  )
}

/** A square button with an icon only; its label is read, and shown on hover. */
export function BoutonIcone({
  icone: Icone,
  libelle,
  touche,
  ...props
}: { icone: Icon; libelle: string; touche?: string; ref?: Ref<HTMLButtonElement> } & Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'className' | 'children'
>) {
  return (
    <button type="button" title={libelle} {...props} {...raccourci(touche)} className="bq-icone" aria-label={libelle}>
      <Icone size={20} stroke={1.75} aria-hidden="true" />
    </button>
  )
}
