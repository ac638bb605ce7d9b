import { Bouton, BoutonLien } from '../composants/bouton.tsx'
import { Page } from '../composants/page.tsx'
import { openOrganismes } from '../coquille/palette.tsx'
import { entreesVisibles } from '../coquille/rail.tsx'
import { useSession } from '../coquille/session.tsx'
import { ListeTaches, useModules, useTaches } from '../coquille/taches.tsx'
import { aujourdhuiAParis, formatJourLong } from '../format/jour.ts'

/** The first page of a body: what waits for this person, all trades together. */
export function PageAujourdhui() {
  const etat = useTaches()
  return (
    <Page titre="Aujourd’hui" sousTitre={formatJourLong(aujourdhuiAParis())}>
      <ListeTaches {...etat} />
      {!etat.enAttente && etat.taches.length === 0 && <Suites />}
    </Page>
  )
}

/** A finished list is not the end of the road: the pages of this body, and the other bodies. */
function Suites() {
  const vue = useSession()
  const pages = entreesVisibles(useModules(), vue).filter((e) => e.chemin !== '/')
  return (
    <nav className="bq-suites" aria-label="Pages de cet organisme">
      {pages.map((e) => (
        <BoutonLien key={e.chemin} icone={e.icone} vers={e.chemin} {...(e.portee ? { portee: e.portee } : {})}>
          {e.libelle}
        </BoutonLien>
      ))}
      {vue.session.organismes.length > 1 && <Bouton onClick={openOrganismes}>Aller dans un autre organisme</Bouton>}
    </nav>
  )
}
