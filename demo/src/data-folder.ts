import { randomInt } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AppError, clusterElsewhere } from '@shanshui/server'

/** What the demo remembers between two starts, beside the database in its data folder. */
export interface DemoMarker {
  readonly made: 'shanshui demo'
  readonly seed: number
  /** one password for all demo people, made once */
  readonly password: string
  /** true once regions, people, files, decisions and targets are in */
  readonly loaded: boolean
  /** every hour that starts before this instant has been handed to the platform (epoch ms) */
  readonly handedOverMs: number
  /** the enterprises and their outlets; undefined until they are registered */
  readonly sources?: SourcesMarker
  /** true once problems, matters, complaints, tasks and training are in */
  readonly loop?: boolean
}

export interface SourcesMarker {
  /** whole hour from which the story of the outlets is told (epoch ms) */
  readonly anchorMs: number
  /** first hour of their history */
  readonly originMs: number
  /** as `handedOverMs`, for the outlets */
  readonly handedOverMs: number
  /** true once marks, tickets, reports and reductions are in */
  readonly told: boolean
  /** true once duties, ledgers and leads were looked at with all of that */
  readonly settled?: boolean
}

const fileOf = (folder: string) => join(folder, 'demo.json')

export function readMarker(folder: string): DemoMarker | undefined {
  if (!existsSync(fileOf(folder))) return undefined
  const read = JSON.parse(readFileSync(fileOf(folder), 'utf8')) as DemoMarker
  return read.made === 'shanshui demo' ? read : undefined
}

/** Written aside and moved into place: a crash leaves the old marker or the new one. */
export function writeMarker(folder: string, marker: DemoMarker): void {
  mkdirSync(folder, { recursive: true })
  const aside = `${fileOf(folder)}.new`
  writeFileSync(aside, `${JSON.stringify(marker, null, 2)}\n`, { mode: 0o600 })
  renameSync(aside, fileOf(folder))
}

export function newMarker(seed: number, fromMs: number): DemoMarker {
  return { made: 'shanshui demo', seed, password: newPassword(), loaded: false, handedOverMs: fromMs }
}

/** Empties the folder of an earlier demo. A folder that the demo did not make is never touched. */
export function clearDemoFolder(folder: string): void {
  if (!existsSync(folder)) return
  if (!readMarker(folder)) {
    const detail = `${folder} 不是演示城市的数据目录，不会清空。请另选 --data，或自行删除该目录。`
    throw new AppError('demo.folder-foreign', { detail })
  }
  const elsewhere = clusterElsewhere(folder)
  if (elsewhere !== undefined) rmSync(elsewhere, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
}

/** Easy to read aloud and to type: no 0/O, 1/l. */
function newPassword(): string {
  const letters = 'abcdefghjkmnpqrstuvwxyz'
  const digits = '23456789'
  const pick = (from: string, count: number) =>
    Array.from({ length: count }, () => from[randomInt(from.length)]).join('')
  return `Qichuan-${pick(letters, 4)}-${pick(digits, 4)}`
}
