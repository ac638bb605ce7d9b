/** When the person last did something here: what keeps a session awake is her, not the polls of the page. */
let dernierGeste = Date.now()

if (typeof window !== 'undefined')
  for (const geste of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
    window.addEventListener(
      geste,
      () => {
        dernierGeste = Date.now()
      },
      { capture: true, passive: true },
    )

/** Milliseconds since her last act. */
export const inactifDepuis = (): number => Date.now() - dernierGeste
