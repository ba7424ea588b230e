/** Each limit of the host, and what happens beyond it. */
import { afterEach, describe, expect, it } from 'vitest'
import { type AckDecision, deform } from '../index.ts'
import { closeAll, Device, pause, startHost, until, upload } from './loopback.fixture.ts'
import { TokenBucket } from './token-bucket.ts'

afterEach(closeAll)

describe('connections', () => {
  it('above the number for all are refused', async () => {
    const { port, host } = await startHost({ limits: { maxConnections: 2 } })
    await Device.connect(port)
    await Device.connect(port)
    const third = await Device.connect(port)
    await until(() => third.closed)
    expect(host.stats()).toMatchObject({
      connections: 2,
      refusedConnections: 1,
      closedFor: { 'too-many-connections': 1 },
    })
  })

  it('above the number for one address are refused, and free places can be taken again', async () => {
    const { port, host } = await startHost({ limits: { maxConnectionsPerAddress: 1 } })
    const first = await Device.connect(port)
    const second = await Device.connect(port)
    await until(() => second.closed)
    expect(host.stats().closedFor['too-many-connections-from-address']).toBe(1)
    first.socket.destroy()
    await until(() => host.stats().connections === 0)
    const third = await Device.connect(port)
    third.send(upload())
    await until(() => third.received.length === 1)
  })

  it('with more devices than a forwarder may have are closed', async () => {
    const { port, closed } = await startHost({ limits: { maxMnPerConnection: 2 } })
    const device = await Device.connect(port)
    device.send(upload({ mn: 'A' }), upload({ mn: 'B' }), upload({ mn: 'C' }))
    await until(() => closed.length === 1)
    expect(closed).toEqual(['too-many-devices'])
  })

  it('without a valid frame in time are closed, whatever they send (slow loris)', async () => {
    const { port, closed } = await startHost({ limits: { firstFrameMs: 500 } })
    const device = await Device.connect(port)
    const drip = setInterval(() => device.send('#'), 100)
    await until(() => closed.length === 1)
    clearInterval(drip)
    expect(closed).toEqual(['no-valid-frame'])
  })

  it('that fall silent are closed after the idle time', async () => {
    const { port, closed } = await startHost({ limits: { idleMs: 500 } })
    const device = await Device.connect(port)
    device.send(upload())
    await until(() => closed.length === 1)
    expect(device.received).toHaveLength(1)
    expect(closed).toEqual(['idle'])
  })

  it('that bring only junk are closed after its limit', async () => {
    const { port, closed } = await startHost({ limits: { maxUnframedBytes: 10_000 } })
    const device = await Device.connect(port)
    device.send('x'.repeat(9000))
    await pause(50)
    expect(closed).toEqual([])
    device.send('x'.repeat(2000))
    await until(() => closed.length === 1)
    expect(closed).toEqual(['unframed-bytes'])
  })

  it('with many bad frames in a row are closed; a good one between starts the count anew', async () => {
    const { port, closed, bad } = await startHost({ limits: { maxBadFramesInRow: 3 } })
    const device = await Device.connect(port)
    const wrong = () => deform(upload(), 'crc-wrong')
    device.send(wrong(), wrong(), upload(), wrong(), wrong())
    await until(() => bad.length === 4)
    await pause(30)
    expect(closed).toEqual([])
    device.send(wrong())
    await until(() => closed.length === 1)
    expect(closed).toEqual(['bad-frames'])
  })

  it('of a device with another CRC stay open: that is for the operator to set', async () => {
    const { port, closed, bad } = await startHost({ limits: { maxBadFramesInRow: 3 } })
    const device = await Device.connect(port)
    for (let i = 0; i < 5; i++) device.send(deform(upload(), 'crc-modbus'))
    await until(() => bad.length === 5)
    await pause(30)
    expect(closed).toEqual([])
  })
})

describe('frames', () => {
  it('above the longest segment are reported and do no harm to the next', async () => {
    const { port, bad, frames } = await startHost({ limits: { maxSegment: 500 } })
    const device = await Device.connect(port)
    device.send(`##0501${'x'.repeat(505)}`, upload())
    await until(() => frames.length === 1)
    expect(bad[0]?.fault).toBe('oversize')
  })

  it('not complete in time are given up, and the frame inside is found', async () => {
    const { port, bad, frames } = await startHost({ limits: { frameCompletionMs: 300 } })
    const device = await Device.connect(port)
    device.send('##0999QN=20260801100000123;ST=22;')
    await until(() => bad.length === 1)
    expect(bad[0]?.fault).toBe('truncated')
    device.send(upload())
    await until(() => frames.length === 1)
  })

  it('of one device above its rate are read more slowly, and none is lost', async () => {
    const { port, frames } = await startHost({ limits: { framesPerSecondPerMn: 50, burstFactor: 1 } })
    const device = await Device.connect(port)
    const began = performance.now()
    device.send(Buffer.concat(Array.from({ length: 80 }, () => upload())))
    await until(() => frames.length === 80, 5000)
    expect(performance.now() - began).toBeGreaterThan(450)
    await until(() => device.received.length === 80)
  })

  it('of one address above its rate are read more slowly, over all its connections', async () => {
    const { port, frames } = await startHost({ limits: { framesPerSecondPerAddress: 50, burstFactor: 1 } })
    const began = performance.now()
    for (const name of ['A', 'B']) {
      const device = await Device.connect(port)
      device.send(Buffer.concat(Array.from({ length: 40 }, () => upload({ mn: name }))))
    }
    await until(() => frames.length === 80, 5000)
    expect(performance.now() - began).toBeGreaterThan(450)
  })
})

describe('undecided frames', () => {
  it('stop the reading of one connection, then of all; nothing is lost when it goes on', async () => {
    const open: ((made: AckDecision) => void)[] = []
    const size = upload().length
    const { port, host } = await startHost({
      limits: { maxPendingBytesPerConnection: size * 10, maxPendingBytes: size * 15 },
      onFrame: () => new Promise((resolve) => open.push(resolve)),
    })
    const many = () => Buffer.concat(Array.from({ length: 100 }, () => upload()))
    const first = await Device.connect(port)
    first.send(many())
    await until(() => open.length >= 10)
    await pause(50)
    expect(open.length).toBeLessThanOrEqual(12)
    const second = await Device.connect(port)
    second.send(many())
    await until(() => host.stats().holding)
    await pause(50)
    expect(host.stats().pendingBytes).toBeLessThanOrEqual(size * 17)
    let decided = 0
    const ticking = setInterval(() => {
      for (const decide of open.slice(decided)) decide('ack')
      decided = open.length
    }, 2)
    await until(() => first.received.length === 100 && second.received.length === 100, 8000)
    clearInterval(ticking)
    expect(host.stats()).toMatchObject({ pendingBytes: 0, pendingFrames: 0, holding: false })
  })

  it('a device that does not read its acknowledgements is read no further', async () => {
    const { port, host, frames } = await startHost({
      limits: { maxUnsentBytes: 1000, framesPerSecondPerMn: 1e9, framesPerSecondPerAddress: 1e9 },
    })
    const device = await Device.connect(port)
    device.socket.pause()
    const batch = Buffer.concat(Array.from({ length: 1000 }, () => upload()))
    // More acknowledgements than both socket buffers take.
    const rounds = 120
    for (let i = 0; i < rounds; i++) device.socket.write(batch)
    // Reading stands still once the answers of the socket buffers are full; on a busy machine that takes a while.
    let before = -1
    while (before !== frames.length) {
      before = frames.length
      await pause(700)
    }
    expect(before).toBeLessThan(rounds * 1000)
    await pause(300)
    expect(frames.length).toBe(before)
    expect(host.stats().connections).toBe(1)
    device.socket.resume()
    await until(() => frames.length === rounds * 1000, 15_000)
  }, 30_000)
})

describe('token bucket', () => {
  it('gives its burst at once and then its rate', () => {
    const bucket = new TokenBucket(10, 3, 0)
    expect([0, 0, 0].map(() => bucket.take(0))).toEqual([0, 0, 0])
    expect(bucket.take(0)).toBe(100)
    expect(bucket.take(100)).toBe(100)
    expect(bucket.isFull(100)).toBe(false)
    expect(bucket.isFull(10_000)).toBe(true)
    expect(bucket.take(-50)).toBeGreaterThan(0)
  })
})
