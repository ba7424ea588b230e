import { expect, test } from 'vitest'
import { createLogger } from './log.ts'

test('secrets do not reach the log, at the top or one and two levels down', () => {
  const lines: string[] = []
  const log = createLogger('info', { write: (line) => lines.push(line) })
  log.info(
    {
      event: 'x',
      password: 'topsecret',
      user: { token: 'topsecret', deep: { idCard: 'topsecret' } },
      phone: 'topsecret',
    },
    'm',
  )
  expect(lines.join('')).not.toContain('topsecret')
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 'info',
    event: 'x',
    msg: 'm',
    password: '[redacted]',
  })
})
