import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PATIENCE } from '../patience.ts'
import { freePort } from '../ports.ts'

/** WebKitGTK through WebKitWebDriver (plain WebDriver over HTTP), on its own display. */
export interface WebKit {
  open(url: string): Promise<void>
  /** Runs the body of a function in the page and awaits its promise. */
  evaluate<T>(body: string): Promise<T>
  /** Waits until an element matches. */
  waitFor(selector: string, milliseconds?: number): Promise<void>
  close(): Promise<void>
}

export async function launchWebKit(): Promise<WebKit> {
  const home = mkdtempSync(join(tmpdir(), 'rootcellar-webkit-'))
  const { child: xvfb, display } = await startDisplay()
  const port = await freePort()
  const env = webKitEnvironment(display, home)
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], { env, stdio: 'ignore', detached: true })
  const close = async (): Promise<void> => {
    await stop(driver)
    await stop(xvfb)
    rmSync(home, { recursive: true, force: true })
  }
  try {
    const base = `http://127.0.0.1:${port}`
    await untilListening(`${base}/status`)
    const { sessionId } = await call<{ sessionId: string }>(`${base}/session`, {
      capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': browserOptions() } },
    })
    return session(`${base}/session/${sessionId}`, close)
  } catch (error) {
    await close()
    throw error
  }
}

export function webKitEnvironment(display: string, home: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DISPLAY: display,
    HOME: home,
    XDG_CACHE_HOME: home,
    XDG_DATA_HOME: home,
    // The sandbox needs bubblewrap and user namespaces, which are not available to root in a container.
    WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
    LIBGL_ALWAYS_SOFTWARE: '1',
  }
}

function browserOptions() {
  const [binary] = globSync('/usr/lib/*/webkit2gtk-4.*/MiniBrowser')
  if (!binary) throw new Error('WebKitGTK has no MiniBrowser here: install webkit2gtk-driver')
  return { binary, args: ['--automation'] }
}

function session(base: string, closeDriver: () => Promise<void>): WebKit {
  const evaluate = <T>(body: string): Promise<T> =>
    call<T>(`${base}/execute/async`, {
      script: `const done = arguments[0]; (async () => { ${body} })().then(done, (error) => done({ thrown: String(error) }))`,
      args: [],
    })
  return {
    open: async (url) => {
      await call(`${base}/url`, { url })
    },
    evaluate,
    async waitFor(selector, milliseconds = PATIENCE) {
      const end = Date.now() + milliseconds
      while (
        !(await evaluate<boolean>(`return document.querySelector(${JSON.stringify(selector)}) !== null`))
      ) {
        if (Date.now() > end) throw new Error(`WebKitGTK: nothing matches ${selector}`)
        await sleep(100)
      }
    },
    async close() {
      await call(base, undefined, 'DELETE').catch(() => null)
      await closeDriver()
    },
  }
}

async function call<T>(url: string, body: unknown, method = 'POST'): Promise<T> {
  const response = await fetch(url, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
  const { value } = (await response.json()) as { value: T & { error?: string; message?: string } }
  if (!response.ok)
    throw new Error(`WebKitWebDriver: ${value.error ?? response.status}: ${value.message ?? ''}`)
  return value
}

/** Xvfb picks a free display itself and writes its number to a file descriptor. */
export async function startDisplay(): Promise<{ child: ChildProcess; display: string }> {
  const args = ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']
  const child = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true })
  const pipe = child.stdio[3]
  if (!pipe) throw new Error('no pipe to Xvfb')
  const [number] = (await Promise.race([once(pipe, 'data'), failed(child)])) as [Buffer]
  return { child, display: `:${number.toString().trim()}` }
}

async function failed(child: ChildProcess): Promise<never> {
  const [reason] = (await Promise.race([once(child, 'error'), once(child, 'exit')])) as [unknown]
  throw new Error(`Xvfb did not start: ${String(reason)}`)
}

async function untilListening(url: string): Promise<void> {
  const end = Date.now() + PATIENCE
  for (;;) {
    try {
      await fetch(url)
      return
    } catch (error) {
      if (Date.now() > end) throw new Error(`WebKitWebDriver does not listen at ${url}`, { cause: error })
      await sleep(100)
    }
  }
}

/** Ends a program and its children: they share a process group of their own. */
export async function stop(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  await ended
}
