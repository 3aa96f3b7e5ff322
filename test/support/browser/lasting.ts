import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { PATIENCE } from '../patience.ts'
import { launchChromiumProfile } from './chromium.ts'
import { launchFirefox } from './firefox.ts'
import { startDisplay, stop, webKitEnvironment } from './webkit.ts'

/** A browser with a profile folder: closing it and launching it with the same folder continues the same profile. */
export interface Lasting {
  tab(): Promise<Tab>
  close(): Promise<void>
}

export interface Tab {
  open(url: string): Promise<void>
  /** Runs the body of an async function in the page. */
  evaluate<T>(body: string): Promise<T>
  waitFor(selector: string, milliseconds?: number): Promise<void>
}

export type Engine = 'Chromium' | 'Firefox' | 'WebKitGTK'

export const ENGINES: Readonly<Record<Engine, (profile: string) => Promise<Lasting>>> = {
  Chromium: async (profile) => {
    const context = await launchChromiumProfile(profile)
    return {
      tab: async () => {
        const page = await context.newPage()
        return tabOf(
          (url) => page.goto(url),
          (expression) => page.evaluate(expression),
        )
      },
      close: () => context.close(),
    }
  },
  Firefox: async (profile) => {
    mkdirSync(profile, { recursive: true })
    const browser = await launchFirefox(profile)
    return {
      tab: async () => {
        const page = await browser.newPage()
        return tabOf(
          (url) => page.goto(url),
          (expression) => page.evaluate(expression),
        )
      },
      close: () => browser.close(),
    }
  },
  WebKitGTK: launchLastingWebKit,
}

function tabOf(open: (url: string) => Promise<unknown>, run: (expression: string) => Promise<unknown>): Tab {
  return {
    open: async (url) => {
      await open(url)
    },
    // The browser itself evaluates an expression, without compiling a string in the page.
    evaluate: async <T>(body: string) => (await run(`(async () => {${body}})()`)) as T,
    waitFor: (selector, milliseconds) =>
      untilMatches(selector, (expression) => run(expression), milliseconds),
  }
}

const PROGRAM = fileURLToPath(new URL('lasting-webkit.py', import.meta.url))
type Answer = { id: number; value?: unknown; error?: string }

async function launchLastingWebKit(profile: string): Promise<Lasting> {
  mkdirSync(profile, { recursive: true })
  const { child: xvfb, display } = await startDisplay()
  const browser = spawn('/usr/bin/python3', [PROGRAM, profile, profile], {
    env: webKitEnvironment(display, join(profile, 'home')),
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  })
  const ask = askingOf(browser)
  let tabs = 0
  return {
    tab: () => {
      const tab = String(++tabs)
      const evaluate = <T>(body: string) => ask({ tab, evaluate: body }) as Promise<T>
      return Promise.resolve({
        open: async (url) => {
          await ask({ tab, open: url })
        },
        evaluate,
        waitFor: (selector, milliseconds) =>
          untilMatches(selector, (expression) => evaluate(`return ${expression}`), milliseconds),
      })
    },
    close: async () => {
      browser.stdin.end()
      await Promise.race([once(browser, 'exit'), sleep(10_000)])
      await stop(browser)
      await stop(xvfb)
    },
  }
}

/** One line per request, one line per reply. */
function askingOf(browser: ChildProcess): (wish: object) => Promise<unknown> {
  const waiting = new Map<number, (answer: Answer) => void>()
  let complaint = ''
  let lastId = 0
  let ended: string | null = null
  browser.stderr?.on('data', (text: Buffer) => (complaint += text.toString()))
  if (browser.stdout)
    createInterface(browser.stdout).on('line', (line) => {
      const answer = JSON.parse(line) as Answer
      waiting.get(answer.id)?.(answer)
      waiting.delete(answer.id)
    })
  const end = (): void => {
    ended = /No module|Namespace \w+ not available/.test(complaint)
      ? 'WebKitGTK for Python is missing: apt-get install python3-gi gir1.2-webkit2-4.1'
      : `WebKitGTK ended: ${complaint}`
    for (const [id, tell] of waiting) tell({ id, error: ended })
  }
  browser.on('error', (error) => {
    complaint += error.message
    end()
  })
  browser.on('close', end)
  return async (wish) => {
    if (ended !== null) throw new Error(ended)
    const id = ++lastId
    const answer = await new Promise<Answer>((resolve) => {
      waiting.set(id, resolve)
      browser.stdin?.write(`${JSON.stringify({ id, ...wish })}\n`)
    })
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer.value
  }
}

async function untilMatches(
  selector: string,
  run: (expression: string) => Promise<unknown>,
  milliseconds = PATIENCE,
): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await run(`document.querySelector(${JSON.stringify(selector)}) !== null`))) {
    if (Date.now() > end) throw new Error(`nothing matches ${selector}`)
    await sleep(100)
  }
}
