import { IconDownload, IconExternalLink, IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { chercher, remettre } from '../api/client.ts'
import { Bouton, BoutonIcone } from './bouton.tsx'
import { EtatVide } from './vide.tsx'

type Lu = { blob: Blob; objet: string }

/**
 * A paper beside what it feeds: PDF or image, from its address. It is fetched with the session and the body of the page,
 * which a plain frame could not do.
 */
export function VisionneuseDocument({ url, nom, hauteur = '72dvh' }: { url: string; nom: string; hauteur?: string }) {
  const [lu, setLu] = useState<Lu>()
  const [erreur, setErreur] = useState<Error>()
  const [zoom, setZoom] = useState(1)
  const [tour, setTour] = useState(0)
  useEffect(() => {
    const arret = new AbortController()
    let objet: string | undefined
    setLu(undefined)
    setErreur(undefined)
    setZoom(1)
    setTour(0)
    chercher(url, { signal: arret.signal, headers: { accept: '*/*' } })
      .then(async (r) => {
        const blob = await r.blob()
        if (arret.signal.aborted) return
        objet = URL.createObjectURL(blob)
        setLu({ blob, objet })
      })
      .catch((e: Error) => {
        if (!arret.signal.aborted) setErreur(e)
      })
    return () => {
      arret.abort()
      if (objet) URL.revokeObjectURL(objet)
    }
  }, [url])
  if (erreur)
    return (
      <EtatVide titre="Ce document n’a pas pu être ouvert." etat="attention">
        {erreur.message}
      </EtatVide>
    )
  if (!lu) return <p className="bq-discret">Ouverture de {nom}…</p>
  const image = lu.blob.type.startsWith('image/')
  const pdf = lu.blob.type === 'application/pdf'
  return (
    <figure className="bq-visionneuse" aria-label={nom}>
      <figcaption>
        <strong>{nom}</strong>
        <span className="bq-visionneuse-outils">
          {image && (
            <>
              <BoutonIcone
                icone={IconZoomOut}
                libelle="Réduire"
                onClick={() => setZoom((z) => Math.max(0.5, z / 1.25))}
              />
              <BoutonIcone
                icone={IconZoomIn}
                libelle="Agrandir"
                onClick={() => setZoom((z) => Math.min(6, z * 1.25))}
              />
              <BoutonIcone
                icone={IconRotateClockwise}
                libelle="Tourner"
                onClick={() => setTour((t) => (t + 90) % 360)}
              />
            </>
          )}
          <a
            className="bq-icone"
            href={lu.objet}
            target="_blank"
            rel="noreferrer"
            aria-label={`Ouvrir ${nom} dans un autre onglet`}
          >
            <IconExternalLink size={20} stroke={1.75} aria-hidden="true" />
          </a>
          <BoutonIcone icone={IconDownload} libelle="Enregistrer une copie" onClick={() => remettre(lu.blob, nom)} />
        </span>
      </figcaption>
      {image && (
        <section
          className="bq-visionneuse-image"
          aria-label={`Image : ${nom}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by the keyboard
          tabIndex={0}
          style={{ height: hauteur }}
        >
          <img src={lu.objet} alt={nom} style={{ width: `${zoom * 100}%`, rotate: `${tour}deg` }} />
        </section>
      )}
      {pdf && (
        <>
          <iframe
            className="bq-seulement-large"
            src={`${lu.objet}#navpanes=0&view=FitH`}
            title={nom}
            style={{ height: hauteur }}
          />
          {/* The browsers of phones do not draw a PDF inside a page. */}
          <div className="bq-seulement-etroit">
            <Bouton onClick={() => window.open(lu.objet, '_blank')}>Ouvrir le document</Bouton>
          </div>
        </>
      )}
      {!image && !pdf && <p>Ce format ne s’affiche pas ici : enregistrez-en une copie pour le lire.</p>}
    </figure>
  )
}
