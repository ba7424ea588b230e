import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { type ApiSession, apiAs } from './api.ts'
import { phone, seen, signIn, startBrowser, type Visitor, visitor } from './browser.ts'
import { registered } from './inspectors.ts'

const origin = inject('origin')
const password = inject('password')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** One black pixel: the smallest picture that a camera could hand over. */
const picture = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

interface Task {
  readonly id: number
  readonly enterprise: { readonly id: number; readonly name: string }
  readonly place: { readonly lon: number; readonly lat: number }
}
interface TaskDetail {
  readonly state: string
  readonly conclusion: string | null
  readonly version: number
  readonly items: readonly { key: string; value: Record<string, unknown> }[]
  readonly waitsFor: readonly string[]
  readonly problemsFound: readonly { number: string }[]
  readonly openConflicts: number
  readonly devices: readonly { device: string; operations: number }[]
}

let browser: Browser
let head: ApiSession
let task: Task
beforeAll(async () => {
  browser = await startBrowser()
  head = await apiAs(origin, 'jinhe', password)
  task = await openTask()
})
afterAll(() => browser.close())

/** Two officers are sent to an enterprise of the district today; those that are due already are passed over. */
async function openTask(): Promise<Task> {
  const officers = await registered(head, origin, password, ['zhifa', 'zhifa2'])
  const date = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const { items } = await head.get<{ items: { id: number }[] }>('/enterprises?limit=50')
  for (const { id } of items) {
    const made = await head.try<Task>('POST', '/inspections/tasks', {
      enterpriseId: id,
      kind: 'risk',
      date,
      officers,
      checklists: ['waste-gas'],
      reason: '专项检查',
      exception: 'abnormal-data',
    })
    if (made !== undefined) return made
  }
  throw new Error('no enterprise of the district takes a visit today')
}

const detail = (): Promise<TaskDetail> => head.get<TaskDetail>(`/inspections/tasks/${task.id}`)

/** An officer's phone: it knows where it is. */
async function officer(login: string): Promise<Visitor> {
  const made = await visitor(browser, origin, phone)
  await made.context.grantPermissions(['geolocation'], { origin })
  await made.context.setGeolocation({ longitude: task.place.lon, latitude: task.place.lat, accuracy: 12 })
  await signIn(made.page, login, password)
  await made.page.goto('/inspections/field')
  await made.page.getByText('已可离线使用').waitFor({ timeout: 60_000 })
  return made
}

async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`)
}

const part = (page: Page, name: string) =>
  page.getByRole('navigation', { name: '本任务的各部分' }).getByRole('link', { name }).click()

async function sign(page: Page, role: string, name: string): Promise<void> {
  await page.getByRole('button', { name: `${role} · 签名` }).click()
  await page.getByLabel(`${role}姓名`).fill(name)
  const pad = page.getByRole('img', { name: `${role}签名处` })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (box === null) throw new Error('no pad')
  await page.mouse.move(box.x + 30, box.y + 40)
  await page.mouse.down()
  await page.mouse.move(box.x + box.width - 40, box.y + box.height - 30, { steps: 8 })
  await page.mouse.up()
  await page.getByRole('button', { name: '签好了' }).click()
  await page.getByRole('img', { name: `${role} ${name}` }).waitFor()
}

describe('a day without signal, on a phone', () => {
  it('tasks open after a reload offline, everything is written down, and arrives exactly once when the signal is back', async () => {
    const { page, context, faults } = await officer('zhifa')
    await page.locator(`a[href="/inspections/field/${task.id}"]`).waitFor()
    expect(await seriousFindings(page)).toEqual([])
    expect(faults).toEqual([])

    await context.setOffline(true)
    await page.reload()
    await page.getByText('现在没有网络').waitFor()
    await page.locator(`a[href="/inspections/field/${task.id}"]`).click()

    await page.getByRole('button', { name: '到达，记录位置和时间' }).click()
    await page.getByText('误差约 12 米').waitFor()
    await page.getByLabel('向谁出示').fill('赵工，环保科长')
    await page.getByRole('button', { name: '已出示证件' }).click()
    await page.getByText('出示 2 人的证件').waitFor()
    expect(await seriousFindings(page)).toEqual([])

    await part(page, '检查')
    await page.getByRole('button', { name: '不符合' }).click()
    await page.getByLabel('说明').fill('二号布袋破损')
    await page.getByLabel('拍照').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: picture })
    await page.getByText('已存本机，待发送').waitFor()
    await page.getByRole('group', { name: '法律依据' }).or(page.getByText('法律依据与限值')).first().click()
    expect(await seriousFindings(page)).toEqual([])

    // the battery dies in the middle
    await page.reload()
    await page.getByText('二号布袋破损').waitFor()
    expect(await page.getByRole('button', { name: '不符合' }).getAttribute('aria-pressed')).toBe('true')
    const of = Number(/1 \/ (\d+)/.exec(await seen(page.getByRole('main')))?.[1])
    for (let item = 2; item <= of; item += 1) {
      await page.getByRole('button', { name: '下一项' }).click()
      await page.getByText(`${item} / ${of}`).first().waitFor()
      await page.getByRole('button', { name: '符合', exact: true }).click()
    }
    await page.getByRole('button', { name: '去写笔录' }).click()
    await page.getByLabel('现场负责人').fill('赵工')
    await page.getByRole('button', { name: '套用：按检查结论起草' }).click()
    expect(await page.getByLabel('现场检查情况', { exact: true }).inputValue()).toContain('二号布袋破损')
    await sign(page, '被检查人', '赵工')
    await sign(page, '检查人', '韩劲松')
    await sign(page, '检查人（二）', '丁立秋')
    expect(await seriousFindings(page)).toEqual([])

    await part(page, '取证')
    await page.getByText('发现的问题').click()
    await page.getByLabel('问题', { exact: true }).fill('除尘器布袋破损')
    await page.getByRole('button', { name: '登记问题' }).click()
    await page.getByText('除尘器布袋破损').first().waitFor()
    await part(page, '结束')
    await page.getByRole('button', { name: '结束检查并发送' }).click()
    await page.getByText('在本机待发送').waitFor()
    expect(await detail()).toMatchObject({ version: 0, items: [] })

    await context.setOffline(false)
    await page.getByText('全部已送达').first().waitFor({ timeout: 60_000 })
    const arrived = await detail()
    const keys = arrived.items.map(({ key }) => key)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.filter((key) => key.startsWith('answer:'))).toHaveLength(of)
    expect(keys.filter((key) => key.startsWith('signature:')).sort()).toEqual([
      'signature:inspected',
      'signature:officer',
      'signature:second-officer',
    ])
    expect(arrived).toMatchObject({ conclusion: 'problem', openConflicts: 0, waitsFor: [] })
    expect(arrived.state).not.toBe('on-site')
    expect(arrived.problemsFound).toHaveLength(1)
    expect(arrived.devices).toHaveLength(1)
    const evidence = await head.get<{ items: { sha256: string; located: boolean }[] }>(
      `/evidence?subjectKind=inspection&subjectId=${task.id}`,
    )
    expect(evidence.items).toHaveLength(1)
    expect(evidence.items[0]?.located).toBe(true)

    // sent again by hand: nothing is doubled
    await page.getByRole('button', { name: '立即发送/更新' }).click()
    await expect
      .poll(async () => (await detail()).devices[0]?.operations)
      .toBe(arrived.devices[0]?.operations)
    expect((await detail()).version).toBe(arrived.version)
    await context.close()
  })

  it('leaving the phone asks before unsent work is lost, and takes everything along; the next person sees nothing of it', async () => {
    const { page, context } = await officer('zhifa2')
    await page.locator(`a[href="/inspections/field/${task.id}"]`).waitFor()
    await page.goto(`/inspections/field/${task.id}?part=record`)
    await context.setOffline(true)
    await page.getByLabel('附件说明').fill('平面图一张')
    await page.getByText('待发送 1 项').waitFor()
    await page.getByRole('button', { name: '丁立秋', exact: true }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByText('1 项现场记录尚未送达').last().waitFor()
    await page.getByRole('button', { name: '不退出' }).click()
    expect(await page.getByLabel('附件说明').inputValue()).toBe('平面图一张')

    await page.getByRole('button', { name: '丁立秋', exact: true }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await page.getByRole('button', { name: '仍然退出并清除' }).click()
    await page.getByLabel('账号').waitFor()
    const kept = () =>
      page.evaluate('indexedDB.databases().then((all) => all.map(({ name }) => name))') as Promise<string[]>
    expect((await kept()).filter((name) => name.startsWith('shanshui-field-'))).toEqual([])

    // the session lives on at the server, and is ended before anybody works with it
    await context.setOffline(false)
    await page.reload()
    await page.getByLabel('账号').waitFor()
    await signIn(page, 'zhifa3', password)
    await page.goto('/inspections/field')
    await page.getByText('没有安排给您的检查任务').waitFor()
    expect(await seen(page.getByRole('main'))).not.toContain(task.enterprise.name)
    await context.close()
  })
})
