import { execSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ValidateOptions } from '../../src/validate/options.ts'
import { createPool } from '../../src/validate/pool.ts'
import { commandsFor } from '../../src/paper/other-programs.ts'
import { validate } from '../../src/validate/validate.ts'
import { issued, request } from '../support/authority.ts'

const at = new Date('2026-11-21T12:00:00Z')
const root = await issued('root', request('Root'), null)
const issuing = await issued('intermediate', request('Issuing'), root)
const server = await issued('tlsServer', request('www.example.com'), issuing)
const user = await issued('email', request('someone@example.com'), issuing)

const questions: [string, typeof server, Partial<ValidateOptions>][] = [
  [
    'a server by its name',
    server,
    { purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'www.example.com' }] },
  ],
  [
    'a server by another name',
    server,
    { purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'mail.example.com' }] },
  ],
  ['a server as a client', server, { purpose: 'clientAuth' }],
  ['a server too late', server, { at: new Date('2029-01-01') }],
  ['a name that is a command', server, { peerNames: [{ kind: 'DNS', value: `'; exit 0; '` }] }],
  [
    'a user by mailbox',
    user,
    { purpose: 'emailProtection', peerNames: [{ kind: 'RFC822', value: 'someone@example.com' }] },
  ],
  ['a chain that is too deep', server, { maxDepth: 0 }],
]

test.each(questions)(
  'openssl verify, as it is printed, says of %s what we say',
  async (_what, { certificate }, over) => {
    const options: ValidateOptions = { at, ...over }
    const pool = createPool({ anchors: [root.certificate], intermediates: [issuing.certificate] })
    const commands = commandsFor({
      target: certificate.der,
      anchors: [root.certificate.der],
      intermediates: [issuing.certificate.der],
      lists: [],
      listed: [],
      options,
    })
    const cwd = mkdtempSync(join(tmpdir(), 'commands-'))
    for (const { name, text } of commands.files) writeFileSync(join(cwd, name), text)
    let agrees: boolean
    try {
      agrees = execSync(commands.openssl!, { cwd, stdio: 'pipe' }).toString().includes('target.pem: OK')
    } catch {
      agrees = false
    }
    expect(agrees).toBe((await validate(certificate, pool, options)).verdict === 'valid')
  },
)

test('step is asked about servers only, with the intermediates behind the target', () => {
  const ask = (options: ValidateOptions) =>
    commandsFor({
      target: server.certificate.der,
      anchors: [root.certificate.der],
      intermediates: [issuing.certificate.der],
      lists: [],
      listed: [],
      options,
    }).step
  expect(ask({ at, purpose: 'clientAuth' })).toBeNull()
  expect(ask({ at, purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: '*.example.com' }] })).toBe(
    "cat target.pem untrusted.pem > chain.pem && step certificate verify chain.pem --roots anchors.pem --host '*.example.com'",
  )
})
