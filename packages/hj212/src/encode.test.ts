import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type CpItem,
  decodeAll,
  decodeFrame,
  encodeFrame,
  encodeFrames,
  encodeReply,
  type FrameInput,
  PacketAssembler,
  type Version,
} from './index.ts'

const base: FrameInput = {
  version: '2017',
  qn: '20160801085857223',
  st: '32',
  cn: '1062',
  pw: '100000',
  mn: '010000A8900016F000169DC0',
  needAck: true,
  cp: [{ name: 'RtdInterval', value: 30 }],
}

describe('encoding', () => {
  it('writes the example of HJ 212-2017 Annex A', () => {
    expect(encodeFrame(base).toString()).toBe(
      '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n',
    )
  })

  it('writes the example of HJ 212-2025 Annex A.1', () => {
    const frame = encodeFrame({
      ...base,
      version: '2025',
      qn: '20240601085857223',
      cn: '1011',
      pw: '123456',
      cp: [],
    })
    expect(frame.toString()).toBe(
      '##0087QN=20240601085857223;ST=32;CN=1011;PW=123456;MN=010000A8900016F000169DC0;Flag=9;CP=&&&&2200\r\n',
    )
  })

  it('writes a 2005 upload without QN and Flag', () => {
    const { qn: _, ...rest } = base
    const text = encodeFrame({ ...rest, version: '2005', flag: null }).toString()
    expect(text.slice(6, -6)).toBe(
      'ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;CP=&&RtdInterval=30&&',
    )
    expect(decodeFrame(Buffer.from(text))).toMatchObject({
      ok: true,
      version: '2005',
      anomalies: ['no-QN', 'no-Flag'],
    })
  })

  it('marks supplementary data by RF=1 in 2025 only', () => {
    expect(encodeFrame({ ...base, version: '2025', resent: true }).toString()).toContain(';RF=1;CP=')
    expect(encodeFrame({ ...base, version: '2017', resent: true }).toString()).not.toContain('RF=')
    expect(decodeFrame(encodeFrame({ ...base, version: '2025', resent: true })).header.rf).toBe('1')
  })

  it.each([
    [{ ...base, pw: '1;MN=2' }, 'PW must not contain a separator'],
    [{ ...base, mn: 'a\r\n##' }, 'MN must not contain a separator'],
    [{ ...base, cp: [{ name: 'A', value: '1;B=2' }] }, 'A value must not contain ;'],
    [{ ...base, cp: [{ name: 'A', value: '1&&2' }] }, 'The data area must not contain &&'],
    [{ ...base, cp: [{ name: 'A=', value: 1 }] }, 'A name in the data area must not contain ='],
    [{ ...base, cp: [{ name: 'A', value: Number.NaN }] }, 'A value must be finite'],
    [{ ...base, cp: [{ name: 'A', value: 'x\ny' }] }, 'must not contain line ends'],
    [{ ...base, cp: 'x'.repeat(9990) }, 'A data segment has at most 9999 bytes'],
  ] as const)('refuses what a frame cannot carry (%#)', (input, message) => {
    expect(() => encodeFrame(input as FrameInput)).toThrow(message)
  })

  it('writes small and large numbers without an exponent', () => {
    const frame = encodeFrame({ ...base, cp: [{ code: 'a', fields: { Rtd: 1e-7, Avg: 1e21 } }] })
    expect(decodeFrame(frame).cp.toJSON().factors.a?.Rtd).toBe('0.0000001000')
  })
})

const letters = fc.string({
  unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_'),
  minLength: 1,
  maxLength: 12,
})
const valueText = fc.oneof(
  fc.integer({ min: -999_999_999, max: 999_999_999 }).map((n) => (n / 1000).toFixed(3)),
  fc.constantFrom('', 'N', '正常', '20260801090000', '-'),
  fc.string({ unit: fc.constantFrom(...'日志ab,;= .'), maxLength: 12 }).map((text) => `//${text}//`),
)
const items: fc.Arbitrary<CpItem[]> = fc.uniqueArray(
  fc.oneof(
    fc.record({ name: letters.map((name) => `P${name}`.slice(0, 12)), value: valueText }),
    fc.record({
      code: letters.map((code) => `f${code}`.slice(0, 12)),
      fields: fc.dictionary(letters, valueText, { minKeys: 1, maxKeys: 5 }),
    }),
  ),
  { selector: (item) => ('name' in item ? item.name : item.code).toLowerCase(), maxLength: 20 },
)
const version = fc.constantFrom<Version>('2005', '2017', '2025')
const message = fc.record({
  version,
  qn: fc.integer({ min: 0, max: 999 }).map((n) => `20260801100000${String(n).padStart(3, '0')}`),
  st: fc.constantFrom('22', '31', '32', 'A1'),
  cn: fc.constantFrom('2011', '2051', '3020', '9014'),
  pw: letters,
  mn: letters,
  needAck: fc.boolean(),
  cp: items,
})

/** Suffixes are distinct in any case, else the first would win. */
const distinct = (cp: readonly CpItem[]) =>
  cp.every(
    (item) =>
      'name' in item ||
      new Set(Object.keys(item.fields).map((key) => key.toLowerCase())).size ===
        Object.keys(item.fields).length,
  )

describe('decode(encode(x)) = x', () => {
  it('for any message', () => {
    fc.assert(
      fc.property(message, (input) => {
        fc.pre(distinct(input.cp))
        const frame = decodeFrame(encodeFrame(input))
        expect(frame.ok).toBe(true)
        expect(frame.version).toBe(input.version)
        expect(frame.flag.needAck).toBe(input.needAck)
        expect(frame.header).toMatchObject({
          qn: input.qn,
          st: input.st,
          cn: input.cn,
          pw: input.pw,
          mn: input.mn,
        })
        expect(rebuilt(input.cp)).toEqual(JSON.parse(JSON.stringify(frame.cp)))
      }),
      { numRuns: 500 },
    )
  })

  it('for numbers of up to 15 digits, to the last bit', () => {
    const number = fc.tuple(fc.maxSafeNat(), fc.nat(9)).map(([n, decimals]) => {
      const digits = String(n % 1e15).padStart(decimals + 1, '0')
      return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
    })
    fc.assert(
      fc.property(number, fc.boolean(), (text, negative) => {
        const signed = negative ? `-${text}` : text
        const frame = decodeFrame(encodeFrame({ ...base, cp: [{ code: 'a', fields: { Rtd: signed } }] }))
        expect(frame.cp.number(0, 'Rtd')).toBe(Number(signed))
      }),
      { numRuns: 1000 },
    )
  })

  it('for messages split into sub-packets, in any order of arrival', () => {
    fc.assert(
      fc.property(
        message,
        fc.integer({ min: 40, max: 300 }),
        fc.infiniteStream(fc.nat()),
        (input, limit, dice) => {
          fc.pre(distinct(input.cp))
          const cp: CpItem[] = [
            { name: 'DataTime', value: '20260801090000' },
            ...input.cp.filter((item) => 'code' in item),
          ]
          const frames = encodeFrames({ ...input, cp }, { limit }).map((bytes) => decodeFrame(bytes))
          const merged: Record<string, unknown> = {}
          const assembler = new PacketAssembler()
          const shuffled = frames
            .map((frame) => [dice.next().value, frame] as const)
            .sort((a, b) => a[0] - b[0])
          let complete = 0
          for (const [, frame] of shuffled) {
            expect(frame.cp.plain('DataTime')).toBe('20260801090000')
            const result = assembler.add(frame, 0)
            expect(result.kind).toBe('frame')
            if (result.kind === 'frame' && result.complete) complete++
            for (const [code, fields] of Object.entries(frame.cp.toJSON().factors)) {
              expect(merged[code]).toBeUndefined()
              merged[code] = fields
            }
          }
          expect(complete).toBe(frames.length > 1 ? 1 : 0)
          expect(assembler.open).toBe(0)
          expect(merged).toEqual(rebuilt(cp).factors)
        },
      ),
      { numRuns: 200 },
    )
  })
})

function rebuilt(cp: readonly CpItem[]) {
  const result = {
    plain: {} as Record<string, string>,
    factors: {} as Record<string, Record<string, string>>,
  }
  for (const item of cp) {
    if ('name' in item) result.plain[item.name] = String(item.value)
    else
      result.factors[item.code] = Object.fromEntries(
        Object.entries(item.fields).map(([key, text]) => [key, String(text)]),
      )
  }
  return result
}

describe('splitting', () => {
  const cp: CpItem[] = [
    { name: 'DataTime', value: '20160801084000' },
    ...Array.from({ length: 40 }, (_, i) => ({
      code: `w${21000 + i}`,
      fields: { Min: '1.1', Avg: '1.2', Max: '1.3', Flag: 'N' },
    })),
  ]

  it('gives each packet its own QN, PNUM, PNO, the split bit and DataTime (2017 C.49)', () => {
    const frames = decodeAll(Buffer.concat(encodeFrames({ ...base, cn: '2061', cp })))
    expect(frames.length).toBeGreaterThan(1)
    expect(frames.map((frame) => frame.packet)).toEqual(
      frames.map((_, i) => ({ total: frames.length, number: i + 1 })),
    )
    expect(new Set(frames.map((frame) => frame.header.qn)).size).toBe(frames.length)
    for (const frame of frames) {
      expect(frame.ok && frame.anomalies.length === 0).toBe(true)
      expect(frame.flag).toMatchObject({ value: 7, split: true, needAck: true })
      expect(frame.raw.length - 12).toBeLessThanOrEqual(1024)
    }
  })

  it('leaves a short message whole', () => {
    expect(encodeFrames({ ...base, cp: cp.slice(0, 3) })).toHaveLength(1)
    expect(decodeFrame(encodeFrames({ ...base, cp: cp.slice(0, 3) })[0] as Buffer).packet).toBeNull()
  })
})

describe('sub-packets', () => {
  const part = (number: number, total: number, cp: string) =>
    decodeFrame(encodeFrame({ ...base, cn: '2051', packet: { number, total }, cp }))

  it('that never arrive are reported as incomplete after 30 s', () => {
    const assembler = new PacketAssembler()
    assembler.add(part(1, 3, 'DataTime=20160801084000;w01018-Avg=1'), 0)
    assembler.add(part(3, 3, 'DataTime=20160801084000;w21003-Avg=3'), 1000)
    expect(assembler.expire(29_999)).toEqual([])
    const [late] = assembler.expire(30_000)
    expect(late).toMatchObject({ mn: base.mn, cn: '2051', dataTime: '20160801084000', received: 2, total: 3 })
    expect(assembler.open).toBe(0)
  })

  it('received twice count once', () => {
    const assembler = new PacketAssembler()
    const one = part(1, 2, 'DataTime=20160801084000;w01018-Avg=1')
    assembler.add(one, 0)
    expect(assembler.add(one, 1)).not.toHaveProperty('complete')
    expect(assembler.expire(30_000)[0]?.received).toBe(1)
  })

  it('cut inside an item are joined in the order of PNO before they are read', () => {
    const text = 'DataTime=20160801084000;w01018-Avg=12.5,w01018-Flag=N;w21003-Avg=3.25,w21003-Flag=N'
    const parts = [text.slice(0, 36), text.slice(36, 60), text.slice(60)].map((cp, i) => part(i + 1, 3, cp))
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 0, 2],
    ]) {
      const assembler = new PacketAssembler()
      const results = order.map((i) => assembler.add(parts[i] as never, 0))
      const last = results.at(-1)
      expect(last?.kind).toBe('joined')
      if (last?.kind !== 'joined') return
      expect(last.cp.toJSON()).toEqual({
        plain: { DataTime: '20160801084000' },
        factors: { w01018: { Avg: '12.5', Flag: 'N' }, w21003: { Avg: '3.25', Flag: 'N' } },
      })
      expect(last.anomalies).toEqual([])
    }
  })

  it('of devices without end do not fill the memory', () => {
    const assembler = new PacketAssembler()
    for (let i = 0; i < 5000; i++) assembler.add(part(1, 2, `DataTime=${20160801080000 + i}`), 0)
    expect(assembler.open).toBe(2000)
  })
})

describe('replies', () => {
  const upload = (version: Version, extra: Partial<FrameInput> = {}) =>
    decodeFrame(
      encodeFrame({
        ...base,
        version,
        cn: '2011',
        cp: [{ name: 'DataTime', value: '20160801084000' }],
        ...extra,
      }),
    )

  it('repeat QN, PW and MN, with ST=91 and the version of the sender (10.2)', () => {
    expect(encodeReply(upload('2017'), '9014').toString().slice(6, -6)).toBe(
      'QN=20160801085857223;ST=91;CN=9014;PW=100000;MN=010000A8900016F000169DC0;Flag=4;CP=&&&&',
    )
    expect(encodeReply(upload('2025'), '9014').toString()).toContain(';Flag=8;')
  })

  it('of 2005 name the request in the data area', () => {
    const reply = decodeFrame(encodeReply(upload('2005', { packet: { total: 2, number: 1 } }), '9014'))
    expect(reply.has('qn')).toBe(false)
    expect(reply.header.flag).toBe('0')
    expect(reply.cp.toJSON().plain).toEqual({ QN: '20160801085857223', CN: '2011', PNUM: '2', PNO: '1' })
  })

  it('take a QN of any form back as it came', () => {
    expect(decodeFrame(encodeReply(upload('2017', { qn: '1700000000000' }), '9014')).header.qn).toBe(
      '1700000000000',
    )
  })
})
