import { spawn } from 'node:child_process'
import { chmodSync, existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { zipOf } from '../../../src/containers/zip.ts'
import { bundleOf } from '../../../src/destinations/bundle.ts'
import type { DestinationId, Printed } from '../../../src/destinations/printed.ts'
import { settingsFor } from '../../../src/destinations/settings.ts'
import { labSettings } from '../../../src/messages/en/ui/lab-settings.ts'
import type { Rule } from '../../../src/mtls/rules/rule.ts'
import type { Scenario } from '../../../src/mtls/scenario.ts'
import { utf8 } from '../../../src/octets.ts'
import { CN, type Drawn } from '../../../src/services/validate/examples/draw.ts'
import { Cast, stage, usual, type Ends, type Usual } from '../../../src/services/lab/ready/stage.ts'
import { exportPrivateKey } from '../../../src/webcrypto/keys.ts'
import { EKU_OIDS } from '../../../src/x509/oids.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { isListening } from '../ports.ts'
import { once, run, scratch, succeed, type Outcome } from '../run.ts'

/** Settings as they are downloaded, unzipped and started on loopback. */

/** By the clock of the machine, as the programs. */
export const cast = new Cast(new Date())

/** Who may ask: two clients of one CA, and those that TLS refuses. */
export const parties = once(async () => {
  const given: Usual = await usual(cast)
  const { root, clientCa } = given
  const otherRoot = await cast.root('Other Root')
  const otherCa = await cast.ca(otherRoot, 'Other Issuing CA')
  const groupB = await cast.ca(root, 'Group B CA')
  const second = await cast.client(clientCa, {
    subject: [CN('second.example.com')],
    extensions: { subjectAltName: [{ kind: 'dNSName', value: 'second.example.com' }] },
  })
  const revoked = await cast.client(clientCa)
  return {
    given,
    otherRoot,
    second: [second, clientCa],
    groupB: [await cast.client(groupB), groupB],
    spiffe: [
      await cast.client(clientCa, {
        extensions: {
          extKeyUsage: [EKU_OIDS.clientAuth, EKU_OIDS.emailProtection],
          subjectAltName: [{ kind: 'uniformResourceIdentifier', value: 'spiffe://lab.test/web' }],
        },
      }),
      clientCa,
    ],
    stranger: [await cast.client(otherCa), otherCa],
    expired: [await cast.client(clientCa, { notAfter: cast.inDays(-1) }), clientCa],
    revoked: [revoked, clientCa],
    lists: await Promise.all([cast.list(root), cast.list(clientCa, revoked)]),
  }
})

/** A scenario of the usual two ends, changed. */
export async function scenarioOf(ends: Ends = {}): Promise<{ scenario: Scenario; given: Usual }> {
  const { given } = await parties()
  return { scenario: stage(cast, given, ends).scenario, given }
}

export const letsIn = (lets: Rule | null): Ends => ({ server: { set: { lets } } })

const keyPem = async ({ privateKey }: Drawn): Promise<Uint8Array> =>
  utf8(encodePem('PRIVATE KEY', await exportPrivateKey(privateKey)))

export interface Unzipped {
  readonly printed: Printed
  readonly folder: string
}

/** Prints, bundles, zips and unzips. */
export async function unzipped(
  id: DestinationId,
  side: Printed['side'],
  scenario: Scenario,
  { port, localPort, key = null }: { port?: number; localPort?: number; key?: Drawn | null },
): Promise<Unzipped> {
  const order = { scenario, side, ...(port && { port }), ...(localPort && { localPort }) }
  const printed = await settingsFor(id, order)
  if ('lacks' in printed) throw new Error(`${id} as ${side}: ${printed.lacks}`)
  const files = bundleOf(printed, labSettings, key && (await keyPem(key)))
  const { path, file } = scratch()
  const zip = file(
    'settings.zip',
    zipOf(Object.fromEntries(files.map(({ name, bytes }) => [name, bytes])), cast.at),
  )
  const folder = join(path, 'unzipped')
  await succeed('unzip', ['-q', zip, '-d', folder])
  // Programs give up the rights of root, and have to read here all the same.
  chmodSync(path, 0o755)
  return { printed, folder }
}

/** The pinned Node comes first on the path of the tests; what Debian keeps outside an ordinary path last. */
const env = (): Record<string, string> => ({
  PATH: [process.env.PATH, '/usr/sbin'].join(delimiter),
  // Of a key that lives for one test.
  STORE_PASSWORD: 'for-one-test',
})

/** Runs printed lines as they are pasted. */
export const pasted = (
  folder: string,
  lines: readonly string[],
  more: Record<string, string> = {},
): Promise<Outcome> => run('/bin/sh', ['-c', lines.join('\n')], { cwd: folder, env: { ...env(), ...more } })

export interface Running {
  /** What it has written so far. */
  readonly log: () => string
}

/** Runs what comes before, checks the settings as the program does, starts it, and waits until the port answers. */
export async function started(
  { printed, folder }: Unzipped,
  port: number,
  more: Record<string, string> = {},
): Promise<Running> {
  for (const line of [...printed.before, ...printed.check]) {
    const { code, output } = await pasted(folder, [line], more)
    if (code !== 0) throw new Error(`${line} → ${code}\n${output}`)
  }
  const child = spawn('/bin/sh', ['-c', printed.start.join('\n')], {
    cwd: folder,
    env: { ...process.env, ...env(), ...more },
    detached: true,
  })
  let log = ''
  const state = { isOver: false }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (log += String(data)))
  child.on('exit', () => (state.isOver = true))
  onTestFinished(() => {
    // The whole group: the shell has children.
    if (!state.isOver) process.kill(-child.pid!, 'SIGTERM')
  })
  for (let tries = 0; !(await isListening(port)); tries++) {
    if (state.isOver || tries === 600) throw new Error(`${printed.start.join(' ')} did not start:\n${log}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  // Some write into files beside their settings.
  const written = () =>
    ['access.log', 'error.log']
      .map((name) => join(folder, name))
      .filter((file) => existsSync(file))
      .map((file) => readFileSync(file, 'utf8'))
  return { log: () => [log, ...written()].join('') }
}

/** A folder with the files of a client, from which the server is asked as printed. */
export async function clientFolder(scenario: Scenario, sends: readonly Drawn[]): Promise<string> {
  const client = { ...scenario.client, chain: sends.map(({ certificate }) => certificate.der) }
  const { folder } = await unzipped('node', 'client', { ...scenario, client }, { key: sends[0] ?? null })
  return folder
}

/** Asks with the printed command: the status of the answer, or that there is none. */
export async function status(folder: string, lines: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await pasted(folder, [`${lines.join('\n')} -sS -o body -w '%{http_code}'`])
  return code === 0 ? stdout : `none ${stderr}`.trim()
}
