/** Noise, HJ 212-2017 table B.3: all in dB, N3.1. */
import type { FactorRow } from './factor-row.ts'

const level = (code: string, zh: string, en: string): FactorRow => ({
  code,
  zh,
  en,
  unit: 'dB',
  type: 'N3.1',
})

export const noiseFactors: readonly FactorRow[] = [
  level('LA', 'A声级', 'instantaneous A level'),
  level('L5', '累计百分声级L5', 'level exceeded 5 % of the time'),
  level('L10', '累计百分声级L10', 'level exceeded 10 % of the time'),
  level('L50', '累计百分声级L50', 'level exceeded 50 % of the time'),
  level('L90', '累计百分声级L90', 'level exceeded 90 % of the time'),
  level('L95', '累计百分声级L95', 'level exceeded 95 % of the time'),
  level('Leq', '等效声级', 'equivalent level'),
  level('Ldn', '昼夜等效声级', 'day-night level'),
  level('Ld', '昼间等效声级', 'day level'),
  level('Ln', '夜间等效声级', 'night level'),
  level('LMx', '最大的瞬时声级', 'maximum'),
  level('LMn', '最小的瞬时声级', 'minimum'),
]
