/**
 * The direction rule of docs/ARCHITECTURE.md, read from the imports: rooms know the rooms before them through their
 * doors, the platform knows no room, packages know nothing of the product, the environment is read in one place.
 */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const rooms = [
  'identity',
  'registry',
  'intake',
  'series',
  'evaluation',
  'sources',
  'leads',
  'evidence',
  'matters',
  'complaints',
  'inspections',
  'permits',
  'targets',
  'bureau',
  'reports',
]

interface Edge {
  readonly from: string
  /** Path in the repository, or the name of a package. */
  readonly to: string
}

const importPattern =
  /(?:^|\n)[ \t]*(?:import|export)\s(?:[^'"`;]*?\sfrom\s+)?(['"])([^'"\n]+)\1|\bimport\(\s*(['"])([^'"\n]+)\3/g

function edgesOf(file: string, text: string): Edge[] {
  const code = text.replace(/^\s*(\*|\/\/).*$/gm, '')
  return [...code.matchAll(importPattern)].map(([, , named, , loaded]) => {
    const to = named ?? loaded ?? ''
    return { from: file, to: to.startsWith('.') ? relative(root, resolve(root, dirname(file), to)) : to }
  })
}

const files = ['packages', 'apps', 'demo', 'bench', 'e2e', 'scripts']
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root, exclude: ['**/node_modules/**', '**/dist/**'] }),
  )
  .sort()
const texts = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))
const edges = files.flatMap((file) => edgesOf(file, texts.get(file) ?? ''))

const isTest = (file: string) => /(\.(test|spec)|[.-]fixture)\.tsx?$/.test(file)
const roomOf = (path: string) => /^apps\/server\/src\/features\/([^/]+)\//.exec(path)?.[1]
const inServer = (path: string) => path.startsWith('apps/server/')
const external = (to: string) =>
  !to.startsWith('node:') &&
  !to.startsWith('@shanshui/') &&
  !/^(packages|apps|demo|bench|e2e|scripts)\//.test(to)

/** Why an edge is forbidden, or undefined when it is allowed. */
function faultOf({ from, to }: Edge): string | undefined {
  const pack = /^packages\/([^/]+)\//.exec(from)?.[1]
  if (pack !== undefined) {
    if (to.startsWith('@shanshui/')) return 'a package imports nothing of ours'
    if (/^(apps|demo|bench|e2e|scripts)\//.test(to)) return 'a package knows nothing of the product'
    if (to.startsWith('packages/') && !to.startsWith(`packages/${pack}/`))
      return 'a package reaches into another'
    if (isTest(from) || !external(to)) return undefined
    return pack === 'contract' && /^typebox(\/|$)/.test(to)
      ? undefined
      : 'a package has no runtime dependency'
  }
  if (from.startsWith('apps/web/')) {
    if (/^@shanshui\/(server|demo)$/.test(to) || inServer(to)) return 'the web imports packages only'
    return undefined
  }
  if (!inServer(from)) {
    // Command line, demo, benchmarks: the server's door, nothing behind it.
    if (inServer(to) && !isTest(from)) return 'only the door of the server (@shanshui/server)'
    return undefined
  }
  const [mine, theirs] = [roomOf(from), roomOf(to)]
  if (/^apps\/(web|cli)\//.test(to) || /^(demo|bench|e2e)\//.test(to)) return 'the server knows no user of it'
  if (from.startsWith('apps/server/src/platform/') && theirs !== undefined)
    return 'the platform knows no room'
  if (theirs === undefined || mine === theirs) {
    const root = /^apps\/server\/src\/(main|index)\.ts$/
    return mine !== undefined && root.test(to) && !isTest(from)
      ? 'a room does not import the composition root'
      : undefined
  }
  if (mine === undefined) {
    return to.endsWith('/index.ts') && to.split('/').length === 6
      ? undefined
      : 'only the door (index.ts) of a room'
  }
  // A test may set the scene with a later room, or with another room's fixture.
  if (isTest(from) && (isTest(to) || to.endsWith('/index.ts'))) return undefined
  if (!(to.endsWith('/index.ts') && to.split('/').length === 6)) return 'only the door (index.ts) of a room'
  return rooms.indexOf(theirs) < rooms.indexOf(mine) ? undefined : `${mine} comes before ${theirs}`
}

test('imports are found at all', () => {
  const service = 'apps/server/src/features/registry/registry.service.ts'
  expect(edges).toContainEqual({ from: service, to: 'apps/server/src/platform/audit/index.ts' })
  expect(edges).toContainEqual({ from: service, to: '@shanshui/contract' })
  expect(edges.length).toBeGreaterThan(500)
})

test('every import goes in the direction of the house', () => {
  const faults = edges.flatMap((edge) => {
    const fault = faultOf(edge)
    return fault === undefined ? [] : [`${edge.from} → ${edge.to}: ${fault}`]
  })
  expect(faults).toEqual([])
})

test('every room of the server has its place in the order', () => {
  const present = new Set(files.map(roomOf).filter((room) => room !== undefined))
  expect([...present].filter((room) => !rooms.includes(room))).toEqual([])
})

test('only the composition root and the configuration of the server read the environment', () => {
  const readers = files.filter(
    (file) => inServer(file) && !isTest(file) && /\bprocess\.env\b/.test(texts.get(file) ?? ''),
  )
  // Testing is told by the environment which PostgreSQL to use; the database child gets PATH and nothing else of ours.
  const allowed = [
    'apps/server/src/main.ts',
    'apps/server/src/platform/config/config.ts',
    'apps/server/src/platform/db/cluster.ts',
  ]
  const others = readers.filter(
    (file) => !allowed.includes(file) && !file.startsWith('apps/server/src/platform/testing/'),
  )
  expect(others).toEqual([])
})

test('SQL of a room is in its repositories', () => {
  const statement =
    /[`'"]\s*(select|insert into|update|delete from|with|truncate|create|alter|lock table)\s[^`'"]*\b(from|set|as|table|values)\b/i
  const others = files.filter(
    (file) =>
      roomOf(file) !== undefined &&
      !isTest(file) &&
      !file.endsWith('.repository.ts') &&
      statement.test(texts.get(file) ?? ''),
  )
  expect(others).toEqual([])
})

test('the rule itself refuses what it should', () => {
  const server = 'apps/server/src'
  const fault = (from: string, to: string) => faultOf({ from, to })
  expect(fault(`${server}/features/registry/a.ts`, `${server}/features/series/index.ts`)).toContain(
    'registry comes before series',
  )
  expect(
    fault(`${server}/features/series/a.ts`, `${server}/features/registry/registry.service.ts`),
  ).toContain('door')
  expect(fault(`${server}/features/series/a.ts`, `${server}/features/registry/index.ts`)).toBeUndefined()
  expect(fault(`${server}/platform/a.ts`, `${server}/features/registry/index.ts`)).toContain('platform')
  expect(fault('packages/standards/src/a.ts', '@shanshui/contract')).toContain('nothing of ours')
  expect(fault('packages/standards/src/a.ts', 'lodash')).toContain('no runtime dependency')
  expect(fault('packages/contract/src/a.ts', 'typebox')).toBeUndefined()
  expect(fault('apps/web/src/a.tsx', '@shanshui/server')).toContain('packages only')
  expect(fault('apps/cli/src/a.ts', `${server}/main.ts`)).toContain('door')
})
