import { describe, expect, test } from 'vitest'
import { oid, seq } from '../../../src/der/writer.ts'
import { Budget } from '../../../src/validate/budget.ts'
import { ProfileRows } from '../../../src/validate/path/profile-rows.ts'
import { checkPath } from '../../../src/validate/path/run.ts'
import { Signatures } from '../../../src/validate/signatures.ts'
import { createPool } from '../../../src/validate/validate.ts'
import { EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { AT, endEntity, intermediate, root, selfSigned } from '../../support/chain.ts'
import { examine, refusals } from './examine.ts'

describe('validity (§6.1.3(a)(2))', () => {
  const second = 1000
  test.each([
    ['begins at the very second', { notBefore: AT }, []],
    ['begins a second later', { notBefore: new Date(AT.getTime() + second) }, ['not-yet-valid']],
    ['ends at the very second', { notAfter: AT }, []],
    ['ended a second before', { notAfter: new Date(AT.getTime() - second) }, ['expired']],
  ])('a target that %s', async (_claim, dates, expected) => {
    const top = await root()
    expect(refusals(await examine(await endEntity(top, dates), { anchors: [top] }))).toEqual([[], expected])
  })

  test('an expired anchor is refused by the default profile, and not by §6 alone', async () => {
    const top = await root({ notAfter: new Date(AT.getTime() - second) })
    const target = await endEntity(top)
    expect(refusals(await examine(target, { anchors: [top] }))).toEqual([['expired'], []])
    expect(refusals(await examine(target, { anchors: [top] }, { profile: 'path' }))).toEqual([[], []])
  })

  test('fractions of a second do not count', async () => {
    const top = await root()
    const target = await endEntity(top, { notAfter: AT })
    const at = new Date(AT.getTime() + 999)
    expect(refusals(await examine(target, { anchors: [top] }, { at }))).toEqual([[], []])
  })
})

describe('path length (§6.1.4(l), (m))', () => {
  test('a CA below pathLen 0 is rejected', async () => {
    const top = await root()
    const narrow = await intermediate(top, { pathLen: 0 })
    const below = await intermediate(narrow)
    const report = await examine(await endEntity(below), { anchors: [top], intermediates: [narrow, below] })
    expect(refusals(report)).toEqual([[], [], ['path-len-exceeded'], []])
  })

  test('a target below pathLen 0 is fine', async () => {
    const top = await root({ pathLen: 1 })
    const narrow = await intermediate(top, { pathLen: 0 })
    const report = await examine(await endEntity(narrow), { anchors: [top], intermediates: [narrow] })
    expect(refusals(report)).toEqual([[], [], []])
  })

  test('the pathLen of the anchor counts (RFC 5937)', async () => {
    const top = await root({ pathLen: 0 })
    const ca = await intermediate(top)
    const report = await examine(
      await endEntity(ca),
      { anchors: [top], intermediates: [ca] },
      { profile: 'path', anchorConstraints: true },
    )
    expect(refusals(report)).toEqual([[], ['path-len-exceeded'], []])
  })

  test('self-issued CAs do not count', async () => {
    const top = await root()
    const ca = await intermediate(top, { pathLen: 0 })
    const renewed = await intermediate(ca, { subject: ca.certificate.subject.der, pathLen: 0 })
    const report = await examine(await endEntity(renewed), { anchors: [top], intermediates: [ca, renewed] })
    expect(refusals(report)).toEqual([[], [], [], []])
  })

  test.each([
    [1, []],
    [0, ['path-len-exceeded']],
  ])('maxDepth %i with one intermediate', async (maxDepth, expected) => {
    const top = await root()
    const ca = await intermediate(top)
    const report = await examine(await endEntity(ca), { anchors: [top], intermediates: [ca] }, { maxDepth })
    expect(refusals(report)).toEqual([[], expected, []])
  })
})

describe('what makes a CA', () => {
  test('an intermediate without basicConstraints is rejected (§6.1.4(k))', async () => {
    const top = await root()
    const ca = await intermediate(top, { extensions: { basicConstraints: null } })
    const report = await examine(
      await endEntity(ca),
      { anchors: [top], intermediates: [ca] },
      { profile: 'path' },
    )
    expect(refusals(report)).toEqual([[], ['not-a-ca'], []])
  })

  test('a version 1 intermediate is rejected, a version 1 anchor is not (§6.1.4(k))', async () => {
    const top = await root({ version: 1 })
    const ca = await intermediate(top, { version: 1 })
    const pile = { anchors: [top], intermediates: [ca] }
    expect(refusals(await examine(await endEntity(ca), pile, { profile: 'path' }))).toEqual([
      [],
      ['not-a-ca'],
      [],
    ])
    expect(refusals(await examine(await endEntity(top), pile, { profile: 'path' }))).toEqual([[], []])
  })

  test('keyUsage without keyCertSign is rejected, no keyUsage is not (§6.1.4(n))', async () => {
    const top = await root()
    const wrong = await intermediate(top, { extensions: { keyUsage: new Set(['cRLSign']) } })
    const silent = await intermediate(top, { extensions: { keyUsage: null } })
    const pile = { anchors: [top], intermediates: [wrong, silent] }
    expect(refusals(await examine(await endEntity(wrong), pile, { profile: 'path' }))).toEqual([
      [],
      ['key-cert-sign-missing'],
      [],
    ])
    expect(refusals(await examine(await endEntity(silent), pile, { profile: 'path' }))).toEqual([[], [], []])
  })
})

describe('critical extensions (§6.1.4(o), §6.1.5(f))', () => {
  const unknown = { oid: '1.3.6.1.4.1.55738.1', value: seq() }

  test.each([
    [true, ['critical-extension-unknown']],
    [false, []],
  ])('an unknown extension on the target, critical: %s', async (critical, expected) => {
    const top = await root()
    const target = await endEntity(top, { more: [{ ...unknown, critical }] })
    expect(refusals(await examine(target, { anchors: [top] }))).toEqual([[], expected])
  })

  test('an unknown critical extension on a CA', async () => {
    const top = await root()
    const ca = await intermediate(top, { more: [{ ...unknown, critical: true }] })
    const report = await examine(await endEntity(ca), { anchors: [top], intermediates: [ca] })
    expect(refusals(report)).toEqual([[], ['critical-extension-unknown'], []])
  })

  test('an extension that matters for the path and cannot be read (§4.2)', async () => {
    const top = await root()
    const broken = { oid: EXTENSION_OIDS.nameConstraints, critical: false, value: oid('1.2.3') }
    const ca = await intermediate(top, { more: [broken] })
    const report = await examine(
      await endEntity(ca),
      { anchors: [top], intermediates: [ca] },
      { profile: 'path' },
    )
    expect(refusals(report)[1]).toContain('extension-unprocessable')
  })
})

describe('anchors', () => {
  test('nothing is trusted because it is self-signed', async () => {
    const target = await selfSigned()
    const report = await examine(target, { anchors: [] })
    expect(refusals(report)).toEqual([['anchor-missing']])
    expect(report.verdict).toBe('invalid')
  })

  test('a self-signed target in the trust store stands', async () => {
    const target = await selfSigned()
    const report = await examine(target, { anchors: [target] }, { purpose: 'serverAuth', profile: 'path' })
    expect(report.verdict).toBe('valid')
    expect(report.paths[0]!.certificates.map(({ place, from }) => [place, from])).toEqual([
      ['target', 'trust'],
    ])
  })

  test('an intermediate may be the anchor', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const report = await examine(await endEntity(ca), { anchors: [ca], intermediates: [top] })
    expect(report.verdict).toBe('valid')
    expect(report.paths[0]!.certificates).toHaveLength(2)
  })

  test('with one root named as the only one that counts, the others do not', async () => {
    const [one, other] = [await root(), await root()]
    const fingerprint = async (der: Uint8Array) =>
      Buffer.from(await crypto.subtle.digest('SHA-256', Uint8Array.from(der))).toString('hex')
    const target = await endEntity(one)
    const only = await fingerprint(one.certificate.der)
    const wrong = await fingerprint(other.certificate.der)
    expect((await examine(target, { anchors: [one, other] }, { onlyAnchor: only })).verdict).toBe('valid')
    expect((await examine(target, { anchors: [one, other] }, { onlyAnchor: wrong })).verdict).toBe('invalid')
  })
})

test('a key identifier that is not the issuer’s is refused by §4.2.1.2, and not by §6 alone', async () => {
  const top = await root()
  const authorityKeyIdentifier = {
    keyIdentifier: Uint8Array.of(1, 2, 3),
    authorityCertIssuer: null,
    authorityCertSerialNumber: null,
  }
  const target = await endEntity(top, { extensions: { authorityKeyIdentifier } })
  expect(refusals(await examine(target, { anchors: [top] }, { profile: 'rfc5280' }))[1]).toContain(
    'key-identifier-mismatch',
  )
  expect(refusals(await examine(target, { anchors: [top] }, { profile: 'path' }))).toEqual([[], []])
})

describe('algorithms', () => {
  const ecdsaSha1 = {
    algorithm: seq(oid('1.2.840.10045.4.1')),
    scheme: { kind: 'ecdsa', hash: 'SHA-1' },
  } as const
  const ed448 = { algorithm: seq(oid('1.3.101.113')), scheme: { kind: 'ecdsa', hash: 'SHA-256' } } as const

  test('SHA-1 counts only where it is allowed (RFC 6194 §3)', async () => {
    const top = await root()
    const target = await endEntity(top, { oddSignature: ecdsaSha1 })
    expect(refusals(await examine(target, { anchors: [top] }))).toEqual([[], ['signature-sha1']])
    expect(refusals(await examine(target, { anchors: [top] }, { allowSha1: true }))).toEqual([[], []])
  })

  test('what cannot be checked here is neither valid nor invalid', async () => {
    const top = await root()
    const target = await endEntity(top, { oddSignature: ed448 })
    const report = await examine(target, { anchors: [top] })
    expect(report.verdict).toBe('unchecked')
    const row = report.paths[0]!.certificates[1]!.rows[0]!
    expect(row).toMatchObject({
      outcome: 'unchecked',
      findings: [{ code: 'signature-unchecked', detail: { algorithm: 'Ed448' } }],
    })
  })

  test('unless it is refused for another reason', async () => {
    const top = await root()
    const target = await endEntity(top, { oddSignature: ed448, notAfter: new Date(AT.getTime() - 1000) })
    expect((await examine(target, { anchors: [top] })).verdict).toBe('invalid')
  })
})

test('an issuer named otherwise than the certificate above is refused (§6.1.3(a)(4))', async () => {
  const [top, other] = [await root(), await root()]
  const { certificate } = await endEntity(top)
  const options = { at: AT, profile: 'path' } as const
  const pool = createPool({ anchors: [top.certificate, other.certificate], intermediates: [] })
  const budget = new Budget()
  const examined = async (anchor: typeof top) => {
    const { certificates } = await checkPath({
      options,
      profile: 'path',
      at: AT,
      pool,
      budget,
      signatures: new Signatures(pool.memory.signatures, budget),
      profileRows: new ProfileRows('path', pool.memory.members, pool.memory.rows),
      purposes: [],
      path: [anchor.certificate, certificate],
      n: 1,
      signerPath: () => expect.unreachable(),
    })
    return certificates[1]!.refusals.map(({ code }) => code)
  }
  expect(await examined(top)).toEqual([])
  expect(await examined(other)).toContain('issuer-name-mismatch')
})

test('an authority key identifier that names another issuer certificate is noted (§4.2.1.1)', async () => {
  const top = await root()
  const named = (serialNumber: Uint8Array) =>
    endEntity(top, {
      extensions: {
        authorityKeyIdentifier: {
          keyIdentifier: top.key.keyIdentifier,
          authorityCertIssuer: [{ kind: 'directoryName', name: top.certificate.subject }],
          authorityCertSerialNumber: serialNumber,
        },
      },
    })
  const codes = async (serialNumber: Uint8Array) => {
    const report = await examine(await named(serialNumber), { anchors: [top] })
    expect(report.verdict).toBe('valid')
    return report.paths[0]!.certificates[1]!.findings.map(({ code }) => code)
  }
  expect(await codes(top.certificate.serialNumber)).not.toContain('authority-serial-mismatch')
  expect(await codes(Uint8Array.of(7))).toContain('authority-serial-mismatch')
})

test('the rows stand in the order of the RFC, and each says what mattered', async () => {
  const top = await root()
  const ca = await intermediate(top, { pathLen: 3 })
  const report = await examine(
    await endEntity(ca),
    { anchors: [top], intermediates: [ca] },
    { profile: 'path' },
  )
  const rows = report.paths[0]!.certificates[1]!.rows
  expect(rows.map(({ section }) => section)).toEqual([
    '§6.1.3(a)(1)',
    'RFC 6194 §3',
    '§6.1.3(a)(2)',
    '§6.1.3(a)(3)',
    '§6.1.3(a)(4)',
    '§6.1.3(b)',
    '§6.1.3(c)',
    '§6.1.3(d)',
    '§6.1.3(e)',
    '§6.1.3(f)',
    '§4.2.1.2',
    '§6.1.4(a)',
    '§6.1.4(b)',
    '§6.1.4(c)-(f)',
    '§6.1.4(g)',
    '§6.1.4(h)',
    '§6.1.4(i)',
    '§6.1.4(j)',
    '§6.1.4(k)',
    '§6.1.4(l)',
    '§6.1.4(m)',
    '§6.1.4(n)',
    '§6.1.4(o)',
    '§4.2.1.12',
  ])
  expect(rows.find(({ step }) => step === 'apply-path-len')).toMatchObject({ outcome: 'held', detail: 3 })
  expect(rows.find(({ step }) => step === 'add-name-constraints')).toMatchObject({
    outcome: 'not-applicable',
  })
})
