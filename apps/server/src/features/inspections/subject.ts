/** An inspection proves its matter: evidence that is sent for a task is evidence of the matter. */
import type { SubjectDoor } from '../evidence/index.ts'
import { matterSubject } from '../matters/index.ts'
import { selectTasks } from './task.repository.ts'

export const inspectionSubject: SubjectDoor = {
  kind: 'inspection',
  async read(q, actor, id) {
    const [row] = await selectTasks(q, { ids: [id], limit: 1 })
    if (row === undefined) return undefined
    const subject = await matterSubject.read(q, actor, row.matter_id)
    if (subject === undefined) return undefined
    const place = subject.place ?? { lon: row.lon, lat: row.lat }
    return { ...subject, place, demand: 'site-photo' }
  },
}
