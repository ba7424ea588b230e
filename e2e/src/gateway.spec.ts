import { connect } from 'node:net'
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

/** Sends bytes to the gateway as a station without a registration would. */
function sendRaw(text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject('gatewayPort'), '127.0.0.1', () => socket.end(text))
    socket.on('error', reject)
    socket.on('close', () => resolve())
    socket.resume()
  })
}

describe('the analyst watches the gateway', () => {
  it('sees five stations on line and frames arriving without reloading', async () => {
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'jiance', password)
    await page.goto('/data/gateway')
    const main = page.getByRole('main')
    await main.getByRole('heading', { name: '联网站点' }).waitFor()
    for (const name of ['市监测站', '新城公园', '冶金东路', '金河一中', '石岭镇']) {
      await main.getByRole('row', { name: new RegExp(`${name}.*在线`) }).waitFor()
    }
    const total = async () => Number(/累计报文\s+(\d+)/.exec(await seen(main))?.[1] ?? 0)
    await expect.poll(total, { timeout: 20_000 }).toBeGreaterThan(0)
    const before = await total()
    await expect.poll(total, { timeout: 40_000, interval: 500 }).toBeGreaterThan(before)
    expect(faults).toEqual([])
    await context.close()
  })

  it('asks a station for its time and is told the answer', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'jiance', password)
    await page.goto('/data/gateway')
    await page
      .getByRole('row', { name: /市监测站/ })
      .getByRole('button', { name: '读时间' })
      .click()
    const dialog = page.getByRole('dialog')
    if (await dialog.isVisible().catch(() => false)) await dialog.getByRole('button').last().click()
    await expect.poll(() => seen(page.getByRole('main')), { timeout: 30_000 }).toMatch(/读.*时间[\s\S]*完成/)
    await context.close()
  })

  it('finds the frame of an unknown station in quarantine, with its bytes and the reason', async () => {
    await sendRaw(
      '##0101QN=20160801085857223;ST=32;CN=1062;PW=100000;MN=010000A8900016F000169DC0;Flag=5;CP=&&RtdInterval=30&&1C80\r\n',
    )
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'jiance', password)
    await page.goto('/data/quarantine')
    await expect.poll(() => seen(page.getByRole('main')), { timeout: 20_000 }).toContain('MN 未登记')
    expect(await seen(page.getByRole('main'))).toContain('010000A8900016F000169DC0')
    await context.close()
  })
})
