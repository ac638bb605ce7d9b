import { requireRecent } from '#modules/acces/index.ts'
import type { Courrier } from '#socle/courriel/courriel.ts'
import { inPersonne } from '#socle/db/base.ts'
import { type Application, servirPersonne, servirPersonneLibre } from '#socle/http/servir.ts'
import { annulerFermeture, demanderFermeture, lireFermeture } from './contract.ts'
import { askFermeture, cancelFermeture, readFermeture } from './fermer.ts'

export function registerFermeture(application: Application, { courrier }: { courrier: Courrier }): void {
  servirPersonne(application, lireFermeture, ({ tx, qui }) => readFermeture(tx, qui.personneId))

  servirPersonneLibre(application, demanderFermeture, async ({ base, qui, body }) => {
    await requireRecent(base, qui)
    return inPersonne(base, qui.personneId, async (tx) => {
      await askFermeture(tx, courrier, qui, body.id)
      return readFermeture(tx, qui.personneId)
    })
  })

  servirPersonne(application, annulerFermeture, async ({ tx, qui }) => {
    await cancelFermeture(tx, courrier, qui)
    return readFermeture(tx, qui.personneId)
  })
}
