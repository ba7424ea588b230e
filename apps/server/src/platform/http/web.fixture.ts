import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A built web application of two files, for tests. */
export function builtWebFixture(): string {
  const folder = mkdtempSync(join(tmpdir(), 'shanshui-web-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>the application</title>')
  writeFileSync(join(folder, 'assets', 'app.js'), 'void 0')
  return folder
}
