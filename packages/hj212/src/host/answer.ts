/** What a host answers to a message of a device, when it has been decided about. */
import type { StationDialect } from '../dialect.ts'
import type { Frame } from '../frame.ts'
import { encodeReply } from '../reply.ts'
import { uploadKind } from '../tables/commands.ts'
import type { AckDecision } from './api.ts'

/** QnRtn of an unknown command code (HJ 212-2017 table 7). */
const CN_ERROR = 8

/**
 * The answer's bytes; null when none is due: the device asks for none (bit 0 of Flag), the decision is `none`, or
 * a header field holds what a frame cannot carry.
 */
export function answerTo(
  frame: Frame,
  decision: AckDecision,
  dialect: StationDialect | undefined,
): Buffer | null {
  if (decision === 'none' || !frame.flag.needAck) return null
  try {
    if (typeof decision === 'object') return encodeReply(frame, '9011', decision.qnRtn, dialect)
    switch (uploadKind(frame.header.cn)) {
      case undefined:
        return encodeReply(frame, '9011', CN_ERROR, dialect)
      case 'notify':
        return encodeReply(frame, '9013', undefined, dialect)
      default:
        return encodeReply(frame, '9014', undefined, dialect)
    }
  } catch {
    return null
  }
}
