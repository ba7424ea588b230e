/** Station simulator against the host over real sockets: uploads, resends, supplementary sending, every request. */
import { afterEach, describe, expect, it } from 'vitest'
import { closeAll, mn, pause, startHost, until } from '../host/loopback.fixture.ts'
import {
  type CommandRequest,
  createStation,
  type Frame,
  formatTime,
  frameTime,
  requests,
  type Station,
  type StationOptions,
} from '../index.ts'

const stations: Station[] = []
afterEach(async () => {
  await Promise.all(stations.splice(0).map((station) => station.stop()))
  await closeAll()
})

const hourMs = 3_600_000
/** 10:00 Chinese time. */
const nowMs = Date.UTC(2026, 7, 1, 2)

async function startStation(port: number, options: Partial<StationOptions> = {}): Promise<Station> {
  const station = createStation({
    host: '127.0.0.1',
    port,
    mn,
    factors: [
      { code: 'a34004', decimals: 1 },
      { code: 'a21005', decimals: 3 },
    ],
    values: (code, _cn, startMs) => (code === 'a21005' ? 0.5 : ((startMs / hourMs) % 24) + 0.25),
    uploads: [],
    overTimeMs: 80,
    reCount: 2,
    reconnectMs: 30,
    ...options,
  })
  stations.push(station)
  await station.start()
  return station
}

const of = (frames: readonly Frame[], cn: string) => frames.filter((frame) => frame.header.cn === cn)

describe('a station', () => {
  it('boots with 2081 and sends values with their interval start, which are acknowledged', async () => {
    const { port, frames } = await startHost()
    const station = await startStation(port)
    expect(await station.upload('2061', nowMs - hourMs)).toBe(true)
    const [boot, hour] = frames
    expect(boot?.header.cn).toBe('2081')
    expect(hour?.anomalies).toEqual([])
    expect(frameTime(hour as Frame)).toMatchObject({ startMs: nowMs - hourMs, anomalies: [] })
    expect(hour?.cp.toJSON().factors).toEqual({
      a34004: { Avg: '1.3', Flag: 'N' },
      a21005: { Avg: '0.500', Flag: 'N' },
    })
    expect(station.stats()).toMatchObject({ connected: true, sent: 2, acked: 2, resent: 0, backlog: 0 })
  })

  it('sends real-time data by its interval and stops and starts it by command', async () => {
    const { port, host, frames } = await startHost()
    await startStation(port, { uploads: ['2011'], rtdIntervalS: 1 })
    await until(() => of(frames, '2011').length >= 1)
    expect(await host.command(mn, requests.stopRealtime())).toMatchObject({ outcome: 'done' })
    await pause(50)
    const stopped = of(frames, '2011').length
    await pause(1200)
    expect(of(frames, '2011').length).toBe(stopped)
    expect(await host.command(mn, requests.startRealtime())).toMatchObject({ outcome: 'done' })
    await until(() => of(frames, '2011').length > stopped)
  })

  it('sends the record of an interval when it has ended', async () => {
    const { port, frames } = await startHost()
    const clock = nowMs - 120
    const began = Date.now()
    await startStation(port, {
      uploads: ['2051', '2061'],
      jitterMs: 10,
      minIntervalMin: 10,
      now: () => clock + Date.now() - began,
    })
    await until(() => of(frames, '2061').length === 1 && of(frames, '2051').length === 1)
    expect(frameTime(of(frames, '2061')[0] as Frame).startMs).toBe(nowMs - hourMs)
    expect(frameTime(of(frames, '2051')[0] as Frame, { minuteInterval: 10 })).toMatchObject({
      startMs: nowMs - 600_000,
      anomalies: [],
    })
  })

  it('sends a missing value as empty text with mark B, never as 0', async () => {
    const { port, frames } = await startHost()
    const station = await startStation(port, {
      values: (code) =>
        code === 'a34004' ? { value: null } : { value: 1, min: 0, max: 2, cou: 3, flag: 'M' },
    })
    await station.upload('2061', nowMs)
    expect(frames[1]?.cp.toJSON().factors).toEqual({
      a34004: { Avg: '', Flag: 'B' },
      a21005: { Cou: '3.000', Min: '0.000', Avg: '1.000', Max: '2.000', Flag: 'M' },
    })
    expect(frames[1]?.cp.number(0, 'Avg')).toBeNaN()
  })

  it('sends what it converts itself beside what it measured, each factor with its own mark', async () => {
    const { port, frames } = await startHost()
    const station = await startStation(port, {
      st: '31',
      factors: [{ code: 'a21026', decimals: 1 }, { code: 'a19001' }],
      values: (code) =>
        code === 'a19001' ? { value: 9, flag: 'C' } : { value: 20, converted: 25, flag: 'T' },
    })
    await station.upload('2061', nowMs - hourMs)
    await station.upload('2011', nowMs)
    const [hour, now] = [of(frames, '2061')[0], of(frames, '2011')[0]]
    expect(hour?.cp.toJSON().factors).toEqual({
      a21026: { Avg: '20.0', ZsAvg: '25.0', Flag: 'T' },
      a19001: { Avg: '9.00', Flag: 'C' },
    })
    expect(now?.cp.toJSON().factors.a21026).toEqual({ Rtd: '20.0', ZsRtd: '25.0', Flag: 'T' })
  })

  it('uploads parameters of its instruments and states of its facilities, and answers 3020 with them', async () => {
    const { port, host, frames } = await startHost()
    const station = await startStation(port, {
      facilities: ['SB1', 'SB2'],
      facilityState: (code) => (code === 'SB1' ? 1 : 0),
      information: (polId, infoId) => (polId === 'a21026' && infoId === 'i13001' ? '300' : undefined),
    })
    expect(await station.sendInfo({ i13001: '300', i13008: '1.02' }, 'a21026', nowMs - hourMs)).toBe(true)
    expect(await station.sendFacilityStates()).toBe(true)
    expect(of(frames, '3020')[0]?.cp.toJSON()).toEqual({
      plain: { DataTime: formatTime(nowMs - hourMs), PolId: 'a21026' },
      factors: { i13001: { Info: '300' }, i13008: { Info: '1.02' } },
    })
    expect(of(frames, '2021')[0]?.cp.toJSON().factors).toEqual({ SB1: { RS: '1' }, SB2: { RS: '0' } })
    const { frames: answers } = await host.command(mn, requests.getInfo('i13001', 'a21026'))
    expect(answers[0]?.cp.toJSON().factors).toEqual({ i13001: { Info: '300' } })
  })

  it('resends with the same QN when the acknowledgement is lost; the host acknowledges again', async () => {
    const { port, frames } = await startHost()
    let lost = 0
    const station = await startStation(port, {
      faults: { ackLoss: 0.5 },
      random: () => (lost++ % 2 === 0 ? 0.1 : 0.9),
    })
    expect(await station.upload('2061', nowMs)).toBe(true)
    const hours = of(frames, '2061')
    expect(hours).toHaveLength(2)
    expect(hours[0]?.header.qn).toBe(hours[1]?.header.qn)
    expect(station.stats().resent).toBeGreaterThanOrEqual(1)
  })

  it('queues what stays without acknowledgement and sends it after the outage, marked RF=1 in 2025', async () => {
    const { port, frames, host } = await startHost({ onFrame: () => 'none' })
    const station = await startStation(port, { version: '2025', st: '32', overTimeMs: 30, reCount: 1 })
    expect(await station.upload('2061', nowMs)).toBe(false)
    expect(station.stats()).toMatchObject({ backlog: 1 })
    expect(frames).toEqual([])
    await host.close(50)
    await until(() => !station.stats().connected)
    const again = await startHost({ port })
    await until(() => station.stats().backlog === 0 && of(again.frames, '2061').length === 1, 5000)
    expect(of(again.frames, '2061')[0]?.header.rf).toBe('1')
    expect(of(again.frames, '2081')[0]?.header.rf).toBe('')
  })

  it('sends what was missed as soon as a silent host answers again', async () => {
    let silent = true
    const { port, host } = await startHost({ onFrame: () => (silent ? 'none' : 'ack') })
    const station = await startStation(port, { overTimeMs: 20, reCount: 0 })
    expect(await station.upload('2061', nowMs)).toBe(false)
    expect(station.stats().backlog).toBe(1)
    silent = false
    expect(await station.upload('2061', nowMs + hourMs)).toBe(true)
    await until(() => station.stats().backlog === 0 && host.stats().framesAcknowledged === 2)
    expect(station.stats().connects).toBe(1)
  })

  it('on a half-open socket is found out by its own time-outs', async () => {
    const { port } = await startHost()
    const station = await startStation(port, { faults: { halfOpenAfter: 1 }, overTimeMs: 30 })
    expect(await station.upload('2061', nowMs)).toBe(false)
    expect(station.stats().unanswered).toBeGreaterThanOrEqual(1)
  })

  it('splits long messages; every packet is acknowledged, in any order', async () => {
    const { port, frames } = await startHost()
    const factors = Array.from({ length: 60 }, (_, i) => ({ code: `a${25000 + i}` }))
    const station = await startStation(port, { factors, values: () => 1, faults: { reorderPackets: true } })
    expect(await station.upload('2061', nowMs)).toBe(true)
    const packets = of(frames, '2061')
    expect(packets.length).toBeGreaterThan(1)
    expect(packets.map((frame) => frame.packet?.number)).toEqual(packets.map((_, i) => packets.length - i))
    expect(new Set(packets.flatMap((frame) => frame.cp.codes)).size).toBe(60)
  })

  it('may have several messages under way', async () => {
    const waiting: (() => void)[] = []
    const { port } = await startHost({
      onFrame: () => new Promise((resolve) => waiting.push(() => resolve('ack'))),
    })
    const station = await startStation(port, { window: 4, overTimeMs: 5000 })
    const all = Promise.all(Array.from({ length: 6 }, (_, i) => station.upload('2061', nowMs + i * hourMs)))
    await until(() => waiting.length === 4)
    await pause(30)
    expect(waiting.length).toBe(4)
    const ticking = setInterval(() => {
      for (const decide of waiting) decide()
    }, 5)
    expect(await all).toEqual([true, true, true, true, true, true])
    clearInterval(ticking)
  })

  it('comes back after its connection was cut', async () => {
    const { port, host, frames } = await startHost()
    const station = await startStation(port)
    await until(() => frames.length === 1)
    for (const connection of host.connections()) host.disconnect(connection)
    await until(() => station.stats().connects === 2)
    await until(() => of(frames, '2081').length === 2)
    expect(await station.upload('2061', nowMs)).toBe(true)
  })

  it('encrypts by SM4 in 2025, and the host reads it with the key', async () => {
    const key = Buffer.alloc(16, 0x30)
    const { port, frames, bad } = await startHost({ keysOf: (of) => (of === mn ? [key] : undefined) })
    const station = await startStation(port, { version: '2025', st: '32', key })
    expect(await station.upload('2061', nowMs)).toBe(true)
    expect(frames[1]).toMatchObject({ version: '2025', anomalies: ['encrypted'] })
    expect(bad).toEqual([])
  })

  it('with a wrong key is not read', async () => {
    const { port, bad } = await startHost({ keysOf: () => [Buffer.alloc(16, 0x30)] })
    const station = await startStation(port, {
      version: '2025',
      st: '32',
      key: Buffer.alloc(16, 0x30),
      faults: { wrongKey: Buffer.alloc(16, 0x31) },
      reCount: 0,
    })
    expect(await station.upload('2061', nowMs)).toBe(false)
    expect(bad.map((frame) => frame.fault)).toContain('encrypted-wrong-key')
  })

  it('beats when silent, and is answered', async () => {
    const { port, frames } = await startHost()
    const station = await startStation(port, { version: '2025', st: '32', heartbeatS: 0.05 })
    await until(() => of(frames, '9015').length >= 2)
    await until(() => station.stats().acked >= 3)
  })

  it('with a drifting clock is set right by the host after its 1013', async () => {
    const { port } = await startHost({ now: () => nowMs })
    const station = await startStation(port, { now: () => nowMs - 5 * 60_000, asksTime: true })
    await until(() => Math.abs(station.state.clockOffsetMs - 5 * 60_000) <= 1000)
  })
})

describe('history (10.5)', () => {
  it('is re-queried by the host: one record a message, both ends inclusive', async () => {
    const { port, host, frames } = await startHost()
    await startStation(port, { now: () => nowMs })
    await until(() => host.session(mn) !== undefined)
    const result = await host.queryHistory(mn, '2061', nowMs - 4 * hourMs, nowMs - 2 * hourMs)
    expect(result).toMatchObject({ outcome: 'done', exeRtn: 1 })
    expect(result.frames.map((frame) => frameTime(frame).startMs)).toEqual(
      [4, 3, 2].map((back) => nowMs - back * hourMs),
    )
    expect(of(frames, '2061')).toHaveLength(3)
  })

  it('that does not exist is answered by ExeRtn=100', async () => {
    const { port, host } = await startHost()
    await startStation(port, { values: () => null })
    await until(() => host.session(mn) !== undefined)
    expect(await host.queryHistory(mn, '2031', nowMs - 48 * hourMs, nowMs - 24 * hourMs)).toMatchObject({
      outcome: 'no-data',
    })
  })

  it('of facilities gives their hours of the day', async () => {
    const { port, host } = await startHost()
    await startStation(port, { facilities: ['SB1'], facilityHours: () => 23.5 })
    await until(() => host.session(mn) !== undefined)
    const dayMs = Date.UTC(2026, 6, 30, 16)
    const { frames } = await host.queryHistory(mn, '2041', dayMs, dayMs)
    expect(frames.map((frame) => frame.cp.toJSON())).toEqual([
      { plain: { DataTime: '20260731000000' }, factors: { SB1: { RT: '23.50' } } },
    ])
  })
})

describe('every request of table 9', () => {
  const rows: [
    name: string,
    request: CommandRequest,
    check?: (frame: Frame | undefined, station: Station) => void,
  ][] = [
    [
      '1000',
      requests.setTimeouts(5, 2),
      (_f, station) => expect(station.state).toMatchObject({ overTimeMs: 5000, reCount: 2 }),
    ],
    ['1011', requests.getTime(), (frame) => expect(frame?.cp.plain('SystemTime')).toHaveLength(14)],
    ['1012', requests.setTime(nowMs), (_f, station) => expect(station.state.clockOffsetMs).not.toBe(0)],
    ['1061', requests.getRealtimeInterval(), (frame) => expect(frame?.cp.plain('RtdInterval')).toBe('30')],
    ['1062', requests.setRealtimeInterval(60), (_f, station) => expect(station.state.rtdIntervalS).toBe(60)],
    ['1063', requests.getMinuteInterval(), (frame) => expect(frame?.cp.plain('MinInterval')).toBe('10')],
    ['1064', requests.setMinuteInterval(5), (_f, station) => expect(station.state.minIntervalMin).toBe(5)],
    ['1072', requests.setPassword('654321'), (_f, station) => expect(station.state.pw).toBe('654321')],
    ['2021', requests.startFacilityState()],
    ['2022', requests.stopFacilityState(), (_f, station) => expect(station.state.facilityState).toBe(false)],
    ['3011', requests.calibrate('a21026')],
    ['3012', requests.sampleNow('a21026')],
    ['3013', requests.clean('a21026')],
    ['3014', requests.compareSample('a21026')],
    ['3015', requests.retainSample(), (frame) => expect(frame?.cp.plain('VaseNo')).toBe('1')],
    [
      '3016',
      requests.setSamplingCycle('w01018', '010000', 4),
      (_f, station) => expect(station.state.samplingHours).toBe(4),
    ],
    ['3017', requests.getSamplingCycle('w01018'), (frame) => expect(frame?.cp.plain('CTime')).toBe('1')],
    ['3018', requests.getTimeToResult('w01018'), (frame) => expect(frame?.cp.plain('Stime')).toBe('30')],
    ['3019', requests.getSerial('w01018'), (frame) => expect(frame?.cp.text(0, 'SN')).toHaveLength(24)],
    [
      '3020 log',
      requests.getInfo('i11001', 'w01018', [nowMs, nowMs + 1]),
      (frame) => expect(frame?.cp.text(0, 'Info')).toBe('//模拟日志//'),
    ],
    [
      '3020 state',
      requests.getInfo('i12001', 'w01018'),
      (frame) => expect(frame?.cp.text(0, 'Info')).toBe('0'),
    ],
    [
      '3021',
      requests.setParameter('i13004', '168.0', 'w01018'),
      (_f, station) => expect(station.state.parameters.get('w01018/i13004')).toBe('168.0'),
    ],
  ]

  it.each(rows)('%s is answered and executed', async (_name, request, check) => {
    const { port, host } = await startHost({ approve: () => true })
    const station = await startStation(port)
    await until(() => host.session(mn) !== undefined)
    const result = await host.command(mn, request)
    expect(result).toMatchObject({ outcome: 'done', sent: 1 })
    check?.(result.frames[0], station)
  })

  it.each([
    ['1002', { cn: '1002', fields: [['i23005-Info', 'X']], newMn: 'FEDCBA987654321000000000' }],
    [
      '1014',
      {
        cn: '1014',
        fields: [
          ['SKCreateTime', '20260801100000'],
          ['NewSK', '0123456789abcdef'],
        ],
      },
    ],
    ['3022', requests.retainSampleNow('w01018')],
    ['3024', requests.startStandardCheck('w01018')],
  ] as const)('%s of 2025 is executed by a station of 2025', async (cn, request) => {
    const { port, host } = await startHost({ approve: () => true })
    const station = await startStation(port, { version: '2025', st: '32' })
    await until(() => host.session(mn) !== undefined)
    await host.command(mn, { ...request, overTimeMs: 300, reCount: 0 } as CommandRequest)
    expect(station.stats().requests).toBe(1)
    if (cn === '1002') expect(station.state.mn).toBe('FEDCBA987654321000000000')
    if (cn === '1014') expect(station.state.key?.toString()).toBe('0123456789abcdef')
  })

  it('of 2005 is executed by a station of 2005', async () => {
    const { port, host } = await startHost()
    await startStation(port, { version: '2005', st: '31' })
    await until(() => host.session(mn) !== undefined)
    const limits = [
      ['101-LowValue', '1.1'],
      ['101-UpValue', '9.9'],
    ] as const
    expect(await host.command(mn, { cn: '1022', fields: limits })).toMatchObject({ outcome: 'done' })
    const { frames } = await host.command(mn, { cn: '1021', fields: [['PolId', '101']] })
    expect(frames[0]?.cp.toJSON().factors).toEqual({ '101': { LowValue: '1.1', UpValue: '9.9' } })
    await host.command(mn, { cn: '1042', fields: [['ReportTime', '0830']] })
    expect((await host.command(mn, { cn: '1041' })).frames[0]?.cp.plain('ReportTime')).toBe('0830')
    expect(await host.command(mn, { cn: '2071' })).toMatchObject({ outcome: 'no-data' })
    expect(await host.command(mn, requests.getMinuteInterval())).toMatchObject({
      outcome: 'refused',
      qnRtn: 8,
    })
  })

  it('is refused with a wrong password, an unknown command or one of another edition', async () => {
    const { port, host } = await startHost()
    const station = await startStation(port)
    await until(() => host.session(mn) !== undefined)
    expect(await host.command(mn, requests.retainSampleNow('w01018'))).toMatchObject({
      outcome: 'refused',
      qnRtn: 8,
    })
    expect(await host.command(mn, { cn: '1070' })).toMatchObject({ outcome: 'refused', qnRtn: 8 })
    Object.assign(station.state, { pw: 'secret' })
    expect(await host.command(mn, requests.getTime())).toMatchObject({ outcome: 'refused', qnRtn: 3 })
  })

  it('with a senseless value fails with ExeRtn=3', async () => {
    const { port, host } = await startHost()
    await startStation(port)
    await until(() => host.session(mn) !== undefined)
    expect(await host.command(mn, requests.setMinuteInterval(7))).toMatchObject({
      outcome: 'failed',
      exeRtn: 3,
    })
    expect(await host.command(mn, requests.setRealtimeInterval(0))).toMatchObject({
      outcome: 'failed',
      exeRtn: 3,
    })
    expect(await host.queryHistory(mn, '2061', nowMs, nowMs - 1000)).toMatchObject({
      outcome: 'failed',
      exeRtn: 3,
    })
  })

  it('repeated with the same QN is answered again but not executed twice (10.8)', async () => {
    const { port, host } = await startHost()
    const station = await startStation(port)
    await until(() => host.session(mn) !== undefined)
    const bytes = Buffer.from(retain)
    const connection = host.session(mn)?.connection
    connection?.send(bytes)
    connection?.send(bytes)
    await until(() => station.stats().requests === 2)
    const after = await host.command(mn, requests.retainSample())
    expect(after.frames[0]?.cp.plain('VaseNo')).toBe('2')
  })
})

const retain =
  '##0087QN=20160801085857223;ST=32;CN=3015;PW=123456;MN=010000A8900016F000169DC0;Flag=5;CP=&&&&E401\r\n'
