import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { clearDemoFolder, newMarker, readMarker, writeMarker } from './data-folder.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shanshui-demo-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the data folder of the demo', () => {
  it('keeps its password and how far it has handed over', () => {
    const marker = newMarker(7, 1000)
    writeMarker(folder, marker)
    writeMarker(folder, { ...marker, loaded: true, handedOverMs: 2000 })
    expect(readMarker(folder)).toEqual({ ...marker, loaded: true, handedOverMs: 2000 })
    expect(marker.password).toMatch(/^Qichuan-[a-z]{4}-\d{4}$/)
  })

  it('is emptied when the demo made it, and never otherwise', () => {
    writeFileSync(join(folder, 'somebody-elses.txt'), 'keep')
    expect(() => clearDemoFolder(folder)).toThrow(expect.objectContaining({ code: 'demo.folder-foreign' }))
    expect(existsSync(join(folder, 'somebody-elses.txt'))).toBe(true)
    writeMarker(folder, newMarker(7, 1000))
    clearDemoFolder(folder)
    expect(existsSync(folder)).toBe(false)
  })
})
