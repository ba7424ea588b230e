/** Number of the request that work is done for; goes into audit entries without being passed by hand. */
import { AsyncLocalStorage } from 'node:async_hooks'

const storage = new AsyncLocalStorage<{ requestId: string }>()

export const currentRequestId = (): string | null => storage.getStore()?.requestId ?? null
export const enterRequest = (requestId: string, next: () => void): void => storage.run({ requestId }, next)
