import { IconCamera, IconCircleCheck, IconOctagonMinus, IconUpload, IconX } from '@tabler/icons-react'
import { type ClipboardEvent, type DragEvent, useEffect, useId, useRef, useState } from 'react'
import { formatOctets } from '../format/nombre.ts'
import { Bouton, BoutonIcone } from './bouton.tsx'

type Envoi = {
  id: string
  fichier: File
  part: number
  etat: 'attente' | 'enCours' | 'fait' | 'refuse'
  raison?: string
}

export type ProprietesDepot = {
  libelle: string
  aide?: string
  /** Sends one file; its refusal (a `Probleme`) is shown beside it. `envoyerFichier` does it. */
  envoyer: (fichier: File, suivi: { onProgres: (part: number) => void; signal: AbortSignal }) => Promise<unknown>
  /** One file arrived. */
  onRecu?: (fichier: File, reponse: unknown) => void
  /** `.pdf,.jpg`, or MIME types, as the attribute `accept`. The server decides in the end. */
  formats?: string
  tailleMax?: number
}

const SIMULTANES = 2

const accepte = (f: File, formats: string | undefined): boolean =>
  formats === undefined ||
  formats.split(',').some((x) => {
    const motif = x.trim().toLowerCase()
    if (motif.startsWith('.')) return f.name.toLowerCase().endsWith(motif)
    return motif.endsWith('/*') ? f.type.startsWith(motif.slice(0, -1)) : f.type === motif
  })

/** Several files at once: dropped, chosen, pasted, or taken with the camera of a phone. */
export function DepotFichiers({
  libelle,
  aide,
  envoyer,
  onRecu,
  formats,
  tailleMax = 25 * 1024 * 1024,
}: ProprietesDepot) {
  const [envois, setEnvois] = useState<Envoi[]>([])
  const [survol, setSurvol] = useState(false)
  const choisir = useRef<HTMLInputElement>(null)
  const photo = useRef<HTMLInputElement>(null)
  const arrets = useRef(new Map<string, AbortController>())
  const aideId = useId()
  const changer = (id: string, c: Partial<Envoi>) =>
    setEnvois((avant) => avant.map((e) => (e.id === id ? { ...e, ...c } : e)))

  const lancer = async (e: Envoi) => {
    const arret = new AbortController()
    arrets.current.set(e.id, arret)
    try {
      const reponse = await envoyer(e.fichier, { onProgres: (part) => changer(e.id, { part }), signal: arret.signal })
      changer(e.id, { etat: 'fait', part: 1 })
      onRecu?.(e.fichier, reponse)
    } catch (erreur) {
      if (!arret.signal.aborted) changer(e.id, { etat: 'refuse', raison: (erreur as Error).message })
    } finally {
      arrets.current.delete(e.id)
    }
  }

  // Two at a time: a phone on a poor network finishes the first before the last.
  // biome-ignore lint/correctness/useExhaustiveDependencies: `lancer` closes over nothing that changes its meaning
  useEffect(() => {
    const libres = SIMULTANES - envois.filter((e) => e.etat === 'enCours').length
    const suivants = envois.filter((e) => e.etat === 'attente').slice(0, Math.max(0, libres))
    if (suivants.length === 0) return
    setEnvois((avant) => avant.map((e) => (suivants.some((s) => s.id === e.id) ? { ...e, etat: 'enCours' } : e)))
    for (const e of suivants) void lancer(e)
  }, [envois])

  const ajouter = (fichiers: Iterable<File>) =>
    setEnvois((avant) => [
      ...avant,
      ...Array.from(fichiers, (fichier): Envoi => {
        const base = { id: crypto.randomUUID(), fichier, part: 0 }
        if (fichier.size === 0) return { ...base, etat: 'refuse', raison: 'Ce fichier est vide.' }
        if (fichier.size > tailleMax)
          return {
            ...base,
            etat: 'refuse',
            raison: `Ce fichier pèse ${formatOctets(fichier.size)} ; la limite est ${formatOctets(tailleMax)}.`,
          }
        if (!accepte(fichier, formats)) return { ...base, etat: 'refuse', raison: 'Ce format n’est pas accepté ici.' }
        return { ...base, etat: 'attente' }
      }),
    ])

  const deposer = (e: DragEvent) => {
    e.preventDefault()
    setSurvol(false)
    ajouter(e.dataTransfer.files)
  }
  const coller = (e: ClipboardEvent) => {
    if (e.clipboardData.files.length === 0) return
    e.preventDefault()
    ajouter(e.clipboardData.files)
  }
  const retirer = (e: Envoi) => {
    arrets.current.get(e.id)?.abort()
    setEnvois((avant) => avant.filter((x) => x.id !== e.id))
  }

  return (
    <div className="bq-depot">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way, the buttons inside do the same */}
      <div
        className="bq-depot-zone"
        data-survol={survol || undefined}
        onDragOver={(e) => {
          e.preventDefault()
          setSurvol(true)
        }}
        onDragLeave={() => setSurvol(false)}
        onDrop={deposer}
        onPaste={coller}
      >
        <IconUpload size={28} stroke={1.4} aria-hidden="true" />
        <div className="bq-depot-texte">
          <strong>{libelle}</strong>
          <span className="bq-discret" id={aideId}>
            <span className="bq-seulement-large">Glissez plusieurs fichiers ici, ou collez une image. </span>
            {aide ?? `${formatOctets(tailleMax)} au plus par fichier.`}
          </span>
        </div>
        <div className="bq-rangee">
          <Bouton onClick={() => choisir.current?.click()} aria-describedby={aideId}>
            Choisir des fichiers
          </Bouton>
          <span className="bq-depot-photo">
            <Bouton icone={IconCamera} onClick={() => photo.current?.click()}>
              Prendre une photo
            </Bouton>
          </span>
        </div>
        <input
          ref={choisir}
          type="file"
          multiple
          hidden
          {...(formats ? { accept: formats } : {})}
          onChange={(e) => {
            ajouter(e.currentTarget.files ?? [])
            e.currentTarget.value = ''
          }}
        />
        <input
          ref={photo}
          type="file"
          accept="image/*"
          capture="environment"
          hidden
          onChange={(e) => {
            ajouter(e.currentTarget.files ?? [])
            e.currentTarget.value = ''
          }}
        />
      </div>
      {envois.length > 0 && (
        <ul className="bq-depot-liste" aria-label="Fichiers déposés">
          {envois.map((e) => (
            <li key={e.id}>
              <LigneEnvoi
                envoi={e}
                onRetirer={() => retirer(e)}
                onReprendre={() => changer(e.id, { etat: 'attente', part: 0 })}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function LigneEnvoi({
  envoi: e,
  onRetirer,
  onReprendre,
}: {
  envoi: Envoi
  onRetirer: () => void
  onReprendre: () => void
}) {
  return (
    <div className="bq-depot-ligne">
      {e.etat === 'fait' && <IconCircleCheck size={20} className="bq-avis-fait" aria-hidden="true" />}
      {e.etat === 'refuse' && <IconOctagonMinus size={20} className="bq-avis-bloquant" aria-hidden="true" />}
      <span className="bq-depot-nom">{e.fichier.name}</span>
      <span className="bq-discret bq-chiffres">{formatOctets(e.fichier.size)}</span>
      {e.etat === 'enCours' && (
        <div
          role="progressbar"
          aria-label={`Envoi de ${e.fichier.name}`}
          aria-valuemin={0}
          aria-valuemax={100}
          aria-valuenow={Math.round(e.part * 100)}
          className="bq-progression-rail"
        >
          <div style={{ width: `${e.part * 100}%` }} />
        </div>
      )}
      <span
        role={e.etat === 'refuse' ? 'alert' : 'status'}
        className={e.etat === 'refuse' ? 'bq-erreur' : 'bq-discret'}
      >
        {e.etat === 'attente' && 'En attente'}
        {e.etat === 'fait' && 'Reçu'}
        {e.etat === 'refuse' && `Non reçu : ${e.raison}`}
      </span>
      {e.etat === 'refuse' && e.fichier.size > 0 && (
        <Bouton variante="discret" onClick={onReprendre}>
          Réessayer
        </Bouton>
      )}
      {e.etat !== 'fait' && (
        <BoutonIcone icone={IconX} libelle={`Retirer ${e.fichier.name} de la liste`} onClick={onRetirer} />
      )}
    </div>
  )
}
