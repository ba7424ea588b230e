import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { targetRoutes as contract } from '@shanshui/contract'
import type { Deps } from '../../platform/deps.ts'
import {
  changeTarget,
  createTarget,
  getTarget,
  listTargets,
  presentIndicators,
  withdrawTarget,
} from './target.service.ts'

export const targetRoomRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const read = { permission: 'target:read' } as const
    const write = { permission: 'target:write' } as const
    app.get('/targets', { schema: contract.listTargets, config: read }, async (request) => ({
      items: await listTargets(deps, request.actor, request.query),
      indicators: presentIndicators(),
    }))
    app.get('/targets/:id', { schema: contract.getTarget, config: read }, async (request) =>
      getTarget(deps, request.actor, request.params.id),
    )
    const announce = (id: number) => deps.events.publish('target', { id })
    app.post('/targets', { schema: contract.createTarget, config: write }, async (request, reply) => {
      const target = await createTarget(deps, request.actor, request.body)
      announce(target.id)
      return reply.code(201).send(target)
    })
    app.put('/targets/:id', { schema: contract.updateTarget, config: write }, async (request) => {
      const target = await changeTarget(deps, request.actor, request.params.id, request.body)
      announce(target.id)
      return target
    })
    app.delete('/targets/:id', { schema: contract.deleteTarget, config: write }, async (request, reply) => {
      await withdrawTarget(deps, request.actor, request.params.id, request.body.reason)
      announce(request.params.id)
      return reply.code(204).send(null)
    })
  }
