// @vitest-environment happy-dom
import type { ExceedingNow } from '@shanshui/contract'
import { cleanup, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { answerWith, renderAt } from '../../../testing/renderAt.tsx'
import { ExceedingNowPart } from './ExceedingNowPart.tsx'

afterEach(cleanup)

const item = (outletId: number, multiple: number, regionCode: number): ExceedingNow['items'][number] => ({
  outletId,
  outletName: `某厂${outletId}烟囱`,
  outletNumber: 'DA001',
  enterprise: { id: outletId, name: `某厂${outletId}` },
  regionCode,
  medium: 'air',
  lon: null,
  lat: null,
  factor: 'a21026',
  factorName: '二氧化硫',
  unit: 'mg/m3',
  hour: '2026-11-25T08:00:00+08:00',
  value: 35 * (1 + multiple),
  limit: 35,
  multiple,
  judged: true,
  hours: 2,
  exceedanceId: null,
})
const answer = (items: ExceedingNow['items']) =>
  answerWith({ 'GET /sources/exceeding-now': { body: { asOf: '2026-11-25T09:00:00+08:00', items } } })

test('the worst stands first and leads to its outlet and factor', async () => {
  answer([item(1, 0.2, 629_001), item(2, 0.9, 629_001)])
  await renderAt(<ExceedingNowPart />)
  const links = await screen.findAllByRole('link')
  expect(links.map((link) => link.getAttribute('href'))).toEqual([
    '/sources/outlets/2?factor=a21026',
    '/sources/outlets/1?factor=a21026',
  ])
  expect(links[0]?.textContent).toContain('66.5')
  expect(links[0]?.textContent).toContain('/35 mg/m³')
  expect(screen.getByText('2 家企业，2 个排放口')).toBeTruthy()
})

test('only what lies in the chosen region; nothing there is said as good news', async () => {
  answer([item(1, 0.2, 629_002)])
  await renderAt(<ExceedingNowPart />, '/sources/online?region=629001')
  expect(await screen.findByText('当前没有超标的排放口')).toBeTruthy()
})
