import { beforeAll, describe, expect, test } from 'vitest'
import { CLIENTS } from '../../src/ca/rollover-plan.ts'
import type { RolloverView } from '../../src/border/protocol/rollover.ts'
import { createPool } from '../../src/validate/pool.ts'
import { validate } from '../../src/validate/validate.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { run, scratchFor } from '../support/run.ts'
import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { ADA, PASSPHRASE, createVault, issue, startWorker, type TestWorker } from '../support/worker.ts'

const YEAR = 365 * 86_400_000
const folder = scratchFor('rollover')

let plan: RolloverView
/** DER by name: the two roots, the two cross-certificates, an intermediate and a server below each key. */
const ders: Record<string, Uint8Array> = {}

beforeAll(async () => {
  const worker = startWorker()
  worker.clock.now = Date.UTC(2026, 0, 1)
  await createVault(worker)
  const root = await issue(worker, { profileId: 'root', commonName: 'Example Root', algorithm: 'p384' })
  // Below each key there is something that is valid all the time, so that the roots alone decide.
  const old = await below(worker, root.authorityId!, 'old', 2025, 2060)
  await worker.client.call('vault.lock', null)
  worker.clock.now += 12 * YEAR
  await worker.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
  const fresh = await renewedWithNewKey(worker, root.certificateId)
  const recent = await below(worker, fresh, 'new', 2025, 2060)
  plan = await worker.client.call('rollover.plan', { authorityId: root.authorityId! })
  Object.assign(ders, old, recent, {
    'old-root': plan.old.der,
    'new-root': plan.fresh.der,
    'old-with-new': plan.oldWithNew!.der,
    'new-with-old': plan.newWithOld!.der,
  })
  for (const [name, der] of Object.entries(ders))
    writeFileSync(join(folder, `${name}.pem`), encodePem('CERTIFICATE', der))
  worker.close()
})

async function below(worker: TestWorker, authorityId: string, side: string, from: number, to: number) {
  const validity = { notBefore: new Date(Date.UTC(from, 0, 1)), notAfter: new Date(Date.UTC(to, 0, 1)) }
  const sign = async (under: string, profileId: string, commonName: string, host: string[]) => {
    const prepared = await worker.client.call('issue.prepare', {
      authorityId: under,
      request: {
        profileId,
        subject: [{ type: 'commonName', value: commonName }],
        subjectAltNames: host.map((value) => ({ kind: 'dNSName', value })),
        validity,
        signature: null,
        extensions: {},
      },
      key: { kind: 'generate', algorithm: 'p256' },
    })
    return worker.client.call('issue.sign', {
      token: prepared.token!,
      acknowledged: prepared.warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ADA,
    })
  }
  const ca = await sign(authorityId, 'intermediate', `Issuing CA (${side})`, [])
  const server = await sign(ca.authorityId!, 'tlsServer', `${side}.example.com`, [`${side}.example.com`])
  return { [`${side}-ca`]: ca.der, [`${side}-server`]: server.der }
}

async function renewedWithNewKey({ client }: TestWorker, certificateId: string): Promise<string> {
  const prepared = await client.call('renewal.prepare', {
    ...{ certificateId, key: 'new', keyAlgorithm: 'rsa-2048', authorityId: null, validity: null },
  })
  const renewed = await client.call('renewal.sign', {
    token: prepared.token!,
    acknowledged: prepared.parts.flatMap(({ warnings }) => warnings),
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    revokeFormer: false,
    actor: ADA,
  })
  return renewed.authorityId!
}

const ROOTS = { old: ['old-root'], both: ['old-root', 'new-root'], new: ['new-root'] }
/** What the plan says a server sends beside its own certificate. */
const SENT = { old: ['old-ca', 'old-with-new'], new: ['new-ca', 'new-with-old'] }

async function opensslAccepts(client: keyof typeof ROOTS, side: 'old' | 'new', at: Date): Promise<boolean> {
  const options = (option: string, names: string[]) =>
    names.flatMap((name) => [option, join(folder, `${name}.pem`)])
  const { code } = await run('openssl', [
    ...['verify', '-no-CApath', '-no-CAstore', '-purpose', 'sslserver'],
    ...['-attime', String(Math.floor(at.getTime() / 1000))],
    ...options('-trusted', ROOTS[client]),
    ...options('-untrusted', SENT[side]),
    join(folder, `${side}-server.pem`),
  ])
  return code === 0
}

async function weAccept(client: keyof typeof ROOTS, side: 'old' | 'new', at: Date): Promise<boolean> {
  const read = (name: string) => parseCertificate(ders[name]!)
  const pool = createPool({ anchors: ROOTS[client].map(read), intermediates: SENT[side].map(read) })
  const { verdict } = await validate(read(`${side}-server`), pool, {
    at,
    purpose: 'serverAuth',
    revocation: 'none',
  })
  return verdict === 'valid'
}

describe('an old and a new root that certify each other (RFC 4210 §4.4)', () => {
  test('the plan has its days in order, and an overlap in which every client believes both keys', () => {
    const days = plan.steps.map(({ at }) => at.getTime())
    expect(days).toEqual(days.toSorted((a, b) => a - b))
    const everybody = { old: true, new: true }
    const overlap = plan.eras.find(({ accepts }) =>
      CLIENTS.every((client) => accepts[client].old && accepts[client].new),
    )
    expect(overlap?.accepts).toEqual({ old: everybody, both: everybody, new: everybody })
    expect(overlap?.from).toEqual(plan.fresh.row.notBefore)
    expect(overlap?.until).toEqual(plan.old.row.notAfter)
  })

  test('at each date of the plan OpenSSL and our validator accept what it says, for clients with either root or both', async () => {
    const dates = plan.eras
      .flatMap(({ from, until }) => [from, new Date((from.getTime() + until.getTime()) / 2), until])
      .concat(plan.steps.map(({ at }) => at))
    const answers = { expected: [] as string[], openssl: [] as string[], ours: [] as string[] }
    for (const at of dates) {
      const era = plan.eras.find(({ from, until }) => from <= at && at <= until)!
      for (const client of CLIENTS)
        for (const side of ['old', 'new'] as const) {
          const line = (accepted: boolean) => `${at.toISOString()} ${client} ${side} ${String(accepted)}`
          answers.expected.push(line(era.accepts[client][side]))
          // OpenSSL counts the last second of a validity as over (X509_cmp_time); RFC 5280 does not.
          const isLast = at.getTime() === era.until.getTime()
          answers.openssl.push(
            line(await opensslAccepts(client, side, isLast ? new Date(at.getTime() - 1000) : at)),
          )
          answers.ours.push(line(await weAccept(client, side, at)))
        }
    }
    expect(answers.openssl).toEqual(answers.expected)
    expect(answers.ours).toEqual(answers.expected)
    expect(new Set(answers.expected.map((line) => line.split(' ').at(-1)))).toEqual(
      new Set(['true', 'false']),
    )
  })

  test('without the cross-certificates, a client with one root believes one key only', async () => {
    const at = new Date(plan.fresh.row.notBefore.getTime() + YEAR)
    expect(await opensslAccepts('old', 'new', at)).toBe(true)
    SENT.new = ['new-ca']
    expect(await opensslAccepts('old', 'new', at)).toBe(false)
    expect(await weAccept('old', 'new', at)).toBe(false)
    SENT.new = ['new-ca', 'new-with-old']
  })
})
