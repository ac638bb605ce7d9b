import { Page } from '../composants/page.tsx'
import { ListeTaches, useTaches } from '../coquille/taches.tsx'
import { aujourdhuiAParis, formatJourLong } from '../format/jour.ts'

/** The first page of a body: what waits for this person, all trades together. */
export function PageAujourdhui() {
  const etat = useTaches()
  return (
    <Page titre="Aujourd’hui" sousTitre={formatJourLong(aujourdhuiAParis())}>
      <ListeTaches {...etat} />
    </Page>
  )
}
