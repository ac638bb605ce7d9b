import { IconSend } from '@tabler/icons-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { annulable, Bouton, type Choix, compter, signaler, useApi, useInvalidation, useOrganisme } from '#ui'
import { LIBELLES_NATURE, lireDossier, listerAgents, listerJournal, listerPieces } from '../../../contract.ts'
import { useDepot } from './depot.ts'
import { LigneDepot } from './ligne.tsx'
import { creerLigne, estModifiable, estVide, type Ligne } from './lignes.ts'
import { AIDE_TOUCHES, commencantPar, lireTouche } from './tri.ts'
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
  const [saisie, setSaisie] = useState<string>()
  const surTouche = (e: KeyboardEvent<HTMLUListElement>) => {
    // Only on the file itself: in a field, a letter is a letter.
    if (e.altKey || e.ctrlKey || e.metaKey || !(e.target instanceof HTMLLIElement)) return
    const items = [...(liste.current?.children ?? [])]
    const rang = items.indexOf(e.target)
    const l = depot.lignes[rang]
    const geste = lireTouche(e.key, saisie, agents)
    if (!l || !geste) return
    e.preventDefault()
    e.stopPropagation()
    const changer = (c: Partial<Ligne>) =>
      estModifiable(l) && depot.changer(l.id, { ...c, erreurs: {}, estProposee: false })
    setSaisie(geste.quoi === 'agent' ? geste.saisie : undefined)
    if (geste.quoi === 'aller') {
      const suivant = items[rang + geste.pas]
      if (suivant instanceof HTMLElement) suivant.focus()
    } else if (geste.quoi === 'nature')
      changer({ nature: geste.nature, libelle: l.libelle.trim() || LIBELLES_NATURE[geste.nature] })
    else if (geste.quoi === 'tous') changer({ tous: !l.tous })
    else if (geste.quoi === 'agent' && geste.candidats.length === 1) {
      const { carriereId } = geste.candidats[0]!
      changer({ tous: false, carrieres: [...new Set([...l.carrieres, carriereId])] })
      setSaisie(undefined)
    }
  }
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
          {aEnvoyer.length > 1 && <AideTri saisie={saisie} candidats={saisie ? commencantPar(saisie, agents) : []} />}
          <ul
            ref={liste}
            className="bq-membre-lignes"
            aria-label="Fichiers à déposer et déposés"
            onKeyDown={surTouche}
            onBlur={() => setSaisie(undefined)}
          >
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

/** The keys that sort a pile of files, and the name being typed. */
function AideTri({
  saisie,
  candidats,
}: {
  saisie: string | undefined
  candidats: readonly { carriereId: string; nom: string; prenom: string }[]
}) {
  return (
    <div className="bq-membre-tri bq-seulement-large">
      <details>
        <summary>Trier au clavier : flèches, une lettre pour la nature, espace puis le nom pour l’agent</summary>
        <ul>
          {AIDE_TOUCHES.map((t) => (
            <li key={t.touche}>
              <kbd>{t.touche}</kbd> {t.libelle}
            </li>
          ))}
          <li>
            <kbd>Espace</kbd> puis les lettres du nom
          </li>
          <li>
            <kbd>*</kbd> tout l’organisme
          </li>
        </ul>
      </details>
      <span role="status">
        {saisie !== undefined &&
          `Agent : ${saisie}… ${candidats
            .slice(0, 6)
            .map((a) => `${a.nom} ${a.prenom}`)
            .join(', ')}`}
      </span>
    </div>
  )
}
