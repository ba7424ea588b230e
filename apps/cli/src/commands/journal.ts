/** `import`, `export`, `verify`, `replay`: files and evidence, in and out of the journal. */
import { once } from 'node:events'
import { createWriteStream, existsSync, type WriteStream } from 'node:fs'
import { open, readFile, writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import {
  applyDecision,
  applySourceDecision,
  type Config,
  createLogger,
  type Database,
  describeFault,
  digestOf,
  drainDirty,
  drainSources,
  exportBundle,
  factorsOf,
  importFile,
  internLayout,
  listPoints,
  loadConfig,
  openConfiguredDatabase,
  openRunningEmbedded,
  queueEverything,
  readSeries,
  replay,
  shanghaiIso,
  sourceDigest,
  systemClock,
  verifyBundle,
  verifyJournal,
  wipeDerived,
  wipeSources,
  writeObservations,
} from '@shanshui/server'
import { Command, Option } from 'commander'
import { UsageError } from '../failure.ts'
import { overridesOf } from './serve.ts'

interface DataDirOption {
  readonly dataDir?: string
}

const dataDir = () => new Option('--data-dir <目录>', '数据目录')
const say = (line: string) => process.stdout.write(`${line}\n`)
const note = (line: string) => process.stderr.write(`${line}\n`)

/** The database where it is: that of a running server too, when it is the embedded one. */
async function withDatabase<T>(
  options: DataDirOption,
  work: (db: Database, config: Config) => Promise<T>,
): Promise<T> {
  const { config } = loadConfig({ overrides: overridesOf(options) })
  const running = config.databaseUrl === '' ? await openRunningEmbedded(config.dataDir) : undefined
  if (running !== undefined) {
    try {
      return await work(running, config)
    } finally {
      await running.close()
    }
  }
  const opened = await openConfiguredDatabase(config, createLogger('warn'))
  try {
    return await work(opened.db, config)
  } finally {
    await opened.close()
  }
}

interface ImportOptions extends DataDirOption {
  readonly kind: 'air-hours' | 'peer-indexes'
  readonly hourLabel: 'end' | 'start'
  readonly errors?: string
}

export function importCommand(): Command {
  return new Command('import')
    .description('导入数据文件（CSV 或 XLSX）：原文先入账本，再逐行读取')
    .argument('<文件...>', '文件')
    .addOption(
      new Option('--kind <种类>', '空气站点小时数据，或对标城市综合指数')
        .choices(['air-hours', 'peer-indexes'])
        .default('air-hours'),
    )
    .addOption(
      new Option('--hour-label <端>', '小时标签指时段的终点或起点').choices(['end', 'start']).default('end'),
    )
    .option('--errors <文件>', '把读不出的行写到这里，改正后可再导入')
    .addOption(dataDir())
    .action(async (files: string[], options: ImportOptions) => {
      const missing = files.find((file) => !existsSync(file))
      if (missing !== undefined) throw new UsageError(`没有文件 ${missing}`)
      await withDatabase(options, async (db) => {
        for (const file of files) await importOne(db, file, options)
      })
    })
}

async function importOne(db: Database, file: string, options: ImportOptions): Promise<void> {
  const { kind, hourLabel } = options
  const upload = { kind, hourLabel, fileName: basename(file), bytes: await readFile(file) }
  const deps = { db, clock: systemClock, events: { publish: () => undefined } }
  const writer = { internLayout, writeObservations }
  let shownAt = 0
  const { result, errors } = await importFile(deps, writer, upload, (line, total) => {
    if (!process.stderr.isTTY || performance.now() - shownAt < 200) return
    shownAt = performance.now()
    process.stderr.write(`\r${basename(file)}：${line}/${total} 行`)
  })
  if (process.stderr.isTTY) process.stderr.write('\r')
  say(
    `${result.fileName}：${result.layout}，${result.encoding}，${result.lines} 行；新增 ${result.inserted}，修订 ${result.revised}，未变 ${result.unchanged}，错误 ${result.errors} 行`,
  )
  if (result.unknownCodes.length > 0) note(`未登记：${result.unknownCodes.join('、')}`)
  if (result.errors === 0) return
  process.exitCode = 1
  if (options.errors === undefined) {
    note('用 --errors 文件 取得错误行')
    return
  }
  let text = ''
  for await (const line of errors()) text += line
  await writeFile(options.errors, text)
  note(`错误行已写到 ${options.errors}`)
}

interface EvidenceOptions extends DataDirOption {
  readonly out?: string
  readonly msg?: string
}

interface ObservationOptions extends DataDirOption {
  readonly kind: string
  readonly point?: string[]
  readonly period: 'rt' | 'min' | 'hour' | 'day' | 'month' | 'year'
  readonly from: string
  readonly to: string
  readonly out?: string
}

export function exportCommand(): Command {
  const command = new Command('export').description('导出证据包或观测值')
  command
    .command('evidence')
    .description('导出一日的证据包（tar），可用 shanshui verify 离线校验')
    .argument('<日期>', 'YYYY-MM-DD')
    .option('--msg <编号>', '只完整给出这条记录所在的块，其余只给摘要')
    .option('-o, --out <文件>', '输出文件，默认 shanshui-evidence-日期.tar')
    .addOption(dataDir())
    .action(async (day: string, options: EvidenceOptions) => exportEvidence(day, options))
  command
    .command('observations')
    .description('导出观测值（CSV，UTF-8 带 BOM）')
    .option('--kind <种类>', '点位种类', 'air-station')
    .option('--point <编码...>', '点位编码，默认该种类的全部')
    .addOption(
      new Option('--period <周期>').choices(['rt', 'min', 'hour', 'day', 'month', 'year']).default('hour'),
    )
    .requiredOption('--from <日期>', '起（含）YYYY-MM-DD')
    .requiredOption('--to <日期>', '止（含）YYYY-MM-DD')
    .option('-o, --out <文件>', '输出文件，默认标准输出')
    .addOption(dataDir())
    .action(async (options: ObservationOptions) => exportObservations(options))
  return command
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/

async function exportEvidence(day: string, options: EvidenceOptions): Promise<void> {
  if (!dayPattern.test(day)) throw new UsageError(`日期应为 YYYY-MM-DD：${day}`)
  if (options.msg !== undefined && !/^\d+$/.test(options.msg))
    throw new UsageError(`记录编号应为数字：${options.msg}`)
  const msg = options.msg === undefined ? undefined : BigInt(options.msg)
  await withDatabase(options, async (db) => {
    const file = options.out ?? `shanshui-evidence-${day}.tar`
    let stream: WriteStream | undefined
    for await (const piece of exportBundle(db.pool, day, msg)) {
      stream ??= createWriteStream(file)
      if (!stream.write(piece)) await once(stream, 'drain')
    }
    if (stream === undefined) return
    stream.end()
    await once(stream, 'close')
    say(`已写到 ${file}（${stream.bytesWritten} 字节）`)
  })
}

const mostPointHoursPerRead = 200_000
const dayMs = 86_400_000

async function exportObservations(options: ObservationOptions): Promise<void> {
  for (const day of [options.from, options.to])
    if (!dayPattern.test(day)) throw new UsageError(`日期应为 YYYY-MM-DD：${day}`)
  const fromMs = Date.parse(`${options.from}T00:00:00+08:00`)
  const toMs = Date.parse(`${options.to}T00:00:00+08:00`) + dayMs
  if (!(fromMs < toMs)) throw new UsageError(`起 ${options.from} 晚于止 ${options.to}`)
  await withDatabase(options, async (db) => {
    const points = await listPoints(db.pool, {
      kind: options.kind,
      ...(options.point === undefined ? {} : { codes: options.point }),
    })
    if (points.length === 0) throw new UsageError('没有这样的点位')
    const out = options.out === undefined ? process.stdout : createWriteStream(options.out)
    const codes = new Map(points.map((p) => [p.id, p]))
    const step = Math.max(dayMs, Math.floor(mostPointHoursPerRead / points.length / 24) * dayMs)
    const found = new Set<string>()
    for (const { id } of points) {
      for (const factor of await factorsOf(db.pool, { period: options.period, pointId: id, fromMs, toMs }))
        found.add(factor)
    }
    const factors = [...found].sort()
    out.write(`\ufeff时段起点,点位编码,点位名称,${factors.flatMap((f) => [f, `${f}标记`]).join(',')}\r\n`)
    for (let at = fromMs; at < toMs; at += step) {
      const table = await readSeries(db.pool, {
        period: options.period,
        pointIds: points.map((p) => p.id),
        fromMs: at,
        toMs: Math.min(toMs, at + step),
        factors,
        includeInvalid: true,
      })
      for (let i = 0; i < table.startMs.length; i++) {
        const point = codes.get(table.pointId[i] as number)
        const cells = factors.flatMap((f) => {
          const value = table.columns.get(f)?.[i] ?? Number.NaN
          return [Number.isNaN(value) ? '' : String(value), (table.flags.get(f)?.[i] ?? '').trim()]
        })
        const line = `${shanghaiIso(table.startMs[i] as number).slice(0, 19)},${point?.code},${point?.name},${cells.join(',')}\r\n`
        if (!out.write(line)) await once(out, 'drain')
      }
    }
    if (options.out === undefined) return
    out.end()
    await once(out, 'close')
    say(`已写到 ${options.out}`)
  })
}

interface VerifyOptions extends DataDirOption {
  readonly root?: string
}

export function verifyCommand(): Command {
  return new Command('verify')
    .description('校验证据包（不需要数据库），或不带文件时校验数据库中的原始账本')
    .argument('[文件]', '证据包')
    .option('--root <散列>', '封存时另行保存的根散列，十六进制')
    .addOption(dataDir())
    .action(async (file: string | undefined, options: VerifyOptions) => {
      const faults = file === undefined ? await verifyDatabase(options) : await verifyFile(file, options.root)
      for (const fault of faults) note(fault)
      if (faults.length > 0) process.exitCode = 1
    })
}

async function verifyFile(file: string, root: string | undefined): Promise<string[]> {
  if (!existsSync(file)) throw new UsageError(`没有文件 ${file}`)
  if (root !== undefined && !/^[0-9a-f]{64}$/i.test(root)) throw new UsageError('根散列应为 64 位十六进制')
  const handle = await open(file)
  try {
    const { size } = await handle.stat()
    const read = async (offset: number, length: number) => {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, size - offset)))
      await handle.read(bytes, 0, bytes.byteLength, offset)
      return bytes
    }
    const report = await verifyBundle({ size, read }, root)
    if (report.ok)
      say(
        `完好：${report.day}，${report.blocks} 块，${report.records} 条记录，根散列 ${report.root ?? '（未封存）'}`,
      )
    else say(`证据包已损坏：${report.faults.length} 处不符`)
    return report.faults.map(describeFault)
  } finally {
    await handle.close()
  }
}

async function verifyDatabase(options: VerifyOptions): Promise<string[]> {
  return await withDatabase(options, async (db) => {
    const report = await verifyJournal(db.pool)
    const sum = `${report.days} 日，${report.blocks} 块，${report.records} 条记录`
    say(report.faults.length === 0 ? `完好：${sum}` : `原始账本有 ${report.faults.length} 处不符（${sum}）`)
    return report.faults.map(describeFault)
  })
}

interface ReplayOptions extends DataDirOption {
  readonly yes?: boolean
}

export function replayCommand(): Command {
  return new Command('replay')
    .description('清空观测值和决定，由原始账本重建，并核对重建前后一致（先停止服务）')
    .option('--yes', '确认')
    .addOption(dataDir())
    .action(async (options: ReplayOptions) => {
      if (options.yes !== true)
        throw new UsageError('重建会先清空观测值、修订、标记和审核（原始账本不动）；确认请加 --yes')
      const { config } = loadConfig({ overrides: overridesOf(options) })
      // not that of a running server: its workers would write at the same time
      const opened = await openConfiguredDatabase(config, createLogger('warn'))
      try {
        await replayAndCompare(opened.db)
      } finally {
        await opened.close()
      }
    })
}

async function replayAndCompare(db: Database): Promise<void> {
  await rollUp(db)
  const digest = async () =>
    `${await db.transaction((trx) => digestOf(trx, 'all'))} ${await sourceDigest(db.pool)}`
  const before = await digest()
  const started = performance.now()
  const report = await replay({ db }, replayed, (block, sofar) => note(`已到块 ${block}，${sofar.rows} 行`))
  await rollUp(db)
  const after = await digest()
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  say(
    `${report.blocks} 块，${report.frames} 条报文，${report.decisions} 个决定，${report.rows} 行，用时 ${seconds} 秒`,
  )
  say(`重建前 ${before}`)
  say(`重建后 ${after}`)
  say(before === after ? '一致' : '不一致：重建前的数据并非全部来自原始账本')
  if (before !== after) process.exitCode = 1
}

/** What the journal makes again: observations with what was decided about them, and about outlets. */
const replayed: Parameters<typeof replay>[1] = {
  internLayout,
  writeObservations,
  async applyDecision(trx, decision, msg) {
    await applyDecision(trx, decision, msg)
    await applySourceDecision(trx, decision, msg)
  },
  async wipeDerived(trx) {
    await wipeDerived(trx)
    await wipeSources(trx)
  },
}

/** Everything that rests on the observations, up to the hours of outlets as they are judged now. */
async function rollUp(db: Database): Promise<void> {
  for (let entries = 1; entries > 0; ) entries = (await db.transaction((trx) => drainDirty(trx))).entries
  await queueEverything(db.pool, null, '重建')
  const facts = { nowMs: systemClock.now(), doubted: async () => new Set<number>() }
  for (let entries = 1; entries > 0; )
    entries = (await db.transaction((trx) => drainSources(trx, facts))).entries
}
