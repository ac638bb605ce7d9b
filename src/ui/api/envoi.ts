import { entetes, Probleme, problemeDe } from './client.ts'

/** Sends one file (multipart, part `fichier`, after its fields), telling how far it is. Only XHR knows that. */
export function envoyerFichier(
  url: string,
  fichier: File,
  options: { champs?: Record<string, string>; onProgres?: (part: number) => void; signal?: AbortSignal } = {},
): Promise<unknown> {
  return new Promise((fini, echec) => {
    const xhr = new XMLHttpRequest()
    xhr.open('POST', url)
    for (const [nom, v] of Object.entries(entetes('POST'))) xhr.setRequestHeader(nom, v)
    xhr.upload.onprogress = (e) => e.lengthComputable && options.onProgres?.(e.loaded / e.total)
    xhr.onload = () => {
      if (xhr.status < 300) fini(xhr.responseText === '' ? undefined : JSON.parse(xhr.responseText))
      else echec(problemeDe(xhr.status, xhr.responseText))
    }
    xhr.onerror = () =>
      echec(
        new Probleme({
          status: 0,
          code: 'reseau',
          title: 'Envoi interrompu',
          detail: 'La connexion a été coupée pendant l’envoi ; rien n’a été enregistré.',
        }),
      )
    xhr.onabort = () => echec(new DOMException('Envoi annulé', 'AbortError'))
    options.signal?.addEventListener('abort', () => xhr.abort())
    const corps = new FormData()
    for (const [nom, v] of Object.entries(options.champs ?? {})) corps.append(nom, v)
    corps.append('fichier', fichier, fichier.name)
    xhr.send(corps)
  })
}
