import { deflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import writeXlsxFile from 'write-excel-file/node'
import { archiveFault } from './archive.ts'

const mebibyte = 1_048_576

/** A ZIP of deflated entries, as its directory names them. */
function zip(entries: readonly { name: string; packed: Buffer; size: number }[]): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const { name, packed, size } of entries) {
    const local = Buffer.alloc(30)
    local.writeUInt32LE(0x04034b50, 0)
    local.writeUInt16LE(8, 8)
    local.writeUInt32LE(packed.length, 18)
    local.writeUInt32LE(size, 22)
    local.writeUInt16LE(name.length, 26)
    const central = Buffer.alloc(46)
    central.writeUInt32LE(0x02014b50, 0)
    central.writeUInt16LE(8, 10)
    central.writeUInt32LE(packed.length, 20)
    central.writeUInt32LE(size, 24)
    central.writeUInt16LE(name.length, 28)
    central.writeUInt32LE(at, 42)
    directory.push(central, Buffer.from(name))
    locals.push(local, Buffer.from(name), packed)
    at += 30 + name.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}

const bomb = deflateRawSync(Buffer.alloc(8 * mebibyte))

test('a workbook as office programs write it is let through', async () => {
  const bytes = await writeXlsxFile([[{ value: '市监测站' }, { value: 35 }]]).toBuffer()
  expect(await archiveFault(bytes)).toBeUndefined()
})

test('an archive is refused by what it unpacks to, whatever its directory says', async () => {
  const honest = zip([{ name: 'xl/sheet.xml', packed: bomb, size: 8 * mebibyte }])
  const lying = zip([{ name: 'xl/sheet.xml', packed: bomb, size: 10 }])
  expect(bomb.length).toBeLessThan(10_000)
  expect(await archiveFault(honest, 8 * mebibyte)).toBeUndefined()
  expect(await archiveFault(honest, 7 * mebibyte)).toBe('展开后超过 7 MB')
  expect(await archiveFault(lying, 7 * mebibyte)).toBe('展开后超过 7 MB')
})

test('the entries of an archive count together', async () => {
  const entries = Array.from({ length: 4 }, (_, i) => ({
    name: `${i}.xml`,
    packed: bomb,
    size: 8 * mebibyte,
  }))
  expect(await archiveFault(zip(entries), 31 * mebibyte)).toBe('展开后超过 31 MB')
})

test('bytes between the entries, where a second archive can hide, are refused', async () => {
  const inner = zip([{ name: 'b.xml', packed: bomb, size: 8 * mebibyte }])
  const outer = zip([{ name: 'a.xml', packed: Buffer.concat([deflateRawSync(''), inner]), size: 0 }])
  // the directory says that the entry is the two bytes of the empty stream
  const at = outer.lastIndexOf(Buffer.from('PK\u0001\u0002', 'latin1'))
  outer.writeUInt32LE(deflateRawSync('').length, at + 20)
  expect(await archiveFault(outer)).toBe('ZIP 目录与内容不符')
})

test('what is cut off or no archive is refused', async () => {
  const whole = zip([{ name: 'a.xml', packed: bomb, size: 8 * mebibyte }])
  expect(await archiveFault(whole.subarray(0, whole.length - 30))).toBe('不是完整的 ZIP 文件')
  expect(await archiveFault(Buffer.from('PK\u0003\u0004', 'latin1'))).toBe('不是完整的 ZIP 文件')
})
