import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type BundleDay, thinBlock, verifyBundle, writeBundle } from './evidence-bundle.ts'
import {
  type BlockHeader,
  blockHash,
  genesisHash,
  packRecords,
  rootHash,
  unpackRecords,
  zeroHash,
} from './journal-block.ts'
import { blockOfMsg, type ChainBlock, DayVerifier, msgOf } from './journal-verify.ts'

const day = '2022-03-01'

async function chainOf(
  blocks: readonly (readonly Uint8Array[])[],
): Promise<{ claim: BundleDay; blocks: ChainBlock[] }> {
  const genesis = genesisHash(day, zeroHash)
  let previous: Buffer = genesis
  const chain: ChainBlock[] = []
  for (const [i, records] of blocks.entries()) {
    const packed = await packRecords(records)
    const id = BigInt(100 + i)
    const header: BlockHeader = {
      id,
      day,
      seq: i + 1,
      kind: 'frames',
      source: 'gateway',
      entry: id,
      part: 1,
      parts: 1,
      receivedFromMs: 1_646_064_000_000 + i,
      receivedToMs: 1_646_064_000_500 + i,
      records: packed.records,
      rawBytes: packed.rawBytes,
    }
    const hash = blockHash(previous, header, packed)
    chain.push({ ...header, data: packed.data, digests: packed.digests, previous, hash })
    previous = hash
  }
  const records = chain.reduce((n, b) => n + b.records, 0)
  return {
    claim: {
      day,
      genesis,
      head: previous,
      blocks: chain.length,
      records,
      root: rootHash(day, chain.length, records, previous),
      sealedAt: '2022-03-02T00:10:00.000+08:00',
    },
    blocks: chain,
  }
}

const frame = (i: number) =>
  Buffer.from(`##0101QN=2016080108585${i};ST=22;CN=2061;CP=&&a34004-Avg=${i}&&1C80\r\n`)
const sourceOf = (bytes: Buffer) => ({
  size: bytes.byteLength,
  read: (o: number, n: number) => bytes.subarray(o, o + n),
})
async function bundleOf(claim: BundleDay, blocks: ChainBlock[]): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of writeBundle(claim, blocks)) pieces.push(piece)
  return Buffer.concat(pieces)
}

describe('journal block', () => {
  it('gives back every record byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { minLength: 1, maxLength: 40 }),
        async (records) => {
          const packed = await packRecords(records)
          const back = unpackRecords(packed.data, records.length)
          expect(back.map((b) => b.toString('hex'))).toEqual(
            records.map((r) => Buffer.from(r).toString('hex')),
          )
        },
      ),
      { numRuns: 50 },
    )
  })

  it('refuses an empty block and a block above 65,536 records', async () => {
    await expect(packRecords([])).rejects.toThrow(RangeError)
    await expect(packRecords(new Array(65_537).fill(new Uint8Array(0)))).rejects.toThrow(RangeError)
  })

  it('packs block and index into msg and takes them apart again', () => {
    expect(msgOf(5n, 7)).toBe(327_687n)
    expect(blockOfMsg(327_687n)).toEqual({ block: 5n, index: 7 })
  })
})

describe('chain verification', () => {
  it('accepts an untouched day', async () => {
    const { claim, blocks } = await chainOf([[frame(1), frame(2)], [frame(3)]])
    const verifier = new DayVerifier({ ...claim, previousHead: zeroHash })
    for (const block of blocks) verifier.add(block)
    expect(verifier.finish()).toEqual([])
  })

  it('names the block and the record when a record was replaced and recompressed', async () => {
    const { claim, blocks } = await chainOf([[frame(1), frame(2), frame(3)], [frame(4)]])
    const forged = await packRecords([frame(1), frame(9), frame(3)])
    const verifier = new DayVerifier(claim)
    verifier.add({ ...blocks[0]!, data: forged.data } as ChainBlock)
    verifier.add(blocks[1]!)
    const faults = verifier.finish()
    expect(faults).toHaveLength(1)
    expect(faults[0]).toMatchObject({ block: 100n, record: 1, msg: msgOf(100n, 1) })
  })

  it('notices a block that was taken out', async () => {
    const { claim, blocks } = await chainOf([[frame(1)], [frame(2)], [frame(3)]])
    const verifier = new DayVerifier(claim)
    verifier.add(blocks[0]!)
    verifier.add(blocks[2]!)
    expect(
      verifier
        .finish()
        .map((f) => f.what)
        .join(),
    ).toContain('缺失')
  })

  it('notices a changed source in the header and says that the records are whole', async () => {
    const { claim, blocks } = await chainOf([[frame(1)]])
    const verifier = new DayVerifier(claim)
    verifier.add({ ...blocks[0]!, source: 'elsewhere' })
    expect(verifier.finish()[0]).toMatchObject({ block: 100n, record: undefined })
  })
})

describe('evidence bundle', () => {
  it('verifies, and again with the root noted at sealing', async () => {
    const { claim, blocks } = await chainOf([[frame(1), frame(2)], [randomBytes(700)]])
    const bundle = await bundleOf(claim, blocks)
    expect(await verifyBundle(sourceOf(bundle))).toMatchObject({ ok: true, blocks: 2, records: 3, day })
    expect((await verifyBundle(sourceOf(bundle), Buffer.from(claim.root!).toString('hex'))).ok).toBe(true)
    expect((await verifyBundle(sourceOf(bundle), '00'.repeat(32))).ok).toBe(false)
  })

  it('reports a fault for every single byte flipped, anywhere in the file', async () => {
    const { claim, blocks } = await chainOf([[frame(1), frame(2), frame(3)], [frame(4)]])
    const bundle = await bundleOf(claim, blocks)
    for (let at = 0; at < bundle.byteLength; at += 7) {
      const bad = Buffer.from(bundle)
      bad[at] = (bad[at] as number) ^ (1 << (at % 8))
      const report = await verifyBundle(sourceOf(bad))
      expect(report.ok, `byte ${at}`).toBe(false)
      expect(report.faults.length, `byte ${at}`).toBeGreaterThan(0)
    }
  })

  it('names block and record for every flipped byte of the compressed records', async () => {
    const { claim, blocks } = await chainOf([[frame(1), frame(2), frame(3)], [frame(4)]])
    const bundle = await bundleOf(claim, blocks)
    const data = (blocks[0] as { data: Uint8Array }).data
    const start = bundle.indexOf(data)
    // the bits after the end of the DEFLATE stream carry nothing: there only the block can be named
    const unchanged = (bytes: Uint8Array) =>
      unpackRecords(bytes, 3).every((record, i) => record.equals(frame(i + 1)))
    for (let at = start; at < start + data.byteLength; at++) {
      const bad = Buffer.from(bundle)
      bad[at] = (bad[at] as number) ^ 0x10
      const [first] = (await verifyBundle(sourceOf(bad))).faults
      expect(first?.block, `byte ${at}`).toBe(100n)
      if (first?.record === undefined)
        expect(unchanged(bad.subarray(start, start + data.byteLength))).toBe(true)
    }
  })

  it('proves one block while the others show only their digests', async () => {
    const { claim, blocks } = await chainOf([[frame(1)], [frame(2)], [frame(3)]])
    const bundle = await bundleOf(
      claim,
      blocks.map((b, i) => (i === 1 ? b : thinBlock(b))),
    )
    expect(await verifyBundle(sourceOf(bundle))).toMatchObject({ ok: true, blocks: 3 })
    expect(bundle.includes(Buffer.from((blocks[0] as { data: Uint8Array }).data))).toBe(false)
  })
})
