import { euros, inEuros, sum } from '#socle/argent.ts'
import type { Ligne } from '../bulletin.ts'

type Isolee = { codes: string[]; valeur: (lignes: Ligne[]) => string | undefined }
const agent = (...codes: string[]): Isolee => ({ codes, valeur: (lignes) => total(lignes, codes, (l) => l.montant) })
const employeur = (...codes: string[]): Isolee => ({
  codes,
  valeur: (lignes) => total(lignes, codes, (l) => l.montantPatronal),
})
const base = (code: string): Isolee => ({
  codes: [code],
  valeur: (lignes) => lignes.find((l) => l.code === code)?.base,
})
const csg = (code: string): Isolee => ({
  codes: ['CSG_DED'],
  valeur: (lignes) => lignes.find((l) => l.code === code)?.montant,
})
const gain = (code: string): Isolee => ({ codes: [], valeur: (lignes) => lignes.find((l) => l.code === code)?.montant })

function total(lignes: Ligne[], codes: string[], part: (l: Ligne) => string | undefined): string | undefined {
  const found = lignes.filter((l) => codes.includes(l.code)).flatMap((l) => part(l) ?? [])
  return found.length === 0 ? undefined : inEuros(sum(found.map(euros)))
}

/** Figures that a case may expect one by one → the lines that give them. */
export const LIGNES_ISOLEES: Record<string, Isolee> = {
  cnracl_agent: agent('CNRACL'),
  cnracl_employeur: employeur('CNRACL'),
  atiacl: employeur('ATIACL'),
  feh: employeur('FEH'),
  rafp_agent: agent('RAFP'),
  rafp_employeur: employeur('RAFP'),
  ircantec_agent: agent('IRCANTEC_A', 'IRCANTEC_B'),
  ircantec_employeur: employeur('IRCANTEC_A', 'IRCANTEC_B'),
  // Its base is what remains after the pensions: they have to be computed too.
  contribution_solidarite: {
    codes: ['CNRACL', 'RAFP', 'SOLIDARITE'],
    valeur: (lignes) => lignes.find((l) => l.code === 'SOLIDARITE')?.montant,
  },
  maladie_employeur: employeur('MALADIE'),
  af: employeur('AF'),
  csa: employeur('CSA'),
  fnal: employeur('FNAL'),
  at: employeur('AT'),
  versement_mobilite: employeur('VM'),
  vieil_plaf_agent: agent('VIEIL_PLAF'),
  vieil_plaf_employeur: employeur('VIEIL_PLAF'),
  vieil_deplaf_agent: agent('VIEIL_DEPLAF'),
  vieil_deplaf_employeur: employeur('VIEIL_DEPLAF'),
  csg_deductible: csg('CSG_DED'),
  csg_non_deductible: csg('CSG_NON_DED'),
  crds: csg('CRDS'),
  ir: gain('IR'),
  assiette: base('VIEIL_DEPLAF'),
}
