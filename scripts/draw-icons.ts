/** Draws the icons of the installable application from the favicon: `node scripts/draw-icons.ts`, when that changes. */
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { findChromium } from './browser.ts'

const folder = join(import.meta.dirname, '..', 'apps', 'web', 'public')
const favicon = readFileSync(join(folder, 'favicon.svg'), 'utf8')
const GROUND = '#1d4f76'

/** A launcher cuts a maskable icon to its own shape; what matters lies within the inner 80 % (W3C manifest). */
const icons = [
  { name: 'field-192.png', size: 192, inner: 1 },
  { name: 'field-512.png', size: 512, inner: 1 },
  { name: 'field-maskable-512.png', size: 512, inner: 0.72 },
  { name: 'field-apple-180.png', size: 180, inner: 0.86 },
] as const

const browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] })
mkdirSync(join(folder, 'icons'), { recursive: true })
for (const { name, size, inner } of icons) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  const side = Math.round(size * inner)
  const edge = Math.round((size - side) / 2)
  await page.setContent(
    `<body style="margin:0;background:${inner === 1 ? 'transparent' : GROUND}"><div style="position:absolute;left:${edge}px;top:${edge}px;width:${side}px;height:${side}px">${favicon.replace('<svg ', `<svg width="${side}" height="${side}" `)}</div>`,
  )
  await page.screenshot({ path: join(folder, 'icons', name), omitBackground: true })
  await page.close()
}
await browser.close()
