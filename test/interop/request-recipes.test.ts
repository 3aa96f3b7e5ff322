import { describe, expect, test } from 'vitest'
import { requestRecipes } from '../../src/paper/request-recipes.ts'
import type { RecipeProgram, RequestWish } from '../../src/paper/request-recipes.ts'
import { madeByRecipe, PROGRAMS } from '../support/recipes.ts'
import { scratch, succeed } from '../support/run.ts'

const wish: RequestWish = {
  subject: [
    { type: 'countryName', value: 'DE' },
    { type: 'organizationName', value: 'Müller, Söhne & Co' },
    { type: 'commonName', value: 'api.example.com' },
  ],
  subjectAltNames: [
    { kind: 'dNSName', value: 'api.example.com' },
    { kind: 'dNSName', value: '*.api.example.com' },
    { kind: 'iPAddress', value: '10.1.2.3' },
    { kind: 'iPAddress', value: '2001:db8::1' },
    { kind: 'rfc822Name', value: 'ops@example.com' },
    { kind: 'uniformResourceIdentifier', value: 'spiffe://example.com/api' },
  ],
  keyAlgorithm: 'p256',
}

/** Runs the recipe as pasted, and has OpenSSL verify and show what it made. */
async function run(program: RecipeProgram, asked: RequestWish): Promise<string> {
  const { bytes } = await madeByRecipe(program, asked, scratch().path)
  expect(new TextDecoder().decode(bytes)).toMatch(/BEGIN (NEW )?CERTIFICATE REQUEST/)
  const show = ['req', '-noout', '-verify', '-text', '-nameopt', 'utf8,sep_comma_plus']
  return (await succeed('openssl', show, { input: bytes, env: { LC_ALL: 'C.UTF-8' } })).stdout
}

describe.each(PROGRAMS)('the recipe for %s', (program) => {
  test('makes a request with the subject and every name that was wished for', async () => {
    const text = await run(program, wish)
    for (const part of [
      'DE',
      'api.example.com',
      'DNS:*.api.example.com',
      'IP Address:10.1.2.3',
      'IP Address:2001:DB8:0:0:0:0:0:1',
      'email:ops@example.com',
      'URI:spiffe://example.com/api',
    ])
      expect(text).toContain(part)
    expect(text).toContain('prime256v1')
    expect(text.replaceAll('\\', '')).toContain('Müller, Söhne & Co')
  })
  test.each(['rsa-3072', 'p384', 'ed25519'] as const)(
    'makes a request for a key of %s',
    async (keyAlgorithm) => {
      const expected = { 'rsa-3072': '3072 bit', p384: 'secp384r1', ed25519: 'ED25519' }[keyAlgorithm]
      expect(await run(program, { ...wish, subjectAltNames: [], keyAlgorithm })).toContain(expected)
    },
  )
})

test('a value that means something to the program stays a value', async () => {
  const hostile = `O'Neil "x" $HOME #1 \\ ; = / , +`
  const text = await run('openssl', {
    ...wish,
    subject: [{ type: 'commonName', value: hostile }],
    subjectAltNames: [],
  })
  expect(text.replace(/\\(.)/g, '$1')).toContain(hostile.replaceAll('\\', ''))
})

test('a program without the key algorithm gets no recipe', () => {
  const programs = requestRecipes({ ...wish, keyAlgorithm: 'ml-dsa-65' }).map(({ program }) => program)
  expect(programs).toEqual(['openssl'])
})

test('a line break in a value, which would begin a command, gets no recipe', () => {
  expect(requestRecipes({ ...wish, subject: [{ type: 'commonName', value: 'a\nEND\nid' }] })).toEqual([])
})
