import { useMantineColorScheme } from '@mantine/core'
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react'
import { DENSITES, type Densite } from './jetons.ts'

/** What a person chose for her eyes, kept on this device under her account. */
type Preferences = {
  densite: Densite
  theme: 'light' | 'dark' | 'auto'
  railOuvert: boolean
}

const INITIALES: Preferences = { densite: 'dense', theme: 'auto', railOuvert: true }

type Contexte = Preferences & { changer: (p: Partial<Preferences>) => void }
const ContextePreferences = createContext<Contexte>({ ...INITIALES, changer: () => {} })

export const usePreferences = () => useContext(ContextePreferences)

const cleDe = (compte: string | undefined) => `bosquet.preferences.${compte ?? 'poste'}`

function lire(compte: string | undefined): Preferences {
  try {
    const lues = JSON.parse(localStorage.getItem(cleDe(compte)) ?? '{}') as Partial<Preferences>
    const p = { ...INITIALES, ...lues }
    return p.densite in DENSITES ? p : { ...p, densite: INITIALES.densite }
  } catch {
    // Storage closed by the browser, or an old shape: the defaults serve.
    return INITIALES
  }
}

export function ProviderPreferences({ compte, children }: { compte: string | undefined; children: ReactNode }) {
  const [preferences, setPreferences] = useState(() => lire(compte))
  const { setColorScheme } = useMantineColorScheme()
  useEffect(() => setPreferences(lire(compte)), [compte])
  useEffect(() => {
    const d = DENSITES[preferences.densite]
    const racine = document.documentElement
    racine.dataset.densite = preferences.densite
    racine.style.setProperty('--bq-ligne', `${d.ligne / 16}rem`)
    racine.style.setProperty('--bq-champ', `${d.champ / 16}rem`)
    racine.style.setProperty('--bq-taille', `${d.texte / 16}rem`)
  }, [preferences.densite])
  useEffect(() => setColorScheme(preferences.theme), [preferences.theme, setColorScheme])
  const changer = useCallback(
    (p: Partial<Preferences>) => {
      setPreferences((avant) => {
        const apres = { ...avant, ...p }
        try {
          localStorage.setItem(cleDe(compte), JSON.stringify(apres))
        } catch {
          // The choice then lasts as long as the page.
        }
        return apres
      })
    },
    [compte],
  )
  const valeur = useMemo(() => ({ ...preferences, changer }), [preferences, changer])
  return <ContextePreferences value={valeur}>{children}</ContextePreferences>
}
