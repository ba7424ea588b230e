import type { Clock } from './clock.ts'
import type { Config } from './config/index.ts'
import type { Database } from './db/index.ts'
import type { Events } from './events/index.ts'
import type { Jobs } from './jobs/index.ts'
import type { Logger } from './log.ts'

/** What a room is handed by the composition root. */
export interface Deps {
  readonly db: Database
  readonly clock: Clock
  readonly log: Logger
  readonly config: Config
  readonly events: Events
  readonly jobs: Jobs
}
