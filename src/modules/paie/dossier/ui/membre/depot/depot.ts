import { useSyncExternalStore } from 'react'
import { adresse, envoyerFichier, Probleme } from '#ui'
import { deposerPiece } from '../../../contract.ts'
import { champsDe, estModifiable, estVide, type Ligne, manques } from './lignes.ts'

/**
 * The files being deposited for one month of one body. They live outside of the page: going to read a payslip and
 * coming back loses nothing, and an upload goes on.
 */
type Depot = { lignes: readonly Ligne[]; ecouteurs: Set<() => void> }
const depots = new Map<string, Depot>()

function depotDe(cle: string): Depot {
  const d = depots.get(cle) ?? { lignes: [], ecouteurs: new Set() }
  depots.set(cle, d)
  return d
}

function ecrire(cle: string, f: (lignes: readonly Ligne[]) => readonly Ligne[]) {
  const d = depotDe(cle)
  d.lignes = f(d.lignes)
  for (const e of d.ecouteurs) e()
}

// Files cannot be kept by the browser: closing the tab would lose those that are not sent.
window.addEventListener('beforeunload', (e) => {
  if ([...depots.values()].some((d) => d.lignes.some((l) => l.etat !== 'depose'))) e.preventDefault()
})

export type Actes = {
  lignes: readonly Ligne[]
  ajouter: (nouvelles: readonly Ligne[]) => void
  changer: (id: string, c: Partial<Ligne>) => void
  recopier: (depuis: string) => void
  retirer: (id: string) => void
  remettre: (ligne: Ligne, rang: number) => void
  ranger: () => void
  /** Sends the lines, one after the other; tells how many were received. */
  envoyer: (ids: readonly string[]) => Promise<number>
}

export function useDepot(organismeId: string, mois: string): Actes {
  const cle = `${organismeId}/${mois}`
  const lignes = useSyncExternalStore(
    (f) => {
      const { ecouteurs } = depotDe(cle)
      ecouteurs.add(f)
      return () => ecouteurs.delete(f)
    },
    () => depotDe(cle).lignes,
  )
  const changer = (id: string, c: Partial<Ligne>) =>
    ecrire(cle, (ls) => ls.map((l) => (l.id === id ? { ...l, ...c } : l)))

  const envoyerUne = async (l: Ligne): Promise<boolean> => {
    changer(l.id, { etat: 'envoi', part: 0, raison: undefined })
    try {
      const reponse = await envoyerFichier(adresse(deposerPiece, { params: { mois } }), l.fichier, {
        champs: champsDe(l),
        onProgres: (part) => changer(l.id, { part }),
      })
      changer(l.id, { etat: 'depose', part: 1, piece: deposerPiece.reply.parse(reponse) })
      return true
    } catch (e) {
      changer(l.id, {
        etat: 'refuse',
        raison: (e as Error).message,
        erreurs: e instanceof Probleme ? e.champs : {},
      })
      return false
    }
  }

  return {
    lignes,
    ajouter: (nouvelles) => ecrire(cle, (ls) => [...ls, ...nouvelles]),
    changer,
    recopier: (depuis) =>
      ecrire(cle, (ls) => {
        const rang = ls.findIndex((l) => l.id === depuis)
        const m = ls[rang]
        if (!m) return ls
        const { nature, effet, tous, carrieres } = m
        return ls.map((l, i) =>
          i > rang && estModifiable(l) && !l.remplace ? { ...l, nature, effet, tous, carrieres, erreurs: {} } : l,
        )
      }),
    retirer: (id) => ecrire(cle, (ls) => ls.filter((l) => l.id !== id)),
    remettre: (ligne, rang) => ecrire(cle, (ls) => [...ls.slice(0, rang), ligne, ...ls.slice(rang)]),
    ranger: () => ecrire(cle, (ls) => ls.filter((l) => l.etat !== 'depose')),
    envoyer: async (ids) => {
      const voulues = depotDe(cle).lignes.filter((l) => ids.includes(l.id) && estModifiable(l) && !estVide(l))
      for (const l of voulues) changer(l.id, { erreurs: manques(l) })
      const pretes = voulues.filter((l) => Object.keys(manques(l)).length === 0)
      for (const l of pretes) changer(l.id, { etat: 'attente', raison: undefined })
      let recues = 0
      // One at a time: on a poor network the first is received before the last begins.
      for (const l of pretes) if (await envoyerUne(l)) recues++
      return recues
    },
  }
}
