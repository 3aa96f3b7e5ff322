import { expect, test } from 'vitest'
import { parseAllDocuments } from 'yaml'
import { bundleOf } from '../../../src/destinations/bundle.ts'
import { conditionOf, expression } from '../../../src/destinations/condition.ts'
import type { DestinationId, Printed } from '../../../src/destinations/printed.ts'
import { DESTINATIONS, settingsFor } from '../../../src/destinations/settings.ts'
import { labSettings } from '../../../src/messages/en/ui/lab-settings.ts'
import type { Rule, Test } from '../../../src/mtls/rules/rule.ts'
import { utf8Text } from '../../../src/octets.ts'
import { Cast, stage, usual } from '../../../src/services/lab/ready/stage.ts'
import { isPasteable, UNSEEN } from '../../../src/plain-text.ts'
import { HOSTILE } from '../../support/pty/hostile.ts'

const cast = new Cast(new Date('2026-11-30T12:00:00Z'))
const given = await usual(cast)
const IDS = Object.keys(DESTINATIONS) as DestinationId[]
const SIDES = ['server', 'client'] as const

async function printed(id: DestinationId, side: Printed['side'], lets: Rule | null): Promise<Printed | null> {
  const { scenario } = stage(cast, given, { server: { set: { lets } }, client: { set: { lets } } })
  const answer = await settingsFor(id, { scenario, side })
  return 'lacks' in answer ? null : answer
}

const textsOf = ({ files }: Printed): string[] =>
  files.filter(({ name }) => !name.endsWith('.pem')).map(({ bytes }) => utf8Text(bytes))

test('each program is printed for each of its sides, without a key, and explained', async () => {
  for (const id of IDS)
    for (const side of SIDES) {
      const answer = await printed(id, side, null)
      expect([id, side, answer !== null]).toEqual([id, side, DESTINATIONS[id].sides.includes(side)])
      if (answer === null) continue
      const files = bundleOf(answer, labSettings)
      expect(files.map(({ name }) => name)).not.toContain(answer.key)
      const readme = utf8Text(files.find(({ name }) => name === 'README.txt')!.bytes)
      expect(readme).toContain(answer.key!)
      expect(readme).not.toMatch(/undefined|null\b/)
      const key = new Uint8Array([1])
      expect(bundleOf(answer, labSettings, key).find(({ name }) => name === answer.key)?.bytes).toBe(key)
      expect(files.some(({ bytes }) => utf8Text(bytes).includes('PRIVATE KEY'))).toBe(false)
      for (const line of [...answer.before, ...answer.check, ...answer.start, ...answer.ask])
        expect(isPasteable(line)).toBe(true)
    }
})

test('a server without a certificate, and trust in nobody, are not printed', async () => {
  const { scenario } = stage(cast, given, { server: { sends: [] } })
  expect(await settingsFor('nginx', { scenario, side: 'server' })).toEqual({ lacks: 'certificate' })
  const nobody = stage(cast, given, { server: { trusts: [] } }).scenario
  expect(await settingsFor('node', { scenario: nobody, side: 'server' })).toEqual({ lacks: 'anchors' })
})

/** Every test that holds a text. */
const withText = (text: string): Test[] => [
  { kind: 'subject', name: `CN=${text.replace(/[\\,+"<>;=#]/g, (each) => `\\${each}`)}` },
  { kind: 'subject', name: text },
  { kind: 'root', sha256: text },
  { kind: 'issuer', sha256: text },
  ...(['DNS', 'IP', 'RFC822', 'URI', 'UPN'] as const).flatMap((form) =>
    (['exact', 'suffix'] as const).map((match) => ({ kind: 'san', form, match, value: text }) as const),
  ),
  { kind: 'spiffe', id: text },
  { kind: 'spiffe', id: `spiffe://${text}` },
  { kind: 'serial', numbers: [text] },
  { kind: 'certificate', sha256: [text] },
  { kind: 'key', sha256: [text] },
  { kind: 'purpose', oid: text },
  { kind: 'policy', oid: text },
  { kind: 'user', name: text, by: 'CN' },
  { kind: 'user', name: text, by: 'RFC822' },
  { kind: 'address', ranges: [text], of: 'connection' },
]

test('no value of a rule adds a line or a control character to settings, commands or the page beside them', async () => {
  for (const id of IDS)
    for (const side of SIDES) {
      if (!DESTINATIONS[id].sides.includes(side)) continue
      for (const text of HOSTILE) {
        const answer = (await printed(id, side, { kind: 'any', of: withText(text) }))!
        const commands = [...answer.before, ...answer.check, ...answer.start, ...answer.ask]
        const readme = bundleOf(answer, labSettings).find(({ name }) => name === 'README.txt')!
        for (const each of [...textsOf(answer), ...commands, utf8Text(readme.bytes)])
          expect(UNSEEN.test(each.replace(/[\n\t]/g, ' ')), JSON.stringify([id, text, each])).toBe(false)
        // A new line would begin with it: nothing that was given begins a line of settings.
        const lines = textsOf(answer).flatMap((each) => each.split('\n'))
        expect(lines.filter((line) => line.trim().startsWith('touch ran'))).toEqual([])
      }
    }
})

const FALSE: Test = { kind: 'policy', oid: '1.2.3' }
const A: Test = { kind: 'serial', numbers: ['01'] }
const words = { and: '&', or: '|', not: (part: string) => `!${part}`, yes: 'yes', no: 'no' }
const said = (rule: Rule, guard: string | null = null): string =>
  expression(
    conditionOf(rule, (test) => (test === A ? { part: 'a' } : { cannot: 'cannot-ask' }), guard).condition,
    words,
  )

test('what cannot be asked lets nobody in, and neither does its opposite', () => {
  expect(said({ kind: 'all', of: [A, FALSE] })).toBe('no')
  expect(said({ kind: 'any', of: [A, FALSE] })).toBe('a')
  expect(said({ kind: 'not', of: FALSE })).toBe('no')
  expect(said({ kind: 'not', of: { kind: 'any', of: [A, FALSE] } })).toBe('no')
  expect(said({ kind: 'not', of: { kind: 'all', of: [A, FALSE] } })).toBe('!a')
  expect(said({ kind: 'not', of: A }, 'g')).toBe('g & !a')
})

test('printed YAML parses, and holds what was asked', async () => {
  const lets: Rule = {
    kind: 'all',
    of: [
      { kind: 'san', form: 'DNS', match: 'exact', value: 'client.example.com' },
      { kind: 'certificate', sha256: ['ab'.repeat(32)] },
      { kind: 'address', ranges: ['192.0.2.0/24'], of: 'connection' },
    ],
  }
  let documents = 0
  for (const id of ['envoy', 'kubernetes'] as const)
    for (const side of SIDES)
      for (const rule of [
        null,
        lets,
        { kind: 'address', ranges: ['::1'], of: 'connection' } as const,
        FALSE,
      ]) {
        const answer = await printed(id, side, rule)
        for (const { name, bytes } of answer?.files ?? []) {
          if (!name.endsWith('.yaml')) continue
          const all = parseAllDocuments(utf8Text(bytes), { strict: true, uniqueKeys: true })
          expect([...all].flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([])
          documents += [...all].length
        }
      }
  expect(documents).toBeGreaterThan(15)
  const server = await printed('envoy', 'server', lets)
  const [envoy, istio] = textsOf(server!).map((text) =>
    [...parseAllDocuments(text)].map((each) => each.toJS() as unknown),
  )
  expect(JSON.stringify(envoy)).toContain('"matcher":{"exact":"client.example.com"}')
  expect(istio).toMatchObject([
    { spec: { servers: [{ tls: { mode: 'MUTUAL', subjectAltNames: ['client.example.com'] } }] } },
    { spec: { rules: [{ from: [{ source: { remoteIpBlocks: ['192.0.2.0/24'] } }] }] } },
  ])
})
