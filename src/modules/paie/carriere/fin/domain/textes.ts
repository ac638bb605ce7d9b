/** What founds each paper, with its source and whether it was read elsewhere than in memory. */
export const TEXTES = {
  certificatPrive: {
    texte: 'Code du travail, articles L. 1234-19 et D. 1234-6',
    source: 'claloi.info, « Le certificat de travail »',
    verifie: true,
  },
  soldeToutCompte: {
    texte: 'Code du travail, articles L. 1234-20 et D. 1234-7',
    source: 'fiche publique sur le reçu pour solde de tout compte',
    verifie: true,
  },
  certificatPublic: {
    texte: 'Décret n° 88-145 du 15 février 1988, article 38',
    source: 'connaissance générale',
    verifie: false,
  },
  recours: {
    texte: 'code de justice administrative, article R. 421-1',
    source: 'connaissance générale',
    verifie: false,
  },
} as const
