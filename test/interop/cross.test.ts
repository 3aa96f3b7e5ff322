import { join } from 'node:path'
import { readFileSync, writeFileSync } from 'node:fs'
import { beforeAll, expect, test } from 'vitest'
import type { CrossConstraints } from '../../src/ca/cross.ts'
import { isCodedError } from '../../src/errors.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { PEERS } from '../support/peers/peers.ts'
import { run, scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, issue, type TestWorker } from '../support/worker.ts'

// A CA that OpenSSL made, certified below our root: what it issues is believed by who trusts our root, and no more of it
// than the constraints allow.

const folder = scratchFor('cross')
const file = (name: string): string => join(folder, name)
const write = (name: string, der: Uint8Array): void =>
  writeFileSync(file(name), encodePem('CERTIFICATE', der))

let worker: TestWorker
let rootId: string

beforeAll(async () => {
  worker = await openedToday()
  const root = await issue(worker, { profileId: 'root', commonName: 'Our Root' })
  rootId = root.authorityId!
  write('our-root.pem', root.der)
  await succeed('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '3000'],
    ...['-subj', '/C=DE/O=Partner GmbH/CN=Partner Root', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ...['-keyout', file('partner.key'), '-out', file('partner.pem')],
  ])
  await succeed('openssl', [
    ...['req', '-new', '-key', file('partner.key'), '-subj', '/C=DE/O=Partner GmbH/CN=Partner Root'],
    ...['-out', file('partner.csr')],
  ])
  await sign('inside', 'DNS:www.partner.example', 'partner')
  await sign('outside', 'DNS:www.elsewhere.example', 'partner')
  await sign('sub', null, 'partner')
  await sign('below-sub', 'DNS:deep.partner.example', 'sub')
})

/** A certificate below one of OpenSSL's CAs; a CA itself where it has no name. */
async function sign(name: string, san: string | null, issuer: string): Promise<void> {
  await succeed('openssl', [
    ...['req', '-new', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', `/O=Partner GmbH/CN=${name}`, '-keyout', file(`${name}.key`), '-out', file(`${name}.csr`)],
  ])
  const extensions = san
    ? `subjectAltName=${san}\nextendedKeyUsage=serverAuth\n`
    : 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n'
  const common = 'subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n'
  writeFileSync(file(`${name}.ext`), extensions + common)
  await succeed('openssl', [
    ...[
      'x509',
      '-req',
      '-in',
      file(`${name}.csr`),
      '-CA',
      file(`${issuer}.pem`),
      '-CAkey',
      file(`${issuer}.key`),
    ],
    ...['-CAcreateserial', '-days', '300', '-extfile', file(`${name}.ext`), '-out', file(`${name}.pem`)],
  ])
}

async function crossCertified(name: string, from: string, constraints: CrossConstraints): Promise<string> {
  const bytes = new Uint8Array(readFileSync(file(from)))
  const { found } = await worker.client.call('cross.read', { files: [{ name: from, bytes }] })
  const { kind, der, signature } = found[0]!
  expect(signature).toBe('valid')
  const prepared = await worker.client.call('cross.prepare', {
    ...{ authorityId: rootId, kind, der, validity: null, constraints },
  })
  const { certificateId } = await worker.client.call('cross.sign', {
    token: prepared.token!,
    acknowledged: prepared.part.warnings,
    actor: ADA,
  })
  write(name, (await worker.client.call('certificate.detail', { certificateId })).der)
  return certificateId
}

/** Who of OpenSSL and GnuTLS believes it below our root. */
async function believed(target: string, between: string[]): Promise<Record<string, boolean>> {
  const question = {
    target: file(`${target}.pem`),
    intermediates: between.map(file),
    anchors: [file('our-root.pem')],
    purpose: 'serverAuth' as const,
  }
  const [openssl] = await PEERS.openssl([question])
  const [gnutls] = await PEERS.certtool([question])
  return { openssl: openssl!.accepted, gnutls: gnutls!.accepted }
}

test('what an outside CA issued is believed below our root, and name constraints bite', async () => {
  await crossCertified('cross.pem', 'partner.pem', {
    pathLen: 0,
    nameConstraints: { permitted: ['partner.example'], excluded: [] },
    certificatePolicies: ['1.3.6.1.4.1.99999.1'],
  })
  expect(await believed('inside', ['cross.pem'])).toEqual({ openssl: true, gnutls: true })
  expect(await believed('outside', ['cross.pem'])).toEqual({ openssl: false, gnutls: false })
  const { stdout } = await run('openssl', ['x509', '-in', file('cross.pem'), '-noout', '-text'])
  expect(stdout).toContain('1.3.6.1.4.1.99999.1')
})

test('pathLen bites; a request does as well as a certificate', async () => {
  await crossCertified('cross-0.pem', 'partner.csr', { pathLen: 0 })
  expect(await believed('inside', ['cross-0.pem'])).toEqual({ openssl: true, gnutls: true })
  expect((await believed('below-sub', ['sub.pem', 'cross-0.pem'])).openssl).toBe(false)
  await crossCertified('cross-1.pem', 'partner.pem', { pathLen: 1 })
  expect(await believed('below-sub', ['sub.pem', 'cross-1.pem'])).toEqual({ openssl: true, gnutls: true })
})

test('the outside CA stands once in the hierarchy, with its key elsewhere', async () => {
  const authorities = await worker.client.call('authority.list', null)
  const partners = authorities.filter(({ commonName }) => commonName === 'Partner Root')
  expect(partners).toHaveLength(1)
  expect(partners[0]).toMatchObject({ key: 'elsewhere', parentId: rootId, ready: false })
})

test('a certificate of no CA, and a request whose signature is wrong, are refused', async () => {
  const read = async (name: string, bytes: Uint8Array) =>
    (await worker.client.call('cross.read', { files: [{ name, bytes }] })).found[0]!
  const prepare = async ({ kind, der }: Awaited<ReturnType<typeof read>>) =>
    worker.client
      .call('cross.prepare', { authorityId: rootId, kind, der, validity: null, constraints: {} })
      .then(
        ({ token, part }) => (token === null ? part.errors.join(' ') : 'prepared'),
        (error: unknown) => isCodedError(error) && error.code,
      )
  const { stdout } = await succeed('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30'],
    ...['-subj', '/CN=leaf', '-addext', 'basicConstraints=critical,CA:FALSE', '-keyout', file('leaf.key')],
  ])
  expect(await prepare(await read('leaf.pem', new TextEncoder().encode(stdout)))).toBe('cross-not-a-ca')
  const request = await read('partner.csr', new Uint8Array(readFileSync(file('partner.csr'))))
  const der = request.der.slice()
  der[der.length - 1]! ^= 1
  expect(await prepare({ ...request, der })).toBe('cross-not-proved')
})
