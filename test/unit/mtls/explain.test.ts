import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { labErrors } from '../../../src/messages/en/ui/lab-errors.ts'
import { explain, LONGEST_TEXT, type Telling } from '../../../src/mtls/explain.ts'
import { KNOWN_TEXTS } from '../../../src/mtls/explain/known-texts.ts'
import type { Case } from '../../../src/mtls/programs/cases.ts'
import type { ProgramId } from '../../../src/mtls/programs/program.ts'
import { receivedAlert } from '../../../src/mtls/programs/alerts.ts'
import { PROGRAMS, seenAnswer } from '../../../src/mtls/programs/programs.ts'
import { saidBy } from '../../../src/mtls/programs/refusals.ts'
import { ALERT, TLS12, TLS13 } from '../../../src/mtls/wire/code-points.ts'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { MEASURED } from '../../support/measured-programs.ts'
import { VECTORS_DIR } from '../../support/vectors.ts'

interface Recorded {
  readonly side: Side
  readonly one: Case
  readonly stack: string
  readonly text: string
  /** The peer's words. */
  readonly peer: string
}

/** Every refusal of error-texts.txt. */
function refused(): Recorded[] {
  const lines = readFileSync(join(VECTORS_DIR, '../mtls/error-texts.txt'), 'utf8').split('\n')
  return lines.flatMap((line) => {
    const [, side, one, stack, tls, rest] =
      /^(\w+)\|([\w-]+)\|([\w-]+)\|(1\.[23])\|[^|]*\|(.*)$/.exec(line) ?? []
    if (rest === undefined) return []
    const { program, version, maxDepth = null } = MEASURED[stack!]!
    const tlsVersion = tls === '1.3' ? TLS13 : TLS12
    const seen = seenAnswer(program, version, side as Side, tlsVersion, one as Case, maxDepth)
    if (!seen || ['accepts', 'no-input'].includes(seen.answer.kind)) return []
    const [text, peer] = rest.split(' || ') as [string, string]
    return [{ side: side as Side, one: one as Case, stack: stack!, text, peer }]
  })
}

/** Recorded texts that end before the reason: the record keeps their first 300 characters. */
const CUT: readonly { stacks: readonly string[]; side: Side; cases: string; why: string }[] = [
  {
    stacks: ['gnutls', 'gnutls-t'],
    side: 'client',
    cases:
      'leaf-second missing-int bad-cv deep-20 expired notyet int-expired root-expired unknown-ca unknown-ca-root-sent self-signed issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr int-eku wrong-eku ku-no-ds crit-ext bad-sig sha1 md5 wrong-name wildcard-deep',
    why: 'gnutls-cli describes the certificates that it got first',
  },
  {
    stacks: ['stunnel-t'],
    side: 'server',
    cases: 'bad-cv expired notyet nameconstr bad-sig',
    why: 'stunnel logs each certificate above that it accepted first',
  },
]
const isCut = ({ stack, side, one }: Recorded): boolean =>
  CUT.some((each) => each.stacks.includes(stack) && each.side === side && each.cases.split(' ').includes(one))

describe('recorded refusals', () => {
  const all = refused()

  test('are all recognized where a reason was recorded, and the first explanation admits the case', () => {
    const unknown = all.filter(({ text }) => explain(text).found.length === 0)
    expect(unknown.filter((row) => !isCut(row))).toEqual([])
    const wrong = all.filter(({ text, one }) => {
      const [first] = explain(text).found
      return first && !first.cases.includes(one)
    })
    expect(wrong).toEqual([])
    console.info(`${String(all.length - unknown.length)} of ${String(all.length)} refusals recognized`)
    expect(all.length).toBe(2407)
    expect(unknown.length).toBe(104)
  })

  test('are never said to be of another program, or of the other side', () => {
    const wrong = all.flatMap(({ text, stack, side }) => {
      const [first] = explain(text).found
      if (!first) return []
      const isProgram = first.printer === null || first.printer === MEASURED[stack]!.program
      return isProgram && (first.by ?? side) === side ? [] : [{ stack, side, text, first }]
    })
    expect(wrong).toEqual([])
  })

  test('are recognized from the side that was refused, if it got an alert', () => {
    const wrong = all.filter(({ peer, one }) => {
      if (!peer.includes('remote error: tls:')) return false
      const [first] = explain(peer).found
      return !(first?.code === 'alert' && first.cases.includes(one))
    })
    expect(wrong).toEqual([])
    const plain = all.filter(({ peer }) => peer.includes('bad record MAC'))
    expect(plain.length).toBe(190)
    for (const { peer, one } of plain)
      expect(explain(peer).found[0]).toMatchObject({
        code: 'bad-record-mac',
        by: 'server',
        printer: 'go',
        cases: expect.arrayContaining([one]) as unknown,
      })
  })

  test('are what the program is said to print, with some version of it in TLS 1.2 or 1.3', () => {
    const flat = (text: string): string => text.replace(/\s+/g, ' ').trim().toLowerCase()
    const printed = (text: string, said: string): boolean =>
      said.split('…').every((part) => text.includes(part)) ||
      // Cut within the sentence.
      Array.from(said, (_, n) => said.slice(0, n)).some((part, n) => n > 8 && text.endsWith(part))
    const texts = new Map<string, string[]>()
    for (const row of all) {
      if (isCut(row) || row.stack.startsWith('apache')) continue
      const key = [MEASURED[row.stack]!.program, row.side, row.one].join(' ')
      texts.set(key, [...(texts.get(key) ?? []), flat(row.text)])
    }
    const wrong = [...texts].flatMap(([key, of]) => {
      const [program, side, one] = key.split(' ') as [ProgramId, Side, Case]
      const said = saidBy(program, side, one)
      return said !== null && of.some((text) => printed(text, flat(said))) ? [] : [{ key, said, text: of[0] }]
    })
    // It has no such keys, and says only that there is no common algorithm.
    expect(wrong.filter(({ key }) => !/^nss \w+ ed25519$/.test(key))).toEqual([])
    expect(texts.size).toBe(655)
  })
})

const first = (text: string): Partial<Telling> => explain(text).found[0] ?? {}

describe('pasted texts', () => {
  test.each<[text: string, expected: Partial<Telling>]>([
    ['tlsv1 alert unknown ca', { code: 'alert', alert: 48, said: 'refused' }],
    [
      'routines:ssl3_read_bytes:sslv3 alert bad certificate:../ssl/record/rec_layer_s3.c:1605:SSL alert number 42',
      { code: 'alert', alert: 42 },
    ],
    ['error:0A000418:SSL routines::', { code: 'alert', alert: 48 }],
    ['error:14094412:SSL routines:', { code: 'alert', alert: 42 }],
    [
      '80BB:error:0A00045C:SSL routines:ssl3_read_bytes:tlsv13 alert certificate required',
      { code: 'alert', alert: 116 },
    ],
    ['SSL alert number 116', { code: 'alert', alert: 116 }],
    [
      'curl: (56) OpenSSL SSL_read: ssl/tls alert certificate expired, errno 0',
      { code: 'alert', alert: 45, printer: 'curl', by: 'client' },
    ],
    [
      '[SSL: TLSV1_ALERT_UNKNOWN_CA] tlsv1 alert unknown ca (_ssl.c:2559)',
      { code: 'alert', alert: 48, printer: 'python' },
    ],
    ['write EPROTO … SSL routines:ssl3_read_bytes:tlsv1 alert access denied', { code: 'alert', alert: 49 }],
    ['TLSv1.3 (IN), TLS alert, unknown CA (560):', { code: 'alert', alert: 48 }],
    ['SSL3 alert write:fatal:unknown CA', { code: 'alert-sent', alert: 48, said: 'judge' }],
    [
      'javax.net.ssl.SSLHandshakeException: Received fatal alert: certificate_unknown',
      { code: 'alert', alert: 46, printer: 'java' },
    ],
    ['remote error: tls: bad certificate', { code: 'alert', alert: 42, printer: 'go' }],
    [
      'rpc error: code = Unavailable desc = connection error: desc = "error reading server preface: remote error: tls: bad certificate"',
      { code: 'alert', alert: 42 },
    ],
    ['received fatal alert: UnknownCA', { code: 'alert', alert: 48 }],
    ['*** Received alert [48]: CA is unknown', { code: 'alert', alert: 48, printer: 'gnutls' }],
    ['SSL_ERROR_HANDSHAKE_FAILURE_ALERT', { code: 'alert', alert: 40 }],
    ['SSL_ERROR_RX_CERTIFICATE_REQUIRED_ALERT', { code: 'alert', alert: 116 }],
    ['Schannel 36887: The TLS protocol defined fatal alert code is 48.', { code: 'alert', alert: 48 }],
    [
      '2026/11/28 http: TLS handshake error from 10.0.0.7:4242: local error: tls: bad record MAC',
      { code: 'bad-record-mac', by: 'server' },
    ],
    ['Error: read ECONNRESET\n    at TLSWrap.onStreamRead', { code: 'reset' }],
    ['Error: socket hang up', { code: 'reset' }],
    [
      '<center>400 No required SSL certificate was sent</center>',
      { code: 'http-no-certificate', cases: ['none'] },
    ],
    [
      '<h1>400 Bad Request</h1><center>The SSL certificate error</center>',
      { code: 'http-certificate', printer: 'nginx' },
    ],
    [
      'sun.security.validator.ValidatorException: PKIX path building failed: sun.security.provider.certpath.SunCertPathBuilderException: unable to find valid certification path',
      { code: 'issuer-unknown', printer: 'java' },
    ],
    ['x509: certificate signed by unknown authority', { code: 'issuer-unknown', printer: 'go' }],
    ["code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'", { code: 'issuer-unknown', printer: null }],
    ['SEC_ERROR_UNKNOWN_ISSUER', { code: 'issuer-unknown' }],
    [
      'curl: (60) SSL certificate problem: unable to get local issuer certificate',
      { code: 'issuer-unknown', printer: 'curl', by: 'client', cases: ['missing-int', 'unknown-ca'] },
    ],
    [
      'AH02040: Certificate Verification: Certificate Chain too long (chain has 2 certificates, but maximum allowed are only 1)',
      { code: 'chain-too-long', printer: 'apache', by: 'server' },
    ],
    [
      'java.security.InvalidAlgorithmParameterException: the trustAnchors parameter must be non-empty',
      { code: 'trust-store-empty' },
    ],
    ['curl: (35) error:0A00010B:SSL routines::wrong version number', { code: 'not-tls' }],
    [
      'FATAL: connection requires a valid client certificate',
      { code: 'no-certificate', printer: 'postgresql' },
    ],
    [
      'LOG: certificate authentication failed: client certificate contains no user name',
      { code: 'user-name-missing' },
    ],
    ['ERR_BAD_SSL_CLIENT_AUTH_CERT', { code: 'client-certificate-refused', isMeasured: false, by: 'client' }],
    ['ERR_SSL_CLIENT_AUTH_CERT_NEEDED', { code: 'certificate-wanted', isMeasured: false }],
    [
      'The remote certificate is invalid according to the validation procedure.',
      { code: 'verify-failed', printer: 'dotnet' },
    ],
    ['SEC_E_UNTRUSTED_ROOT (0x80090325)', { code: 'issuer-unknown', printer: 'windows', isMeasured: false }],
    [
      'The certificate chain uses expired\n  certificate.',
      { code: 'expired', printer: 'gnutls', isMeasured: false },
    ],
    ['\u001b[31mself\u2011signed certificate\u001b[0m CERT_HAS_EXPIRED', { code: 'expired' }],
  ])('%s', (text, expected) => {
    expect(first(text)).toMatchObject(expected)
  })

  // As they stand in public questions.
  test.each<[text: string, expected: Partial<Telling>]>([
    [
      '[info] client SSL certificate verify error: (27:certificate not trusted) while reading client request headers',
      { code: 'anchor-not-for-this', printer: 'nginx', by: 'server' },
    ],
    [
      'SSL_do_handshake() failed (SSL: error:0A000410:SSL routines::sslv3 alert handshake failure:SSL alert number 40) while SSL handshaking to upstream',
      { code: 'alert', alert: 40, printer: 'nginx', by: 'client', said: 'refused' },
    ],
    [
      'TLS error: 268435581:SSL routines:OPENSSL_internal:CERTIFICATE_VERIFY_FAILED',
      { code: 'verify-failed', printer: 'envoy' },
    ],
    [
      'TLS_error:|268435581:CERTIFICATE_VERIFY_FAILED:verify cert failed: verify SAN list:TLS_error_end',
      { code: 'rule-not-met' },
    ],
    [
      'io.netty.handler.codec.DecoderException: javax.net.ssl.SSLHandshakeException: error:100000c0:SSL routines:OPENSSL_internal:PEER_DID_NOT_RETURN_A_CERTIFICATE',
      { code: 'no-certificate' },
    ],
    [
      'TLS client: In state connection received SERVER ALERT: Fatal - Unknown CA',
      { code: 'alert', alert: 48, printer: 'erlang', by: 'client', look: 'both' },
    ],
    [
      'TLS server: In state wait_finished received CLIENT ALERT: Fatal - Certificate Unknown',
      { code: 'alert', alert: 46, by: 'server' },
    ],
    [
      'TLS server: In state certify generated SERVER ALERT: Fatal - Certificate Expired',
      { code: 'alert-sent', alert: 45, by: 'server', said: 'judge' },
    ],
    [
      'generated SERVER ALERT: Fatal - Handshake Failure - {bad_cert,invalid_ext_key_usage}',
      { code: 'purpose', printer: 'erlang' },
    ],
    [
      'A fatal alert was generated and sent. The TLS protocol defined fatal error code is 48.',
      { code: 'alert-sent', alert: 48 },
    ],
    [
      'Currently, this server trusts so many certificate authorities that the list has grown too long.',
      { code: 'list-cut', by: 'server', look: 'own' },
    ],
    [
      'NSURLErrorDomain Code=-1206 "The server “api.example.com” requires a client certificate."',
      { code: 'certificate-wanted', printer: 'apple', by: 'client' },
    ],
    ['read alert, level: fatal, description: certificate required', { code: 'alert', alert: 116 }],
    ['client certificate rejected, errSSLPeerCertUnknown -9829', { code: 'alert', alert: 46 }],
    ['Trust anchor for certification path not found.', { code: 'issuer-unknown', printer: 'android' }],
    [
      'No X.509 certificate for client authentication, use empty Certificate message instead',
      { code: 'none-fits', by: 'client', cases: ['none'] },
    ],
    ['AH10158: cannot perform post-handshake authentication', { code: 'asked-later' }],
    ['error:0308010C:digital envelope routines::unsupported', { code: 'own-file-legacy' }],
    [
      "x509: cannot validate certificate for 192.168.1.6 because it doesn't contain any IP SANs",
      { code: 'name-mismatch' },
    ],
    ['rejected connection … remote error: tls: bad certificate', { code: 'alert', alert: 42, by: 'server' }],
    [
      'transport: authentication handshake failed: remote error: tls: bad certificate',
      { code: 'alert', by: 'client' },
    ],
  ])('asked in public: %s', (text, expected) => {
    expect(first(text)).toMatchObject(expected)
  })

  test('where to look for an alert is by what it says', () => {
    // No certificate was sent: the server did not fail.
    expect(first('tlsv13 alert certificate required')).toMatchObject({ by: 'client', look: 'own' })
    expect(first('tlsv1 alert unknown ca')).toMatchObject({ by: null, look: 'both' })
    expect(first('tlsv1 alert internal error')).toMatchObject({ look: 'other' })
    expect(first('SSL3 alert write:fatal:unsupported certificate')).toMatchObject({ look: 'other' })
  })

  test('that it was refused is left out beside why', () => {
    const nginx = 'client SSL certificate verify error: (10:certificate has expired) while reading'
    expect(explain(nginx).found.map(({ code }) => code)).toEqual(['expired'])
    const curl = "curl: (58) unable to set private key file: 'client.key' type PEM"
    expect(explain(curl).found).toMatchObject([{ code: 'own-key-unusable', said: 'own' }])
  })

  test('what an alert fits begins with what people meet', () => {
    expect(first('remote error: tls: bad certificate').cases?.slice(0, 3)).toEqual([
      'none',
      'missing-int',
      'unknown-ca',
    ])
    expect(first('sslv3 alert unsupported certificate').cases?.slice(0, 2)).toEqual(['wrong-eku', 'int-eku'])
  })

  test('an alert for a missing certificate names that first', () => {
    expect(first('sslv3 alert handshake failure').cases?.[0]).toBe('none')
    expect(first('tlsv13 alert certificate required').cases).toEqual(['none'])
  })

  test('several parts, the most telling first', () => {
    const text = `curl: (60) SSL certificate problem: certificate has expired\n${'x '.repeat(3000)}\nError: read ECONNRESET`
    expect(explain(text).found.map(({ code }) => code)).toEqual(['expired', 'reset'])
    const java =
      'Caused by: javax.net.ssl.SSLHandshakeException: PKIX path validation failed: x: validity check failed\n'
    expect(explain(java.repeat(9)).found.map(({ code }) => code)).toEqual(['outside-validity'])
    expect(explain('SSLHandshakeException').found.map(({ code }) => code)).toEqual(['handshake-failed'])
  })

  test.each([
    '',
    'Hello world',
    'The certificate of attendance was handed out at 400 Main Street.',
    'preexpired notrevoked alertness 48',
    'error:0A:error:zz000418',
    'EXPIRED=1 unknown_ca_count=3 MYECONNRESETS',
    'x'.repeat(LONGEST_TEXT + 1),
  ])('that mean nothing are not recognized (%#)', (text) => {
    expect(explain(text).found).toEqual([])
  })

  test('are read up to a limit', () => {
    expect(explain(`${' '.repeat(LONGEST_TEXT)}ECONNRESET`)).toEqual({ found: [], isCut: true })
    expect(
      explain('x509: certificate has expired or is not yet valid: current time '.repeat(20_000)).isCut,
    ).toBe(true)
  })

  test('in every known spelling are recognized as what they are', () => {
    const wrong = KNOWN_TEXTS.filter(({ code, phrase }) => {
      const found = explain(phrase.replaceAll('*', 'something')).found
      return !found.some((telling) => telling.code === code)
    })
    expect(wrong.map(({ phrase }) => phrase)).toEqual([])
  })

  test('of the programs for an alert are recognized as that alert', () => {
    for (const id of Object.keys(PROGRAMS) as (keyof typeof PROGRAMS)[])
      for (const code of Object.values(ALERT)) {
        const received = receivedAlert(id, null, code)
        if (received)
          expect({ id, code, ...first(received.text) }).toMatchObject({ code: 'alert', alert: code })
      }
  })
})

test('every code has a sentence, and where to look is said of a side if it is known', () => {
  expect(Object.values(labErrors.meaning).every((sentence) => sentence.endsWith('.'))).toBe(true)
  expect(labErrors.look('other', 'client')).toBe('Look at the server.')
  expect(labErrors.look('own', null)).toBe('Look at the side that printed this.')
})
