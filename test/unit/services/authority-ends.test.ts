/** Two sessions in one vault: a CA is retired or loses its key in one while the other has it sign. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { profileById } from '../../../src/ca/profiles.ts'
import { issueRequest, prepareRequest } from '../../../src/ca/request.ts'
import type { In } from '../../../src/border/protocol.ts'
import { testKey } from '../../support/authority.ts'
import { batchOf } from '../../support/inputs.ts'
import {
  ADA,
  createVault,
  hierarchy,
  issue,
  LIST,
  PASSPHRASE,
  prepareInput,
  RESPONSES,
  startWorker,
  type TestWorker,
} from '../../support/worker.ts'

let [signing, other]: TestWorker[] = []
let authorityId: string
let rootId: string
beforeEach(async () => {
  signing = startWorker()
  await createVault(signing)
  ;({ intermediateId: authorityId, rootId } = await hierarchy(signing))
  other = startWorker(signing.name, signing.clock)
  await other.client.call('vault.unlock', { passphrase: PASSPHRASE, actor: ADA })
})
afterEach(() => {
  signing!.close()
  other!.close()
})

const retire = () => other!.client.call('authority.retire', { authorityId, actor: ADA })
const destroy = async () =>
  other!.client.call('authority.destroyKey', {
    authorityId,
    typedName: (await authority()).commonName!,
    seen: [],
    vaultPassphrase: PASSPHRASE,
    actor: ADA,
  })
const authority = async () =>
  (await other!.client.call('authority.list', null)).find(({ id }) => id === authorityId)!

/** A key rollover: everything is prepared, and then signed. */
async function replacing() {
  const { certificateId } = await authority()
  const { token, parts } = await other!.client.call('renewal.prepare', {
    certificateId,
    key: 'new',
    keyAlgorithm: null,
    authorityId: null,
    validity: null,
  })
  return () =>
    other!.client.call('renewal.sign', {
      token: token!,
      acknowledged: parts.flatMap(({ warnings }) => warnings),
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      revokeFormer: false,
      actor: ADA,
    })
}
const replace = async (): Promise<void> => {
  await (
    await replacing()
  )()
}

const ENDS = [
  ['retired', retire, 'authority-retired'],
  ['replaced', replace, 'authority-replaced'],
  ['destroyed', destroy, 'key-destroyed'],
] as const

/** Long enough that the other tab comes in between; what is not begun costs nothing. */
const MANY = 1500

const server = (commonName: string) => ({
  authorityId,
  profileId: 'tlsServer',
  commonName,
  names: [commonName],
})

async function sign(token: string | null, acknowledged: In<'issue.sign'>['acknowledged'] = []) {
  return signing!.client.call('issue.sign', {
    token: token!,
    acknowledged,
    caKey: { kind: 'vault' },
    endEntityKey: { kind: 'sealed' },
    actor: ADA,
  })
}

const countHere = async (): Promise<number> =>
  (await signing!.client.call('certificate.list', { authorityId, offset: 0, limit: 1 })).total

describe.each(ENDS)('a CA that is %s in another tab', (_how, end, code) => {
  test('signs nothing that was prepared before', async () => {
    const { token } = await signing!.client.call('issue.prepare', prepareInput(server('a.example.com')))
    await end()
    await expect(sign(token)).rejects.toMatchObject({ code })
    expect(await countHere()).toBe(0)
  })

  test('issues no more of a batch, and what is reported is what is stored', async () => {
    const names = Array.from({ length: MANY }, (_, n) => `host${String(n)}.example.com`)
    const ended: Promise<unknown>[] = []
    const result = await signing!.client.call('batch.start', batchOf(authorityId, names), {
      onProgress: ({ done }) => {
        if (done > 0 && ended.length === 0) ended.push(end())
      },
    })
    await Promise.all(ended)
    expect(result.issued).toBeGreaterThan(0)
    expect(result.issued).toBeLessThan(MANY)
    expect(result.stopped).toMatchObject({ left: MANY - result.issued, why: { code } })
    expect(await countHere()).toBe(result.issued)
  })

  test('certifies no more of a round of requests', async () => {
    const { spki, signer } = await testKey('p256').then((key) => ({ spki: key.spki, signer: key.signer }))
    const files = await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        const name = `host${String(n)}.example.com`
        const { request } = prepareInput(server(name))
        const prepared = prepareRequest(profileById('tlsServer')!, { ...request, key: spki })
        return { name: `${name}.csr`, bytes: (await issueRequest(prepared, signer)).der }
      }),
    )
    const { token, items } = await signing!.client.call('certify.read', { files, requestIds: [] })
    const ended: Promise<unknown>[] = []
    const result = await signing!.client.call(
      'certify.sign',
      {
        ...{ token, authorityId, profileId: 'tlsServer', validity: null, take: [] },
        ...{ chosen: items.map(({ index }) => index), acknowledged: [], actor: ADA },
      },
      {
        onProgress: ({ done }) => {
          if (done === 3) ended.push(end())
        },
      },
    )
    await Promise.all(ended)
    expect(result.certified.length).toBeGreaterThan(0)
    expect(result.failed).toEqual([])
    expect(result.stopped).toMatchObject({ left: 30 - result.certified.length, why: { code } })
    expect(await countHere()).toBe(result.certified.length)
  })

  test('renews nothing any more, one by one or many', async () => {
    const ids: string[] = []
    for (const name of ['a', 'b', 'c'])
      ids.push((await issue(signing!, server(`${name}.example.com`))).certificateId)
    const renewal = { keyAlgorithm: null, authorityId: null, validity: null } as const
    const { token } = await signing!.client.call('renewal.prepare', {
      ...renewal,
      certificateId: ids[0]!,
      key: 'same',
    })
    await end()
    const renewed = signing!.client.call('renewal.sign', {
      token: token!,
      acknowledged: [],
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      revokeFormer: false,
      actor: ADA,
    })
    await expect(renewed).rejects.toMatchObject({ code })
    expect(await countHere()).toBe(3)
  })

  test('replaces no more of many', async () => {
    const many = 600
    const names = Array.from({ length: many }, (_, n) => `host${String(n)}.example.com`)
    await signing!.client.call('batch.start', batchOf(authorityId, names))
    const { rows } = await signing!.client.call('certificate.list', { authorityId, offset: 0, limit: many })
    const ended = end()
    if (code === 'authority-replaced') await ended
    const result = await signing!.client.call('bulk.run', {
      ids: rows.map(({ id }) => id),
      act: { kind: 'replace', revokeFormer: true },
      acknowledged: [],
      actor: ADA,
    })
    await ended
    if (code === 'authority-replaced') {
      // The new key signs all of them, the old one none.
      expect([result.done, result.refused.length, await countHere()]).toEqual([many, 0, many])
      return
    }
    expect(result.done).toBeLessThan(many)
    expect(result.refused.length).toBeGreaterThan(0)
    expect(result.refused.every(({ refusal }) => refusal?.kind === 'error' && refusal.code === code)).toBe(
      true,
    )
    expect(await countHere()).toBe(many + result.done)
  })

  test('certifies no other CA any more', async () => {
    const partner = startWorker()
    await createVault(partner)
    const { certificateId } = await issue(partner, { profileId: 'root', commonName: 'Partner Root' })
    const { der } = await partner.client.call('certificate.detail', { certificateId })
    partner.close()
    // The other has no room below it.
    authorityId = rootId
    const before = await countHere()
    const { token } = await signing!.client.call('cross.prepare', {
      authorityId,
      kind: 'certificate',
      der,
      validity: null,
      constraints: {},
    })
    await end()
    const crossed = signing!.client.call('cross.sign', { token: token!, acknowledged: [], actor: ADA })
    await expect(crossed).rejects.toMatchObject({ code })
    expect(await countHere()).toBe(before + (code === 'authority-replaced' ? 1 : 0))
  })

  test('asks for no certificate of its own any more', async () => {
    const { certificateId } = await authority()
    await end()
    const asked = signing!.client.call('request.make', {
      request: {
        profileId: 'intermediate',
        subject: [{ type: 'commonName', value: 'Example Issuing CA' }],
        subjectAltNames: [],
        signature: null,
        extensions: {},
      },
      key: { kind: 'kept', certificateId },
      keyKeeping: { kind: 'vault' },
      actor: ADA,
    })
    await expect(asked).rejects.toMatchObject({ code: code === 'key-destroyed' ? 'export-no-key' : code })
    expect(await signing!.client.call('request.list', null)).toEqual([])
  })
})

describe('lists and responses', () => {
  let responderId: string
  beforeEach(async () => {
    await issue(signing!, server('a.example.com'))
    const responder = { authorityId, profileId: 'ocspSigner', commonName: 'Responder' }
    responderId = (await issue(signing!, responder)).certificateId
  })
  const list = (count = 1) => signing!.client.call('list.sign', { ...LIST, authorityId, count })
  const respond = () =>
    signing!.client.call('response.sign', { ...RESPONSES, authorityId, responderId, count: 100 })
  const kept = async (): Promise<number> =>
    (await signing!.client.call('list.all', { authorityId })).lists.length

  test('a retired CA goes on with lists until its key is destroyed', async () => {
    await retire()
    expect((await list()).lists).toHaveLength(1)
    await destroy()
    await expect(list()).rejects.toMatchObject({ code: 'key-destroyed' })
    expect(await kept()).toBe(1)
  })

  test('schedules that are being signed when the key is destroyed: what is reported is what is kept', async () => {
    const ended: Promise<unknown>[] = []
    let reported = 0
    const schedules = async (): Promise<never> => {
      for (;;) {
        const input = { ...LIST, authorityId, count: 60 }
        const { lists } = await signing!.client.call('list.sign', input, {
          onProgress: () => {
            if (ended.length === 0) ended.push(destroy())
          },
        })
        reported += lists.length
      }
    }
    await expect(schedules()).rejects.toMatchObject({ code: 'key-destroyed' })
    await Promise.all(ended)
    expect(await kept()).toBe(reported)
  })

  test('responses of a responder that is revoked meanwhile are not handed over', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `host${String(n)}.example.com`)
    await signing!.client.call('batch.start', batchOf(authorityId, names))
    const ended: Promise<unknown>[] = []
    const signed = signing!.client.call(
      'response.sign',
      { ...RESPONSES, authorityId, responderId, count: 100 },
      {
        onProgress: () => {
          if (ended.length > 0) return
          const revoked = {
            certificateId: responderId,
            reason: 'keyCompromise',
            invalidityDate: null,
          } as const
          ended.push(other!.client.call('revocation.revoke', { ...revoked, actor: ADA }))
        },
      },
    )
    await expect(signed).rejects.toMatchObject({ code: 'responder-revoked' })
    await Promise.all(ended)
    await expect(respond()).rejects.toMatchObject({ code: 'responder-revoked' })
  })
})
