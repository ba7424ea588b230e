/** A gateway in a process of its own: the product's, or one that only parses and acknowledges (the ceiling). */
import { createHost } from '@shanshui/hj212'
import {
  defaultConfig,
  internLayout,
  keepHeapSmall,
  readSeries,
  startGateway,
  startServer,
  writeObservations,
} from '@shanshui/server'

const unlimited = {
  maxConnections: 20_000,
  maxConnectionsPerAddress: 20_000,
  framesPerSecondPerMn: 1_000_000,
  framesPerSecondPerAddress: 1_000_000,
}

interface Order {
  readonly mode: 'product' | 'ack-only'
  readonly databaseUrl: string
  readonly port: number
}

const order = JSON.parse(process.argv[2] ?? '{}') as Order

async function startProduct(): Promise<{ port: number; stop(): Promise<void> }> {
  const config = { ...defaultConfig, databaseUrl: order.databaseUrl, logLevel: 'error' as const }
  const server = await startServer(config, { only: [], withoutFirstAdministrator: true })
  const door = { internLayout, readSeries, writeObservations }
  const gateway = await startGateway(server.deps, door, {
    host: '127.0.0.1',
    port: order.port,
    limits: unlimited,
    requeryEveryMs: 0,
  })
  process.on('message', (message) => {
    if (message === 'stats') process.send?.({ stats: { ...gateway.stats(), heap: process.memoryUsage() } })
  })
  return {
    port: gateway.port,
    async stop() {
      await gateway.stop()
      await server.stop()
    },
  }
}

async function startCeiling(): Promise<{ port: number; stop(): Promise<void> }> {
  const host = createHost({ host: '127.0.0.1', port: order.port, limits: unlimited, onFrame: () => 'ack' })
  const { port } = await host.listen()
  process.on('message', (message) => {
    if (message === 'stats') process.send?.({ stats: { memoryBytes: process.memoryUsage.rss() } })
  })
  return { port, stop: () => host.close() }
}

// as `shanshui serve --only gateway` does
keepHeapSmall()
const running = order.mode === 'product' ? await startProduct() : await startCeiling()
process.on('message', (message) => {
  if (message === 'stop') void running.stop().then(() => process.exit(0))
})
process.on('disconnect', () => process.exit(0))
process.send?.({ port: running.port })
