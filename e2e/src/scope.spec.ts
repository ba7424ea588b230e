import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { seen, signIn, startBrowser, visitor } from './browser.ts'

const origin = inject('origin')
const password = inject('password')
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const elsewhere = ['市监测站', '新城公园', '冶金东路', '金河一中']

describe('everybody sees what is theirs', () => {
  it('the head of the branch sees the city, and of the stations only the own one', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'shiling', password)
    await page.goto('/air/hours')
    await page
      .getByRole('row', { name: /石岭镇/ })
      .first()
      .waitFor()
    const text = await seen(page.getByRole('main'))
    for (const name of elsewhere) expect(text).not.toContain(name)
    await page.goto('/data/gateway')
    await page.getByText('石岭镇').first().waitFor()
    const gateway = await seen(page.getByRole('main'))
    expect(elsewhere.filter((name) => gateway.includes(name))).toEqual([])
    await context.close()
  })

  it('the enterprise sees no station at all and no gateway', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'qiye', password)
    expect(await seen(page.getByRole('navigation').first())).not.toContain('接入')
    await page.goto('/data/gateway')
    await expect.poll(() => seen(page.getByRole('main'))).toMatch(/没有.*权限|无权/)
    await context.close()
  })

  it('a wrong password is refused in words, and nothing behind the sign-in page is reachable', async () => {
    const { page, context } = await visitor(browser, origin)
    await page.goto('/air/year?year=2022')
    await page.getByLabel('账号').fill('juzhang')
    await page.getByLabel('密码', { exact: true }).fill('not-the-password')
    await page.getByRole('button', { name: '登录' }).click()
    await page.getByRole('alert').waitFor()
    expect((await page.request.get('/api/v1/air/overview')).status()).toBe(401)
    await context.close()
  })
})
