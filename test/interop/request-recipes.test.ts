import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { requestRecipes } from '../../src/ca/request-recipes.ts'
import type { RecipeProgram, RequestWish } from '../../src/ca/request-recipes.ts'

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

/** Runs the recipe as pasted; keytool's two questions are answered on standard input. */
function run(program: RecipeProgram, asked: RequestWish): string {
  const recipe = requestRecipes(asked).find((each) => each.program === program)
  if (!recipe) throw new Error(`no recipe for ${program}`)
  const cwd = mkdtempSync(join(tmpdir(), 'recipe-'))
  const commands =
    program === 'keytool'
      ? recipe.commands.replaceAll(' -keystore', ' -storepass changeit -keystore')
      : recipe.commands
  execFileSync('sh', ['-e'], {
    cwd,
    input: commands,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  })
  const text = execFileSync(
    'openssl',
    ['req', '-in', recipe.requestFile, '-noout', '-verify', '-text', '-nameopt', 'utf8,sep_comma_plus'],
    {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  ).toString()
  expect(readFileSync(join(cwd, recipe.requestFile), 'utf8')).toMatch(/BEGIN (NEW )?CERTIFICATE REQUEST/)
  return text
}

describe.each(['openssl', 'keytool', 'certtool'] as const)('the recipe for %s', (program) => {
  test('makes a request with the subject and every name that was wished for', () => {
    const text = run(program, wish)
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
  test.each(['rsa-3072', 'p384', 'ed25519'] as const)('makes a request for a key of %s', (keyAlgorithm) => {
    const expected = { 'rsa-3072': '3072 bit', p384: 'secp384r1', ed25519: 'ED25519' }[keyAlgorithm]
    expect(run(program, { ...wish, subjectAltNames: [], keyAlgorithm })).toContain(expected)
  })
})

test('a value that means something to the program stays a value', () => {
  const hostile = `O'Neil "x" $HOME #1 \\ ; = / , +`
  const text = run('openssl', {
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
