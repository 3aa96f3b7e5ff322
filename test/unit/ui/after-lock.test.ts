import { afterEach, expect, test, vi } from 'vitest'
import type { Client } from '../../../src/border/client.ts'
import type { Method } from '../../../src/border/protocol.ts'
import { Calls } from '../../../src/state/calls.ts'
import type { Clock } from '../../../src/state/clock.svelte.ts'
import { Batch } from '../../../src/state/issue/batch.svelte.ts'
import { Handover } from '../../../src/state/issue/handover.svelte.ts'
import { Issuance } from '../../../src/state/issue/issuance.svelte.ts'
import type { Profiles } from '../../../src/state/issue/profiles.svelte.ts'
import { Operator } from '../../../src/state/operator.svelte.ts'
import type { Part } from '../../../src/state/part.ts'
import { Renewal } from '../../../src/state/renewal/renewal.svelte.ts'

// What the page keeps of files with keys: nothing once the vault is locked, whenever the answer comes.

const KEY = { name: 'a.key', type: 'application/x-pem-file', bytes: new Uint8Array([1, 2, 3]) }
const ISSUED = {
  certificateId: 'a',
  authorityId: null,
  der: new Uint8Array(),
  serialNumber: '01',
  handedOut: KEY,
}
const MADE = {
  files: [KEY],
  issued: [{ line: 2, subject: 'CN=a', serialNumber: '01' }],
  at: new Date(Date.UTC(2026, 10, 30)),
}
const RESULT = { batchId: 'b', issued: 1, certificateIds: ['a'], problems: [], stopped: null, made: MADE }
const profiles = { byId: () => null } as unknown as Profiles
const clock = { read: () => new Date() } as unknown as Clock

/** The parts of a page whose worker answers when the test says so. */
function page() {
  const waiting: { method: Method; answer: (out: unknown) => void }[] = []
  const client = {
    call: (method: Method) => new Promise((answer) => waiting.push({ method, answer })),
    on: () => () => undefined,
  } as unknown as Client
  const calls = new Calls(client, clock, new Operator())
  const handover = new Handover()
  const issuance = new Issuance(calls, profiles, handover)
  const renewal = new Renewal(calls, handover)
  const batch = new Batch(calls)
  const parts: readonly Part[] = [calls, handover, issuance, renewal, batch]
  const downloads = stubDownloads()
  return {
    ...{ handover, issuance, renewal, batch, downloads },
    lock: () => parts.forEach((part) => part.lockAway?.()),
    /** Answers the call that waits for it, and lets the page take it. */
    answer: async (method: Method, out: unknown) => {
      waiting
        .splice(
          waiting.findIndex((each) => each.method === method),
          1,
        )[0]!
        .answer(out)
      for (let turn = 0; turn < 20; turn++) await Promise.resolve()
    },
  }
}

function stubDownloads(): string[] {
  const names: string[] = []
  const link = { href: '', download: '', click: () => names.push(link.download) }
  vi.stubGlobal('document', { createElement: () => link })
  vi.stubGlobal('URL', { createObjectURL: () => 'blob:', revokeObjectURL: () => undefined })
  vi.useFakeTimers()
  return names
}
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

function signing({ issuance }: ReturnType<typeof page>) {
  issuance.prepared = { token: 'token', warnings: [] } as unknown as NonNullable<Issuance['prepared']>
  issuance.sign('a passphrase', () => undefined)
}

test('a key that was handed out and not saved is gone with a lock, and that is said', async () => {
  const here = page()
  signing(here)
  await here.answer('issue.sign', ISSUED)
  expect(here.handover.of('a')).toMatchObject({ file: KEY, isSaved: false })
  here.lock()
  expect(here.handover.of('a')).toEqual({ certificateId: 'a', file: 'locked', isSaved: false })
  here.handover.save()
  expect(here.downloads).toEqual([])
})

test('one that was saved is dropped too, and it is known that it was saved', async () => {
  const here = page()
  signing(here)
  await here.answer('issue.sign', ISSUED)
  here.handover.save()
  here.lock()
  expect(here.downloads).toEqual([KEY.name])
  expect(here.handover.of('a')).toEqual({ certificateId: 'a', file: 'locked', isSaved: true })
})

test('a signed certificate that comes after a lock comes without its key', async () => {
  const here = page()
  signing(here)
  here.lock()
  await here.answer('issue.sign', ISSUED)
  expect(here.handover.of('a')).toEqual({ certificateId: 'a', file: 'locked', isSaved: false })
  expect(here.issuance.issuedId).toBe('a')
})

test('so does one that came before it, and waited for the key of its CA to be closed', async () => {
  const here = page()
  here.issuance.signing.keys = { ca: 'of the CA' }
  signing(here)
  await here.answer('authority.unlock', null)
  await here.answer('issue.sign', ISSUED)
  here.lock()
  await here.answer('authority.close', null)
  expect(here.handover.of('a')).toMatchObject({ file: 'locked' })
})

test('and a renewed one', async () => {
  const here = page()
  here.renewal.prepared = { token: 'token', parts: [] } as unknown as NonNullable<Renewal['prepared']>
  here.renewal.sign('a passphrase', () => undefined)
  here.lock()
  await here.answer('renewal.sign', { certificateId: 'a', authorityId: null, handedOut: KEY })
  expect(here.handover.of('a')).toMatchObject({ file: 'locked' })
})

test('the ZIP of a batch is dropped with a lock; what was issued is still said', async () => {
  const here = page()
  here.batch.start('ca', 'a passphrase')
  await here.answer('batch.start', RESULT)
  expect([here.downloads.length, here.batch.isSaved]).toEqual([1, true])
  here.lock()
  expect(here.batch.result).toEqual({ ...RESULT, made: 'locked' })
  here.batch.save()
  expect(here.downloads).toHaveLength(1)
  expect([here.batch.isSaved, here.batch.handedOut]).toEqual([true, true])
})

test('a batch that ends after a lock hands nothing over', async () => {
  const here = page()
  here.batch.start('ca', 'a passphrase')
  here.lock()
  await here.answer('batch.start', RESULT)
  expect(here.batch.result).toEqual({ ...RESULT, made: 'locked' })
  expect([here.downloads.length, here.batch.isSaved]).toEqual([0, false])
})

test('what is prepared after a lock cannot be signed: the worker has dropped it', async () => {
  const here = page()
  here.issuance.prepare(() => undefined)
  here.lock()
  await here.answer('issue.prepare', { token: 'token', warnings: [] })
  expect(here.issuance.prepared).toBeNull()
  expect(here.issuance.preparing.error).toMatchObject({ code: 'vault-locked' })
})

test('passphrases of CA keys that were typed are gone with a lock', () => {
  const here = page()
  here.batch.running.keys = { ca: 'of the CA' }
  here.lock()
  expect(here.batch.running.keys).toEqual({})
})
