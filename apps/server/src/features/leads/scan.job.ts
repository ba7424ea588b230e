/** The scan of whole windows: fraud rules and day rules, outlet by outlet. */
import type { FraudLead } from '@shanshui/fraud'
import type { Queryable } from '../../platform/db/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { defineJob, type JobDefinition } from '../../platform/jobs/index.ts'
import { notify } from '../identity/index.ts'
import { devicesOf, listOutlets, type Outlet } from '../registry/index.ts'
import { copiedOutlets } from './copied-outlets.ts'
import { dayTable } from './day-table.ts'
import { evaluateCondition, fromBeginning, runsOf, stepsBehind } from './evaluate-condition.ts'
import { quietAt } from './evaluate-outlet.ts'
import { findFraud } from './fraud-scan.ts'
import { hourTable } from './hour-table.ts'
import type { LeadDraft } from './lead.table.ts'
import type { Notify } from './lead-notice.ts'
import { largestWeight, levelOf } from './lead-score.ts'
import { changesOf, extrasOf, messagesOf, outletFrame } from './outlet-frame.ts'
import { liveLeads, lockObject } from './raise.repository.ts'
import { reconcile } from './raise.service.ts'
import { selectRules } from './rule.repository.ts'
import { opensFrom, parameterValues } from './rule.service.ts'
import type { RuleRow } from './rule.table.ts'
import { draftOf } from './run-draft.ts'
import { type ScanInput, type ScanWindow, scanJobName, scanWindow } from './scan-window.ts'
import type { SourceDoor } from './source-door.ts'

export interface ScanReport {
  readonly outlets: number
  readonly opened: number
  readonly continued: number
  /** Outlets that could not be scanned; the log says why. */
  readonly failed: number
}

export interface ScanDeps extends Pick<Deps, 'db' | 'clock' | 'log'> {
  readonly notify?: Notify
}

/** Nightly and on demand. The same window again gives the same leads; after a restart it goes on behind the last outlet. */
export function scanJob(deps: ScanDeps, door: SourceDoor): JobDefinition<ScanInput, ScanReport> {
  return defineJob<ScanInput, ScanReport>(
    scanJobName,
    { concurrency: 1, title: '线索扫描', permission: 'lead:read' },
    async ({ input, resume, progress, checkpoint }) => {
      const window = scanWindow(input, deps.clock.now())
      const rules = (await selectRules(deps.db.pool)).filter((rule) => rule.enabled && rule.kind === 'day')
      const filter = input.outletIds === undefined ? {} : { ids: input.outletIds }
      const outlets = await listOutlets(deps.db.pool, filter)
      const state = (resume as { after: number; report: ScanReport } | undefined) ?? {
        after: 0,
        report: { outlets: 0, opened: 0, continued: 0, failed: 0 },
      }
      let { report } = state
      for (const [i, outlet] of outlets.entries()) {
        if (outlet.id <= state.after) continue
        const { opened, continued, failed } = await scanSafely(deps, door, outlet, rules, window)
        report = {
          outlets: report.outlets + 1,
          opened: report.opened + opened,
          continued: report.continued + continued,
          failed: report.failed + failed,
        }
        await checkpoint({ after: outlet.id, report })
        await progress(i + 1, outlets.length, outlet.name)
      }
      return report
    },
  )
}

/** What goes wrong with one outlet must not keep the others from being scanned. */
async function scanSafely(
  deps: ScanDeps,
  door: SourceDoor,
  outlet: Outlet,
  rules: readonly RuleRow[],
  window: ScanWindow,
): Promise<{ opened: number; continued: number; failed: number }> {
  try {
    return { ...(await scanOne(deps, door, outlet, rules, window)), failed: 0 }
  } catch (error) {
    deps.log.error(
      { event: 'lead.scan-failed', outletId: outlet.id, err: error },
      'an outlet was not scanned',
    )
    return { opened: 0, continued: 0, failed: 1 }
  }
}

/** One outlet: read and judged outside, raised and calmed in one transaction. */
export async function scanOne(
  deps: ScanDeps,
  door: SourceDoor,
  outlet: Outlet,
  rules: readonly RuleRow[],
  { fromMs, toMs }: ScanWindow,
): Promise<{ opened: number; continued: number }> {
  const { pool } = deps.db
  const own = rules.filter((rule) => rule.medium === null || rule.medium === outlet.medium)
  const fraudRules = own.filter((rule) => rule.condition.kind === 'fraud')
  const copies = fraudRules.find((rule) => rule.id === 'F09')
  const neighbours = copies === undefined ? [] : await besideOf(pool, outlet)
  const all = await door.readOutletHours(pool, [outlet.id, ...neighbours.map((o) => o.id)], fromMs, toMs)
  const rows = all.filter((row) => row.outletId === outlet.id)
  const changes = await changesOf(pool, outlet, fromMs, toMs)
  const frame = {
    ...outletFrame(outlet, rows, await devicesOf(pool, [outlet.id]), changes, fromMs, toMs),
    extras: await extrasOf(pool, door, outlet, changes, fromMs, toMs),
  }
  const messages = messagesOf(rows)
  const beside = neighbours.map((other) => ({
    name: other.name,
    frame: outletFrame(
      other,
      all.filter((row) => row.outletId === other.id),
      [],
      [],
      fromMs,
      toMs,
    ),
  }))
  const found = [
    ...findFraud(frame, fraudRules),
    ...(copies === undefined ? [] : copiedOutlets(frame, beside, copies.weight)),
  ].map((finding) => fraudDraft(outlet, finding, messages, fraudRules))
  const days = own.filter((rule) => rule.condition.kind !== 'fraud' && rule.condition.kind !== 'raised')
  const now = deps.clock.now()
  const counted = await door.readTransmission?.(pool, [outlet], fromMs, toMs, now)
  const steps = dayTable(hourTable(rows, [], fromMs, toMs), counted)
  return deps.db.transaction(async (trx) => {
    await lockObject(trx, outlet.id)
    const count = { opened: 0, continued: 0 }
    const tellPeople = deps.notify ?? notify
    const add = (raised: readonly { transition: string }[]) => {
      count.opened += raised.filter((r) => r.transition === 'opened').length
      count.continued += raised.filter(
        (r) => r.transition === 'continued' || r.transition === 'escalated',
      ).length
    }
    for (const key of await fraudKeys(trx, outlet.id, found, fraudRules)) {
      const drafts = found.filter((d) => d.ruleId === key.ruleId && (d.factor ?? '') === key.factor)
      const newest = Math.max(Number.NEGATIVE_INFINITY, ...drafts.map((d) => d.toMs))
      const findings = {
        featureId: outlet.id,
        ruleId: key.ruleId,
        factor: key.factor === '' ? null : key.factor,
        fromMs,
        toMs,
        drafts,
        // A pattern that was once seen was seen, though a window with another past may not show it again.
        withdraws: false,
        quietAtMs: newest >= toMs || rows.length === 0 ? null : toMs,
      }
      add(await reconcile(trx, findings, now, tellPeople))
    }
    for (const rule of days) {
      const values = parameterValues(rule.parameters)
      const states = evaluateCondition(rule.condition, steps, '', values)
      const behind = stepsBehind(rule.condition, steps, values)
      const findings = {
        featureId: outlet.id,
        ruleId: rule.id,
        factor: null,
        fromMs,
        toMs,
        drafts: runsOf(states).map((run) => draftOf(rule, outlet, '', steps, fromBeginning(run, behind))),
        withdraws: true,
        ...opensFrom(rule, now),
        quietAtMs: quietAt(states, steps),
      }
      add(await reconcile(trx, findings, now, tellPeople))
    }
    return count
  })
}

/** Outlets of the plant with the same medium. */
async function besideOf(q: Queryable, outlet: Outlet): Promise<Outlet[]> {
  const all = await listOutlets(q, { enterpriseId: outlet.enterprise.id })
  return all.filter((other) => other.id !== outlet.id && other.medium === outlet.medium)
}

/** Keys that were found now, and those with a lead that may have ended; in an order of their own. */
async function fraudKeys(
  trx: Parameters<typeof liveLeads>[0],
  featureId: number,
  found: readonly LeadDraft[],
  rules: readonly RuleRow[],
): Promise<{ ruleId: string; factor: string }[]> {
  const known = new Set(rules.map((rule) => rule.id))
  const live = (await liveLeads(trx, featureId)).filter((lead) => known.has(lead.ruleId))
  const keys = [
    ...found.map((d) => `${d.ruleId}|${d.factor ?? ''}`),
    ...live.map((l) => `${l.ruleId}|${l.factor}`),
  ]
  return [...new Set(keys)].sort().map((key) => {
    const [ruleId = '', factor = ''] = key.split('|')
    return { ruleId, factor }
  })
}

function fraudDraft(
  outlet: Outlet,
  finding: FraudLead,
  messages: ReturnType<typeof messagesOf>,
  rules: readonly RuleRow[],
): LeadDraft {
  const weight = Math.min(
    finding.weight,
    rules.find((rule) => rule.id === finding.rule)?.weight ?? largestWeight,
    largestWeight,
  )
  const byHour = messages.get(finding.parameter)
  const msgs = finding.hoursMs.flatMap((ms) => byHour?.get(ms) ?? [])
  return {
    ruleId: finding.rule,
    featureId: outlet.id,
    enterpriseId: outlet.enterprise.id,
    factor: finding.parameter === '' ? null : finding.parameter,
    regionCode: outlet.regionCode,
    ownerId: outlet.ownerId,
    operator: outlet.operator,
    fromMs: finding.fromMs,
    toMs: finding.toMs,
    score: weight,
    level: levelOf(weight),
    statistic: finding.statistic,
    threshold: finding.threshold,
    n: finding.n,
    explanation: finding.explanation,
    refutation: finding.refutation,
    evidence: { hoursMs: finding.hoursMs, msgs: [...new Set(msgs)].map(String) },
  }
}
