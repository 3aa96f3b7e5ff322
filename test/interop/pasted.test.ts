import { describe, expect, test } from 'vitest'
import { requestRecipes } from '../../src/paper/request-recipes.ts'
import { commandsFor } from '../../src/paper/other-programs.ts'
import { issued, request } from '../support/authority.ts'
import { HOSTILE, RUN } from '../support/pty/hostile.ts'
import { paste, SHELLS } from '../support/pty/paste.ts'

// What is printed to be pasted, made of names that are not: nothing in them runs, on a terminal too.

const root = await issued('root', request('Root'), null)
const server = await issued('tlsServer', request('www.example.com'), root)
const lineFor = (value: string, kind: 'DNS' | 'RFC822') =>
  commandsFor({
    target: server.certificate.der,
    anchors: [root.certificate.der],
    intermediates: [],
    lists: [],
    listed: [],
    options: { at: new Date('2026-11-21'), purpose: 'serverAuth', peerNames: [{ kind, value }] },
  })

interface Pasted {
  readonly text: string
  /** What the first program that is run has to be given, in order. */
  readonly given: readonly string[]
}

/** Every text that is printed for this name. */
function printedFor(value: string): Pasted[] {
  const { openssl, step } = lineFor(value, 'DNS')
  const { openssl: mail } = lineFor(value, 'RFC822')
  const wish = {
    subject: [{ type: 'commonName', value }],
    subjectAltNames: [{ kind: 'dNSName', value } as const],
    keyAlgorithm: 'p256',
  } as const
  const verify = [openssl && ['-verify_hostname', openssl], mail && ['-verify_email', mail]] as const
  return [
    ...verify.flatMap((each) =>
      each ? [{ text: each[1]!, given: ['openssl', 'verify', each[0]!, value] }] : [],
    ),
    ...(step === null ? [] : [{ text: step, given: ['step', '--host', value] }]),
    ...requestRecipes(wish)
      .filter(({ program }) => program !== 'powershell')
      .map(({ program, commands }) => ({ text: commands, given: [program] })),
  ]
}

const PRINTED = HOSTILE.flatMap(printedFor)
const PROGRAMS = ['openssl', 'step', 'keytool', 'certtool']

test('most names are written, and those that a terminal would obey are not', () => {
  for (const value of HOSTILE) {
    // eslint-disable-next-line no-control-regex
    const isObeyed = /[\x00-\x1f\x7f-\x9f]/.test(value)
    if (isObeyed) expect(printedFor(value)).toEqual([])
  }
  expect(PRINTED.length).toBeGreaterThan(200)
  expect(lineFor('-help', 'DNS')).toMatchObject({ openssl: null, step: null })
})

describe.each(SHELLS)('pasted into %s (%s)', (...shell) => {
  const pasted = (texts: readonly string[]) => paste(shell, texts, { programs: PROGRAMS })

  test('nothing runs but what is meant, with the words that are meant', async () => {
    const { told, given, files } = await pasted(PRINTED.map(({ text }) => text))
    expect(told.filter((each) => each !== 'ended')).toEqual([])
    expect(files.filter((name) => !/\.(cnf|template)$/.test(name))).toEqual([])
    const verifying = given.filter(([program, act]) => program === 'step' || act === 'verify')
    const meant = PRINTED.filter(({ given: [program, act] }) => program === 'step' || act === 'verify')
    expect(verifying.length).toBe(meant.length)
    for (const [i, { given: words }] of meant.entries()) {
      const [option, value] = words.slice(-2)
      expect(verifying[i]!.slice(verifying[i]!.indexOf(option!)).slice(0, 2)).toEqual([option, value])
    }
  })

  test('the test can fail: what is not quoted runs', async () => {
    const { files } = await pasted([`openssl verify a;${RUN}`])
    expect(files).toEqual(['ran'])
  })
})
