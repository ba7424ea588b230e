import { createServer } from 'node:net'
import { AppError } from '@shanshui/server'

/** Refuses a port that another program listens on, before anything is started. Errors: `demo.port-taken`. */
export function requireFreePort(host: string, port: number, what: string): Promise<void> {
  if (port === 0) return Promise.resolve()
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === 'EADDRINUSE'
      reject(taken ? new AppError('demo.port-taken', { detail: `${what} ${host}:${port}`, cause }) : cause)
    })
    probe.listen(port, host, () => probe.close(() => resolve()))
  })
}
