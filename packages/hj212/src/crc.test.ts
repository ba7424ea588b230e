import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crc16, crc16Modbus, crcText, isPossibleCrc } from './index.ts'

const mn = 'MN=010000A8900016F000169DC0'

/** HJ 212-2017 Annex A and C, HJ 212-2025 Annex A.1, and messages of real devices. */
const vectors: [text: string, crc: string][] = [
  ['', 'FFFF'],
  ['A', '7080'],
  ['\0', '4040'],
  ['\0\0', 'F001'],
  ['##', 'B381'],
  ['123456789', '2F80'],
  ['CP=&&&&', 'F781'],
  [`QN=20160801085857223;ST=32;CN=1062;PW=100000;${mn};Flag=5;CP=&&RtdInterval=30&&`, '1C80'],
  [`QN=20240601085857223;ST=32;CN=1011;PW=123456;${mn};Flag=9;CP=&&&&`, '2200'],
  [`QN=20160801085857223;ST=32;CN=1000;PW=123456;${mn};Flag=5;CP=&&OverTime=5;ReCount=3&&`, 'CAC1'],
  [`QN=20160801085857223;ST=91;CN=9011;PW=123456;${mn};Flag=4;CP=&&QnRtn=1&&`, '1B00'],
  [`QN=20160801085857223;ST=91;CN=9012;PW=123456;${mn};Flag=4;CP=&&ExeRtn=1&&`, '6240'],
  [`QN=20160801085857223;ST=91;CN=9013;PW=123456;${mn};Flag=4;CP=&&&&`, '2A80'],
  [`QN=20160801085857223;ST=91;CN=9014;PW=123456;${mn};Flag=4;CP=&&&&`, '3240'],
  [
    `QN=20160801085857223;ST=23;CN=2011;PW=123456;${mn};Flag=5;CP=&&DataTime=20160801085857;LA-Rtd=50.1&&`,
    '0880',
  ],
  [
    'ST=32;CN=2011;PW=123456;MN=LD130133000015;CP=&&DataTime=20160824003817000;B01-Rtd=36.91;011-Rtd=231.0,011-Flag=N;060-Rtd=1.803,060-Flag=N&&',
    '4980',
  ],
  [
    'QN=20210407140511137;ST=21;CN=2081;PW=123456;MN=DXCBZ000000005;Flag=5;CP=&&DataTime=20210407140511;RestartTime=20210407140511&&',
    'EB01',
  ],
  [`QN=20231008125115215;ST=22;CN=9011;PW=123456;${mn};Flag=4;CP=&&QnRtn=1&&`, 'CC01'],
]

/** Annex A word for word: the register shifted right by eight, XOR, eight single shifts. */
function byTheLetter(bytes: Uint8Array): number {
  let register = 0xffff
  for (const byte of bytes) {
    register = (register >> 8) ^ byte
    for (let i = 0; i < 8; i++) {
      const low = register & 1
      register >>= 1
      if (low) register ^= 0xa001
    }
  }
  return register
}

describe('CRC of HJ 212-2017 Annex A', () => {
  it.each(vectors)('of %j is %s', (text, crc) => {
    expect(crcText(crc16(Buffer.from(text, 'latin1')))).toBe(crc)
  })

  it('is what Annex A describes, for any bytes and any part of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(20), fc.nat(20), (bytes, a, b) => {
        const end = Math.max(0, bytes.length - b)
        const start = Math.min(a, end)
        expect(crc16(bytes, start, end)).toBe(byTheLetter(bytes.subarray(start, end)))
      }),
      { numRuns: 500 },
    )
  })

  it('never has a low byte outside 00 01 40 41 80 81 C0 C1', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 50 }), (bytes) => isPossibleCrc(crc16(bytes))),
    )
    expect(isPossibleCrc(0xe476)).toBe(false)
  })

  it('finds every error of a single byte', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 80 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, flip) => {
          const before = crc16(bytes)
          const k = at % bytes.length
          bytes[k] = (bytes[k] as number) ^ flip
          expect(crc16(bytes)).not.toBe(before)
        },
      ),
    )
  })
})

it('CRC-16/MODBUS, which some devices compute instead, gives its published check value', () => {
  expect(crcText(crc16Modbus(Buffer.from('123456789')))).toBe('4B37')
  expect(crcText(crc16Modbus(Buffer.from(vectors[7]?.[0] ?? '')))).toBe('0759')
  expect(crcText(crc16Modbus(Buffer.from(vectors[8]?.[0] ?? '')))).toBe('CCF4')
})
