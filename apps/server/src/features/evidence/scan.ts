/** The virus scanner: a command of the operator's, run without a shell, with the file as its last argument. */
import { execFile } from 'node:child_process'

export type ScanAnswer = 'clean' | 'infected' | 'failed'

const limitMs = 120_000

/** Words of a command line; double quotes keep blanks together. */
export function commandWords(command: string): string[] {
  return [...command.matchAll(/"([^"]*)"|(\S+)/g)].map((match) => match[1] ?? match[2] ?? '')
}

/** Exit code 0 is clean, 1 infected (as clamscan and clamdscan say); anything else means that nothing is known. */
export function scanFile(command: string, path: string): Promise<{ answer: ScanAnswer; detail: string }> {
  const [program, ...words] = commandWords(command)
  if (program === undefined) return Promise.resolve({ answer: 'failed', detail: 'empty command' })
  return new Promise((done) => {
    execFile(
      program,
      [...words, path],
      { timeout: limitMs, shell: false, maxBuffer: 1_048_576, env: { PATH: '/usr/local/bin:/usr/bin:/bin' } },
      (error, stdout, stderr) => {
        const detail = `${stdout}${stderr}`.trim().slice(0, 500)
        if (error === null) done({ answer: 'clean', detail })
        else if (error.code === 1) done({ answer: 'infected', detail })
        else done({ answer: 'failed', detail: detail === '' ? error.message : detail })
      },
    )
  })
}
