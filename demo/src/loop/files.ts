/** Files that stand for evidence: a picture of hills and sky that differs with its title, and a page of text. */
import { crc32, deflateSync } from 'node:zlib'
import { stream, uniform } from '../chance.ts'

const WIDTH = 320
const HEIGHT = 200

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type), data])
  const head = Buffer.alloc(4)
  head.writeUInt32BE(data.length)
  const check = Buffer.alloc(4)
  check.writeUInt32BE(crc32(body))
  return Buffer.concat([head, body, check])
}

/** PNG, 320 × 200. The same title is the same picture. */
export function picture(title: string): Buffer {
  const luck = stream(20_260_815, title)
  const [sky, ground, ridge] = [uniform(luck, 1), uniform(luck, 2), uniform(luck, 3)]
  const rows = Buffer.alloc(HEIGHT * (WIDTH * 3 + 1))
  for (let y = 0; y < HEIGHT; y++) {
    const line = y * (WIDTH * 3 + 1)
    for (let x = 0; x < WIDTH; x++) {
      const top = 90 + 30 * ridge + 26 * triangle(x / 90 + ridge * 3) + 12 * triangle(x / 31 + ground)
      const at = line + 1 + x * 3
      const [r, g, b] =
        y < top
          ? [150 + 60 * sky - y / 4, 185 + 20 * sky - y / 6, 215]
          : [95 + 60 * ground + (y - top) / 4, 105 + 40 * ridge + (y - top) / 5, 75 + 20 * ground]
      rows[at] = r
      rows[at + 1] = g
      rows[at + 2] = b
    }
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(WIDTH, 0)
  head.writeUInt32BE(HEIGHT, 4)
  head[8] = 8
  head[9] = 2
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Between −1 and 1, with period 2. */
const triangle = (x: number) => 2 * Math.abs((((x % 2) + 2) % 2) - 1) - 1

export const page = (title: string, day: string): Buffer =>
  Buffer.from(`${title}\r\n\r\n日期：${day}\r\n\r\n（演示城市的示例材料）\r\n`)
