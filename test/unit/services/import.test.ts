import { readFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ImportChoice, ImportView } from '../../../src/border/protocol/import.ts'
import type { InFile } from '../../../src/border/words.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { hexOf, bigIntOf } from '../../../src/octets.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import * as drawn from '../../support/chain.ts'
import { folderFiles, opensslCa } from '../../support/ca-folder.ts'
import { run, scratch, succeed } from '../../support/run.ts'
import { openedToday, ADA, issue, LIST, type TestWorker } from '../../support/worker.ts'

// Imports what openssl leaves behind, and continues with it.

let worker: TestWorker
beforeEach(async () => {
  worker = await openedToday()
})
afterEach(() => worker.close())

const read = (files: readonly InFile[]): Promise<ImportView> => worker.client.call('import.read', { files })

function suggested({ authorities }: ImportView): ImportChoice {
  const indices = authorities.filter((each) => each.suggested).map(({ index }) => index)
  return { authorities: indices, certificatesOf: indices, others: true, requests: true }
}

function store(view: ImportView, choice = suggested(view)) {
  // Certificates that OpenSSL made meanwhile are not from the future.
  worker.clock.now = Math.max(worker.clock.now, Date.now())
  return worker.client.call('import.store', {
    token: view.token,
    choice,
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
}

const file = (name: string, content: string | Uint8Array): InFile => ({
  name,
  bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
})

describe('the folder of openssl ca', () => {
  test('is shown as what it is, stored whole, and issuing and revoking go on', async () => {
    const { path } = scratch()
    const ca = await opensslCa(path, { crlNumber: 'FF' })
    const serials = []
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) serials.push(await ca.issue(`${name}.example.com`))
    await ca.revoke(serials[0]!, '-crl_reason', 'keyCompromise')
    await ca.revoke(serials[1]!, '-crl_hold', 'holdInstructionReject')
    await ca.revoke(serials[2]!)
    // Deleted certificates: one revoked, one still good.
    rmSync(join(path, 'newcerts', `${serials[2]!}.pem`))
    rmSync(join(path, 'newcerts', `${serials[3]!}.pem`))

    const view = await read(folderFiles(path))
    expect(view.problems).toEqual([])
    expect(view.authorities).toHaveLength(1)
    const [authority] = view.authorities
    expect(authority).toMatchObject({
      name: 'Old CA',
      fate: 'new',
      key: 'comes',
      suggested: true,
      listNumber: '254',
      certificates: { fresh: 4, known: 0, revoked: 2 },
      database: { valid: 3, revoked: 3, expired: 0, missing: 2, problems: [] },
    })
    expect(authority!.database!.shownMissing).toEqual([
      { serialNumber: serials[2], subject: '/CN=c.example.com', revoked: true },
      { serialNumber: serials[3], subject: '/CN=d.example.com', revoked: false },
    ])

    const result = await store(view)
    expect(result).toMatchObject({ certificates: 4, keys: 1, refused: [], cancelled: false })
    expect(result.authorities).toMatchObject([{ name: 'Old CA', canSign: true }])
    const { authorityId } = result.authorities[0]!
    const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 50 })
    expect(entries.find(({ act }) => act === 'certificates-imported')).toMatchObject({
      subject: 'Old CA · 4',
      remark: '1000–1001, 1004–1005',
    })

    const { lists } = await worker.client.call('list.sign', { ...LIST, authorityId })
    const kept = await worker.client.call('list.file', { listId: lists[0]!.id })
    const list = parseCertificateList(kept.bytes)
    expect(bigIntOf(list.cRLNumber!)).toBeGreaterThan(0xffn)
    expect(
      [...list.revokedCertificates]
        .map(({ serialNumber, reasonCode }) => [hexOf(serialNumber), reasonCode])
        .sort(),
    ).toEqual([
      ['1000', 'keyCompromise'],
      ['1001', 'certificateHold'],
      ['1002', null],
    ])

    const issued = await issue(worker, {
      authorityId,
      profileId: 'tlsServer',
      commonName: 'new.example.com',
      names: ['new.example.com'],
    })
    const { der } = await worker.client.call('certificate.detail', { certificateId: issued.certificateId })
    writeFileSync(join(path, 'new.pem'), encodePem('CERTIFICATE', der))
    writeFileSync(join(path, 'list.pem'), encodePem('X509 CRL', kept.bytes))
    const when = ['-attime', String(Math.floor(worker.clock.now / 1000) + 2)]
    const check = ['verify', '-crl_check', ...when, '-CAfile', 'cacert.pem', '-CRLfile', 'list.pem']
    await succeed('openssl', [...check, 'new.pem'], { cwd: path })
    await succeed('openssl', [...check, `newcerts/${serials[4]!}.pem`], { cwd: path })
    const refused = await run('openssl', [...check, `newcerts/${serials[0]!}.pem`], { cwd: path })
    expect(refused.output).toContain('certificate revoked')
  })

  test('dropped again changes nothing, but for what was revoked since', async () => {
    const { path } = scratch()
    const ca = await opensslCa(path)
    const serials = [await ca.issue('a.example.com'), await ca.issue('b.example.com')]
    await store(await read(folderFiles(path)))
    await ca.revoke(serials[1]!, '-crl_reason', 'superseded')
    const again = await read(folderFiles(path))
    expect(again.authorities).toMatchObject([
      { fate: 'known', key: 'here', certificates: { fresh: 0, known: 2 }, database: { missing: 0 } },
    ])
    expect(await store(again)).toMatchObject({ certificates: 0, keys: 0 })
    const { rows } = await worker.client.call('certificate.list', {
      offset: 0,
      limit: 10,
      search: 'example.com',
    })
    expect(rows.map(({ commonName, status }) => [commonName, status]).sort()).toEqual([
      ['a.example.com', 'good'],
      ['b.example.com', 'revoked'],
    ])
  })

  test('whose key is closed is opened with its password; a wrong one is said', async () => {
    const { path } = scratch()
    const ca = await opensslCa(path, { password: 'geheim 123' })
    await ca.issue('a.example.com')
    const closed = await read(folderFiles(path))
    expect(closed.locked).toEqual([
      { file: 'ca/private/cakey.pem', format: 'PKCS#8', part: 'whole', friendlyName: null },
    ])
    expect(closed.authorities[0]).toMatchObject({ key: 'missing' })
    const open = (password: string) =>
      worker.client.call('import.open', { file: 'ca/private/cakey.pem', password })
    await expect(open('wrong')).rejects.toMatchObject({ code: 'container-password-wrong' })
    const view = await open('geheim 123')
    expect(view.locked).toEqual([])
    expect(view.authorities[0]).toMatchObject({ key: 'comes', certificates: { fresh: 1 } })
  })

  test.each([
    ['tar', 'ca.tgz', ['--create', '--gzip', '--file', 'ca.tgz', 'ca']],
    ['zip', 'ca.zip', ['-qr', 'ca.zip', 'ca']],
  ])(
    'packed by %s is that folder: its database counts, and a password opens what is closed in it',
    async (program, name, args) => {
      const { path } = scratch()
      mkdirSync(join(path, 'ca'))
      const ca = await opensslCa(join(path, 'ca'), { password: 'geheim 123' })
      await ca.issue('a.example.com')
      await ca.issue('b.example.com')
      await ca.revoke('1000', '-crl_reason', 'keyCompromise')
      await succeed(program, args, { cwd: path })
      const closed = await read([file(name, new Uint8Array(readFileSync(join(path, name))))])
      const key = `${name}/ca/private/cakey.pem`
      expect(closed.locked).toMatchObject([{ file: key, part: 'whole' }])
      expect(closed.problems).toEqual([])
      expect(closed.authorities).toMatchObject([
        { key: 'missing', listNumber: '41', database: { valid: 1, revoked: 1, missing: 0 } },
      ])
      const open = (password: string) => worker.client.call('import.open', { file: key, password })
      await expect(open('wrong')).rejects.toMatchObject({ code: 'container-password-wrong' })
      const view = await open('geheim 123')
      expect(view.locked).toEqual([])
      expect(view.authorities).toMatchObject([{ key: 'comes', certificates: { fresh: 2, revoked: 1 } }])
    },
  )

  test('in a PKCS#12 whose key has a password of its own: both are asked for, one after the other', async () => {
    const bytes = new Uint8Array(
      readFileSync(new URL('../../fixtures/files/j-diffpass.p12', import.meta.url)),
    )
    const closed = await read([{ name: 'java.p12', bytes }])
    expect(closed.locked).toMatchObject([{ part: 'whole' }])
    const open = (password: string) => worker.client.call('import.open', { file: 'java.p12', password })
    await expect(open('keypass1')).rejects.toMatchObject({ code: 'container-password-wrong' })
    const half = await open('storepass')
    expect(half.locked).toEqual([{ file: 'java.p12', format: 'PKCS#12', part: 'key', friendlyName: 'one' }])
    expect(half.others).toMatchObject({ fresh: 1, keys: 0 })
    await expect(open('other')).rejects.toMatchObject({ code: 'container-password-wrong' })
    const whole = await open('keypass1')
    expect(whole.locked).toEqual([])
    expect(whole.others).toMatchObject({ fresh: 1, keys: 1 })
  })

  test('that is given up half-way is whole as far as it went', async () => {
    const { path } = scratch()
    const ca = await opensslCa(path)
    await ca.issue('a.example.com')
    await ca.revoke('1000')
    const view = await read(folderFiles(path))
    const { index } = view.authorities[0]!
    // Without its certificates: its revocations stay on its CRLs all the same.
    const choice = { authorities: [index], certificatesOf: [], others: false, requests: false }
    const { authorities } = await store(view, choice)
    const { lists } = await worker.client.call('list.sign', {
      ...LIST,
      authorityId: authorities[0]!.authorityId,
    })
    expect(lists[0]!.entries).toBe(1)
  })
})

test('of very many each signature is verified before it is stored; what the CA did not sign is named', async () => {
  const { path, file: write } = scratch()
  const validity = {
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 86_400_000),
  }
  const top = await drawn.root({ ...validity, subject: 'CN=Large CA' })
  const stranger = await drawn.root({ ...validity, subject: 'CN=Large CA' })
  const key = await drawn.drawKey()
  const pem = ({ certificate }: drawn.Drawn): string => encodePem('CERTIFICATE', certificate.der)
  const serial = (i: number): Uint8Array => Uint8Array.of(1, i >> 8, i & 255)
  const made: string[] = []
  for (let i = 0; i < 1100; i++)
    made.push(
      pem(await drawn.endEntity(i === 7 ? stranger : top, { ...validity, key, serialNumber: serial(i) })),
    )
  write('all.pem', [pem(top), encodePem('PRIVATE KEY', top.key.pkcs8), ...made].join(''))
  write('index.txt', 'R\t360101000000Z\t261101000000Z\t010007\tunknown\t/CN=example.com\n')
  const view = await read(folderFiles(path))
  expect(view.authorities).toMatchObject([{ certificates: { fresh: 1100 } }])
  const result = await store(view)
  expect(result).toMatchObject({ certificates: 1099, unsigned: ['010007'], cancelled: false })
  // Its revocation is not lost with it.
  const { authorityId } = result.authorities[0]!
  expect((await worker.client.call('list.sign', { ...LIST, authorityId })).lists[0]!.entries).toBe(1)
})

test('nothing crosses to the page but what is shown, and what was read is gone once it is stored', async () => {
  const { path } = scratch()
  await opensslCa(path)
  const view = await read(folderFiles(path))
  await store(view)
  await expect(store(view)).rejects.toMatchObject({ code: 'answer-unknown' })
})

test('a key of another certificate is named and not stored', async () => {
  const { path } = scratch()
  await succeed('openssl', ['genpkey', '-algorithm', 'ed25519', '-out', 'lone.pem'], { cwd: path })
  const view = await read([...folderFiles(path), file('notes.txt', 'nothing')])
  expect(view.loneKeys).toEqual([{ keyAlgorithm: 'ed25519', file: 'ca/lone.pem' }])
  expect(view.problems).toMatchObject([{ code: 'pile-nothing-found', source: { file: 'notes.txt' } }])
})

test('a CA that lists from elsewhere name as revoked is revoked here too: those of its issuer, and indirect ones', async () => {
  const outside = await openedToday()
  // Its lists are dated ahead of the clock here.
  outside.clock.now = worker.clock.now + 2000
  const call = outside.client.call.bind(outside.client)
  const pathLen = { pathLen: 3 }
  const ca = async (commonName: string, authorityId: string | null, crlIssuer: string | null = null) => {
    const profileId = authorityId === null ? 'root' : 'intermediate'
    const addresses = { cRLDistributionPoints: ['http://crl.example.com/all.crl'], cRLIssuer: crlIssuer }
    const extensions = { ...(authorityId && pathLen), ...(crlIssuer && addresses) }
    const made = await issue(outside, { authorityId, profileId, commonName, extensions })
    return { ...made, authorityId: made.authorityId! }
  }
  const root = await ca('Outer Root', null)
  const lister = await ca('List CA', root.authorityId)
  const named = await ca('Named CA', root.authorityId)
  const other = await ca('Other CA', root.authorityId, 'CN=List CA')
  const list = async (authorityId: string, indirectFor: string[] = []) =>
    (await call('list.sign', { ...LIST, authorityId, indirectFor })).signed[0]!.der
  const revoke = (certificateId: string) =>
    call('revocation.revoke', { certificateId, reason: 'cACompromise', invalidityDate: null, actor: ADA })
  await revoke(named.certificateId)
  const direct = await list(root.authorityId)
  await revoke(other.certificateId)
  const indirect = await list(lister.authorityId, [root.authorityId])
  outside.close()
  // Both clocks advance with each reading: what was signed there is not from the future here.
  worker.clock.now = Math.max(worker.clock.now, outside.clock.now)

  const against = async () =>
    (await worker.client.call('authority.list', null)).flatMap(({ commonName, against: found }) =>
      found.length > 0 ? [commonName] : [],
    )
  await store(await read([root, lister].map(({ der }, n) => file(`${String(n)}.der`, der))))
  await store(await read([file('root.der', root.der), file('direct.crl', direct)]))
  await store(await read([file('lister.der', lister.der), file('indirect.crl', indirect)]))
  await store(await read([named, other].map(({ der }, n) => file(`${String(n)}.der`, der))))
  expect((await against()).sort()).toEqual(['Named CA', 'Other CA'])
})
