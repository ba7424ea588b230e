/** Door of the targets room. */
export { targetRoomRoutes } from './target.routes.ts'
export { createTarget, targetIndicators } from './target.service.ts'
export { targetDoor } from './target-door.ts'
