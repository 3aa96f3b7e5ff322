import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodePem } from '../../src/x509/pem.ts'
import { PEERS } from '../support/peers/peers.ts'
import { scratchFor, succeed } from '../support/run.ts'
import { openedToday, ADA, hierarchy, issue } from '../support/worker.ts'

// What renewal and replacement write, read by OpenSSL and GnuTLS. Their clocks cannot be set: all is valid now.

const folder = scratchFor('renewal')

async function started(algorithm: string) {
  const worker = await openedToday()
  const { rootId, intermediateId } = await hierarchy(worker)
  const wish = { authorityId: intermediateId, profileId: 'tlsServer', commonName: 'api.example.com' }
  const old = await issue(worker, { ...wish, names: ['api.example.com', 'www.example.com'], algorithm })
  const save = async (certificateId: string, name: string) => {
    const { chain } = await worker.client.call('certificate.detail', { certificateId })
    return chain.map((der, at) => {
      const path = join(folder, `${algorithm}-${name}-${String(at)}.pem`)
      writeFileSync(path, encodePem('CERTIFICATE', der))
      return path
    })
  }
  const renewed = async (certificateId: string, key: 'same' | 'new', keyAlgorithm: string | null = null) => {
    const prepared = await worker.client.call('renewal.prepare', {
      ...{ certificateId, key, keyAlgorithm, authorityId: null, validity: null },
    })
    return worker.client.call('renewal.sign', {
      token: prepared.token!,
      acknowledged: prepared.parts.flatMap(({ warnings }) => warnings),
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      revokeFormer: false,
      actor: ADA,
    })
  }
  return { worker, rootId, intermediateId, old, save, renewed }
}

/** Whether OpenSSL and GnuTLS believe it for its host, up to its root. */
async function believed(paths: readonly string[]): Promise<boolean[]> {
  const question = {
    target: paths[0]!,
    intermediates: paths.slice(1, -1),
    anchors: paths.slice(-1),
    purpose: 'serverAuth' as const,
    host: 'www.example.com',
  }
  const answers = await Promise.all([PEERS.openssl([question]), PEERS.certtool([question])])
  return answers.map(([answer]) => answer!.accepted)
}

/** What OpenSSL says of one field. */
const said = async (path: string, ...fields: string[]): Promise<string> =>
  (await succeed('openssl', ['x509', '-in', path, '-noout', ...fields])).stdout

const CARRIED = ['-subject', '-issuer', '-ext', 'subjectAltName,keyUsage,extendedKeyUsage']

describe.each(['p256', 'rsa-2048'])('a %s server certificate', (algorithm) => {
  test('renewed has the same key, names and uses, and a serial number of its own', async () => {
    const { old, save, renewed, worker } = await started(algorithm)
    const before = await save(old.certificateId, 'old')
    const after = await save((await renewed(old.certificateId, 'same')).certificateId, 'renewed')
    expect(await believed(after)).toEqual([true, true])
    expect(await said(after[0]!, '-pubkey')).toBe(await said(before[0]!, '-pubkey'))
    expect(await said(after[0]!, ...CARRIED)).toBe(await said(before[0]!, ...CARRIED))
    expect(await said(after[0]!, '-serial')).not.toBe(await said(before[0]!, '-serial'))
    worker.close()
  })

  test('replaced has a new key; of another kind, without usages that kind cannot have', async () => {
    const { old, save, renewed, worker } = await started(algorithm)
    const before = await save(old.certificateId, 'old')
    const replaced = await renewed(old.certificateId, 'new')
    const after = await save(replaced.certificateId, 'replaced')
    expect(await believed(after)).toEqual([true, true])
    expect(await said(after[0]!, '-pubkey')).not.toBe(await said(before[0]!, '-pubkey'))
    expect(await said(after[0]!, ...CARRIED)).toBe(await said(before[0]!, ...CARRIED))
    const other = await save((await renewed(replaced.certificateId, 'new', 'p384')).certificateId, 'other')
    expect(await believed(other)).toEqual([true, true])
    expect(await said(other[0]!, '-ext', 'keyUsage')).not.toContain('Key Encipherment')
    worker.close()
  })
})

test('below a CA and a root renewed with their keys, what was issued before is believed', async () => {
  const { rootId, intermediateId, old, save, renewed, worker } = await started('p256')
  for (const authorityId of [rootId, intermediateId]) {
    const authorities = await worker.client.call('authority.list', null)
    await renewed(authorities.find(({ id }) => id === authorityId)!.certificateId, 'same')
  }
  const paths = await save(old.certificateId, 'below-renewed')
  expect(paths).toHaveLength(3)
  expect(await believed(paths)).toEqual([true, true])
  worker.close()
})

test('what was brought in from OpenSSL is renewed as it was signed, extensions nobody here knows included', async () => {
  const worker = await openedToday()
  const file = (name: string): string => join(folder, `brought-${name}`)
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  await succeed('openssl', [
    ...['req', '-x509', ...key, '-days', '3000', '-subj', '/C=DE/O=Old Tools/CN=Old Root'],
    ...['-addext', 'basicConstraints=critical,CA:TRUE', '-addext', 'keyUsage=critical,keyCertSign,cRLSign'],
    ...['-keyout', file('ca.key'), '-out', file('ca.pem')],
  ])
  await succeed('openssl', [
    ...['req', '-new', ...key, '-subj', '/C=DE/ST=Berlin/O=Old Tools/CN=www.example.com'],
    ...['-keyout', file('www.key'), '-out', file('www.csr')],
  ])
  writeFileSync(
    file('www.ext'),
    [
      'basicConstraints=CA:FALSE',
      'subjectAltName=DNS:www.example.com',
      'keyUsage=critical,digitalSignature',
      'extendedKeyUsage=serverAuth',
      'subjectKeyIdentifier=hash',
      'authorityKeyIdentifier=keyid',
      'crlDistributionPoints=URI:http://old.example/ca.crl',
      '1.3.6.1.4.1.99999.7=DER:0c05776f726473',
    ].join('\n'),
  )
  await succeed('openssl', [
    ...['x509', '-req', '-in', file('www.csr'), '-CA', file('ca.pem'), '-CAkey', file('ca.key')],
    ...['-CAcreateserial', '-days', '90', '-extfile', file('www.ext'), '-out', file('www.pem')],
  ])
  const files = ['ca.key', 'ca.pem', 'www.pem'].map((name) => ({
    name,
    bytes: new Uint8Array(readFileSync(file(name))),
  }))
  worker.clock.now = Date.now() + 1000
  const { token } = await worker.client.call('import.read', { files })
  await worker.client.call('import.store', {
    token,
    choice: { authorities: [0], certificatesOf: [0], others: true, requests: false },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  const { rows } = await worker.client.call('certificate.list', { offset: 0, limit: 10 })
  const idOf = (name: string) => rows.find(({ commonName }) => commonName === name)!.id
  const renew = async (certificateId: string) => {
    const prepared = await worker.client.call('renewal.prepare', {
      ...{ certificateId, key: 'same', keyAlgorithm: null, authorityId: null, validity: null },
    })
    expect(prepared.parts.flatMap(({ errors }) => errors)).toEqual([])
    const renewed = await worker.client.call('renewal.sign', {
      token: prepared.token!,
      acknowledged: prepared.parts.flatMap(({ warnings }) => warnings),
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      revokeFormer: false,
      actor: ADA,
    })
    const { chain } = await worker.client.call('certificate.detail', renewed)
    return chain.map((der, at) => {
      const path = file(`renewed-${certificateId}-${String(at)}.pem`)
      writeFileSync(path, encodePem('CERTIFICATE', der))
      return path
    })
  }
  const www = await renew(idOf('www.example.com'))
  expect(await believed(www)).toEqual([true, true])
  expect(await said(www[0]!, '-subject', '-pubkey')).toBe(await said(file('www.pem'), '-subject', '-pubkey'))
  const text = await said(www[0]!, '-text')
  expect(text).toContain('http://old.example/ca.crl')
  expect(text).toContain('1.3.6.1.4.1.99999.7')
  expect(text).toContain('..words')
  const root = await renew(idOf('Old Root'))
  expect(await believed([file('www.pem'), ...root])).toEqual([true, true])
  worker.close()
})
