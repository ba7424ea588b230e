/** Clears away uploads that nobody finished, and asks the scanner again about files it gave no verdict on. */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { recordAudit } from '../../platform/audit/index.ts'
import type { Deps } from '../../platform/deps.ts'
import { evidenceToScan, settleScan } from './evidence.repository.ts'
import { type EvidenceDeps, evidenceDeps } from './evidence-deps.ts'
import { scanFile } from './scan.ts'
import { deleteUploadsBefore, stillOpen } from './upload.repository.ts'

const everyMs = 600_000
const firstMs = 30_000
const scansPerRound = 50
/** A file without an upload is younger than this while its upload is being begun. */
const orphanMs = 3_600_000

export interface EvidenceWorker {
  /** Sweeps once; returns how many uploads were forgotten and files scanned. */
  runOnce(): Promise<{ expired: number; scanned: number }>
  stop(): Promise<void>
}

async function forgetUploads(deps: EvidenceDeps): Promise<number> {
  const now = deps.clock.now()
  const ids = await deleteUploadsBefore(deps.db.pool, now - deps.config.evidenceUploadHours * 3_600_000)
  for (const id of ids) await deps.incoming.remove(id)
  // Completed while the process died between the row and the removal, or forgotten by another process.
  const idle = await deps.incoming.idleFor(orphanMs)
  const open = await stillOpen(deps.db.pool, idle)
  for (const id of idle) if (!open.has(id)) await deps.incoming.remove(id)
  return ids.length
}

async function scanWaiting(deps: EvidenceDeps): Promise<number> {
  const command = deps.config.evidenceScanCommand.trim()
  if (command === '') return 0
  const waiting = await evidenceToScan(deps.db.pool, scansPerRound)
  let settled = 0
  for (const { sha256 } of waiting) {
    await mkdir(deps.incoming.folder, { recursive: true, mode: 0o700 })
    const copy = join(deps.incoming.folder, `scan-${process.pid}-${sha256}`)
    try {
      await pipeline(await deps.store.open(sha256), createWriteStream(copy, { mode: 0o600 }))
      const { answer, detail } = await scanFile(command, copy)
      if (answer === 'failed') {
        deps.log.error({ event: 'evidence.scan-failed', detail }, 'the scanner gave no verdict')
        return settled
      }
      await deps.db.transaction(async (trx) => {
        const ids = await settleScan(trx, sha256, answer)
        for (const id of ids)
          await recordAudit(trx, 'system', 'evidence.scanned', `evidence:${id}`, { sha256, answer })
      })
      settled++
    } finally {
      await rm(copy, { force: true })
    }
  }
  return settled
}

export function startEvidenceWorker(
  deps: Pick<Deps, 'db' | 'clock' | 'config' | 'log' | 'events'>,
): EvidenceWorker {
  const room = evidenceDeps(deps, [])
  let running: Promise<unknown> = Promise.resolve()
  const runOnce = async () => ({ expired: await forgetUploads(room), scanned: await scanWaiting(room) })
  const runSafely = () => {
    running = running.then(() =>
      runOnce().catch((error: unknown) =>
        deps.log.error({ event: 'evidence.sweep-failed', err: error }, 'evidence sweep failed'),
      ),
    )
  }
  const first = setTimeout(runSafely, firstMs)
  const timer = setInterval(runSafely, everyMs)
  first.unref()
  timer.unref()
  return {
    runOnce,
    async stop() {
      clearTimeout(first)
      clearInterval(timer)
      await running
    },
  }
}
