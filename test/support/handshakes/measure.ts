import { chmodSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { TLS12, TLS13, type TlsVersion } from '../../../src/mtls/wire/code-points.ts'
import { scratchFor } from '../run.ts'
import { chainPem, filesOf, keyPem, roleOf, type Files, type Made } from './files.ts'
import { askServer, waitForClient, type Cell, type Waiting } from './probe.ts'
import { askPrinted, asksIt, startPrinted } from './printed.ts'
import type { ClientJob, Player, ServerJob } from './programs/program.ts'
import { freePort } from '../ports.ts'
import { several } from './programs/processes.ts'

/** What a program does in each scenario: a cell for each version of TLS; null where it has no such setting. */
export type Measured = ReadonlyMap<string, readonly [tls12: Cell, tls13: Cell] | null>

export const VERSIONS: readonly TlsVersion[] = [TLS12, TLS13]

const folderFor = (() => {
  let root: string | null = null
  return (...parts: string[]): string => {
    if (root === null) {
      root = scratchFor('handshakes')
      chmodSync(root, 0o755)
    }
    const path = join(root, ...parts)
    mkdirSync(path, { recursive: true, mode: 0o755 })
    return path
  }
})()

const filesFor = (() => {
  const made = new WeakMap<Made, Promise<Files>>()
  return (scenario: Made): Promise<Files> => {
    const known = made.get(scenario)
    if (known) return known
    const files = filesOf(scenario, roleOf(scenario.of), folderFor('files', scenario.of.id))
    made.set(scenario, files)
    return files
  }
})()

/** What the probe presents. */
const presentedBy = async ({ scenario, keys }: Made, side: 'client' | 'server') => {
  const [cert, key] = [chainPem(scenario[side].chain), await keyPem(keys[side])]
  return cert === null ? { cert: null, key: null } : { cert, key }
}

/** Has a program play the server of these scenarios. */
export async function measureServer(player: Player, all: readonly Made[]): Promise<Measured> {
  const { id, server } = player
  const measured = new Map(await measureRules(player, all))
  const jobs: (ServerJob & { made: Made })[] = []
  for (const made of all) {
    const end = made.scenario.server
    if (end.lets !== null) continue
    if (server!.cannot(end)) measured.set(made.of.id, null)
    else
      jobs.push({
        ...{ id: made.of.id, port: await freePort(), end, made, files: await filesFor(made) },
        folder: folderFor(id, made.of.id),
      })
  }
  if (jobs.length === 0) return measured
  const { at, stop } = await server!.start(jobs)
  try {
    await several(
      jobs,
      async (job) => {
        measured.set(job.id, await askedAt(at?.(job) ?? { port: job.port }, job.made))
      },
      8,
    )
  } finally {
    await stop()
  }
  return measured
}

type At = Parameters<typeof askServer>[0]

/** As the client of a scenario. */
async function askedAt(at: At, made: Made): Promise<readonly [Cell, Cell]> {
  const presented = await presentedBy(made, 'client')
  const host = made.scenario.client.host!
  const cells: Cell[] = []
  for (const version of VERSIONS) cells.push(await askServer(at, host, presented, version))
  return [cells[0]!, cells[1]!]
}

/** The same where it is asked who may connect: with the settings that are printed for the program. */
async function measureRules(player: Player, all: readonly Made[]): Promise<Measured> {
  const measured = new Map<string, readonly [Cell, Cell] | null>()
  await several(
    all.filter(({ scenario }) => scenario.server.lets !== null),
    async (made) => {
      const isAsked = await asksIt(player, made, 'server')
      const at = isAsked ? { port: await startPrinted(player, made) } : null
      measured.set(made.of.id, at && (await askedAt(at, made)))
    },
    2,
  )
  return measured
}

/** Has a program play the client of these scenarios. */
export async function measureClient(player: Player, all: readonly Made[]): Promise<Measured> {
  const { id, client } = player
  const measured = new Map<string, readonly [Cell, Cell] | null>()
  const jobs: ClientJob[] = []
  const ruled: (() => Promise<void>)[] = []
  const waiting = new Map<string, Waiting[]>()
  for (const made of all) {
    const { client: end, server } = made.scenario
    const isRuled = end.lets !== null
    if (isRuled ? !(await asksIt(player, made, 'client')) : client!.cannot({ end })) {
      measured.set(made.of.id, null)
      continue
    }
    const presented = await presentedBy(made, 'server')
    const lists = server.listsAuthorities ? server.anchors.map(({ der }) => chainPem([der])!) : []
    const files = await filesFor(made)
    for (const version of VERSIONS) {
      const offered = { ...presented, version, asks: server.asks !== 'no', lists, stapled: server.stapled }
      const one = await waitForClient(offered)
      waiting.set(made.of.id, [...(waiting.get(made.of.id) ?? []), one])
      if (isRuled) ruled.push(() => askPrinted(player, made, one.port))
      else
        jobs.push({
          ...{
            id: made.of.id,
            port: one.port,
            over: one.over,
            version,
            end,
            files,
            hasStaple: server.stapled !== null,
          },
          folder: folderFor(id, made.of.id),
        })
    }
  }
  try {
    if (jobs.length > 0) await client!.ask(jobs)
    await several(ruled, (ask) => ask(), 2)
    for (const made of all) {
      const met = waiting.get(made.of.id)
      if (!met) continue
      const cells: Cell[] = []
      for (const one of met) {
        const cell = await one.met()
        cells.push(made.of.isOfPresenter && cell === 'ok' ? (one.hasSent() ? 'sends' : 'withholds') : cell)
      }
      measured.set(made.of.id, [cells[0]!, cells[1]!])
    }
  } finally {
    for (const some of waiting.values()) for (const one of some) one.close()
  }
  return measured
}
