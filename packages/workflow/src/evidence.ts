/** Which proof counts, and what is still missing. */
import type { EvidenceDemand, TransitionDefinition } from './definition.ts'
import type { Facts, Refusal } from './facts.ts'

/** How much of a demand has been met in this round. */
export function evidenceMet(demand: EvidenceDemand, facts: Facts): number {
  const roundMs = roundBegin(facts)
  const sinceMs = demand.since === undefined ? roundMs : lastDone(facts, demand.since)
  if (sinceMs === undefined) return 0
  return facts.evidence.filter(
    ({ demand: id, kind, atMs, located }) =>
      id === demand.id &&
      demand.kinds.includes(kind) &&
      atMs >= Math.max(roundMs, sinceMs) &&
      (located || demand.located !== true),
  ).length
}

/** When the round began; in the first round everything counts, also what was taken before the matter was opened. */
function roundBegin({ history, round }: Facts): number {
  if (round === 1) return Number.NEGATIVE_INFINITY
  return history.find((entry) => entry.round === round)?.atMs ?? Number.POSITIVE_INFINITY
}

/** Also of an earlier round: where a rebound leads past the step, the new round stands in its place. */
function lastDone({ history }: Facts, transition: string): number | undefined {
  return history.findLast((entry) => entry.transition === transition)?.atMs
}

export function evidenceRefusals({ evidence = [] }: TransitionDefinition, facts: Facts): readonly Refusal[] {
  return evidence.flatMap((demand) => {
    const met = evidenceMet(demand, facts)
    if (met >= demand.min) return []
    const how = demand.located === true ? '，须带拍摄时间和位置且与对象相符' : ''
    const round = facts.round > 1 ? '，反弹前的材料不计' : ''
    return [
      {
        code: 'evidence' as const,
        zh: `缺“${demand.title.zh}”${demand.min - met}份（要求${demand.min}份，现有${met}份${how}${round}）：请先上传`,
        what: demand.id,
      },
    ]
  })
}
