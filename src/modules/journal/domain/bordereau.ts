import type { Tete } from './controle.ts'
import { ORIGINE } from './fait.ts'

export type LigneBordereau = Tete & { organismeId: string }

/** The heads of all the chains on one day, one per line: what the authority dates. */
export const texteBordereau = (
  rang: number,
  precedent: string | undefined,
  lignes: readonly LigneBordereau[],
): string =>
  [
    'Bosquet, bordereau de scellement des journaux, version 1',
    `rang ${rang}`,
    `precedent ${precedent ?? ORIGINE}`,
    ...lignes.map((l) => `${l.organismeId} ${l.numero} ${l.empreinte}`),
    '',
  ].join('\n')

const LIGNE = /^([0-9a-f-]{36}) (\d+) ([0-9a-f]{64})$/

export const lignesOf = (texte: string): LigneBordereau[] =>
  texte.split('\n').flatMap((ligne) => {
    const m = LIGNE.exec(ligne)
    return m ? [{ organismeId: m[1]!, numero: Number(m[2]), empreinte: m[3]! }] : []
  })

export const entetesOf = (texte: string): { rang: number; precedent: string } => {
  const [, rang, precedent] = texte.split('\n')
  return { rang: Number(rang?.slice('rang '.length)), precedent: precedent?.slice('precedent '.length) ?? '' }
}
