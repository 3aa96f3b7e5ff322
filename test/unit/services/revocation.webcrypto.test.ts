import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bigIntOf } from '../../../src/octets.ts'
import { listsFile } from '../../../src/paper/lists.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import type { In } from '../../../src/border/protocol.ts'
import { ADA, LIST, PASSPHRASE, createVault, hierarchy, issue, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let ids: { rootId: string; intermediateId: string }

beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  ids = await hierarchy(worker)
})
afterAll(() => {
  worker.close()
})

const server = (commonName: string) =>
  issue(worker, { authorityId: ids.intermediateId, profileId: 'tlsServer', commonName, names: [commonName] })
const sign = (over: Partial<In<'list.sign'>> = {}) =>
  worker.client.call('list.sign', { ...LIST, authorityId: ids.intermediateId, ...over })
const revoke = (certificateId: string, reason: 'keyCompromise' | 'certificateHold') =>
  worker.client.call('revocation.revoke', { certificateId, reason, invalidityDate: null, actor: ADA })
const listed = (bytes: Uint8Array) =>
  [...parseCertificateList(bytes).revokedCertificates].map(({ reasonCode }) => reasonCode)

/** OpenSSL's verdict on the certificate with this CRL. */
async function opensslSays(certificateId: string, list: Uint8Array): Promise<string> {
  const { chain } = await worker.client.call('certificate.detail', { certificateId })
  const cwd = mkdtempSync(join(tmpdir(), 'revoked-'))
  const [target, ca, root] = chain.map((der) => encodePem('CERTIFICATE', der))
  for (const [name, text] of Object.entries({
    'target.pem': target,
    'ca.pem': ca,
    'root.pem': root,
    'list.pem': encodePem('X509 CRL', list),
  }))
    writeFileSync(join(cwd, name), text!)
  const at = String(Math.floor(worker.clock.now / 1000) + 5)
  try {
    return execFileSync(
      'openssl',
      [
        'verify',
        '-attime',
        at,
        '-crl_check',
        '-CRLfile',
        'list.pem',
        '-CAfile',
        'root.pem',
        '-untrusted',
        'ca.pem',
        'target.pem',
      ],
      { cwd, stdio: 'pipe' },
    ).toString()
  } catch (error) {
    return String((error as { stderr: Buffer }).stderr)
  }
}

describe('revoking', () => {
  test('a revoked certificate is on the next list, and OpenSSL refuses it; its neighbour stands', async () => {
    const [bad, good] = [await server('bad.example.com'), await server('good.example.com')]
    const row = await revoke(bad.certificateId, 'keyCompromise')
    expect(row).toMatchObject({
      status: 'revoked',
      revocation: { reason: 'keyCompromise', invalidityDate: null },
    })
    const { signed } = await sign()
    expect(listed(signed[0]!.der)).toContain('keyCompromise')
    expect(await opensslSays(bad.certificateId, signed[0]!.der)).toContain('certificate revoked')
    expect(await opensslSays(good.certificateId, signed[0]!.der)).toContain('OK')
    await expect(revoke(bad.certificateId, 'keyCompromise')).rejects.toMatchObject({
      code: 'revocation-already',
    })
  })

  test('a hold can be taken back, a revocation cannot', async () => {
    const { certificateId } = await server('held.example.com')
    expect(await revoke(certificateId, 'certificateHold')).toMatchObject({ status: 'held' })
    expect(listed((await sign()).signed[0]!.der)).toContain('certificateHold')
    const release = () => worker.client.call('revocation.release', { certificateId, actor: ADA })
    expect(await release()).toMatchObject({ status: 'good', revocation: null })
    expect(listed((await sign()).signed[0]!.der)).not.toContain('certificateHold')
    await revoke(certificateId, 'keyCompromise')
    await expect(release()).rejects.toMatchObject({ code: 'revocation-not-on-hold' })
  })

  test('a root cannot be revoked by its own list', async () => {
    const authorities = await worker.client.call('authority.list', null)
    const root = authorities.find(({ id }) => id === ids.rootId)!
    await expect(revoke(root.certificateId, 'keyCompromise')).rejects.toMatchObject({
      code: 'revocation-of-root',
    })
  })
})

describe('lists', () => {
  test('numbers rise, within one second too (§5.2.3)', async () => {
    const numbers: bigint[] = []
    for (let i = 0; i < 4; i++)
      numbers.push(bigIntOf(parseCertificateList((await sign()).signed[0]!.der).cRLNumber!))
    expect(numbers.every((number, index) => index === 0 || number > numbers[index - 1]!)).toBe(true)
  })

  test('a schedule signs the lists of many periods at one opening, and says what to publish when', async () => {
    const signed = await sign({ count: 6, days: 30 })
    const { lists } = signed
    const contents = unzipSync(listsFile(signed).bytes)
    expect(Object.keys(contents).filter((name) => name.endsWith('.crl'))).toHaveLength(6)
    const files = Object.keys(contents).filter((name) => name.endsWith('.crl'))
    for (const sheet of ['publish.txt', 'publish.html'])
      for (const words of [...files, 'Anything revoked later is on none of them'])
        expect(new TextDecoder().decode(contents[sheet])).toContain(words)
    expect(
      lists.every(({ thisUpdate }, index) => index === 0 || thisUpdate > lists[index - 1]!.thisUpdate),
    ).toBe(true)
    const after = bigIntOf(parseCertificateList((await sign()).signed[0]!.der).cRLNumber!)
    expect(after).toBeGreaterThan(BigInt(lists.at(-1)!.number!))
  })

  test('an old backup that is put back does not repeat a number', async () => {
    const backup = await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
    const before = bigIntOf(parseCertificateList((await sign()).signed[0]!.der).cRLNumber!)
    worker.clock.now += 60_000
    await worker.client.call('vault.restore', {
      file: backup.file.bytes,
      passphrase: PASSPHRASE,
      replace: true,
      actor: ADA,
    })
    await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    expect(bigIntOf(parseCertificateList((await sign()).signed[0]!.der).cRLNumber!)).toBeGreaterThan(before)
  })

  test('each act is in the journal', async () => {
    const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 200 })
    const acts = new Set(entries.map(({ act }) => act))
    for (const act of [
      'certificate-revoked',
      'certificate-held',
      'certificate-released',
      'list-signed',
    ] as const)
      expect(acts).toContain(act)
    expect((await worker.client.call('journal.verify', null)).problems).toEqual([])
  })
})
