import { describe, expect, test } from 'vitest'
import { currentClock, escalationsDue, reach } from './clocks.ts'
import { open, options, step } from './engine.ts'
import { evidenceMet } from './evidence.ts'
import type { Command, DoerRef, EvidenceFact, Facts, Refusal } from './facts.ts'
import { weekendCalendar as calendar } from './proof/calendar.fixture.ts'
import { sample } from './proof/sample.fixture.ts'
import { actForPermission } from './refusals.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const everything = new Set(['matter:handle', 'matter:accept', 'matter:review'])
const person = (organizationId: number, userId: number, ...more: string[]): DoerRef => ({
  organizationId,
  userId,
  permissions: new Set([...everything, ...more]),
})
const overseer = person(1, 11, 'matter:assign')
const [handler, acceptor, reviewer] = [person(2, 21), person(3, 31), person(4, 41)]
const parties = {
  overseer: { organizationId: 1 },
  handler: { organizationId: 2 },
  acceptor: { organizationId: 3 },
  reviewer: { organizationId: 4 },
}

function opened(): Facts {
  const outcome = open(sample, { parties }, overseer, at('2026-03-02T09:00'), calendar)
  if (!outcome.ok) throw new Error('not opened')
  return outcome.facts
}

function refusalsOf(facts: Facts, doer: DoerRef, command: Command, day: string): readonly Refusal[] {
  const outcome = step(sample, facts, doer, command, at(`${day}T10:00`), calendar)
  return outcome.ok ? [] : outcome.refusals
}

function after(facts: Facts, doer: DoerRef, command: Command, day: string, time = '10:00'): Facts {
  const outcome = step(sample, facts, doer, command, at(`${day}T${time}`), calendar)
  if (!outcome.ok) throw new Error(outcome.refusals.map(({ zh }) => zh).join('；'))
  return outcome.facts
}

const assign: Command = { transition: 'assign', fields: { dueOn: '2026-08-31', kind: 'small' } }
const working = () => after(opened(), overseer, assign, '2026-03-02')
const proof = (day: string): readonly EvidenceFact[] => [
  { demand: 'before', kind: 'photo', atMs: at(`${day}T08:00`), located: false },
  { demand: 'after', kind: 'photo', atMs: at(`${day}T08:00`), located: true },
  { demand: 'after', kind: 'video', atMs: at(`${day}T08:10`), located: true },
  { demand: 'form', kind: 'document', atMs: at(`${day}T23:00`), located: false },
]
const submit: Command = {
  transition: 'submit',
  fields: { officers: [21, '李四'], goals: [{ target: 1, reached: true }], amount: 12.5 },
}
const accept: Command = { transition: 'accept', fields: { dataFrom: '2026-01-01', dataTo: '2026-03-31' } }
const noticed = () => {
  const submitted = after({ ...working(), evidence: proof('2026-04-01') }, handler, submit, '2026-04-01')
  return after(submitted, reviewer, { transition: 'pass' }, '2026-04-02')
}
const watched = () => after(noticed(), acceptor, accept, '2026-04-08')

describe('refusals say what is missing and what to do', () => {
  const texts = (facts: Facts, doer: DoerRef, command: Command, day = '2026-04-01') =>
    refusalsOf(facts, doer, command, day).map(({ zh }) => zh)

  test('evidence, by count and by what the picture must show', () => {
    const one = proof('2026-04-01').slice(0, 2)
    expect(texts({ ...working(), evidence: one }, handler, submit)).toEqual([
      '缺“整改后照片”1份（要求2份，现有1份，须带拍摄时间和位置且与对象相符）：请先上传',
    ])
  })

  test('the wrong state, the wrong party, no permission', () => {
    expect(texts(working(), acceptor, accept)[0]).toBe('事项现为“办理中”，不能办理“验收”：请刷新后再看')
    expect(texts(working(), acceptor, { transition: 'report', fields: { note: '进展' } })).toEqual([
      '“月报”由责任单位办理，您所在单位不是',
    ])
    const nobody: DoerRef = { organizationId: 2, userId: 21, permissions: new Set() }
    expect(texts(working(), nobody, { transition: 'report', fields: { note: '进展' } })).toEqual([
      '您的账号没有办理“月报”的权限（matter:handle）：请联系本单位管理员',
    ])
  })

  test('all at once, not one after the other', () => {
    expect(
      texts(working(), handler, { transition: 'submit', fields: { amount: -1, officers: [21] } }),
    ).toEqual([
      '“目标”未填写',
      '“资金”不少于0万元，现为-1万元',
      '缺“整改前照片”1份（要求1份，现有0份）：请先上传',
      '缺“整改后照片”2份（要求2份，现有0份，须带拍摄时间和位置且与对象相符）：请先上传',
      '“办理人员”须不少于2人，现为1人：请补充人员',
    ])
  })

  test('a notice period that is not over names its end', () => {
    expect(texts(noticed(), acceptor, accept, '2026-04-03')).toEqual([
      '“公示期”未满，2026-04-04 10:00期满后才能办理',
    ])
  })

  test('the acceptor is the handler', () => {
    const facts = { ...noticed(), parties: { ...parties, acceptor: { organizationId: 2 } } }
    expect(texts(facts, handler, accept, '2026-04-08')).toEqual([
      '验收单位不得与责任单位为同一单位：请改由其他单位办理',
    ])
  })

  test('who was the handler does not accept after the parties were exchanged', () => {
    const exchanged = {
      ...noticed(),
      parties: { ...parties, handler: { organizationId: 9 }, acceptor: { organizationId: 2 } },
    }
    expect(texts(exchanged, handler, accept, '2026-04-08')).toEqual([
      '本单位本轮已以责任单位身份办理过，不得再作为验收单位办理',
    ])
  })

  test.each<readonly [string, Record<string, unknown>, string]>([
    ['a day that is none', { dueOn: '2026-02-30' }, '“整改时限”应填日期'],
    ['an option that is none', { kind: 'huge' }, '“类别”应从选项中选择'],
    ['a field of another step', { amount: 1 }, '办理“交办”时不填写“资金”'],
    ['a field that is unknown', { nothing: 1 }, '没有“nothing”这一项'],
  ])('%s', (_, fields, text) => {
    const command = { ...assign, fields: { ...assign.fields, ...fields } }
    expect(texts(opened(), overseer, command).join('；')).toContain(text)
  })

  test('rows of a table, money, people, choices', () => {
    const command = {
      ...submit,
      fields: { officers: [21, 21], goals: [{ target: 'x' }], amount: 1.005, tags: ['air', 'fire'] },
    }
    expect(texts({ ...working(), evidence: proof('2026-04-01') }, handler, command)).toEqual([
      '“办理人员”同一人填了两次',
      '“目标”第1行“目标值”应填数字，收到“x”',
      '“资金”至多两位小数，收到1.005',
      '“标签”没有选项“fire”',
    ])
  })
})

describe('who acts', () => {
  const named = () => ({ ...working(), parties: { ...parties, handler: { organizationId: 2, userId: 22 } } })
  const report: Command = { transition: 'report', fields: { note: '进展' } }

  test('the person in charge, or one of the same organization who may assign', () => {
    expect(refusalsOf(named(), person(2, 22), report, '2026-03-03')).toEqual([])
    expect(refusalsOf(named(), person(2, 23), report, '2026-03-03')[0]?.code).toBe('not-party')
    expect(refusalsOf(named(), person(2, 23, actForPermission), report, '2026-03-03')).toEqual([])
    expect(refusalsOf(named(), person(3, 33, actForPermission), report, '2026-03-03')[0]?.code).toBe(
      'not-party',
    )
  })

  test('a party names a person of its own for itself, and nobody of others', () => {
    const own = { ...report, parties: { handler: { organizationId: 2, userId: 24 } } }
    expect(after(working(), handler, own, '2026-03-03').parties.handler?.userId).toBe(24)
    const others = { ...report, parties: { acceptor: { organizationId: 2 } } }
    expect(refusalsOf(working(), handler, others, '2026-03-03')[0]?.zh).toContain('不能改变验收单位')
  })

  test('a step for the platform is not offered to people, and not taken by them', () => {
    const ids = (doer: DoerRef) =>
      options(sample, noticed(), doer, at('2026-04-03T10:00')).map(({ transition }) => transition.id)
    expect(ids(acceptor)).toEqual(['return', 'accept'])
    expect(ids('system')).toEqual(['lapse'])
  })
})

test('an option is not held up by what is filled in the step itself', () => {
  const ofSubmit = options(sample, working(), handler, at('2026-03-03T10:00')).find(
    ({ transition }) => transition.id === 'submit',
  )
  expect(ofSubmit?.refusals.map(({ code }) => code)).toEqual(['evidence', 'evidence'])
})

test('somebody has to be there to act next', () => {
  const alone = open(sample, { parties: { overseer: { organizationId: 1 } } }, overseer, 0, calendar)
  if (!alone.ok) throw new Error('not opened')
  expect(refusalsOf(alone.facts, overseer, assign, '2026-03-02')[0]?.zh).toBe(
    '下一步由责任单位办理，尚未确定是哪个单位：请先指定',
  )
  const withParties = { ...assign, parties: { handler: { organizationId: 2 } } }
  expect(after(alone.facts, overseer, withParties, '2026-03-02').parties.handler).toEqual({
    organizationId: 2,
  })
})

describe('clocks', () => {
  const due = (facts: Facts, clock: string) => {
    const run = currentClock(facts, clock)
    return run === undefined ? undefined : new Date(run.dueMs + 8 * 3_600_000 - 1).toISOString().slice(0, 10)
  }

  test('ninety days from the step, a last day off moved', () => {
    // 31 May 2026 is a Sunday.
    expect(due(working(), 'decide')).toBe('2026-06-01')
    expect(due(working(), 'remedy')).toBe('2026-08-31')
  })

  test('a stop of eleven days moves the end by them, and while it lasts nothing escalates', () => {
    const paused = after(working(), handler, { transition: 'pause', reason: '监测' }, '2026-05-20')
    const levels = escalationsDue(sample, paused, at('2026-07-01T00:00'), calendar)
    expect(levels.filter(({ clock }) => clock === 'decide')).toEqual([])
    const resumed = after(paused, handler, { transition: 'resume' }, '2026-05-30')
    expect(due(resumed, 'decide')).toBe('2026-06-11')
    expect(currentClock(resumed, 'decide')?.stops).toHaveLength(1)
  })

  test('extended twice, from the end that was not moved, and not a third time', () => {
    const extend: Command = { transition: 'extend', reason: '案情复杂' }
    const once = after(working(), overseer, extend, '2026-05-01')
    expect(due(once, 'decide')).toBe('2026-06-30')
    const twice = after(once, overseer, extend, '2026-06-01')
    expect(due(twice, 'decide')).toBe('2026-07-30')
    expect(refusalsOf(twice, overseer, extend, '2026-07-01')[0]?.zh).toBe(
      '“办理期限”已按“延期”延期2次，不得再延',
    )
  })

  test('a monthly report answers what is overdue, then the coming one', () => {
    const report: Command = { transition: 'report', fields: { note: '进展' } }
    const runs = (facts: Facts) =>
      facts.clocks
        .filter(({ clock }) => clock === 'monthly')
        .map(({ dueMs, endedMs }) => [
          new Date(dueMs + 8 * 3_600_000 - 1).toISOString().slice(5, 10),
          endedMs !== null,
        ])
    const early = after(working(), handler, report, '2026-03-20')
    expect(runs(early)).toEqual([
      ['03-25', true],
      ['04-25', false],
    ])
    const late = after(early, handler, report, '2026-05-28')
    expect(runs(late)).toEqual([
      ['03-25', true],
      ['04-25', true],
      ['05-25', true],
      ['06-25', false],
    ])
  })

  test('each level is told once', () => {
    const facts = working()
    const nowMs = at('2026-06-20T00:00')
    const first = escalationsDue(sample, facts, nowMs, calendar)
    expect(first.filter(({ clock }) => clock === 'decide').map(({ level }) => level)).toEqual([1, 2, 3])
    const told = reach(sample, facts, first, nowMs, calendar)
    expect(escalationsDue(sample, told, nowMs, calendar)).toEqual([])
  })

  test('the look-back is a clock of its own day', () => {
    expect(watched().lookBackOn).toBe('2026-10-08')
    expect(due(watched(), 'look-back')).toBe('2026-10-08')
    const sooner = after(noticed(), acceptor, { ...accept, lookBackMonths: 3 }, '2026-04-08')
    expect(sooner.lookBackOn).toBe('2026-07-08')
    expect(refusalsOf(noticed(), acceptor, { ...accept, lookBackMonths: 13 }, '2026-04-08')[0]?.zh).toBe(
      '回头看须在3至12个月之间安排，收到13',
    )
  })
})

test('a rebound opens a round: counted, clocks afresh, old evidence out', () => {
  const rebound: Command = { transition: 'rebound', reason: '复查仍超标' }
  const again = after(watched(), overseer, rebound, '2026-09-01')
  expect(again).toMatchObject({ state: 'work', round: 2, rebounds: 1, lookBackOn: null })
  expect(again.clocks.filter(({ endedMs }) => endedMs === null).every(({ round }) => round === 2)).toBe(true)
  const [demand] = sample.transitions.find(({ id }) => id === 'submit')?.evidence ?? []
  if (demand === undefined) throw new Error('no demand')
  expect(evidenceMet(demand, watched())).toBe(1)
  expect(evidenceMet(demand, again)).toBe(0)
  expect(refusalsOf(again, handler, submit, '2026-09-02')[0]?.zh).toContain('反弹前的材料不计')
})

test('what the caller has to do comes back: other matters, the lead, the public list, documents', () => {
  const outcome = step(sample, noticed(), acceptor, accept, at('2026-04-08T10:00'), calendar)
  expect(outcome).toMatchObject({ ok: true, effects: [{ kind: 'publish' }], documents: ['acceptance-sheet'] })
})

test('the history begins with the opening and is chained', () => {
  expect(watched().history.map(({ transition, from, to }) => `${from}>${transition}>${to}`)).toEqual([
    '>open>new',
    'new>assign>work',
    'work>submit>review',
    'review>pass>notice',
    'notice>accept>watched',
  ])
})
