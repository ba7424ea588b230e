/** Frames for tests, written out of their segments. */
import { crc16, crcText } from './crc.ts'

export function frameOf(segment: string | Buffer, tail = '\r\n'): Buffer {
  const bytes = Buffer.from(segment)
  return Buffer.concat([
    Buffer.from(`##${String(bytes.length).padStart(4, '0')}`),
    bytes,
    Buffer.from(crcText(crc16(bytes)) + tail),
  ])
}

export const hourly =
  'QN=20260801100000102;ST=22;CN=2061;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&DataTime=20260801090000;a34004-Avg=21.5,a34004-Flag=N;a05024-Avg=88.25,a05024-Flag=N&&'
