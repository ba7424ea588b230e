/** Framing and resynchronisation: HJ 212-2017 6.3.1. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { frameOf, hourly } from './frame-text.fixture.ts'
import { decodeFrame, FrameStream, type RawFrame } from './index.ts'

function drain(stream: FrameStream): RawFrame[] {
  const frames: RawFrame[] = []
  for (let raw = stream.next(); raw !== undefined; raw = stream.next()) frames.push(raw)
  return frames
}

function framesOf(...chunks: (string | Buffer)[]): { good: string[]; bad: RawFrame[]; skipped: number } {
  const stream = new FrameStream()
  const all: RawFrame[] = []
  for (const chunk of chunks) {
    stream.push(Buffer.from(chunk))
    all.push(...drain(stream))
  }
  stream.finish()
  all.push(...drain(stream))
  return {
    good: all.filter((raw) => raw.defect === null).map((raw) => raw.bytes.toString('latin1')),
    bad: all.filter((raw) => raw.defect !== null),
    skipped: stream.skippedBytes,
  }
}

const frame = frameOf(hourly)
const text = frame.toString()
const segment = (n: number) =>
  hourly.replace('20260801100000102', `2026080110000${String(n).padStart(4, '0')}`)
const numbered = (n: number) => frameOf(segment(n))

describe('a stream', () => {
  it('gives several frames of one chunk in order', () => {
    const all = [numbered(1), numbered(2), numbered(3)]
    expect(framesOf(Buffer.concat(all)).good).toEqual(all.map(String))
  })

  it('gives one frame out of single bytes', () => {
    const { good, bad, skipped } = framesOf(...Array.from(frame, (byte) => Buffer.from([byte])))
    expect(good).toEqual([text])
    expect(bad).toEqual([])
    expect(skipped).toBe(0)
  })

  it('skips and counts what stands before a frame', () => {
    const { good, bad, skipped } = framesOf(`DTU0123456789\0\0#${text}`)
    expect(good).toEqual([text])
    expect(bad).toEqual([])
    expect(skipped).toBe('DTU0123456789#'.length)
  })

  it('understands three "#" in front of a frame', () => {
    expect(framesOf(`#${text}`).good).toEqual([text])
  })

  it('does not let a length that is too large swallow the next frames', () => {
    const damaged = `##0901${hourly}${text.slice(-6)}`
    const { good, bad } = framesOf(damaged + numbered(1) + numbered(2))
    expect(good).toEqual([numbered(1).toString(), numbered(2).toString()])
    expect(bad).toHaveLength(1)
    expect(bad[0]?.bytes.toString()).toBe(damaged)
    expect(bad[0]?.defect).toBe('truncated')
  })

  it('gives the frame behind a truncated one at once, without waiting for the declared length', () => {
    const stream = new FrameStream()
    stream.push(frame.subarray(0, 60))
    expect(drain(stream)).toEqual([])
    stream.push(numbered(2))
    const [broken, whole] = drain(stream)
    expect(broken?.defect).toBe('truncated')
    expect(broken?.bytes.length).toBe(60)
    expect(whole?.bytes.toString()).toBe(numbered(2).toString())
  })

  it('finds a good frame behind two truncated ones', () => {
    const { good, bad } = framesOf(frame.subarray(0, 60), frame.subarray(0, 80), numbered(3))
    expect(good).toEqual([numbered(3).toString()])
    expect(bad.map((raw) => raw.defect)).toEqual(['truncated', 'truncated'])
  })

  it('reports a wrong CRC once, with both values, and goes on', () => {
    const wrong = Buffer.from(text.replace('21.5', '21.6'))
    const { good, bad, skipped } = framesOf(wrong, numbered(1))
    expect(good).toEqual([numbered(1).toString()])
    expect(bad).toHaveLength(1)
    expect(bad[0]?.defect).toBe('crc')
    expect(bad[0]?.bytes.toString()).toBe(wrong.toString())
    expect(bad[0]?.crcGiven).not.toBe(bad[0]?.crcComputed)
    expect(skipped).toBe(0)
  })

  it('refuses a length above the cap and above the hard maximum, but not one below', () => {
    const long = (n: number) =>
      frameOf(`ST=22;CN=3020;MN=1;Flag=4;CP=&&i11001-Info=//${'x'.repeat(n - 49)}//&&`)
    expect(long(4096).length).toBe(4096 + 12)
    expect(framesOf(long(4096)).good).toHaveLength(1)
    const over = framesOf(long(4097))
    expect(over.good).toHaveLength(0)
    expect(over.bad[0]?.defect).toBe('oversize')
    const wide = new FrameStream({ maxSegment: 1_000_000 })
    wide.push(long(9999))
    expect(drain(wide)[0]?.defect).toBeNull()
  })

  it('takes no frame of length 0 and no length that is no number', () => {
    expect(framesOf('##0000FFFF\r\n').good).toEqual([])
    expect(framesOf('##12x4').good).toEqual([])
  })

  it.each([
    ['\r\n', 'crlf'],
    ['\n', 'lf'],
    ['\r', 'cr'],
    ['   ', 'spaces'],
    ['  \r\n', 'spaces'],
    ['\\r\\n', 'literal'],
    ['', 'none'],
  ] as const)('knows the tail %j as %s, before another frame and at the end', (tail, name) => {
    const odd = frameOf(hourly, tail)
    for (const chunks of [[odd, frame], [odd]]) {
      const stream = new FrameStream()
      for (const chunk of chunks) stream.push(Buffer.from(chunk))
      stream.finish()
      const [first, second] = drain(stream)
      expect(first?.tail).toBe(name)
      expect(first?.bytes.toString()).toBe(odd.toString())
      expect(second?.bytes.toString()).toBe(chunks[1]?.toString())
      expect(stream.skippedBytes).toBe(0)
    }
  })

  it('holds a frame without tail back until the sender pauses', () => {
    const stream = new FrameStream()
    stream.push(frameOf(hourly, ''))
    expect(stream.next()).toBeUndefined()
    expect(stream.awaitsTail).toBe(true)
    stream.settle()
    expect(stream.next()?.tail).toBe('none')
    expect(stream.awaitsTail).toBe(false)
    stream.push(Buffer.from('\r\n'))
    expect(stream.next()).toBeUndefined()
    expect(stream.skippedBytes).toBe(0)
  })

  it.each([4, 6, 12, -40, 64, -64])('finds the end when the length is wrong by %i', (by) => {
    const odd = Buffer.from(`##${String(hourly.length + by).padStart(4, '0')}${text.slice(6)}`)
    for (const chunks of [
      [odd, numbered(1)],
      [odd],
      [odd.subarray(0, 100), odd.subarray(100), numbered(1)],
    ]) {
      const { good, bad } = framesOf(...chunks)
      expect(good[0]).toBe(odd.toString())
      expect(bad).toEqual([])
    }
  })

  it.each([65, -65])('does not accept a length wrong by %i', (by) => {
    const odd = Buffer.from(`##${String(hourly.length + by).padStart(4, '0')}${text.slice(6)}`)
    const { good, bad } = framesOf(odd)
    expect(good).toEqual([])
    expect(bad[0]?.defect).toBe('length')
  })

  it.each([
    ['UTF-8', Buffer.from('烟气分析仪日志'.repeat(20))],
    ['GBK', Buffer.from('d1ccc6f8b7d6cef6d2c7c8d5d6be'.repeat(20), 'hex')],
  ])('finds the end when the length counts characters of %s text', (_name, log) => {
    const parts = [
      'QN=20260801100000123;ST=31;CN=3020;PW=123456;MN=1;Flag=4;CP=&&i11001-Info=//',
      log,
      '//&&',
    ].map((part) => Buffer.from(part))
    const bytes = frameOf(Buffer.concat(parts))
    bytes.write(String(bytes.length - 12 - log.length + 140).padStart(4, '0'), 2)
    for (const size of [bytes.length + 200, 100, 9]) {
      const stream = Buffer.concat([bytes, numbered(1)])
      const chunks = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) =>
        stream.subarray(i * size, (i + 1) * size),
      )
      const { good, bad } = framesOf(...chunks)
      expect(good.map((text) => text.length)).toEqual([bytes.length, frame.length])
      expect(bad).toEqual([])
    }
  })

  it('gives a frame with a length too large by its own frame before the next one comes', () => {
    const stream = new FrameStream()
    stream.push(Buffer.from(`##${String(hourly.length + 12).padStart(4, '0')}${text.slice(6)}`))
    expect(stream.next()?.defect).toBeNull()
  })

  it('goes on behind "##" when the time of a frame is over', () => {
    const stream = new FrameStream()
    stream.push(Buffer.from(`##0999QN=1;${text.slice(0, 40)}`))
    expect(drain(stream)).toEqual([])
    stream.expire()
    expect(drain(stream).map((raw) => raw.defect)).toEqual(['truncated', 'truncated'])
    expect(stream.buffered).toBe(0)
    stream.push(frame)
    expect(drain(stream)).toHaveLength(1)
  })

  it('keeps no chunk alive for the sake of its rest', () => {
    const stream = new FrameStream()
    const chunk = Buffer.concat([...Array.from({ length: 100 }, () => frame), frame.subarray(0, 50)])
    stream.push(chunk)
    const frames = drain(stream)
    expect(frames).toHaveLength(100)
    expect(frames[0]?.bytes.buffer).toBe(chunk.buffer)
    expect(stream.buffered).toBe(50)
    stream.push(frame.subarray(50))
    expect(drain(stream)[0]?.bytes.buffer).not.toBe(chunk.buffer)
  })

  it('leaves frames untouched by what comes later', () => {
    const stream = new FrameStream()
    const kept: RawFrame[] = []
    for (let n = 0; n < 50; n++) {
      const bytes = numbered(n)
      stream.push(Buffer.from(bytes.subarray(0, 30)))
      kept.push(...drain(stream))
      stream.push(Buffer.from(bytes.subarray(30)))
      kept.push(...drain(stream))
    }
    expect(kept.map((raw) => raw.bytes.toString())).toEqual(
      Array.from({ length: 50 }, (_, n) => numbered(n).toString()),
    )
  })
})

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.nat(9999).map((n) => numbered(n)) },
  {
    weight: 1,
    arbitrary: fc
      .uint8Array({ maxLength: 40 })
      .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x23))),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('HEARTBEAT', '#', '##', '##01', '##9999', '##00ab', '\r\n')
      .map((junk) => Buffer.from(junk)),
  },
)

/** The chunks of `bytes` cut at the given places. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [...new Set(places.map((place) => place % (bytes.length + 1)))].sort((a, b) => a - b)
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length))
}

describe('properties', () => {
  it('the frames do not depend on where the stream is cut', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(fc.nat(4000), { maxLength: 30 }),
        (pieces, places) => {
          const bytes = Buffer.concat(pieces)
          expect(framesOf(...cut(bytes, places)).good).toEqual(framesOf(bytes).good)
        },
      ),
      { numRuns: 300 },
    )
  })

  it('every frame among junk without "#" is found', () => {
    const junk = fc
      .uint8Array({ maxLength: 30 })
      .map((bytes) => Buffer.from(bytes.filter((byte) => byte !== 0x23)))
    fc.assert(
      fc.property(fc.array(fc.tuple(junk, fc.nat(9999)), { maxLength: 6 }), (parts) => {
        const bytes = Buffer.concat(parts.flatMap(([before, n]) => [before, numbered(n)]))
        expect(framesOf(bytes).good).toEqual(parts.map(([, n]) => numbered(n).toString()))
      }),
      { numRuns: 200 },
    )
  })

  it('garbage never throws and never stays in memory', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 10 }), (chunks) => {
        const stream = new FrameStream()
        for (const chunk of chunks) {
          stream.push(Buffer.from(chunk))
          for (const raw of drain(stream)) decodeFrame(raw)
        }
        stream.finish()
        for (const raw of drain(stream)) decodeFrame(raw)
        expect(stream.buffered).toBe(0)
      }),
      { numRuns: 500 },
    )
  })
})
