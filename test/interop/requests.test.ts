import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requestRecipes } from '../../src/ca/request-recipes.ts'
import type { RecipeProgram } from '../../src/ca/request-recipes.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { schemeOf } from '../../src/webcrypto/algorithms.ts'
import type { Call } from '../../src/worker/dispatch.ts'
import { requestMethods } from '../../src/worker/methods/request.ts'
import { assembleSigned } from '../../src/x509/encode.ts'
import { encodeName } from '../../src/x509/name.ts'
import { ATTRIBUTE_OIDS } from '../../src/x509/oids.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { encodeRequestInfo } from '../../src/x509/request.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import { testKey } from '../support/authority.ts'

const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const read = (bytes: Uint8Array) =>
  requestMethods['request.read']({ files: [{ name: 'request.pem', bytes }] }, call)

function made(program: RecipeProgram, keyAlgorithm: KeyAlgorithmId): Uint8Array {
  const recipe = requestRecipes({
    subject: [
      { type: 'organizationName', value: 'Example' },
      { type: 'commonName', value: 'www.example.com' },
    ],
    subjectAltNames: [
      { kind: 'dNSName', value: 'www.example.com' },
      { kind: 'iPAddress', value: '10.0.0.1' },
    ],
    keyAlgorithm,
  }).find((each) => each.program === program)!
  const cwd = mkdtempSync(join(tmpdir(), 'request-'))
  const commands =
    program === 'keytool'
      ? recipe.commands.replaceAll(' -keystore', ' -storepass changeit -keystore')
      : recipe.commands
  execFileSync('sh', ['-e'], { cwd, input: commands, stdio: 'pipe' })
  return readFileSync(join(cwd, recipe.requestFile))
}

describe.each(['openssl', 'keytool', 'certtool'] as const)('a request made by %s', (program) => {
  test.each(['p256', 'rsa-2048', 'ed25519'] as const)(
    'with a key of %s proves possession and asks for its names',
    async (keyAlgorithm) => {
      const { requests, problems } = await read(made(program, keyAlgorithm))
      expect(problems).toEqual([])
      expect(requests).toMatchObject([
        {
          possession: 'valid',
          keyAlgorithm,
          subject: expect.arrayContaining([
            { type: 'commonName', value: 'www.example.com' },
            { type: 'organizationName', value: 'Example' },
          ]) as unknown,
          subjectAltNames: [
            { kind: 'dNSName', value: 'www.example.com' },
            { kind: 'iPAddress', value: '10.0.0.1' },
          ],
        },
      ])
    },
  )
})

test('a request with another signature than its key’s is said to prove nothing', async () => {
  const der = Buffer.from(
    new TextDecoder().decode(made('openssl', 'p256')).replace(/-----.*?-----|\s/g, ''),
    'base64',
  )
  der[der.length - 1]! ^= 1
  expect((await read(der)).requests).toMatchObject([{ possession: 'invalid' }])
})

test.each(['ml-dsa-44', 'rsa-3072', 'p521'] as const)(
  'a request with a key of %s made here is read here, and by OpenSSL where it can',
  async (algorithm) => {
    const key = await testKey(algorithm)
    const subject = encodeName([[{ oid: ATTRIBUTE_OIDS.CN, text: 'made here' }]])
    const info = encodeRequestInfo({ subject, spki: key.spki, extensions: [] })
    const id = { 'ml-dsa-44': 'ml-dsa-44', 'rsa-3072': 'rsa-sha256', p521: 'ecdsa-sha512' } as const
    const signature = await key.signer.sign(schemeOf(id[algorithm]), info)
    const der = assembleSigned(info, encodeSignatureAlgorithm(id[algorithm]), signature)
    expect((await read(der)).requests).toMatchObject([
      { possession: 'valid', subject: [{ type: 'commonName', value: 'made here' }] },
    ])
    // Debian's OpenSSL 3.0 has no ML-DSA.
    if (algorithm === 'ml-dsa-44') return
    const file = join(mkdtempSync(join(tmpdir(), 'request-')), 'made.pem')
    writeFileSync(file, encodePem('CERTIFICATE REQUEST', der))
    expect(
      execFileSync('openssl', ['req', '-in', file, '-noout', '-verify', '-subject'], {
        stdio: 'pipe',
      }).toString(),
    ).toContain('made here')
  },
)
