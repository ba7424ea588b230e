/** Reports of a file, each by itself: those with a faulty line are left out and named, the others are stored. */
import type { LineError, ReportImportResult } from '@shanshui/contract'
import { type Actor, requirePermission } from '../../platform/actor.ts'
import { withSavepoint } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { sweepObligations } from './obligation.compile.ts'
import { selectPermits } from './permit.repository.ts'
import type { PermitRoomDeps } from './permit-doors.ts'
import { storeReport } from './report.service.ts'
import { readReports } from './report-file.ts'

export async function importReports(
  deps: PermitRoomDeps,
  actor: Actor,
  bytes: Uint8Array,
): Promise<ReportImportResult> {
  requirePermission(actor, 'permit:write')
  const read = await readReports(bytes)
  const errors: LineError[] = [...read.errors]
  const touched = new Set<number>()
  let reports = 0
  let rows = 0
  await deps.db.asActor(actor, async (trx) => {
    const all = await selectPermits(trx)
    const byNumber = new Map(all.map((permit) => [permit.code, permit]))
    for (const { permitNumber, input, line, faulty } of read.reports) {
      if (faulty) continue
      const permit = byNumber.get(permitNumber)
      const refuse = (column: string | null, value: string, reason: string) =>
        errors.push({ line, column, value, reason })
      if (permit === undefined) {
        refuse('permit', permitNumber, '没有这份许可证，或不在您的数据范围内')
        continue
      }
      try {
        await withSavepoint(trx, () =>
          storeReport(deps, trx, actor, permit, { ...input, permitId: permit.id }, 'imported'),
        )
        reports++
        rows += input.rows.length
        touched.add(permit.id)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        refuse(null, `${input.period} ${input.periodFrom}`, error.message)
      }
    }
  })
  if (touched.size > 0) await sweepObligations(deps, [...touched])
  for (const id of touched) deps.events.publish('permit', { id })
  errors.sort((a, b) => a.line - b.line)
  return { reports, rows, errors }
}
