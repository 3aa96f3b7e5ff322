import { expect, test } from 'vitest'
import { KEY_ALGORITHMS, SIGNATURES_OF, schemeOf } from '../../src/webcrypto/algorithms.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { generateKeyPair } from '../../src/webcrypto/keys.ts'
import { assembleSigned } from '../../src/x509/encode.ts'
import { encodeExtensionValue } from '../../src/x509/extensions/table.ts'
import { encodeName, nameToText } from '../../src/x509/name.ts'
import { parseNameText } from '../../src/x509/name-from-text.ts'
import { EXTENSION_OIDS } from '../../src/x509/oids.ts'
import { encodeRequestInfo, parseRequest } from '../../src/x509/request.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import { sign, verifySigned } from '../../src/x509/signed.ts'
import { fromBase64 } from '../../src/octets.ts'
import { scratch, succeed } from '../support/run.ts'

/** Requests (RFC 2986) between OpenSSL and us, both ways. */

const KEYS: [name: string, options: string[]][] = [
  ['rsa-2048', ['-newkey', 'rsa:2048']],
  ['rsa-pss', ['-newkey', 'rsa-pss', '-pkeyopt', 'rsa_keygen_bits:2048']],
  ['p256', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256']],
  ['p384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
  ['p521', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-521']],
  ['ed25519', ['-newkey', 'ed25519']],
]

test.each(KEYS)(
  'a request that OpenSSL made with a key of %s is read and verified',
  async (_name, options) => {
    const { path } = scratch()
    const asked = [
      '-addext',
      'subjectAltName=DNS:example.com,IP:10.0.0.1',
      '-addext',
      'keyUsage=digitalSignature',
    ]
    const subject = ['-utf8', '-subj', '/C=CH/O=Exämple, Inc./CN=example.com']
    await succeed(
      'openssl',
      ['req', '-new', '-nodes', '-keyout', 'key.pem', '-out', 'req.pem', ...options, ...subject, ...asked],
      { cwd: path },
    )
    const { stdout } = await succeed('openssl', ['req', '-in', 'req.pem'], { cwd: path })
    const request = parseRequest(fromBase64(stdout.replace(/-----[^-]+-----/g, ''))!)
    expect(await verifySigned(request, request.spki)).toBe('valid')
    expect(nameToText(request.subject)).toBe('CN=example.com,O=Exämple\\, Inc.,C=CH')
    expect(request.keyUsage).toEqual(new Set(['digitalSignature']))
    expect(request.subjectAltName).toEqual([
      { kind: 'dNSName', value: 'example.com' },
      { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 1) },
    ])
  },
)

test.each<KeyAlgorithmId>(['rsa-2048', 'rsa-3072', 'p256', 'p384', 'p521', 'ed25519'])(
  'a request that we make with a key of %s is verified and shown by OpenSSL',
  async (id) => {
    const { privateKey, spki } = await generateKeyPair(id)
    const algorithm = SIGNATURES_OF[KEY_ALGORITHMS[id].keyType][0]!
    const info = encodeRequestInfo({
      subject: encodeName(parseNameText('CN=example.com,O=Example,C=CH')),
      spki,
      extensions: [
        {
          oid: EXTENSION_OIDS.subjectAltName,
          critical: false,
          value: encodeExtensionValue('subjectAltName', [{ kind: 'dNSName', value: 'example.com' }]),
        },
      ],
      challengePassword: 'open sesame',
    })
    const signature = await sign(schemeOf(algorithm), privateKey, info)
    const request = assembleSigned(info, encodeSignatureAlgorithm(algorithm), signature)
    const { output } = await succeed('openssl', ['req', '-inform', 'DER', '-verify', '-noout', '-text'], {
      input: request,
    })
    expect(output).toContain('self-signature verify OK')
    expect(output).toContain('Subject: C = CH, O = Example, CN = example.com')
    expect(output).toContain('DNS:example.com')
    expect(output).toContain('open sesame')
  },
)
