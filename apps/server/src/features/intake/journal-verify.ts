/** Walks a chain of blocks and names every place where it is not as written. Pure. */
import {
  type BlockHeader,
  blockHash,
  blockHashOf,
  genesisHash,
  locateDamage,
  rootHash,
  unpackRecords,
} from './journal-block.ts'

export interface ChainFault {
  readonly day: string
  readonly block: bigint | undefined
  readonly record: number | undefined
  readonly msg: bigint | undefined
  readonly what: string
}

/** A whole block, or (in a bundle made for one record) a thin one with the two digests in place of the bytes. */
export type ChainBlock = BlockHeader & { readonly previous: Uint8Array; readonly hash: Uint8Array } & (
    | { readonly data: Uint8Array; readonly digests: Uint8Array }
    | { readonly dataSha: Uint8Array; readonly digestsSha: Uint8Array }
  )

export interface DayClaim {
  readonly day: string
  /** Head of the day before, if known: checks the link between days. */
  readonly previousHead?: Uint8Array
  readonly genesis: Uint8Array
  readonly head: Uint8Array
  readonly blocks: number
  readonly records: number
  readonly root?: Uint8Array
}

export const msgOf = (block: bigint, index: number): bigint => (block << 16n) | BigInt(index)
export const blockOfMsg = (msg: bigint): { block: bigint; index: number } => ({
  block: msg >> 16n,
  index: Number(msg & 0xffffn),
})

const same = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0

/** Checks one day; blocks in order of `seq`. An empty list means: every byte is as it was written. */
export class DayVerifier {
  readonly #claim: DayClaim
  readonly faults: ChainFault[] = []
  #previous: Uint8Array
  #seq = 0
  #lastId: bigint | undefined
  #records = 0

  constructor(claim: DayClaim) {
    this.#claim = claim
    this.#previous = claim.genesis
    if (claim.previousHead && !same(genesisHash(claim.day, claim.previousHead), claim.genesis))
      this.#fault('日首散列与前一日的末块不相连')
  }

  get records(): number {
    return this.#records
  }

  get blocks(): number {
    return this.#seq
  }

  add(block: ChainBlock): void {
    this.#seq += 1
    this.#records += block.records
    if (block.day !== this.#claim.day) this.#fault(`块属于 ${block.day}，不属于这一天`, block)
    if (block.seq !== this.#seq)
      this.#fault(`块序号应为 ${this.#seq}，实为 ${block.seq}：中间有块缺失或重复`, block)
    if (this.#lastId !== undefined && block.id !== this.#lastId + 1n) this.#fault('块编号不连续', block)
    if (!same(block.previous, this.#previous)) this.#fault('与前一块的散列不相连', block)
    this.#checkHash(block)
    this.#seq = block.seq
    this.#lastId = block.id
    this.#previous = block.hash
  }

  finish(): ChainFault[] {
    const claim = this.#claim
    if (this.#seq !== claim.blocks) this.#fault(`应有 ${claim.blocks} 块，实有 ${this.#seq} 块`)
    if (this.#records !== claim.records) this.#fault(`应有 ${claim.records} 条记录，实有 ${this.#records} 条`)
    if (!same(this.#previous, claim.head)) this.#fault('末块散列与日账不符')
    if (claim.root && !same(rootHash(claim.day, claim.blocks, claim.records, claim.head), claim.root))
      this.#fault('封存的根散列不符')
    return this.faults
  }

  #checkHash(block: ChainBlock): void {
    if (!('data' in block)) {
      if (!same(blockHashOf(block.previous, block, block.digestsSha, block.dataSha), block.hash))
        this.#fault('块头或摘要被改动', block)
      return
    }
    if (same(blockHash(block.previous, block, asPacked(block)), block.hash)) {
      this.#checkContent(block, block.data)
      return
    }
    const damage = locateDamage(block.data, block.digests, block.records)
    this.#fault(damage.what, block, damage.record)
  }

  /** Hash fits, so the bytes are as sealed; they must also be what the header says. */
  #checkContent(block: ChainBlock, data: Uint8Array): void {
    try {
      unpackRecords(data, block.records)
    } catch (error) {
      this.#fault(error instanceof Error ? error.message : String(error), block)
    }
  }

  #fault(what: string, block?: BlockHeader, record?: number): void {
    this.faults.push({
      day: this.#claim.day,
      block: block?.id,
      record,
      msg: block !== undefined && record !== undefined ? msgOf(block.id, record) : undefined,
      what,
    })
  }
}

function asPacked(block: { data: Uint8Array; digests: Uint8Array }): { data: Buffer; digests: Buffer } {
  return { data: Buffer.from(block.data), digests: Buffer.from(block.digests) }
}
