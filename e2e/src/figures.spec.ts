import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { seen, signIn, startBrowser, visitor } from './browser.ts'

const origin = inject('origin')
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

describe('the director asks where a number comes from', () => {
  it('starts with the overview: targets, the year so far, the rank', async () => {
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'juzhang', inject('password'))
    await page.waitForURL('**/overview')
    await page.getByRole('heading', { name: '祁川市', exact: true }).waitFor()
    const text = await seen(page.getByRole('main'))
    expect(text).toContain('PM2.5 年均浓度')
    expect(text).toContain('优良天数比例')
    expect(text).toContain('今年以来')
    expect(text).toContain('共 14 个城市')
    expect(faults).toEqual([])
    await context.close()
  })

  it('finds the figures of 2022 and follows PM2.5 down to the line of the file', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'juzhang', inject('password'))
    await page.goto('/air/year?year=2022')
    const row = page.getByRole('row', { name: /^PM2\.5 µg/ })
    await row.waitFor()
    expect((await seen(row)).split(/\s+/)).toEqual(expect.arrayContaining(['20', '18', '+11.1']))
    const text = await seen(page.getByRole('main'))
    expect(text).toMatch(/87\.5\s*%\s*=\s*316\s*÷\s*361/)
    expect(text).toMatch(/3\.35/)
    expect(text).toMatch(/7\s*位，共 14 个城市/)

    await row.getByRole('button', { name: /^20/ }).click()
    const drawer = page.getByRole('dialog')
    await drawer.getByText('计算依据').waitFor()
    expect(await seen(drawer)).toMatch(/343 个日均值的算术平均 = 19\.99\d* → 20/)
    expect(await seen(drawer)).toContain('HJ 663-2013')
    await expect.poll(() => seen(drawer)).toContain('与数据库中现有数据一致，可复现')

    await drawer.getByRole('slider').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    const hour = drawer.getByRole('button', { name: /查看原始记录/ }).first()
    const shown = (await seen(hour)).trim()
    await hour.click()
    await drawer.getByText('原始记录', { exact: true }).first().waitFor()
    await expect.poll(() => seen(drawer)).toContain('20220102,1,PM2.5,')
    expect(await seen(drawer)).toMatch(new RegExp(`20220102,1,PM2\\.5,${shown},`))
    await context.close()
  })

  it('opens the same view from the address alone', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'juzhang', inject('password'))
    await page.goto('/air/year?year=2022')
    await page
      .getByRole('row', { name: /^PM10 µg/ })
      .getByRole('button', { name: /^62/ })
      .click()
    await page.getByRole('dialog').getByText('计算依据').waitFor()
    const address = page.url()
    const again = await context.newPage()
    await again.goto(address)
    await again.getByRole('dialog').getByText('计算依据').waitFor()
    expect(await seen(again.getByRole('dialog'))).toContain('PM10')
    await context.close()
  })

  it('sees a live hour down to the frame that the station sent', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'juzhang', inject('password'))
    await page.goto('/air/hours')
    await page
      .getByRole('row', { name: /市监测站/ })
      .getByRole('button', { name: '查看' })
      .click()
    const drawer = page.getByRole('dialog')
    await expect
      .poll(() => seen(drawer))
      .toMatch(/##\d{4}QN=\d{17};ST=22;CN=2061;PW=901901;MN=629001AA00000000009901A0/)
    await context.close()
  })
})
