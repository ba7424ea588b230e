export { mostAttempts, waitAfter } from './backoff.ts'
export {
  type Channel,
  type ChannelName,
  type Channels,
  channelsOf,
  DeliveryError,
  emailChannel,
  type OutgoingMessage,
  smsChannel,
  textOf,
  wecomChannel,
} from './channels.ts'
