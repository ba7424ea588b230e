/** A field machine for tests: a socket that sends frames and waits for their answers by QN. */
import { connect, type Socket } from 'node:net'
import {
  type CpItem,
  decodeFrame,
  encodeFrame,
  type Frame,
  FrameStream,
  formatTime,
  QnSource,
} from '@shanshui/hj212'

export interface DataOptions {
  readonly mn: string
  readonly pw?: string
  readonly cn?: string
  readonly dataTimeMs: number
  /** Text of a factor's fields: `{ a34004: { Avg: '35', Flag: 'N' } }`. */
  readonly factors: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly qn?: string
  readonly needAck?: boolean
  readonly rf?: boolean
}

const qns = new QnSource()

/** Bytes of an upload in the 2017 form. */
export function dataFrame(options: DataOptions): { bytes: Buffer; qn: string } {
  const qn = options.qn ?? qns.next(Date.now())
  const cp: CpItem[] = [{ name: 'DataTime', value: formatTime(options.dataTimeMs) }]
  for (const [code, fields] of Object.entries(options.factors)) cp.push({ code, fields })
  const bytes = encodeFrame({
    version: '2017',
    qn,
    st: '22',
    cn: options.cn ?? '2061',
    pw: options.pw ?? 'secret',
    mn: options.mn,
    needAck: options.needAck ?? true,
    cp,
  })
  return { bytes, qn }
}

export class TestDevice {
  readonly socket: Socket
  readonly #waiting = new Map<string, (frame: Frame) => void>()
  readonly #stream = new FrameStream()
  readonly received: Frame[] = []
  onRequest: ((frame: Frame) => void) | undefined

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => undefined)
    socket.on('data', (chunk) => this.#read(chunk))
  }

  static async connect(port: number): Promise<TestDevice> {
    const socket = connect({ port, host: '127.0.0.1' })
    const device = new TestDevice(socket)
    await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject))
    return device
  }

  #read(chunk: Buffer): void {
    this.#stream.push(chunk)
    for (let raw = this.#stream.next(); raw !== undefined; raw = this.#stream.next()) {
      const frame = decodeFrame(raw)
      this.received.push(frame)
      const waiting = this.#waiting.get(frame.header.qn)
      if (waiting && /^901[1-4]$/.test(frame.header.cn)) {
        this.#waiting.delete(frame.header.qn)
        waiting(frame)
      } else this.onRequest?.(frame)
    }
  }

  write(bytes: Uint8Array): void {
    this.socket.write(bytes)
  }

  /** Sends an upload; the answer's CN, or undefined when none came in time. */
  async send(options: DataOptions, timeoutMs = 5_000): Promise<string | undefined> {
    const { bytes, qn } = dataFrame(options)
    return await this.exchange(bytes, qn, timeoutMs)
  }

  async exchange(bytes: Uint8Array, qn: string, timeoutMs = 5_000): Promise<string | undefined> {
    const answer = new Promise<string | undefined>((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(qn)
        resolve(undefined)
      }, timeoutMs)
      this.#waiting.set(qn, (frame) => {
        clearTimeout(timer)
        resolve(frame.header.cn)
      })
    })
    this.socket.write(bytes)
    return await answer
  }

  /** Bytes of an answer to a request of the host. */
  reply(request: Frame, cn: string, area: string): Buffer {
    const { qn, mn } = request.header
    return encodeFrame({ version: '2017', qn, st: '91', cn, pw: 'secret', mn, cp: area })
  }

  close(): void {
    this.socket.destroy()
  }
}
