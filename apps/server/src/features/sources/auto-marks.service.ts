/** What devices flag by themselves, listed as marks. */
import type { SourceMark } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import type { Deps } from '../../platform/deps.ts'
import { AppError } from '../../platform/errors.ts'
import type { Outlet } from '../registry/index.ts'
import { dayMs, hourMs, isoOf } from '../series/index.ts'
import { markDeadline } from './exceedance.service.ts'
import { eachHourRow } from './hour.repository.ts'
import type { MarkListQuery } from './mark.service.ts'
import { deviceFlagTexts } from './mark-item.table.ts'
import { readSettings } from './setting.repository.ts'
import { outletsSeen } from './source.policy.ts'
import type { HourRow } from './source.table.ts'
import { instantOf } from './source-range.ts'

type MarkDeps = Pick<Deps, 'db' | 'clock'>

/** Of one outlet or plant; of all that the reader sees. */
const longestAutoDays = { few: 31, all: 3 } as const

/**
 * What devices flagged by themselves, as chains: hours that follow each other are one, whatever their flags. They are
 * evidence, not decisions, and have no number.
 */
export async function listAutoMarks(
  deps: MarkDeps,
  actor: Actor,
  query: MarkListQuery,
): Promise<SourceMark[]> {
  const chosen = query.outletId !== undefined || query.enterpriseId !== undefined
  const longest = chosen ? longestAutoDays.few : longestAutoDays.all
  const toMs = query.to === undefined ? deps.clock.now() : instantOf(query.to, 'to')
  const fromMs =
    query.from === undefined ? toMs - Math.min(7, longest) * dayMs : instantOf(query.from, 'from')
  if (toMs - fromMs > longest * dayMs || fromMs >= toMs)
    throw new AppError('source.range-invalid', { detail: `设备自动标记一次至多查 ${longest} 日` })
  return deps.db.asActor(actor, async (trx) => {
    const outlets = await outletsSeen(trx, query)
    const settings = await readSettings(trx)
    const chains = new Map<number, AutoChain[]>(outlets.map((outlet) => [outlet.id, []]))
    await eachHourRow(trx, [...chains.keys()], fromMs, toMs, (row) =>
      addAuto(chains.get(row.outletId) ?? [], row),
    )
    return outlets.flatMap((outlet) =>
      (chains.get(outlet.id) ?? []).map((chain) =>
        presentAuto(outlet, chain, markDeadline(chain.fromMs, settings)),
      ),
    )
  })
}

interface AutoChain {
  readonly fromMs: number
  toMs: number
  readonly flags: Set<string>
}

function addAuto(chains: AutoChain[], row: HourRow): void {
  const flags = [...row.auto].filter((flag) => flag !== ' ')
  if (flags.length === 0) return
  const last = chains.at(-1)
  if (last === undefined || last.toMs !== row.startMs) {
    chains.push({ fromMs: row.startMs, toMs: row.startMs + hourMs, flags: new Set(flags) })
    return
  }
  last.toMs = row.startMs + hourMs
  for (const flag of flags) last.flags.add(flag)
}

function presentAuto(outlet: Outlet, chain: AutoChain, deadlineMs: number): SourceMark {
  const flags = [...chain.flags]
  const name = flags.map((flag) => deviceFlagTexts[flag] ?? flag).join('、')
  return {
    id: '',
    outletId: outlet.id,
    outletName: outlet.name,
    enterprise: { id: outlet.enterprise.id, name: outlet.enterprise.name },
    factor: null,
    kind: flags.every((flag) => flag === 'F') ? 'condition' : 'equipment',
    item: flags.join(''),
    itemName: name,
    origin: 'auto',
    from: isoOf(chain.fromMs),
    to: isoOf(chain.toMs),
    reason: `设备自带标记：${name}`,
    state: 'accepted',
    inForce: true,
    late: false,
    deadline: isoOf(deadlineMs),
    filedAt: isoOf(chain.fromMs),
    filedBy: '监测设备',
    reviewedAt: null,
    reviewedBy: null,
    reviewReason: null,
    afterExceedance: false,
  }
}
