import { describe, expect, test } from 'vitest'
import { encodePem } from '../../../src/x509/pem.ts'
import { headline } from '../../../src/messages/verdict-text.ts'
import { PublicRoots } from '../../../src/services/validate/public-roots.ts'
import { validateMethods } from '../../../src/services/validate/methods/validate.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { publicRootsText } from '../../../tools/public-roots.ts'
import manifest from '../../../package.json' with { type: 'json' }
import '../../support/english.ts'
import { AT, endEntity, intermediate, pem, root } from '../../support/chain.ts'
import type { Drawn } from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'

const top = await root({ subject: 'CN=Public Root' })
const ca = await intermediate(top)
const target = await endEntity(ca)
const stranger = await root({ subject: 'CN=Private Root' })
const base64 = ({ certificate }: Drawn): string => Buffer.from(certificate.der).toString('base64')
const TEXT = ['1.2.3', base64(top), base64(await root({ subject: 'CN=Another Public Root' }))].join('\n')

const ASKED = { at: AT, purpose: 'serverAuth', revocation: 'given' } as const
const call = { signal: new AbortController().signal, progress: () => undefined }

async function asked(
  text: string,
  stores: readonly string[],
  options: Partial<ValidateOptions> = {},
  trusted: readonly number[] = [],
) {
  const none = () => Promise.resolve([])
  const refuse = () => Promise.reject(new Error('nothing is kept here'))
  const kept = { list: none, find: () => Promise.resolve(null), keep: refuse, change: refuse, remove: refuse }
  const methods = validateMethods({ hierarchy: none, kept })
  const listed = await methods['validate.publicRoots']({ text: TEXT }, call)
  const files = [{ name: 'chain.pem', bytes: new TextEncoder().encode(text) }]
  await methods['validate.read']({ files, passwords: [], add: false }, call)
  const question = { target: 0, stores, trusted, options: { ...ASKED, ...options } }
  const answer = await methods['validate.run'](question, call)
  const report = await methods['validate.report'](question, call)
  const [anchor] = answer.report.paths[answer.report.best]?.certificates ?? []
  const { publicRoots } = answer.report
  expect(report.data.publicRoots).toEqual(publicRoots)
  return { listed, answer, publicRoots, from: anchor?.from, anchors: report.inputs.anchors.length }
}

describe('the store of public roots', () => {
  test('ends a chain, and the answer says so with what is not checked', async () => {
    const { listed, answer, from, publicRoots, anchors } = await asked(pem(target, ca), ['public'])
    expect(listed).toEqual([{ id: 'public', name: '1.2.3', kind: 'public', count: 2 }])
    expect([answer.verdict, from, anchors]).toEqual(['valid', 'public', 1])
    expect(publicRoots).toEqual({ version: '1.2.3', revocation: 'unchecked' })
    expect(headline(answer)).toMatch(
      / Public roots as of Node\.js 1\.2\.3; not checked: revocation, certificate transparency, browsers’ own distrust\.$/,
    )
  })

  test('is not used unless it is named', async () => {
    const { answer, publicRoots } = await asked(pem(target, ca), [])
    expect([answer.verdict, publicRoots]).toEqual(['invalid', null])
  })

  test('has no part in a chain that ends elsewhere, or at a root that is trusted anyway', async () => {
    const below = await endEntity(stranger)
    const elsewhere = await asked(pem(below, stranger), ['public'], {}, [1])
    expect([elsewhere.answer.verdict, elsewhere.from, elsewhere.publicRoots]).toEqual([
      'valid',
      'trust',
      null,
    ])
    expect(elsewhere.anchors).toBe(1)
    const untrusted = await asked(pem(below, stranger), ['public'])
    expect([untrusted.answer.verdict, untrusted.anchors]).toEqual(['invalid', 0])
    const both = await asked(pem(target, ca, top), ['public'], {}, [2])
    expect([both.answer.verdict, both.from, both.publicRoots]).toEqual(['valid', 'trust', null])
  })

  test('is not fooled by a root of the same name and key identifier', async () => {
    const { subjectKeyIdentifier } = top.certificate
    const twin = await root({ subject: 'CN=Public Root', extensions: { subjectKeyIdentifier } })
    const below = await intermediate(twin)
    expect(twin.certificate.spki.der).not.toEqual(top.certificate.spki.der)
    expect(below.certificate.authorityKeyIdentifier?.keyIdentifier).toEqual(subjectKeyIdentifier)
    const forged = await endEntity(below)
    for (const chain of [pem(forged, below), pem(forged, below, twin), pem(forged, below, top, twin)]) {
      const { answer } = await asked(chain, ['public'])
      expect(answer.verdict).toBe('invalid')
      expect(headline(answer)).not.toMatch(/^Valid/)
    }
    // The true chain beside the forged one stays valid.
    const { answer, from } = await asked(pem(target, ca, twin, below), ['public'])
    expect([answer.verdict, from]).toEqual(['valid', 'public'])
  })

  test('has expired roots, and lists of its own, as every other', async () => {
    const later = new Date(top.certificate.notAfter.getTime() + 86_400_000)
    expect((await asked(pem(target, ca), ['public'], { at: later })).answer.verdict).toBe('invalid')
    const list = await drawList(top, { revoked: [ca] })
    const revoked = await asked(pem(target, ca) + encodePem('X509 CRL', list.der), ['public'])
    expect(revoked.answer.verdict).toBe('invalid')
  })

  test('says of revocation what was checked', async () => {
    const list = await drawList(ca, { revoked: [] })
    const crl = encodePem('X509 CRL', list.der)
    const given = await asked(pem(target, ca) + crl, ['public'])
    expect([given.answer.verdict, given.publicRoots?.revocation]).toEqual(['valid', 'given'])
    expect(headline(given.answer)).toMatch(/not checked: revocation beyond what was added, certificate/)
    const not = await asked(pem(target, ca) + crl, ['public'], { revocation: 'none' })
    expect(not.publicRoots?.revocation).toBe('unchecked')
    const required = await asked(pem(target, ca) + crl, ['public'], { revocation: 'require' })
    expect(required.publicRoots?.revocation).toBe('required')
  })

  test('a root that cannot be read costs itself alone', () => {
    const { version, certificates } = new PublicRoots(
      ['1.2.3', 'no base64!', base64(top).slice(0, 200), base64(top)].join('\n'),
    )
    expect([version, certificates.length]).toEqual(['1.2.3', 1])
    expect(certificates[0]!.der).toEqual(top.certificate.der)
  })

  test('every root of the pinned Node is read', () => {
    const text = publicRootsText()
    const { version, certificates } = new PublicRoots(text)
    expect(version).toBe(manifest.devDependencies.node)
    expect(certificates).toHaveLength(text.split('\n').length - 1)
    expect(certificates.length).toBeGreaterThan(100)
    expect(publicRootsText()).toBe(text)
  })
})
