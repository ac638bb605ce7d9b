/** A sentence as it is printed: no line starts with « : », « ; », « ! », « ? » or a closing quotation mark. */
export const insecables = (texte: string): string =>
  texte.replace(/ (?=[:;!?»])/g, '\u00a0').replaceAll('« ', '«\u00a0')
