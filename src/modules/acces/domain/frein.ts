/**
 * Seconds to wait after a number of consecutive failures: nothing for the first three, then doubled up to fifteen
 * minutes. A person who mistypes is not disturbed; a program that tries words is stopped.
 */
export const attenteApres = (echecs: number): number => (echecs < 3 ? 0 : Math.min(2 ** (echecs - 3) * 5, 900))
