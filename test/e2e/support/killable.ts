import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { BrowserContext } from 'playwright'
import { chromium } from 'playwright'
import { CHROMIUM } from '../../support/browser/chromium.ts'
import { shortenRounds } from '../../support/browser/rounds.ts'

/** A Chromium of our own, with a profile folder that outlives it, that can be killed like by a power cut. */
export interface KillableChromium {
  readonly context: BrowserContext
  /** SIGKILL to the browser and all its processes; returns when they are gone. */
  kill(): Promise<void>
}

export async function launchKillable(profile: string): Promise<KillableChromium> {
  const args = [
    ...(CHROMIUM.args ?? []),
    '--headless=new',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
  ]
  const child = spawn('/usr/bin/chromium', [...args, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const exited = once(child, 'exit')
  const { pid } = child
  if (pid === undefined) throw new Error('chromium did not start')
  const end = (): void => {
    // A second time is no mistake.
    if (child.exitCode === null && child.signalCode === null) process.kill(-pid, 'SIGKILL')
  }
  // A test that fails half-way leaves no browser behind.
  process.once('exit', end)
  const kill = async (): Promise<void> => {
    end()
    await exited
    process.off('exit', end)
  }
  try {
    const browser = await chromium.connectOverCDP(
      await debuggerAddress(createInterface({ input: child.stderr })),
    )
    const [context] = browser.contexts()
    await shortenRounds(context!)
    return { context: context!, kill }
  } catch (error) {
    await kill()
    throw error
  }
}

async function debuggerAddress(lines: AsyncIterable<string>): Promise<string> {
  for await (const line of lines) {
    const address = /DevTools listening on (ws:\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('chromium ended before its debugger listened')
}
