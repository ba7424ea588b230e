import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

test('the ten lines of the README print what the README shows', () => {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const [, example = ''] = /```ts\n([\s\S]*?)```/.exec(readme) ?? []
  const [, shown = ''] = /```ts[\s\S]*?```\n\n```\n([\s\S]*?)```/.exec(readme) ?? []
  const args = ['--input-type=module-typescript', '--eval', example]
  const printed = execFileSync(process.execPath, args, {
    cwd: new URL('.', import.meta.url),
    encoding: 'utf8',
  })
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10)
  expect(printed).toBe(shown)
})
