import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Megabytes of a process and of all those that it started. */
async function readMemoire(racine: number): Promise<number> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,rss='])
  const lignes = stdout
    .trim()
    .split('\n')
    .map((l) => l.trim().split(/\s+/).map(Number) as [number, number, number])
  const famille = new Set([racine])
  // a child has a line after its parent's, or before it: as many rounds as generations
  for (let avant = 0; avant !== famille.size; ) {
    avant = famille.size
    for (const [pid, parent] of lignes) if (famille.has(parent)) famille.add(pid)
  }
  return lignes.filter(([pid]) => famille.has(pid)).reduce((s, [, , ko]) => s + ko, 0) / 1024
}

/** Follows the memory of this process and of its workers; gives the greatest sum seen, in megabytes. */
export function watchMemoire(): () => number {
  let max = 0
  const minuterie = setInterval(async () => {
    max = Math.max(max, await readMemoire(process.pid).catch(() => 0))
  }, 500)
  return () => {
    clearInterval(minuterie)
    return Math.round(max)
  }
}
