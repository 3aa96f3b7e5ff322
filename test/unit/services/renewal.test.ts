import { describe, expect, test } from 'vitest'
import { isCodedError } from '../../../src/errors.ts'
import type { EndEntityKeeping } from '../../../src/border/words.ts'
import { tableFile } from '../../../src/paper/inventory.ts'
import type { RenewalInput } from '../../../src/border/protocol/renewal.ts'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import {
  ADA,
  PASSPHRASE,
  createVault,
  hierarchy,
  issue,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

interface Wish extends Partial<RenewalInput> {
  certificateId: string
  revokeFormer?: boolean
  endEntityKey?: EndEntityKeeping
}

async function renew({ client }: TestWorker, wish: Wish) {
  const { revokeFormer = false, endEntityKey = { kind: 'sealed' as const }, ...input } = wish
  const defaults = { key: 'same', keyAlgorithm: null, authorityId: null, validity: null } as const
  const prepared = await client.call('renewal.prepare', { ...defaults, ...input })
  if (!prepared.token) throw new Error(prepared.parts.flatMap(({ errors }) => errors).join(' '))
  return client.call('renewal.sign', {
    token: prepared.token,
    acknowledged: prepared.parts.flatMap(({ warnings }) => warnings),
    caKey: { kind: 'vault' },
    endEntityKey,
    revokeFormer,
    actor: ADA,
  })
}

async function started() {
  const worker = startWorker()
  await createVault(worker)
  const authorities = await hierarchy(worker)
  const server = await issue(worker, {
    authorityId: authorities.intermediateId,
    profileId: 'tlsServer',
    commonName: 'api.example.com',
    names: ['api.example.com', 'www.example.com'],
  })
  // Months later, so that something has changed.
  worker.clock.now += 150 * 86_400_000
  expect((await worker.client.call('vault.status', null)).state).toBe('locked')
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const read = async (certificateId: string) => {
    const detail = await worker.client.call('certificate.detail', { certificateId })
    return { detail, certificate: parseCertificate(detail.der) }
  }
  return { worker, ...authorities, server, read }
}

const codeOf = (error: unknown): string => (isCodedError(error) ? error.code : String(error))

describe('a certificate of an end entity', () => {
  test('is renewed with its key, its names and a validity of its own, and each knows the other', async () => {
    const { worker, server, read } = await started()
    const renewed = await renew(worker, { certificateId: server.certificateId })
    const [old, now] = [await read(server.certificateId), await read(renewed.certificateId)]
    expect(now.certificate.spki.der).toEqual(old.certificate.spki.der)
    expect(now.certificate.subject.der).toEqual(old.certificate.subject.der)
    expect(now.certificate.extensions.map(({ oid, critical, value }) => [oid, critical, value])).toEqual(
      old.certificate.extensions.map(({ oid, critical, value }) => [oid, critical, value]),
    )
    expect(now.certificate.serialNumber).not.toEqual(old.certificate.serialNumber)
    const later = now.certificate.notAfter.getTime() - old.certificate.notAfter.getTime()
    expect(Math.round(later / 86_400_000)).toBe(150)
    expect(old.detail.successor?.id).toBe(renewed.certificateId)
    expect(now.detail.predecessor?.id).toBe(server.certificateId)
    expect(old.detail.row.status).toBe('good')
    const file = await worker.client.call('certificate.export', {
      certificateId: renewed.certificateId,
      what: 'private-key',
      format: 'pem',
      includeRoot: false,
      protection: { kind: 'encrypted', passphrase: 'a passphrase for the file' },
      actor: ADA,
    })
    expect(new TextDecoder().decode(file.bytes)).toContain('ENCRYPTED PRIVATE KEY')
    worker.close()
  })

  test('is replaced with a new key, and the old one revoked in the same act', async () => {
    const { worker, server, read } = await started()
    const replaced = await renew(worker, {
      certificateId: server.certificateId,
      key: 'new',
      revokeFormer: true,
    })
    const [old, now] = [await read(server.certificateId), await read(replaced.certificateId)]
    expect(now.certificate.spki.der).not.toEqual(old.certificate.spki.der)
    expect(now.certificate.subjectKeyIdentifier).not.toEqual(old.certificate.subjectKeyIdentifier)
    expect(now.certificate.subjectAltName).toEqual(old.certificate.subjectAltName)
    expect(old.detail.row).toMatchObject({ status: 'revoked', revocation: { reason: 'superseded' } })
    expect(now.detail.row.key).toBe('sealed')
    worker.close()
  })

  test('keeps a revocation that was made between prepare and sign', async () => {
    const { worker, server, read } = await started()
    const { certificateId } = server
    const prepared = await worker.client.call('renewal.prepare', {
      ...{ certificateId, key: 'new', keyAlgorithm: null, authorityId: null, validity: null },
    })
    await worker.client.call('revocation.revoke', {
      ...{ certificateId, reason: 'keyCompromise', invalidityDate: null, actor: ADA },
    })
    await worker.client.call('renewal.sign', {
      token: prepared.token!,
      acknowledged: [],
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      revokeFormer: false,
      actor: ADA,
    })
    expect((await read(certificateId)).detail.row.status).toBe('revoked')
    worker.close()
  })

  test('is not renewed twice, nor with a key that is known to others', async () => {
    const { worker, server } = await started()
    const { certificateId } = await renew(worker, { certificateId: server.certificateId })
    expect(await renew(worker, { certificateId: server.certificateId }).catch(codeOf)).toBe(
      'renewal-done-before',
    )
    await worker.client.call('revocation.revoke', {
      ...{ certificateId, reason: 'keyCompromise', invalidityDate: null, actor: ADA },
    })
    expect(await renew(worker, { certificateId }).catch(codeOf)).toBe('renewal-of-lost-key')
    await renew(worker, { certificateId, key: 'new' })
    worker.close()
  })
})

describe('an authority', () => {
  test('renewed with its key stays the same authority, and what it issued hangs below its new certificate', async () => {
    const { worker, intermediateId, rootId, server, read } = await started()
    const before = await worker.client.call('authority.list', null)
    const old = before.find(({ id }) => id === intermediateId)!
    const renewed = await renew(worker, { certificateId: old.certificateId })
    const after = await worker.client.call('authority.list', null)
    expect(after.length).toBe(before.length)
    expect(after.find(({ id }) => id === intermediateId)).toMatchObject({
      certificateId: renewed.certificateId,
      parentId: rootId,
      spkiHash: old.spkiHash,
      ready: true,
    })
    const { chainRows } = (await read(server.certificateId)).detail
    expect(chainRows.map(({ id }) => id)[1]).toBe(renewed.certificateId)
    await issue(worker, { authorityId: intermediateId, profileId: 'tlsClient', commonName: 'Ann' })
    worker.close()
  })

  test('that is a root renews itself, and its own certificates are not counted as issued', async () => {
    const { worker, rootId } = await started()
    const find = async () =>
      (await worker.client.call('authority.list', null)).find(({ id }) => id === rootId)!
    const before = await find()
    await renew(worker, { certificateId: before.certificateId })
    const after = await find()
    expect(after.issuedCount).toBe(before.issuedCount)
    expect(after.notAfter.getTime()).toBeGreaterThan(before.notAfter.getTime())
    worker.close()
  })

  test('that is a root with a new key gets cross-certificates in both directions', async () => {
    const { worker, rootId, read } = await started()
    const find = async (authorityId: string) =>
      (await worker.client.call('authority.list', null)).find(({ id }) => id === authorityId)!
    const old = await find(rootId)
    const rolled = await renew(worker, { certificateId: old.certificateId, key: 'new' })
    const fresh = await find(rolled.authorityId!)
    expect(fresh).toMatchObject({ selfSigned: true, ready: true, subject: old.subject, issuedCount: 1 })
    expect(await find(rootId)).toMatchObject({ successorId: fresh.id, certificateId: old.certificateId })
    const { rows } = await worker.client.call('certificate.list', { offset: 0, limit: 50 })
    const cross = rows.filter(
      ({ ownAuthorityId, authorityId }) => ownAuthorityId && authorityId !== ownAuthorityId,
    )
    const ends = async (certificateId: string) => (await read(certificateId)).certificate
    const oldRoot = await ends(old.certificateId)
    const newRoot = await ends(fresh.certificateId)
    const oldWithNew = await ends(cross.find((row) => row.ownAuthorityId === rootId)!.id)
    const newWithOld = await ends(cross.find((row) => row.ownAuthorityId === fresh.id)!.id)
    expect(oldWithNew.spki.der).toEqual(oldRoot.spki.der)
    expect(oldWithNew.authorityKeyIdentifier?.keyIdentifier).toEqual(newRoot.subjectKeyIdentifier)
    expect(oldWithNew.notAfter).toEqual(oldRoot.notAfter)
    expect(newWithOld.spki.der).toEqual(newRoot.spki.der)
    expect(newWithOld.authorityKeyIdentifier?.keyIdentifier).toEqual(oldRoot.subjectKeyIdentifier)
    expect(newWithOld.notAfter).toEqual(oldRoot.notAfter)
    worker.close()
  })

  test('that went over to a new key has its certificates renewed by the one that took over', async () => {
    const { worker, intermediateId, server, read } = await started()
    const old = (await worker.client.call('authority.list', null)).find(({ id }) => id === intermediateId)!
    const rolled = await renew(worker, { certificateId: old.certificateId, key: 'new' })
    const renewed = await renew(worker, { certificateId: server.certificateId })
    const { detail } = await read(renewed.certificateId)
    expect(detail.row.authorityId).toBe(rolled.authorityId)
    expect(detail.chainRows[1]!.id).toBe(rolled.certificateId)
    worker.close()
  })
})

test('what depends on a CA is counted at all levels, and cross-certificates with its own next key are not', async () => {
  const { worker, rootId, intermediateId, server } = await started()
  const dependents = async (authorityId: string) => {
    const all = await worker.client.call('authority.list', null)
    const { certificateId } = all.find(({ id }) => id === authorityId)!
    return worker.client.call('authority.dependents', { certificateId })
  }
  expect(await dependents(rootId)).toMatchObject({ total: 2, authorities: 1, outlive: 0, others: [] })
  expect((await dependents(intermediateId)).rows.map(({ id }) => id)).toEqual([server.certificateId])
  const old = (await worker.client.call('authority.list', null)).find(({ id }) => id === rootId)!
  await renew(worker, { certificateId: old.certificateId, key: 'new' })
  const after = await dependents(rootId)
  expect(after).toMatchObject({ total: 2, authorities: 1 })
  expect(after.others).toHaveLength(1)
  await worker.client.call('revocation.revoke', {
    ...{ certificateId: server.certificateId, reason: 'superseded', invalidityDate: null, actor: ADA },
  })
  expect((await dependents(rootId)).total).toBe(1)
  expect(await worker.client.call('authority.dependents', server)).toMatchObject({ total: 0, rows: [] })
  worker.close()
})

test('what was replaced is due no more, and its line leads to what is there instead', async () => {
  const { worker, server } = await started()
  const dueOf = async () => {
    const { ids } = await worker.client.call('inventory.ids', { within: 90, offset: 0, limit: 10 })
    return ids
  }
  expect(await dueOf()).toEqual([server.certificateId])
  const renewed = await renew(worker, { certificateId: server.certificateId })
  expect(await dueOf()).toEqual([])
  const { rows } = await worker.client.call('certificate.list', { search: 'api.', offset: 0, limit: 10 })
  expect(rows.map(({ id, successorId }) => [id, successorId])).toEqual([
    [server.certificateId, renewed.certificateId],
    [renewed.certificateId, null],
  ])
  const table = await worker.client.call('inventory.table', { which: { query: { search: 'api.' } } })
  const calendar = new TextDecoder().decode(tableFile(table, 'ics', '{name}').bytes)
  expect(calendar.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  expect(calendar).toContain(rows[1]!.fingerprint.slice(0, 32))
  const lastDay = new Date(rows[0]!.notAfter.getTime() - 86_400_000)
  const ends = await worker.client.call('hierarchy.ends', { at: lastDay })
  expect(ends.flatMap(({ soon }) => soon)).toEqual([])
})

test('on another day certificates stand by their dates, by their revocation, and by the CAs above them', async () => {
  const { worker, intermediateId, server } = await started()
  const asOf = (year: number) => worker.client.call('hierarchy.asOf', { at: new Date(Date.UTC(year, 2, 1)) })
  expect(await asOf(2020)).toEqual({ valid: 0, future: 3, expired: 0, broken: 0, revoked: 0 })
  expect(await asOf(2027)).toEqual({ valid: 3, future: 0, expired: 0, broken: 0, revoked: 0 })
  expect(await asOf(2030)).toEqual({ valid: 2, future: 0, expired: 1, broken: 0, revoked: 0 })
  expect(await asOf(2040)).toEqual({ valid: 1, future: 0, expired: 2, broken: 0, revoked: 0 })
  const { certificateId } = (await worker.client.call('authority.list', null)).find(
    ({ id }) => id === intermediateId,
  )!
  await worker.client.call('revocation.revoke', {
    ...{ certificateId, reason: 'cACompromise', invalidityDate: null, actor: ADA },
  })
  expect(await asOf(2027)).toEqual({ valid: 3, future: 0, expired: 0, broken: 0, revoked: 0 })
  const now = await worker.client.call('hierarchy.asOf', { at: new Date(worker.clock.now + 86_400_000) })
  expect(now).toEqual({ valid: 1, future: 0, expired: 0, broken: 1, revoked: 1 })
  expect(server.certificateId).toBeTruthy()
  worker.close()
})

test('of two renewals of one certificate at once, one is stored and the other is told so', async () => {
  const { worker, server } = await started()
  const input = { certificateId: server.certificateId, key: 'new', keyAlgorithm: null } as const
  const both = await Promise.all(
    [1, 2].map(() => worker.client.call('renewal.prepare', { ...input, authorityId: null, validity: null })),
  )
  const outcomes = await Promise.all(
    both.map(({ token }) =>
      worker.client
        .call('renewal.sign', {
          token: token!,
          acknowledged: [],
          caKey: { kind: 'vault' },
          endEntityKey: { kind: 'sealed' },
          revokeFormer: false,
          actor: ADA,
        })
        .then(() => 'stored', codeOf),
    ),
  )
  expect(outcomes.sort()).toEqual(['renewal-done-before', 'stored'])
  const { total } = await worker.client.call('certificate.list', { offset: 0, limit: 1 })
  expect(total).toBe(4)
  worker.close()
})
