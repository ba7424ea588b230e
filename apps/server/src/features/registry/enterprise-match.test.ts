import { expect, test } from 'vitest'
import { creditCode } from './enterprise-fixture.ts'
import {
  editDistance,
  findMatches,
  type MatchCandidate,
  matchOf,
  normalisedName,
} from './enterprise-match.ts'

let id = 0
const candidate = (code: string, name: string, more: Partial<MatchCandidate> = {}): MatchCandidate => {
  id++
  return {
    id,
    code,
    name,
    formerNames: [],
    formerCodes: [],
    legalRepresentative: null,
    phone: null,
    lon: null,
    lat: null,
    permits: [],
    ...more,
  }
}
const kindsOf = (a: MatchCandidate, b: MatchCandidate) => matchOf(a, b)?.reasons.map(({ kind }) => kind)
const code = creditCode(1)
const other = creditCode(4711)

test.each([
  ['祁川（甘肃）镍业有限公司', '祁川(甘肃)镍业有限责任公司'],
  ['祁川镍业 有限公司', '祁川镍业股份有限公司'],
  ['金河“清源”污水处理厂', '金河清源污水处理厂'],
])('%s and %s are one name', (a, b) => {
  expect(normalisedName(a)).toBe(normalisedName(b))
  expect(kindsOf(candidate(code, a), candidate(other, b))).toEqual(['name'])
})

test.each([
  ['祁川镍业一分厂', '祁川镍业二分厂'],
  ['祁川热电1号厂区', '祁川热电2号厂区'],
  ['祁川镍业有限公司', '石岭水泥有限公司'],
])('%s and %s are not proposed', (a, b) => {
  expect(matchOf(candidate(code, a), candidate(other, b))).toBeUndefined()
})

test('one wrong character, a swap and look-alike characters of a code are found', () => {
  const swapped = code.slice(0, 10) + code[11] + code[10] + code.slice(12)
  const wrong = `${code.slice(0, 12)}7${code.slice(13)}`
  const scanned = code.replace('MA', 'MA').replaceAll('0', 'O')
  for (const typo of [swapped, wrong, scanned].filter((text) => text !== code)) {
    const match = matchOf(candidate(code, '甲厂'), candidate(typo, '乙厂'))
    expect(match?.reasons).toMatchObject([{ kind: 'code-typo', text: expect.stringContaining('校验码不符') }])
  }
})

test('codes of neighbours in the register, both valid, are not proposed for that alone', () => {
  for (let n = 1; n < 200; n++) {
    expect(matchOf(candidate(creditCode(n), '甲厂'), candidate(creditCode(n + 1), '乙厂'))).toBeUndefined()
  }
})

test('the same organization registered in another district is found by its body code', () => {
  expect(kindsOf(candidate(creditCode(5, 629001), '甲'), candidate(creditCode(5, 622921), '乙'))).toEqual([
    'code-body',
  ])
})

test('former names, former codes and permits speak for themselves', () => {
  const now = candidate(code, '祁川新能源有限公司', {
    formerNames: ['祁川化肥厂'],
    formerCodes: ['620300100000123'],
  })
  expect(kindsOf(now, candidate(other, '祁川化肥厂'))).toEqual(['former-name'])
  expect(kindsOf(now, candidate('620300100000123', '丙'))).toEqual(['former-code'])
  const permits = ['91629001MA0000001X001P']
  expect(kindsOf(candidate(code, '丁', { permits }), candidate(other, '戊', { permits }))).toEqual(['permit'])
})

test('near and the same person are not enough, with a like name they are', () => {
  const place = { lon: 102.2, lat: 38.5, legalRepresentative: '张三' }
  expect(matchOf(candidate(code, '甲化工', place), candidate(other, '乙热力', place))).toBeUndefined()
  expect(kindsOf(candidate(code, '祁川化工材料', place), candidate(other, '化工材料', place))).toEqual([
    'name-similar',
    'legal-representative',
    'near',
  ])
})

test('a long distance speaks against, and is said', () => {
  const near = matchOf(
    candidate(code, '祁川镍业', { lon: 102, lat: 38 }),
    candidate(other, '祁川镍业公司', { lon: 102, lat: 38 }),
  )
  const far = matchOf(
    candidate(code, '祁川镍业', { lon: 102, lat: 38, legalRepresentative: '张三' }),
    candidate(other, '祁川镍业公司', { lon: 103, lat: 38, legalRepresentative: '张三' }),
  )
  expect(near?.against).toEqual([])
  expect(far?.against).toEqual([expect.stringMatching(/^相距 8\d\.\d 千米$/)])
  expect(far?.score).toBeLessThan(near?.score ?? 0)
})

test('edit distance counts swaps of neighbours once', () => {
  expect(editDistance('abcd', 'abdc')).toBe(1)
  expect(editDistance('abcd', 'abd')).toBe(1)
  expect(editDistance('abcd', 'axyd')).toBe(2)
  expect(editDistance('', 'abcdef', 2)).toBe(3)
})

test('ten thousand enterprises are searched in seconds, and the ten seeded pairs are what is found', () => {
  const many = Array.from({ length: 10_000 }, (_, n) =>
    candidate(creditCode(n * 37 + 1), `第${n}家${String.fromCharCode(0x4e00 + ((n * 7919) % 20000))}厂`),
  )
  const twins = many
    .slice(0, 10)
    .map((one) =>
      candidate(
        `${one.code.slice(0, 9)}${one.code[9] === '9' ? '8' : '9'}${one.code.slice(10)}`,
        `别名${one.id}`,
      ),
    )
  const started = performance.now()
  const found = findMatches([...many, ...twins])
  expect(performance.now() - started).toBeLessThan(20_000)
  expect(found.length).toBeLessThan(15)
  const pairs = new Set(found.map(({ aId, bId }) => `${aId}-${bId}`))
  for (const [index, twin] of twins.entries()) expect(pairs.has(`${many[index]?.id}-${twin.id}`)).toBe(true)
})
