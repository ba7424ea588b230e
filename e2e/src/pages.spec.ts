import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { desk, phone, seen, signIn, startBrowser, visitor } from './browser.ts'

const origin = inject('origin')
const password = inject('password')
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const images = join(import.meta.dirname, '..', '..', 'docs', 'images')
/** Pictures for the README and the guide are only rewritten when asked for. */
const takesPictures = process.env.SHANSHUI_TEST_SCREENSHOTS === '1'
const pictured = new Set([
  'overview',
  'air-year',
  'air-hours',
  'air-ranking',
  'air-map',
  'air-station',
  'gateway',
  'missing-hours',
  'sources-enterprises',
  'sources-online',
  'sources-marks',
  'leads',
  'ledgers',
])

interface Shown {
  readonly name: string
  readonly path: string
  readonly login: string
  /** words that are on the page when it has its data */
  readonly words: string
  /** the words stand in a drawer that the address opens */
  readonly drawer?: true
}

const shown: readonly Shown[] = [
  { name: 'overview', path: '/overview', login: 'juzhang', words: '今年以来' },
  { name: 'air-year', path: '/air/year?year=2022', login: 'juzhang', words: '316' },
  { name: 'air-hours', path: '/air/hours', login: 'juzhang', words: '石岭镇' },
  { name: 'air-months', path: '/air/months?year=2022', login: 'juzhang', words: '12' },
  { name: 'air-ranking', path: '/air/ranking?period=2022', login: 'juzhang', words: '对标城市' },
  { name: 'air-percentiles', path: '/air/percentiles?year=2022', login: 'juzhang', words: '百分位' },
  { name: 'air-map', path: '/air/map', login: 'juzhang', words: '石岭镇' },
  { name: 'air-station', path: '/air/stations/1', login: 'jiance', words: '市监测站' },
  { name: 'sources-online', path: '/sources/online', login: 'wuran', words: '正在超标' },
  { name: 'sources-marks', path: '/sources/marks?view=marking', login: 'qiye', words: '期限' },
  { name: 'sources-marks-review', path: '/sources/marks?view=review', login: 'wuran', words: '待审核' },
  { name: 'sources-transmission', path: '/sources/transmission', login: 'wuran', words: '金河区' },
  { name: 'sources-maintenance', path: '/sources/maintenance', login: 'wuran', words: '运维记录' },
  { name: 'sources-enterprises', path: '/sources/enterprises', login: 'wuran', words: '祁川铜镍冶炼' },
  { name: 'sources-mergers', path: '/sources/mergers', login: 'wuran', words: '把握' },
  { name: 'permits', path: '/sources/permits', login: 'wuran', words: '祁川铜镍冶炼' },
  { name: 'permits-list', path: '/sources/permits?view=list', login: 'qiye', words: '自动监测（连续）' },
  { name: 'permits-calendar', path: '/sources/permits?view=calendar', login: 'wuran', words: '日历' },
  { name: 'permits-documents', path: '/sources/permits?view=permits', login: 'wuran', words: '祁川铜镍冶炼' },
  { name: 'permits-reports', path: '/sources/permits?view=reports', login: 'wuran', words: '执行报告' },
  { name: 'ledgers', path: '/sources/ledgers', login: 'wuran', words: '祁川铜镍冶炼' },
  { name: 'permitted', path: '/sources/ledgers?view=permitted', login: 'wuran', words: '推算全年' },
  { name: 'reductions', path: '/sources/reductions', login: 'wuran', words: 'NOx' },
  { name: 'allowance', path: '/sources/allowance', login: 'wuran', words: 'COD 储备指标' },
  { name: 'leads', path: '/leads', login: 'wuran', words: '未结' },
  { name: 'lead-rules', path: '/leads/rules', login: 'wuran', words: '许可排放量将尽或超过' },
  { name: 'matters-todo', path: '/matters/todo', login: 'zhenggai', words: '下一步' },
  { name: 'problems', path: '/matters/problems', login: 'zhenggai', words: 'WT-6290' },
  { name: 'problem', path: '/matters/problems/3', login: 'zhenggai', words: '根源与堵点' },
  { name: 'rectification', path: '/matters/rectification', login: 'zhenggai', words: '达到序时进度' },
  { name: 'hazards', path: '/matters/hazards?phase=all', login: 'zhenggai', words: 'YH-6290' },
  { name: 'supervision', path: '/matters/supervision?phase=all', login: 'zhenggai', words: 'KG-6290' },
  { name: 'penalties', path: '/matters/penalties', login: 'fazhi', words: '办理中' },
  { name: 'matters-all', path: '/matters/all', login: 'juzhang', words: 'ZG-6290' },
  { name: 'tasks', path: '/matters/tasks', login: 'juzhang', words: '年末预计' },
  { name: 'matter', path: '/matters/5', login: 'zhenggai', words: '流程位置' },
  { name: 'matter-step', path: '/matters/3?step=submit-plan', login: 'shiling', words: '整改目标' },
  {
    name: 'matter-new',
    path: '/matters/all?new=rectification',
    login: 'zhenggai',
    words: '督察轮次',
    drawer: true,
  },
  {
    name: 'workflows',
    path: '/matters/workflows?workflow=rectification',
    login: 'zhenggai',
    words: '状态图',
  },
  { name: 'inspections-plan', path: '/inspections/plan', login: 'jinhe', words: '本周计划' },
  { name: 'inspections-draws', path: '/inspections/draws', login: 'jinhe', words: '重点对象' },
  { name: 'inspections-tasks', path: '/inspections/tasks', login: 'jinhe', words: '检查任务' },
  { name: 'inspections-people', path: '/inspections/people', login: 'jinhe', words: '参数从哪里来' },
  { name: 'inspections-off-site', path: '/inspections/off-site/22', login: 'jinhe', words: '还须到现场看的' },
  { name: 'field', path: '/inspections/field', login: 'zhifa', words: '这台设备' },
  { name: 'complaints', path: '/matters/complaints?phase=all', login: 'xinfang', words: 'XF-6290' },
  { name: 'complaint', path: '/matters/complaints/3', login: 'xinfang', words: '举报内容' },
  { name: 'complaints-kpi', path: '/matters/complaints/kpi', login: 'xinfang', words: '受理及时率' },
  { name: 'complaints-looks', path: '/matters/complaints/looks', login: 'xinfang', words: '查看记录' },
  { name: 'portal', path: '/portal', login: 'qiye', words: '要办的事' },
  { name: 'notices', path: '/system/notices', login: 'wuran', words: '通知' },
  { name: 'targets', path: '/targets', login: 'juzhang', words: '优良天数比例' },
  { name: 'reports', path: '/reports/list', login: 'jiance', words: '报告' },
  { name: 'report-check', path: '/reports/check', login: 'jiance', words: '文稿核对' },
  { name: 'gateway', path: '/data/gateway', login: 'jiance', words: '石岭镇' },
  { name: 'missing-hours', path: '/data/hours', login: 'jiance', words: '石岭镇' },
  { name: 'quarantine', path: '/data/quarantine', login: 'jiance', words: '隔离' },
  { name: 'imports', path: '/data/imports', login: 'jiance', words: '国控站' },
  { name: 'review', path: '/data/review', login: 'jiance', words: '待审核' },
  { name: 'sand', path: '/data/sand', login: 'jiance', words: '沙尘' },
  { name: 'journal', path: '/data/journal', login: 'jiance', words: '原始数据日志' },
  { name: 'calculator', path: '/data/calculator', login: 'jiance', words: '计算器' },
  { name: 'registry', path: '/data/registry', login: 'jiance', words: '石岭镇' },
  { name: 'regions', path: '/data/registry?kind=regions', login: 'jiance', words: '629021' },
  { name: 'users', path: '/system/users', login: 'guanli', words: '沈远山' },
  { name: 'status', path: '/system/status', login: 'guanli', words: '运行' },
  { name: 'audit', path: '/system/audit', login: 'shenji', words: '审计' },
]
const logins = [...new Set(shown.map(({ login }) => login))]

let browser: Browser
beforeAll(async () => {
  browser = await startBrowser()
  if (takesPictures) mkdirSync(images, { recursive: true })
})
afterAll(() => browser.close())

/** Findings that keep somebody from using the page. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  const { violations } = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"] })',
  )) as AxeResults
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 160)} (${nodes.length})`)
}

describe.each([
  ['a desk', desk, ''],
  ['a phone', phone, '-phone'],
] as const)('on %s', (_, viewport, suffix) => {
  it.each(logins)(
    'the pages of %s show their data, have no fault, no serious finding and do not scroll sideways',
    async (login) => {
      const { page, context, faults } = await visitor(browser, origin, viewport)
      await signIn(page, login, password)
      const findings: string[] = []
      for (const { name, path, words, drawer } of shown.filter((entry) => entry.login === login)) {
        await page.goto(path)
        const part = page.getByRole(drawer === true ? 'dialog' : 'main')
        await expect.poll(() => seen(part), { timeout: 20_000, message: path }).toContain(words)
        await page.waitForLoadState('networkidle').catch(() => undefined)
        for (const finding of await seriousFindings(page)) findings.push(`${path} ${finding}`)
        const sideways = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
        if (Number(sideways) > 1) findings.push(`${path} is ${sideways} px too wide`)
        if (takesPictures && pictured.has(name))
          await page.screenshot({ path: join(images, `${name}${suffix}.png`) })
      }
      expect(findings).toEqual([])
      expect(faults).toEqual([])
      await context.close()
    },
  )
})

describe('before anybody has signed in', () => {
  it('the sign-in page has no serious finding', async () => {
    const { page, context } = await visitor(browser, origin)
    await page.goto('/')
    await page.getByLabel('账号').waitFor()
    expect(await seriousFindings(page)).toEqual([])
    await context.close()
  })
})

describe('the start of the demo city', () => {
  it('takes no more than a minute from the command to the first page', () => {
    expect(inject('startSeconds')).toBeLessThan(60)
  })
})
