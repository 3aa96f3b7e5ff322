import { afterAll, beforeAll, expect, test } from 'vitest'
import { tableFile } from '../../../src/paper/inventory.ts'
import type { CertificateFilter } from '../../../src/border/views.ts'
import { story } from '../../support/story.ts'
import { ADA, createVault, hierarchy, issue, startWorker, type TestWorker } from '../../support/worker.ts'

const next = story()
let worker: TestWorker
let ids: readonly string[]
const NAMES = ['a', 'b', 'c', 'd'].map((name) => `${name}.example.com`)

beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  const { intermediateId: authorityId } = await hierarchy(worker)
  for (const commonName of NAMES)
    await issue(worker, { authorityId, profileId: 'tlsServer', commonName, names: [commonName] })
  ids = await idsOf({ search: 'example.com' })
})
afterAll(() => {
  worker.close()
})

const idsOf = async (query: CertificateFilter, offset = 0, limit = 100) => {
  const input = { ...query, sort: 'commonName', offset, limit } as const
  return (await worker.client.call('inventory.ids', input)).ids
}

const tag = (some: readonly string[], add: readonly string[], remove: readonly string[] = []) =>
  worker.client.call('inventory.tag', { ids: some, add, remove, actor: ADA })

const tagsNow = async () => {
  const { rows } = await worker.client.call('certificate.list', {
    search: 'example.com',
    sort: 'commonName',
    offset: 0,
    limit: 10,
  })
  return rows.map(({ tags }) => tags.join(' '))
}

next('tags are put on and taken off many at once, with one entry in the journal', async () => {
  expect(await tag(ids, ['web', ' spring '])).toEqual({ changed: 4 })
  expect(await tag(ids.slice(0, 2), ['mail', 'web'], ['spring'])).toEqual({ changed: 2 })
  expect(await tagsNow()).toEqual(['web mail', 'web mail', 'web spring', 'web spring'])
  const { entries } = await worker.client.call('journal.list', { offset: 0, limit: 2 })
  expect(entries.map(({ act, subject }) => `${act}: ${subject}`)).toEqual([
    'certificate-noted: 2 · +mail +web −spring',
    'certificate-noted: 4 · +web +spring',
  ])
  expect((await worker.client.call('vault.check', null)).problems).toEqual([])
})

next('tags are found and offered', async () => {
  expect(await idsOf({ tag: 'mail' })).toEqual(ids.slice(0, 2))
  expect(await idsOf({ tag: 'mail' }, 1, 1)).toEqual([ids[1]])
  expect(await worker.client.call('inventory.facets', null)).toEqual({
    profileIds: ['intermediate', 'root', 'tlsServer'],
    tags: ['mail', 'spring', 'web'],
  })
})

next('tags that are there already change nothing and leave no entry', async () => {
  const before = await worker.client.call('journal.list', { offset: 0, limit: 1 })
  expect(await tag(ids, ['web'], ['winter'])).toEqual({ changed: 0 })
  expect(await worker.client.call('journal.list', { offset: 0, limit: 1 })).toEqual(before)
})

test.each([
  ['', 'empty'],
  ['a,b', 'characters'],
  ['x'.repeat(61), 'too-long'],
])('tags that cannot be kept are refused: %s', async (text, reason) => {
  await expect(tag(ids, [text])).rejects.toMatchObject({ code: 'issue-field-invalid', detail: { reason } })
})

next('those that were chosen are taken out as a table, in the order of choosing', async () => {
  const read = await worker.client.call('inventory.table', { which: { ids: [ids[2]!, ids[0]!] } })
  const { bytes } = tableFile(read, 'json', '')
  const { certificates } = JSON.parse(new TextDecoder().decode(bytes)) as {
    certificates: { subject: string; tags: string[] }[]
  }
  expect(certificates.map(({ subject, tags }) => [subject, tags])).toEqual([
    ['CN=c.example.com', ['web', 'spring']],
    ['CN=a.example.com', ['web', 'mail']],
  ])
})

next('a table with cells that a spreadsheet would run keeps them as text', async () => {
  await tag(ids.slice(3), ['=cmd'])
  const read = await worker.client.call('inventory.table', { which: { ids: ids.slice(3) } })
  const { bytes } = tableFile(read, 'csv', '')
  expect(new TextDecoder().decode(bytes)).not.toMatch(/(^|,)"?=cmd/m)
})

next('what is below a revoked CA is not valid today, and has a state of its own', async () => {
  const valid = await idsOf({ state: 'good' })
  const own = await worker.client.call('authority.list', null)
  const { certificateId } = own.find(({ parentId }) => parentId !== null)!
  const revoked = { certificateId, reason: 'cACompromise', invalidityDate: null, actor: ADA } as const
  await worker.client.call('revocation.revoke', revoked)
  expect((await idsOf({ state: 'broken' })).toSorted()).toEqual(ids.toSorted())
  for (const state of ['broken', 'good'] as const) {
    const { rows: shown } = await worker.client.call('certificate.list', { state, offset: 0, limit: 50 })
    const { rows } = await worker.client.call('inventory.table', { which: { query: { state } } })
    const serials = (of: readonly { serialNumber: string }[]) => of.map((row) => row.serialNumber).sort()
    expect(serials(rows)).toEqual(serials(shown))
  }
  expect(await idsOf({ state: 'revoked' })).toEqual([certificateId])
  expect(await idsOf({ state: 'good' })).toEqual(
    valid.filter((id) => !ids.includes(id) && id !== certificateId),
  )
})
