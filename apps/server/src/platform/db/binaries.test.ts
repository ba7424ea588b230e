import { mkdirSync, mkdtempSync, readFileSync, readlinkSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { findBinaries, hydrateSymlinks } from './binaries.ts'

test('library links that a blocked install script left out are made at start', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-binaries-'))
  try {
    mkdirSync(join(folder, 'native', 'lib'), { recursive: true })
    writeFileSync(join(folder, 'native', 'lib', 'libicuuc.so.60.2'), 'icu')
    const links = [{ source: 'native/lib/libicuuc.so.60.2', target: 'native/lib/libicuuc.so.60' }]
    writeFileSync(join(folder, 'native', 'pg-symlinks.json'), JSON.stringify(links))
    expect(hydrateSymlinks(folder)).toBe(1)
    expect(readlinkSync(join(folder, 'native', 'lib', 'libicuuc.so.60'))).toBe('libicuuc.so.60.2')
    expect(readFileSync(join(folder, 'native', 'lib', 'libicuuc.so.60'), 'utf8')).toBe('icu')
    expect(hydrateSymlinks(folder)).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a folder without PostgreSQL is named in the error', () => {
  expect(() => findBinaries('/usr/lib', undefined)).toThrow('/usr/lib')
})
