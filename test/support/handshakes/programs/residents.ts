import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../dist.ts'
import { once, scratchFor, succeed } from '../../run.ts'
import type { ClientJob, Player, ServerJob, Started } from './program.ts'
import { start } from './processes.ts'

/** Programs that stay: each of `residents/` reads its jobs from a file, and plays one side of all. */

const FOLDER = join(ROOT, 'test/support/handshakes/residents')

interface Job {
  readonly id: string
  readonly port: number
  readonly files: ServerJob['files']
  readonly host: string
  readonly checksHost: boolean
  readonly asks: string
  readonly verifies: string
  readonly maxDepth: number | null
  readonly checksStaple: boolean
}

const line = ({ id, port, files, host, checksHost, asks, verifies, maxDepth, checksStaple }: Job): string =>
  [
    ...[id, port, files.cert ?? '-', files.key ?? '-', files.ca],
    files.crls.length > 0 ? files.crls.join(',') : '-',
    ...[host, checksHost ? 'yes' : 'no', asks, verifies, maxDepth ?? -1, checksStaple ? 'yes' : 'no'],
  ].join('\t')

const ofServer = ({ id, port, files, end }: ServerJob): Job => ({
  ...{ id, port, files, host: '-', checksHost: false, asks: end.asks, verifies: end.verifies },
  ...{ maxDepth: end.maxDepth, checksStaple: false },
})
const ofClient = ({ id, port, files, end, hasStaple }: ClientJob): Job => ({
  ...{ id, port, files, host: end.host!, checksHost: end.checksHost, asks: '-', verifies: end.verifies },
  ...{ maxDepth: end.maxDepth, checksStaple: hasStaple },
})

type Command = () => Promise<readonly string[]>

const run = async (command: Command, mode: 'serve' | 'ask', jobs: readonly Job[]): Promise<Started> => {
  const list = join(scratchFor('jobs'), 'jobs.tsv')
  writeFileSync(list, jobs.map(line).join('\n') + '\n')
  const [program, ...args] = await command()
  return start(program!, [...args, mode, list], { until: (log) => /^done$/m.test(log) })
}

const player = (
  of: Pick<Player, 'id' | 'program' | 'printed' | 'name' | 'version'>,
  command: Command,
  cannot: {
    readonly server: NonNullable<Player['server']>['cannot']
    readonly client: NonNullable<Player['client']>['cannot']
  },
): Player => ({
  ...of,
  server: { cannot: cannot.server, start: (jobs) => run(command, 'serve', jobs.map(ofServer)) },
  client: {
    cannot: cannot.client,
    ask: async (jobs) => {
      await (await run(command, 'ask', jobs.map(ofClient))).stop()
    },
  },
})

const printed = (command: string, args: readonly string[], pattern: RegExp) => async (): Promise<string> => {
  const { output } = await succeed(command, args)
  return pattern.exec(output)?.[1] ?? output.trim()
}

/** It verifies all or nothing in TLS, and has no limit of the depth. */
const nodePlayer = (id: string, command: string, settings: Pick<Player, 'printed'> = {}): Player =>
  player(
    {
      ...settings,
      ...{ id, program: 'node', name: `Node ${id.replace('node', '')}` },
      version: printed(command, ['--version'], /v(.+)/),
    },
    () => Promise.resolve([command, join(FOLDER, 'peer.js')]),
    {
      server: ({ asks, verifies, maxDepth }) =>
        maxDepth !== null || (asks === 'optional' && verifies !== 'no'),
      client: ({ end }) => end.maxDepth !== null,
    },
  )

export const node20 = nodePlayer('node20', '/usr/bin/node')
export const node26 = nodePlayer('node26', join(ROOT, 'node_modules/.bin/node'), { printed: 'node' })

const built = once(async () => {
  const program = join(scratchFor('peer-go'), 'peer')
  await succeed('go', ['build', '-o', program, join(FOLDER, 'peer.go')])
  return [program]
})

export const go = player(
  { id: 'go', program: 'go', printed: 'go', name: 'Go', version: printed('go', ['version'], /go(\d\S+)/) },
  built,
  {
    server: ({ lists, maxDepth }) => lists.length > 0 || maxDepth !== null,
    client: ({ end: { lists, maxDepth } }) => lists.length > 0 || maxDepth !== null,
  },
)

export const java = player(
  {
    id: 'java',
    program: 'java',
    printed: 'java',
    name: 'Java',
    version: printed('java', ['-version'], /version "([^"]+)"/),
  },
  once(async () => {
    const folder = scratchFor('peer-java')
    await succeed('javac', ['-d', folder, join(FOLDER, 'Peer.java')])
    return ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', folder, 'Peer']
  }),
  { server: () => false, client: () => false },
)

export const python = player(
  {
    ...{ id: 'python', program: 'python', printed: 'python', name: 'Python' },
    version: printed('/usr/bin/python3', ['--version'], /Python (.+)/),
  },
  () => Promise.resolve(['/usr/bin/python3', join(FOLDER, 'peer.py')]),
  {
    server: ({ asks, verifies, maxDepth }) => maxDepth !== null || (asks !== 'no' && verifies === 'no'),
    client: ({ end }) => end.maxDepth !== null,
  },
)
