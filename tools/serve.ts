// Serves a folder on loopback: `node tools/serve.ts [folder] [port]`. Without a port, 4780 or the next free one.
import { spawn } from 'node:child_process'
import { createReadStream, realpathSync, statSync } from 'node:fs'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, resolve, sep } from 'node:path'
import { argv, env, platform } from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { FRAME_POLICY } from '../src/csp/policy.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
  '.sha256': 'text/plain; charset=utf-8',
}

/** Serves `folder` on 127.0.0.1; port 0 takes any. Resolves to the server, which is listening. */
export function serve(folder: string, port = 0): Promise<Server> {
  const root = realpathSync(folder)
  const server = createServer((request, response) => answer(root, request, response))
  return new Promise((settle, fail) => {
    server.once('error', fail)
    server.listen(port, '127.0.0.1', () => settle(server))
  })
}

function answer(root: string, request: IncomingMessage, response: ServerResponse): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    refuse(response, 405)
    return
  }
  const file = locate(root, request.url ?? '/')
  if (!file) {
    refuse(response, 404)
    return
  }
  response.writeHead(200, {
    'content-type': TYPES[extname(file.path)] ?? 'application/octet-stream',
    'content-length': file.size,
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
    // Cannot be set in a <meta> policy.
    'content-security-policy': FRAME_POLICY,
  })
  if (request.method === 'HEAD') response.end()
  else createReadStream(file.path).pipe(response)
}

/** Returns the address of a listening server. */
export function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

/** Returns the file for an address, or null: symlinks are resolved first, so that none leads out of the folder. */
function locate(root: string, url: string): { path: string; size: number } | null {
  try {
    const { pathname } = new URL(`http://localhost${url}`)
    const named = join(root, decodeURIComponent(pathname))
    const path = realpathSync(statSync(named).isDirectory() ? join(named, 'index.html') : named)
    if (!path.startsWith(root + sep)) return null
    return { path, size: statSync(path).size }
  } catch {
    return null
  }
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end(`${status}\n`)
}

/** Opens the address in the default browser if there is one; silent otherwise. */
function openBrowser(address: string): void {
  if (env.CI || (platform === 'linux' && !env.DISPLAY && !env.WAYLAND_DISPLAY)) return
  const openers: Partial<Record<NodeJS.Platform, [string, ...string[]]>> = {
    darwin: ['open'],
    win32: ['cmd', '/c', 'start', ''],
  }
  const [program, ...args] = openers[platform] ?? ['xdg-open']
  const child = spawn(program, [...args, address], { stdio: 'ignore', detached: true })
  child.on('error', () => {})
  child.unref()
}

async function main() {
  const folder = resolve(argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url)))
  const asked = argv[3] === undefined ? undefined : Number(argv[3])
  const server = await serve(folder, asked ?? 4780).catch((error: unknown) => {
    if (asked === undefined && (error as NodeJS.ErrnoException).code === 'EADDRINUSE') return serve(folder, 0)
    throw error
  })
  const address = addressOf(server)
  console.log(`Rootcellar is at ${address}  (Ctrl+C ends it)`)
  openBrowser(address)
}

if (argv[1] && import.meta.url === pathToFileURL(realpathSync(argv[1])).href) await main()
