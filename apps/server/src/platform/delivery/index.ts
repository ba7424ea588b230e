export { mostAttempts, waitAfter } from './backoff.ts'
export { type Channels, channelsOf, DeliveryError } from './channels.ts'
