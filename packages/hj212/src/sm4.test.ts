/** HJ 212-2025 6.4 and Annex A.2: SM4, ECB, no padding, CRC of the plain text. */
import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { frameOf, hourly } from './frame-text.fixture.ts'
import {
  type decodeAll,
  decodeFrame,
  encodeFrame,
  type FrameInput,
  FrameStream,
  sm4Decrypt,
  sm4Encrypt,
} from './index.ts'

const zeros = Buffer.alloc(16, 0x30)
const other = Buffer.from('0123456789abcdef')
const mn = '010000A8900016F000169DC0'
const message: FrameInput = {
  version: '2025',
  qn: '20240601085857223',
  st: '32',
  cn: '2011',
  pw: '123456',
  mn,
  needAck: true,
  cp: [
    { name: 'DataTime', value: '20240601085857' },
    ...['w01018', 'w21003', 'w21011'].map((code, i) => ({ code, fields: { Rtd: `${i}5.${i}`, Flag: 'N' } })),
  ],
}
const plain = encodeFrame(message)
const keys = (...list: Buffer[]) => ({ keys: (of: string) => (of === mn ? list : undefined) })

describe('SM4', () => {
  it('gives the example of GB/T 32907', () => {
    const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex')
    expect(sm4Encrypt(block, block).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246')
  })

  it('encrypts full groups of 16 and leaves the rest in clear (Annex A.2)', () => {
    const area = sm4Encrypt(zeros, Buffer.from('DataTime=20240601085857'))
    expect(area.subarray(0, 16).toString('hex')).toBe('51d45d461a00cd12208e58cb32cb3adc')
    expect(area.subarray(16).toString()).toBe('1085857')
    expect(sm4Decrypt(zeros, area).toString()).toBe('DataTime=20240601085857')
  })

  it('gives the Authorization of Annex H, with padding', () => {
    const cipher = createCipheriv('sm4-ecb', 'msbE74gsiSHSEh5e', null)
    const text = cipher.update('testuser:AezF0nZRs4kypuGO', 'utf8', 'base64') + cipher.final('base64')
    expect(text).toBe('LG/m7lsFU/taig+vbQsDJXy4NGAaE2j2lplPwhZM7iM=')
  })

  it('refuses a key of another length', () =>
    expect(() => sm4Encrypt(Buffer.alloc(15), Buffer.alloc(16))).toThrow('16 bytes'))
})

describe('an encrypted frame', () => {
  const raw = encodeFrame(message, { key: zeros })
  const braces = encodeFrame(message, { key: zeros, cipherForm: 'braces' })

  it('has the length and the CRC of the plain text', () => {
    expect(raw.length).toBe(plain.length)
    expect(raw.subarray(0, 6)).toEqual(plain.subarray(0, 6))
    expect(raw.subarray(-6)).toEqual(plain.subarray(-6))
    expect(raw.equals(plain)).toBe(false)
  })

  it.each([
    ['raw bytes', raw, ['encrypted']],
    ['printed bytes with the plain length', braces, ['length-mismatch', 'encrypted', 'encrypted-brace-form']],
    ['printed bytes with the length as sent', withSentLength(braces), ['encrypted', 'encrypted-brace-form']],
    [
      'printed bytes with length and CRC as sent',
      frameOf(braces.subarray(6, -6)),
      ['encrypted', 'encrypted-brace-form'],
    ],
  ] as const)('is opened by the key: %s', (_form, bytes, anomalies) => {
    for (const cut of [bytes.length, 40, 7]) {
      const frames = decodeChunks(bytes, cut, keys(zeros))
      expect(frames).toHaveLength(1)
      expect(frames[0]).toMatchObject({ ok: true, version: '2025', anomalies })
      expect(frames[0]?.cp.toJSON()).toEqual(decodeFrame(plain).cp.toJSON())
      expect(frames[0]?.raw).toEqual(bytes)
    }
  })

  it('is opened by the previous key for a time of grace', () => {
    expect(decodeFrame(raw, keys(other, zeros))).toMatchObject({
      ok: true,
      anomalies: ['encrypted', 'encrypted-previous-key'],
    })
  })

  it('is its own state without a key and with a wrong one; the bytes are kept', () => {
    for (const [options, fault] of [
      [{}, 'encrypted-no-key'],
      [keys(other), 'encrypted-wrong-key'],
    ] as const) {
      const frame = decodeFrame(raw, options)
      expect(frame).toMatchObject({ ok: false, fault })
      expect(frame.header.mn).toBe(mn)
      expect(frame.raw).toEqual(raw)
      expect(frame.cp.toJSON()).toEqual({ plain: {}, factors: {} })
    }
  })

  it('is cut by its length alone: "##", "&&" and CR LF in the ciphertext do no harm', () => {
    // A key whose ciphertext happens to hold "##": found by search, the search is bounded and deterministic.
    for (let i = 0; i < 200_000; i++) {
      const key = Buffer.alloc(16)
      key.writeUInt32BE(i)
      const bytes = encodeFrame(message, { key })
      if (!bytes.includes('##', 6) && !bytes.subarray(0, -8).includes('&&', bytes.indexOf('CP=&&') + 5))
        continue
      const next = frameOf(hourly)
      const frames = decodeChunks(Buffer.concat([bytes, next]), 50, keys(key))
      expect(frames.map((frame) => frame.ok)).toEqual([true, true])
      return
    }
    expect.unreachable()
  })

  it('damaged in its ciphertext is not taken for plain data', () => {
    const damaged = Buffer.from(raw)
    const at = damaged.indexOf('CP=&&') + 7
    damaged[at] = (damaged[at] as number) ^ 0x55
    expect(decodeFrame(damaged, keys(zeros))).toMatchObject({ ok: false, fault: 'encrypted-wrong-key' })
  })

  it('only data commands of the device are encrypted (6.4.4)', () => {
    const heartbeat = encodeFrame({ ...message, cn: '9015' }, { key: zeros })
    expect(decodeFrame(heartbeat)).toMatchObject({ ok: true, anomalies: [] })
    expect(decodeFrame(encodeFrame({ ...message, cn: '3020' }, { key: zeros }))).toMatchObject({
      fault: 'encrypted-no-key',
    })
  })

  it('a short area has no full group and stays in clear', () => {
    const short = encodeFrame({ ...message, cn: '2012', cp: [] }, { key: zeros })
    expect(decodeFrame(short)).toMatchObject({ ok: true, anomalies: [] })
  })
})

function withSentLength(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  copy.write(String(bytes.length - 12).padStart(4, '0'), 2)
  return copy
}

function decodeChunks(bytes: Buffer, size: number, options: Parameters<typeof decodeAll>[1]) {
  const stream = new FrameStream()
  const frames = []
  for (let i = 0; i < bytes.length; i += size) {
    stream.push(Buffer.from(bytes.subarray(i, i + size)))
    for (let raw = stream.next(); raw; raw = stream.next()) frames.push(decodeFrame(raw, options))
  }
  stream.finish()
  for (let raw = stream.next(); raw; raw = stream.next()) frames.push(decodeFrame(raw, options))
  return frames
}
