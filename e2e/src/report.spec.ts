import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { Api } from '../../demo/src/api.ts'
import { seen, signIn, startBrowser, visitor } from './browser.ts'

const origin = inject('origin')
const password = inject('password')
const YEAR = 2024
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

interface Points {
  readonly items: readonly { readonly id: number; readonly name: string }[]
}
interface Report {
  readonly staleFigures: number
}

describe('the annual report knows when it is no longer true', () => {
  it('is drafted, goes stale with one corrected raw day within a second, is refreshed, frozen and downloaded', async () => {
    const analyst = new Api(origin)
    await analyst.logIn('jiance', password)
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'jiance', password)
    await page.goto(`/reports/list?newYear=${YEAR}`)
    await page.getByRole('button', { name: `起草 ${YEAR} 年环境空气质量年度综述` }).click()
    await page.waitForURL(/\/reports\/\d+/)
    const id = Number(/\/reports\/(\d+)/.exec(page.url())?.[1])
    const main = page.getByRole('main')
    await main.getByText('未发现文内数字互相矛盾').waitFor()
    const before = await seen(main.getByRole('article').last())
    expect(before).toContain('PM2.5')
    expect(before).toContain('18微克/立方米')

    // five stations are invalidated for one summer day: the year has one valid day less
    const stations = await analyst.get<Points>('/features?kind=air-station')
    const marks: string[] = []
    const started = performance.now()
    for (const { id: pointId } of stations.items) {
      const from = `${YEAR}-06-12T00:00:00+08:00`
      const mark = { pointId, from, to: `${YEAR}-06-13T00:00:00+08:00`, reason: '质控核查：采样管路漏气' }
      marks.push((await analyst.post<{ id: string }>('/marks', mark)).id)
    }
    const marked = performance.now()
    await expect
      .poll(async () => (await analyst.get<Report>(`/reports/${id}`)).staleFigures, {
        interval: 20,
        timeout: 5000,
      })
      .toBeGreaterThan(0)
    const noticed = performance.now()
    expect(noticed - marked, `marking took ${Math.round(marked - started)} ms`).toBeLessThan(1000)

    await page.reload()
    await main.getByText(/其中 \d+ 个待更新/).waitFor()
    expect(await main.getByTitle('本句所用数据已变，请更新数据项').count()).toBeGreaterThan(0)
    await main.getByRole('button', { name: '更新数据项' }).click()
    await expect.poll(() => main.getByTitle('本句所用数据已变，请更新数据项').count()).toBe(0)
    expect(await seen(main.getByRole('article').last())).not.toBe(before)

    for (const mark of marks) await analyst.post(`/marks/${mark}/withdraw`, { reason: '复核后撤销' })
    await expect
      .poll(async () => (await analyst.get<Report>(`/reports/${id}`)).staleFigures, {
        interval: 50,
        timeout: 5000,
      })
      .toBeGreaterThan(0)
    await page.reload()
    await main.getByRole('button', { name: '更新数据项' }).click()
    await expect.poll(() => seen(main.getByRole('article').last())).toBe(before)

    const director = await visitor(browser, origin)
    await signIn(director.page, 'juzhang', password)
    await director.page.goto(`/reports/${id}`)
    await director.page.getByRole('button', { name: '定稿' }).click()
    await director.page.getByRole('dialog').getByRole('button', { name: '定稿' }).click()
    await director.page.getByText(/定稿，摘要/).waitFor()
    const [download] = await Promise.all([
      director.page.waitForEvent('download'),
      director.page.getByRole('link', { name: '下载 DOCX' }).click(),
    ])
    const document = readFileSync(await download.path())
    expect(document.subarray(0, 2).toString('latin1')).toBe('PK')
    expect(document.length).toBeGreaterThan(5000)
    expect([...faults, ...director.faults]).toEqual([])
    await context.close()
    await director.context.close()
  })

  it('checks a pasted text and finds the ratio that no 365 days can give', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'juzhang', password)
    await page.goto('/reports/check')
    await page
      .getByLabel('待核对的文稿')
      .fill('2022 年，优良天数比例达87.5%；细颗粒物（PM2.5）平均浓度21微克/立方米，同比上升11.1%。')
    await page.getByRole('button', { name: '核对' }).click()
    await expect.poll(() => seen(page.getByRole('main'))).toMatch(/矛盾 [1-9]/)
    await context.close()
  })
})
