/** Tickets of a hotline from a file: each line by itself, in one transaction with a save point a line. */
import { type ComplaintImportResult, ComplaintInput, type LineError } from '@shanshui/contract'
import { Value } from 'typebox/value'
import { type Actor, isInScope, requirePermission } from '../../platform/actor.ts'
import { type Trx, withSavepoint } from '../../platform/db/index.ts'
import { AppError } from '../../platform/errors.ts'
import { tableFile } from '../../platform/table-file.ts'
import { listEnterprises, regionNames } from '../registry/index.ts'
import { complaintOfOuterNumber } from './complaint.repository.ts'
import { draftFrom } from './complaint.service.ts'
import { auditRegistered, type Registered, registerComplaint } from './register.service.ts'
import type { ComplaintDeps } from './room.ts'
import { readTickets, type TicketDraft, ticketColumns } from './ticket-file.ts'

const columnOf = (path: string): string | null => {
  const key = path.slice(1).split('/')[0] ?? ''
  const names: Readonly<Record<string, readonly string[]>> = ticketColumns
  return (key === 'complainant' ? names.name : names[key])?.[0] ?? null
}

/** A line has passed no schema of a request: it is held against the same one here. Values are not repeated: they may name people. */
function shapeFaults(line: number, input: ComplaintInput): LineError[] {
  if (Value.Check(ComplaintInput, input)) return []
  return Value.Errors(ComplaintInput, input)
    .slice(0, 5)
    .map(({ instancePath, message }) => ({
      line,
      column: columnOf(instancePath),
      value: null,
      reason: message,
    }))
}

class LineFault extends Error {
  readonly fault: Omit<LineError, 'line'>
  constructor(fault: Omit<LineError, 'line'>) {
    super(fault.reason)
    this.fault = fault
  }
}

function regionCodeOf(names: ReadonlyMap<number, string>, actor: Actor, text: string): number {
  const column = ticketColumns.region[0]
  const byCode = /^\d{6}$/.test(text) ? Number(text) : undefined
  const found =
    byCode !== undefined && names.has(byCode)
      ? byCode
      : [...names].find(([, name]) => name === text || name.startsWith(text))?.[0]
  if (found === undefined) throw new LineFault({ column, value: text, reason: '没有这个区县' })
  if (!isInScope(actor, { regionCode: found, ownerId: 0 }))
    throw new LineFault({ column, value: text, reason: '不在您的数据范围内' })
  return found
}

type FindEnterprise = (name: string, regionCode: number) => Promise<number | undefined>

/** Ids by name; the enterprises of a region are read once a file. */
function enterprisesByName(trx: Trx): FindEnterprise {
  const regions = new Map<number, ReadonlyMap<string, number>>()
  return async (name, regionCode) => {
    const known = regions.get(regionCode)
    if (known !== undefined) return known.get(name)
    // Of two of a name the first counts, as it stands in the list.
    const listed = (await listEnterprises(trx, { regionCode })).toReversed()
    const byName = new Map(listed.map((one) => [one.name, one.id]))
    regions.set(regionCode, byName)
    return byName.get(name)
  }
}

async function takeLine(
  deps: ComplaintDeps,
  trx: Trx,
  actor: Actor,
  names: ReadonlyMap<number, string>,
  enterpriseNamed: FindEnterprise,
  { line, input: { region, accused, ...rest } }: TicketDraft,
): Promise<Registered | 'unchanged' | LineError[]> {
  const regionCode = regionCodeOf(names, actor, region)
  const enterpriseId = accused === undefined ? undefined : await enterpriseNamed(accused, regionCode)
  const input: ComplaintInput = {
    ...rest,
    regionCode,
    ...(enterpriseId === undefined ? {} : { enterpriseId }),
  }
  const faults = shapeFaults(line, input)
  if (faults.length > 0) return faults
  const { channel, outerNumber } = input
  if (outerNumber !== undefined && (await complaintOfOuterNumber(trx, channel, outerNumber)) !== undefined)
    return 'unchanged'
  const draft = { ...draftFrom(input, deps.clock.now()), accused: accused ?? null }
  return registerComplaint(deps, trx, actor, draft)
}

/** Errors: `complaint.file-unreadable`; faults of lines are reported and the other lines are kept. */
export async function importTickets(
  deps: ComplaintDeps,
  actor: Actor,
  bytes: Uint8Array,
): Promise<ComplaintImportResult> {
  requirePermission(actor, 'complaint:write')
  const { encoding, drafts, errors: unread } = await readTickets(bytes)
  const errors: LineError[] = [...unread]
  const made: Registered[] = []
  let unchanged = 0
  await deps.db.asActor(actor, async (trx) => {
    const names = await regionNames(trx)
    const enterpriseNamed = enterprisesByName(trx)
    // In the order in which they were received: what came before counts as the earlier one.
    const inOrder = drafts.toSorted(
      (a, b) =>
        Date.parse(a.input.receivedAt ?? '') - Date.parse(b.input.receivedAt ?? '') || a.line - b.line,
    )
    for (const draft of inOrder) {
      const { line } = draft
      try {
        const taken = await withSavepoint(trx, () =>
          takeLine(deps, trx, actor, names, enterpriseNamed, draft),
        )
        if (taken === 'unchanged') unchanged++
        else if (Array.isArray(taken)) errors.push(...taken)
        else made.push(taken as Registered)
      } catch (error) {
        if (error instanceof LineFault) errors.push({ line, ...error.fault })
        else if (error instanceof AppError)
          errors.push({ line, column: null, value: draft.input.outerNumber ?? null, reason: error.message })
        else throw error
      }
    }
    if (made.length > 0 || errors.length > 0)
      await auditRegistered(trx, actor, made, { imported: true, unchanged, errors: errors.length })
  })
  return { created: made.length, unchanged, encoding, errors: errors.sort((a, b) => a.line - b.line) }
}

const sample: Readonly<Partial<Record<keyof typeof ticketColumns, string>>> = {
  outerNumber: '20261123000123',
  channel: '12345 热线',
  receivedAt: '2026-11-23 08:30',
  theme: '异味',
  content: '夜间有刺鼻气味，持续约两小时',
  region: '（区县名称）',
  place: '（道路、小区、村组）',
  urgency: '一般',
  name: '（可空，匿名不填）',
  phone: '（可空）',
}

/** An empty table with the columns that the import understands, and one line to show how. */
export async function ticketTemplate(): Promise<Buffer> {
  const keys = Object.keys(ticketColumns) as (keyof typeof ticketColumns)[]
  const heads = keys.map((key) => ticketColumns[key][0])
  return tableFile('xlsx', '工单', heads, [keys.map((key) => sample[key] ?? null)])
}
