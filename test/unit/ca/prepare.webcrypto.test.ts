import { describe, expect, test } from 'vitest'
import { issue } from '../../../src/ca/issue.ts'
import { prepare } from '../../../src/ca/prepare.ts'
import type { TrialValidation } from '../../../src/ca/prepare.ts'
import { PROFILES, profileById } from '../../../src/ca/profiles.ts'
import { prepareReissue } from '../../../src/ca/reissue.ts'
import { bitString, oid, seq } from '../../../src/der/writer.ts'
import { FINDINGS } from '../../../src/findings.ts'
import type { GeneralSubtree } from '../../../src/x509/extensions/name-constraints.ts'
import { generalNameToText } from '../../../src/x509/general-name-text.ts'
import { nameToText } from '../../../src/x509/name.ts'
import { verifySigned } from '../../../src/x509/signed.ts'
import { issued, request, surroundings, testKey } from '../../support/authority.ts'

const root = await issued('root', request('Test Root'), null, 'p384')
const intermediate = await issued('intermediate', request('Test Issuing CA'), root)

describe('issuing', () => {
  test('each profile gives a certificate that its issuer signed, without an error found', async () => {
    for (const { id } of PROFILES.filter(({ kind }) => kind === 'endEntity')) {
      const commonName = id === 'email' ? 'someone@example.com' : 'host.example.com'
      const { certificate, prepared } = await issued(id, request(commonName), intermediate)
      expect(await verifySigned(certificate, intermediate.certificate.spki)).toBe('valid')
      expect(
        prepared.findings.filter(({ code }) => FINDINGS[code].severity === 'error'),
        id,
      ).toEqual([])
      expect(certificate.tbs).toEqual(prepared.certificate.tbs)
    }
  })

  test.each([
    ['rsa-2048', ['digitalSignature', 'keyEncipherment']],
    ['p256', ['digitalSignature', 'keyAgreement']],
    ['ed25519', ['digitalSignature']],
  ] as const)('a mail certificate with a %s key has the bits that it can do', async (algorithm, bits) => {
    const { certificate, prepared } = await issued('email', request('a@example.com'), intermediate, algorithm)
    expect([...certificate.keyUsage!]).toEqual(bits)
    const codes = prepared.findings.map(({ code }) => code)
    expect(codes.includes('mail-cannot-encrypt')).toBe(algorithm === 'ed25519')
  })

  test('a key that only agrees on keys gets keyAgreement for mail, and nothing where it is of no use', async () => {
    const x25519 = seq(seq(oid('1.3.101.110')), bitString(new Uint8Array(32).fill(9)))
    const prepared = (profileId: string) =>
      prepare(
        profileById(profileId)!,
        { ...request('a@example.com'), key: x25519 },
        intermediate,
        surroundings(),
      )
    expect([...(await prepared('email')).certificate.keyUsage!]).toEqual(['keyAgreement'])
    expect((await prepared('codeSigning')).findings.map(({ code }) => code)).toContain('key-usage-key-type')
  })

  test('with a key of another kind, a mail certificate that is written to still is', async () => {
    const former = { RSA: 'rsa-2048', EC: 'p256' } as const
    for (const [kind, bits] of [
      ['RSA', ['digitalSignature', 'keyAgreement']],
      ['EC', ['digitalSignature', 'keyEncipherment']],
    ] as const) {
      const model = await issued('email', request('a@example.com'), intermediate, former[kind])
      const key = (await testKey(kind === 'RSA' ? 'p256' : 'rsa-2048')).spki
      const choices = { key, validity: { days: 9 }, signature: null, datesFrom: 'operator' } as const
      const next = await prepareReissue(model.certificate, choices, intermediate, surroundings())
      expect(new Set(next.certificate.keyUsage)).toEqual(new Set(bits))
    }
  })

  test("issuer name and key identifier are the issuer certificate's octets", () => {
    expect(intermediate.certificate.issuer.der).toEqual(root.certificate.subject.der)
    expect(intermediate.certificate.authorityKeyIdentifier?.keyIdentifier).toEqual(
      root.certificate.subjectKeyIdentifier,
    )
  })

  test('a serial number is positive, of 20 octets and never twice the same (§4.1.2.2)', async () => {
    const seen = new Set<string>()
    for (let i = 0; i < 50; i++) {
      const { serialNumber } = (
        await prepare(
          profileById('custom')!,
          { ...request('x'), key: root.key.spki },
          intermediate,
          surroundings(),
        )
      ).certificate
      expect([serialNumber.length, serialNumber[0]! >= 0x40 && serialNumber[0]! < 0x80]).toEqual([20, true])
      seen.add(serialNumber.join())
    }
    expect(seen.size).toBe(50)
  })

  test('a token is signed once', async () => {
    const key = await testKey('p256')
    const { token } = await prepare(
      profileById('tlsServer')!,
      { ...request('a.example.com'), key: key.spki },
      intermediate,
      surroundings(),
    )
    const options = { acknowledged: token!.warnings }
    await issue(token!, intermediate.key.signer, options)
    await expect(issue(token!, intermediate.key.signer, options)).rejects.toMatchObject({
      code: 'token-used',
    })
  })

  test('a certificate signed with the wrong key does not come into being', async () => {
    const key = await testKey('p256')
    for (const wrong of [key, await testKey('p256')]) {
      const { token } = await prepare(
        profileById('tlsServer')!,
        { ...request('a.example.com'), key: key.spki },
        intermediate,
        surroundings(),
      )
      await expect(issue(token!, wrong.signer, { acknowledged: token!.warnings })).rejects.toMatchObject({
        code: 'issuer-key-mismatch',
      })
    }
  })

  test('a warning that was not accepted stops, and the token is kept', async () => {
    const long = request('a.example.com', { validity: { notAfter: new Date('2039-01-01T00:00:00Z') } })
    const { token, findings } = await prepare(
      profileById('tlsServer')!,
      { ...long, key: root.key.spki },
      intermediate,
      surroundings(),
    )
    expect(findings.map(({ code }) => code)).toContain('outlives-issuer')
    await expect(issue(token!, intermediate.key.signer, { acknowledged: [] })).rejects.toMatchObject({
      code: 'issue-not-acknowledged',
    })
    await expect(
      issue(token!, intermediate.key.signer, { acknowledged: token!.warnings }),
    ).resolves.toHaveProperty('version', 3)
  })

  test('what the validator finds an error gives no token', async () => {
    const validate = () =>
      Promise.resolve([
        { code: 'path-len-exceeded' as const, detail: { pathLen: 0, setBy: 'input' as const } },
      ])
    const { token } = await prepare(
      profileById('tlsServer')!,
      { ...request('a.example.com'), key: root.key.spki },
      intermediate,
      surroundings({ validate }),
    )
    expect(token).toBeNull()
  })
})

describe('fields', () => {
  const names = async (profileId: string, over: Parameters<typeof request>[1], commonName = 'x') =>
    (await issued(profileId, request(commonName, over), intermediate)).certificate.subjectAltName?.map(
      generalNameToText,
    )

  test('names are certified as A-labels, octets and mailboxes', async () => {
    const subjectAltNames = [
      { kind: 'dNSName', value: 'bücher.example' },
      { kind: 'dNSName', value: '*.Example.com' },
      { kind: 'iPAddress', value: '2001:DB8::1' },
      { kind: 'rfc822Name', value: 'a@example.com' },
      { kind: 'uniformResourceIdentifier', value: 'spiffe://example.com/a' },
      { kind: 'directoryName', value: 'CN=a,O=b' },
      { kind: 'otherName', value: '1.3.6.1.4.1.311.20.2.3;UTF8:a@corp' },
    ]
    const { certificate } = await issued('custom', request('x', { subjectAltNames }), intermediate)
    expect(certificate.subjectAltName?.[0]).toEqual({ kind: 'dNSName', value: 'xn--bcher-kva.example' })
    expect(certificate.subjectAltName?.map(generalNameToText).slice(1)).toEqual([
      '*.example.com',
      '2001:db8::1',
      'a@example.com',
      'spiffe://example.com/a',
      'CN=a,O=b',
      'a@corp',
    ])
  })
  test('a server certificate without names is for its common name', async () => {
    expect(await names('tlsServer', {}, 'host.example.com')).toEqual(['host.example.com'])
    expect(await names('tlsServer', {}, '10.0.0.1')).toEqual(['10.0.0.1'])
  })
  test('subjectAltName is critical only where the subject is empty (§4.2.1.6)', async () => {
    const over = { subject: [], subjectAltNames: [{ kind: 'dNSName', value: 'a.example.com' }] }
    const { certificate } = await issued('tlsServer', request('', over), intermediate)
    expect(certificate.extensions.find(({ oid }) => oid === '2.5.29.17')?.critical).toBe(true)
  })
  test.each([
    [{ subject: [{ type: 'commonName', value: 'a\u0000b' }] }, 'subject.commonName', 'characters'],
    [{ subject: [{ type: 'nothing', value: 'a' }] }, 'subject.0', 'unknown'],
    [{ subjectAltNames: [{ kind: 'dNSName', value: 'a b' }] }, 'subjectAltNames.0', 'syntax'],
    [{ subjectAltNames: [{ kind: 'iPAddress', value: '300.1.1.1' }] }, 'subjectAltNames.0', 'syntax'],
    [{ validity: { days: 0 } }, 'validity', 'range'],
    [{ validity: { notAfter: new Date('2020-01-01') } }, 'notAfter', 'range'],
    [{ signature: 'rsa-sha256' }, 'signature', 'unsupported-by-key'],
    [{ extensions: { extKeyUsage: ['nonsense'] } }, 'extKeyUsage', 'syntax'],
    [{ extensions: { custom: [{ oid: '1.2.3', critical: false, value: '05' }] } }, 'custom.1.2.3', 'syntax'],
    // A policy whose policyQualifiers is present but empty.
    [
      { extensions: { custom: [{ oid: '2.5.29.32', critical: false, value: '3008300606022a033000' }] } },
      'custom.2.5.29.32',
      'syntax',
    ],
  ])('%j is refused at %s', async (over, field, reason) => {
    await expect(issued('custom', request('x', over), intermediate)).rejects.toMatchObject({
      code: 'issue-field-invalid',
      detail: { field, reason },
    })
  })
  test('a length of validity is cut to the issuer, and says so', async () => {
    const { certificate, prepared } = await issued(
      'timeStamping',
      request('x', { validity: { years: 30 } }),
      intermediate,
    )
    expect(certificate.notAfter).toEqual(intermediate.certificate.notAfter)
    expect(prepared.fields.find(({ field }) => field === 'notAfter')?.from).toBe('issuer')
  })
  test('n days are n × 86,400 seconds with both ends, from five minutes ago', async () => {
    const { certificate } = await issued('custom', request('x', { validity: { days: 47 } }), intermediate)
    expect(certificate.notBefore.toISOString()).toBe('2026-11-21T11:55:00.000Z')
    expect((certificate.notAfter.getTime() - certificate.notBefore.getTime()) / 1000 + 1).toBe(47 * 86_400)
  })
  test('name constraints: one domain and one network, nothing else', async () => {
    const nameConstraints = {
      permitted: ['example.com', '10.0.0.0/8'],
      excluded: ['secret.example.com'],
      nothingElse: true,
    }
    const { certificate } = await issued(
      'intermediate',
      request('Narrow CA', { extensions: { nameConstraints, pathLen: 0 } }),
      root,
    )
    const texts = (subtrees: readonly GeneralSubtree[] | null) =>
      subtrees?.map(({ base }) => `${base.kind}:${generalNameToText(base) ?? ''}`)
    expect(texts(certificate.nameConstraints!.permitted)).toEqual([
      'dNSName:example.com',
      'iPAddress:10.0.0.0/8',
      'rfc822Name:invalid',
      'uniformResourceIdentifier:nothing.invalid',
    ])
    expect(texts(certificate.nameConstraints!.excluded)).toEqual([
      'dNSName:secret.example.com',
      'iPAddress:::/0',
    ])
  })
})

describe('the guard rail', () => {
  test.each(PROFILES.map(({ id }) => id))('%s has nothing to say of its own defaults', async (id) => {
    const { findings } = await prepare(
      profileById(id)!,
      { ...request(id === 'email' ? 'a@example.com' : 'a.example.com'), key: (await testKey('p256')).spki },
      id === 'root' ? null : id === 'intermediate' ? root : intermediate,
      surroundings(),
    )
    expect(findings).toEqual([])
  })

  test('a certificate that outlives a tier above its issuer says so', async () => {
    const year = (n: number) => ({ validity: { notAfter: new Date(`${n}-01-01T00:00:00Z`) } })
    const long = await issued('intermediate', request('Long', year(2050)), root)
    const { findings } = await prepare(
      profileById('tlsClient')!,
      { ...request('x', year(2048)), key: root.key.spki },
      long,
      surroundings(),
    )
    expect(findings.map(({ code }) => code)).toEqual(['outlives-tier'])
  })

  test('the validator sees the certificate and all tiers, nearest first', async () => {
    const seen: string[] = []
    const validate: TrialValidation = (certificate, issuers) => {
      seen.push(...[certificate, ...issuers].map(({ subject }) => nameToText(subject)))
      return Promise.resolve([])
    }
    await prepare(
      profileById('tlsClient')!,
      { ...request('x'), key: root.key.spki },
      intermediate,
      surroundings({ validate }),
    )
    expect(seen).toEqual([
      'CN=x',
      ...[intermediate, root].map(({ certificate }) => nameToText(certificate.subject)),
    ])
  })

  test('every field says where it came from', async () => {
    const over = { extensions: { cRLDistributionPoints: ['http://example.com/ca.crl'] } }
    const { prepared } = await issued('tlsServer', request('a.example.com', over), intermediate)
    expect(Object.fromEntries(prepared.fields.map(({ field, from }) => [field, from]))).toEqual({
      version: 'computed',
      serialNumber: 'computed',
      signature: 'computed',
      issuer: 'issuer',
      notBefore: 'computed',
      notAfter: 'profile',
      subject: 'operator',
      subjectPublicKeyInfo: 'computed',
      subjectKeyIdentifier: 'computed',
      authorityKeyIdentifier: 'issuer',
      keyUsage: 'profile',
      extKeyUsage: 'profile',
      subjectAltName: 'computed',
      cRLDistributionPoints: 'operator',
    })
    expect(prepared.fields.find(({ field }) => field === 'cRLDistributionPoints')?.value).toBe(
      'URI:http://example.com/ca.crl',
    )
  })
})
