import type { TestProject } from 'vitest/node'
import { startCity } from './city.ts'

declare module 'vitest' {
  interface ProvidedContext {
    origin: string
    gatewayPort: number
    password: string
    startSeconds: number
  }
}

/** One city for all journeys, started by the command that the README names. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const city = await startCity()
  project.provide('origin', city.origin)
  project.provide('gatewayPort', city.gatewayPort)
  project.provide('password', city.password)
  project.provide('startSeconds', city.startSeconds)
  return () => city.stop()
}
