import { useEffect, useState } from 'react'
import { type Progression, zProgression } from '#socle/progression.ts'
import { chercher, Probleme } from './client.ts'

export type Evenement = { id?: string; type: string; data: string }

/** Cuts a stream of server-sent events; what is not complete yet waits for the next piece. */
export function createDecoupeur(): (morceau: string) => Evenement[] {
  let reste = ''
  return (morceau) => {
    reste = (reste + morceau).replace(/\r\n/g, '\n')
    const blocs = reste.split('\n\n')
    reste = blocs.pop()!
    return blocs.flatMap((bloc) => {
      const e: Evenement = { type: 'message', data: '' }
      const data: string[] = []
      for (const ligne of bloc.split('\n')) {
        const m = /^(data|event|id):\s?(.*)$/.exec(ligne)
        if (m?.[1] === 'data') data.push(m[2]!)
        else if (m?.[1] === 'event') e.type = m[2]!
        else if (m?.[1] === 'id') e.id = m[2]!
      }
      e.data = data.join('\n')
      return data.length > 0 ? [e] : []
    })
  }
}

const attente = (ms: number, signal: AbortSignal) =>
  new Promise<void>((fini) => {
    const t = setTimeout(fini, ms)
    signal.addEventListener('abort', () => {
      clearTimeout(t)
      fini()
    })
  })

/**
 * Listens until told to stop, and connects again by itself (1 s, 2 s, … 15 s). A plain `EventSource` cannot carry the
 * header of the body, hence `fetch`.
 */
async function ecouter(
  url: string,
  signal: AbortSignal,
  recevoir: (e: Evenement) => 'suite' | 'fin',
  { onLien = () => {}, organisme }: { onLien?: (relie: boolean) => void; organisme?: string | undefined } = {},
): Promise<void> {
  let pause = 1000
  let dernier: string | undefined
  while (!signal.aborted) {
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' }
      if (organisme !== undefined) headers['x-organisme'] = organisme
      if (dernier !== undefined) headers['last-event-id'] = dernier
      const r = await chercher(url, { signal, headers })
      onLien(true)
      const lecteur = r.body!.pipeThrough(new TextDecoderStream()).getReader()
      const decouper = createDecoupeur()
      for (;;) {
        const { value, done } = await lecteur.read()
        if (done) break
        for (const e of decouper(value)) {
          pause = 1000
          dernier = e.id ?? dernier
          if (recevoir(e) === 'fin') {
            await lecteur.cancel()
            return
          }
        }
      }
    } catch (e) {
      if (signal.aborted) return
      // Refused for good: asking again would not change the answer.
      if (e instanceof Probleme && e.status >= 400 && e.status < 500) throw e
    }
    onLien(false)
    await attente(pause, signal)
    pause = Math.min(15_000, pause * 2)
  }
}

export type SuiviProgression = { progression: Progression | undefined; relie: boolean; refus: Probleme | undefined }

/**
 * Follows a long work from its address of events, across cuts of the network and restarts of the server.
 * `organisme`: the body of the work, when it is not the one on screen.
 */
export function useProgression(url: string | undefined, organisme?: string): SuiviProgression {
  const [suivi, setSuivi] = useState<SuiviProgression>({ progression: undefined, relie: false, refus: undefined })
  useEffect(() => {
    setSuivi({ progression: undefined, relie: false, refus: undefined })
    if (url === undefined) return
    const arret = new AbortController()
    ecouter(
      url,
      arret.signal,
      (e) => {
        const lu = zProgression.safeParse(JSON.parse(e.data))
        if (!lu.success) return 'suite'
        setSuivi({ progression: lu.data, relie: true, refus: undefined })
        return lu.data.etat === 'fait' || lu.data.etat === 'echec' ? 'fin' : 'suite'
      },
      { onLien: (relie) => setSuivi((s) => ({ ...s, relie })), organisme },
    ).catch((e: unknown) => {
      if (e instanceof Probleme) setSuivi((s) => ({ ...s, relie: false, refus: e }))
      else throw e
    })
    return () => arret.abort()
  }, [url, organisme])
  return suivi
}
