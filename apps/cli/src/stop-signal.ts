/** One signal from a terminal or a supervisor may arrive twice: from the group, and passed on by the command's entry. */
const sameSignalMs = 1_000

/**
 * Resolves on the first signal to stop; a second one ends the process at once. Called before a start, which may take
 * a while.
 */
export function stopSignal(): Promise<void> {
  return new Promise((done) => {
    let askedAt: number | undefined
    const onSignal = (name: NodeJS.Signals) => {
      const now = performance.now()
      if (askedAt === undefined) {
        askedAt = now
        done()
      } else if (now - askedAt > sameSignalMs) {
        process.exit(name === 'SIGINT' ? 130 : 143)
      }
    }
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, onSignal)
  })
}
