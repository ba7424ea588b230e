/**
 * Wrong tries for logins that nobody has. They are locked as those of people are, so that a lock does not tell which
 * logins exist. Kept in memory: there is no account whose safety depends on it.
 */
export interface LockRule {
  readonly maxFailures: number
  readonly lockMs: number
}

interface Tries {
  failures: number
  lockedUntilMs: number
}

const mostLogins = 10_000

export class UnknownLogins {
  readonly #tries = new Map<string, Tries>()

  /** Counts one more try; until when the login is locked, or undefined while it is not. */
  fail(login: string, nowMs: number, rule: LockRule): number | undefined {
    const known = this.#tries.get(login)
    if (known !== undefined && known.lockedUntilMs > nowMs) return known.lockedUntilMs
    const failures = (known === undefined || known.lockedUntilMs > 0 ? 0 : known.failures) + 1
    const locks = failures >= rule.maxFailures
    const tries = { failures: locks ? 0 : failures, lockedUntilMs: locks ? nowMs + rule.lockMs : 0 }
    this.#remember(login, tries)
    return locks ? tries.lockedUntilMs : undefined
  }

  #remember(login: string, tries: Tries): void {
    this.#tries.delete(login)
    this.#tries.set(login, tries)
    const [oldest] = this.#tries.keys()
    if (this.#tries.size > mostLogins && oldest !== undefined) this.#tries.delete(oldest)
  }
}
