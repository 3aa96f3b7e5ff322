import type { Socket } from 'node:net'
import tls from 'node:tls'
import { TLS12, TLS13, type TlsVersion } from '../../../src/mtls/wire/code-points.ts'

/**
 * The side that a program judges: the pinned Node, which presents what a scenario holds and says what came back, as the
 * tables of `src/mtls/programs` write it: `ok`, an alert's number, `h` and the status of an answer, `cut` (closed without
 * an alert), `hs,cut` (the same by a client, once the handshake was complete), `n/a` (nothing in common), `none` (nobody
 * came). With `r` before it the probe's own handshake had ended well: it was read after that. What a client sends:
 * `sends` or `withholds`.
 */
export type Cell = string

export interface Presented {
  readonly cert: string | null
  readonly key: string | null
}

const NAMES = { [TLS12]: 'TLSv1.2', [TLS13]: 'TLSv1.3' } as const
/** Presents what today's settings would not: the program is to judge it. */
const ANYTHING = { ciphers: 'DEFAULT@SECLEVEL=0' } as const
const only = (version: TlsVersion) => ({ minVersion: NAMES[version], maxVersion: NAMES[version] })
const own = ({ cert, key }: Presented) => ({ ...(cert && { cert }), ...(key && { key }) })
const REQUEST = (host: string): string => `GET / HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`

/** How long a server may think about a certificate before it is asked; one that sends tickets is asked at once. */
const QUIET = 600

/** Asks a program that listens as the server. */
export async function askServer(
  at: { port: number } | { path: string },
  host: string,
  presented: Presented,
  version: TlsVersion,
): Promise<Cell> {
  let last: Cell = ''
  // An alert is lost if the request is written before it has come; with more patience it comes.
  for (const quiet of [QUIET, 4 * QUIET]) {
    const met = await askOnce(at, host, presented, version, quiet)
    if (!met.isReset) return met.cell
    last = met.cell
  }
  return last
}

interface Met {
  readonly cell: Cell
  readonly isReset: boolean
}

function askOnce(
  at: { port: number } | { path: string },
  host: string,
  presented: Presented,
  version: TlsVersion,
  quiet: number,
): Promise<Met> {
  return new Promise((resolve) => {
    let isComplete = false
    let text = ''
    let failure: Error | null = null
    let timer: NodeJS.Timeout | undefined
    const socket = tls.connect({
      ...('path' in at ? at : { host: '127.0.0.1', ...at }),
      ...{ servername: host, rejectUnauthorized: false, ...only(version), ...ANYTHING, ...own(presented) },
    })
    const write = (): void => {
      clearTimeout(timer)
      timer = undefined
      if (isComplete && !socket.destroyed && text === '' && socket.bytesWritten === 0)
        socket.write(REQUEST(host))
    }
    socket.setTimeout(20_000, () => socket.destroy(new Error('no answer')))
    socket.on('secureConnect', () => {
      isComplete = true
      timer = setTimeout(write, version === TLS12 ? 0 : quiet)
    })
    // A ticket of TLS 1.3 comes once the server has judged.
    socket.on('session', () => {
      if (version === TLS13) setTimeout(write, 20)
    })
    socket.on('data', (data: Buffer) => (text += data.toString('latin1')))
    socket.on('error', (error) => (failure ??= error))
    socket.on('close', () => {
      clearTimeout(timer)
      const [, status] = /^HTTP\/1\.[01] (\d+)/.exec(text) ?? []
      const alert = alertIn(failure)
      const isReset = status === undefined && alert === null && isComplete && version === TLS13
      if (status !== undefined) resolve({ cell: status === '200' ? 'ok' : `h${status}`, isReset })
      else if (alert !== null) resolve({ cell: isComplete ? `r${alert}` : alert, isReset })
      else if (failure?.message === 'no answer') resolve({ cell: 'none', isReset: false })
      else resolve({ cell: isComplete ? 'rcut' : 'cut', isReset })
    })
  })
}

function alertIn(error: (Error & { code?: string }) | null): Cell | null {
  const [, number] = /SSL alert number (\d+)/.exec(error?.message ?? '') ?? []
  if (number !== undefined) return number
  return /NO_SUITABLE_SIGNATURE_ALGORITHM|NO_SHARED_(CIPHER|SIGNATURE)|NO_COMMON/i.test(
    error?.code ?? error?.message ?? '',
  )
    ? 'n/a'
    : null
}

export interface Waiting {
  readonly port: number
  /** What a program met it with, once that is over. */
  readonly met: () => Promise<Cell>
  /** Resolves once it has gone, or was answered. */
  readonly over: Promise<void>
  /** Whether it sent a certificate. */
  readonly hasSent: () => boolean
  readonly close: () => void
}

export interface Offered extends Presented {
  readonly version: TlsVersion
  readonly asks: boolean
  /** PEM of the certificates whose names its request lists. */
  readonly lists: readonly string[]
  readonly stapled: Uint8Array | null
}

/** Waits for a program as the client. */
export function waitForClient(offered: Offered): Promise<Waiting> {
  const { version, asks, lists, stapled } = offered
  const server = tls.createServer({
    ...{ requestCert: asks, rejectUnauthorized: false, ...only(version), ...ANYTHING, ...own(offered) },
    ca: [...lists],
  })
  const state: { cell: Cell | null; hasSent: boolean } = {
    ...{ cell: null, hasSent: false },
  }
  const open = new Set<Socket>()
  let end = (): void => {}
  const over = new Promise<void>((resolve) => (end = resolve))
  server.on('connection', (socket: Socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket) && end()).on('error', () => {})
  })
  if (stapled) server.on('OCSPRequest', (_own, _issuer, answer) => answer(null, Buffer.from(stapled)))
  server.on('tlsClientError', (error) => (state.cell ??= alertIn(error) ?? 'cut'))
  server.on('secureConnection', (socket) => {
    state.hasSent = Object.keys(socket.getPeerCertificate()).length > 0
    socket.on('data', () => {
      if (state.cell === 'ok') return
      state.cell = 'ok'
      // Some keep the connection for as long as they have input.
      setTimeout(end, 100)
      socket.end('HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nok\n')
    })
    socket.on('error', (error) => (state.cell ??= alertIn(error)))
    socket.on('close', () => (state.cell ??= 'hs,cut'))
  })
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      resolve({
        port,
        over,
        hasSent: () => state.hasSent,
        met: async () => {
          for (let tries = 0; state.cell === null && open.size > 0 && tries < 100; tries++)
            await new Promise((next) => setTimeout(next, 20))
          return state.cell ?? 'none'
        },
        close: () => {
          server.close()
          for (const socket of open) socket.destroy()
        },
      })
    })
  })
}
