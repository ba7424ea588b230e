import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { desk, phone, seen, signIn, startBrowser, visitor } from './browser.ts'

const origin = inject('origin')
const password = inject('password')
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const name = '牛得草'
const telephone = '13966668888'
const text = '后半夜有刺鼻气味，呛得睡不着，已经连着三个晚上'

/** Fills the form as a citizen does and hands it in; number and code of the receipt. */
async function report(page: Page): Promise<{ number: string; code: string }> {
  await page.goto('/report')
  await page.getByLabel(/异味/).check()
  await page.getByLabel('发生在哪个区县').selectOption({ label: '金河区' })
  await page.getByLabel('具体地点').fill('东风巷口')
  await page.getByLabel('情况说明').fill(`${text}，我是${name}`)
  await page.getByLabel(/实名举报/).check()
  await page.getByLabel('姓名').fill(name)
  await page.getByLabel('联系电话').fill(telephone)
  // The form may not be handed in faster than a person writes.
  await page.waitForTimeout(5_200)
  await page.getByRole('button', { name: '提交举报' }).click()
  await page.getByText('举报已收到').waitFor()
  const [number = '', code = ''] = await page.locator('dd').allInnerTexts()
  return { number, code }
}

async function stateOf(page: Page, number: string, code: string): Promise<string> {
  await page.goto('/report/status')
  await page.getByLabel('编号', { exact: true }).fill(number)
  await page.getByLabel('查询码').fill(code)
  const answer = page.waitForResponse((response) => response.url().includes('/public/complaints/'))
  await page.getByRole('button', { name: '查询' }).click()
  await answer
  await page.getByRole('button', { name: '查询' }).and(page.locator(':enabled')).waitFor()
  return seen(page.getByRole('main'))
}

/** Takes a step of the matter by its button and the drawer that opens. */
async function takeStep(page: Page, title: string, fill: () => Promise<void> = async () => undefined) {
  await page.getByRole('main').getByRole('button', { name: title, exact: true }).click()
  const drawer = page.getByRole('dialog')
  await fill()
  await drawer.getByRole('button', { name: title, exact: true }).click()
  await drawer.waitFor({ state: 'detached' })
}

describe('from a citizen to the officer', () => {
  let receipt: { number: string; code: string }

  it('a citizen reports on a phone without login, and finds the state with number and code', async () => {
    const { page, context, faults } = await visitor(browser, origin, phone)
    receipt = await report(page)
    expect(receipt.number).toMatch(/^XF-629001-\d{4}-\d{4}$/)
    await expect.poll(() => stateOf(page, receipt.number, receipt.code)).toContain('已收到，待受理')
    expect(page.url()).not.toContain(receipt.code)
    expect(faults).toEqual([])
    expect(await stateOf(page, receipt.number, 'AAAAA-AAAAA')).not.toContain('待受理')
    await context.close()
  })

  it('the clerk accepts it, reads no name, looks at the person with a reason; the auditor finds the look', async () => {
    const { page, context, faults } = await visitor(browser, origin, desk)
    await signIn(page, 'xinfang', password)
    await page.goto(`/matters/complaints?q=${receipt.number}`)
    await page.getByRole('link', { name: receipt.number }).click()
    const main = page.getByRole('main')
    await expect.poll(() => seen(main)).toContain(text)
    expect(await seen(main)).not.toContain(name)
    await takeStep(page, '受理')
    await expect.poll(() => seen(main)).toContain('待派单')
    await main.getByRole('button', { name: '查看举报人' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('查看事由').fill('电话告知已经受理')
    await dialog.getByRole('button', { name: '写明事由并查看' }).click()
    await dialog.getByText(telephone).waitFor()
    await dialog.getByRole('button', { name: '关闭', exact: true }).last().click()
    expect(faults).toEqual([])
    await context.close()

    const citizen = await visitor(browser, origin, phone)
    await expect
      .poll(() => stateOf(citizen.page, receipt.number, receipt.code))
      .toContain('已受理，正在安排核查')
    await citizen.context.close()

    const auditor = await visitor(browser, origin, desk)
    await signIn(auditor.page, 'shenji', password)
    await auditor.page.goto('/matters/complaints/looks')
    await expect.poll(() => seen(auditor.page.getByRole('main'))).toContain('电话告知已经受理')
    expect(await seen(auditor.page.getByRole('main'))).not.toContain(name)
    await auditor.context.close()
  })

  it('an enterprise sees no complaints; its first page is what it has to do', async () => {
    const { page, context, faults } = await visitor(browser, origin, phone)
    await signIn(page, 'qiye', password)
    await expect.poll(() => page.url()).toContain('/portal')
    await expect.poll(() => seen(page.getByRole('main'))).toContain('要办的事')
    await page.goto('/matters/complaints')
    await expect.poll(() => seen(page.getByRole('main'))).toContain('权限')
    expect(faults).toEqual([])
    await context.close()
  })
})
