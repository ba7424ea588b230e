/**
 * A server process for the tests of the supervisor: starts the embedded database of a folder, says so in one line of
 * JSON, and stops it in order when its standard input ends.
 */
import { silentLogger } from '../log.ts'
import { startEmbedded } from './embedded.ts'

const [dataDir = '', postgresBin = ''] = process.argv.slice(2)
try {
  const database = await startEmbedded({ dataDir, postgresBin, log: silentLogger })
  const { connectionString, pid, clusterDir } = database
  process.stdout.write(`${JSON.stringify({ connectionString, pid, clusterDir })}\n`)
  process.stdin.resume()
  process.stdin.on('end', () => void database.stop().then(() => process.exit(0)))
} catch (error) {
  const { code, message } = error as { code?: string; message: string }
  process.stdout.write(`${JSON.stringify({ code, message })}\n`)
  process.exit(1)
}
