import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { issueList, scopeOf } from '../../src/ca/certificate-list.ts'
import type { ListRequest } from '../../src/ca/certificate-list.ts'
import type { RevokedCertificate } from '../../src/ca/list-entries.ts'
import { issueSchedule, schedulePeriods } from '../../src/ca/list-schedule.ts'
import { filePathOf, ocspResponder } from '../../src/ca/ocsp-response.ts'
import type { CertIdHash } from '../../src/ca/ocsp-response.ts'
import { putOnHold, revoke } from '../../src/ca/revoke.ts'
import type { Signer } from '../../src/ca/issue.ts'
import { createPool, validate } from '../../src/validate/validate.ts'
import { SIGNATURES_OF, KEY_ALGORITHMS } from '../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import type { CertificateList } from '../../src/x509/certificate-list.ts'
import type { DistributionPoint } from '../../src/x509/extensions/distribution-points.ts'
import { ecdsaFromRaw } from '../../src/x509/ecdsa-signature.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { importPrivateKey } from '../../src/webcrypto/keys.ts'
import { sign } from '../../src/webcrypto/signature.ts'
import type { Drawn, Drawing } from '../support/chain.ts'
import { AT, drawKey, endEntity, intermediate, root } from '../support/chain.ts'
import { days, drawResponse } from '../support/revocation.ts'
import { JAVA_ANSWERED, JAVA_REVOCATION } from '../support/peers/revocation.ts'
import { run, scratch, succeed } from '../support/run.ts'

const ADDRESS = 'http://crl.example.com/1.crl'
const NONE = { nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null }
const point = (address: string, over: Partial<DistributionPoint> = {}): DistributionPoint => ({
  ...NONE,
  fullName: [{ kind: 'uniformResourceIdentifier', value: address }],
  ...over,
})

const signerOf = ({ key }: Drawn): Signer => ({
  sign: async (scheme, data) => {
    const { keyType } = KEY_ALGORITHMS[key.algorithm]
    const signature = await sign(
      scheme,
      await importPrivateKey(keyType, scheme, key.pkcs8, { extractable: false }),
      data,
    )
    return scheme.kind === 'ecdsa' ? ecdsaFromRaw(signature) : signature
  },
})
const signatureOf = ({ key }: Drawn) => SIGNATURES_OF[KEY_ALGORITHMS[key.algorithm].keyType][0]!

/** What a list is told of a certificate revoked two days ago. */
function revoked(one: Drawn, over: Partial<RevokedCertificate> = {}): RevokedCertificate {
  const { serialNumber, basicConstraints } = one.certificate
  const state = revoke(null, { reason: 'keyCompromise', invalidityDate: days(-3), at: days(-2) })
  return {
    serialNumber,
    isCa: basicConstraints?.ca === true,
    distributionPoints: [ADDRESS],
    ...state,
    ...over,
  }
}

const list = (
  by: Drawn,
  of: readonly RevokedCertificate[],
  over: Partial<ListRequest> = {},
): Promise<CertificateList> =>
  issueList(
    {
      signer: by.certificate,
      signature: signatureOf(by),
      thisUpdate: days(-1),
      nextUpdate: days(7),
      number: 1n,
      previousNumber: null,
      revoked: of,
      ...over,
    },
    signerOf(by),
  )

interface Chain {
  readonly top: Drawn
  readonly ca: Drawn
  readonly target: Drawn
}

async function chain(algorithm: KeyAlgorithmId = 'p256', drawing: Drawing = {}): Promise<Chain> {
  const top = await root({ key: await drawKey(algorithm) })
  const keyUsage = new Set(['digitalSignature', 'keyCertSign', 'cRLSign'] as const)
  const ca = await intermediate(top, { key: await drawKey(algorithm), extensions: { keyUsage } })
  const extensions = { cRLDistributionPoints: [point(ADDRESS)], ...drawing.extensions }
  return { top, ca, target: await endEntity(ca, { ...drawing, extensions }) }
}

const pem = (...all: readonly { der: Uint8Array }[]): string =>
  all.map(({ der }) => encodePem('revokedCertificates' in der ? 'X509 CRL' : 'CERTIFICATE', der)).join('')
const crlPem = (lists: readonly CertificateList[]): string =>
  lists.map(({ der }) => encodePem('X509 CRL', der)).join('')
const seconds = String(AT.getTime() / 1000)

/** The words of `openssl verify` on the chain with these lists, by every rule it has. */
async function openssl(
  { top, ca, target }: Chain,
  lists: readonly CertificateList[],
  more: readonly Drawn[] = [],
) {
  const { file } = scratch()
  const untrusted = [ca, ...more].map(({ certificate }) => certificate)
  const args = [
    'verify',
    '-attime',
    seconds,
    '-x509_strict',
    '-crl_check_all',
    '-extended_crl',
    '-use_deltas',
  ]
  const files = [
    '-CAfile',
    file('top.pem', pem(top.certificate)),
    '-untrusted',
    file('ca.pem', pem(...untrusted)),
  ]
  const { output } = await run('openssl', [
    ...args,
    ...files,
    '-CRLfile',
    file('crl.pem', crlPem(lists)),
    file('t.pem', pem(target.certificate)),
  ])
  return output
}

/** The codes our validator refuses with, `valid` where it does not. */
async function ours(
  { top, ca, target }: Chain,
  lists: readonly CertificateList[],
  more: readonly Drawn[] = [],
) {
  const pool = createPool({
    anchors: [top.certificate],
    intermediates: [ca, ...more].map(({ certificate }) => certificate),
    crls: lists,
  })
  const report = await validate(target.certificate, pool, { at: AT, revocation: 'require' })
  if (report.verdict === 'valid') return ['valid']
  return report.paths[report.best]!.certificates.flatMap(({ refusals }) => refusals.map(({ code }) => code))
}

/** Both say the same: OK, or revoked. */
async function agree(
  drawn: Chain,
  lists: readonly CertificateList[],
  expected: 'good' | 'revoked' | 'other',
  more: readonly Drawn[] = [],
) {
  const words = await openssl(drawn, lists, more)
  const codes = await ours(drawn, lists, more)
  if (expected === 'good') {
    expect(words).toMatch(/t\.pem: OK/)
    expect(codes).toEqual(['valid'])
  } else {
    expect(words).toMatch(expected === 'revoked' ? /certificate revoked/ : /error/)
    expect(codes).toEqual([expected === 'revoked' ? 'revoked' : 'revocation-undetermined'])
  }
}

describe.each(['p256', 'p384', 'p521', 'rsa-2048', 'ed25519'] as const)(
  'lists signed with %s',
  (algorithm) => {
    test('OpenSSL and our validator accept a good certificate and refuse a revoked one', async () => {
      const drawn = await chain(algorithm)
      const ofTop = await list(drawn.top, [])
      await agree(drawn, [ofTop, await list(drawn.ca, [])], 'good')
      await agree(drawn, [ofTop, await list(drawn.ca, [revoked(drawn.target)])], 'revoked')
      await agree(drawn, [await list(drawn.top, [revoked(drawn.ca)]), await list(drawn.ca, [])], 'revoked')
    })
  },
)

describe('kinds of list', () => {
  test('openssl crl shows every field that was written', async () => {
    const { ca, target } = await chain()
    const made = await list(ca, [revoked(target)], {
      number: 258n,
      freshestCRL: 'http://crl.example.com/delta.crl',
    })
    const { file } = scratch()
    const { output } = await succeed('openssl', [
      'crl',
      '-noout',
      '-text',
      '-inform',
      'DER',
      '-in',
      file('a.crl', made.der),
    ])
    for (const words of [
      'X509v3 CRL Number: \n                258',
      'Key Compromise',
      'Invalidity Date',
      'X509v3 Freshest CRL',
      'delta.crl',
      'X509v3 Authority Key Identifier',
    ])
      expect(output).toContain(words)
    const { file: other } = scratch()
    const verified = await run('openssl', [
      'crl',
      '-noout',
      '-inform',
      'DER',
      '-in',
      other('a.crl', made.der),
      '-CAfile',
      other('ca.pem', pem(ca.certificate)),
      '-verify',
    ])
    expect(verified.output).toContain('verify OK')
  })

  test('a delta revokes, and takes off hold', async () => {
    const drawn = await chain()
    const { top, ca, target } = drawn
    const hold = revoked(target, { ...putOnHold(null, days(-3)) })
    const freshestCRL = 'http://crl.example.com/delta.crl'
    const ofTop = await list(top, [], { freshestCRL })
    const emptyDelta = await list(top, [], { number: 2n, base: { number: 1n, revoked: [] } })
    const delta = (base: readonly RevokedCertificate[], now: readonly RevokedCertificate[]) =>
      list(ca, now, { number: 2n, previousNumber: 1n, base: { number: 1n, revoked: base } })
    const complete = (of: readonly RevokedCertificate[]) => list(ca, of, { freshestCRL })
    const both = [ofTop, emptyDelta]
    await agree(drawn, [...both, await complete([]), await delta([], [])], 'good')
    await agree(drawn, [...both, await complete([]), await delta([], [revoked(target)])], 'revoked')
    await agree(drawn, [...both, await complete([hold]), await delta([hold], [])], 'good')
    expect((await delta([hold], [])).revokedCertificates.at(0).reasonCode).toBe('removeFromCRL')
    expect((await delta([hold], [hold])).revokedCertificates.count).toBe(0)
  })

  test('a list in parts speaks of the certificates of its address and kind', async () => {
    const drawn = await chain()
    const { top, ca, target } = drawn
    const ofTop = await list(top, [], { scope: scopeOf({ only: 'cas' }) })
    const part = (address: string, of: readonly RevokedCertificate[], only: 'users' | 'cas' | null = null) =>
      list(ca, of, { scope: scopeOf({ address, only }) })
    await agree(drawn, [ofTop, await part(ADDRESS, [], 'users')], 'good')
    await agree(drawn, [ofTop, await part(ADDRESS, [revoked(target)])], 'revoked')
    await agree(drawn, [ofTop, await part(ADDRESS, [], 'cas')], 'other')
    await agree(drawn, [ofTop, await part('http://crl.example.com/2.crl', [])], 'other')
    expect((await part('http://crl.example.com/2.crl', [revoked(target)])).revokedCertificates.count).toBe(0)
    expect((await part(ADDRESS, [revoked(target)], 'cas')).revokedCertificates.count).toBe(0)
  })

  test('an indirect list is signed by the one that the certificates name', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const signer = await intermediate(top, {
      extensions: { basicConstraints: null, keyUsage: new Set(['cRLSign']) },
    })
    const cRLIssuer = [{ kind: 'directoryName', name: signer.certificate.subject }] as const
    const target = await endEntity(ca, {
      extensions: { cRLDistributionPoints: [point(ADDRESS, { cRLIssuer })] },
    })
    const drawn = { top, ca, target }
    const ofTop = await list(top, [])
    const indirect = (of: readonly RevokedCertificate[]) =>
      list(signer, of, { scope: scopeOf({ address: ADDRESS, indirect: true }) })
    const issuer = ca.certificate.subject
    await agree(drawn, [ofTop, await indirect([])], 'good', [signer])
    await agree(drawn, [ofTop, await indirect([revoked(target, { issuer })])], 'revoked', [signer])
    await agree(
      drawn,
      [ofTop, await indirect([revoked(target, { issuer: top.certificate.subject })])],
      'good',
      [signer],
    )
  })

  test('of a schedule each list is accepted in its own period and refused as stale after it', async () => {
    const drawn = await chain()
    const { top, ca } = drawn
    const periods = schedulePeriods({
      from: days(-30),
      days: 30,
      overlapDays: 5,
      count: 4,
      firstNumber: 7n,
      until: top.certificate.notAfter,
    })
    const lists = await issueSchedule(
      { signer: top.certificate, signature: signatureOf(top), previousNumber: 6n, revoked: [] },
      periods,
      signerOf(top),
      { name: 'root' },
    )
    expect(lists.map(({ number }) => number)).toEqual([7n, 8n, 9n, 10n])
    expect(lists[0]!.fileName).toBe('2026-01-30_root_7.crl')
    const ofCa = await list(ca, [])
    expect(
      await Promise.all(lists.map(async (one) => (await openssl(drawn, [one.list, ofCa])).includes('OK'))),
    ).toEqual([true, true, false, false])
    expect(await Promise.all(lists.map(async (one) => (await ours(drawn, [one.list, ofCa]))[0]))).toEqual([
      'valid',
      'valid',
      'revocation-undetermined',
      'revocation-undetermined',
    ])
  })
})

describe('GnuTLS', () => {
  // It validates by the clock alone.
  const now = Date.now()
  const drawing = { notBefore: new Date(now - 30 * 86_400_000), notAfter: new Date(now + 30 * 86_400_000) }
  const times = { thisUpdate: new Date(now - 86_400_000), nextUpdate: new Date(now + 86_400_000) }

  test('certtool verifies the list with the CA, and refuses the certificate on it', async () => {
    const top = await root(drawing)
    const ca = await intermediate(top, drawing)
    const target = await endEntity(ca, drawing)
    const { file } = scratch()
    const crl = file('a.crl', crlPem([await list(ca, [revoked(target)], times)]))
    const verified = await run('certtool', [
      ...['--verify-crl', '--load-ca-certificate', file('ca.pem', pem(ca.certificate)), '--infile', crl],
    ])
    expect(verified.output).toMatch(/Verified/)
    expect(verified.output).not.toMatch(/Not verified/)
    const anchors = file('top.pem', pem(top.certificate))
    const path = file('chain.pem', pem(target.certificate, ca.certificate, top.certificate))
    const examined = async (lists: string) =>
      (
        await run('certtool', [
          '--verify',
          ...['--load-ca-certificate', anchors, '--load-crl', lists, '--infile', path],
        ])
      ).output
    expect(await examined(crl)).toMatch(/revoked/i)
    expect(await examined(file('b.crl', crlPem([await list(ca, [], times)])))).toMatch(
      /Verified. The certificate is trusted/,
    )
  })
})

describe('Java', () => {
  test('CertPathValidator accepts with current lists and says REVOKED with the reason', async () => {
    const drawn = await chain()
    const { top, ca, target } = drawn
    const { file } = scratch()
    const source = file('Check.java', JAVA_REVOCATION)
    const check = async (lists: readonly CertificateList[]) =>
      (
        await run('java', [
          source,
          String(AT.getTime()),
          file('top.pem', pem(top.certificate)),
          file('path.pem', pem(target.certificate, ca.certificate)),
          file('crl.pem', crlPem(lists)),
        ])
      ).output
    const ofTop = await list(top, [])
    expect(await check([ofTop, await list(ca, [])])).toContain('VALID')
    expect(await check([ofTop, await list(ca, [revoked(target)])])).toMatch(/REVOKED.*KEY_COMPROMISE/s)
    expect(await check([ofTop])).toContain('UNDETERMINED_REVOCATION_STATUS')
  })
})

describe('OCSP responses', () => {
  async function setting() {
    const drawn = await chain()
    const { ca } = drawn
    const responder = await endEntity(ca, {
      subject: 'CN=Responder',
      extensions: { extKeyUsage: ['1.3.6.1.5.5.7.3.9'], subjectAltName: null, ocspNoCheck: true },
    })
    const answer = async (hash: CertIdHash, isRevoked: boolean, by = responder) => {
      const authority = {
        issuer: ca.certificate,
        responder: by.certificate,
        signature: signatureOf(by),
      }
      return (await ocspResponder(authority, signerOf(by)))({
        serialNumber: drawn.target.certificate.serialNumber,
        revocation: isRevoked ? revoked(drawn.target) : null,
        hash,
        thisUpdate: days(-1),
        nextUpdate: days(7),
      })
    }
    return { ...drawn, responder, answer }
  }

  const HASH_FLAG = { 'SHA-1': '-sha1', 'SHA-256': '-sha256' } as const

  test.each([
    ['SHA-1', false, 'delegated'],
    ['SHA-1', true, 'delegated'],
    ['SHA-256', true, 'delegated'],
    ['SHA-256', false, 'issuer'],
  ] as const)('with a CertID over %s, revoked: %s, by the %s', async (hash, isRevoked, by) => {
    const { top, ca, target, answer } = await setting()
    const { response } = await (by === 'issuer' ? answer(hash, isRevoked, ca) : answer(hash, isRevoked))
    const { file } = scratch()
    const issuer = file('ca.pem', pem(ca.certificate))
    const { output } = await run('openssl', [
      ...[
        'ocsp',
        '-respin',
        file('resp.der', response.der),
        '-attime',
        seconds,
        '-CAfile',
        file('top.pem', pem(top.certificate)),
      ],
      ...[
        '-verify_other',
        issuer,
        '-issuer',
        issuer,
        HASH_FLAG[hash],
        '-cert',
        file('t.pem', pem(target.certificate)),
        '-no_nonce',
      ],
      ...['-validity_period', '1000000000'],
    ])
    expect(output).toContain('Response verify OK')
    expect(output).toMatch(isRevoked ? /t\.pem: revoked[\s\S]*Reason: keyCompromise/ : /t\.pem: good/)
    const pool = createPool({
      anchors: [top.certificate],
      intermediates: [ca.certificate],
      ocspResponses: [response],
    })
    const report = await validate(target.certificate, pool, { at: AT, revocation: 'given' })
    expect(report.verdict).toBe(isRevoked ? 'invalid' : 'valid')
  })

  test('OpenSSL and Java believe a signer whose keyUsage does not allow it, and so do we, saying so', async () => {
    const top = await root()
    const target = await endEntity(top)
    const extensions = {
      extKeyUsage: ['1.3.6.1.5.5.7.3.9'],
      subjectAltName: null,
      ocspNoCheck: true,
    } as const
    const keyUsage = new Set(['keyAgreement'] as const)
    const delegate = await endEntity(top, { subject: 'CN=R', extensions: { ...extensions, keyUsage } })
    const { file } = scratch()
    const issuer = file('ca.pem', pem(top.certificate))
    const asked = file('t.pem', pem(target.certificate))
    const java = file('Answered.java', JAVA_ANSWERED)
    for (const [name, by] of [
      ['issuer', top],
      ['delegate', delegate],
    ] as const) {
      const response = await drawResponse(top, target, by)
      const answer = file(`${name}.der`, response.der)
      const { output } = await run('openssl', [
        ...['ocsp', '-respin', answer, '-attime', seconds, '-CAfile', issuer, '-issuer', issuer, '-sha1'],
        ...['-cert', asked, '-no_nonce', '-validity_period', '1000000000'],
      ])
      expect(output).toContain('Response verify OK')
      expect(output).toContain('t.pem: good')
      const { output: examined } = await run('java', [java, String(AT.getTime()), issuer, asked, answer])
      expect(examined).toContain('VALID')
      const pool = createPool({ anchors: [top.certificate], intermediates: [], ocspResponses: [response] })
      const { verdict, paths, best } = await validate(target.certificate, pool, {
        at: AT,
        revocation: 'require',
      })
      const rows = paths[best]!.certificates.at(-1)!.rows.flatMap(({ sources }) => sources ?? [])
      expect(verdict).toMatch(/^valid/)
      expect(rows.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
        'ocsp-signer-key-usage',
      ])
    }
  })

  test.each(['SHA-1', 'SHA-256'] as const)(
    'a static server answers the GET of an OpenSSL client with a CertID over %s',
    async (hash) => {
      const { ca, target, answer } = await setting()
      const { response, path } = await answer(hash, false)
      const { file, path: folder } = scratch()
      const asked = join(folder, 'req.der')
      await succeed('openssl', [
        ...[
          'ocsp',
          '-issuer',
          file('ca.pem', pem(ca.certificate)),
          HASH_FLAG[hash],
          '-cert',
          file('t.pem', pem(target.certificate)),
        ],
        ...['-no_nonce', '-reqout', asked],
      ])
      expect(path).toBe(readFileSync(asked).toString('base64'))
      // As a client asks (RFC 5019 §5), and as a server finds the file.
      const address = `/ocsp/${encodeURIComponent(readFileSync(asked).toString('base64'))}`
      const published = join(folder, 'ocsp', filePathOf(path))
      mkdirSync(dirname(published), { recursive: true })
      writeFileSync(published, response.der)
      expect(readFileSync(join(folder, decodeURIComponent(address)))).toEqual(Buffer.from(response.der))
    },
  )
})
