/** Prometheus metrics; rooms add theirs with `new Counter({ …, registers: [metrics] })`. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export { Counter, Gauge, Histogram }

export const metrics = new Registry()

let collecting = false
/** Memory, event loop and garbage collection of the process; once. */
export function collectProcessMetrics(): void {
  if (collecting) return
  collecting = true
  collectDefaultMetrics({ register: metrics })
}

export const httpSeconds = new Histogram({
  name: 'shanshui_http_request_seconds',
  help: 'Time to answer a request',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  registers: [metrics],
})
