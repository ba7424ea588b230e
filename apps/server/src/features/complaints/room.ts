/** What the use cases of the room are handed. */
import type { Deps } from '../../platform/deps.ts'
import type { Keys } from './sealing.ts'

export interface ComplaintDeps extends Pick<Deps, 'db' | 'clock' | 'config' | 'log'> {
  /** Keys of the data folder, opened on first use. Errors: `complaint.key-missing`. */
  readonly keys: () => Promise<Keys>
}
