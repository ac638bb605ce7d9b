/**
 * The tables, by name. Each module adds its own by declaration merging, next to its queries:
 * `declare module '#socle/db/tables.ts' { interface Tables { finances_mandat: MandatTable } }`
 */
// biome-ignore lint/suspicious/noEmptyInterface: filled by declaration merging
export interface Tables {}
