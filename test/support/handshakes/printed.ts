import type { Printed } from '../../../src/destinations/printed.ts'
import { settingsFor } from '../../../src/destinations/settings.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { delimiter, join } from 'node:path'
import { ROOT } from '../dist.ts'
import { freePort } from '../ports.ts'
import { pasted, started, unzipped, type Unzipped } from '../settings/bundles.ts'
import type { Made } from './files.ts'
import type { Player } from './programs/program.ts'

/** Programs with the settings that are printed for them, where it is asked who may connect. */

/** The programs of Debian, as in the other rows, and the pinned Node. */
const WITH = { PATH: [join(ROOT, 'node_modules/.bin'), '/usr/bin', '/bin', '/usr/sbin'].join(delimiter) }

const isAsked = ({ limits }: Printed): boolean =>
  !limits.some(({ code, effect }) => effect === 'nobody' || code === 'rules-ignored')

/** Whether the printed settings of a program ask what this end asks of who connects. */
export async function asksIt({ printed }: Player, { scenario }: Made, side: Side): Promise<boolean> {
  if (printed === undefined) return false
  const settings = await settingsFor(printed, { scenario, side })
  return !('lacks' in settings) && isAsked(settings)
}

const unzip = ({ printed }: Player, { scenario, keys }: Made, side: Side, port: number): Promise<Unzipped> =>
  unzipped(printed!, side, scenario, { port, key: keys[side] })

/** Starts it as the server; it is stopped with the test. */
export async function startPrinted(player: Player, made: Made): Promise<number> {
  const port = await freePort()
  await started(await unzip(player, made, 'server', port), port, WITH)
  return port
}

/** Has it ask once, as the client. */
export async function askPrinted(player: Player, made: Made, port: number): Promise<void> {
  const { folder, printed } = await unzip(player, made, 'client', port)
  for (const line of [...printed.before, ...printed.check]) {
    const { code, output } = await pasted(folder, [line], WITH)
    if (code !== 0) throw new Error(`${line} → ${code}\n${output}`)
  }
  await pasted(folder, printed.start, WITH)
}
