import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fileItems, readHeader } from './file-header.ts'
import { hourStart, parseDay, parseMoment, parsePeriod } from './file-time.ts'
import { readPeerHeader, readPeerLine } from './peer-file.ts'
import { type LineError, StationFileParser } from './station-file.ts'
import { decodeText, firstLines, linesOf, sliceFile, splitLine } from './table-text.ts'

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}`, import.meta.url))

interface Read {
  rows: Map<string, number[]>
  lines: Map<string, number>
  errors: LineError[]
  unknown: string[]
}

/** Reads a whole text; stations named in `known`, or all. Key: `code|start`. */
function read(text: string, known?: readonly string[], hourLabel: 'end' | 'start' = 'end'): Read {
  const codes: string[] = []
  const result: Read = { rows: new Map(), lines: new Map(), errors: [], unknown: [] }
  const lines = linesOf(text)
  const header = readHeader(splitLine((lines.next().value as { text: string }).text, ','))!
  const parser = new StationFileParser({
    header,
    separator: ',',
    hourLabel,
    chunkRows: 50,
    stationOf: (code) => {
      if (known && !known.includes(code)) return -1
      if (!codes.includes(code)) codes.push(code)
      return codes.indexOf(code)
    },
    onError: (error) => result.errors.push(error),
    onUnknownCode: (code) => result.unknown.push(code),
  })
  const collect = (chunk = parser.take()) => {
    for (let i = 0; i < chunk.count; i++) {
      const key = `${codes[chunk.station[i]!]}|${new Date(chunk.startMs[i]!).toISOString()}`
      result.rows.set(key, Array.from(chunk.values.subarray(i * 6, i * 6 + 6)))
      result.lines.set(key, chunk.line[i]!)
    }
  }
  for (const { line, text: row } of lines) {
    parser.push(line, row)
    if (parser.full) collect()
  }
  collect(parser.finish())
  return result
}

/** The national layout rewritten as long layout by independent means. */
function toLong(national: string): string {
  const [head, ...rest] = national
    .trim()
    .split(/\r?\n/)
    .map((l) => l.split(','))
  const sites = head!.slice(3)
  const wanted = ['PM2.5', 'PM10', 'SO2', 'NO2', 'O3', 'CO']
  const cells = new Map<string, string>()
  const hours = new Set<string>()
  for (const [date, hour, type, ...values] of rest) {
    hours.add(`${date},${hour}`)
    for (const [i, v] of values.entries()) cells.set(`${date},${hour},${sites[i]},${type}`, v)
  }
  const out = [`date,hour,site,${wanted.join(',')}`]
  for (const hour of hours)
    for (const site of sites)
      out.push(`${hour},${site},${wanted.map((t) => cells.get(`${hour},${site},${t}`) ?? '').join(',')}`)
  return out.join('\n')
}

describe('national layout', () => {
  const text = fixture('national_20190320.csv').toString()

  it('equals the long form of the same file, value by value', () => {
    const national = read(text)
    const long = read(toLong(text))
    expect(national.errors).toEqual([])
    expect(national.rows.size).toBe(14 * 24)
    expect(national.rows).toEqual(long.rows)
  })

  it('puts hour 0 into the last hour of the day before, and takes only the 1 h values of six items', () => {
    const { rows } = read(text)
    const row = rows.get('1001A|2019-03-19T15:00:00.000Z')! // 23:00 Beijing on 19 March
    expect(row[fileItems.indexOf('pm25')]).toBe(73)
    expect(row[fileItems.indexOf('o3')]).toBe(56)
    expect(row[fileItems.indexOf('co')]).toBe(0.5)
  })

  it('keeps an empty cell as missing, never as zero', () => {
    const { rows } = read(text)
    expect(rows.get('1142A|2019-03-19T16:00:00.000Z')![fileItems.indexOf('pm10')]).toBeNaN()
  })

  it('reports a station that is not registered once, and imports the others', () => {
    const { rows, unknown } = read(text, ['1001A', '1011A'])
    expect(rows.size).toBe(48)
    expect(unknown).toHaveLength(12)
  })

  it('names line, column, value and reason of a bad cell and keeps every other line', () => {
    const lines = text.split('\n')
    const at = lines.findIndex((l) => l.startsWith('20190320,5,PM10,'))
    const cells = lines[at]!.split(',')
    cells[4] = 'abc'
    lines[at] = cells.join(',')
    const { rows, errors } = read(lines.join('\n'))
    expect(errors).toEqual([
      { line: at + 1, column: '1002A', value: 'abc', reason: '不是数字', text: lines[at] },
    ])
    expect(rows.size).toBe(14 * 24)
    const row = rows.get('1001A|2019-03-19T20:00:00.000Z')!
    expect(row[fileItems.indexOf('pm10')]).toBeNaN()
    expect(row[fileItems.indexOf('pm25')]).toBeGreaterThan(0)
  })
})

describe('long layout', () => {
  const text = fixture('long_20190311.csv').toString()

  it('reads every row of the published file', () => {
    const { rows, errors } = read(text)
    expect(errors).toEqual([])
    expect(rows.size).toBe(264)
    expect(rows.get('1011A|2019-03-10T15:00:00.000Z')).toEqual([13, 69, 1, 2, Number.NaN, 105])
  })

  it('accepts Chinese headers with units and dates with dashes', () => {
    const { rows, errors } = read(
      '日期,时间,点位编码,点位名称,PM2.5(μg/m³),PM₁₀（μg/m³）,二氧化硫,NO2,臭氧,CO (mg/m³)\n2022-03-01,5时,A1,某站,35,62,9,21,88,0.6',
    )
    expect(errors).toEqual([])
    expect(rows.get('A1|2022-02-28T20:00:00.000Z')).toEqual([88, 21, 0.6, 9, 62, 35])
  })

  it('reads date and hour from one column', () => {
    const { rows } = read('监测时间,站点,PM2.5\n2022/3/1 05:00,A1,35')
    expect([...rows.keys()]).toEqual(['A1|2022-02-28T20:00:00.000Z'])
  })

  it.each([
    ['2022-02-30,5,A1,35', '日期', '2022-02-30', '不是日期'],
    ['2022-03-01,25,A1,35', '小时', '25', '小时应为 0 至 24'],
    ['2022-03-01,5,A9,35', '站点', 'A9', '站点未登记'],
    ['2022-03-01,5,A1,-3', 'PM2.5', '-3', '浓度不能是负数'],
    ['2022-03-01,5,A1,1e999', 'PM2.5', '1e999', '不是数字'],
  ])('refuses %s with a named error', (line, column, value, reason) => {
    const { errors, rows } = read(`日期,小时,站点,PM2.5\n${line}\n2022-03-01,6,A1,40`, ['A1'])
    expect(errors).toEqual([{ line: 2, column, value, reason, text: line }])
    expect(rows.size).toBe(1)
  })

  it('never throws, whatever the lines contain', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary', maxLength: 60 }), { maxLength: 30 }), (lines) => {
        const { rows, errors } = read(`date,hour,site,PM2.5\n${lines.join('\n')}`)
        expect(rows.size + errors.length).toBeLessThanOrEqual(lines.join('\n').split('\n').length)
      }),
    )
  })
})

describe('time of a label', () => {
  it('label h names the hour that ends at h, label 24 equals label 0 of the next day', () => {
    const day = parseDay('20220301')!
    expect(new Date(hourStart(day, 1, 'end')).toISOString()).toBe('2022-02-28T16:00:00.000Z')
    expect(hourStart(day, 24, 'end')).toBe(hourStart(parseDay('2022-03-02')!, 0, 'end'))
    expect(hourStart(day, 0, 'start')).toBe(day)
  })
  it('refuses a moment without an hour', () => {
    expect(parseMoment('2022-03-01', 'end')).toBeUndefined()
  })
})

describe('encoding and slices', () => {
  it('tells UTF-8 with BOM from GB18030', () => {
    expect(decodeText(Buffer.from('\ufeff日期'))).toEqual({ text: '日期', encoding: 'UTF-8' })
    expect(decodeText(Buffer.from([0xc8, 0xd5, 0xc6, 0xda]))).toEqual({ text: '日期', encoding: 'GB18030' })
  })
  it('cuts text behind line ends only, loses no byte, and knows the first line of each slice', () => {
    const bytes = fixture('national_20190320.csv')
    const slices = sliceFile(bytes, 1000)
    expect(Buffer.concat(slices).equals(bytes)).toBe(true)
    expect(slices.slice(0, -1).every((s) => s.at(-1) === 10)).toBe(true)
    const lines = bytes.toString().split('\n')
    firstLines(slices).forEach((first, i) => {
      expect(
        Buffer.from(slices[i]!)
          .toString()
          .startsWith(lines[first - 1]!),
      ).toBe(true)
    })
  })
  it('splits quoted cells', () => {
    expect(splitLine('a,"b,""c""", d ', ',')).toEqual(['a', 'b,"c"', 'd'])
  })
})

describe('peer indexes', () => {
  it.each([
    ['2022', '2022-01-01', '2022-12-31'],
    ['2022年', '2022-01-01', '2022-12-31'],
    ['2022-02', '2022-02-01', '2022-02-28'],
    ['2024年2月', '2024-02-01', '2024-02-29'],
    ['2022年1-6月', '2022-01-01', '2022-06-30'],
    ['2022年1—6月', '2022-01-01', '2022-06-30'],
    ['2022-01~2022-09', '2022-01-01', '2022-09-30'],
  ])('reads the period %s', (text, from, to) => {
    expect(parsePeriod(text)).toEqual({ from, to })
  })
  it('refuses month 13 and a period that runs backwards', () => {
    expect(parsePeriod('2022-13')).toBeUndefined()
    expect(parsePeriod('2022年6-1月')).toBeUndefined()
  })
  it('reads a line and names the error of a bad one', () => {
    const header = readPeerHeader(['period', 'city', 'index', 'PM2.5', '优良率'])!
    const line = (cells: string[]) => readPeerLine(header, { line: 2, text: cells.join(','), cells })
    expect(line(['2022', '对标城市一', '3.21', '19', '88.5%'])).toMatchObject({
      city: '对标城市一',
      values: { composite: 3.21, pm25: 19, excellentRatio: 88.5 },
    })
    expect(line(['2022', '对标城市一', 'x', '', ''])).toMatchObject({
      column: 'index',
      value: 'x',
      reason: '不是非负数',
    })
  })
})
