/** `?onglet=agents&attention=oui`, or nothing: the filters of the list follow the reader from agent to agent. */
export function enRecherche(r: Readonly<Record<string, string | undefined>>): string {
  const q = new URLSearchParams(Object.entries(r).filter((e): e is [string, string] => Boolean(e[1])))
  return q.size > 0 ? `?${q}` : ''
}
