import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { evidenceFindings } from '@shanshui/contract'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { timeOf } from './exif.ts'
import { sniffFile } from './file-type.ts'
import { commandWords } from './scan.ts'
import { disposition, rangeOf } from './serve.ts'
import { shownName } from './upload.service.ts'
import { type Circumstances, distanceMetres, editors, judge, type Tolerance } from './verdict.ts'

const tolerance: Tolerance = { timeMinutes: 30, placeMetres: 500, deviceMetres: 200 }
const now = Date.parse('2026-03-02T10:00:00+08:00')

const place = fc.record({
  lon: fc.double({ min: 73, max: 135, noNaN: true }),
  lat: fc.double({ min: 18, max: 54, noNaN: true }),
})
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null })
const moment = maybe(fc.integer({ min: now - 90_000_000, max: now + 90_000_000 }))
const capture = fc
  .tuple(moment, maybe(place))
  .map(([atMs, at]) => ({ atMs, lon: at?.lon ?? null, lat: at?.lat ?? null }))
const circumstances: fc.Arbitrary<Circumstances> = fc.record({
  kind: fc.constantFrom('photo', 'video', 'audio', 'document', 'data'),
  exif: maybe(
    fc
      .tuple(capture, maybe(fc.constantFrom('HUAWEI P60', 'Adobe Photoshop 25')))
      .map(([at, software]) => ({ ...at, software, camera: null })),
  ),
  device: maybe(
    fc
      .tuple(capture, maybe(fc.double({ min: 0, max: 5_000, noNaN: true })))
      .map(([at, accuracyM]) => ({ ...at, accuracyM })),
  ),
  claim: maybe(capture),
  place: maybe(place),
  uploadedMs: fc.constant(now),
})

describe('the verdict', () => {
  test('is “located” only with time and place from file or device, near the object, and nothing against', () => {
    fc.assert(
      fc.property(circumstances, (about) => {
        const judged = judge(about, tolerance)
        const against = judged.findings.filter(({ code }) => evidenceFindings[code].against)
        expect(judged.verdict === 'differs').toBe(against.length > 0)
        expect(judged.verdict === 'fits').toBe(judged.located)
        if (!judged.located) return
        expect(['exif', 'device']).toContain(judged.takenFrom)
        expect(['exif', 'device']).toContain(judged.placeFrom)
        expect(about.kind).not.toBe('document')
        if (judged.distanceM !== null) expect(judged.distanceM).toBeLessThanOrEqual(tolerance.placeMetres)
        expect(judged.takenMs).toBeLessThanOrEqual(now + tolerance.timeMinutes * 60_000)
      }),
      { numRuns: 2_000 },
    )
  })

  test('holds at the limits themselves', () => {
    const at = (minutes: number, metres: number) =>
      judge(
        {
          kind: 'photo',
          exif: { atMs: now, lon: 105, lat: 34 + metres / 111_195.08, software: null, camera: null },
          device: null,
          claim: { atMs: now - minutes * 60_000, lon: null, lat: null },
          place: { lon: 105, lat: 34 },
          uploadedMs: now,
        },
        tolerance,
      ).findings.map(({ code }) => code)
    expect(at(30, 499.9)).toEqual([])
    expect(at(30.1, 0)).toEqual(['time-differs'])
    expect(at(0, 500.1)).toEqual(['place-differs'])
  })

  test('knows a degree of latitude for 111.2 km', () => {
    expect(distanceMetres({ lon: 105, lat: 34 }, { lon: 105, lat: 35 })).toBeCloseTo(111_195, -1)
    expect(distanceMetres({ lon: 0, lat: 0 }, { lon: 180, lat: 0 })).toBeCloseTo(Math.PI * 6_371_008.8, 0)
  })

  test('takes phones for phones and editors for editors', () => {
    for (const firmware of ['HUAWEI P60 Pro 4.0', 'iOS 26.1', 'MediaTek Camera Application', 'V816'])
      expect(editors.test(firmware)).toBe(false)
    for (const editor of ['Adobe Photoshop 25.0', 'GIMP 2.10', '美图秀秀', 'Snapseed 2.0'])
      expect(editors.test(editor)).toBe(true)
  })
})

test('a time of EXIF without a zone is one of Asia/Shanghai; blanks and unset clocks are none', () => {
  expect(timeOf('2026:03:02 10:00:00', null)).toBe(now)
  expect(timeOf('2026:03:02 02:00:00', '+00:00')).toBe(now)
  for (const text of [
    null,
    '',
    '    :  :     :  :  ',
    '0000:00:00 00:00:00',
    '1970:01:01 08:00:00',
    '2026:13:40 99:00:00',
  ])
    expect(timeOf(text, null)).toBeNull()
})

test('ranges are those of RFC 9110', () => {
  expect(rangeOf(undefined, 100)).toBe('all')
  expect(rangeOf('bytes=0-', 100)).toEqual({ start: 0, end: 99 })
  expect(rangeOf('bytes=90-200', 100)).toEqual({ start: 90, end: 99 })
  expect(rangeOf('bytes=-500', 100)).toEqual({ start: 0, end: 99 })
  for (const none of ['bytes=100-', 'bytes=-0', 'bytes=5-4']) expect(rangeOf(none, 100)).toBe('none')
  for (const unknown of ['bytes=-', 'bytes=1-2,4-5', 'items=1-2', 'bytes=a-b'])
    expect(rangeOf(unknown, 100)).toBe('all')
  fc.assert(
    fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 400 }), (a, b, bytes) => {
      const range = rangeOf(`bytes=${a}-${b}`, bytes)
      if (typeof range === 'string') return
      expect(range.start).toBeLessThanOrEqual(range.end)
      expect(range.end).toBeLessThan(bytes)
    }),
  )
})

test('a name of any kind makes one harmless header', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (name) => {
      const shown = shownName(name.toWellFormed())
      expect(shown).not.toMatch(/[\\/\p{Cc}]/u)
      expect(shown.length).toBeGreaterThan(0)
      const header = disposition('attachment', shown.toWellFormed())
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      expect(header.match(/"/g)).toHaveLength(2)
    }),
    { numRuns: 500 },
  )
})

test('the scanner’s command is words, not a shell’s line', () => {
  expect(commandWords('clamdscan --no-summary "/opt/my scanner/x" ; rm -rf $HOME')).toEqual([
    'clamdscan',
    '--no-summary',
    '/opt/my scanner/x',
    ';',
    'rm',
    '-rf',
    '$HOME',
  ])
})

describe('the type of a file', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'shanshui-types-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))
  const sniff = async (bytes: Buffer, name = 'x') => {
    const path = join(folder, 'file')
    writeFileSync(path, bytes)
    const found = await sniffFile(path, name)
    return 'type' in found ? found.type.mediaType : 'refused'
  }
  const box = (brand: string) =>
    Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from(`ftyp${brand}`), Buffer.alloc(12)])

  test.each([
    ['ftyp isom', box('isom'), 'video/mp4'],
    ['ftyp qt', box('qt  '), 'video/quicktime'],
    ['ftyp M4A', box('M4A '), 'audio/mp4'],
    ['ftyp heic', box('heic'), 'image/heic'],
    ['an unknown brand', box('evil'), 'refused'],
    ['WebM', Buffer.from('\x1a\x45\xdf\xa3\x9f\x42\x82\x84webm', 'latin1'), 'video/webm'],
    ['Matroska', Buffer.from('\x1a\x45\xdf\xa3\x9f\x42\x82\x88matroska', 'latin1'), 'refused'],
    ['WAVE', Buffer.from('RIFF\0\0\0\0WAVEfmt '), 'audio/wav'],
    ['AVI', Buffer.from('RIFF\0\0\0\0AVI LIST'), 'refused'],
    ['MP3 with tags', Buffer.from('ID3\x04'), 'audio/mpeg'],
    ['a PDF that begins later', Buffer.from('<html>%PDF-1.7'), 'refused'],
    ['a shell script', Buffer.from('#!/bin/sh\n'), 'refused'],
    ['an ELF program', Buffer.from('\x7fELF'), 'refused'],
  ])('%s is told by its bytes', async (_, bytes, expected) => {
    expect(await sniff(bytes, 'photo.jpg')).toBe(expected)
  })

  test('text is text in UTF-8 and GB 18030, by its name', async () => {
    expect(await sniff(Buffer.from('站点,数值\r\n甲,1\r\n'), 'a.csv')).toBe('text/csv')
    expect(await sniff(Buffer.from([0xd5, 0xbe, 0xb5, 0xe3, 0x2c, 0x31]), 'a.txt')).toBe('text/plain')
    expect(await sniff(Buffer.from('text'), 'a.exe')).toBe('refused')
    expect(await sniff(Buffer.from([0xff, 0xfe, 0xff]), 'a.txt')).toBe('refused')
  })

  test('whatever comes, it is one of the list or refused, and never a crash', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 200 }),
        fc.constantFrom('a.jpg', 'a.txt', 'a.docx'),
        async (bytes, name) => {
          expect(typeof (await sniff(Buffer.from(bytes), name))).toBe('string')
        },
      ),
      { numRuns: 150 },
    )
  })
})
