import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contradictions, yearOf } from './contradictions.ts'
import { findFigures, ordinal } from './found-figures.ts'
import { asText, possibleBases, possiblePairs, printed, printsAsPercent } from './possible-values.ts'

// The public sentences of a city bureau's review of 2022: shares, means, index and rank as printed there.
const review2022 =
  '2022年市区环境空气优良天数比例达87.5%;细颗粒物(PM2.5)平均浓度值20ug/m3,同比上升11.1%;可吸入颗粒物(PM10)平均浓度值62ug/m3,同比上升6.9%。市区环境空气质量综合指数3.35,排名全省第七。'

const check = (text: string, year = 2022) => contradictions(findFigures(text), yearOf(text, year))
const rule = (text: string, name: string) => check(text).filter((f) => f.rule === name)

describe('figures found in a text', () => {
  it('finds the eight figures of the 2022 review', () => {
    const found = findFigures(review2022).map((f) => `${f.kind}:${f.item ?? ''}:${asText(f.value)}`)
    expect(found.toSorted()).toEqual(
      [
        'change:pm10:6.9',
        'change:pm25:11.1',
        'concentration:pm10:62',
        'concentration:pm25:20',
        'excellent-ratio::87.5',
        'index::3.35',
        'rank::7',
      ].toSorted(),
    )
  })

  it('quotes exactly the text between start and end', () => {
    for (const f of findFigures(review2022)) expect(review2022.slice(f.start, f.end)).toBe(f.quote)
  })

  it('deals out 分别为 lists in order', () => {
    const found = findFigures('二氧化硫、二氧化氮年均浓度分别为12、28微克/立方米。')
    expect(found.map((f) => [f.item, asText(f.value)])).toEqual([
      ['so2', '12'],
      ['no2', '28'],
    ])
  })

  it('reads Chinese ordinals up to 99', () => {
    expect(['七', '十', '十二', '二十', '二十一', '7'].map(ordinal)).toEqual([7, 10, 12, 20, 21, 7])
    expect(ordinal('百')).toBeUndefined()
  })

  it('takes a fall as negative', () => {
    const found = findFigures('PM2.5平均浓度18微克/立方米，同比下降10.0%')
    expect(found.find((f) => f.kind === 'change')?.value.units).toBe(-100n)
  })
})

it('a month is not held against the days of the year, a maximum is no mean', () => {
  const found = findFigures('3月优良天数比例87.1%。全年日均值最大值，PM2.5为152微克/立方米。')
  expect(found.map((f) => [f.kind, f.ofPart ?? false])).toEqual([
    ['excellent-ratio', true],
    ['maximum', false],
  ])
  expect(check('3月优良天数比例87.1%。')).toEqual([])
})

describe('the 2022 review against itself', () => {
  it('PM2.5 20 up 11.1 % has the only base 18, PM10 62 up 6.9 % the only base 58', () => {
    expect(rule(review2022, 'yoy-base').map((f) => f.possible)).toEqual([['18'], ['58']])
  })

  it('87.5 % is impossible with 365 valid days and lists the possible pairs from 316/361 down', () => {
    const [share] = rule(review2022, 'share-denominator')
    expect(share?.severity).toBe('doubt')
    expect(share?.message).toContain('365')
    expect(share?.possible.slice(0, 9)).toEqual([
      '316/361',
      '315/360',
      '314/359',
      '309/353',
      '308/352',
      '307/351',
      '302/345',
      '301/344',
      '300/343',
    ])
  })

  it('contradicts 87.5 % when the text says 365 valid days', () => {
    const [share] = rule('2022年有效监测天数365天，优良天数比例87.5%。', 'share-denominator')
    expect(share?.severity).toBe('contradiction')
  })

  it('confirms 87.5 % with 316 of 361', () => {
    const [share] = rule('2022年有效天数361天，优良天数316天，优良天数比例87.5%。', 'share-denominator')
    expect(share?.severity).toBe('confirmed')
  })

  it('the other four sub-indices must sum to 1.89', () => {
    const [index] = rule(review2022, 'index-sum')
    expect(index?.message).toContain('20/35 + 62/70 = 1.457')
    expect(index?.message).toContain('1.89')
    expect(index?.severity).toBe('confirmed')
  })

  it('asks of how many places the rank is', () => {
    expect(rule(review2022, 'rank-range')[0]?.severity).toBe('doubt')
    expect(rule('综合指数3.35，在全省14个市州中排名第七。', 'rank-range')[0]?.severity).toBe('confirmed')
    expect(rule('综合指数3.35，在全省14个市州中排名第十五。', 'rank-range')[0]?.severity).toBe(
      'contradiction',
    )
  })
})

describe('injected errors are found', () => {
  it.each([
    [
      'a base that gives another change',
      'PM2.5平均浓度20微克/立方米，上年为19微克/立方米，同比上升11.1%。',
      'yoy-base',
    ],
    [
      'an index below two of its parts',
      'PM2.5浓度80微克/立方米；PM10浓度150微克/立方米；综合指数3.35。',
      'index-sum',
    ],
    [
      'six items that do not sum to the index',
      'PM2.5浓度33微克/立方米，PM10浓度58微克/立方米，二氧化硫浓度8微克/立方米，二氧化氮浓度28微克/立方米，一氧化碳浓度1.0毫克/立方米，臭氧浓度158微克/立方米。综合指数4.20。',
      'index-sum',
    ],
    ['more valid days than the year has', '2022年有效天数366天，优良天数比例87.4%。', 'share-denominator'],
    ['levels that do not add up', '优良天数316天，其中优120天、良197天。', 'level-sum'],
    ['CO in micrograms', '一氧化碳浓度1.0微克/立方米。', 'unit'],
  ])('%s', (_name, text, name) => {
    expect(rule(text, name).map((f) => f.severity)).toContain('contradiction')
  })

  it('accepts the six published items of an index as printed', () => {
    const text =
      'PM2.5浓度33微克/立方米，PM10浓度58微克/立方米，二氧化硫浓度8微克/立方米，二氧化氮浓度28微克/立方米，一氧化碳浓度1.0毫克/立方米，臭氧浓度158微克/立方米。综合指数3.84。'
    expect(rule(text, 'index-sum')[0]?.severity).toBe('confirmed')
  })
})

describe('possible values (properties)', () => {
  it('the true base is always among the possible bases', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.integer({ min: 1, max: 400 }), (value, base) => {
        const rate = printed((((value - base) / base) * 100).toFixed(1))
        expect(possibleBases(printed(String(value)), rate).map(asText)).toContain(String(base))
      }),
    )
  })

  it('the true pair is always among the possible pairs, and every listed pair prints the share', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 324, max: 366 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (valid, part) => {
          const good = Math.round(part * valid)
          const share = printed(((good / valid) * 100).toFixed(1))
          const pairs = possiblePairs(share, 324, 366)
          expect(pairs).toContainEqual({ good, valid })
          for (const p of pairs) expect(printsAsPercent(BigInt(p.good), BigInt(p.valid), share)).toBe(true)
        },
      ),
    )
  })
})
