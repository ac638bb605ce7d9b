/** Only an address of ours: nobody is sent elsewhere by a forged link. */
export const suiteSure = (suite: string | undefined): string =>
  suite !== undefined && /^\/(?![/\\])/.test(suite) ? suite : '/'
