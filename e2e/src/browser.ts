import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/browser.ts'

/** Quiet, offline, and able to run as root in a container. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

export const desk = { width: 1366, height: 768 } as const
export const phone = { width: 390, height: 844 } as const

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), headless: true, args: flags })
}

export interface Visitor {
  readonly context: BrowserContext
  readonly page: Page
  /** errors that the page wrote to its console or threw */
  readonly faults: string[]
}

/** A fresh person at a fresh machine: own cookies, Chinese, Beijing time; nothing outside the demo is reachable. */
export async function visitor(
  browser: Browser,
  origin: string,
  viewport: { width: number; height: number } = desk,
): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: origin,
    viewport,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    acceptDownloads: true,
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    // who is not signed in yet is told so by a 401, which the browser prints
    if (message.type() === 'error' && !message.text().includes('401'))
      faults.push(`${message.text()} ${message.location().url}`)
  })
  await context.route('**/*', (route) => {
    const url = route.request().url()
    if (url.startsWith(origin) || url.startsWith('data:') || url.startsWith('blob:')) return route.continue()
    faults.push(`left the platform: ${url}`)
    return route.abort()
  })
  return { context, page, faults }
}

/** Signs in on the sign-in page, as a person does. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('账号').fill(login)
  await page.getByLabel('密码', { exact: true }).fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByLabel('密码', { exact: true }).waitFor({ state: 'detached' })
}

/** Text as a person sees it: hidden parts are not in it, lines are where the screen breaks them. */
export function seen(what: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: textContent would include what is hidden
  return what.innerText()
}
