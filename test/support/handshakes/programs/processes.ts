import { spawn, type ChildProcess } from 'node:child_process'
import { delimiter } from 'node:path'
import { isListening } from '../../ports.ts'
import { missing } from '../../run.ts'

/** Programs that are started, watched and killed. */

const alive = new Set<ChildProcess>()
process.on('exit', () => {
  for (const child of alive) kill(child)
})

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // Over in the meantime.
  }
}

/** What Debian keeps outside an ordinary path. */
export const PATH = [process.env.PATH, '/usr/sbin'].join(delimiter)

export interface Running {
  readonly log: () => string
  readonly stop: () => Promise<void>
  readonly child: ChildProcess
}

/** Of a shell, for a program that is not there. */
const NOT_FOUND = 127
/** The group ends with its input, and so with this process, however that ends. */
const ENDS_WITH_US = 'exec 3<&0; (cat <&3; kill -9 0) >/dev/null 2>&1 & exec "$@"'

/** Starts a program in a group of its own; `until` looks at what it has written. */
export async function start(
  command: string,
  args: readonly string[],
  { cwd, until }: { cwd?: string; until: (log: string) => boolean | Promise<boolean> },
): Promise<Running> {
  const child = spawn('/bin/sh', ['-c', ENDS_WITH_US, command, command, ...args], {
    ...(cwd && { cwd }),
    detached: true,
    env: { ...process.env, PATH, LC_ALL: 'C' },
  })
  alive.add(child)
  let log = ''
  const state: { failure: Error | null; isOver: boolean } = { failure: null, isOver: false }
  child.on('error', (error) => (state.failure = error))
  const over = new Promise<void>((resolve) => {
    child.on('exit', (code) => {
      if (code === NOT_FOUND) state.failure = new Error(missing(command))
      state.isOver = true
      alive.delete(child)
      resolve()
    })
    child.on('error', () => resolve())
  })
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (log += String(data)))
  child.stdin.on('error', () => {})
  const stop = async (): Promise<void> => {
    kill(child)
    await over
  }
  for (let tries = 0; ; tries++) {
    if (state.failure) throw state.failure
    if (await until(log)) return { log: () => log, stop, child }
    if (state.isOver || tries === 1200) {
      await stop()
      throw new Error(`${command} ${args.join(' ')} did not start:\n${log}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

export async function allListen(ports: readonly number[]): Promise<boolean> {
  for (const port of ports) if (!(await isListening(port))) return false
  return true
}

/** Runs a program to its end with what it reads, and not for long: what it says is not looked at. */
export function runOnce(
  command: string,
  args: readonly string[],
  { input = '', until }: { input?: string; until?: Promise<void> } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { detached: true, env: { ...process.env, PATH, LC_ALL: 'C' } })
    alive.add(child)
    let log = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (log += String(data)))
    const timer = setTimeout(() => kill(child), 15_000)
    child.on('error', (error: Error & { code?: string }) => {
      clearTimeout(timer)
      alive.delete(child)
      reject(error.code === 'ENOENT' ? new Error(missing(command)) : error)
    })
    child.on('close', () => {
      clearTimeout(timer)
      alive.delete(child)
      resolve(log)
    })
    child.stdin.on('error', () => {})
    child.stdin.write(input)
    // Some end with their input, others never.
    if (!until) child.stdin.end()
    else
      void until.then(() => {
        child.stdin.end()
        setTimeout(() => kill(child), 500)
      })
  })
}

/** Does some of the work at a time. */
export async function several<T>(
  all: readonly T[],
  work: (one: T) => Promise<void>,
  atOnce = 4,
): Promise<void> {
  const left = all.values()
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const one of left) await work(one)
    }),
  )
}
