import acces from '#modules/acces/ui/index.tsx'
import coffre from '#modules/coffre/ui/index.tsx'
import finances from '#modules/finances/ui/index.tsx'
import journal from '#modules/journal/ui/index.tsx'
import paieMembre from '#modules/paie/dossier/ui/membre/index.tsx'
import paieEditions from '#modules/paie/production/ui/editions/index.tsx'
import paie from '#modules/paie/ui/index.tsx'
import type { ModuleUi } from '#ui'

/**
 * The modules of the application, in the order of the rail. A module adds its line here:
 * `import paie from '#modules/paie/ui/index.tsx'`.
 */
export const modules: readonly ModuleUi[] = [paie, paieMembre, paieEditions, finances, coffre, journal, acces]
