/**
 * What time and place of a file say about the claim. Two sources are kept apart: the file's own (EXIF) and the device's
 * at capture (field app). `located` needs time and place from one of them, and nothing that speaks against.
 */
import {
  type EvidenceKindName,
  type EvidenceOrigin,
  type EvidenceVerdict,
  evidenceFindings,
} from '@shanshui/contract'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Capture, DeviceCapture, ExifCapture, Finding } from './evidence.table.ts'

export interface Tolerance {
  /** Minutes between the time of capture and the claimed one. */
  readonly timeMinutes: number
  /** Metres between the place of capture and the subject. */
  readonly placeMetres: number
  /** Metres of error that a device's position may have. */
  readonly deviceMetres: number
}

export interface Circumstances {
  readonly kind: EvidenceKindName
  readonly exif: ExifCapture | null
  readonly device: DeviceCapture | null
  readonly claim: Capture | null
  readonly place: { readonly lon: number; readonly lat: number } | null
  readonly uploadedMs: number
}

export interface Judged {
  readonly takenMs: number | null
  readonly takenFrom: EvidenceOrigin | null
  readonly lon: number | null
  readonly lat: number | null
  readonly placeFrom: EvidenceOrigin | null
  readonly distanceM: number | null
  readonly located: boolean
  readonly verdict: EvidenceVerdict
  readonly findings: readonly Finding[]
}

interface Place {
  readonly lon: number
  readonly lat: number
}

/** Mean radius of the earth, metres (IUGG). */
const earthRadius = 6_371_008.8

/** Great-circle distance by the haversine formula, metres. */
export function distanceMetres(a: Place, b: Place): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (difference: number) => Math.sin(radians(difference) / 2) ** 2
  const h = half(b.lat - a.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(b.lon - a.lon)
  return 2 * earthRadius * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** Programs that change what a picture shows. Cameras and phones write their own firmware into the same tag. */
export const editors =
  /photoshop|lightroom|gimp|snapseed|picsart|pixelmator|affinity|paint\.net|meitu|美图|醒图|photoscape|canva|facetune|faceapp|polarr|afterlight|vsco|beautycam|b612|acdsee|luminar|capture one|stable diffusion|midjourney|firefly/i

const placeOf = (capture: Capture | null): Place | null =>
  capture === null || capture.lon === null || capture.lat === null
    ? null
    : { lon: capture.lon, lat: capture.lat }
const metres = (value: number) =>
  value < 10_000 ? `${Math.round(value)} 米` : `${Math.round(value / 1000)} 公里`

/** Judges a file. Papers and data are not taken at a place: nothing is said of them. */
export function judge(about: Circumstances, tolerance: Tolerance): Judged {
  const { exif, device, claim } = about
  const captured = about.kind === 'photo' || about.kind === 'video' || about.kind === 'audio'
  const time = firstKnown(exif?.atMs, device?.atMs, claim?.atMs)
  const place = firstKnown(placeOf(exif), placeOf(device), placeOf(claim))
  const findings = captured
    ? [...ofFile(about), ...ofTime(about, time, tolerance), ...ofPlace(about, place, tolerance)]
    : []
  const against = findings.some(({ code }) => evidenceFindings[code].against)
  const missing = findings.some(({ code }) => ['no-time', 'no-place', 'place-inaccurate'].includes(code))
  const located = captured && !against && !missing
  const distance =
    place === undefined || about.place === null ? null : distanceMetres(place.value, about.place)
  return {
    takenMs: time?.value ?? null,
    takenFrom: time?.from ?? null,
    lon: place?.value.lon ?? null,
    lat: place?.value.lat ?? null,
    placeFrom: place?.from ?? null,
    distanceM: distance === null ? null : Math.round(distance),
    located,
    verdict: against ? 'differs' : located ? 'fits' : 'unknown',
    findings,
  }
}

interface Known<T> {
  readonly value: T
  readonly from: EvidenceOrigin
}

function firstKnown<T>(
  exif: T | null | undefined,
  device: T | null | undefined,
  claim: T | null | undefined,
): Known<T> | undefined {
  if (exif !== null && exif !== undefined) return { value: exif, from: 'exif' }
  if (device !== null && device !== undefined) return { value: device, from: 'device' }
  return claim === null || claim === undefined ? undefined : { value: claim, from: 'claim' }
}

function ofFile({ kind, exif }: Circumstances): Finding[] {
  if (kind !== 'photo') return []
  if (exif === null) return [{ code: 'no-exif', detail: '照片不带拍摄信息，可能经聊天软件转发或网页压缩' }]
  const { software } = exif
  return software !== null && editors.test(software)
    ? [{ code: 'edited', detail: `照片记载的软件：${software}` }]
    : []
}

const minuteMs = 60_000
const span = (ms: number): string => {
  const minutes = Math.round(Math.abs(ms) / minuteMs)
  if (minutes < 120) return `${minutes} 分钟`
  return minutes < 2_880 ? `${Math.round(minutes / 60)} 小时` : `${Math.round(minutes / 1440)} 天`
}
const clockText = (ms: number) => shanghaiIso(ms).slice(0, 16).replace('T', ' ')

function ofTime(about: Circumstances, time: Known<number> | undefined, tolerance: Tolerance): Finding[] {
  if (time === undefined || time.from === 'claim')
    return [{ code: 'no-time', detail: '照片和设备都没有给出拍摄时间' }]
  const allowed = tolerance.timeMinutes * minuteMs
  const found: Finding[] = []
  // A claim that is the device's own time says nothing new; a person's is what it is held against.
  const claimed = about.claim?.atMs ?? (time.from === 'exif' ? about.device?.atMs : null) ?? null
  if (claimed !== null && Math.abs(time.value - claimed) > allowed)
    found.push({
      code: 'time-differs',
      detail: `拍摄于 ${clockText(time.value)}，所称 ${clockText(claimed)}，相差 ${span(time.value - claimed)}（允许 ${tolerance.timeMinutes} 分钟）`,
    })
  if (time.value - about.uploadedMs > allowed)
    found.push({
      code: 'time-after-upload',
      detail: `拍摄时间 ${clockText(time.value)} 晚于上传时间 ${span(time.value - about.uploadedMs)}`,
    })
  return found
}

function ofPlace(about: Circumstances, place: Known<Place> | undefined, tolerance: Tolerance): Finding[] {
  if (place === undefined || place.from === 'claim')
    return [{ code: 'no-place', detail: '照片和设备都没有给出拍摄地点' }]
  const found: Finding[] = []
  const accuracy = about.device?.accuracyM ?? null
  if (place.from === 'device' && accuracy !== null && accuracy > tolerance.deviceMetres)
    found.push({
      code: 'place-inaccurate',
      detail: `设备定位误差 ${metres(accuracy)}（允许 ${tolerance.deviceMetres} 米）`,
    })
  const target = about.place ?? placeOf(about.claim)
  if (target === null) found.push({ code: 'no-place-to-compare', detail: '对象没有登记坐标，也没有填写地点' })
  else {
    const distance = distanceMetres(place.value, target)
    if (distance > tolerance.placeMetres)
      found.push({
        code: 'place-differs',
        detail: `离${about.place === null ? '所称地点' : '对象'} ${metres(distance)}（允许 ${tolerance.placeMetres} 米）`,
      })
  }
  const [own, fixed] = [placeOf(about.exif), placeOf(about.device)]
  if (own !== null && fixed !== null && (accuracy ?? 0) <= tolerance.deviceMetres) {
    const distance = distanceMetres(own, fixed)
    if (distance > tolerance.placeMetres)
      found.push({ code: 'device-exif-differ', detail: `相距 ${metres(distance)}` })
  }
  return found
}
