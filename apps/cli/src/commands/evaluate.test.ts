import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { describe, expect, test } from 'vitest'

const entry = [
  `import { evaluateCommand } from ${JSON.stringify(new URL('./evaluate.ts', import.meta.url).href)}`,
  `await evaluateCommand().parseAsync(process.argv.slice(1), { from: 'user' })`,
].join('\n')

async function evaluate(args: readonly string[], input: string | Buffer | readonly Buffer[] = '') {
  const child = spawn(process.execPath, ['--input-type=module', '-e', entry, '--', ...args])
  const output = text(child.stdout)
  const errors = text(child.stderr)
  child.stdin.on('error', () => {})
  for (const part of typeof input === 'string' || Buffer.isBuffer(input) ? [input] : input) {
    child.stdin.write(part)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  child.stdin.end()
  const [code] = (await once(child, 'close')) as [number]
  return { code, out: await output, err: await errors }
}

const header = 'pm25,pm10,so2,no2,o3,co'

describe('evaluate: CSV', () => {
  test('adds aqi, level, primary and error; other columns pass unchanged', async () => {
    const csv = `site,${header},note\n2647A,116,249,915,44,58,2.3,"a,""b"""\n1090A,93,195,33,87,12,2.8,\n甲,20,30,5,20,60,0.5,x\n`
    const { code, out } = await evaluate(['air.aqi.hour', '--edition', '2012'], csv)
    expect(out.split('\n')).toEqual([
      `site,${header},note,aqi,level,primary,error`,
      '2647A,116,249,915,44,58,2.3,"a,""b""",200,4,SO2,',
      '1090A,93,195,33,87,12,2.8,,123,3,PM2.5+PM10,',
      '甲,20,30,5,20,60,0.5,x,30,1,,',
      '',
    ])
    expect(code).toBe(0)
  })

  test('a line that cannot be evaluated gets an error and the rest goes on', async () => {
    const csv = `${header}\nabc,1,1,1,1,1\n,,,,,\n-1,2,3,4,5,6\n1,2,3\n20,30,5,20,60,0.5\n`
    const { code, out } = await evaluate(['air.aqi.hour', '--edition', '2012'], csv)
    const lines = out.trim().split('\n')
    expect(code).toBe(1)
    expect(lines).toHaveLength(6)
    expect(lines[1]).toBe('abc,1,1,1,1,1,,,,pm25 不是数值：“abc”')
    expect(lines[2]).toBe(',,,,,,,,,六项均缺测')
    expect(lines[3]).toContain('pm25=-1')
    expect(lines[4]).toBe('1,2,3,,,,,,,列数为3，应为6')
    expect(lines[5]).toBe('20,30,5,20,60,0.5,30,1,,')
  })

  test('a missing item makes NA under 2026 (5.3.1) and is left out under 2012', async () => {
    const csv = `${header}\n,80,8,30,120,0.7\n`
    expect((await evaluate(['air.aqi.hour', '--edition', '2026-transition'], csv)).out).toContain(
      '0.7,NA,NA,NA,\n',
    )
    expect((await evaluate(['air.aqi.hour', '--edition', '2012'], csv)).out).toContain('0.7,65,2,PM10,\n')
  })

  test('without an edition the date column decides, however it is written', async () => {
    const csv = `date,${header}\n2025-05-01,72,110,8,38,95,0.9\n20260501,72,110,8,38,95,0.9\n2026/5/1 08:00,72,110,8,38,95,0.9\nnow,72,110,8,38,95,0.9\n`
    const { code, out } = await evaluate(['air.aqi.hour'], csv)
    const rows = out.trim().split('\n').slice(1)
    expect(rows.map((row) => row.split(',')[7])).toEqual(['97', '111', '111', ''])
    expect(rows[3]).toContain('date 应为 YYYY-MM-DD')
    expect(code).toBe(1)
    expect((await evaluate(['air.aqi.hour', '--edition', '2012'], csv)).code).toBe(0)
  })

  test('a byte order mark, CRLF, and characters cut between two chunks are no obstacle', async () => {
    const bytes = Buffer.from(`\uFEFFpm25,pm10,so2,no2,o3,co,站\r\n20,30,5,20,60,0.5,金河\r\n`)
    const cut = bytes.indexOf(Buffer.from('河')) + 1
    const { code, out } = await evaluate(
      ['air.aqi.hour', '--edition', '2012'],
      [bytes.subarray(0, cut), bytes.subarray(cut)],
    )
    expect(out).toBe('pm25,pm10,so2,no2,o3,co,站,aqi,level,primary,error\n20,30,5,20,60,0.5,金河,30,1,,\n')
    expect(code).toBe(0)
  })

  test('bytes that are no UTF-8 are told, not swallowed in silence', async () => {
    const gbk = Buffer.concat([
      Buffer.from(`${header},站\n20,30,5,20,60,0.5,`),
      Buffer.from([0xbd, 0xf0, 0xba, 0xd3, 0x0a]),
    ])
    const { out, err } = await evaluate(['air.aqi.hour', '--edition', '2012'], gbk)
    expect(out).toContain(',30,1,,')
    expect(err).toContain('GB18030')
  })

  test('columns may come in any order, an absent one is missing and told', async () => {
    const { out, err } = await evaluate(['air.aqi.hour', '--edition', '2012'], 'o3,pm25\n200,35\n')
    expect(out).toBe('o3,pm25,aqi,level,primary,error\n200,35,100,2,O3,\n')
    expect(err).toContain('pm10、so2、no2、co')
  })

  test('a line whose quote is never closed is one faulty line; a note over two lines stays one cell', async () => {
    const { code, out } = await evaluate(
      ['air.aqi.hour', '--edition', '2012'],
      `${header},note\n"20,30,5,20,60,0.5,a\n20,30,5,20,60,0.5,"b\nc"\n"1,2\n20,30,5,20,60,0.5,\n`,
    )
    expect(code).toBe(1)
    expect(out.split('\n').slice(1, -1)).toEqual([
      '"""20,30,5,20,60,0.5,a",,,,,,,,,,引号未闭合',
      '20,30,5,20,60,0.5,"b',
      'c",30,1,,',
      '"""1,2",,,,,,,,,,引号未闭合',
      '20,30,5,20,60,0.5,,30,1,,',
    ])
  })

  test('quotes inside a cell are characters, doubled ones in quotes too', async () => {
    const { out } = await evaluate(
      ['air.aqi.hour', '--edition', '2012'],
      `${header},note\n"20","30",5,20,60,0.5,5" tube\n20,30,5,20,60,0.5,"say ""x"", y"\n`,
    )
    expect(out.split('\n').slice(1, -1)).toEqual([
      '20,30,5,20,60,0.5,"5"" tube",30,1,,',
      '20,30,5,20,60,0.5,"say ""x"", y",30,1,,',
    ])
  })

  test('rounding reads the digits of the cell and keeps the trailing zero', async () => {
    const { out } = await evaluate(
      ['rounding.gb8170'],
      'value,decimals,step\n1.050,1,\n2.675,2,\n60.25,,0.5\n',
    )
    expect(out.trim().split('\n').slice(1)).toEqual(['1.050,1,,1.0,', '2.675,2,,2.68,', '60.25,,0.5,60,'])
  })

  test('the composite index, the change and the budget are tables too', async () => {
    const index = await evaluate(
      ['air.composite-index', '--edition', '2012'],
      `${header}\n33,58,8,28,158,1.0\n33,58,8,28,,1.0\n`,
    )
    expect(index.out.trim().split('\n').slice(1)).toEqual([
      '33,58,8,28,158,1.0,3.84,O3,',
      '33,58,8,28,,1.0,,,缺少：o3',
    ])
    const change = await evaluate(['air.year-on-year'], 'now,base\n20,18\n62,58\n')
    expect(change.out).toBe('now,base,change,error\n20,18,11.1,\n62,58,6.9,\n')
    const budget = await evaluate(
      ['air.budget.days'],
      'target,goodSoFar,validSoFar,daysLeft\n87.5,280,320,45\n',
    )
    expect(budget.out).toContain('87.5,280,320,45,5,open,89,76.7,\n')
  })

  test('the published hours of March 2019 come out as published', async () => {
    const fixture = new URL(
      '../../../../packages/standards/fixtures/air/hourly_sites_20190311_0317.csv',
      import.meta.url,
    )
    const renamed = readFileSync(fixture, 'utf8').replace(/^.*\n/, (names) =>
      names
        .replace('PM2.5,', 'pm25,')
        .replace('PM10,', 'pm10,')
        .replace('SO2,', 'so2,')
        .replace('NO2,', 'no2,')
        .replace('O3,', 'o3,')
        .replace('CO,', 'co,'),
    )
    const { out } = await evaluate(['air.aqi.hour'], renamed)
    const rows = out
      .trim()
      .split('\n')
      .slice(1)
      .map((row) => row.split(','))
    expect(rows).toHaveLength(1836)
    expect(rows.filter((row) => row[3] !== '' && row[3] === row[18])).toHaveLength(1826)
  })
})

describe('evaluate: JSON lines', () => {
  test('adds the same fields; NA is null; text that is a number is read', async () => {
    const lines = [
      '{"id":1,"pm25":"93","pm10":195,"o3":12,"no2":87,"so2":33,"co":2.8}',
      '{"id":2,"pm25":5,"co":""}',
      '',
      'oops',
      '{"pm25":[]}',
    ]
    const { code, out } = await evaluate(
      ['air.aqi.hour', '--edition', '2026-transition'],
      `${lines.join('\n')}\n`,
    )
    const [first, second, third, fourth, ...rest] = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(first).toEqual({
      id: 1,
      pm25: '93',
      pm10: 195,
      o3: 12,
      no2: 87,
      so2: 33,
      co: 2.8,
      aqi: 130,
      level: 3,
      primary: 'PM2.5',
    })
    expect(second).toMatchObject({ id: 2, aqi: null, level: null })
    expect(third).toEqual({ line: 'oops', error: '不是 JSON 对象' })
    expect(fourth.error).toContain('pm25')
    expect(rest).toEqual([])
    expect(code).toBe(1)
  })

  test('what was in the line keeps its digits; a field of the same name is replaced', async () => {
    const lines = '{"id":12345678901234567890,"now":20.0,"base":18}\n{}\n{"now":20,"base":18,"change":0} \n'
    const { out } = await evaluate(['air.year-on-year'], lines)
    expect(out.split('\n')).toEqual([
      '{"id":12345678901234567890,"now":20.0,"base":18,"change":11.1}',
      '{"error":"now：缺少；base：缺少"}',
      '{"now":20,"base":18,"change":11.1}',
      '',
    ])
  })

  test('an evaluator over series takes JSON only and nests its result', async () => {
    const { out, code } = await evaluate(['air.percentile'], '{"values":[3,4,8,2,5,4],"p":90}')
    expect(JSON.parse(out)).toEqual({
      values: [3, 4, 8, 2, 5, 4],
      p: 90,
      result: { value: 6.5, n: 6, k: 5.5 },
    })
    expect(code).toBe(0)
    const refused = await evaluate(['air.percentile'], 'values,p\n1,90\n')
    expect(refused).toMatchObject({ code: 2, out: '' })
    expect(refused.err).toContain('只接受 JSON 行')
  })
})

describe('evaluate: usage', () => {
  test('--list names every evaluator', async () => {
    const { code, out } = await evaluate(['--list'])
    expect(code).toBe(0)
    expect(out).toMatch(/^air\.aqi\.hour\s+CSV,JSON\s+2012,2026-transition,2026-final\s/m)
    expect(out).toMatch(/^air\.trend\.spearman\s+JSON\s/m)
  })

  test('--schema prints the input schema', async () => {
    expect(JSON.parse((await evaluate(['air.mda8', '--schema'])).out)).toMatchObject({ required: ['hours'] })
  })

  test.each([
    [['air.aqi.hours'], 'air.aqi.hour'],
    [[], '--list'],
    [['air.aqi.hour', '--edition', '2019'], '2026-transition'],
    [['air.aqi.hour', '--what'], '--what'],
    [['air.aqi.hour'], '没有数据'],
  ])('%j exits with 2 and says what to do', async (args, hint) => {
    const { code, err, out } = await evaluate(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(hint)
  })

  test('a header without any input column exits with 2', async () => {
    const { code, err } = await evaluate(['air.aqi.hour'], 'a,b\n1,2\n')
    expect(code).toBe(2)
    expect(err).toContain('pm25')
  })
})
