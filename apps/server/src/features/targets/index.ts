/** Door of the targets room. */
export { targetRoomRoutes } from './target.routes.ts'
export { createTarget, targetDoor, targetIndicators } from './target.service.ts'
