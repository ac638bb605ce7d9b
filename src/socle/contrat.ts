import type { z } from 'zod'

export type Verbe = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/**
 * One route, described once: the server validates with it, the screens are typed by it, OpenAPI is drawn from it.
 * `params` are the `:names` of the path.
 */
export type Route = {
  verbe: Verbe
  chemin: string
  resume: string
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  reply: z.ZodType
}

/** Declares a route and keeps its precise type. */
export const route = <const R extends Route>(r: R): R => r

type In<S> = S extends z.ZodType ? z.input<S> : undefined
type Out<S> = S extends z.ZodType ? z.output<S> : undefined

/** What a screen gives. */
export type Entree<R extends Route> = (R extends { params: infer P } ? { params: In<P> } : unknown) &
  (R extends { query: infer Q } ? { query?: In<Q> } : unknown) &
  (R extends { body: infer B } ? { body: In<B> } : unknown)
/** What the handler receives, parsed. */
export type Recu<R extends Route> = {
  params: R extends { params: infer P } ? Out<P> : undefined
  query: R extends { query: infer Q } ? Out<Q> : undefined
  body: R extends { body: infer B } ? Out<B> : undefined
}
/** What the screen gets. */
export type Reponse<R extends Route> = z.output<R['reply']>
