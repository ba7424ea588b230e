import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { Api } from '../../demo/src/api.ts'
import { seen, signIn, startBrowser, visitor } from './browser.ts'

const origin = inject('origin')
const password = inject('password')
let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
})
afterAll(() => browser.close())

interface Audit {
  readonly items: readonly { readonly action: string; readonly actor: string }[]
}

describe('the three levels of review', () => {
  it('the analyst approves a station-day at station level; it then waits for the city, and the audit says who', async () => {
    const { page, context, faults } = await visitor(browser, origin)
    await signIn(page, 'jiance', password)
    await page.goto('/data/review')
    const main = page.getByRole('main')
    const rows = async () => Number(/共 (\d+) 行/.exec(await seen(main))?.[1] ?? 0)
    await expect.poll(rows).toBeGreaterThan(0)
    const before = await rows()
    await main.getByRole('checkbox').first().check()
    await main.getByRole('button', { name: '通过 1 条' }).click()
    await expect.poll(rows).toBe(before - 1)
    await main.getByText('市级', { exact: true }).click()
    await expect.poll(rows).toBe(1)
    expect(faults).toEqual([])
    await context.close()

    const auditor = new Api(origin)
    await auditor.logIn('shenji', password)
    const { items } = await auditor.get<Audit>('/audit?limit=50')
    expect(items.some(({ action, actor }) => action.includes('review') && actor === '林知秋')).toBe(true)
    expect(await auditor.get('/audit/verification')).toMatchObject({ ok: true, broken: null })
  })
})
