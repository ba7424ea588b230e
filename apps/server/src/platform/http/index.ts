export type { RouteAccess } from './access.ts'
export { type AppOptions, buildApp } from './app.ts'
export type { HealthCheck } from './health.routes.ts'
export type { App, Authenticate, Identified } from './types.ts'
