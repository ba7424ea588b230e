// @vitest-environment happy-dom
import { cleanup, fireEvent, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { renderAt } from '../testing/renderAt.tsx'
import { choiceParam, dateParam, integerParam, listParam, useAddress } from './useAddress.ts'

const params = {
  year: integerParam(2026, 1990, 2100),
  edition: choiceParam(['auto', '2012'], 'auto'),
  from: dateParam('2026-01-01'),
  stations: listParam(),
} as const

function Probe() {
  const [state, change] = useAddress(params)
  return (
    <>
      <output>{JSON.stringify(state)}</output>
      <button type="button" onClick={() => change({ year: 2022, stations: ['1', '5'] })}>
        both
      </button>
      <button type="button" onClick={() => change({ year: 2026 })}>
        back
      </button>
    </>
  )
}

const state = (): unknown => JSON.parse(screen.getByRole('status').textContent ?? '')

afterEach(cleanup)

test('an address without parameters, or with nonsense in them, gives the fallbacks', async () => {
  const fallbacks = { year: 2026, edition: 'auto', from: '2026-01-01', stations: [] }
  await renderAt(<Probe />, '/')
  expect(state()).toEqual(fallbacks)
  cleanup()
  await renderAt(<Probe />, '/?year=99999&edition=1996&from=2026-13-45')
  expect(state()).toEqual(fallbacks)
})

test('several parameters change at once, foreign ones stay, and a fallback leaves the address', async () => {
  const { search } = await renderAt(<Probe />, '/?figure=7&edition=2012')
  fireEvent.click(screen.getByRole('button', { name: 'both' }))
  expect(search().toString()).toBe('figure=7&edition=2012&year=2022&stations=1%2C5')
  fireEvent.click(screen.getByRole('button', { name: 'back' }))
  expect(search().has('year')).toBe(false)
})
