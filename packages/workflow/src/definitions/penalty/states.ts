/** States of a case, and from where on the party sees it. */
import type { StateDefinition } from '../../definition.ts'
import { name } from '../parts.ts'
import { dropped, open, told } from './parts.ts'

export const states: readonly StateDefinition[] = [
  open('screening', '初查', 'Screening', ['handler']),
  open('filing', '立案审批', 'Filing', ['overseer']),
  open('investigating', '调查取证', 'Investigation', ['handler']),
  open('stopped', '中止（调查中止、监测、鉴定）', 'Stopped', ['handler']),
  open('examining', '调查终结审查', 'Examination', ['reviewer']),
  open('legal-review', '法制审核', 'Legal review', ['reviewer']),
  open('discussion', '集体讨论', 'Collective discussion', ['overseer']),
  open('informing', '待告知', 'Notice to be given', ['handler']),
  told(open('informed', '已告知（陈述申辩、听证申请）', 'Notice given', ['owner', 'handler'])),
  told(open('hearing', '听证', 'Hearing', ['handler', 'reviewer'])),
  told(open('deciding', '待决定', 'Decision', ['overseer'])),
  told(open('delivering', '待送达', 'Delivery', ['handler'])),
  told(open('publishing', '待公开', 'Publication', ['handler'])),
  told(open('performing', '待履行', 'Performance', ['owner', 'handler'])),
  told(open('deferred', '延期、分期缴纳', 'Deferred', ['owner', 'handler'])),
  told(open('demanded', '已催告', 'Demanded', ['owner', 'handler'])),
  told(open('enforcing', '申请强制执行', 'Court enforcement', ['handler'])),
  told(open('closing', '待结案', 'To be closed', ['overseer'])),
  told({ id: 'closed', title: name('已结案', 'Closed'), phase: 'closed', waitsFor: ['handler'] }),
  told({ id: 'archived', title: name('已归档', 'Archived'), phase: 'closed', waitsFor: [] }),
  dropped('not-filed', '不予立案', 'Not filed'),
  dropped('transferred', '已移送', 'Transferred'),
  told(dropped('no-penalty', '不予处罚', 'No penalty')),
  dropped('withdrawn', '已撤案', 'Withdrawn'),
  dropped('terminated', '已终止', 'Terminated'),
]
