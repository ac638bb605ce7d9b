import type { ModuleUi } from '#ui'
import { budgetUi } from '../budget/ui/index.tsx'
import { echangesUi } from '../echanges/ui/index.tsx'
import { executionUi } from '../execution/ui/index.tsx'
import { recettesUi } from '../recettes/ui/index.tsx'

const parties: readonly ModuleUi[] = [budgetUi, executionUi, recettesUi, echangesUi]

/** All the screens of the finances, in the order of the rail. */
const financesUi: ModuleUi = {
  nom: 'finances',
  rail: parties.flatMap((p) => p.rail),
  pages: parties.flatMap((p) => p.pages),
  palette: parties.flatMap((p) => p.palette ?? []),
  taches: parties.flatMap((p) => p.taches ?? []),
}
export default financesUi
