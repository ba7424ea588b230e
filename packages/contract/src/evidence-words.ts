/** Words of evidence, apart from their schemas: a browser that only shows them need not load the schema library. */
export const evidenceKinds = ['photo', 'video', 'audio', 'document', 'data'] as const
export type EvidenceKindName = (typeof evidenceKinds)[number]
export const evidenceKindTitles = {
  photo: { zh: '照片', en: 'Photo' },
  video: { zh: '视频', en: 'Video' },
  audio: { zh: '录音', en: 'Audio' },
  document: { zh: '文书', en: 'Document' },
  data: { zh: '数据', en: 'Data' },
} as const satisfies Record<EvidenceKindName, { zh: string; en: string }>

/** What evidence can belong to. */
export const evidenceSubjectKinds = ['problem', 'matter', 'complaint', 'inspection', 'training'] as const
export type EvidenceSubjectKind = (typeof evidenceSubjectKinds)[number]
export const evidenceSubjectTitles = {
  problem: { zh: '问题', en: 'Problem' },
  matter: { zh: '事项', en: 'Matter' },
  complaint: { zh: '信访举报', en: 'Complaint' },
  inspection: { zh: '执法检查', en: 'Inspection' },
  training: { zh: '培训演练', en: 'Training' },
} as const satisfies Record<EvidenceSubjectKind, { zh: string; en: string }>

/** What the platform makes of time and place of a file. */
export const evidenceVerdicts = ['fits', 'differs', 'unknown'] as const
export type EvidenceVerdict = (typeof evidenceVerdicts)[number]
export const evidenceVerdictTitles = {
  fits: { zh: '时间、地点相符', en: 'Time and place fit' },
  differs: { zh: '与所称不符', en: 'Differs from the claim' },
  unknown: { zh: '时间、地点未能核对', en: 'Time and place not checked' },
} as const satisfies Record<EvidenceVerdict, { zh: string; en: string }>

/** Single findings that a verdict rests on. `against`: it speaks against the claim. */
export const evidenceFindings = {
  'time-differs': { zh: '拍摄时间与所称时间不符', en: 'Taken at another time', against: true },
  'time-after-upload': { zh: '拍摄时间晚于上传时间', en: 'Taken after it was uploaded', against: true },
  'place-differs': { zh: '拍摄地点离对象过远', en: 'Taken too far from the object', against: true },
  'place-inaccurate': {
    zh: '设备定位误差过大',
    en: 'Position of the device is too inaccurate',
    against: false,
  },
  'no-exif': { zh: '没有拍摄信息（EXIF）', en: 'No EXIF', against: false },
  'no-time': { zh: '没有拍摄时间', en: 'No time of capture', against: false },
  'no-place': { zh: '没有拍摄地点', en: 'No place of capture', against: false },
  'no-place-to-compare': {
    zh: '对象没有登记坐标，地点未比对',
    en: 'The object has no place to compare with',
    against: false,
  },
  edited: { zh: '经图像软件处理', en: 'Edited by software', against: true },
  'device-exif-differ': {
    zh: '设备定位与照片自带位置不一致',
    en: 'Device and EXIF disagree on the place',
    against: true,
  },
} as const satisfies Record<string, { zh: string; en: string; against: boolean }>
export type EvidenceFindingCode = keyof typeof evidenceFindings
export const evidenceFindingCodes = Object.keys(evidenceFindings) as EvidenceFindingCode[]

/** Where a time or place comes from: the file itself, the field app's device at capture, or what a person said. */
export const evidenceOrigins = ['exif', 'device', 'claim'] as const
export type EvidenceOrigin = (typeof evidenceOrigins)[number]
export const evidenceOriginTitles = {
  exif: { zh: '照片自带', en: 'From the file' },
  device: { zh: '设备采集', en: 'From the device' },
  claim: { zh: '人工填写', en: 'As said' },
} as const satisfies Record<EvidenceOrigin, { zh: string; en: string }>

/** `waiting` and `infected` are not served and do not count. */
export const evidenceScans = ['not-scanned', 'waiting', 'clean', 'infected'] as const
export type EvidenceScan = (typeof evidenceScans)[number]
export const evidenceScanTitles = {
  'not-scanned': { zh: '未做病毒查杀', en: 'Not scanned' },
  waiting: { zh: '等待病毒查杀', en: 'Waiting for the scan' },
  clean: { zh: '查杀未发现病毒', en: 'Scanned, clean' },
  infected: { zh: '发现病毒，已隔离', en: 'Infected, quarantined' },
} as const satisfies Record<EvidenceScan, { zh: string; en: string }>

/** Largest piece of a resumable upload, bytes. */
export const evidenceChunkBytes = 4 * 1024 * 1024

/** Ends of file names that the platform takes; what a file is, is decided by its bytes. */
export const evidenceExtensions = [
  'jpg',
  'jpeg',
  'png',
  'webp',
  'heic',
  'heif',
  'mp4',
  'mov',
  'webm',
  'mp3',
  'm4a',
  'wav',
  'ogg',
  'pdf',
  'docx',
  'xlsx',
  'txt',
  'csv',
] as const
