/** Time, place and software that a picture carries (Exif 2.3, CIPA DC-008): what the camera wrote, no proof by itself. */
import { open } from 'node:fs/promises'
import ExifReader from 'exifreader'
import type { ExifCapture } from './evidence.table.ts'

/** HEIC, PNG and WebP may carry it at the end; a larger picture is read from its beginning. */
const readBytes = 32 * 1_048_576
/** Tags of Exif have no zone as a rule; a picture taken here was taken in Asia/Shanghai. */
const localOffset = '+08:00'

/** What the picture says of itself; null when it carries nothing that can be read. */
export async function readExif(path: string): Promise<ExifCapture | null> {
  const bytes = await beginning(path)
  let tags: ExifReader.ExpandedTags
  try {
    tags = ExifReader.load(bytes, { expanded: true, includeTags: { exif: true, gps: true } })
  } catch {
    return null
  }
  const exif = (tags.exif ?? {}) as Record<string, { readonly description?: unknown } | undefined>
  const text = (name: string): string | null => {
    const value = exif[name]?.description
    const trimmed = typeof value === 'string' ? printable(value) : ''
    return trimmed === '' ? null : trimmed
  }
  const capture: ExifCapture = {
    atMs: timeOf(
      text('DateTimeOriginal') ?? text('DateTimeDigitized'),
      text('OffsetTimeOriginal') ?? text('OffsetTime'),
    ),
    ...placeOf(tags.gps),
    software: text('Software'),
    camera: [text('Make'), text('Model')].filter((part) => part !== null).join(' ') || null,
  }
  return Object.values(capture).every((value) => value === null) ? null : capture
}

async function beginning(path: string): Promise<ArrayBuffer> {
  const handle = await open(path, 'r')
  try {
    const { size } = await handle.stat()
    const buffer = Buffer.alloc(Math.min(size, readBytes))
    await handle.read(buffer, 0, buffer.length, 0)
    return buffer.buffer.slice(buffer.byteOffset, buffer.byteOffset + buffer.length) as ArrayBuffer
  } finally {
    await handle.close()
  }
}

/** Text that the database stores and a page shows: no control characters, not long. */
function printable(value: string): string {
  return value
    .toWellFormed()
    .replace(/\p{Cc}/gu, '')
    .trim()
    .slice(0, 100)
}

/** `2026:03-01 10:20:30` style times of Exif (4.6.5) as an instant; undefined parts, zeros and blanks are no time. */
export function timeOf(text: string | null, offset: string | null): number | null {
  const parts = /^(\d{4})[:-](\d{2})[:-](\d{2})[ T](\d{2}):(\d{2}):(\d{2})/.exec(text ?? '')
  if (parts === null) return null
  const [, year, month, day, hour, minute, second] = parts
  const zone = offset !== null && /^[+-]\d{2}:\d{2}$/.test(offset) ? offset : localOffset
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`)
  return Number.isNaN(ms) || ms < earliestMs ? null : ms
}
/** A camera whose clock was never set says 1970 or 2000; nothing before is a time of capture either. */
const earliestMs = Date.parse('2001-01-01T00:00:00+08:00')

function placeOf(gps: ExifReader.ExpandedTags['gps']): { lon: number | null; lat: number | null } {
  const [lon, lat] = [gps?.Longitude, gps?.Latitude]
  const known =
    typeof lon === 'number' && typeof lat === 'number' && Math.abs(lat) <= 90 && Math.abs(lon) <= 180
  // 0, 0 in the Gulf of Guinea is a receiver that had no fix.
  return known && (lat !== 0 || lon !== 0) ? { lon, lat } : { lon: null, lat: null }
}
