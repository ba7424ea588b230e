export { announceIn, type EventMessage, type Events, openEvents, topicMatches } from './events.ts'
