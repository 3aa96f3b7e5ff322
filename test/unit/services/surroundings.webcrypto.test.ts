import { expect, test } from 'vitest'
import type { ExtensionInputs, IssuanceRequest } from '../../../src/ca/input.ts'
import { prepare } from '../../../src/ca/prepare.ts'
import type { Preparation } from '../../../src/ca/prepare.ts'
import { profileById } from '../../../src/ca/profiles.ts'
import { surroundings } from '../../../src/services/certifying/surroundings.ts'
import { issued, request } from '../../support/authority.ts'
import type { TestAuthority } from '../../support/authority.ts'
import * as drawn from '../../support/chain.ts'

/** An issuer's own chain is validated before it signs: a certificate that no verifier would accept is not issued. */

const at = new Date('2026-11-21T12:00:00Z')
const root = await issued('root', request('Root'), null)
const below = (extensions: ExtensionInputs, over: Partial<IssuanceRequest> = {}) =>
  issued('intermediate', request('Issuing', { extensions, ...over }), root)

const attempt = (
  profileId: string,
  asked: IssuanceRequest,
  issuer: TestAuthority,
  when = at,
): Promise<Preparation> =>
  prepare(profileById(profileId)!, { ...asked, key: root.key.spki.slice() }, issuer, surroundings(when))
const codes = async (made: Promise<Preparation>) => {
  const { findings, token } = await made
  return [token === null ? 'stopped' : 'can be signed', ...findings.map(({ code }) => code)]
}

const nothingElse = { permitted: ['example.com'], excluded: [], nothingElse: true }

test('a name outside the constraints of a tier stops, one inside does not', async () => {
  const bound = await below({ nameConstraints: nothingElse, pathLen: 1 })
  const lower = await issued('intermediate', request('Lower'), bound)
  expect(await codes(attempt('tlsServer', request('www.example.org'), lower))).toEqual([
    'stopped',
    'name-not-permitted',
  ])
  const fresh = await issued('tlsServer', request('www.example.com'), lower)
  const again = prepare(
    profileById('tlsServer')!,
    { ...request('www.example.com'), key: fresh.key.spki },
    lower,
    surroundings(at),
  )
  expect(await codes(again)).toEqual(['can be signed'])
})

test('more names than the validator holds against the constraints of a tier stop', async () => {
  const permitted = Array.from({ length: 2000 }, (_, i) => `d${String(i)}.example.com`)
  const bound = await below({ nameConstraints: { permitted, excluded: [], nothingElse: false } })
  const named = (n: number) =>
    request('www.d1.example.com', {
      subjectAltNames: ['www', ...Array.from({ length: n - 1 }, (_, i) => `h${String(i)}`)].map((host) => ({
        kind: 'dNSName',
        value: `${host}.d1.example.com`,
      })),
    })
  expect(await codes(attempt('tlsServer', named(1000), bound))).toEqual(['stopped', 'budget-exhausted'])
  expect(await codes(attempt('tlsServer', named(100), bound))).toEqual(['can be signed'])
})

test('a purpose that a tier does not have stops', async () => {
  const servers = await below({ extKeyUsage: ['serverAuth'] })
  expect(await codes(attempt('codeSigning', request('x'), servers))).toEqual([
    'stopped',
    'purpose-not-nested',
  ])
  expect((await codes(attempt('tlsServer', request('www.example.com'), servers)))[0]).toBe('can be signed')
})

test('a CA below pathLen 0 stops', async () => {
  const last = await below({ pathLen: 0 })
  expect(await codes(attempt('intermediate', request('Too low'), last))).toEqual([
    'stopped',
    'path-len-exceeded',
  ])
})

test('an issuer that has ended stops', async () => {
  const short = await below({}, { validity: { days: 1 } })
  const later = new Date(at.getTime() + 3 * 86_400_000)
  const asked = request('www.example.com', {
    validity: { notAfter: new Date(at.getTime() + 9 * 86_400_000) },
  })
  expect(await codes(attempt('tlsServer', asked, short, later))).toEqual([
    'stopped',
    'outlives-issuer',
    'expired',
  ])
})

test('a CA from elsewhere whose certificate breaks rules of form is told of, and signs', async () => {
  const top = await drawn.root({ critical: { basicConstraints: false } })
  const made = await prepare(
    profileById('tlsServer')!,
    { ...request('www.example.com', { validity: { days: 5 } }), key: root.key.spki.slice() },
    { certificate: top.certificate, chain: [] },
    surroundings(drawn.AT),
  )
  expect(made.token).not.toBeNull()
  expect(made.findings).toEqual([
    {
      code: 'tier-breaks-form',
      detail: { tier: expect.any(String) as string, codes: ['basic-constraints-not-critical'] },
    },
  ])
})
