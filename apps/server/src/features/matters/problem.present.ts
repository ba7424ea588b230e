/** Problems in the words of the contract. */
import {
  causeKinds,
  type ProblemBrief,
  type ProblemCause,
  type ProblemMerge,
  type ProblemSourceEntry,
} from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'
import type { CauseRow, MergeRow, ProblemRow, SourceRow } from './problem.repository.ts'

const iso = shanghaiIso

function stateOf(row: ProblemRow): ProblemBrief['state'] {
  if (row.mergedInto !== null) return 'merged'
  if (row.matters === 0) return 'untreated'
  return row.openMatters > 0 ? 'treated' : 'solved'
}

export const presentProblem = (row: ProblemRow): ProblemBrief => ({
  id: row.id,
  number: row.number,
  title: row.title,
  theme: row.theme,
  state: stateOf(row),
  source: row.source,
  sources: row.sources,
  regionCode: row.regionCode,
  regionName: row.regionName,
  enterprise:
    row.enterpriseId === null || row.enterpriseName === null
      ? null
      : { id: row.enterpriseId, name: row.enterpriseName },
  feature:
    row.featureId === null || row.featureName === null
      ? null
      : {
          id: row.featureId,
          kind: row.featureKind ?? '',
          code: row.featureCode ?? '',
          name: row.featureName,
        },
  lon: row.lon,
  lat: row.lat,
  foundAt: iso(row.foundMs),
  registeredAt: iso(row.registeredMs),
  matters: row.matters,
  openMatters: row.openMatters,
  mergedInto:
    row.mergedInto === null || row.mergedNumber === null
      ? null
      : { id: row.mergedInto, number: row.mergedNumber },
  version: row.version,
})

export const presentSource = (row: SourceRow): ProblemSourceEntry => ({
  id: row.id,
  source: row.source,
  ref: row.ref,
  title: row.title,
  detail: row.detail,
  foundAt: iso(row.foundMs),
  registeredAt: iso(row.registeredMs),
  registeredBy: row.registeredBy,
  problem: { id: row.problemId, number: row.problemNumber },
})

export const presentCause = (row: CauseRow): ProblemCause => ({
  id: row.id,
  kind: row.kind,
  bottleneck: causeKinds[row.kind].bottleneck,
  text: row.text,
  at: iso(row.atMs),
  by: row.by,
})

export const presentMerge = (row: MergeRow): ProblemMerge => ({
  id: row.id,
  from: { id: row.fromId, number: row.fromNumber },
  into: { id: row.intoId, number: row.intoNumber },
  reason: row.reason,
  at: iso(row.atMs),
  by: row.by,
  undoneAt: row.undoneMs === null ? null : iso(row.undoneMs),
  undoReason: row.undoReason,
})
