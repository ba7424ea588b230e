/** What the gateway tells Prometheus. Counted once a batch, not once a frame. */
import { Counter, Gauge, Histogram, metrics } from '../../platform/metrics.ts'

const registers = [metrics]

export const framesCounter = new Counter({
  name: 'shanshui_gateway_frames_total',
  help: 'Frames written, by outcome: accepted or quarantined',
  labelNames: ['outcome'],
  registers,
})
export const valuesCounter = new Counter({
  name: 'shanshui_gateway_rows_total',
  help: 'Rows of values, by effect: inserted, revised, unchanged (repeated by the device)',
  labelNames: ['effect'],
  registers,
})
export const faultsCounter = new Counter({
  name: 'shanshui_gateway_write_faults_total',
  help: 'Batches that could not be written at once and were tried again',
  registers,
})
export const batchSeconds = new Histogram({
  name: 'shanshui_gateway_batch_seconds',
  help: 'Time from the begin to the commit of a batch',
  buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers,
})
export const batchFrames = new Histogram({
  name: 'shanshui_gateway_batch_frames',
  help: 'Frames in a batch',
  buckets: [1, 3, 10, 30, 100, 300, 1000, 3000, 5000],
  registers,
})
export const connectionsGauge = new Gauge({
  name: 'shanshui_gateway_connections',
  help: 'Open connections of field machines',
  registers,
})
export const queueGauge = new Gauge({
  name: 'shanshui_gateway_queue_frames',
  help: 'Frames received and not yet committed',
  registers,
})
export const ackGauge = new Gauge({
  name: 'shanshui_gateway_ack_p99_seconds',
  help: 'Time from receipt to acknowledgement, 99th percentile of the last 4096 frames',
  registers,
})
