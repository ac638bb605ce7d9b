/** One échelon: gross index, majored index since 2024-01-01, months before the next one (0 for the last). */
export type Echelon = { ib: number; im: number; dureeMois: number }

const read = (texte: string): Echelon[] =>
  texte
    .trim()
    .split(/\s+/)
    .map((ligne) => {
      const [ib, im, dureeMois] = ligne.split('/').map(Number)
      if (ib === undefined || im === undefined || dureeMois === undefined) throw new Error(`bad échelon ${ligne}`)
      return { ib, im, dureeMois }
    })

/**
 * The nine scales whose majored index is the same in two independent public sources (mark « verified » of the reference
 * grids); the demonstration uses no other one.
 */
export const ECHELLES: Readonly<Record<string, Echelon[]>> = {
  C1: read(
    '367/366/12 368/367/12 370/368/12 371/369/12 374/370/12 378/371/12 381/372/36 387/373/36 401/376/36 419/377/48 432/387/0',
  ),
  C2: read(
    '368/367/12 371/369/12 376/370/12 387/373/12 396/374/12 404/376/12 416/377/24 430/385/24 446/397/36 461/409/36 473/417/48 486/425/0',
  ),
  C3: read(
    '388/373/12 397/375/12 412/376/24 430/385/24 448/398/24 460/408/24 478/420/36 499/435/36 525/455/36 558/478/0',
  ),
  B1: read(
    '389/373/12 395/374/12 397/375/12 401/376/12 415/377/24 431/386/24 452/401/24 478/420/36 500/436/36 513/446/36 538/462/36 563/482/48 597/508/0',
  ),
  B2: read(
    '401/376/12 415/377/12 429/384/24 444/395/24 458/406/24 480/421/24 506/441/36 528/457/36 542/466/36 567/485/36 599/509/48 638/539/0',
  ),
  B3: read(
    '446/397/12 461/409/24 484/424/24 513/446/24 547/470/24 573/489/36 604/513/36 638/539/36 660/556/36 684/574/36 707/592/0',
  ),
  'A-attache': read(
    '444/395/18 469/415/24 499/435/24 525/455/24 567/485/30 611/518/36 653/550/36 693/580/36 732/610/36 778/645/48 821/678/0',
  ),
  'A-attache-principal': read(
    '593/505/24 639/540/24 693/580/24 732/610/24 791/655/24 843/695/30 896/735/30 946/773/36 995/811/36 1015/826/0',
  ),
  'A-attache-hc': read('797/660/24 850/700/24 896/735/24 946/773/30 995/811/36 1027/835/0'),
}

export function echelonOf(echelle: string, echelon: number): Echelon {
  const e = ECHELLES[echelle]?.[echelon - 1]
  if (!e) throw new Error(`no échelon ${echelon} in ${echelle}`)
  return e
}
