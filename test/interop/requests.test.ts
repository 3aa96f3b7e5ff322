import { describe, expect, test } from 'vitest'
import type { RecipeProgram } from '../../src/paper/request-recipes.ts'
import type { KeyAlgorithmId } from '../../src/webcrypto/algorithms.ts'
import { schemeOf } from '../../src/webcrypto/algorithms.ts'
import type { Call } from '../../src/border/dispatch.ts'
import { requestMethods } from '../../src/services/requests/methods/request.ts'
import { assembleSigned } from '../../src/x509/encode.ts'
import { encodeName } from '../../src/x509/name.ts'
import { ATTRIBUTE_OIDS } from '../../src/x509/oids.ts'
import { encodeRequestInfo } from '../../src/x509/request.ts'
import { encodeSignatureAlgorithm } from '../../src/x509/signature-algorithms.ts'
import { testKey } from '../support/authority.ts'
import { madeByRecipe, PROGRAMS } from '../support/recipes.ts'
import { scratch } from '../support/run.ts'

const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const read = (bytes: Uint8Array) =>
  requestMethods['request.read']({ files: [{ name: 'request.pem', bytes }] }, call)

async function made(program: RecipeProgram, keyAlgorithm: KeyAlgorithmId): Promise<Uint8Array> {
  const subject = [
    { type: 'organizationName', value: 'Example' },
    { type: 'commonName', value: 'www.example.com' },
  ]
  const subjectAltNames = [
    { kind: 'dNSName', value: 'www.example.com' },
    { kind: 'iPAddress', value: '10.0.0.1' },
  ] as const
  return (await madeByRecipe(program, { subject, subjectAltNames, keyAlgorithm }, scratch().path)).bytes
}

describe.each(PROGRAMS)('a request made by %s', (program) => {
  test.each(['p256', 'rsa-2048', 'ed25519'] as const)(
    'with a key of %s proves possession and asks for its names',
    async (keyAlgorithm) => {
      const { requests, problems } = await read(await made(program, keyAlgorithm))
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
    new TextDecoder().decode(await made('openssl', 'p256')).replace(/-----.*?-----|\s/g, ''),
    'base64',
  )
  der[der.length - 1]! ^= 1
  expect((await read(der)).requests).toMatchObject([{ possession: 'invalid' }])
})

test('a request with an ML-DSA key made here is read here', async () => {
  const key = await testKey('ml-dsa-44')
  const subject = encodeName([[{ oid: ATTRIBUTE_OIDS.CN, text: 'made here' }]])
  const info = encodeRequestInfo({ subject, spki: key.spki, extensions: [] })
  const signature = await key.signer.sign(schemeOf('ml-dsa-44'), info)
  const der = assembleSigned(info, encodeSignatureAlgorithm('ml-dsa-44'), signature)
  expect((await read(der)).requests).toMatchObject([
    { possession: 'valid', subject: [{ type: 'commonName', value: 'made here' }] },
  ])
})
