/** Waits between tries: short at first, a working day in all; after that somebody must look. */
const waitsSeconds = [15, 60, 300, 900, 3_600, 10_800, 21_600]
export const mostAttempts = waitsSeconds.length + 1

/** Milliseconds to wait after the `attempts`-th try failed; undefined: give up. */
export function waitAfter(attempts: number): number | undefined {
  const seconds = waitsSeconds[attempts - 1]
  return seconds === undefined ? undefined : seconds * 1000
}
