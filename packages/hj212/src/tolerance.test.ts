/** What real devices do, and how it is taken: each deviation seen in public logs and examples is one row. */
import { describe, expect, it } from 'vitest'
import { frameOf, hourly } from './frame-text.fixture.ts'
import {
  crc16Modbus,
  crcText,
  type DeviceFault,
  decodeAll,
  decodeFrame,
  deform,
  type Frame,
  frameFaults,
  frameTime,
  parseTime,
} from './index.ts'

const clean = frameOf(hourly)

/** The one good frame in the bytes. */
function only(bytes: Buffer): Frame {
  const frames = decodeAll(bytes)
  expect(frames).toHaveLength(1)
  return frames[0] as Frame
}

const values = (frame: Frame) => [frame.cp.number(0, 'Avg'), frame.cp.number(1, 'Avg')]
const area = (cp: string) =>
  decodeFrame(
    frameOf(`QN=20260801100000123;ST=32;CN=2011;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&${cp}&&`),
  )

/** Fault, whether the frame stays usable, the anomalies, and the two values as numbers. */
const rows: [fault: DeviceFault, ok: boolean, anomalies: string[], numbers: number[]][] = [
  ['crc-lowercase', true, ['crc-lowercase'], [21.5, 88.25]],
  ['crc-wrong', false, [], [21.5, 88.25]],
  ['tail-none', true, ['tail-none'], [21.5, 88.25]],
  ['tail-lf', true, ['tail-lf'], [21.5, 88.25]],
  ['tail-spaces', true, ['tail-spaces'], [21.5, 88.25]],
  ['tail-literal', true, ['tail-literal'], [21.5, 88.25]],
  ['junk-before', true, [], [21.5, 88.25]],
  ['length-short', true, ['length-not-4-digits'], [21.5, 88.25]],
  ['length-padded-with-spaces', true, ['length-not-4-digits'], [21.5, 88.25]],
  ['length-includes-crc', true, ['length-mismatch'], [21.5, 88.25]],
  ['length-includes-frame', true, ['length-mismatch'], [21.5, 88.25]],
  ['length-too-small', true, ['length-mismatch'], [21.5, 88.25]],
  ['qn-missing', true, ['no-QN'], [21.5, 88.25]],
  ['qn-empty', true, ['QN-not-17-digits'], [21.5, 88.25]],
  ['qn-epoch', true, ['QN-not-17-digits'], [21.5, 88.25]],
  ['data-time-17', true, ['DataTime-not-14-digits'], [21.5, 88.25]],
  ['data-time-12', true, ['DataTime-not-14-digits'], [21.5, 88.25]],
  ['data-time-dashed', true, ['DataTime-not-14-digits'], [21.5, 88.25]],
  ['mn-lowercase', true, ['MN-not-24-hex'], [21.5, 88.25]],
  ['mn-spaces', true, ['MN-spaces'], [21.5, 88.25]],
  ['pw-empty', true, ['PW-not-6-chars'], [21.5, 88.25]],
  ['pw-long', true, ['PW-not-6-chars'], [21.5, 88.25]],
  ['st-three', true, ['ST-not-2-chars'], [21.5, 88.25]],
  ['flag-missing', true, ['no-Flag'], [21.5, 88.25]],
  ['flag-split-without-packets', true, ['flag-split-bit-without-PNUM'], [21.5, 88.25]],
  ['flag-joined', true, ['field-separator'], [21.5, 88.25]],
  ['commas-everywhere', true, [], [21.5, 88.25]],
  ['semicolons-everywhere', true, [], [21.5, 88.25]],
  ['trailing-semicolon', true, ['empty-cp-item'], [21.5, 88.25]],
  ['spaces-around-names', true, ['field-spaces'], [21.5, 88.25]],
  ['suffix-case', true, ['suffix-case'], [21.5, 88.25]],
  ['extra-suffix', true, [], [21.5, 88.25]],
  ['flag-before-value', true, [], [21.5, 88.25]],
  ['stray-flag', true, ['stray-Flag'], [21.5, 88.25]],
  ['duplicate-factor', true, ['duplicate-field'], [21.5, 88.25]],
  ['value-empty', true, ['value-empty'], [Number.NaN, 88.25]],
  ['value-dash', true, ['value-not-number'], [Number.NaN, 88.25]],
  ['value-nan', true, ['value-not-number'], [Number.NaN, 88.25]],
  ['value-stars', true, ['value-not-number'], [Number.NaN, 88.25]],
  ['value-exponent', true, ['value-format'], [1.2, 88.25]],
  ['value-plus', true, ['value-format'], [1.2, 88.25]],
  ['value-thousands', true, ['value-not-number'], [Number.NaN, 88.25]],
  ['value-fill', true, ['value-fill'], [Number.NaN, 88.25]],
  ['value-15-decimals', true, [], [1.123456789012345, 88.25]],
  ['code-without-letter', true, [], [21.5, 88.25]],
  ['crc-modbus', false, ['crc-is-CRC16/MODBUS'], [21.5, 88.25]],
]

describe('deviations of devices', () => {
  it.each(rows)('%s: usable %s, named %j', (fault, ok, anomalies, numbers) => {
    const bytes = deform(clean, fault)
    expect(bytes.equals(clean)).toBe(false)
    const frame = only(bytes)
    expect(frame.ok).toBe(ok)
    expect(frame.anomalies).toEqual(anomalies)
    expect(values(frame)).toEqual(numbers)
    expect(frame.cp.mark(0)).toBe('N')
  })

  it('cover every fault that the simulator can put in', () => {
    expect(rows.map(([fault]) => fault).sort()).toEqual(Object.keys(frameFaults).sort())
  })
})

describe('length and CRC', () => {
  it('names the computed and the received CRC', () => {
    const frame = only(deform(clean, 'crc-wrong'))
    expect(frame.fault).toBe('crc')
    expect(frame.error).toMatch(/^crc: received [0-9A-F]{4}, computed [0-9A-F]{4}$/)
  })

  it('tells a CRC that no HJ 212 device can have computed by its low byte', () => {
    const other = Buffer.from(clean.toString().replace(/&&....\r\n$/, '&&1234\r\n'))
    expect(only(other).error).toContain('not of the algorithm of HJ 212 Annex A')
  })

  it('diagnoses CRC-16/MODBUS and accepts it only by the dialect of the station', () => {
    const bytes = deform(clean, 'crc-modbus')
    const frame = only(bytes)
    expect(frame.fault).toBe('modbus-crc')
    expect(frame.error).toContain('modbus crc')
    const accepted = decodeFrame(bytes, {
      dialect: (mn) => (mn === frame.header.mn ? { modbusCrc: true } : undefined),
    })
    expect(accepted.ok).toBe(true)
    expect(accepted.anomalies).toEqual(['crc-is-CRC16/MODBUS'])
  })

  it('accepts a segment of more than 1,024 bytes and names it', () => {
    const long = frameOf(hourly.replace('&&DataTime', `&&x-Info=//${'a'.repeat(900)}//;DataTime`))
    expect(only(long)).toMatchObject({ ok: true, anomalies: ['length-over-1024'] })
  })

  it.each(['utf-8', 'gbk'] as const)('accepts a length counted in characters of %s text', (encoding) => {
    const letters =
      encoding === 'utf-8' ? Buffer.from('烟气分析仪') : Buffer.from('d1ccc6f8b7d6cef6d2c7', 'hex')
    const segment = Buffer.concat([
      Buffer.from(
        'QN=20260801100000123;ST=31;CN=3020;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&&DataTime=20260801100000;i11001-Info=//',
      ),
      letters,
      Buffer.from('//&&'),
    ])
    const good = frameOf(segment)
    const counted = Buffer.from(good)
    counted.write(String(segment.length - letters.length + 5).padStart(4, '0'), 2)
    const frame = only(counted)
    expect(frame.ok).toBe(true)
    expect(frame.cp.text(0, 'Info')).toBe('//烟气分析仪//')
    expect(frame.anomalies).toEqual(['length-mismatch', ...(encoding === 'gbk' ? ['text-not-utf8'] : [])])
  })
})

describe('header', () => {
  const head = (fields: string) => decodeFrame(frameOf(`${fields}CP=&&DataTime=20260801090000&&`))

  it('is read in any order', () => {
    const frame = head('MN=1;PNO=2;PNUM=3;Flag=6;PW=123456;CN=2011;ST=22;QN=20260801100000123;')
    expect(frame.packet).toEqual({ total: 3, number: 2 })
    expect(frame.anomalies).toEqual(['MN-not-24-hex'])
  })

  it('understands a comma between fields and names in another case', () => {
    const frame = head('qn=20260801100000123,ST=22;CN=2011;Mn=010000A8900016F000169DC0;Flag=4;')
    expect(frame).toMatchObject({ ok: true, anomalies: ['field-case', 'field-separator'] })
  })

  it('understands a space inside an empty data area', () => {
    const frame = decodeFrame(
      frameOf('QN=20260801100000123;ST=22;CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=4;CP=&& &&'),
    )
    expect(frame).toMatchObject({ ok: true, anomalies: [] })
    expect(frame.cp.toJSON()).toEqual({ plain: {}, factors: {} })
  })

  it('accepts zero-padded packet numbers with the split bit clear or no Flag', () => {
    const frame = head('ST=22;CN=2011;MN=010000A8900016F000169DC0;PNUM=0003;PNO=0002;')
    expect(frame.packet).toEqual({ total: 3, number: 2 })
    expect(frame.anomalies).toEqual(['no-QN', 'no-Flag', 'PNUM-without-split-bit'])
    expect(frame.toJSON()).toMatchObject({ pnum: '0003', pno: '0002' })
  })

  it('takes a PNO outside 1…PNUM for no packet', () => {
    const frame = head('QN=20260801100000123;ST=22;CN=2011;MN=010000A8900016F000169DC0;Flag=6;PNUM=2;PNO=3;')
    expect(frame.packet).toBeNull()
    expect(frame.anomalies).toEqual(['packet-number-out-of-range'])
  })

  it('reads reserved version bits as the newest version', () => {
    expect(head('QN=20260801100000123;ST=32;CN=2011;MN=010000A8900016F000169DC0;Flag=13;')).toMatchObject({
      ok: true,
      version: '2025',
      anomalies: ['flag-version-reserved'],
    })
  })

  it('tells HJ 212-2025 from the surface-water protocol by ST and the form of MN', () => {
    const version = (st: string, mn: string) =>
      head(`QN=20260801100000123;ST=${st};CN=2011;MN=${mn};Flag=9;`).version
    expect(version('32', '010000A8900016F000169DC0')).toBe('2025')
    expect(version('21', '010000A8900016F000169DC0')).toBe('surface-water')
    expect(version('32', 'A110000_0001')).toBe('surface-water')
    expect(version('32', 'A11000_0001')).toBe('2025')
  })

  it('needs CN and MN; a device of 2025 without MN may send 1001', () => {
    expect(head('ST=22;MN=1;')).toMatchObject({ ok: false, fault: 'no-CN' })
    expect(head('ST=22;CN=2011;')).toMatchObject({ ok: false, fault: 'no-MN' })
    expect(head('QN=20260801100000123;ST=32;CN=1001;PW=123456;MN=;Flag=9;').ok).toBe(true)
    expect(head('QN=20260801100000123;ST=32;CN=1001;PW=123456;MN=;Flag=5;').ok).toBe(false)
  })

  it('refuses an MN with control characters or of more than 40 bytes', () => {
    expect(head('ST=22;CN=2011;MN=A\u0001B;')).toMatchObject({ ok: false, fault: 'bad-MN' })
    expect(head(`ST=22;CN=2011;MN=${'A'.repeat(41)};`)).toMatchObject({ ok: false, fault: 'bad-MN' })
    expect(head(`ST=22;CN=2011;MN=${'A'.repeat(40)};`).ok).toBe(true)
  })

  it('keeps what it does not know out of the way', () => {
    expect(
      head('XX=1;ST=22;CN=2011;MN=010000A8900016F000169DC0;QN=20260801100000123;QN=1;Flag=4;'),
    ).toMatchObject({
      ok: true,
      anomalies: ['unknown-field', 'duplicate-header-field'],
    })
  })

  it('names a Flag that is no number and takes the message for 2005', () => {
    expect(head('QN=20260801100000123;ST=22;CN=2011;MN=010000A8900016F000169DC0;Flag=x;')).toMatchObject({
      version: '2005',
      anomalies: ['Flag-not-number'],
    })
  })
})

describe('data area', () => {
  it('groups by code, whatever separators and order a device uses', () => {
    const expected = {
      plain: { DataTime: '20260801100000' },
      factors: { w01018: { Rtd: '1', Flag: 'N' }, '011': { Rtd: '2' } },
    }
    for (const cp of [
      'DataTime=20260801100000;w01018-Rtd=1,w01018-Flag=N;011-Rtd=2',
      'w01018-Rtd=1;011-Rtd=2;w01018-Flag=N;DataTime=20260801100000',
      'DataTime=20260801100000,w01018-Rtd=1,w01018-Flag=N,011-Rtd=2',
    ])
      expect(JSON.parse(JSON.stringify(area(cp).cp))).toEqual(expected)
  })

  it('keeps repeated plain fields of 2005 as a list', () => {
    const { cp, anomalies } = area('PolId=101;PolId=102;CTime=04,CTime=10,CTime=16')
    expect(cp.plainAll('PolId')).toEqual(['101', '102'])
    expect(cp.plain('PolId')).toBe('101')
    expect(cp.toJSON().plain).toEqual({ PolId: ['101', '102'], CTime: ['04', '10', '16'] })
    expect(anomalies).toEqual([])
  })

  it('lets the first of two equal fields win', () => {
    const { cp, anomalies } = area('a21026-Rtd=1,a21026-Flag=N;a21026-Rtd=2,a21026-flag=D')
    expect(cp.number(0, 'Rtd')).toBe(1)
    expect(cp.mark(0)).toBe('N')
    expect(anomalies).toEqual(['duplicate-field', 'suffix-case'])
  })

  it('finds a suffix in any case and shows it as received', () => {
    const { cp } = area('LA-rtd=50.1,LA-FLAG=N')
    expect(cp.number(0, 'Rtd')).toBe(50.1)
    expect(cp.mark(0)).toBe('N')
    expect(cp.toJSON().factors).toEqual({ LA: { rtd: '50.1', FLAG: 'N' } })
  })

  it('keeps unknown codes and suffixes', () => {
    const { cp, anomalies } = area('CONC-Rtd=0.82;ua19004-ZsCou=3;l01001-Rtd=119.9;LA-td=5')
    expect(cp.codes).toEqual(['CONC', 'ua19004', 'l01001', 'LA'])
    expect(cp.text(3, 'td')).toBe('5')
    expect(anomalies).toEqual([])
  })

  it('splits a key at its first dash', () => {
    expect(area('a-b-c=1').cp.toJSON().factors).toEqual({ a: { 'b-c': '1' } })
  })

  it('reads log text between // with separators in it', () => {
    const { cp } = area('DataTime=20260801100000;i11001-Info=//a,b;c=d//;i12001-Info=1')
    expect(cp.text(0, 'Info')).toBe('//a,b;c=d//')
    expect(cp.number(1, 'Info')).toBe(1)
  })

  it('treats __proto__ and constructor as mere codes', () => {
    const { cp } = area('__proto__-Rtd=1,__proto__-__proto__=2;constructor=3;toString-toString=4')
    const json = JSON.parse(JSON.stringify(cp))
    expect(Object.keys(json.factors)).toEqual(['__proto__', 'toString'])
    expect(Object.keys(Object.values<object>(json.factors)[0] ?? {})).toEqual(['Rtd', '__proto__'])
    expect(json.plain).toEqual({ constructor: '3' })
    expect(({} as Record<string, unknown>).Rtd).toBeUndefined()
  })

  it('does not use codes with control characters', () => {
    const { cp, anomalies } = area('a\u000021-Rtd=1;b-Rtd=2')
    expect(cp.codes).toEqual(['b'])
    expect(anomalies).toEqual(['control-character-in-code'])
  })

  it.each([
    ['1e309', Number.NaN, 'value-not-number'],
    ['0x10', Number.NaN, 'value-not-number'],
    ['Infinity', Number.NaN, 'value-not-number'],
    ['1.2.3', Number.NaN, 'value-not-number'],
    ['--1', Number.NaN, 'value-not-number'],
    ['123456789012345678901', Number.NaN, 'value-too-long'],
    ['-0.5', -0.5, null],
    ['.5', 0.5, null],
    ['5.', 5, null],
    ['007.30', 7.3, null],
    ['12345678901234567', 12345678901234568, null],
    [' 1.5 ', 1.5, null],
  ] as const)('reads the value %j as %d', (text, number, anomaly) => {
    const { cp, anomalies } = area(`a21026-Rtd=${text},a21026-Flag=N`)
    expect(cp.number(0, 'Rtd')).toBe(number)
    expect(cp.text(0, 'Rtd')).toBe(text)
    expect(anomalies).toEqual(anomaly === null ? [] : [anomaly])
  })

  it('takes the fill values of the station', () => {
    const bytes = frameOf(hourly.replace('88.25', '999.99'))
    expect(decodeFrame(bytes).cp.number(1, 'Avg')).toBe(999.99)
    expect(decodeFrame(bytes, { dialect: { fillValues: [999.99] } }).cp.number(1, 'Avg')).toBeNaN()
  })

  it('keeps marks as they came: lower case, empty, more than one letter', () => {
    const { cp } = area('a-Rtd=1,a-Flag=n;b-Rtd=1,b-Flag=;c-Rtd=1,c-Flag=NB')
    expect([cp.mark(0), cp.mark(1), cp.mark(2)]).toEqual(['n', '', 'NB'])
  })

  it('stays fast and right with a thousand codes and with a thousand suffixes', () => {
    const many = Array.from({ length: 1000 }, (_, i) => `c${i}-R=1`).join(';')
    const deep = `${Array.from({ length: 1000 }, (_, i) => `c-R${i}=${i}`).join(',')},c-R7=8`
    const decode = (cp: string) => decodeFrame(frameOf(`ST=22;CN=2011;MN=1;Flag=4;CP=&&${cp}&&`))
    const began = performance.now()
    expect(
      decodeAll(frameOf(`ST=22;CN=2011;MN=1;Flag=4;CP=&&${many.slice(0, 3900)}&&`))[0]?.cp.factorCount,
    ).toBeGreaterThan(400)
    expect(decode(many.slice(0, 3900)).ok).toBe(true)
    const frame = decode(deep.slice(0, 3899))
    expect(frame.cp.factorCount).toBe(1)
    expect(performance.now() - began).toBeLessThan(200)
  })

  it('names items that say nothing', () => {
    expect(area('abc;=5;-Rtd=1;;DataTime=20260801100000').anomalies).toEqual([
      'item-without-value',
      'item-without-name',
      'empty-cp-item',
    ])
  })

  it('reads a data area that is not closed', () => {
    const frame = decodeFrame(
      frameOf('ST=22;CN=2011;MN=010000A8900016F000169DC0;QN=20260801100000123;Flag=4;CP=&&a21026-Rtd=1'),
    )
    expect(frame).toMatchObject({ ok: true, anomalies: ['cp-unclosed'] })
    expect(frame.cp.number(0, 'Rtd')).toBe(1)
  })

  it('accepts a segment without a data area', () => {
    expect(
      decodeFrame(frameOf('QN=20260801100000123;ST=91;CN=9013;PW=123456;MN=010000A8900016F000169DC0;Flag=4')),
    ).toMatchObject({
      ok: true,
      anomalies: ['no-CP'],
    })
  })
})

describe('times', () => {
  const noon = Date.UTC(2026, 7, 1, 1)

  it.each(['20260801090000', '20260801090000000', '202608010900', '2026-08-01 09:00:00'])(
    'reads %s',
    (text) => {
      expect(parseTime(text)).toBe(noon)
    },
  )

  it.each(['', '20261301000000', '20260230000000', '20260801250000', '1970', 'abc', '99999999999999'])(
    'takes %j for no time',
    (text) => {
      expect(parseTime(text)).toBeNaN()
    },
  )

  it('takes a DataTime inside its interval down to the start and names it', () => {
    const frame = decodeFrame(frameOf(hourly.replace('20260801090000;', '20260801090417;')))
    expect(frameTime(frame)).toEqual({
      startMs: noon,
      lengthMs: 3_600_000,
      anomalies: ['DataTime-not-at-interval'],
    })
  })

  it('shifts a station that labels the end', () => {
    const frame = decodeFrame(clean)
    expect(frameTime(frame).startMs).toBe(noon)
    expect(frameTime(frame, { labelsEnd: true }).startMs).toBe(noon - 3_600_000)
  })
})

it('a frame decoded without its stream needs no CR LF and may be followed by others', () => {
  expect(decodeFrame(frameOf(hourly, '')).ok).toBe(true)
  expect(decodeFrame(Buffer.concat([clean, clean])).rawText).toBe(clean.toString())
  expect(decodeFrame(Buffer.from('nothing'))).toMatchObject({ ok: false, fault: 'no-frame' })
})

it('CRC-16/MODBUS of a deformed frame is the one of its segment', () => {
  const bytes = deform(clean, 'crc-modbus')
  expect(bytes.toString('latin1', bytes.length - 6, bytes.length - 2)).toBe(
    crcText(crc16Modbus(Buffer.from(hourly))),
  )
})
