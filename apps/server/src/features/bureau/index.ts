/** Door of the bureau's own work: training and drills, record of service, task board, burden on enterprises. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../../platform/deps.ts'
import { bureauPlugin } from './bureau.routes.ts'
import { trainingPlugin } from './training.routes.ts'

export { createTraining, setAttendance } from './training.service.ts'

export const bureauRoomRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    await app.register(trainingPlugin(deps))
    await app.register(bureauPlugin(deps))
  }
