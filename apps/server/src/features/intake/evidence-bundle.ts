/**
 * Evidence bundle (证据包): one plain tar file that proves a day of the journal without the platform and without a database.
 *
 *   README.txt            how to check it by hand
 *   manifest.json         day, genesis, head, root, counts; canonical JSON
 *   manifest.sha256       SHA-256 of README.txt and manifest.json, hex
 *   blocks/<id>.json      header, previous hash, hash (thin blocks: digestsSha, dataSha in place of the two files below)
 *   blocks/<id>.digests   8 bytes a record
 *   blocks/<id>.deflate   the records
 *
 * Every byte of the file is determined: a flipped byte anywhere, padding included, is a fault.
 */
import type { BlockHeader, BlockKind } from './journal-block.ts'
import { shaOf } from './journal-block.ts'
import { type ChainBlock, type ChainFault, type DayClaim, DayVerifier } from './journal-verify.ts'

const tarBlock = 512
const format = 'shanshui-evidence-1'

const readme = `山水证据包 / Shanshui evidence bundle (${format})

校验 / verify:  shanshui verify FILE [--root HEX]

手工校验：blocks/*.deflate 为 raw DEFLATE，解开后每条记录为 4 字节小端长度加原始字节。
块散列 hash = SHA-256( 前一块 hash + 块头文本 + SHA-256(digests) + SHA-256(deflate) )。
块头文本逐行为：shanshui journal block 1、id、day、seq、kind、JSON(source)、entry、part、parts、
receivedFromMs、receivedToMs、records、rawBytes，每行以换行结束。
日首 genesis = SHA-256( "shanshui journal day\\n" + 日期 + "\\n" + 前一日末块 hash )。
根散列 root = SHA-256( "shanshui journal seal\\n" + 日期 + "\\n" + 块数 + "\\n" + 记录数 + "\\n" + 末块 hash )。
请把 root 与封存当时另行保存的根散列核对：包内自洽只说明包未被局部改动。
`

export interface BundleDay extends DayClaim {
  readonly sealedAt: string | null
}

interface Manifest {
  format: string
  day: string
  genesis: string
  head: string
  blocks: number
  records: number
  root: string | null
  sealedAt: string | null
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const unhex = (text: unknown): Buffer => {
  if (typeof text !== 'string' || !/^[0-9a-f]{64}$/.test(text)) throw new Error('散列不是 64 位十六进制')
  return Buffer.from(text, 'hex')
}

function manifestText(day: BundleDay): string {
  const manifest: Manifest = {
    format,
    day: day.day,
    genesis: hex(day.genesis),
    head: hex(day.head),
    blocks: day.blocks,
    records: day.records,
    root: day.root ? hex(day.root) : null,
    sealedAt: day.sealedAt,
  }
  return `${JSON.stringify(manifest)}\n`
}

function blockText(block: ChainBlock): string {
  const thin = 'data' in block ? {} : { digestsSha: hex(block.digestsSha), dataSha: hex(block.dataSha) }
  return `${JSON.stringify({
    id: String(block.id),
    day: block.day,
    seq: block.seq,
    kind: block.kind,
    source: block.source,
    entry: String(block.entry),
    part: block.part,
    parts: block.parts,
    receivedFromMs: block.receivedFromMs,
    receivedToMs: block.receivedToMs,
    records: block.records,
    rawBytes: block.rawBytes,
    previous: hex(block.previous),
    hash: hex(block.hash),
    ...thin,
  })}\n`
}

/** Replaces a block's bytes by their digests, for a bundle that shows one record and hides the others. */
export function thinBlock(block: ChainBlock): ChainBlock {
  if (!('data' in block)) return block
  const { data, digests, ...rest } = block
  return { ...rest, dataSha: shaOf(data), digestsSha: shaOf(digests) }
}

/** Writes a bundle piece by piece; memory holds one block at a time. */
export async function* writeBundle(
  day: BundleDay,
  blocks: AsyncIterable<ChainBlock> | Iterable<ChainBlock>,
): AsyncGenerator<Buffer> {
  const manifest = manifestText(day)
  yield tarEntry('README.txt', Buffer.from(readme))
  yield tarEntry('manifest.json', Buffer.from(manifest))
  yield tarEntry('manifest.sha256', Buffer.from(manifestSeal(manifest)))
  for await (const block of blocks) {
    yield tarEntry(`blocks/${block.id}.json`, Buffer.from(blockText(block)))
    if (!('data' in block)) continue
    yield tarEntry(`blocks/${block.id}.digests`, Buffer.from(block.digests))
    yield tarEntry(`blocks/${block.id}.deflate`, Buffer.from(block.data))
  }
  yield Buffer.alloc(2 * tarBlock)
}

const manifestSeal = (manifest: string): string => `${hex(shaOf(readme + manifest))}\n`

function tarEntry(name: string, content: Buffer): Buffer {
  const padding = (tarBlock - (content.byteLength % tarBlock)) % tarBlock
  return Buffer.concat([tarHeader(name, content.byteLength), content, Buffer.alloc(padding)])
}

/** ustar header, all fields fixed but name and size, so that a reader can rebuild it and compare. */
function tarHeader(name: string, size: number): Buffer {
  const header = Buffer.alloc(tarBlock)
  header.write(name, 0, 100)
  header.write('0000444\0', 100)
  header.write('0000000\0', 108)
  header.write('0000000\0', 116)
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124)
  header.write('00000000000\0', 136)
  header.write('        ', 148)
  header.write('0', 156)
  header.write('ustar\x0000', 257)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
  return header
}

export interface BundleSource {
  readonly size: number
  /** Bytes from offset; may return fewer only at the end. */
  read(offset: number, length: number): Promise<Buffer> | Buffer
}

export interface BundleReport {
  readonly ok: boolean
  readonly day: string
  readonly blocks: number
  readonly records: number
  readonly root: string | null
  readonly faults: readonly ChainFault[]
}

/** A fault of the file itself rather than of the chain. */
class BundleFault extends Error {}

/**
 * Checks a bundle. Never throws for a damaged file: the damage is in `faults`.
 * @param expectedRoot root hash noted when the day was sealed, hex
 */
export async function verifyBundle(source: BundleSource, expectedRoot?: string): Promise<BundleReport> {
  const reader = new TarReader(source)
  let day: BundleDay | undefined
  let verifier: DayVerifier | undefined
  try {
    day = await readManifest(reader)
    verifier = new DayVerifier(day)
    for (let block = await readBlock(reader); block !== undefined; block = await readBlock(reader))
      verifier.add(block)
    await reader.finish()
    const faults = [...verifier.finish()]
    const root = day.root ? hex(day.root) : null
    if (expectedRoot !== undefined && root !== expectedRoot.toLowerCase())
      faults.push(fileFault(day.day, `根散列与所给的不同：包内为 ${root ?? '（未封存）'}`))
    return report(day, verifier, faults)
  } catch (error) {
    if (!(error instanceof BundleFault)) throw error
    return report(day, verifier, [
      ...(verifier?.faults ?? []),
      fileFault(day?.day ?? '', error.message, reader.block),
    ])
  }
}

function report(
  day: BundleDay | undefined,
  verifier: DayVerifier | undefined,
  faults: ChainFault[],
): BundleReport {
  return {
    ok: faults.length === 0,
    day: day?.day ?? '',
    blocks: verifier?.blocks ?? 0,
    records: verifier?.records ?? 0,
    root: day?.root ? hex(day.root) : null,
    faults,
  }
}

const fileFault = (day: string, what: string, block?: bigint): ChainFault => ({
  day,
  block,
  record: undefined,
  msg: undefined,
  what,
})

async function readManifest(reader: TarReader): Promise<BundleDay> {
  const readmeBytes = await reader.take('README.txt')
  const manifest = (await reader.take('manifest.json')).toString()
  const seal = (await reader.take('manifest.sha256')).toString()
  if (readmeBytes.toString() !== readme) throw new BundleFault('README.txt 被改动')
  if (seal !== manifestSeal(manifest)) throw new BundleFault('manifest.json 与 manifest.sha256 不符')
  return guard('manifest.json', () => {
    const m = JSON.parse(manifest) as Manifest
    if (m.format !== format) throw new Error(`不认识的格式 ${m.format}`)
    const day: BundleDay = {
      day: m.day,
      genesis: unhex(m.genesis),
      head: unhex(m.head),
      blocks: m.blocks,
      records: m.records,
      sealedAt: m.sealedAt,
      ...(m.root === null ? {} : { root: unhex(m.root) }),
    }
    if (manifestText(day) !== manifest) throw new Error('不是规范写法')
    return day
  })
}

async function readBlock(reader: TarReader): Promise<ChainBlock | undefined> {
  const name = await reader.peek()
  if (name === undefined) return undefined
  const id = /^blocks\/(\d{1,15})\.json$/.exec(name)?.[1]
  if (id === undefined) throw new BundleFault(`包内有不该有的文件 ${name}`)
  reader.block = BigInt(id)
  const text = (await reader.take(name)).toString()
  const parsed = guard(name, () => parseBlock(text))
  if (String(parsed.header.id) !== id) throw new BundleFault(`${name} 的块编号不符`)
  const block: ChainBlock =
    parsed.thin !== undefined
      ? { ...parsed.header, ...parsed.thin }
      : {
          ...parsed.header,
          digests: await reader.take(`blocks/${id}.digests`),
          data: await reader.take(`blocks/${id}.deflate`),
        }
  if (blockText(block) !== text) throw new BundleFault(`${name} 被改动（不是规范写法）`)
  return block
}

type ParsedBlock = {
  header: BlockHeader & { previous: Buffer; hash: Buffer }
  thin: { digestsSha: Buffer; dataSha: Buffer } | undefined
}

function parseBlock(text: string): ParsedBlock {
  const m = JSON.parse(text) as Record<string, unknown>
  const header = {
    id: BigInt(String(m.id)),
    day: String(m.day),
    seq: Number(m.seq),
    kind: String(m.kind) as BlockKind,
    source: String(m.source),
    entry: BigInt(String(m.entry)),
    part: Number(m.part),
    parts: Number(m.parts),
    receivedFromMs: Number(m.receivedFromMs),
    receivedToMs: Number(m.receivedToMs),
    records: Number(m.records),
    rawBytes: Number(m.rawBytes),
    previous: unhex(m.previous),
    hash: unhex(m.hash),
  }
  const thin =
    m.dataSha === undefined ? undefined : { digestsSha: unhex(m.digestsSha), dataSha: unhex(m.dataSha) }
  return { header, thin }
}

function guard<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new BundleFault(`${name} 读不出来：${error instanceof Error ? error.message : String(error)}`)
  }
}

/** Reads our own tar, strictly: header as we write it, padding zero, nothing before, between or after. */
class TarReader {
  readonly #source: BundleSource
  #offset = 0
  block: bigint | undefined

  constructor(source: BundleSource) {
    this.#source = source
  }

  async peek(): Promise<string | undefined> {
    const header = await this.#source.read(this.#offset, tarBlock)
    if (header.byteLength < tarBlock) throw new BundleFault('文件被截断')
    if (header.every((byte) => byte === 0)) return undefined
    return header.subarray(0, header.subarray(0, 100).indexOf(0)).toString('latin1')
  }

  async take(name: string): Promise<Buffer> {
    const header = await this.#source.read(this.#offset, tarBlock)
    const size = Number.parseInt(header.subarray(124, 135).toString('latin1'), 8)
    if (!Number.isSafeInteger(size) || !header.equals(tarHeader(name, size)))
      throw new BundleFault(`${name} 的 tar 头被改动，或文件顺序不对`)
    const padded = Math.ceil(size / tarBlock) * tarBlock
    if (this.#offset + tarBlock + padded > this.#source.size) throw new BundleFault(`${name} 被截断`)
    const bytes = await this.#source.read(this.#offset + tarBlock, padded)
    if (bytes.subarray(size).some((byte) => byte !== 0)) throw new BundleFault(`${name} 之后的填充字节被改动`)
    this.#offset += tarBlock + padded
    return bytes.subarray(0, size)
  }

  async finish(): Promise<void> {
    this.block = undefined
    const rest = await this.#source.read(this.#offset, 2 * tarBlock)
    const whole = this.#source.size === this.#offset + 2 * tarBlock && rest.byteLength === 2 * tarBlock
    if (!whole || rest.some((byte) => byte !== 0)) throw new BundleFault('文件结尾被改动')
  }
}
