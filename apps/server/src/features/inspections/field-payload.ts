/** What an operation says, checked: the item of the record that it writes, and the item's value. */
import { createHash } from 'node:crypto'
import { type FieldOperationKind, fieldPayloads, maxSignatureBytes } from '@shanshui/contract'
import type { Static } from 'typebox'
import { Compile } from 'typebox/compile'

type Payloads = { [K in FieldOperationKind]: Static<(typeof fieldPayloads)[K]> }

const checks = {
  arrive: Compile(fieldPayloads.arrive),
  certificate: Compile(fieldPayloads.certificate),
  answer: Compile(fieldPayloads.answer),
  record: Compile(fieldPayloads.record),
  photo: Compile(fieldPayloads.photo),
  sample: Compile(fieldPayloads.sample),
  problem: Compile(fieldPayloads.problem),
  signature: Compile(fieldPayloads.signature),
  refusal: Compile(fieldPayloads.refusal),
  finish: Compile(fieldPayloads.finish),
} as const

export type ReadPayload =
  | { readonly ok: true; readonly key: string; readonly value: unknown }
  | { readonly ok: false; readonly detail: string }

const pngStart = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])

/** A signature keeps its picture and the digest of it. */
function signatureOf(payload: Payloads['signature']): ReadPayload {
  const bytes = Buffer.from(payload.png.replace(/^data:image\/png;base64,/, ''), 'base64')
  if (!bytes.subarray(0, 8).equals(pngStart)) return { ok: false, detail: '签名不是 PNG 图片' }
  if (bytes.length > maxSignatureBytes)
    return { ok: false, detail: `签名图片 ${bytes.length} 字节，超过 ${maxSignatureBytes} 字节` }
  return {
    ok: true,
    key: `signature:${payload.role}`,
    value: {
      name: payload.name,
      png: bytes.toString('base64'),
      sha256: createHash('sha256').update(bytes).digest('hex'),
    },
  }
}

function keyOf(kind: FieldOperationKind, payload: unknown): string {
  switch (kind) {
    case 'answer':
      return `answer:${(payload as Payloads['answer']).item}`
    case 'record':
      return `record:${(payload as Payloads['record']).field}`
    case 'photo':
      return `photo:${(payload as Payloads['photo']).sha256}`
    case 'sample':
      return `sample:${(payload as Payloads['sample']).sampleId}`
    case 'problem':
      return `problem:${(payload as Payloads['problem']).problemKey}`
    default:
      return kind
  }
}

/** Key and value of the item that an operation writes; what is wrong with it otherwise, in words. */
export function readPayload(kind: FieldOperationKind, payload: unknown): ReadPayload {
  const check = checks[kind]
  if (!check.Check(payload)) {
    const [first] = check.Errors(payload)
    return { ok: false, detail: `${kind}${first?.instancePath ?? ''}：${first?.message ?? '内容不符'}` }
  }
  if (kind === 'signature') return signatureOf(payload as Payloads['signature'])
  const key = keyOf(kind, payload)
  const value = kind === 'record' ? { text: (payload as Payloads['record']).value } : payload
  return { ok: true, key, value }
}

export type { Payloads }
