/** Twenty public messages of real devices and of the standards' annexes: see fixtures/README.md. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type CpJson, crcText, decodeAll, decodeFrame, FrameStream } from './index.ts'

interface Case {
  id: string
  raw: string
  expect: {
    declared_len: number | null
    actual_len: number
    crc_given: string
    crc_calc: string
    crc_variant: 'hj212' | 'modbus' | null
    tail: string
    valid: boolean
    header: Record<string, string>
    flag?: { value: number; version: string; has_packet_no: boolean; need_ack: boolean }
    cp: CpJson
    anomalies: string[]
  }
}

const cases: Case[] = readFileSync(new URL('../fixtures/messages.jsonl', import.meta.url), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line))

const names = { QN: 'qn', ST: 'st', CN: 'cn', PW: 'pw', MN: 'mn', Flag: 'flag' } as const

describe('public messages', () => {
  it('are twenty', () => expect(cases).toHaveLength(20))

  it.each(cases.map((one) => [one.id, one] as const))('%s is read as its authors wrote it', (_id, one) => {
    const stream = new FrameStream()
    stream.push(Buffer.from(one.raw))
    stream.finish()
    const raw = stream.next()!
    expect(stream.next()).toBeUndefined()
    expect(stream.skippedBytes).toBe(0)
    expect(raw.declared < 0 ? null : raw.declared).toBe(one.expect.declared_len)
    expect(raw.segmentEnd - raw.segmentStart).toBe(one.expect.actual_len)
    expect(crcText(raw.crcGiven)).toBe(one.expect.crc_given.toUpperCase())
    expect(crcText(raw.crcComputed)).toBe(one.expect.crc_calc)
    expect(raw.tail).toBe(one.expect.tail)

    const frame = decodeFrame(raw)
    const header = Object.fromEntries(
      Object.entries(names).flatMap(([name, key]) => (frame.has(key) ? [[name, frame.header[key]]] : [])),
    )
    expect(header).toEqual(one.expect.header)
    expect(JSON.parse(JSON.stringify(frame.cp))).toEqual(one.expect.cp)
    expect(frame.anomalies).toEqual(one.expect.anomalies)
    if (one.expect.flag) {
      expect(frame.flag.value).toBe(one.expect.flag.value)
      expect(frame.flag.needAck).toBe(one.expect.flag.need_ack)
      expect(frame.flag.split).toBe(one.expect.flag.has_packet_no)
      const wide = frame.version === '2025' || frame.version === 'surface-water'
      expect(wide ? '2025-or-surface-water' : frame.version).toBe(one.expect.flag.version)
    }
    // A short length field is tolerated (d07); a length off by more than 64 bytes is not (d20).
    expect(frame.ok).toBe(one.id === 'd07' || one.expect.valid)
    expect(frame.rawText).toBe(one.raw)
  })

  it('come out the same from one stream, whatever junk stands between', () => {
    const junk = ['\0\0', 'HEARTBEAT', 'http://www.example.org ', '#', '##', '##00', '']
    const good = cases.filter((one) => one.expect.valid && one.expect.tail === 'crlf')
    const text = good.map((one, i) => junk[i % junk.length] + one.raw).join('')
    const frames = decodeAll(Buffer.from(text)).filter((frame) => frame.ok)
    expect(frames.map((frame) => frame.rawText)).toEqual(good.map((one) => one.raw))
  })
})
