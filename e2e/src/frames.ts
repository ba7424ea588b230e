import { connect } from 'node:net'

const RESEND_MS = 2_000
const GIVE_UP_MS = 30_000

/**
 * Sends frames as a data logger does: what is not acknowledged (CN 9014 with its QN) is sent again, since a station that
 * has just been registered may not be known to the gateway yet. Resolves when each frame is acknowledged.
 */
export function sendFrames(port: number, frames: readonly Uint8Array[]): Promise<void> {
  const waiting = new Map(frames.map((frame) => [qnOf(Buffer.from(frame).toString('latin1')), frame]))
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => send())
    const send = () => {
      for (const frame of waiting.values()) socket.write(frame)
    }
    const again = setInterval(send, RESEND_MS)
    const end = (error?: Error) => {
      clearInterval(again)
      clearTimeout(limit)
      socket.destroy()
      if (error === undefined) resolve()
      else reject(error)
    }
    const limit = setTimeout(() => end(new Error(`${waiting.size} frames are not acknowledged`)), GIVE_UP_MS)
    socket.on('data', (chunk) => {
      for (const answer of chunk.toString('latin1').split('##')) {
        if (answer.includes('CN=9014')) waiting.delete(qnOf(answer))
      }
      if (waiting.size === 0) end()
    })
    socket.on('error', end)
  })
}

const qnOf = (text: string): string => /QN=(\d+)/.exec(text)?.[1] ?? ''
