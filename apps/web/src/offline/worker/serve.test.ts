import { expect, test } from 'vitest'
import { servingOf, superseded } from './serve.ts'

const origin = 'https://city.example'
const files = new Set(['/', '/assets/field-1a2b.js', '/favicon.svg'])
const ask = (path: string, mode = 'cors', method = 'GET') =>
  servingOf({ method, mode, url: path.startsWith('http') ? path : origin + path }, origin, files)

test('answers of the interface are never served from the device, nor kept on it', () => {
  expect(ask('/api/v1/inspections/field-pack')).toBe('leave')
  expect(ask('/api/v1/evidence/7/content', 'no-cors')).toBe('leave')
  expect(ask('/api/v1/docs', 'navigate')).toBe('leave')
  expect(ask('/problems/request.too-many', 'navigate')).toBe('leave')
})

test('what is written goes to the server, whatever its address', () => {
  expect(ask('/assets/field-1a2b.js', 'cors', 'POST')).toBe('leave')
})

test('a page of the field app opens from the kept version, so that all its parts are of one version', () => {
  expect(ask('/inspections/field', 'navigate')).toBe('shell')
  expect(ask('/inspections/field/12?item=3', 'navigate')).toBe('shell')
  expect(ask('/inspections/fieldwork', 'navigate')).toBe('network-else-shell')
})

test('other pages come from the network, and from the device only without signal', () => {
  expect(ask('/leads', 'navigate')).toBe('network-else-shell')
})

test('files of the application are looked for on the device, those of an older tab too; others are left alone', () => {
  expect(ask('/assets/field-1a2b.js')).toBe('file')
  expect(ask('/assets/field-of-the-version-before.js')).toBe('file')
  expect(ask('/favicon.svg')).toBe('file')
  expect(ask('/robots.txt')).toBe('leave')
  expect(ask('https://elsewhere.example/assets/field-1a2b.js')).toBe('leave')
})

test('the version before the current one stays for tabs that still run it', () => {
  expect(superseded(['shell-1', 'shell-2', 'other', 'shell-3'], 'shell-', 'shell-3')).toEqual(['shell-1'])
  expect(superseded(['shell-3'], 'shell-', 'shell-3')).toEqual([])
})
