import { useEffect } from 'react'

/**
 * Alt+letter: while Alt is held each element with `data-touche` shows its letter (CSS), and the letter clicks the last
 * one on screen that has it, so that what opened over the page comes first.
 */
export function useTouchesAlt(): void {
  useEffect(() => {
    const racine = document.documentElement
    const baisser = () => racine.removeAttribute('data-alt')
    const surAppui = (e: KeyboardEvent) => {
      if (e.key === 'Alt') {
        racine.setAttribute('data-alt', '')
        return
      }
      // AltGr is Ctrl+Alt on some keyboards: it types characters and must stay theirs.
      if (!e.altKey || e.ctrlKey || e.metaKey) return
      const lettre = /^[a-z0-9]$/i.test(e.key) ? e.key.toLowerCase() : /^Key([A-Z])$/.exec(e.code)?.[1]?.toLowerCase()
      if (!lettre) return
      const cibles = [...document.querySelectorAll<HTMLElement>(`[data-touche="${lettre}"]`)]
      const cible = cibles.filter((c) => c.checkVisibility() && !c.matches(':disabled')).at(-1)
      if (!cible) return
      e.preventDefault()
      baisser()
      cible.focus()
      if (cible.matches('button, a, summary')) cible.click()
    }
    const surRelache = (e: KeyboardEvent) => {
      if (e.key !== 'Alt') return
      // Alone, Alt would move to the menu of the browser.
      if (document.querySelector('[data-touche]')) e.preventDefault()
      baisser()
    }
    document.addEventListener('keydown', surAppui)
    document.addEventListener('keyup', surRelache)
    window.addEventListener('blur', baisser)
    return () => {
      document.removeEventListener('keydown', surAppui)
      document.removeEventListener('keyup', surRelache)
      window.removeEventListener('blur', baisser)
      baisser()
    }
  }, [])
}
