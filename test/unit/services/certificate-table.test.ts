import { afterAll, beforeAll, expect } from 'vitest'
import { tableFile } from '../../../src/paper/inventory.ts'
import { openDatabase } from '../../../src/vault/database.ts'
import { story } from '../../support/story.ts'
import { ADA, createVault, hierarchy, issue, startWorker } from '../../support/worker.ts'
import type { TestWorker } from '../../support/worker.ts'

let worker: TestWorker
let intermediateId: string

beforeAll(async () => {
  worker = startWorker()
  await createVault(worker)
  intermediateId = (await hierarchy(worker)).intermediateId
  for (const commonName of ['a.example.com', 'b.example.com'])
    await issue(worker, {
      authorityId: intermediateId,
      profileId: 'tlsServer',
      commonName,
      names: [commonName],
    })
})
afterAll(() => {
  worker.close()
})

const table = async (format: 'csv' | 'json' | 'ics', query = {}, { client } = worker) => {
  const read = await client.call('inventory.table', { which: { query } })
  const file = tableFile(read, format, '{name} ends')
  return { name: file.name, text: new TextDecoder().decode(file.bytes) }
}

const next = story()

next('the table has every certificate that matches, with what an audit asks for', async () => {
  const { name, text } = await table('csv', { search: 'a.example.com' })
  const [head, row, ...rest] = text.trimEnd().split('\r\n')
  expect(name).toBe('certificates-2026-11-21.csv')
  expect(head).toContain('"subject","subjectAltNames","issuer","serialNumber"')
  expect(row).toContain('CN=a.example.com')
  expect(rest).toEqual([])
  const json = JSON.parse((await table('json')).text) as {
    schema: number
    certificates: { status: string }[]
  }
  expect([json.schema, json.certificates.length, json.certificates[0]?.status]).toEqual([1, 4, 'good'])
})

next('a table leaves out none whose record is changed, missing or put back: it says so of them', async () => {
  const own = startWorker()
  await createVault(own)
  const { intermediateId: authorityId } = await hierarchy(own)
  const made = []
  for (const name of ['c', 'd', 'e']) {
    const wish = { profileId: 'tlsServer', commonName: `${name}.example.org`, names: [`${name}.example.org`] }
    made.push((await issue(own, { authorityId, ...wish })).certificateId)
  }
  const [changed, missing, earlier] = made
  const database = await openDatabase(own.name)
  const before = (await database.get('certificates', earlier!))!
  await own.client.call('revocation.revoke', {
    ...{ certificateId: earlier!, reason: 'superseded', invalidityDate: null, actor: ADA },
  })
  await database.put('certificates', before)
  const stored = (await database.get('certificates', changed!))!
  await database.put('certificates', { ...stored, body: stored.body.map((octet) => octet ^ 1) })
  await database.delete('certificates', missing!)
  // However often it is asked for.
  for (let time = 0; time < 2; time++) {
    const { text } = await table('csv', { search: 'example.org' }, own)
    const rows = text.trimEnd().split('\r\n').slice(1)
    expect(rows.map((row) => /[cde]\.example\.org|unreadable/g.exec(row)?.[0]).sort()).toEqual(
      ['c', 'd', 'e'].map((name) => `${name}.example.org`),
    )
    expect(rows.every((row) => row.includes('"unreadable"'))).toBe(true)
  }
  const { text } = await table('ics', { search: 'example.org' }, own)
  expect(text.replace(/\r\n /g, '')).toContain(
    'SUMMARY:Not in this calendar: 3 certificates that cannot be read.',
  )
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(1)
  database.close()
  own.close()
})

next('the calendar has an event for each that stands, in the page’s words', async () => {
  const { text } = await table('ics')
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(4)
  expect(text).toContain('SUMMARY:a.example.com ends')
})

next('the calendar calls a certificate as the page does, also without a common name', async () => {
  await issue(worker, {
    authorityId: intermediateId,
    profileId: 'tlsServer',
    commonName: '',
    names: ['c.example.com', 'd.example.com'],
  })
  expect((await table('ics', { search: 'c.example.com' })).text).toContain('SUMMARY:c.example.com ends')
})

next('what ends within so many days is found at its time and not before', async () => {
  const within = async (days: number) =>
    (await worker.client.call('certificate.list', { within: days, offset: 0, limit: 10 })).total
  expect(await within(30)).toBe(0)
  worker.clock.now += 185 * 86_400_000
  expect(await within(30)).toBe(3)
  worker.clock.now += 60 * 86_400_000
  expect(await within(30)).toBe(0)
})
