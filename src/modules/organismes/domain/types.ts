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

export const LIBELLES_TYPE: Record<TypeOrganisme, string> = {
  agence: 'Agence',
  commune: 'Commune',
  cc: 'Communauté de communes',
  ca: 'Communauté d’agglomération',
  ccas: 'CCAS',
  cias: 'CIAS',
  ehpad: 'EHPAD',
  sad: 'Service d’aide à domicile',
  ssiad: 'SSIAD',
  syndicat: 'Syndicat',
}
