/** Lets a loop sleep until there is work; a call that comes while it works is not lost. */
export class Waker {
  #called = false
  #wake: () => void = () => {}

  /** Bound, so that it can be handed on as a listener. */
  readonly call = (): void => {
    this.#called = true
    this.#wake()
  }

  /**
   * Until somebody calls or so many milliseconds have passed; at once when somebody has called since the last sleep.
   * @param gatherMs after a call so much longer, so that those which follow in a burst are served together
   */
  async sleep(ms: number, gatherMs = 0): Promise<void> {
    if (!this.#called) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms)
        this.#wake = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
    if (this.#called && gatherMs > 0) await new Promise((resolve) => setTimeout(resolve, gatherMs))
    this.#called = false
  }
}
