import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../dist.ts'
import { scratchFor } from '../../run.ts'
import type { ServerJob, Started } from './program.ts'
import { start } from './processes.ts'

/**
 * Servers that cannot be told to listen on loopback alone have a network of their own, which has nothing else; they are
 * reached by sockets in a folder.
 */
export async function startApart(
  jobs: readonly ServerJob[],
  command: (job: ServerJob) => readonly string[],
): Promise<Started> {
  const folder = scratchFor('apart')
  const at = ({ port }: ServerJob) => ({ path: join(folder, `${port}.sock`) })
  const list = join(folder, 'servers.tsv')
  writeFileSync(
    list,
    jobs.map((job) => [at(job).path, job.port, ...command(job)].join('\t')).join('\n') + '\n',
  )
  const script = join(ROOT, 'test/support/handshakes/residents/apart.js')
  const { stop } = await start('unshare', ['--map-root-user', '--net', process.execPath, script, list], {
    until: (log) => /^done$/m.test(log),
  })
  return { at, stop }
}
