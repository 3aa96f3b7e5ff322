import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ReadAgain } from '../../../src/services/second-reading/second-reader.ts'
import { readAgain, type SecondReading } from '../../../witness/second-reading.ts'
import {
  ADA,
  createVault,
  issue,
  LIST,
  prepareInput,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

/** What the second reader answers, which each test may change. */
let change: (reading: SecondReading) => ReturnType<ReadAgain>
let asked: string[]
let worker: TestWorker

const answer: ReadAgain = (kind, der) => {
  asked.push(kind)
  const reading = readAgain(der.slice(), kind)
  return 'notRead' in reading ? Promise.resolve(reading) : change(reading)
}
beforeEach(async () => {
  asked = []
  change = (reading) => Promise.resolve(reading)
  worker = startWorker(undefined, undefined, answer)
  await createVault(worker)
})
afterEach(() => {
  worker.close()
})

const ROOT = { profileId: 'root', commonName: 'Example Root' }
const journal = async () => (await worker.client.call('journal.list', { offset: 0, limit: 100 })).entries
const reread = async (act: string) => (await journal()).find((entry) => entry.act === act)?.reread

test('what a CA is, and lists, are read again, and the journal says so; an end entity is not', async () => {
  const { authorityId } = await issue(worker, ROOT)
  await issue(worker, {
    authorityId,
    profileId: 'tlsServer',
    commonName: 'a.example.com',
    names: ['a.example.com'],
  })
  await worker.client.call('list.sign', { ...LIST, authorityId: authorityId! })
  expect(asked).toEqual(['certificate', 'list'])
  expect(await reread('list-signed')).toBe('same')
  const entries = await journal()
  const issued = entries.filter(({ act }) => act === 'certificate-issued').map(({ reread = '' }) => reread)
  expect(issued.sort()).toEqual(['', 'same'])
})

test.each(['subject', 'serial', 'from', 'spki', 'extensions', 'signed', 'signature'] as const)(
  'a CA whose %s is read differently is not stored',
  async (field) => {
    change = (reading) => Promise.resolve({ ...reading, [field]: 'something else' })
    await expect(issue(worker, ROOT)).rejects.toMatchObject({
      code: 'second-reading-differs',
      detail: { kind: 'certificate', name: 'Example Root', field },
    })
    expect(await worker.client.call('authority.list', null)).toEqual([])
    const [newest] = await journal()
    expect(newest).toMatchObject({ act: 'certificate-refused', reason: 'second-reading-differs' })
  },
)

test('one attribute is not two that read like it', async () => {
  change = ({ subject, ...reading }) => Promise.resolve({ ...reading, subject: [subject!.join(',')] })
  const organization = { type: 'organizationName', value: 'Example' }
  const { request, ...input } = prepareInput(ROOT)
  const { token, warnings } = await worker.client.call('issue.prepare', {
    ...input,
    request: { ...request, subject: [organization, ...request.subject] },
  })
  const signing = worker.client.call('issue.sign', {
    ...{ token: token!, acknowledged: warnings, actor: ADA },
    ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
  })
  await expect(signing).rejects.toMatchObject({
    code: 'second-reading-differs',
    detail: { field: 'subject' },
  })
})

test('a list with an entry that is read differently is not stored', async () => {
  const { authorityId } = await issue(worker, ROOT)
  change = (reading) => Promise.resolve({ ...reading, entries: ['01 0 '] })
  await expect(worker.client.call('list.sign', { ...LIST, authorityId: authorityId! })).rejects.toMatchObject(
    { code: 'second-reading-differs', detail: { kind: 'list', field: 'entries' } },
  )
  expect((await worker.client.call('list.all', { authorityId: authorityId! })).lists).toEqual([])
})

test('what is not read stops nothing, and the journal says why', async () => {
  change = () => Promise.resolve(null)
  await issue(worker, ROOT)
  expect(await reread('certificate-issued')).toBe('none')
  change = () => Promise.resolve({ notRead: 'long' })
  await issue(worker, { ...ROOT, commonName: 'Other Root' })
  expect(await reread('certificate-issued')).toBe('long')
})

test('what is too large, or nested too deep, is not read, and says which', () => {
  expect(readAgain(new Uint8Array(100_000_000), 'list')).toEqual({ notRead: 'size' })
  const deep = Uint8Array.from({ length: 20_000 }, (_, at) => (at % 2 === 0 ? 0x30 : 0x80))
  expect(readAgain(deep, 'list')).toEqual({ notRead: 'ber' })
})

test('a request is read again', async () => {
  asked = []
  await worker.client.call('request.make', {
    request: {
      ...{ profileId: 'tlsServer', subjectAltNames: [], signature: null, extensions: {} },
      subject: [{ type: 'commonName', value: 'b.example.com' }],
    },
    key: { kind: 'generate', algorithm: 'p256' },
    keyKeeping: { kind: 'vault' },
    actor: ADA,
  })
  expect(asked).toEqual(['request'])
  expect(await reread('request-made')).toBe('same')
})

test('what is cancelled while a second reader hangs is not stored', async () => {
  const isAsked = new Promise<void>((resolve) => {
    change = () => {
      resolve()
      return new Promise(() => undefined)
    }
  })
  const { token, warnings } = await worker.client.call('issue.prepare', prepareInput(ROOT))
  const controller = new AbortController()
  const signing = worker.client.call(
    'issue.sign',
    {
      ...{ token: token!, acknowledged: warnings, actor: ADA },
      ...{ caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' } },
    },
    { signal: controller.signal },
  )
  await isAsked
  controller.abort()
  await expect(signing).rejects.toMatchObject({ code: 'cancelled' })
  expect(await worker.client.call('authority.list', null)).toEqual([])
  // Nobody refused it.
  expect((await journal()).map(({ act }) => act)).not.toContain('certificate-refused')
})

test('that it did not answer in time is in the journal, and nothing is waited for', async () => {
  change = () => Promise.resolve({ notRead: 'late' })
  await issue(worker, ROOT)
  expect(await reread('certificate-issued')).toBe('late')
})
