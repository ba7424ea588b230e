/** The host over real sockets: acknowledgement, replies, sessions, commands. */
import { afterEach, describe, expect, it } from 'vitest'
import { frameOf } from '../frame-text.fixture.ts'
import {
  type AckDecision,
  decodeFrame,
  deform,
  encodeFrame,
  encodeReply,
  type Frame,
  type FrameInput,
  requests,
} from '../index.ts'
import { closeAll, Device, mn, pause, startHost, until, upload } from './loopback.fixture.ts'

afterEach(closeAll)

const message = (cn: string, change: Partial<FrameInput> = {}) => upload({ cn, cp: [], ...change })

/** Answers requests as a field machine does: 9011, data, 9012. */
function answering(device: Device, data: (request: Frame) => Buffer[], exeRtn = 1): void {
  let seen = 0
  device.socket.on('data', () => {
    for (const frame of device.received.slice(seen)) {
      seen++
      if (!frame.flag.needAck || frame.header.cn.startsWith('9')) continue
      device.send(encodeReply(frame, '9011', 1), ...data(frame), encodeReply(frame, '9012', exeRtn))
    }
  })
}

describe('acknowledgement', () => {
  it('answers an upload by 9014 with the same QN, PW, MN and version', async () => {
    const { port, frames } = await startHost()
    const device = await Device.connect(port)
    device.send(upload({ qn: '20260801100000777', version: '2025', st: '32' }))
    await until(() => device.received.length === 1)
    expect(device.received[0]?.header).toMatchObject({
      qn: '20260801100000777',
      st: '91',
      cn: '9014',
      pw: '123456',
      mn,
      flag: '8',
    })
    expect(frames[0]?.cp.number(0, 'Avg')).toBe(21.5)
  })

  it('comes only when the decision has come, and in the order of decisions', async () => {
    const decisions: ((made: AckDecision) => void)[] = []
    const { port, host } = await startHost({
      onFrame: () => new Promise((resolve) => decisions.push(resolve)),
    })
    const device = await Device.connect(port)
    device.send(upload({ qn: '20260801100000001' }), upload({ qn: '20260801100000002' }))
    await until(() => decisions.length === 2)
    await pause(50)
    expect(device.received).toEqual([])
    expect(host.stats()).toMatchObject({ pendingFrames: 2 })
    decisions[1]?.('ack')
    await until(() => device.received.length === 1)
    decisions[0]?.('ack')
    await until(() => device.received.length === 2)
    expect(device.received.map((frame) => frame.header.qn)).toEqual([
      '20260801100000002',
      '20260801100000001',
    ])
    expect(host.stats()).toMatchObject({ pendingFrames: 0, pendingBytes: 0, framesAcknowledged: 2 })
  })

  it('does not come for a decision that fails, and the error is reported', async () => {
    const errors: unknown[] = []
    const { port, host } = await startHost({
      onFrame: () => Promise.reject(new Error('disk full')),
      onDecisionError: (error) => errors.push(error),
    })
    const device = await Device.connect(port)
    device.send(upload())
    await until(() => errors.length === 1)
    await pause(30)
    expect(device.received).toEqual([])
    expect(host.stats().pendingFrames).toBe(0)
  })

  it('does not come for "none", for uploads that want none, for bad frames', async () => {
    const { port, bad } = await startHost({ onFrame: (frame) => (frame.header.mn === 'X' ? 'none' : 'ack') })
    const device = await Device.connect(port)
    device.send(upload({ mn: 'X' }), upload({ needAck: false }), deform(upload(), 'crc-wrong'))
    await until(() => bad.length === 1)
    await pause(30)
    expect(device.received).toEqual([])
    expect(bad[0]?.fault).toBe('crc')
  })

  it('of a refusal is 9011 with its QnRtn', async () => {
    const { port } = await startHost({ onFrame: () => ({ qnRtn: 3 }) })
    const device = await Device.connect(port)
    device.send(upload())
    await until(() => device.received.length === 1)
    expect(device.received[0]?.header.cn).toBe('9011')
    expect(device.received[0]?.cp.plain('QnRtn')).toBe('3')
  })

  it('of a notify is 9013, of an unknown command 9011 with QnRtn=8, and both reach the caller', async () => {
    const seen: string[] = []
    const { port } = await startHost({
      onFrame: (frame) => {
        seen.push(frame.header.cn)
        return 'ack'
      },
    })
    const device = await Device.connect(port)
    device.send(message('9015', { version: '2025' }), message('9021'))
    await until(() => device.received.length === 2)
    expect(device.cns).toEqual(['9013', '9011'])
    expect(device.received[1]?.cp.plain('QnRtn')).toBe('8')
    expect(seen).toEqual(['9015', '9021'])
  })

  it('reaches a device that has closed its side after sending', async () => {
    const decisions: ((made: AckDecision) => void)[] = []
    const { port } = await startHost({ onFrame: () => new Promise((resolve) => decisions.push(resolve)) })
    const device = await Device.connect(port, { allowHalfOpen: true })
    device.send(upload())
    device.socket.end()
    await until(() => decisions.length === 1)
    decisions[0]?.('ack')
    await until(() => device.received.length === 1)
    await until(() => device.closed)
  })

  it('comes for every frame of a device that sends faster than its rate and closes its side at once', async () => {
    const { port } = await startHost({ limits: { framesPerSecondPerMn: 100, burstFactor: 0.1 } })
    const device = await Device.connect(port, { allowHalfOpen: true })
    device.socket.end(Buffer.concat(Array.from({ length: 40 }, () => upload())))
    await until(() => device.received.length === 40, 5000)
    await until(() => device.closed)
  })

  it('takes frames in any pieces and several in one', async () => {
    const { port } = await startHost()
    const device = await Device.connect(port)
    const bytes = Buffer.concat([upload(), upload(), upload()])
    device.send(bytes.subarray(0, 10))
    await pause(20)
    device.send(bytes.subarray(10, 250))
    await pause(20)
    device.send(bytes.subarray(250))
    await until(() => device.received.length === 3)
  })

  it('takes a frame without CR LF after a short pause', async () => {
    const { port, frames } = await startHost({ limits: { tailPauseMs: 30 } })
    const device = await Device.connect(port)
    device.send(deform(upload(), 'tail-none'))
    await until(() => device.received.length === 1)
    expect(frames[0]?.anomalies).toEqual(['tail-none'])
  })

  it('is that of the dialect for a station with CRC-16/MODBUS', async () => {
    const { port } = await startHost({ dialectOf: (of) => (of === mn ? { modbusCrc: true } : undefined) })
    const device = await Device.connect(port)
    let text = ''
    device.socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    device.send(deform(upload(), 'crc-modbus'))
    await until(() => text.includes('CN=9014'))
    expect(decodeFrame(Buffer.from(text)).fault).toBe('modbus-crc')
  })

  it('of the last frames is still sent when the host closes', async () => {
    const decisions: ((made: AckDecision) => void)[] = []
    const { port, host } = await startHost({
      onFrame: () => new Promise((resolve) => decisions.push(resolve)),
    })
    const device = await Device.connect(port)
    device.send(upload())
    await until(() => decisions.length === 1)
    const closed = host.close(2000)
    await pause(20)
    decisions[0]?.('ack')
    await closed
    await until(() => device.cns.includes('9014'))
  })
})

describe('devices', () => {
  it('are known by MN: many on one connection, each with its session', async () => {
    const { port, host } = await startHost()
    const device = await Device.connect(port)
    device.send(upload({ mn: 'A' }), upload({ mn: 'B' }), upload({ mn: 'C' }))
    await until(() => host.sessions().length === 3)
    expect(host.session('B')).toMatchObject({ mn: 'B', st: '22', version: '2017', frames: 1 })
    device.socket.destroy()
    await until(() => host.sessions().length === 0)
  })

  it('get commands on their newest connection; data is taken from both', async () => {
    const { port, host, frames } = await startHost()
    const old = await Device.connect(port)
    old.send(upload())
    await until(() => frames.length === 1)
    const fresh = await Device.connect(port)
    fresh.send(upload())
    await until(() => frames.length === 2)
    old.send(upload())
    await until(() => frames.length === 3)
    answering(fresh, () => [])
    expect(await host.command(mn, requests.setRealtimeInterval(60))).toMatchObject({
      outcome: 'done',
      sent: 1,
    })
    expect(old.cns).not.toContain('1062')
    fresh.socket.destroy()
    await until(() => host.connections().length === 1)
    answering(old, () => [])
    expect(await host.command(mn, requests.setRealtimeInterval(60))).toMatchObject({ outcome: 'done' })
  })
})

describe('commands', () => {
  async function connected(options = {}) {
    const test = await startHost({
      commandTimes: { overTimeMs: 60, reCount: 2, executionMs: 80 },
      ...options,
    })
    const device = await Device.connect(test.port)
    device.send(upload())
    await until(() => test.frames.length === 1 || device.received.length > 0)
    return { ...test, device }
  }

  it('1011 gives the time that the device names (2017 C.2)', async () => {
    const { host, device } = await connected()
    answering(device, (request) => [
      encodeFrame({
        version: '2017',
        qn: request.header.qn,
        st: '22',
        cn: '1011',
        pw: '123456',
        mn,
        cp: [{ name: 'SystemTime', value: '20260801100000' }],
      }),
    ])
    const result = await host.command(mn, requests.getTime())
    expect(result).toMatchObject({ outcome: 'done', qnRtn: 1, exeRtn: 1, sent: 1 })
    expect(result.frames[0]?.cp.plain('SystemTime')).toBe('20260801100000')
    // A single answer is no upload: it is not acknowledged.
    expect(device.cns.filter((cn) => cn === '9014')).toHaveLength(1)
  })

  it('2061 of a period: records come with their own QN, pass the caller and are acknowledged', async () => {
    const { host, device, frames } = await connected()
    answering(device, () => [upload(), upload(), upload()])
    const result = await host.queryHistory(mn, '2061', Date.UTC(2026, 6, 31, 16), Date.UTC(2026, 6, 31, 18))
    expect(result).toMatchObject({ outcome: 'done' })
    expect(result.frames).toHaveLength(3)
    expect(frames).toHaveLength(4)
    const request = device.received.find((frame) => frame.header.cn === '2061')
    expect(request?.cp.rawText).toBe('BeginTime=20260801000000;EndTime=20260801020000')
    await until(() => device.cns.filter((cn) => cn === '9014').length === 4)
  })

  it('to a device of 2005 separate the fields by a comma', async () => {
    const { host, device } = await connected()
    device.send(upload({ version: '2005', mn: 'OLD' }))
    await until(() => host.session('OLD') !== undefined)
    answering(device, () => [], 100)
    expect(await host.queryHistory('OLD', '2051', 0, 60_000)).toMatchObject({
      outcome: 'no-data',
      exeRtn: 100,
    })
    const request = device.received.find((frame) => frame.header.cn === '2051')
    expect(request?.cp.rawText).toBe('BeginTime=19700101080000,EndTime=19700101080100')
    expect(request?.header.flag).toBe('1')
  })

  it('without an answer are sent again with the same QN, then the device is unavailable', async () => {
    const { host, device } = await connected()
    const result = await host.command(mn, requests.getRealtimeInterval())
    expect(result).toMatchObject({ outcome: 'unavailable', sent: 3, qnRtn: null })
    const sent = device.received.filter((frame) => frame.header.cn === '1061')
    expect(sent).toHaveLength(3)
    expect(new Set(sent.map((frame) => frame.header.qn))).toEqual(new Set([result.qn]))
  })

  it('answered but not finished fail without being sent again', async () => {
    const { host, device } = await connected()
    device.socket.on('data', () => {
      const request = device.received.find((frame) => frame.header.cn === '3012')
      if (request) device.send(encodeReply(request, '9011', 1))
    })
    expect(await host.command(mn, requests.sampleNow('a21026'))).toMatchObject({
      outcome: 'execution-timeout',
      sent: 1,
      qnRtn: 1,
    })
  })

  it('refused by the device end at once', async () => {
    const { host, device } = await connected()
    device.socket.on('data', () => {
      const request = device.received.find((frame) => frame.header.cn === '3013')
      if (request) device.send(encodeReply(request, '9011', 2))
    })
    expect(await host.command(mn, requests.clean('a21026'))).toMatchObject({ outcome: 'refused', qnRtn: 2 })
  })

  it('stay in order: one at a time for a device', async () => {
    const { host, device } = await connected()
    answering(device, () => [])
    const results = await Promise.all(
      [1, 2, 3].map((minutes) => host.command(mn, requests.setMinuteInterval(minutes))),
    )
    expect(results.map((result) => result.outcome)).toEqual(['done', 'done', 'done'])
    const values = device.received
      .filter((frame) => frame.header.cn === '1064')
      .map((frame) => frame.cp.plain('MinInterval'))
    expect(values).toEqual(['1', '2', '3'])
    expect(new Set(results.map((result) => result.qn)).size).toBe(3)
  })

  it('2012 is a notify and ends with 9013', async () => {
    const { host, device } = await connected()
    device.socket.on('data', () => {
      const request = device.received.find((frame) => frame.header.cn === '2012')
      if (request) device.send(encodeReply(request, '9013'))
    })
    expect(await host.command(mn, requests.stopRealtime())).toMatchObject({ outcome: 'done', exeRtn: null })
  })

  it('to an unknown device are refused, dangerous ones need approval, and too many are refused', async () => {
    const { host } = await connected({ limits: { maxCommandsPerMn: 1 } })
    expect(await host.command('nobody', requests.getTime())).toMatchObject({ outcome: 'offline', sent: 0 })
    expect(await host.command(mn, requests.setPassword('654321'))).toMatchObject({
      outcome: 'not-approved',
      sent: 0,
    })
    const all = await Promise.all([1, 2, 3].map(() => host.command(mn, requests.getTime())))
    expect(all.map((result) => result.outcome)).toEqual(['unavailable', 'unavailable', 'busy'])
  })

  it('with approval are sent', async () => {
    const { host, device } = await connected({ approve: () => true })
    answering(device, () => [])
    expect(await host.command(mn, requests.setPassword('654321'))).toMatchObject({ outcome: 'done' })
    expect(device.received.at(-1)?.cp.plain('NewPW')).toBe('654321')
  })

  it('go to the new connection when the device comes back between two tries', async () => {
    const { host, port, device } = await connected({
      commandTimes: { overTimeMs: 150, reCount: 3, executionMs: 500 },
    })
    const result = host.command(mn, requests.getMinuteInterval())
    await until(() => device.cns.includes('1063'))
    device.socket.destroy()
    const back = await Device.connect(port)
    answering(back, () => [])
    back.send(upload())
    expect(await result).toMatchObject({ outcome: 'done' })
    expect(back.cns).toContain('1063')
  })

  it('cannot be used to smuggle fields into a frame', async () => {
    const { host } = await connected()
    await expect(host.command(mn, { cn: '3011', fields: [['PolId', 'a;CN=1072']] })).rejects.toThrow(
      'must not contain',
    )
  })

  it('to a device whose PW no frame can carry fail, and the next one still has its turn', async () => {
    const { host, device } = await connected()
    const frame = Buffer.from(upload({ mn: 'ODD', pw: 'secret' }))
    const odd = Buffer.from(frame.subarray(6, -6).toString().replace('secret', 'a&&b\r\n'))
    device.send(frameOf(odd))
    await until(() => host.session('ODD') !== undefined)
    const all = await Promise.all([
      host.command('ODD', requests.getTime()),
      host.command('ODD', requests.getTime()),
    ])
    expect(all.map((result) => result.outcome)).toEqual(['failed', 'failed'])
  })

  it('under way end when the host closes', async () => {
    const { host } = await connected({ commandTimes: { overTimeMs: 5000, reCount: 3, executionMs: 5000 } })
    const result = host.command(mn, requests.getTime())
    await host.close(50)
    expect(await result).toMatchObject({ outcome: 'closed' })
  })
})

describe('time calibration (10.4)', () => {
  it('answers 1013 by 9013 and then 1012 with the time, at most once in the cool-down', async () => {
    const nowMs = Date.UTC(2026, 7, 1, 2)
    const { port } = await startHost({ now: () => nowMs })
    const device = await Device.connect(port)
    answering(device, () => [])
    device.send(message('1013'), message('1013'))
    await until(() => device.cns.includes('1012'))
    await pause(50)
    expect(device.cns).toEqual(['9013', '1012', '9013'])
    expect(device.received[1]?.cp.plain('SystemTime')).toBe('20260801100000')
  })

  it('survives a 1013 for an instrument that no frame can carry', async () => {
    const { port, host } = await startHost()
    const device = await Device.connect(port)
    device.send(message('1013', { cp: 'PolId=a=b&c' }), upload())
    await until(() => device.received.length === 2)
    await pause(20)
    expect(device.cns).toEqual(['9013', '9014'])
    expect(host.stats().connections).toBe(1)
  })
})
