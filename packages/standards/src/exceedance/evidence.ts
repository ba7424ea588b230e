import type { Clause, Configurable } from '../clause.ts'

/** No standard grades the evidence: a rule of this software. */
export const evidenceClause: Clause = { standard: '本软件规则', at: '证据等级与累计超标天数' }

export type EvidenceGrade = 'A' | 'B' | 'C'

export interface EvidenceFacts {
  /** The enterprise may still mark the hours (before noon of the next day). */
  readonly markWindowOpen: boolean
  /** Calibration and verification of the device were in date during the event. */
  readonly qualityAssuranceInDate: boolean
  /** A lead on the truth of these data is open. */
  readonly fraudLeadOpen: boolean
}

export interface GradedEvidence {
  readonly grade: EvidenceGrade
  readonly reasons: readonly string[]
}

/** How the grades are given is a rule of this software; no standard has it. */
export const evidenceRule: Configurable<readonly EvidenceGrade[]> = {
  value: ['A', 'B', 'C'],
  source:
    '本软件规则：A 数据有效、质控在有效期内且无未结的数据质量线索；B 质控超期或有未结线索；C 标记期限未到',
  status: 'design',
}

/**
 * How far the automatic data of an exceedance carry: C while the mark window is open (the finding may still fall away),
 * B when the device's quality assurance was overdue or a lead on the data is open, else A.
 */
export function evidenceGrade(facts: EvidenceFacts): GradedEvidence {
  const doubts = [
    ...(facts.qualityAssuranceInDate ? [] : ['校准、校验超期']),
    ...(facts.fraudLeadOpen ? ['有未结的数据质量线索'] : []),
  ]
  if (facts.markWindowOpen) return { grade: 'C', reasons: ['企业自主标记期限未到', ...doubts] }
  if (doubts.length > 0) return { grade: 'B', reasons: doubts }
  return { grade: 'A', reasons: ['数据有效，质控在有效期内，无未结的数据质量线索'] }
}
