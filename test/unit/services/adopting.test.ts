import { beforeEach, expect, test } from 'vitest'
import { issue } from '../../../src/ca/issue.ts'
import { prepare } from '../../../src/ca/prepare.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { adoptAuthorities, adoptAuthority, comingKey } from '../../../src/services/hierarchy/adopting.ts'
import type { ComingAuthority } from '../../../src/services/hierarchy/adopting.ts'
import { broughtKey } from '../../../src/services/certifying/certified-key.ts'
import { handlersOf } from '../../../src/worker/start-server.ts'
import { Session } from '../../../src/services/session/session.ts'
import type { AuthorityNode } from '../../../src/border/views.ts'
import { issued, request, surroundings } from '../../support/authority.ts'
import type { TestAuthority } from '../../support/authority.ts'
import { freshName } from '../../support/vault.ts'
import { ADA, PASSPHRASE } from '../../support/worker.ts'
import { ROUNDS } from '../../support/rounds.ts'

let session: Session
let handlers: ReturnType<typeof handlersOf>
const CALL = { signal: new AbortController().signal, progress: () => undefined }

beforeEach(async () => {
  const clock = { now: Date.UTC(2026, 10, 21, 12) }
  session = await Session.start({
    name: freshName(),
    clock: () => (clock.now += 10),
    send: () => undefined,
    iterations: ROUNDS,
  })
  handlers = handlersOf(session)
  await handlers['vault.create'](
    { passphrase: PASSPHRASE, recoveryPassphrase: null, visibility: 'public', actor: ADA },
    CALL,
  )
})

const elsewhere = ({ certificate }: TestAuthority): ComingAuthority => ({ certificate, key: null })
const withKey = async ({ certificate, key }: TestAuthority): Promise<ComingAuthority> => {
  const brought = await broughtKey(session, { keyType: 'p256', pkcs8: key.pkcs8.slice(), spki: key.spki })
  return { certificate, key: await comingKey(session, brought, { kind: 'vault' }) }
}
async function adopt(...coming: ComingAuthority[]) {
  const { adopted, writes, entries } = await adoptAuthorities(session, coming, ADA)
  if (writes.length > 0) await session.commit({ writes, entries, durability: 'strict' })
  return adopted
}
const drawn = (nodes: readonly AuthorityNode[]): unknown =>
  nodes.map(({ authority, children }) => [authority.commonName, authority.key, drawn(children)])
const tree = async () => drawn(await handlers['authority.tree'](null, CALL))

const root = issued('root', request('Outside Root'), null)
const below = async (commonName: string) =>
  issued('intermediate', request(commonName, { extensions: { pathLen: null } }), await root)

test('a CA without its key stands in the tree as kept elsewhere, and cannot sign', async () => {
  const [{ authorityId } = { authorityId: '' }] = await adopt(elsewhere(await root))
  expect(await tree()).toEqual([['Outside Root', 'elsewhere', []]])
  expect(await session.inventory.authority(authorityId)).toMatchObject({ selfSigned: true, ready: false })
  await expect(session.signingKey(authorityId)).rejects.toMatchObject({ code: 'key-elsewhere' })
  const check = await handlers['vault.check'](null, CALL)
  expect(check.problems).toEqual([])
})

test('a CA that waits goes below its issuer once that comes', async () => {
  await adopt(elsewhere(await below('Outside Issuing')))
  expect(await tree()).toEqual([['Outside Issuing', 'elsewhere', []]])
  await adopt(elsewhere(await root))
  expect(await tree()).toEqual([['Outside Root', 'elsewhere', [['Outside Issuing', 'elsewhere', []]]]])
})

test('a whole chain comes in any order, and one that is here is not stored twice', async () => {
  const one = await below('One')
  expect((await adopt(elsewhere(one), elsewhere(await root))).map(({ outcome }) => outcome)).toEqual([
    'new',
    'new',
  ])
  const again = await adopt(elsewhere(await below('Two')), elsewhere(one), elsewhere(await root))
  expect(again.map(({ outcome }) => outcome)).toEqual(['new', 'known', 'known'])
  expect(await tree()).toEqual([
    [
      'Outside Root',
      'elsewhere',
      [
        ['One', 'elsewhere', []],
        ['Two', 'elsewhere', []],
      ],
    ],
  ])
})

test('the key comes after the certificate and joins it; it signs afterwards', async () => {
  await adopt(elsewhere(await root))
  const [joined] = await adopt(await withKey(await root))
  expect(joined).toMatchObject({ outcome: 'key-joined' })
  expect(await tree()).toEqual([['Outside Root', 'vault', []]])
  const prepared = await handlers['issue.prepare'](
    {
      authorityId: joined!.authorityId,
      request: { profileId: 'intermediate', ...request('Made here') },
      key: { kind: 'generate', algorithm: 'p256' },
    },
    CALL,
  )
  await handlers['issue.sign'](
    {
      token: prepared.token!,
      acknowledged: prepared.warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ADA,
    },
    CALL,
  )
  expect(await tree()).toEqual([['Outside Root', 'vault', [['Made here', 'vault', []]]]])
})

test('a later certificate of the same CA is added to it and becomes the one it issues with', async () => {
  const outside = await root
  const before = await below('Issuing')
  const [first] = await adopt(elsewhere(outside), elsewhere(before)).then((all) => all.slice(1))
  const preparation = await prepare(
    profileById('intermediate')!,
    { ...request('Issuing', { validity: { years: 12 } }), key: before.key.spki },
    outside,
    surroundings(),
  )
  const later = await issue(preparation.token!, outside.key.signer, {
    acknowledged: preparation.token!.warnings,
  })
  const [added] = await adopt({ certificate: later, key: null })
  expect(added).toMatchObject({ outcome: 'certificate-added', authorityId: first!.authorityId })
  const authority = await session.inventory.authority(first!.authorityId)
  expect(authority.notAfter).toEqual(later.notAfter)
  expect(await tree()).toEqual([['Outside Root', 'elsewhere', [['Issuing', 'elsewhere', []]]]])
})

test('a certificate that is no CA’s is refused', async () => {
  const leaf = await issued('tlsServer', request('www.example.com'), await root)
  await expect(adoptAuthority(session, elsewhere(leaf), ADA)).rejects.toMatchObject({
    code: 'authority-not-ca',
  })
})
