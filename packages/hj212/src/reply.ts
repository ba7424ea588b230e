/**
 * Replies 9011…9014. 2017 and 2025 repeat the request's QN in the header; 2005 names it in the data area, with CN
 * and sub-packet numbers for 9014. The sender's PW and MN are sent back as they came.
 */

import type { StationDialect } from './dialect.ts'
import { type CpItem, encodeFrame } from './encode.ts'
import type { Frame } from './frame.ts'
import { INTERACTION } from './tables/system-codes.ts'

export type ReplyCn = '9011' | '9012' | '9013' | '9014'

/** A reply to `frame`. `result` is QnRtn of 9011 or ExeRtn of 9012. */
export function encodeReply(
  frame: Frame,
  cn: ReplyCn,
  result?: number,
  dialect: StationDialect = {},
): Buffer {
  const { header, version } = frame
  const old = version === '2005'
  const cp: CpItem[] = []
  if (old && header.qn !== '') cp.push({ name: 'QN', value: header.qn })
  if (old && cn === '9014') cp.push({ name: 'CN', value: header.cn })
  if (old && cn === '9014' && frame.packet)
    cp.push({ name: 'PNUM', value: header.pnum }, { name: 'PNO', value: header.pno })
  if (result !== undefined) cp.push({ name: cn === '9012' ? 'ExeRtn' : 'QnRtn', value: result })
  return encodeFrame(
    {
      version,
      ...(old || !frame.has('qn') ? {} : { qn: header.qn }),
      st: dialect.replySt ?? INTERACTION,
      cn,
      pw: header.pw,
      mn: header.mn,
      cp,
    },
    { modbusCrc: dialect.modbusCrc ?? false },
  )
}

/** QN of the request that a reply belongs to, from the header or, as in 2005, from the data area. */
export function repliedQn(frame: Frame): string {
  return frame.cp.plain('QN') ?? frame.header.qn
}
