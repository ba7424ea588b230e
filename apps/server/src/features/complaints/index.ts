/** Door of the complaints room. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { Deps } from '../../platform/deps.ts'
import { takeFile } from '../evidence/index.ts'
import { complaintPlugin, publicPlugin } from './complaint.routes.ts'
import { complaintSubject } from './complaint-doors.ts'
import { publicPerson } from './public-person.repository.ts'
import { type PhotoDoor, publicActor } from './public-photo.service.ts'
import type { ComplaintDeps } from './room.ts'
import { keysOnFirstUse } from './room-keys.ts'

export { createComplaint, draftFrom } from './complaint.service.ts'
export { complaintSubject, moveComplaints, refuseUnanswered } from './complaint-doors.ts'
export { auditRegistered, type ComplaintDraft, registerComplaint } from './register.service.ts'
export type { ComplaintDeps } from './room.ts'

/** What the room works with; the key file is made when it is first needed. */
export const complaintDeps = (deps: Pick<Deps, 'db' | 'clock' | 'config' | 'log'>): ComplaintDeps => {
  const { db, clock, config, log } = deps
  return { db, clock, config, log, keys: keysOnFirstUse({ db, config, log }) }
}

/** Pictures of the public become evidence of the complaint, seen by those who handle it. */
const photosOf = (deps: Deps): PhotoDoor => ({
  async keep(complaintId, { name, bytes }) {
    const person = await deps.db.transaction((trx) => publicPerson(trx, 100_000))
    await takeFile(deps, [complaintSubject], publicActor(person.userId, person.organizationId), {
      subject: { kind: 'complaint', id: complaintId },
      name,
      title: '举报人提供的照片',
      bytes,
      internal: true,
    })
  },
})

export const complaintRoomRoutes =
  (deps: Deps): FastifyPluginAsyncTypebox =>
  async (app) => {
    const room = complaintDeps(deps)
    await app.register(complaintPlugin(room))
    await app.register(publicPlugin(room, photosOf(deps)))
  }
