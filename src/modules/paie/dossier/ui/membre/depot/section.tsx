import { IconSend } from '@tabler/icons-react'
import { useMemo, useRef } from 'react'
import { annulable, Bouton, type Choix, compter, signaler, useApi, useInvalidation, useOrganisme } from '#ui'
import { lireDossier, listerAgents, listerJournal, listerPieces } from '../../../contract.ts'
import { useDepot } from './depot.ts'
import { LigneDepot } from './ligne.tsx'
import { creerLigne, estModifiable, estVide, type Ligne } from './lignes.ts'
import { ZoneDepot } from './zone.tsx'

/** Everything a secretary drops for the month, from the file to its receipt. `enRetrait`: not there while nothing is being deposited. */
export function SectionDepot({ mois, enRetrait }: { mois: string; enRetrait: boolean }) {
  const organisme = useOrganisme()
  const lus = useApi(listerAgents, { params: { mois } })
  const depot = useDepot(organisme.id, mois)
  const invalider = useInvalidation()
  const liste = useRef<HTMLUListElement>(null)
  const agents = lus.data?.agents ?? []
  const choix = useMemo(
    () =>
      (lus.data?.agents ?? []).map(
        (a): Choix => ({ valeur: a.carriereId, libelle: `${a.nom} ${a.prenom}, ${a.emploi.toLowerCase()}` }),
      ),
    [lus.data],
  )
  const aEnvoyer = depot.lignes.filter((l) => estModifiable(l) && !estVide(l))
  const deposees = depot.lignes.filter((l) => l.etat === 'depose').length

  const ajouter = (fichiers: File[]) => {
    depot.ajouter(fichiers.map((f) => creerLigne(f, agents)))
    requestAnimationFrame(() => {
      // On the line itself: the next Tab is its kind, the first thing to say about a file.
      const premiere = liste.current?.children[depot.lignes.length]
      if (premiere instanceof HTMLElement) premiere.focus({ preventScroll: true })
      premiere?.scrollIntoView({ block: 'nearest' })
    })
  }
  const envoyer = async (ids: readonly string[]) => {
    const recues = await depot.envoyer(ids)
    if (recues > 0) {
      signaler(`${compter(recues, 'pièce déposée', 'pièces déposées')}. Le reçu de chacune est sur sa ligne.`)
      await invalider([lireDossier, listerPieces, listerJournal])
    }
    requestAnimationFrame(() => liste.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  const retirer = (l: Ligne, rang: number) => {
    depot.retirer(l.id)
    if (l.etat !== 'depose') annulable(`${l.fichier.name} est retiré de la liste.`, () => depot.remettre(l, rang))
  }

  if (enRetrait && depot.lignes.length === 0) return null
  return (
    <section className="bq-membre-depot" aria-label="Déposer des pièces">
      <ZoneDepot onFichiers={ajouter} />
      {depot.lignes.length > 0 && (
        <>
          <ul ref={liste} className="bq-membre-lignes" aria-label="Fichiers à déposer et déposés">
            {depot.lignes.map((l, i) => (
              <LigneDepot
                key={l.id}
                ligne={l}
                agents={choix}
                aDesSuivantes={depot.lignes.slice(i + 1).some((s) => estModifiable(s) && !estVide(s) && !s.remplace)}
                nEstPasSeule={aEnvoyer.length > 1}
                onChange={(c) => depot.changer(l.id, c)}
                onRetirer={() => retirer(l, i)}
                onRecopier={() => depot.recopier(l.id)}
                onEnvoyer={() => void envoyer([l.id])}
              />
            ))}
          </ul>
          <div className="bq-rangee">
            {aEnvoyer.length > 0 && (
              <Bouton
                variante="principal"
                icone={IconSend}
                touche="e"
                onClick={() => void envoyer(aEnvoyer.map((l) => l.id))}
              >
                {aEnvoyer.length > 1 ? `Déposer les ${aEnvoyer.length} pièces` : 'Déposer la pièce'}
              </Bouton>
            )}
            {deposees > 1 && (
              <Bouton variante="discret" onClick={depot.ranger}>
                Ranger les reçus ({deposees})
              </Bouton>
            )}
          </div>
        </>
      )}
    </section>
  )
}
