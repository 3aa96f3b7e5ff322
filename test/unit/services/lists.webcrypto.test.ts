import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { unzipSync } from 'fflate'
import { bigIntOf } from '../../../src/octets.ts'
import type { In } from '../../../src/border/protocol.ts'
import { listCalendar, listsFile } from '../../../src/paper/lists.ts'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'
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

const server = (commonName: string, by = worker) =>
  issue(by, { authorityId: ids.intermediateId, profileId: 'tlsServer', commonName, names: [commonName] })
const freshRoot = async (commonName: string): Promise<string> =>
  (await issue(worker, { profileId: 'root', commonName })).authorityId!
const sign = (over: Partial<In<'list.sign'>> = {}, by = worker) =>
  by.client.call('list.sign', { ...LIST, actor: SURE, authorityId: ids.intermediateId, ...over })
/** Two tabs of a test have two clocks, one of which is behind. */
const SURE = { ...ADA, clockConfirmed: true }
const revoke = (certificateId: string, reason: In<'revocation.revoke'>['reason'], by = worker) =>
  by.client.call('revocation.revoke', { certificateId, reason, invalidityDate: null, actor: SURE })
const all = (authorityId = ids.intermediateId) => worker.client.call('list.all', { authorityId })
const plan = () => worker.client.call('list.plan', { authorityId: ids.intermediateId })

describe('what was signed', () => {
  test('is kept, newest first, and can be taken again', async () => {
    const { signed, lists } = await sign()
    const kept = await all()
    const sha256 = await sha256Hex(signed[0]!.der)
    expect(kept.lists[0]).toEqual({ ...lists[0], sha256 })
    const again = await worker.client.call('list.file', { listId: kept.lists[0]!.id })
    expect(again.bytes).toEqual(signed[0]!.der)
    expect(again.name).toMatch(/^2026-11-21_Example-Issuing-CA_\d+\.crl$/)
  })

  test('a revocation that no list names yet is told, until one does', async () => {
    await sign()
    expect((await all()).unlisted).toBe(0)
    const { certificateId } = await server('unlisted.example.com')
    await revoke(certificateId, 'superseded')
    expect((await all()).unlisted).toBe(1)
    worker.clock.now += 1000
    await sign()
    expect((await all()).unlisted).toBe(0)
  })

  test('days are suggested by what the authority issues', async () => {
    expect((await plan()).days).toBe(7)
    expect((await worker.client.call('list.plan', { authorityId: ids.rootId })).days).toBe(180)
  })

  test('the calendar has the end of the list in force and the days to publish', async () => {
    worker.clock.now += 1000
    const authorityId = await freshRoot('Root of the calendar')
    await sign({ authorityId, count: 3, days: 30 })
    const { authorities, at } = await worker.client.call('list.calendar', { authorityId })
    const text = new TextDecoder().decode(listCalendar(authorities, at).bytes).replace(/\r\n /g, '')
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(3)
    expect(text.match(/SUMMARY:Publish \d{4}-\d\d-\d\d_Root-of-the-calendar_\d+\.crl/g)).toHaveLength(2)
    expect(text).toContain('SUMMARY:The revocation list of Root of the calendar ends')
  })
})

test('the overview has every authority, and how its lists stand', async () => {
  worker.clock.now += 1000
  const authorityId = await freshRoot('Root of the overview')
  await sign({ authorityId, count: 3, days: 30 })
  await sign()
  const overview = await worker.client.call('list.overview', null)
  const of = (id: string) => overview.find((each) => each.authorityId === id)!
  expect(of(authorityId)).toMatchObject({ ahead: 2, unlisted: 0 })
  expect(of(authorityId).newest?.base).toBeNull()
  const { certificateId } = await server('overview.example.com')
  await revoke(certificateId, 'superseded')
  const later = await worker.client.call('list.overview', null)
  expect(later.find((each) => each.authorityId === ids.intermediateId)!.unlisted).toBe(1)
})

test('lists signed ahead give way to one that is signed before their time', async () => {
  const own = startWorker()
  await createVault(own)
  const { rootId: authorityId } = await hierarchy(own)
  const inOrder = async () => {
    const { lists } = await own.client.call('list.all', { authorityId })
    return lists.map(({ superseded }) => superseded)
  }
  await sign({ authorityId, count: 3, days: 30 }, own)
  expect(await inOrder()).toEqual([false, false, false])
  await own.client.call('vault.lock', null)
  own.clock.now += 5 * 86_400_000
  await own.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  await sign({ authorityId }, own)
  // The first had begun before: it was published, and is replaced by number alone.
  expect(await inOrder()).toEqual([false, true, true, false])
  const { authorities, at } = await own.client.call('list.calendar', { authorityId })
  expect(new TextDecoder().decode(listCalendar(authorities, at).bytes)).not.toContain('SUMMARY:Publish')
  own.close()
})

describe('numbers', () => {
  test('two tabs that sign and revoke at once repeat no number and lose no revocation', async () => {
    const other = startWorker(worker.name)
    await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const targets = [await server('one.example.com'), await server('two.example.com')]
    // The same instant for both, so that the clock does not distinguish their numbers.
    other.clock.now = worker.clock.now
    const results = await Promise.all([
      ...Array.from({ length: 4 }, () => [sign(), sign({}, other)]).flat(),
      revoke(targets[0]!.certificateId, 'superseded').then(() => null),
      revoke(targets[1]!.certificateId, 'superseded', other).then(() => null),
    ])
    const numbers = results.flatMap((signed) => signed?.lists.map(({ number }) => number) ?? [])
    expect(numbers).toHaveLength(8)
    expect(new Set(numbers).size).toBe(8)
    worker.clock.now += 1000
    await sign()
    expect((await all()).unlisted).toBe(0)
    expect((await worker.client.call('vault.check', null)).problems).toEqual([])
    other.close()
  })

  test('of two tabs that revoke the same certificate one is told that it is revoked', async () => {
    const other = startWorker(worker.name)
    await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const { certificateId } = await server('both.example.com')
    other.clock.now = worker.clock.now
    const results = await Promise.allSettled([
      revoke(certificateId, 'superseded'),
      revoke(certificateId, 'keyCompromise', other),
    ])
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(['revocation-already'])
    other.close()
  })

  test('a backup that is put back says so, and the next number is above those it forgot', async () => {
    worker.clock.now += 1000
    const backup = await worker.client.call('vault.backup', { passphrase: null, actor: ADA })
    const { lists } = await sign({ count: 5 })
    worker.clock.now += 60_000
    await worker.client.call('vault.restore', {
      file: backup.file.bytes,
      passphrase: PASSPHRASE,
      replace: true,
      actor: ADA,
    })
    await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
    const next = await plan()
    expect(next.restoredAt).not.toBeNull()
    expect(BigInt(next.number)).toBeGreaterThan(BigInt(lists.at(-1)!.number!))
    expect(BigInt(next.previous!)).toBeLessThan(BigInt(lists[0]!.number!))
    const again = await sign()
    expect(BigInt(again.lists[0]!.number!)).toBeGreaterThan(BigInt(lists.at(-1)!.number!))
    expect((await plan()).restoredAt).toBeNull()
  })

  test('a number that was published elsewhere is stepped over; no number is refused in words', async () => {
    const above = '1234567890123456789012345678'
    // All that come after it are above it, too.
    const authorityId = await freshRoot('Elsewhere')
    const { lists } = await sign({ above, authorityId })
    expect(lists[0]!.number).toBe('1234567890123456789012345679')
    await expect(sign({ above: '0x10' })).rejects.toMatchObject({ code: 'issue-field-invalid' })
  })
})

describe('kinds of list', () => {
  test('a delta needs a complete list, and says what changed since', async () => {
    const authorityId = (
      await issue(worker, { authorityId: ids.rootId, profileId: 'intermediate', commonName: 'Delta CA' })
    ).authorityId!
    await expect(sign({ authorityId, kind: 'delta' })).rejects.toMatchObject({ code: 'list-without-base' })
    const [held, lost] = await Promise.all(
      ['held', 'lost'].map((name) =>
        issue(worker, {
          authorityId,
          profileId: 'tlsServer',
          commonName: name,
          names: [`${name}.example.com`],
        }),
      ),
    )
    await revoke(held!.certificateId, 'certificateHold')
    const base = await sign({ authorityId, freshestAddress: 'http://crl.example.com/delta.crl' })
    await worker.client.call('revocation.release', { certificateId: held!.certificateId, actor: ADA })
    await revoke(lost!.certificateId, 'keyCompromise')
    worker.clock.now += 2000
    const delta = parseCertificateList((await sign({ authorityId, kind: 'delta', days: 1 })).signed[0]!.der)
    expect(String(bigIntOf(delta.deltaCRLIndicator!))).toBe(base.lists[0]!.number)
    const reasons = [...delta.revokedCertificates].map(({ reasonCode }) => reasonCode)
    expect(reasons.sort()).toEqual(['keyCompromise', 'removeFromCRL'])
    // The complete CRL is unchanged; the delta CRL is a series of its own.
    expect(new Set((await all(authorityId)).lists.map(({ series }) => series)).size).toBe(2)
  })

  test('one list for each address, each with a number and a file of its own', async () => {
    const addresses = ['http://crl.example.com/1.crl', 'http://crl.example.com/2.crl']
    const signed = await sign({ parts: { kind: 'points', addresses } })
    const { lists } = signed
    expect(lists.map(({ scope }) => scope.addresses)).toEqual(addresses.map((address) => [address]))
    expect(new Set(lists.map(({ number }) => number)).size).toBe(2)
    const contents = unzipSync(listsFile(signed).bytes)
    const sheet = new TextDecoder().decode(contents['publish.html'])
    for (const words of [...addresses, ...Object.keys(contents).filter((name) => name.endsWith('.crl'))])
      expect(sheet).toContain(words)
    await expect(sign({ parts: { kind: 'points', addresses: [' '] } })).rejects.toMatchObject({
      code: 'list-part-empty',
    })
  })

  test('an indirect list names the certificates of another authority as theirs', async () => {
    const { certificateId } = await server('indirect.example.com')
    await revoke(certificateId, 'superseded')
    const { signed } = await sign({ authorityId: ids.rootId, indirectFor: [ids.intermediateId] })
    const list = parseCertificateList(signed[0]!.der)
    expect(list.issuingDistributionPoint?.indirectCRL).toBe(true)
    expect(list.revokedCertificates.namesIssuers).toBe(true)
    expect(list.revokedCertificates.at(0).certificateIssuer?.[0]?.kind).toBe('directoryName')
  })
})

test('a schedule that is cancelled leaves no list behind', async () => {
  worker.clock.now += 1000
  const before = (await all()).lists.length
  const abort = new AbortController()
  const signing = worker.client.call(
    'list.sign',
    { ...LIST, actor: SURE, authorityId: ids.intermediateId, count: 100, days: 1 },
    {
      signal: abort.signal,
      onProgress: (progress) => progress.kind === 'step' && progress.step === 'list.sign' && abort.abort(),
    },
  )
  await expect(signing).rejects.toMatchObject({ code: 'cancelled' })
  expect((await all()).lists).toHaveLength(before)
})

test('a key that another tab destroyed signs nothing here any more', async () => {
  const one = startWorker()
  await createVault(one)
  const { rootId: authorityId } = await hierarchy(one)
  await sign({ authorityId }, one)
  const second = startWorker(one.name)
  second.clock.now = one.clock.now + 1000
  await second.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  await second.client.call('authority.destroyKey', {
    authorityId,
    typedName: 'Example Root',
    seen: [],
    vaultPassphrase: PASSPHRASE,
    actor: SURE,
  })
  await expect(sign({ authorityId }, one)).rejects.toMatchObject({ code: 'key-destroyed' })
  one.close()
  second.close()
})

test('a revoked certificate whose record was changed stops the list: it is not left out', async () => {
  const own = startWorker()
  await createVault(own)
  const { intermediateId: authorityId } = await hierarchy(own)
  const { certificateId } = await issue(own, {
    authorityId,
    profileId: 'tlsServer',
    commonName: 'changed.example.com',
    names: ['changed.example.com'],
  })
  await revoke(certificateId, 'keyCompromise', own)
  await tamper(own.name, certificateId)
  const refused = { code: 'record-changed' }
  await expect(sign({ authorityId }, own)).rejects.toMatchObject(refused)
  // The inventory omits it after reading it; the CRL does not.
  await own.client.call('certificate.list', { authorityId, offset: 0, limit: 10 })
  await expect(sign({ authorityId }, own)).rejects.toMatchObject(refused)
  own.close()
})

/** Changes an octet in the stored record, as someone with access to the disk could. */
async function tamper(database: string, id: string): Promise<void> {
  const done = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => {
        resolve(request.result)
      }
      request.onerror = () => {
        reject(request.error ?? new Error('IndexedDB'))
      }
    })
  const open = await done(indexedDB.open(database))
  const store = open.transaction('certificates', 'readwrite').objectStore('certificates')
  const record = await done(store.get(id) as IDBRequest<{ body: Uint8Array }>)
  record.body[record.body.length - 1]! ^= 1
  await done(store.put(record))
  open.close()
}
