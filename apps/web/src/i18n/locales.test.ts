import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { rooms } from '../app/rooms.ts'
import { titleKey } from '../app/titles.ts'

const folder = join(import.meta.dirname, 'locales')
const read = (language: string, file: string): unknown =>
  JSON.parse(readFileSync(join(folder, language, file), 'utf8'))

function keysOf(node: unknown, path = ''): string[] {
  if (typeof node !== 'object' || node === null) return [path]
  return Object.entries(node).flatMap(([key, value]) => keysOf(value, path === '' ? key : `${path}.${key}`))
}

const files = readdirSync(join(folder, 'zh-CN'))

test('both languages have the same files', () => {
  expect(readdirSync(join(folder, 'en')).sort()).toEqual([...files].sort())
})

test.each(files)('%s has the same keys in both languages', (file) => {
  expect(keysOf(read('en', file)).sort()).toEqual(keysOf(read('zh-CN', file)).sort())
})

test('every page and room of the navigation has a title', () => {
  const titles = new Set(keysOf(read('zh-CN', 'common.json')))
  for (const room of rooms) {
    const shown = room.pages.filter((page) => page.inNavigation)
    for (const page of room.pages) expect(titles).toContain(titleKey(page.path))
    if (shown.length > 1) expect(titles).toContain(`nav.room.${room.key}`)
    for (const page of shown)
      if (page.group !== undefined) expect(titles).toContain(`nav.group.${page.group}`)
  }
})
