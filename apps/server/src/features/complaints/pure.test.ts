/** Codes, tokens, sealing, discretion, likeness and indicators. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { complaintNearness } from '@shanshui/contract'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withoutPerson } from './discretion.ts'
import { ageFault, makeToken, readToken } from './form-token.ts'
import { type KpiFacts, kpiOf } from './kpi.ts'
import { codeFrom, hashOfCode } from './look-up-code.ts'
import { keyFileName, makeKeys, readKeys } from './sealing.ts'
import { likeness, metresBetween } from './similar-complaint.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanshui-keys-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const keysHere = () => readKeys(folder) ?? makeKeys(folder)

describe('keys', () => {
  test('are made once with mode 0600, and open what an earlier process sealed', () => {
    const sealed = keysHere().seal(7, { name: '王小明', phone: '13800000000' })
    expect(statSync(join(folder, keyFileName)).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder)).toEqual([keyFileName])
    expect(keysHere().open(7, sealed)).toEqual({ name: '王小明', phone: '13800000000' })
  })

  test('whatever is sealed comes back, and no change of a byte goes unseen', () => {
    const keys = keysHere()
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (name, at, change) => {
          const sealed = keys.seal(3, { name })
          expect(keys.open(3, sealed)).toEqual({ name })
          const bytes = Buffer.from(sealed.bytes)
          const index = at % bytes.length
          bytes[index] = (bytes[index] ?? 0) ^ change
          expect(() => keys.open(3, { ...sealed, bytes })).toThrow(/complaint.key-missing|不符/)
          expect(() => keys.open(4, sealed)).toThrow()
        },
      ),
    )
  })

  test('a new current key seals from then on, the earlier one still opens, marks stay the same', () => {
    const first = keysHere()
    const sealed = first.seal(1, { name: '甲乙' })
    const path = join(folder, keyFileName)
    const oldId = sealed.keyId
    const before = JSON.parse(String(readFileSync(path)))
    writeFileSync(
      path,
      JSON.stringify({ current: 'k2', keys: { ...before.keys, k2: Buffer.alloc(32, 5).toString('base64') } }),
    )
    const second = keysHere()
    expect(second.open(1, sealed)).toEqual({ name: '甲乙' })
    expect(second.seal(1, { name: '甲乙' }).keyId).toBe('k2')
    expect(second.seal(1, { name: '甲乙' }).keyId).not.toBe(oldId)
    expect(second.mark('address', 'x')).toEqual(first.mark('address', 'x'))
    expect(second.mark('address', 'x')).not.toEqual(second.mark('text', 'x'))
  })

  test('a broken file is refused, never replaced', () => {
    const path = join(folder, keyFileName)
    writeFileSync(path, 'nonsense')
    expect(() => keysHere()).toThrow(/密钥/)
    expect(String(readFileSync(path))).toBe('nonsense')
  })
})

describe('code and token', () => {
  test('a code is read as people type it', () => {
    const code = codeFrom(Buffer.from('00112233445566778899aabbccddeeff', 'hex'))
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{5}-[2-9A-HJ-NP-Z]{5}$/)
    for (const typed of [code.toLowerCase(), code.replace('-', ''), ` ${code.replace('-', ' ')} `])
      expect(hashOfCode(typed)).toEqual(hashOfCode(code))
    expect(hashOfCode(`${code}2`)).not.toEqual(hashOfCode(code))
  })

  test('a token holds for its purpose and time only, and not when a character changes', () => {
    const { mark } = keysHere()
    const token = makeToken(mark, 'form', { issuedMs: 1_000_000, nonce: 'abc' })
    expect(readToken(mark, 'form', token)).toEqual({ issuedMs: 1_000_000, nonce: 'abc' })
    expect(readToken(mark, 'photos', token)).toBeUndefined()
    for (let at = 0; at < token.length; at++)
      for (const char of ['x', '.']) {
        if (token[at] === char) continue
        expect(readToken(mark, 'form', token.slice(0, at) + char + token.slice(at + 1))).toBeUndefined()
      }
    const limits = { minSeconds: 5, validMinutes: 10 }
    const read = { issuedMs: 0, nonce: 'a' }
    expect([4_999, 5_000, 600_000, 600_001].map((now) => ageFault(read, now, limits))).toEqual([
      'too-fast',
      undefined,
      undefined,
      'expired',
    ])
    expect(ageFault({ issuedMs: 10_000, nonce: 'a' }, 0, limits)).toBe('too-fast')
  })
})

test('what was given about the person is blanked wherever it stands; other text stays', () => {
  const person = { name: '李四光', phone: '138 0013 8000', address: '和平里 3 号' }
  expect(withoutPerson('我李四光住和平里 3 号，电话13800138000或138-0013-8000', person)).toBe(
    '我＊＊住＊＊，电话＊＊或＊＊',
  )
  expect(withoutPerson('厂里电话 0935-8210000', person)).toBe('厂里电话 0935-8210000')
  expect(withoutPerson('王厂长不在', { name: '王' })).toBe('王厂长不在')
  expect(withoutPerson('a.b', { name: '..' })).toBe('a.b')
})

describe('likeness', () => {
  const base = {
    theme: 'odour',
    lon: 102.1,
    lat: 38.5,
    enterpriseId: null,
    place: '建设路口',
    title: '金平县建设路口异味问题',
    receivedMs: 0,
  }
  const north = (metres: number) => 38.5 + metres / 111_195
  const dayMs = 86_400_000

  test('200 m, the same theme and 90 days are a repeat; one step beyond any of them is not', () => {
    const at = (metres: number, days: number, theme = 'odour') =>
      likeness(base, {
        ...base,
        lat: north(metres),
        receivedMs: days * dayMs,
        theme,
        place: '别处',
        title: '无关',
      }).repeat
    expect(at(complaintNearness.metres - 1, complaintNearness.days)).toBe(true)
    expect(at(complaintNearness.metres + 1, complaintNearness.days)).toBe(false)
    expect(at(10, complaintNearness.days + 0.01)).toBe(false)
    expect(at(10, 1, 'noise')).toBe(false)
  })

  test('theme and time alone say nothing', () => {
    const far = { ...base, lat: 38.9, place: '沙河村', title: '无关' }
    expect(likeness(base, far)).toMatchObject({ score: 0, repeat: false, reasons: [] })
  })

  test('is the same both ways, between 0 and 1', () => {
    const one = fc.record({
      theme: fc.constantFrom('odour', 'noise'),
      lon: fc.option(fc.double({ min: 102, max: 102.01, noNaN: true })),
      lat: fc.constant(38.5),
      enterpriseId: fc.option(fc.integer({ min: 1, max: 2 })),
      place: fc.option(fc.string({ unit: fc.constantFrom('建', '设', '路', '东') })),
      title: fc.string({ unit: fc.constantFrom('建', '设', '路', '东') }),
      receivedMs: fc.integer({ min: 0, max: 120 * dayMs }),
    })
    fc.assert(
      fc.property(one, one, (a, b) => {
        const there = likeness(a, b)
        expect(there).toEqual(likeness(b, a))
        expect(there.score).toBeGreaterThanOrEqual(0)
        expect(there.score).toBeLessThanOrEqual(1)
      }),
    )
  })

  test('a degree of latitude is 111.2 km', () => {
    expect(metresBetween({ lon: 102, lat: 38 }, { lon: 102, lat: 39 }) / 1000).toBeCloseTo(111.2, 1)
  })
})

describe('indicators', () => {
  const row = (more: Partial<KpiFacts>): KpiFacts => ({
    informDueMs: 100,
    acceptedMs: null,
    finishDueMs: null,
    answeredMs: null,
    verdict: null,
    satisfaction: null,
    repeats: 0,
    ...more,
  })
  test('what is not due yet and not done counts neither as in time nor as late', () => {
    const rows = [row({ acceptedMs: 99 }), row({ acceptedMs: 100 }), row({}), row({ informDueMs: 300 })]
    expect(kpiOf('k', 't', rows, 200).acceptedOnTime).toEqual({ part: 1, whole: 3, percent: 33.3 })
  })
  test('who was not reached is not counted as dissatisfied; nothing to count has no percent', () => {
    const rows = [
      row({ satisfaction: 'unreached' }),
      row({ satisfaction: 'dissatisfied' }),
      row({ satisfaction: 'fair' }),
    ]
    expect(kpiOf('k', 't', rows, 0).satisfied).toEqual({ part: 1, whole: 2, percent: 50 })
    expect(kpiOf('k', 't', [], 0).satisfied).toEqual({ part: 0, whole: 0, percent: null })
  })
  test('partly substantiated counts as substantiated', () => {
    const rows = [row({ verdict: 'partly' }), row({ verdict: 'unfounded' }), row({})]
    expect(kpiOf('k', 't', rows, 0).substantiated).toEqual({ part: 1, whole: 2, percent: 50 })
  })
})
