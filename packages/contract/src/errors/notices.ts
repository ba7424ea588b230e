/** Notices and their delivery. */
import type { ErrorEntry } from './entry.ts'

export const noticesErrors = {
  'notice.unknown': {
    status: 404,
    title: '没有这条通知',
    en: 'No such notice',
    advice: '刷新通知列表。',
  },
  'notice.not-failed': {
    status: 409,
    title: '这条通知没有发送失败',
    en: 'The notice has not failed',
    advice: '只有失败的通知可以重发；刷新后再看状态。',
  },
} as const satisfies Record<string, ErrorEntry>
