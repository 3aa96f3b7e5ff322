import type { Page } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { profileById } from '../../src/ca/profiles.ts'
import { issueRequest, prepareRequest } from '../../src/ca/request.ts'
import type { In } from '../../src/border/protocol.ts'
import type { Progress } from '../../src/border/views.ts'
import { testKey } from '../support/authority.ts'
import { ADA, batchOf, LIST } from '../support/inputs.ts'
import { openReady } from '../support/site.ts'
import { startApp, type App } from './support/app.ts'
import { axeFindingsEverywhere } from './support/axe.ts'
import {
  createVault,
  fillIn,
  heading,
  issue,
  PASSPHRASE,
  toReview,
  unlock,
  visit,
} from './support/operator.ts'
import { screenshots } from './support/screenshot.ts'
import { workerCalls, type WorkerCalls } from './support/worker-call.ts'

// Two tabs of one browser in one vault: what ends a CA in the one ends what it signs in the other.

interface Tab extends WorkerCalls {
  readonly page: Page
  /** Called with what its worker reports. */
  hear: ((progress: Progress) => void) | null
}

let app: App
let [signing, other]: Tab[] = []
let rootId: string
beforeAll(async () => {
  app = await startApp()
  signing = await openTab()
  await createVault(signing.page)
  await issue(signing.page, { name: 'Example Root' })
  rootId = (await signing.call('authority.list', null))[0]!.id
  other = await openTab()
  await visit(other.page, '#/unlock')
  await unlock(other.page)
  await other.page.getByRole('button', { name: 'Lock now' }).waitFor()
  // Chromium draws a tab that is behind another about once a second, and each act waits for it.
  await signing.page.bringToFront()
})
afterAll(() => app.close())

async function openTab(): Promise<Tab> {
  const page = await app.context.newPage()
  const tab: Omit<Tab, 'call'> = { page, hear: null }
  const calls = await workerCalls(page, (progress) => tab.hear?.(progress))
  await openReady(page, app.site.url)
  return Object.assign(tab, calls)
}

const issuing = { caKey: { kind: 'vault' }, endEntityKey: { kind: 'sealed' }, actor: ADA } as const

/** One certificate from form to vault. */
async function issueOne(tab: Tab, authorityId: string, profileId: string, name: string) {
  const { token, warnings } = await tab.call('issue.prepare', {
    authorityId,
    request: {
      profileId,
      subject: [{ type: 'commonName', value: name }],
      subjectAltNames: profileId === 'tlsServer' ? [{ kind: 'dNSName', value: name }] : [],
      validity: null,
      signature: null,
      extensions: profileId === 'intermediate' ? { pathLen: 1 } : {},
    },
    key: { kind: 'generate', algorithm: 'p256' },
  })
  // Prepared after it was revoked, it asks first: nobody here says yes to that.
  if (warnings.includes('tier-revoked')) throw new Error('authority-revoked')
  return tab.call('issue.sign', { ...issuing, token: token!, acknowledged: warnings })
}

/** Enough that a renewal of all takes several times as long as ending their CA. */
const MANY = 1000

let made = 0
async function freshAuthority(): Promise<string> {
  return (await issueOne(signing!, rootId, 'intermediate', `Issuing CA ${String(++made)}`)).authorityId!
}

const viewOf = async (tab: Tab, authorityId: string) =>
  (await tab.call('authority.list', null)).find(({ id }) => id === authorityId)!

type End = (authorityId: string) => Promise<unknown>
const retire: End = (authorityId) => other!.call('authority.retire', { authorityId, actor: ADA })
const destroy: End = async (authorityId) =>
  other!.call('authority.destroyKey', {
    authorityId,
    typedName: (await viewOf(other!, authorityId)).commonName!,
    ...{ seen: [], vaultPassphrase: PASSPHRASE, actor: ADA },
  })
const revoke: End = async (authorityId) =>
  other!.call('revocation.revoke', {
    certificateId: (await viewOf(other!, authorityId)).certificateId,
    ...{ reason: 'cACompromise', invalidityDate: null, actor: ADA },
  })

/** Begins to end the CA at the first report of this kind; `ended` resolves when it has. */
function endingAt(authorityId: string, end: End, isTime: (progress: Progress) => boolean) {
  const begun: Promise<unknown>[] = []
  signing!.hear = (progress) => {
    if (begun.length === 0 && isTime(progress)) begun.push(end(authorityId))
  }
  return async (): Promise<void> => {
    expect(begun).toHaveLength(1)
    await begun[0]
    signing!.hear = null
  }
}

const stored = async (authorityId: string): Promise<number> =>
  (await other!.call('certificate.list', { authorityId, offset: 0, limit: 1 })).total

const SIGNATURES: readonly string[] = [
  'certificate-issued',
  'certificate-renewed',
  'authority-cross-certified',
  'request-answered',
  'list-signed',
]

/** What the journal has signed after this act of the other tab. */
async function signedAfter(act: string): Promise<string[]> {
  const { entries } = await other!.call('journal.list', { offset: 0, limit: 4000 })
  const inOrder = [...entries].sort((one, another) => one.sequence - another.sequence)
  const at = inOrder.findLastIndex((entry) => entry.act === act)
  expect(at).toBeGreaterThan(0)
  return inOrder.slice(at).flatMap(({ act: done }) => (SIGNATURES.includes(done) ? [done] : []))
}

const isBatch = ({ kind, done }: Progress): boolean => kind === 'batch' && done > 0

describe.each([
  ['retired', retire, 'authority-retired', 'authority-retired'],
  ['destroyed', destroy, 'key-destroyed', 'authority-key-destroyed'],
  ['revoked', revoke, 'authority-revoked', 'certificate-revoked'],
] as const)('a CA that is %s in another tab', (_how, end, code, act) => {
  test('signs no more one by one', async () => {
    const id = await freshAuthority()
    let issued = 0
    const ending: Promise<unknown>[] = []
    const refused = await (async () => {
      for (; issued < 400; issued++) {
        if (issued === 3) ending.push(end(id))
        await issueOne(signing!, id, 'tlsServer', `host${String(issued)}.example.com`)
      }
    })().catch((error: unknown) => error)
    await Promise.all(ending)
    expect(String(refused)).toContain(code)
    expect(await stored(id)).toBe(issued)
    expect(await signedAfter(act)).toEqual([])
  })

  test('issues no more of a batch of 1,500', async () => {
    const id = await freshAuthority()
    const names = Array.from({ length: 1500 }, (_, n) => `host${String(n)}.example.com`)
    const ended = endingAt(id, end, isBatch)
    const { issued, stopped } = await signing!.call('batch.start', batchOf(id, names))
    await ended()
    expect(stopped).toMatchObject({ left: 1500 - issued, why: { code } })
    expect(await stored(id)).toBe(issued)
    expect(await signedAfter(act)).toEqual([])
  })

  test('certifies no more of a round of requests', async () => {
    const id = await freshAuthority()
    const { spki, signer } = await testKey('p256')
    const files = await Promise.all(
      Array.from({ length: 200 }, async (_, n) => {
        const subjectAltNames = [{ kind: 'dNSName' as const, value: `host${String(n)}.example.com` }]
        const wishes = { subject: [], subjectAltNames, signature: null, extensions: {}, key: spki }
        const { der } = await issueRequest(prepareRequest(profileById('tlsServer')!, wishes), signer)
        return { name: `${String(n)}.csr`, bytes: der }
      }),
    )
    const { token, items } = await signing!.call('certify.read', { files, requestIds: [] })
    const ended = endingAt(id, end, ({ kind, done }) => kind === 'step' && done >= 3)
    const choices = { token, authorityId: id, profileId: 'tlsServer', validity: null, take: [] }
    const chosen = items.map(({ index }) => index)
    const signed = await signing!.call('certify.sign', { ...choices, chosen, acknowledged: [], actor: ADA })
    await ended()
    expect(signed.stopped).toMatchObject({ left: 200 - signed.certified.length, why: { code } })
    expect(await stored(id)).toBe(signed.certified.length)
    expect(await signedAfter(act)).toEqual([])
  })

  test('renews no more of many', async () => {
    const id = await freshAuthority()
    const names = Array.from({ length: MANY }, (_, n) => `host${String(n)}.example.com`)
    await signing!.call('batch.start', batchOf(id, names))
    const { rows } = await signing!.call('certificate.list', { authorityId: id, offset: 0, limit: MANY })
    const ended = end(id)
    const run = await signing!.call('bulk.run', {
      ids: rows.map((row) => row.id),
      ...{ act: { kind: 'renew', revokeFormer: false }, acknowledged: [], actor: ADA },
    })
    await ended
    expect(run.done).toBeLessThan(MANY)
    const codes = run.refused.map(({ refusal }) => (refusal?.kind === 'error' ? refusal.code : refusal))
    expect(new Set(codes)).toEqual(new Set([code]))
    expect(await stored(id)).toBe(MANY + run.done)
    expect(await signedAfter(act)).toEqual([])
  })

  test('certifies no other CA', async () => {
    const id = await freshAuthority()
    const outside = await partner()
    const prepare = { authorityId: id, kind: 'certificate', der: outside, validity: null } as const
    const { token, part } = await signing!.call('cross.prepare', { ...prepare, constraints: {} })
    await end(id)
    const crossed = signing!.call('cross.sign', { token: token!, acknowledged: part.warnings, actor: ADA })
    await expect(crossed).rejects.toThrow(code)
    expect(await stored(id)).toBe(0)
  })

  test('signs lists as long as its key is there', async () => {
    const id = await freshAuthority()
    const schedule: In<'list.sign'> = { ...LIST, authorityId: id, count: 100 }
    const ended = endingAt(id, end, ({ kind, done }) => kind === 'step' && done > 0)
    let reported = 0
    // A CA that is retired or revoked goes on, as long as one likes; five schedules are enough to see it.
    const outcome = await (async () => {
      for (let n = 0; n < 5 || code === 'key-destroyed'; n++)
        reported += (await signing!.call('list.sign', schedule)).lists.length
    })().catch((error: unknown) => error)
    await ended()
    const { lists } = await other!.call('list.all', { authorityId: id })
    expect(lists).toHaveLength(reported)
    if (code === 'key-destroyed') {
      expect(String(outcome)).toContain(code)
      expect(await signedAfter(act)).toEqual([])
    } else expect(reported).toBe(500)
  })
})

/** The root of another vault. */
async function partner(): Promise<Uint8Array> {
  const { createVault: create, issue: make, startWorker } = await import('../support/worker.ts')
  const worker = startWorker()
  worker.clock.now = Date.now()
  await create(worker)
  const { der } = await make(worker, { profileId: 'root', commonName: 'Partner Root' })
  worker.close()
  return der
}

test('a certificate that its CA no longer signs leads to another CA', async () => {
  const { page } = signing!
  const id = await freshAuthority()
  const left = await freshAuthority()
  const [name, other] = [(await viewOf(signing!, id)).commonName!, (await viewOf(signing!, left)).commonName!]
  await fillIn(page, {
    issuer: name,
    purpose: 'TLS server',
    name: 'kept.example.com',
    names: 'kept.example.com',
  })
  await toReview(page)
  await retire(id)
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: `${name} is retired` })
    .waitFor()
  const way = page.getByRole('button', { name: 'Choose another CA' })
  expect(await page.locator('main .button.primary').allInnerTexts()).toEqual(['Choose another CA'])
  await expect.poll(() => way.evaluate((button) => document.activeElement === button)).toBe(true)
  await screenshots(page, 'signing-retired')
  await page.keyboard.press('Enter')
  await heading(page, 'Issue a certificate').waitFor()
  await page.getByText(`${name} no longer issues certificates.`).waitFor()
  const review = page.getByRole('button', { name: 'Review it…' })
  expect(await review.isDisabled()).toBe(true)
  await screenshots(page, 'issuer-retired')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByLabel('Who signs it').selectOption({ label: other })
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('kept.example.com')
  await toReview(page)
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, /kept\.example\.com is issued$/).waitFor()
})

test('the page says why, keeps what was typed, and prepares it again', async () => {
  const { page } = signing!
  const id = await freshAuthority()
  const name = (await viewOf(signing!, id)).commonName!
  await fillIn(page, {
    issuer: name,
    purpose: 'TLS server',
    name: 'www.example.com',
    names: 'www.example.com',
  })
  await toReview(page)
  await revoke(id)
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await page.getByText(/is revoked or on hold, and that was not accepted/).waitFor()
  expect(await page.locator('main .button.primary').allInnerTexts()).toEqual(['Prepare it again'])
  await screenshots(page, 'signing-refused')
  await page.getByRole('button', { name: 'Prepare it again' }).click()
  await page
    .getByText(/has been revoked since/)
    .first()
    .waitFor()
  await page.getByLabel('I have read it and want to sign').check()
  await screenshots(page, 'signing-below-revoked')
  expect(await axeFindingsEverywhere(page)).toEqual([])
  await page.getByRole('button', { name: 'Sign the certificate' }).click()
  await heading(page, /www\.example\.com is issued$/).waitFor()
  expect(app.complaints).toEqual([])
})
