import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { requireFreePort } from './free-port.ts'

describe('the ports of the demo', () => {
  it('are refused by name when another program listens there, and taken when free', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    await expect(requireFreePort('127.0.0.1', port, '网页端口')).rejects.toMatchObject({
      code: 'demo.port-taken',
    })
    await new Promise((resolve) => other.close(resolve))
    await expect(requireFreePort('127.0.0.1', port, '网页端口')).resolves.toBeUndefined()
  })
})
