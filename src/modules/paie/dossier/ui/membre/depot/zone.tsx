import { IconCamera, IconUpload } from '@tabler/icons-react'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { Bouton } from '#ui'
import { FORMATS, LIMITE } from './lignes.ts'

/** Files come in here: dropped, chosen, pasted anywhere on the page, or taken with the camera of a phone. */
export function ZoneDepot({ onFichiers }: { onFichiers: (fichiers: File[]) => void }) {
  const [survol, setSurvol] = useState(false)
  const choisir = useRef<HTMLInputElement>(null)
  const photo = useRef<HTMLInputElement>(null)
  const recevoir = useRef(onFichiers)
  recevoir.current = onFichiers
  useEffect(() => {
    const coller = (e: ClipboardEvent) => {
      const fichiers = [...(e.clipboardData?.files ?? [])]
      if (fichiers.length === 0) return
      e.preventDefault()
      recevoir.current(fichiers)
    }
    document.addEventListener('paste', coller)
    return () => document.removeEventListener('paste', coller)
  }, [])
  const deposer = (e: DragEvent) => {
    e.preventDefault()
    setSurvol(false)
    onFichiers([...e.dataTransfer.files])
  }
  const lire = (champ: HTMLInputElement) => {
    const fichiers = [...(champ.files ?? [])]
    champ.value = ''
    if (fichiers.length > 0) onFichiers(fichiers)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is one more way, the buttons inside do the same
    <div
      className="bq-depot-zone bq-membre-zone"
      data-survol={survol || undefined}
      onDragOver={(e) => {
        e.preventDefault()
        setSurvol(true)
      }}
      onDragLeave={() => setSurvol(false)}
      onDrop={deposer}
    >
      <IconUpload size={28} stroke={1.4} aria-hidden="true" />
      <div className="bq-depot-texte">
        <strong>Déposer des pièces</strong>
        <span className="bq-discret">
          <span className="bq-seulement-large">Glissez ici plusieurs fichiers, ou collez une image. </span>
          PDF, photo, tableur ou texte, {LIMITE} au plus.
        </span>
      </div>
      <div className="bq-rangee">
        <Bouton touche="d" onClick={() => choisir.current?.click()}>
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
        aria-label="Fichiers à déposer"
        accept={FORMATS}
        onChange={(e) => lire(e.currentTarget)}
      />
      <input
        ref={photo}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        aria-label="Photo à déposer"
        onChange={(e) => lire(e.currentTarget)}
      />
    </div>
  )
}
