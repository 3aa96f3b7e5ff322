import { readFile } from 'node:fs/promises'

/** Below those that outgoing connections take (ip_local_port_range): one of them could be faster than the server. */
const [LOWEST, HIGHEST] = [12_000, 32_000]
let next = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST))

/** A port of loopback that nobody holds, and that this process was not given before. */
export async function freePort(): Promise<number> {
  for (let tries = LOWEST; tries < HIGHEST; tries++) {
    next = next + 1 >= HIGHEST ? LOWEST : next + 1
    // While this one is looked at, another call goes on.
    const port = next
    if (!(await isListening(port))) return port
  }
  throw new Error('no free port on loopback')
}

const LISTENING = '0A'

/**
 * Whether some program listens on the port, as the kernel has it (proc_net_tcp): a probe that binds it takes it from the
 * program that is about to, and one that connects is one of its clients.
 */
export async function isListening(port: number): Promise<boolean> {
  const held = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((path) => readFile(path, 'utf8')))
  return tables.some((table) =>
    table.split('\n').some((line) => {
      const [, local, , state] = line.trim().split(/\s+/)
      return state === LISTENING && local?.endsWith(held) === true
    }),
  )
}
