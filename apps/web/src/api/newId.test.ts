import { expect, test, vi } from 'vitest'
import { newId } from './newId.ts'

test('an id is a UUID of version 4 also where the browser offers no randomUUID (plain http)', () => {
  vi.stubGlobal('crypto', { getRandomValues: globalThis.crypto.getRandomValues.bind(globalThis.crypto) })
  const ids = Array.from({ length: 200 }, newId)
  vi.unstubAllGlobals()
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
})
