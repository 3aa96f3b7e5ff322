import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOf, serve } from '../../tools/serve.ts'

const folder = mkdtempSync(join(tmpdir(), 'rootcellar-serve-'))
let server: Server
let url: string

beforeAll(async () => {
  mkdirSync(join(folder, 'site'))
  writeFileSync(join(folder, 'secret'), 'secret')
  writeFileSync(join(folder, 'site', 'index.html'), '<title>page</title>')
  writeFileSync(join(folder, 'site', 'manifest.webmanifest'), '{}')
  symlinkSync(join(folder, 'secret'), join(folder, 'site', 'link'))
  server = await serve(join(folder, 'site'))
  url = addressOf(server)
})
afterAll(() => {
  server.close()
  rmSync(folder, { recursive: true })
})

test('listens on loopback alone', () => {
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/)
})

test.each([
  ['', 'text/html; charset=utf-8'],
  ['index.html?query', 'text/html; charset=utf-8'],
  ['manifest.webmanifest', 'application/manifest+json'],
])('serves /%s as %s, not to be framed', async (path, type) => {
  const response = await fetch(url + path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe(type)
  expect(response.headers.get('content-security-policy')).toBe("frame-ancestors 'none'")
})

// Over a bare socket, because a URL parser would remove the dots before sending.
test.each(['/../secret', '/%2e%2e/secret', '/..%2fsecret', '/link', '/%00', '/%ff', '//secret', '/missing'])(
  'does not leave the folder for %s',
  async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 404 /)
    expect(answer).not.toMatch(/secret/)
  },
)

test('only reads', async () => {
  expect((await fetch(url, { method: 'POST' })).status).toBe(405)
})

function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(url).port), '127.0.0.1')
    let answer = ''
    socket.setEncoding('utf8')
    socket.on('data', (text: string) => (answer += text))
    socket.on('end', () => resolve(answer))
    socket.on('error', reject)
    socket.write(request)
  })
}
