import { createServer } from 'node:net'
import { expect, test, vi } from 'vitest'
import { reportFailure } from './failure.ts'

test('a port that another program listens on is named, without a stack', async () => {
  const first = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => first.once('listening', resolve))
  const { port } = first.address() as { port: number }
  const refused = await new Promise((resolve) =>
    createServer().once('error', resolve).listen(port, '127.0.0.1'),
  )
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
  const code = reportFailure(refused)
  const text = written.mock.calls.join('')
  written.mockRestore()
  first.close()
  expect(code).toBe(1)
  expect(text).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port} 已被占用：[^\n]+\n$`))
})
