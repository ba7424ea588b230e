/** What a failed command prints and exits with: 2 usage, 1 refused, 70 bug. */

/** Wrong use of a command, found after the options were parsed. */
export class UsageError extends Error {}

interface Refusal {
  readonly code: string
  readonly message: string
  readonly extra?: { readonly errors?: readonly { path: string; message: string }[] }
}

/** Errors of the server's catalogue are known by their name: this file loads nothing of the server. */
function isRefusal(error: unknown): error is Error & Refusal {
  return error instanceof Error && (error.name === 'AppError' || error.name === 'ConfigError')
}

/** Address and port that another program listens on. */
function portInUse(error: unknown): string | undefined {
  const { code, address, port } = (error ?? {}) as { code?: unknown; address?: unknown; port?: unknown }
  return code === 'EADDRINUSE' ? `${address}:${port}` : undefined
}

/** Prints the failure on stderr and returns the exit code. */
export function reportFailure(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`)
    return 2
  }
  if (isRefusal(error)) {
    const code = error.code === undefined ? '' : `[${error.code}] `
    process.stderr.write(`${code}${error.message}\n`)
    return error.name === 'ConfigError' ? 2 : 1
  }
  const port = portInUse(error)
  if (port !== undefined) {
    process.stderr.write(
      `${port} 已被占用：停止占用它的程序，或用 --port（SHANSHUI_HTTP_PORT）、SHANSHUI_GATEWAY_PORT 换一个端口\n`,
    )
    return 1
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return 70
}
