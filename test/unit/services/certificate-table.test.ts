import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVault, hierarchy, issue, startWorker } from '../../support/worker.ts'
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

const table = async (format: 'csv' | 'json' | 'ics', query = {}) => {
  const file = await worker.client.call('inventory.table', {
    which: { query },
    format,
    summary: '{name} ends',
  })
  return { name: file.name, text: new TextDecoder().decode(file.bytes) }
}

test('the table has every certificate that matches, with what an audit asks for', async () => {
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

test('the calendar has an event for each that stands, in the page’s words', async () => {
  const { text } = await table('ics')
  expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(4)
  expect(text).toContain('SUMMARY:a.example.com ends')
})

test('what ends within so many days is found at its time and not before', async () => {
  const within = async (days: number) =>
    (await worker.client.call('certificate.list', { within: days, offset: 0, limit: 10 })).total
  expect(await within(30)).toBe(0)
  worker.clock.now += 380 * 86_400_000
  expect(await within(30)).toBe(2)
  worker.clock.now += 60 * 86_400_000
  expect(await within(30)).toBe(0)
})
