import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ApiSession, apiAs } from './api.ts'
import { seen, signIn, startBrowser, visitor } from './browser.ts'
import { registered } from './inspectors.ts'

const origin = inject('origin')
const password = inject('password')
let browser: Browser
let head: ApiSession
beforeAll(async () => {
  browser = await startBrowser()
  head = await apiAs(origin, 'jinhe', password)
  await registered(head, origin, password, ['zhifa', 'zhifa2', 'zhifa3', 'zhifa4'])
})
afterAll(() => browser.close())

interface Plan {
  readonly version: number
  readonly visits: readonly { readonly candidateId: string }[]
}
const planOf = async (page: Page): Promise<Plan> =>
  head.get<Plan>(`/inspections/plans/${new URL(page.url()).searchParams.get('plan')}`)

describe('the head of the branch', () => {
  it('has a plan made, sees what a change costs before accepting it, by keyboard alone, and what two more would bring', async () => {
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'jinhe', password)
    await page.goto('/inspections/plan')
    await page.getByRole('button', { name: '编排计划' }).click()
    await page.waitForURL(/plan=\d+/)
    await page.getByText('覆盖风险').first().waitFor({ timeout: 90_000 })
    const first = page.getByRole('button', { name: /移到/ }).first()
    await first.waitFor({ timeout: 90_000 })
    const before = await planOf(page)
    expect(before.visits.length).toBeGreaterThan(0)

    await first.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('先看代价').waitFor()
    expect(await dialog.getByRole('button', { name: '接受调整' }).isDisabled()).toBe(true)
    await dialog.getByRole('button', { name: '移出计划' }).click()
    await dialog.getByRole('region', { name: '调整的代价' }).waitFor()
    expect(await seen(dialog)).toMatch(/覆盖风险\s*[-−]/)
    const reason = dialog.getByLabel('理由')
    if (await reason.isVisible()) await reason.fill('企业停产')
    await dialog.getByRole('button', { name: '接受调整' }).click()
    await expect.poll(async () => (await planOf(page)).version).toBe(before.version + 1)
    expect((await planOf(page)).visits).toHaveLength(before.visits.length - 1)
    await page.getByText('调整记录').waitFor()

    await page.getByRole('button', { name: '试算' }).click()
    await page.getByText('多 2 人').waitFor({ timeout: 60_000 })
    expect(faults).toEqual([])
    await context.close()
  })

  it('draws by a public number, and the replay gives the same', async () => {
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'jinhe', password)
    await page.goto('/inspections/draws')
    await page.getByRole('button', { name: '重建对象库' }).click()
    await page.getByText(/新增 \d+/).waitFor()
    await page.getByRole('button', { name: '抽取', exact: true }).click()
    await page.getByLabel('公开随机数').fill('2026-11-24 公开开奖号码 03 08 15 21 27 32 + 09')
    await page.getByRole('button', { name: '按公开随机数抽取' }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('对象种子').waitFor()
    await drawer.getByRole('button', { name: '重放核验' }).click()
    await drawer.getByText('重算结果一致').waitFor()
    await drawer.getByRole('button', { name: '锁定', exact: true }).click()
    await drawer.getByRole('button', { name: '公开', exact: true }).click()
    await drawer.getByText('已公开').waitFor()
    expect(faults).toEqual([])
    await context.close()
  })
})
