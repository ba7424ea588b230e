/** One JSON line per thing that happened, with a stable `event` name; secrets never reach it. */
import { type Level, type Logger, pino } from 'pino'

export type { Logger }

const secretPaths = [
  'password',
  'token',
  'phone',
  'idCard',
  'secret',
  'authorization',
  'cookie',
  'databaseUrl',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`])

export function createLogger(level: Level | 'silent', destination?: { write(line: string): void }): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: secretPaths, censor: '[redacted]' },
  }
  return destination === undefined
    ? pino(options, pino.destination({ fd: 2, sync: false }))
    : pino(options, destination)
}

export const silentLogger: Logger = pino({ level: 'silent' })
