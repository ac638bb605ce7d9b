import { readdirSync, readFileSync } from 'node:fs'

/** A process and all those that it started, while they live. */
function family(racine: number): number[] {
  const enfants = readdirSync(`/proc/${racine}/task`).flatMap((fil) =>
    readFileSync(`/proc/${racine}/task/${fil}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
  )
  return [racine, ...enfants.flatMap(family)]
}

/** Megabytes of a process: its own, and those of the files that it maps (the same program for all of them). */
function readMemoire(pid: number): { propre: number; programme: number } {
  const etat = readFileSync(`/proc/${pid}/status`, 'utf8')
  const megas = (nom: string) => Number(new RegExp(`^${nom}:\\s+(\\d+) kB`, 'm').exec(etat)![1]) / 1024
  return { propre: megas('RssAnon') + megas('RssShmem'), programme: megas('RssFile') }
}

/**
 * Follows the memory of this process and of its workers; gives the greatest sum seen, in megabytes. It reads the
 * counters of Linux, which costs nothing: neither a `ps` forked from a process of a gigabyte nor a walk over its pages
 * (`smaps_rollup`), each of which took a tenth of the time that was being measured.
 */
export function watchMemoire(): () => number {
  let max = 0
  const minuterie = setInterval(() => {
    try {
      const processus = family(process.pid).map(readMemoire)
      const propre = processus.reduce((somme, p) => somme + p.propre, 0)
      max = Math.max(max, propre + Math.max(...processus.map((p) => p.programme)))
    } catch {
      // one of them ended between its name and its figure: the next reading is in half a second
    }
  }, 500)
  return () => {
    clearInterval(minuterie)
    return Math.round(max)
  }
}
