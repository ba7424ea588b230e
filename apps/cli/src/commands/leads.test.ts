import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'

const entry = [
  `import { leadsCommand } from ${JSON.stringify(new URL('./leads.ts', import.meta.url).href)}`,
  `import { reportFailure } from ${JSON.stringify(new URL('../failure.ts', import.meta.url).href)}`,
  `try { await leadsCommand().exitOverride().parseAsync(process.argv.slice(1), { from: 'user' }) }`,
  `catch (error) { process.exitCode = reportFailure(error) }`,
].join('\n')

async function leads(args: readonly string[], input: string | Buffer | readonly Buffer[]) {
  const child = spawn(process.execPath, ['--input-type=module', '-e', entry, '--', ...args])
  const output = text(child.stdout)
  const errors = text(child.stderr)
  child.stdin.on('error', () => {})
  for (const part of typeof input === 'string' || Buffer.isBuffer(input) ? [input] : input)
    child.stdin.write(part)
  child.stdin.end()
  const [code] = (await once(child, 'close')) as [number]
  return { code, out: await output, err: await errors }
}

const HEADER = 'outlet,medium,hour,parameter,value,converted,o2,flow,load,mark,limit,range'
const DAYS = 60
const FROZEN = { from: 800, to: 860 }

/** Hours of a plant whose SO2 stands still for 60 hours while everything else goes on. */
function rows(
  outlet: string,
  hourText: (i: number) => string,
  more: { mark?: string; parameters?: string[] } = {},
): string[] {
  const lines: string[] = []
  for (const parameter of more.parameters ?? ['SO2', 'NOx'])
    for (let i = 0; i < DAYS * 24; i++) {
      const load = 75 + 10 * Math.sin(i / 4) + 5 * Math.sin(i * i * 0.37)
      const frozen = parameter === 'SO2' && i >= FROZEN.from && i < FROZEN.to
      const value = frozen ? 30.3 : load * 0.4 + 3 * Math.sin(i * i * 0.71 + parameter.length)
      lines.push(
        `${outlet},air,${hourText(i)},${parameter},${value.toFixed(2)},,,,${load.toFixed(1)},${more.mark ?? ''},50,200`,
      )
    }
  return lines
}

const blank = (i: number) =>
  new Date(Date.UTC(2025, 0, 1) + i * 3_600_000).toISOString().slice(0, 16).replace('T', ' ')
const csv = (lines: readonly string[], header = HEADER) => `${[header, ...lines].join('\n')}\n`

describe('leads scan', () => {
  test('a line without end is skipped and told, not searched again with every piece of it', async () => {
    const endless = Buffer.alloc(60_000_000, 'a')
    const input = [Buffer.from(`${HEADER}\n`), endless, Buffer.from(`\n${rows('DA001', blank).join('\n')}\n`)]
    const started = Date.now()
    const { code, out, err } = await leads(['scan'], input)
    expect(code).toBe(1)
    expect(err).toContain('第 2 行')
    expect(err).toContain('已跳过')
    expect(err.length).toBeLessThan(1000)
    expect(out).toContain('DA001,F27,SO2,')
    expect(Date.now() - started).toBeLessThan(15_000)
  })

  test('a frozen parameter becomes high leads, one line each', async () => {
    const { code, out, err } = await leads(['scan', '--min-level', 'high'], csv(rows('DA001', blank)))
    expect(err).toBe('')
    expect(code).toBe(0)
    const [header, ...lines] = out.trimEnd().split('\n')
    expect(header).toBe('outlet,rule,parameter,from,to,score,level,explanation')
    expect(lines.length).toBeGreaterThan(0)
    const still = lines.find((line) => line.startsWith('DA001,F27,SO2,'))
    expect(still).toMatch(/^DA001,F27,SO2,2025-02-03 0[78]:00,2025-02-05 1[89]:00,0\.\d\d,high,/)
    for (const line of lines) expect(line.split(',')[6]).toBe('high')
  })

  test('hours are written as they were read', async () => {
    const shapes: [make: (i: number) => string, pattern: RegExp][] = [
      [(i) => blank(i).replace(' ', 'T').slice(0, 13), /,2025-02-03T0[78],/],
      [(i) => `${blank(i).replace(' ', 'T')}:00+08:00`, /,2025-02-03T0[78]:00:00\+08:00,/],
      [(i) => `${blank(i - 8).replace(' ', 'T')}Z`, /,2025-02-0[23]T(23|00):00Z,/],
      [(i) => blank(i).replaceAll('-', '/'), /,2025\/02\/03 0[78]:00,/],
    ]
    for (const [make, pattern] of shapes) {
      const { out } = await leads(['scan', '--rule', 'F27'], csv(rows('DA001', make)))
      expect(out).toMatch(pattern)
    }
  })

  test('columns in any order, by name, and optional ones left out', async () => {
    const lines = rows('DA001', blank).map((line) => {
      const [outlet, , hour, parameter, value, , , , load] = line.split(',')
      return [value, hour, load, parameter, outlet].join(',')
    })
    const { code, out } = await leads(
      ['scan', '--rule', 'F27'],
      csv(lines, 'value,hour,load,parameter,outlet'),
    )
    expect(code).toBe(0)
    expect(out).toContain('DA001,F27,SO2,')
  })

  test('UTF-8 with a mark, and GB18030', async () => {
    const body = csv(rows('一号排口', blank, { mark: '正常' }))
    const withMark = await leads(['scan', '--rule', 'F27'], `\uFEFF${body}`)
    expect(withMark.out).toContain('一号排口,F27,SO2,')
    // 一号排口 and 正常 in GB18030
    const known: Record<string, number[]> = {
      一号排口: [0xd2, 0xbb, 0xba, 0xc5, 0xc5, 0xc5, 0xbf, 0xda],
      正常: [0xd5, 0xfd, 0xb3, 0xa3],
    }
    const latin = body.replace(/一号排口|正常/g, (word) => String.fromCharCode(...(known[word] ?? [])))
    const gb = await leads(['scan', '--rule', 'F27'], Buffer.from(latin, 'latin1'))
    expect(gb.out).toBe(withMark.out)
  })

  test('bad lines are told with line, column, value and reason; the rest goes on', async () => {
    const good = rows('DA001', blank)
    const bad = [
      'DA001,air,2025-01-01 00:30,SO2,1,,,,,,,',
      'DA001,air,2025-02-30 00:00,SO2,1,,,,,,,',
      'DA001,air,2025-01-01 00:00,SO2,abc,,,,,,,',
      'DA001,fire,2025-01-01 00:00,SO2,1,,,,,,,',
      'DA001,air,2025-01-01 00:00,,1,,,,,,,',
      'DA001,air,2025-01-01 00:00,SO2,1',
      'DA001,air,2025-01-01 00:00,SO2,Infinity,,,,,,,',
      '"DA001,air,2025-01-01 00:00,SO2,1,,,,,,,',
    ]
    const { code, out, err } = await leads(['scan', '--rule', 'F27'], csv([...bad, ...good]))
    expect(code).toBe(1)
    expect(out).toContain('DA001,F27,SO2,')
    const told = err.trim().split('\n')
    expect(told).toHaveLength(bad.length)
    expect(told[0]).toBe('第 2 行 hour 列：“2025-01-01 00:30”不是整点')
    expect(told[1]).toContain('没有这样的日期')
    expect(told[2]).toBe('第 4 行 value 列：“abc”不是数值')
    expect(told[3]).toContain('应为 air 或 water')
    expect(told[4]).toContain('parameter 列')
    expect(told[5]).toContain('列数为 5，应为 12')
    expect(told[7]).toContain('引号未闭合')
  })

  test('names with commas and quotes are quoted in and out', async () => {
    const { out } = await leads(['scan', '--rule', 'F27'], csv(rows('"厂, ""东"" 口"', blank)))
    expect(out).toContain('"厂, ""东"" 口",F27,SO2,')
  })

  test('each outlet is scanned by itself, whatever stands before it', async () => {
    const alone = await leads(['scan'], csv(rows('B', blank)))
    const both = await leads(
      ['scan'],
      csv([...rows('A', blank, { parameters: ['NOx'] }), ...rows('B', blank)]),
    )
    expect(both.out.split('\n').filter((line) => line.startsWith('B,'))).toEqual(
      alone.out.split('\n').filter((line) => line.startsWith('B,')),
    )
  })

  test('rows hour by hour give the same as rows parameter by parameter', async () => {
    const lines = rows('A', blank)
    const byHour = lines.toSorted((a, b) => (a.split(',')[2]! < b.split(',')[2]! ? -1 : 1))
    expect((await leads(['scan'], csv(byHour))).out).toBe((await leads(['scan'], csv(lines))).out)
  })

  test('an outlet in two places is told', async () => {
    const { code, err } = await leads(
      ['scan'],
      csv([
        ...rows('A', blank).slice(0, 50),
        ...rows('B', blank).slice(0, 50),
        ...rows('A', blank).slice(50, 99),
      ]),
    )
    expect(code).toBe(1)
    expect(err).toContain('排放口 A 的行不在一处')
  })

  test('JSON lines carry the statistic, the threshold and the refutation', async () => {
    const { out } = await leads(['scan', '--format', 'json', '--rule', 'f27'], csv(rows('A', blank)))
    const [first] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(first).toMatchObject({ outlet: 'A', rule: 'F27', parameter: 'SO2', level: 'high' })
    expect(Object.keys(first ?? {})).toEqual(
      expect.arrayContaining(['statistic', 'threshold', 'refutation', 'n', 'hours']),
    )
  })

  test('a header alone has no leads; no header, an unknown rule or nothing at all is wrong use', async () => {
    expect(await leads(['scan'], `${HEADER}\n`)).toMatchObject({ code: 0, err: '' })
    expect(await leads(['scan'], 'a,b\n1,2\n')).toMatchObject({
      code: 2,
      err: expect.stringContaining('表头缺少 outlet'),
    })
    expect(await leads(['scan'], '')).toMatchObject({ code: 2, err: expect.stringContaining('输入是空的') })
  })

  test('an outlet whose years are mistyped is told, not allocated', async () => {
    const lines = ['A,air,1025-01-01 00:00,SO2,1,,,,,,,', 'A,air,2025-01-01 00:00,SO2,1,,,,,,,']
    const { code, err } = await leads(['scan'], csv(lines))
    expect(code).toBe(1)
    expect(err).toContain('请检查是否有写错的年份')
  })
})
