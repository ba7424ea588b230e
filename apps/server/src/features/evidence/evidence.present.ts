/** Evidence as it goes over the wire. */
import type { EvidenceItem, EvidenceUpload } from '@shanshui/contract'
import { evidenceChunkBytes } from '@shanshui/contract'
import type { Actor } from '../../platform/actor.ts'
import { shanghaiIso } from '../../platform/clock.ts'
import type { Capture, EvidenceRow, UploadRow } from './evidence.table.ts'
import { hasThumbnail } from './thumbnail.ts'

const iso = (ms: number | null) => (ms === null ? null : shanghaiIso(ms))
const capture = ({ atMs, lon, lat }: Capture) => ({ at: iso(atMs), lon, lat })

/** Whether the file may be handed out and counts: not quarantined, not waiting for the scanner. */
export const isViewable = (row: Pick<EvidenceRow, 'scan'>): boolean =>
  row.scan === 'clean' || row.scan === 'not-scanned'

/** Only the organization that brought it takes it back, and only while its subject is open. */
export const mayWithdraw = (row: EvidenceRow, actor: Actor, subjectOpen: boolean): boolean =>
  subjectOpen &&
  row.withdrawn_ms === null &&
  row.organization_id === actor.organizationId &&
  actor.permissions.has('evidence:write')

export function presentEvidence(row: EvidenceRow, actor: Actor, subjectOpen: boolean): EvidenceItem {
  const viewable = isViewable(row)
  return {
    id: row.id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    demand: row.demand === '' ? null : row.demand,
    kind: row.kind,
    title: row.title,
    fileName: row.file_name,
    mediaType: row.media_type,
    bytes: row.bytes,
    sha256: row.sha256,
    takenAt: iso(row.taken_ms),
    takenFrom: row.taken_from,
    uploadedAt: shanghaiIso(row.uploaded_ms),
    lon: row.lon,
    lat: row.lat,
    placeFrom: row.place_from,
    distanceM: row.distance_m,
    located: row.located,
    verdict: row.verdict,
    findings: [...row.findings],
    exif:
      row.exif === null
        ? null
        : { ...capture(row.exif), software: row.exif.software, camera: row.exif.camera },
    device: row.device === null ? null : { ...capture(row.device), accuracyM: row.device.accuracyM },
    claim: row.claim === null ? null : capture(row.claim),
    scan: row.scan,
    viewable,
    thumbnail: viewable && hasThumbnail(row),
    internal: row.internal,
    byUser: { id: row.user_id, name: row.user_name },
    organization: { id: row.organization_id, name: row.organization_name },
    withdrawn:
      row.withdrawn_ms === null
        ? null
        : {
            at: shanghaiIso(row.withdrawn_ms),
            by: { id: row.withdrawn_by ?? row.user_id, name: row.withdrawn_by_name ?? '' },
            reason: row.withdrawn_reason ?? '',
          },
    mayWithdraw: mayWithdraw(row, actor, subjectOpen),
  }
}

export function presentUpload(
  row: UploadRow,
  keptHours: number,
  evidence: EvidenceItem | null,
): EvidenceUpload {
  return {
    id: row.id,
    subject: { kind: row.subject_kind, id: row.subject_id },
    demand: row.demand === '' ? null : row.demand,
    fileName: row.file_name,
    bytes: row.bytes,
    sha256: row.sha256,
    offset: row.received,
    chunkBytes: evidenceChunkBytes,
    expiresAt: shanghaiIso(row.touched_ms + keptHours * 3_600_000),
    evidence,
  }
}
