/** A host and raw device sockets on the loopback, for tests. */
import { connect, type Socket } from 'node:net'
import { decodeFrame } from '../decode.ts'
import { encodeFrame, type FrameInput } from '../encode.ts'
import type { Frame } from '../frame.ts'
import { FrameStream } from '../frame-stream.ts'
import type { Host, HostOptions } from './api.ts'
import { createHost } from './host.ts'

export const mn = '010000A8900016F000169DC0'

export interface TestHost {
  readonly host: Host
  readonly port: number
  readonly frames: Frame[]
  readonly bad: Frame[]
  readonly closed: string[]
}

const running: Host[] = []
const devices: Device[] = []

export async function startHost(options: Partial<HostOptions> = {}): Promise<TestHost> {
  const frames: Frame[] = []
  const bad: Frame[] = []
  const closed: string[] = []
  const host = createHost({
    host: '127.0.0.1',
    port: 0,
    onFrame: (frame) => {
      frames.push(frame)
      return 'ack'
    },
    onBadFrame: (frame) => bad.push(frame),
    onClose: (_connection, reason) => closed.push(reason),
    ...options,
  })
  running.push(host)
  const { port } = await host.listen()
  return { host, port, frames, bad, closed }
}

/** After each test: everything that was opened is closed. */
export async function closeAll(): Promise<void> {
  for (const device of devices.splice(0)) device.socket.destroy()
  await Promise.all(running.splice(0).map((host) => host.close(100)))
}

/** A device by hand: sends bytes, collects what the host says. */
export class Device {
  readonly received: Frame[] = []
  readonly socket: Socket
  closed = false
  private readonly stream = new FrameStream()

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.stream.push(chunk)
      for (let raw = this.stream.next(); raw; raw = this.stream.next()) this.received.push(decodeFrame(raw))
    })
    socket.on('close', () => {
      this.closed = true
    })
    socket.on('error', () => undefined)
    devices.push(this)
  }

  static connect(port: number, options: { allowHalfOpen?: boolean } = {}): Promise<Device> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true, ...options }, () =>
        resolve(new Device(socket)),
      )
      socket.once('error', reject)
    })
  }

  send(...frames: (Buffer | string)[]): void {
    for (const frame of frames) this.socket.write(frame)
  }

  get cns(): string[] {
    return this.received.map((frame) => frame.header.cn)
  }
}

let count = 0

/** An upload of an hour with a QN of its own. */
export function upload(change: Partial<FrameInput> = {}): Buffer {
  count++
  return encodeFrame({
    version: '2017',
    qn: `20260801100000${String(count % 1000).padStart(3, '0')}`,
    st: '22',
    cn: '2061',
    pw: '123456',
    mn,
    needAck: true,
    cp: [
      { name: 'DataTime', value: '20260801090000' },
      { code: 'a34004', fields: { Avg: '21.5', Flag: 'N' } },
    ],
    ...change,
  })
}

/** Waits until something holds, at most `ms`. */
export async function until(holds: () => boolean, ms = 3000): Promise<void> {
  const end = Date.now() + ms
  while (!holds()) {
    if (Date.now() > end) throw new Error(`It did not come true within ${ms} ms: ${holds}`)
    await pause(5)
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
