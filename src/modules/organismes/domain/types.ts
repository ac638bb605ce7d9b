export const TYPES_ORGANISME = [
  'agence',
  'commune',
  'cc',
  'ca',
  'ccas',
  'cias',
  'ehpad',
  'sad',
  'ssiad',
  'syndicat',
] as const
export type TypeOrganisme = (typeof TYPES_ORGANISME)[number]
