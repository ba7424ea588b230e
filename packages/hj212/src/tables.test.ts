import { describe, expect, it } from 'vitest'
import {
  airFactors,
  commandRow,
  commands,
  currentCode,
  dangerousCommands,
  dataMarks,
  executionResults,
  factorByCode,
  flagValue,
  infoCodes,
  infoKind,
  plainFields,
  processCode,
  requestKind,
  requestResults,
  suffixFields,
  systemCodes,
  uploadKind,
  versionOf,
  waterFactors,
} from './index.ts'

describe('Flag (HJ 212-2017 table 3)', () => {
  it('is version × 4 + 2 × split + answer', () => {
    const rows = (['2005', '2017', '2025', 'surface-water'] as const).map((version) =>
      [false, true].flatMap((split) => [false, true].map((ack) => flagValue(version, ack, split))),
    )
    expect(rows).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [8, 9, 10, 11],
      [8, 9, 10, 11],
    ])
  })

  it('gives the version back', () => {
    expect([0, 3, 4, 7, 8, 11].map((flag) => versionOf(flag, '32', ''))).toEqual([
      '2005',
      '2005',
      '2017',
      '2017',
      '2025',
      '2025',
    ])
    expect(versionOf(-1, '32', '')).toBe('2005')
  })
})

describe('tables', () => {
  it('hold 63 factors of water (B.1) and 121 of air (B.2), without a code twice', () => {
    expect(waterFactors).toHaveLength(63)
    expect(airFactors).toHaveLength(121)
    const codes = [...waterFactors, ...airFactors].map((row) => row.code)
    expect(new Set(codes).size).toBe(codes.length)
    const old = [...waterFactors, ...airFactors].flatMap((row) => row.old ?? [])
    expect(new Set(old).size).toBe(old.length)
  })

  it('find a factor by the code of 2017 and of 2005', () => {
    expect(factorByCode('w01018')?.zh).toBe('化学需氧量')
    expect(currentCode('011')).toBe('w01018')
    expect(currentCode('02')).toBe('a21026')
    expect(currentCode('S01')).toBe('a19001')
    expect(currentCode('CONC')).toBe('CONC')
    expect(factorByCode('__proto__')).toBeUndefined()
  })

  it('say of each command what it is in either direction', () => {
    expect(uploadKind('2011')).toBe('upload')
    expect(uploadKind('1013')).toBe('notify')
    expect(uploadKind('9015')).toBe('notify')
    expect(uploadKind('9011')).toBe('reply')
    expect(uploadKind('9021')).toBeUndefined()
    expect(requestKind('2012')).toBe('notify')
    expect(requestKind('3020')).toBe('request')
    expect(commandRow('1001', '2025')?.up).toBe('notify')
    expect(commandRow('1001', '2005')?.down).toBe('request')
    for (const cn of dangerousCommands) expect(requestKind(cn)).toBe('request')
  })

  it('hold every command of 2017 table 9', () => {
    const of2017 = new Set(commands.filter((row) => row.editions.includes('2017')).map((row) => row.cn))
    expect([...of2017].sort()).toEqual(
      '1000 1011 1012 1013 1061 1062 1063 1064 1072 2011 2012 2021 2022 2031 2041 2051 2061 2081 3011 3012 3013 3014 3015 3016 3017 3018 3019 3020 3021 9011 9012 9013 9014'.split(
        ' ',
      ),
    )
  })

  it('mark every row of 2025 alone as unverified, but the system code that two sources show', () => {
    for (const row of commands)
      if (row.editions.length === 1 && row.editions[0] === '2025') expect(row.status).toBe('unverified')
    for (const row of [...suffixFields, ...plainFields])
      if (row.since === '2025') expect(row.status).toBe('unverified')
  })

  it('hold the results and marks of tables 6, 7 and 8', () => {
    expect(executionResults.map((row) => row.code)).toEqual([1, 2, 3, 4, 5, 6, 100])
    expect(requestResults.map((row) => row.code)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 100])
    expect(dataMarks.map((row) => row.code).join('')).toBe('NFMSDCTB')
    expect(systemCodes.find((row) => row.code === '22')?.zh).toBe('空气质量监测')
  })

  it('take information and process codes apart', () => {
    expect(infoKind('i13004')).toEqual({ device: 'instrument', kind: 'parameter' })
    expect(infoKind('x13004')).toBeUndefined()
    for (const row of infoCodes) expect(infoKind(row.code)).toBeDefined()
    expect(processCode('e10402')).toMatchObject({
      medium: 'wastewater',
      process: '进水',
      device: 2,
      factor: { code: 'e104' },
    })
    expect(processCode('g11101')).toMatchObject({ medium: 'flue-gas', process: '湿法脱硫' })
    expect(processCode('w01018')).toBeUndefined()
  })
})
