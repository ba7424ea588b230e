import { describe, expect, it } from 'vitest'
import { Waker } from './waker.ts'

const longMs = 60_000

describe('a waker', () => {
  it('ends a sleep by a call', async () => {
    const waker = new Waker()
    const sleep = waker.sleep(longMs)
    waker.call()
    await expect(sleep).resolves.toBeUndefined()
  })

  it('keeps a call that came while nobody slept, for one sleep', async () => {
    const waker = new Waker()
    waker.call()
    await waker.sleep(longMs)
    let over = false
    const second = waker.sleep(longMs).then(() => {
      over = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(over).toBe(false)
    waker.call()
    await second
  })

  it('ends by itself, and serves calls of a burst together', async () => {
    const waker = new Waker()
    await waker.sleep(1)
    waker.call()
    const gathering = waker.sleep(longMs, 20)
    waker.call()
    await gathering
    let over = false
    const next = waker.sleep(longMs).then(() => {
      over = true
    })
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(over).toBe(false)
    waker.call()
    await next
  })
})
