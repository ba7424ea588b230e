import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { seen, signIn, startBrowser, visitor } from './browser.ts'
import { gb18030 } from './gb18030.ts'

const origin = inject('origin')
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

const header = '日期,小时,站点,PM2.5,PM10,SO2,NO2,O3,CO'
/** Hours of 2020, before the city's first file, so that no figure of another journey moves. */
const good = ['2020-12-30,1,9901A,21,44,9,20,61,0.6', '2020-12-30,2,9901A,22,45,9,21,60,0.6']
const wrong = ['2020-12-30,3,9901A,二十三,46,9,21,59,0.6', '2020-12-30,25,9901A,23,46,9,21,59,0.6']

describe('the analyst imports a file with errors', () => {
  it('keeps the good lines, names the bad ones, and takes the mended file again', async () => {
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'jiance', inject('password'))
    await page.goto('/data/imports')
    const file = {
      name: '补录_含错误.csv',
      mimeType: 'text/csv',
      buffer: gb18030([header, ...good, ...wrong].join('\r\n')),
    }
    await page.locator('input[type=file]').setInputFiles(file)
    await page.waitForURL(/\/data\/imports\/\d+/)
    const main = page.getByRole('main')
    await main.getByRole('heading', { name: '错误行（2）' }).waitFor()
    const text = await seen(main)
    expect(text).toMatch(/gb18030/i)
    expect(text).toContain('二十三')
    expect(text).toContain('不是数字')
    expect(text).toContain('PM2.5')

    const [download] = await Promise.all([
      page.waitForEvent('download'),
      main.getByRole('link', { name: '下载错误行文件' }).click(),
    ])
    const errorFile = readFileSync(await download.path(), 'utf8')
    expect(errorFile.split(/\r?\n/)[0]).toContain('错误说明')
    expect(errorFile).toContain('二十三')
    expect(errorFile).not.toContain(good[0])

    const mended = errorFile.replace('二十三', '23').replace('2020-12-30,25,', '2020-12-30,4,')
    await page.goto('/data/imports')
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '补录_已改正.csv', mimeType: 'text/csv', buffer: Buffer.from(mended) })
    await page.waitForURL(/\/data\/imports\/\d+/)
    await expect.poll(() => seen(main)).toMatch(/新增\s+2\b/)
    expect(await seen(main)).not.toContain('错误行（')
    expect(faults).toEqual([])
    await context.close()
  })

  it('finds that importing the same file twice changes nothing', async () => {
    const { page, context } = await visitor(browser, origin)
    await signIn(page, 'jiance', inject('password'))
    await page.goto('/data/imports')
    await page.locator('input[type=file]').setInputFiles({
      name: '重复.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([header, ...good].join('\n')),
    })
    await page.waitForURL(/\/data\/imports\/\d+/)
    await expect.poll(() => seen(page.getByRole('main'))).toMatch(/未变\s+2\b/)
    await context.close()
  })
})
