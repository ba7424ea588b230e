/** Door of the intake room: the journal, the HJ 212 gateway, file imports. */

export { type BundleReport, type BundleSource, verifyBundle } from './evidence-bundle.ts'
export {
  type AppendedBlock,
  appendBlock,
  appendDecision,
  type BlockAbout,
  type Decision,
  describeFault,
  exportBundle,
  type JournalRecord,
  type JournalReport,
  readRecord,
  sealDay,
  verifyDay,
  verifyJournal,
} from './journal.ts'
export type { BlockKind } from './journal-block.ts'
export { type PublishedIndex, publishedIndexes, publishedIndexesWithin } from './peer-index.repository.ts'
