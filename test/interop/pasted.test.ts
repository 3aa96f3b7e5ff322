import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { requestRecipes } from '../../src/ca/request-recipes.ts'
import { commandsFor } from '../../src/validate/question/commands.ts'
import { issued, request } from '../support/authority.ts'
import { run, scratch } from '../support/run.ts'

/** What is printed to be pasted, made of names that are not: nothing in them runs, on a terminal too. */
const PASTE = fileURLToPath(new URL('../support/pty/paste.py', import.meta.url))
const RUN = 'touch ran'
/** Longer than the words that are written; with what would run if it were cut. */
const LONG = `${'x'.repeat(4_090)};${RUN};`

const CONTROLS = [...Array<undefined>(0x20)].map((_, code) => String.fromCharCode(code))
const HOSTILE: readonly string[] = [
  ...[...CONTROLS, '\x7f', '\x84', '\x85', '\x8d', '\x90', '\x9b', '\x9d'].map(
    (each) => `a${each}${RUN}${each}#`,
  ),
  ...['\u00a0', '\u200b', '\u202e', '\u2028', '\u2029', '\u2066', '\ufeff'].map(
    (each) => `a${each}${RUN}${each}`,
  ),
  `a\x1b[201~\x15${RUN}\r#`,
  `a\x1b[201~\n${RUN}\n`,
  `a\x03${RUN}\r`,
  `a\x04${RUN}\r`,
  `\x1b[200~${RUN}`,
  `'; ${RUN}; '`,
  `"; ${RUN}; "`,
  `'"'; ${RUN} #`,
  `\\'; ${RUN}; #`,
  `\\\\'; ${RUN}; #`,
  `$(${RUN})`,
  `'$(${RUN})'`,
  `"$(${RUN})"`,
  `\`${RUN}\``,
  `'\`${RUN}\`'`,
  `$'\\n${RUN}'`,
  `\${x:=\`${RUN}\`}`,
  `a;${RUN}`,
  `a&${RUN}`,
  `a&&${RUN}`,
  `a||${RUN}`,
  `a|${RUN}`,
  `a\nEND\n${RUN}\n`,
  'END',
  `END;${RUN}`,
  `<(${RUN})`,
  '>ran',
  '>>ran',
  '2>ran',
  '<<END',
  '<<<ran',
  `{${RUN},b}`,
  `!${RUN}`,
  '!!',
  '!touch',
  '^a^b^',
  '%1',
  '-help',
  '--help',
  '-',
  '--',
  '~',
  '~root',
  '~+',
  '*',
  '?',
  '[a-z]',
  '{a,b}',
  '=ls',
  '$PATH',
  '$HOME/x',
  '$ENV::HOME',
  '#',
  'a #b',
  '\\',
  'a\\',
  '\\n',
  '%s',
  '%0a',
  '&quot;',
  ' leading',
  'trailing ',
  'two words',
  "it's",
  'say "x"',
  'bücher.example',
  '例え.example',
  '\ud83d\ude00',
  '*.example.com',
  'a+b=c,d/e',
  "'@",
  LONG,
]

const root = await issued('root', request('Root'), null)
const server = await issued('tlsServer', request('www.example.com'), root)
const lineFor = (value: string, kind: 'DNS' | 'RFC822') =>
  commandsFor({
    target: server.certificate,
    anchors: [root.certificate],
    intermediates: [],
    lists: [],
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

/** A program that writes down what it was given, each word behind a line of its length. */
const SHIM = `#!/bin/sh
{ printf '%s\\0' "\${0##*/}"; for word; do printf '%s\\0' "$word"; done; printf '\\n\\0'; } >> "$GIVEN"
`

describe.each([
  ['sh', 'plain'],
  ['dash', 'plain'],
  ['bash', 'plain'],
  ['bash', 'bracketed'],
])('pasted into %s (%s)', (shell, mode) => {
  async function paste(
    texts: readonly string[],
  ): Promise<{ told: string[]; given: string[][]; files: string[] }> {
    const { path } = scratch()
    const shims = scratch().path
    for (const program of PROGRAMS) {
      writeFileSync(join(shims, program), SHIM)
      chmodSync(join(shims, program), 0o755)
    }
    const given = join(shims, 'given')
    const { code, stdout, stderr } = await run('python3', [PASTE, shell, mode], {
      cwd: path,
      input: Buffer.concat(
        texts.flatMap((text, i) => (i > 0 ? [Buffer.of(0xff), Buffer.from(text)] : [Buffer.from(text)])),
      ),
      env: { PATH: `${shims}:/usr/bin:/bin`, HOME: path, GIVEN: given, LC_ALL: 'C.UTF-8', HISTFILE: '' },
    })
    expect(stderr).toBe('')
    expect(code).toBe(0)
    const calls = existsSync(given) ? readFileSync(given, 'utf8').split('\n\0').slice(0, -1) : []
    return {
      told: stdout.trimEnd().split('\n'),
      given: calls.map((call) => call.split('\0').slice(0, -1)),
      files: readdirSync(path),
    }
  }

  test('nothing runs but what is meant, with the words that are meant', async () => {
    const { told, given, files } = await paste(PRINTED.map(({ text }) => text))
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
    const { files } = await paste([`openssl verify a;${RUN}`])
    expect(files).toEqual(['ran'])
  })
})
