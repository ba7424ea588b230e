/** Rows of evidence, as the database holds them. */
import type {
  EvidenceFindingCode,
  EvidenceKindName,
  EvidenceOrigin,
  EvidenceScan,
  EvidenceSubjectKind,
  EvidenceVerdict,
} from '@shanshui/contract'

/** Time and place of a capture; epoch milliseconds, degrees of WGS 84. */
export interface Capture {
  readonly atMs: number | null
  readonly lon: number | null
  readonly lat: number | null
}
export type ExifCapture = Capture & { readonly software: string | null; readonly camera: string | null }
export type DeviceCapture = Capture & { readonly accuracyM: number | null }

export interface Finding {
  readonly code: EvidenceFindingCode
  readonly detail: string
}

export interface SubjectRef {
  readonly kind: EvidenceSubjectKind
  readonly id: number
}

export interface EvidenceRow {
  readonly id: number
  readonly subject_kind: EvidenceSubjectKind
  readonly subject_id: number
  readonly demand: string
  readonly kind: EvidenceKindName
  readonly title: string
  readonly file_name: string
  readonly media_type: string
  readonly bytes: number
  readonly sha256: string
  readonly exif: ExifCapture | null
  readonly device: DeviceCapture | null
  readonly claim: Capture | null
  readonly taken_ms: number | null
  readonly taken_from: EvidenceOrigin | null
  readonly lon: number | null
  readonly lat: number | null
  readonly place_from: EvidenceOrigin | null
  readonly distance_m: number | null
  readonly located: boolean
  readonly verdict: EvidenceVerdict
  readonly findings: readonly Finding[]
  readonly scan: EvidenceScan
  readonly internal: boolean
  readonly uploaded_ms: number
  readonly user_id: number
  readonly user_name: string
  readonly organization_id: number
  readonly organization_name: string
  readonly withdrawn_ms: number | null
  readonly withdrawn_by: number | null
  readonly withdrawn_by_name: string | null
  readonly withdrawn_reason: string | null
}

export interface UploadRow {
  readonly id: number
  readonly subject_kind: EvidenceSubjectKind
  readonly subject_id: number
  readonly demand: string
  readonly kind: EvidenceKindName | null
  readonly title: string
  readonly file_name: string
  readonly bytes: number
  readonly sha256: string
  readonly internal: boolean
  readonly device: DeviceCapture | null
  readonly claim: Capture | null
  readonly received: number
  readonly user_id: number
  readonly touched_ms: number
  readonly evidence_id: number | null
}
