import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BenchSection, markdown, plain, replaceSections } from './report.ts'
import { type Bench, barMet } from './result.ts'

/** `npm run bench`: everything measured in one run, beside its peer or limit; writes docs/performance.md. */
interface Entry {
  readonly key: string
  readonly title: string
  readonly file: string
  readonly name: string
}

const entries: readonly Entry[] = [
  { key: 'standards', title: 'Standards', file: 'standards.ts', name: 'benchStandards' },
  { key: 'hj212', title: 'HJ 212 codec', file: 'hj212.ts', name: 'benchHj212' },
  { key: 'fraud', title: 'Fraud rules', file: '../fraud/bench.ts', name: 'benchFraud' },
  { key: 'storage', title: 'Storage', file: 'storage.ts', name: 'benchStorage' },
  { key: 'gateway', title: 'Gateway', file: 'gateway.ts', name: 'benchGateway' },
  {
    key: 'outlets-gateway',
    title: 'Gateway of outlets',
    file: 'outlets-gateway.ts',
    name: 'benchOutletsGateway',
  },
  { key: 'sources', title: 'Pollution sources', file: 'sources.ts', name: 'benchSources' },
  { key: 'inspections', title: 'Planning of inspections', file: 'inspections.ts', name: 'benchInspections' },
  { key: 'application', title: 'Application', file: 'application.ts', name: 'benchApplication' },
]

const { values: asked, positionals } = parseArgs({
  options: { quick: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const report = join(import.meta.dirname, '..', '..', 'docs', 'performance.md')

async function load({ file, name }: Entry): Promise<Bench> {
  const path = join(import.meta.dirname, file)
  if (!existsSync(path)) throw new Error(`bench/src/${file} is not there`)
  const bench = ((await import(path)) as Record<string, unknown>)[name]
  if (typeof bench !== 'function') throw new Error(`bench/src/${file} has no ${name}`)
  return bench as Bench
}

async function main(): Promise<void> {
  const unknown = positionals.filter((key) => !entries.some((entry) => entry.key === key))
  if (unknown.length > 0) {
    throw new Error(
      `no such bench: ${unknown.join(', ')}; there are ${entries.map(({ key }) => key).join(', ')}`,
    )
  }
  const chosen = entries.filter(({ key }) => positionals.length === 0 || positionals.includes(key))
  const sections: BenchSection[] = []
  for (const entry of chosen) {
    const started = performance.now()
    const results = await (await load(entry))({ quick: asked.quick })
    const section = { title: entry.title, results, seconds: (performance.now() - started) / 1000 }
    sections.push(section)
    process.stdout.write(`${plain(section)}\n`)
  }
  const missed = sections.flatMap(({ results }) => results.filter((result) => barMet(result) === false))
  process.stdout.write(`\n${missed.length === 0 ? 'every bar is met' : `${missed.length} bars are missed`}\n`)
  if (asked.quick) {
    process.stdout.write('a quick run does not write the report\n')
    return
  }
  const about = [
    `${availableParallelism()} cores, Node ${process.versions.node}; embedded PostgreSQL with its own settings`,
    'storage and gateway share the cores with the load that is put on them',
  ]
  const text = markdown(sections, about)
  const before = existsSync(report) ? readFileSync(report, 'utf8') : ''
  writeFileSync(report, positionals.length === 0 ? text : replaceSections(before, text))
  process.stdout.write('docs/performance.md written\n')
}

await main()
