import type { IncomingMessage, ServerResponse } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import type { Permission } from '@shanshui/contract'
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import type { Actor } from '../actor.ts'

/** Who sent a request, as the identity room makes it out from cookie or key. */
export interface Identified {
  readonly actor: Actor
  /** Requests by session cookie need the CSRF token; a key is not sent by browsers on their own. */
  readonly via: 'session' | 'key'
  readonly csrfToken: string | null
  readonly mustChangePassword: boolean
}

/** Undefined when the request names nobody. Errors: `auth.session-expired`, `auth.api-key-invalid`. */
export type Authenticate = (request: FastifyRequest) => Promise<Identified | undefined>

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse<IncomingMessage>,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>

declare module 'fastify' {
  interface FastifyRequest {
    /** Who acts. Only routes that are not public may read it. */
    actor: Actor
    identified: Identified | null
  }
  interface FastifyContextConfig {
    /** Permission that the route asks for; exactly one of the three must be there. */
    permission?: Permission
    /** Whoever is logged in. */
    authenticated?: true
    /** Anybody. */
    public?: true
    /** Open to a person who must change the initial password first. */
    beforePasswordChange?: true
  }
}
