/** Bytes made to cost as much as possible: the cost stays in proportion to their number. */
import { expect, it } from 'vitest'
import { frameOf } from './frame-text.fixture.ts'
import { decodeFrame, FrameStream } from './index.ts'

const KIB_64 = 65_536
const repeat = (text: string) =>
  Buffer.from(text.repeat(Math.ceil(KIB_64 / text.length)).slice(0, KIB_64), 'latin1')

function processorMs(work: () => void): number {
  const began = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(began)
  return (user + system) / 1000
}

const floods: [name: string, bytes: Buffer][] = [
  ['"#" alone', repeat('#')],
  ['heads of long frames', repeat('##4000A')],
  ['heads of short frames', repeat('##0100A')],
  ['heads with a CRC to compute', repeat('##0100AAAAAAA')],
  ['ends without a beginning', repeat('&&AAAA')],
  ['a head and "&"', Buffer.concat([Buffer.from('##4000QN='), repeat('&')])],
  ['printed ciphertext without end', repeat('##0040QN=1;CN=2011;MN=1;Flag=9;CP=&&{0x11,')],
  [
    'wide bytes',
    repeat('##0060QN=1;CN=2011;MN=1;Flag=9;CP=&&\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff'),
  ],
  ['separators', repeat(';')],
]

it.each(floods)(
  '64 KiB of %s cost less than two seconds of processor time, in any pieces',
  (_name, bytes) => {
    for (const size of [KIB_64, 1400, 16]) {
      const stream = new FrameStream({ maxSegment: 9999 })
      const ms = processorMs(() => {
        for (let i = 0; i < bytes.length; i += size) {
          stream.push(Buffer.from(bytes.subarray(i, i + size)))
          for (let raw = stream.next(); raw; raw = stream.next()) decodeFrame(raw)
        }
        stream.finish()
        for (let raw = stream.next(); raw; raw = stream.next()) decodeFrame(raw)
      })
      expect(ms).toBeLessThan(2000)
      expect(stream.buffered).toBe(0)
    }
  },
)

const areas: [name: string, item: (i: number) => string][] = [
  ['log texts that never end', () => 'a-b=//x;'],
  ['new codes', (i) => `c${i}-R=1;`],
  ['new suffixes of one code', (i) => `c-R${i}=1,`],
  ['two codes in turn', (i) => `${i % 2 ? 'a' : 'b'}-R${i}=1;`],
  ['duplicates', () => 'a-Rtd=1,'],
  ['plain names', (i) => `n${i}=1;`],
]

it.each(areas)('a hundred frames of %s cost less than two seconds of processor time', (_name, item) => {
  let area = ''
  for (let i = 0; area.length < 9800; i++) area += item(i)
  const bytes = frameOf(`ST=22;CN=2011;MN=1;Flag=4;CP=&&${area}&&`)
  const ms = processorMs(() => {
    for (let i = 0; i < 100; i++) expect(decodeFrame(bytes).ok).toBe(true)
  })
  expect(ms).toBeLessThan(2000)
})
