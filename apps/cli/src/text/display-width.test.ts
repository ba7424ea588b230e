import { describe, expect, test } from 'vitest'
import { displayWidth, padDisplay } from './display-width.ts'

describe('width of text in a terminal', () => {
  test('a Chinese character and a full-width bracket take two columns', () => {
    expect(displayWidth('执法支队（金河）')).toBe(16)
    expect(displayWidth('HJ 212')).toBe(6)
  })

  test('padding brings mixed text to one width', () => {
    expect(displayWidth(padDisplay('市局局长 沈远山', 24))).toBe(24)
    expect(padDisplay('长于列宽', 4)).toBe('长于列宽')
  })
})
