import type { ModuleUi } from '#ui'
import { carriereUi } from '../carriere/ui/index.tsx'
import { gestionUi } from '../dossier/ui/gestion/index.tsx'
import { employeurUi } from '../employeur/ui/index.tsx'
import { mandatementUi } from '../mandatement/ui/index.tsx'
import { parametresUi } from '../parametres/ui/index.tsx'
import { productionUi } from '../production/ui/index.tsx'

const parties: readonly ModuleUi[] = [productionUi, parametresUi, gestionUi, carriereUi, employeurUi, mandatementUi]

/** All the screens of the payroll, in the order of the rail. */
const paieUi: ModuleUi = {
  nom: 'paie',
  rail: parties.flatMap((p) => p.rail),
  pages: parties.flatMap((p) => p.pages),
  palette: parties.flatMap((p) => p.palette ?? []),
  taches: parties.flatMap((p) => p.taches ?? []),
}
export default paieUi
