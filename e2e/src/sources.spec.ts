import type { MarkingDay, Obligation, SourceMark } from '@shanshui/contract'
import { encodeFrame, formatQn, formatTime } from '@shanshui/hj212'
import { unifiedCreditCheckCharacter } from '@shanshui/standards'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { Api } from '../../demo/src/api.ts'
import { dayOf, HOUR_MS, isoDate } from '../../demo/src/calendar.ts'
import { phone, seen, signIn, startBrowser, visitor } from './browser.ts'
import { sendFrames } from './frames.ts'

const origin = inject('origin')
const password = inject('password')
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

async function as(login: string): Promise<Api> {
  const api = new Api(origin)
  await api.logIn(login, password)
  return api
}

interface Features {
  readonly items: readonly { ownerId: number; properties: Record<string, unknown> }[]
}

const NAME = '祁川新源金属有限公司'
const MN = '629001E2E000000000000001'

/** A plant of the same trade as the smelter, with one stack that the permit allows nothing special. */
async function registerPlant(source: Api): Promise<void> {
  const named = async (name: string) => {
    const { items } = await source.get<Features>(`/features?kind=enterprise&search=${name}&limit=1`)
    if (items[0] === undefined) throw new Error(`${name} is not registered`)
    return items[0]
  }
  const like = await named('祁川铜镍冶炼有限责任公司')
  // of somebody who has no login: nobody of the demo's enterprises may see it
  const owner = await named('祁川钢铁集团有限公司')
  const first = '91629001MA7E2E001'
  const code = `${first}${unifiedCreditCheckCharacter(first)}`
  await source.post('/features', {
    kind: 'enterprise',
    code,
    name: NAME,
    regionCode: 629001,
    ownerId: owner.ownerId,
    properties: { ...like.properties, formerNames: [], permitClass: 'key', autoMonitored: true },
  })
  const outlet = await source.post<{ id: number }>('/features', {
    kind: 'outlet',
    code: `${code}-DA001`,
    name: `${NAME}熔炼烟气排放口`,
    regionCode: 629001,
    ownerId: owner.ownerId,
    properties: {
      enterpriseCode: code,
      number: 'DA001',
      medium: 'air',
      main: true,
      facility: 'boiler-gas',
      referenceO2: 3.5,
      factors: ['a21026', 'a21002'],
      eiaApprovedOn: '2019-03-01',
    },
  })
  await source.put(`/gateway/stations/${MN}`, {
    pointId: outlet.id,
    password: '123456',
    dialect: { timeLabel: 'start' },
    enabled: true,
    reason: '联网登记',
  })
}

function hourFrame(startMs: number, so2: number): Uint8Array {
  const values = { a21026: so2, a21002: 60, a19001: 3.5, a00000: 20_000 }
  const items = Object.entries(values).map(([code, value]) => `${code}-Avg=${value},${code}-Flag=N`)
  return encodeFrame({
    version: '2017',
    qn: formatQn(startMs),
    st: '31',
    cn: '2061',
    pw: '123456',
    mn: MN,
    needAck: true,
    cp: `DataTime=${formatTime(startMs)};${items.join(';')}`,
  })
}

const today = isoDate(dayOf(Date.now()))

describe('from a frame to a confirmed lead', () => {
  it('an exceedance arrives, becomes a lead that explains itself, is confirmed, and similar plants are listed', async () => {
    const source = await as('wuran')
    await registerPlant(source)
    const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
    // four hours far above any limit of a gas boiler
    await sendFrames(
      inject('gatewayPort'),
      [4, 3, 2, 1].map((back) => hourFrame(now - back * HOUR_MS, 180)),
    )

    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'zhifa', password)
    await page.goto(`/leads?q=${encodeURIComponent(NAME)}`)
    const main = page.getByRole('main')
    await expect.poll(() => seen(main), { timeout: 60_000, message: 'the lead' }).toContain(NAME)
    await expect
      .poll(() => seen(main), { timeout: 20_000 })
      .toMatch(/超标[\s\S]*判定阈值[\s\S]*可以否定的情形/)
    await main.getByText('原始报文').click()
    await expect.poll(() => seen(main), { timeout: 20_000 }).toContain(MN)

    await page.keyboard.press('Enter')
    // confirming registers the problem in the same act; what is similar stands on its page
    const drawer = page.getByRole('dialog')
    await drawer.getByLabel(/查实依据/).fill('四个小时均值均高于限值，报文与台账一致')
    await drawer.getByLabel('同时立项').uncheck()
    await drawer.getByRole('button', { name: '查实并登记问题' }).click()
    await expect.poll(() => seen(main), { timeout: 20_000 }).toMatch(/WT-629\d{3}-\d{4}-\d{4}/)
    await expect.poll(() => seen(main), { timeout: 20_000 }).toMatch(/在线监控线索[\s\S]*举一反三/)
    expect(faults).toEqual([])
    await context.close()
  })

  it('on a phone the list comes first, the case after it, and a lead can be put on watch', async () => {
    const { page, context, faults } = await visitor(browser, origin, phone)
    await signIn(page, 'shiling', password)
    await page.goto('/leads')
    const first = page.getByRole('main').locator('ol li button').first()
    // what the data look like is worked out in the minute after the first start
    await first.waitFor({ timeout: 90_000 })
    await first.click()
    const watch = page.getByRole('button', { name: /持续关注/ })
    await watch.waitFor()
    await watch.click()
    await page.getByRole('button', { name: '返回列表' }).click()
    await first.waitFor()
    expect(faults).toEqual([])
    await context.close()
  })
})

describe('an enterprise marks an hour', () => {
  it('sees what of yesterday waits for a mark and files it; the bureau sees both columns', async () => {
    const enterprise = await as('qiye')
    const yesterday = isoDate(dayOf(Date.now()) - 1)
    const day = await enterprise.get<MarkingDay>(`/sources/marking-day?date=${yesterday}`)
    expect(new Set(day.outlets.map((outlet) => outlet.enterprise.name)).size).toBe(1)
    const outlet = day.outlets.find((one) => one.pending > 0)
    expect(outlet, 'an outlet that waits for a mark').toBeDefined()

    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'qiye', password)
    await page.goto(`/sources/marks?date=${yesterday}`)
    const main = page.getByRole('main')
    await expect.poll(() => seen(main), { timeout: 20_000 }).toContain(outlet?.number ?? '')
    const waiting = async () => Number(/待标记 (\d+) 段/.exec(await seen(main))?.[1] ?? 0)
    const before = await waiting()
    await main.getByRole('button', { name: '标记', exact: true }).first().click()
    const form = page.getByRole('dialog')
    await form.getByLabel('标记内容').selectOption('fault')
    await form.locator('textarea').fill('采样探头堵塞，已报修')
    await form.getByRole('button', { name: '提交标记' }).click()
    await expect.poll(waiting, { timeout: 20_000 }).toBe(before - 1)
    expect(faults).toEqual([])
    await context.close()

    const bureau = await as('wuran')
    const { items } = await bureau.get<{ items: SourceMark[] }>('/sources/marks?origin=manual&limit=100')
    const filed = items.find(({ reason }) => reason === '采样探头堵塞，已报修')
    expect(filed).toMatchObject({
      origin: 'manual',
      item: 'fault',
      filedBy: expect.stringContaining('赵德工'),
    })
  })

  it('does not see the outlets of others', async () => {
    const enterprise = await as('qiye')
    const { items } = await enterprise.get<{ items: { enterprise: { name: string } }[] }>(
      '/sources/outlets?limit=500',
    )
    expect(items.length).toBeGreaterThan(0)
    expect([...new Set(items.map((item) => item.enterprise.name))]).toEqual(['祁川铜镍冶炼有限责任公司'])
    await expect(enterprise.get('/leads')).rejects.toThrow(/403/)
  })
})

describe('a permit obligation', () => {
  it('that is overdue stands on the pages of the bureau, once, as a lead too', async () => {
    const bureau = await as('wuran')
    const { items } = await bureau.get<{ items: Obligation[] }>('/permit-obligations?state=overdue&limit=500')
    expect(items.length).toBeGreaterThan(0)
    expect(items.every(({ dueOn, overdueAt }) => dueOn < today && overdueAt !== null)).toBe(true)
    const { items: leads } = await bureau.get<{ items: { enterprise: { id: number } | null }[] }>(
      '/leads?rule=permit.obligation-overdue&limit=500',
    )
    const plants = leads.map((lead) => lead.enterprise?.id)
    expect(new Set(plants).size).toBe(plants.length)
    expect(new Set(plants)).toEqual(new Set(items.map(({ enterpriseId }) => enterpriseId)))

    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'wuran', password)
    await page.goto('/sources/permits')
    await expect.poll(() => seen(page.getByRole('main')), { timeout: 20_000 }).toContain('逾期')
    await page.goto('/overview')
    await expect.poll(() => seen(page.getByRole('main')), { timeout: 20_000 }).toMatch(/逾期 \d+/)
    expect(faults).toEqual([])
    await context.close()
  })

  it('is done when the enterprise says by what, and only by the enterprise whose it is', async () => {
    const enterprise = await as('qiye')
    const { items } = await enterprise.get<{ items: Obligation[] }>(
      '/permit-obligations?state=due&kind=ledger&limit=1',
    )
    const ledger = items[0]
    expect(ledger).toBeDefined()
    const path = `/permit-obligations/${ledger?.id}/evidence`
    const evidence = { evidence: '台账 2026-11 册第 3 页' }
    await expect((await as('wushui')).post(path, evidence)).rejects.toThrow(/404|403/)
    expect(await enterprise.post<Obligation>(path, evidence)).toMatchObject({ state: 'done' })
  })
})
