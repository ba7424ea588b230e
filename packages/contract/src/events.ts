// No schemas here: a browser that only listens need not load the schema library.
import type { Permission } from './permissions.ts'

/**
 * Topics of the event stream, by their first part, and the permission to hear them (null: whoever is logged in).
 * A subscription to `a` hears `a` and `a:…`. Events carry ids, never values: those are read by the ordinary routes.
 */
export const eventTopics = {
  job: null, // job:<id> {id}
  jobs: null, // {id}
  gateway: 'gateway:read',
  import: 'import:read',
  series: 'series:read', // series:<point id>
  review: 'series:read',
  figure: 'figure:read',
  target: 'target:read',
  report: 'report:read',
  registry: 'registry:read',
  source: 'source:read', // source:<outlet id>
  lead: 'lead:read',
  permit: 'permit:read',
  total: 'total:read',
  problem: 'problem:read',
  matter: 'matter:read', // matter:<id>
  complaint: 'complaint:read',
  inspection: 'inspection:read',
  bureau: 'bureau:read',
  notice: null, // notice:<user id>
} as const satisfies Record<string, Permission | null>
/** Sent when events may have been missed: load everything on screen afresh. */
export const resyncTopic = 'resync'
