/**
 * What a file is, by its bytes and not by its name: the list of what is taken. A name only decides between plain text
 * and a table of text, which have no signature. Archives are refused: what is in them cannot be shown or checked.
 */
import { open, readFile } from 'node:fs/promises'
import type { EvidenceKindName } from '@shanshui/contract'
import { archiveFault, archiveNames } from '../../platform/archive.ts'

export interface FileType {
  readonly mediaType: string
  readonly extension: string
  /** What it counts as; the first when nobody says otherwise. */
  readonly kinds: readonly [EvidenceKindName, ...EvidenceKindName[]]
  /** Shown in the page; everything else is only handed out as a download. */
  readonly inline: boolean
}

const photo = (mediaType: string, extension: string): FileType => ({
  mediaType,
  extension,
  kinds: ['photo', 'document'],
  inline: true,
})
const played = (mediaType: string, extension: string, kind: 'video' | 'audio'): FileType => ({
  mediaType,
  extension,
  kinds: [kind],
  inline: true,
})
const paper = (mediaType: string, extension: string, ...kinds: FileType['kinds']): FileType => ({
  mediaType,
  extension,
  kinds,
  inline: false,
})

const openXml = 'application/vnd.openxmlformats-officedocument'
const fileTypes = {
  jpeg: photo('image/jpeg', 'jpg'),
  png: photo('image/png', 'png'),
  webp: photo('image/webp', 'webp'),
  heic: photo('image/heic', 'heic'),
  mp4: played('video/mp4', 'mp4', 'video'),
  mov: played('video/quicktime', 'mov', 'video'),
  webm: played('video/webm', 'webm', 'video'),
  mp3: played('audio/mpeg', 'mp3', 'audio'),
  m4a: played('audio/mp4', 'm4a', 'audio'),
  wav: played('audio/wav', 'wav', 'audio'),
  ogg: played('audio/ogg', 'ogg', 'audio'),
  pdf: paper('application/pdf', 'pdf', 'document', 'data'),
  docx: paper(`${openXml}.wordprocessingml.document`, 'docx', 'document'),
  xlsx: paper(`${openXml}.spreadsheetml.sheet`, 'xlsx', 'data', 'document'),
  txt: paper('text/plain', 'txt', 'document', 'data'),
  csv: paper('text/csv', 'csv', 'data', 'document'),
} as const satisfies Record<string, FileType>

const byMediaType = new Map<string, FileType>(Object.values(fileTypes).map((type) => [type.mediaType, type]))
/** Whether a stored file may be shown in the page. */
export const isInline = (mediaType: string): boolean => byMediaType.get(mediaType)?.inline === true

const headBytes = 4_096
/** Documents of Office are read whole to look into them. */
const largestOfficeBytes = 128 * 1_048_576

const startsWith = (head: Buffer, at: number, text: string) =>
  head.subarray(at, at + text.length).toString('latin1') === text

/** ISO base media (ISO/IEC 14496-12, 4.3): the major brand of the file type box. */
const brands: readonly (readonly [RegExp, FileType])[] = [
  [/^(heic|heix|heim|heis|hevc|hevx|mif1|msf1)$/, fileTypes.heic],
  [/^qt {2}$/, fileTypes.mov],
  [/^M4[AB] $/, fileTypes.m4a],
  [/^(isom|iso[2-9]|mp4[12]|avc1|MSNV|M4V |dash|mmp4|3gp[4-9]|3g2a)$/, fileTypes.mp4],
]

const signatures: readonly ((head: Buffer) => FileType | undefined)[] = [
  (head) => (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff ? fileTypes.jpeg : undefined),
  (head) => (startsWith(head, 0, '\x89PNG\r\n\x1a\n') ? fileTypes.png : undefined),
  (head) => (startsWith(head, 0, 'RIFF') && startsWith(head, 8, 'WEBP') ? fileTypes.webp : undefined),
  (head) => (startsWith(head, 0, 'RIFF') && startsWith(head, 8, 'WAVE') ? fileTypes.wav : undefined),
  (head) => (startsWith(head, 0, '%PDF-') ? fileTypes.pdf : undefined),
  (head) => (startsWith(head, 0, 'OggS') ? fileTypes.ogg : undefined),
  (head) => (startsWith(head, 0, 'ID3') ? fileTypes.mp3 : undefined),
  // MPEG audio, layer III: eleven bits of synchronization, then version and layer.
  (head) => (head[0] === 0xff && [0xfb, 0xfa, 0xf3, 0xf2].includes(head[1] ?? 0) ? fileTypes.mp3 : undefined),
  (head) =>
    startsWith(head, 0, '\x1a\x45\xdf\xa3') && head.subarray(0, 64).includes('webm')
      ? fileTypes.webm
      : undefined,
  (head) => {
    if (!startsWith(head, 4, 'ftyp')) return undefined
    const brand = head.toString('latin1', 8, 12)
    return brands.find(([pattern]) => pattern.test(brand))?.[1]
  },
]

export type Sniffed = { readonly type: FileType } | { readonly refused: string }

/** Looks at a file that has arrived whole. `name` decides only between TXT and CSV. */
export async function sniffFile(path: string, name: string): Promise<Sniffed> {
  const handle = await open(path, 'r')
  let head: Buffer
  let bytes: number
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(headBytes), 0, headBytes, 0)
    head = buffer.subarray(0, bytesRead)
    bytes = (await handle.stat()).size
  } finally {
    await handle.close()
  }
  for (const signature of signatures) {
    const type = signature(head)
    if (type !== undefined) return { type }
  }
  if (startsWith(head, 0, 'PK')) return sniffOffice(path, bytes)
  return sniffText(path, bytes, name)
}

async function sniffOffice(path: string, bytes: number): Promise<Sniffed> {
  if (bytes > largestOfficeBytes) return { refused: '压缩包，或过大的 Office 文件' }
  const archive = await readFile(path)
  const names = archiveNames(archive)
  if (names === undefined || !names.includes('[Content_Types].xml'))
    return { refused: '压缩包不能作为证据，请解开后逐个上传' }
  if (names.some((entry) => /vbaProject\.bin$|\.(exe|dll|js|vbs)$/i.test(entry)))
    return { refused: '含有宏或程序的 Office 文件，请另存为不含宏的格式' }
  const fault = await archiveFault(archive)
  if (fault !== undefined) return { refused: `Office 文件不完整或异常：${fault}` }
  if (names.includes('word/document.xml')) return { type: fileTypes.docx }
  if (names.includes('xl/workbook.xml')) return { type: fileTypes.xlsx }
  return { refused: 'Office 文件只收 DOCX、XLSX' }
}

const largestTextBytes = 32 * 1_048_576

/** Text is what decodes as UTF-8 or GB 18030, holds no control characters, and says by its name that it is text. */
async function sniffText(path: string, bytes: number, name: string): Promise<Sniffed> {
  const extension = /\.(txt|csv)$/i.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined) return { refused: `不认识的文件内容（${name.slice(0, 60)}）` }
  if (bytes > largestTextBytes) return { refused: '文本文件过大' }
  const content = await readFile(path)
  const text = decodeText(content)
  if (text === undefined) return { refused: '不是文本：既非 UTF-8 也非 GB 18030' }
  if (/(?![\t\n\v\f\r])\p{Cc}/u.test(text)) return { refused: '不是文本：含有控制字符' }
  return { type: extension === 'csv' ? fileTypes.csv : fileTypes.txt }
}

function decodeText(content: Buffer): string | undefined {
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(content)
    } catch {
      // the next one
    }
  }
  return undefined
}
