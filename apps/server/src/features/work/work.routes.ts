import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { burdenRoute } from '@shanshui/contract'
import { burdenOf } from './burden.ts'
import { askedForms } from './burden-catalogue.ts'

const read = { permission: 'work:read' } as const

export const workPlugin = (): FastifyPluginAsyncTypebox => async (app) => {
  app.get('/work/burden', { schema: burdenRoute, config: read }, async () => burdenOf(askedForms()))
}
