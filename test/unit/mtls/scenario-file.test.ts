/** Scenario files: what was written is read again, and what cannot be read is refused with a code and a place. */
import { beforeAll, describe, expect, test } from 'vitest'
import { answerScenario, type Answer } from '../../../src/mtls/handshake.ts'
import type { Rule } from '../../../src/mtls/rules/rule.ts'
import {
  readScenario,
  writeScenario,
  type ScenarioFile,
} from '../../../src/mtls/scenario-file/scenario-file.ts'
import { beginsAsScenario } from '../../../src/mtls/scenario-file/marks.ts'
import { READY_IDS } from '../../../src/mtls/ready-ids.ts'
import { utf8 } from '../../../src/octets.ts'
import { random } from '../../../src/webcrypto/seal.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { endEntity, intermediate, pem, root } from '../../support/chain.ts'
import { LAB_DAY, readyFile, signersIn } from '../../support/lab/scenarios.ts'

const read = (text: string): ReturnType<typeof readScenario> => readScenario(utf8(text), LAB_DAY)

async function fileIn(text: string): Promise<ScenarioFile> {
  const result = await read(text)
  if ('faults' in result) throw new Error(JSON.stringify(result.faults))
  return result.file
}

/** Everything of an answer that does not depend on random numbers. */
const answered = ({ played, client, server, ending }: Answer): unknown => ({
  messages: played.messages.map(({ from, type, flight }) => [from, type, flight]),
  ...{ version: played.version, suite: played.suite, ending },
  judgements: [client, server].map(
    (each) => each && [each.presented, each.possession, each.refusals, each.overlooked],
  ),
})

describe('what was written is read again', () => {
  test.each(READY_IDS)('%s', async (id) => {
    const file = await readyFile(id, { note: 'Line 1\nLine 2: "quoted", ☃' })
    const text = writeScenario(file)
    const again = await fileIn(text)
    expect(again).toEqual(file)
    expect(writeScenario(again)).toBe(text)
    expect(beginsAsScenario(utf8(text))).toBe(true)
    const [one, other] = await Promise.all(
      [file, again].map((each) => answerScenario(each.scenario, signersIn(each), random)),
    )
    expect(answered(other!)).toEqual(answered(one!))
  })

  test('with everything that an end can have', async () => {
    const { scenario, known, ...rest } = await readyFile('stapled-revoked')
    const lists = (await readyFile('client-revoked')).scenario.server.lists
    const file: ScenarioFile = {
      ...rest,
      known: [...known, ...scenario.client.anchors],
      programs: { client: 'curl', server: 'nginx' },
      scenario: {
        client: {
          ...scenario.client,
          ...{ host: '2001:db8::1', checksHost: false, heedsAuthorities: true, address: '2001:db8::2' },
          ...{ versions: [0x0303], schemes: [0x0403, 0x0420], suites: [0xc02b, 0x009c], verifies: 'no' },
          at: new Date('2025-01-01T00:00:00.250Z'),
        },
        server: {
          ...scenario.server,
          ...{
            lists,
            needsStatus: true,
            asks: 'optional',
            listsAuthorities: false,
            certificateTypes: [1, 5],
            forwarding: { form: 'PROXY', text: 'PROXY TCP4 cut', trusted: 16, from: '2001:db8::3' },
          },
          ...{ verifies: 'application', maxDepth: 3, lets: EVERY_RULE, letsAt: 'proxy' },
        },
      },
    }
    const text = writeScenario(file)
    expect(await fileIn(text)).toEqual(file)
    expect(JSON.parse(text)).toMatchObject({
      client: {
        clock: '2025-01-01T00:00:00.250Z',
        signatureAlgorithms: ['ecdsa_secp256r1_sha256', '0x0420'],
        cipherSuites: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256', '0x009c'],
      },
      server: { certificateTypes: ['rsa_sign', '0x05'] },
    })
  })

  test('without keys the certificates remain, and nothing is proved', async () => {
    const file = await readyFile('connects', { keys: { client: null, server: null } })
    const text = writeScenario(file)
    expect(text).not.toContain('PRIVATE KEY')
    const again = await fileIn(text)
    const { client } = await answerScenario(again.scenario, signersIn(again), random)
    expect(client).toMatchObject({ possession: 'not-proved', refusals: [] })
  })

  test('the shortest file is two ends without a certificate, by the clock of the reader', async () => {
    const { scenario, name, note, keys, programs, known } = await fileIn(`{${HEAD},"client":{},"server":{}}`)
    expect(scenario).toMatchObject({
      client: {
        chain: [],
        anchors: [],
        at: LAB_DAY,
        versions: [0x0304, 0x0303],
        host: null,
        checksHost: true,
      },
      server: { chain: [], asks: 'required', listsAuthorities: true, lets: null, at: LAB_DAY },
    })
    expect([name, note, keys, programs, known]).toEqual([
      ...['', '', { client: null, server: null }],
      ...[{ client: null, server: null }, []],
    ])
  })

  test('a text may hold several blocks, as a file of a chain has them, with lines of Windows', async () => {
    const { scenario } = await readyFile('connects')
    const chain = scenario.client.chain.map((der) => encodePem('CERTIFICATE', der)).join('\n')
    const text = JSON.stringify({ client: { sends: [chain.replaceAll('\n', '\r\n')] }, server: {} })
    const file = await fileIn(`\ufeff{${HEAD},${text.slice(1)}`)
    expect(file.scenario.client.chain).toEqual(scenario.client.chain)
  })

  test('a certificate that is sent need not be readable: the other side says so', async () => {
    const { scenario } = await readyFile('connects')
    const file = await readyFile('connects', {
      keys: { client: null, server: null },
      scenario: { ...scenario, client: { ...scenario.client, chain: [Uint8Array.of(1, 2, 3)] } },
    })
    expect(await fileIn(writeScenario(file))).toEqual(file)
  })
})

const HEAD = '"format":"rootcellar-mtls-scenario","version":1'
const HASH = 'ab'.repeat(32)
const QUESTIONS: readonly Rule[] = [
  { kind: 'root', sha256: HASH },
  { kind: 'issuer', sha256: HASH },
  { kind: 'subject', name: 'CN=Ann,O=Example\\, Inc.' },
  { kind: 'san', form: 'DNS', match: 'suffix', value: '.example.com' },
  { kind: 'san', form: 'URI', match: 'exact', value: 'https://example.com/' },
  { kind: 'spiffe', id: 'spiffe://example.org/ns/a' },
  { kind: 'serial', numbers: ['00ff', '1'] },
  { kind: 'certificate', sha256: [HASH] },
  { kind: 'key', sha256: [HASH, HASH] },
  { kind: 'purpose', oid: '1.3.6.1.5.5.7.3.2' },
  { kind: 'policy', oid: '2.999' },
  { kind: 'user', by: 'CN', name: 'Ann' },
  { kind: 'address', of: 'forwarded', ranges: ['192.0.2.0/24', '::1'] },
]
const EVERY_RULE: Rule = {
  kind: 'all',
  of: [
    { kind: 'any', of: QUESTIONS },
    { kind: 'not', of: QUESTIONS[0]! },
  ],
}

describe('refused', () => {
  let texts: { own: string; ca: string; key: string; caKey: string }
  beforeAll(async () => {
    const { scenario, keys } = await readyFile('connects')
    const [own, ca] = scenario.client.chain.map((der) => encodePem('CERTIFICATE', der))
    const key = encodePem('PRIVATE KEY', keys.client!.pkcs8)
    texts = { own: own!, ca: ca!, key, caKey: encodePem('PRIVATE KEY', keys.server!.pkcs8) }
  })

  /** Code and place of each fault of a file with this client. */
  const faultsOf = async (text: string): Promise<readonly string[]> => {
    const result = await read(text)
    return 'faults' in result ? result.faults.map(({ code, path }) => `${code} ${path}`.trim()) : ['read']
  }
  const client = (members: unknown): Promise<readonly string[]> =>
    faultsOf(`{${HEAD},"client":${JSON.stringify(members)},"server":{}}`)
  const rule = (lets: unknown): Promise<readonly string[]> => client({ lets })

  test.each([
    ['', 'scenario-not-json'],
    ['{', 'scenario-not-json'],
    ['{"a":1,}', 'scenario-not-json'],
    ["{'a':1}", 'scenario-not-json'],
    ['{"a":"\\ud800"}', 'scenario-not-json'],
    ['{"a":"\n"}', 'scenario-not-json'],
    ['{"a":01}', 'scenario-not-json'],
    ['{"a":1} x', 'scenario-not-json'],
    ['{"a":1,"a":1}', 'scenario-key-twice'],
    ['{"__proto__":1,"__proto__":2}', 'scenario-key-twice'],
    ['['.repeat(100_000), 'scenario-too-deep'],
    [`[${'0,'.repeat(30_000)}0]`, 'scenario-too-many-values'],
    ['[]', 'scenario-foreign'],
    ['{"format":"other","version":1}', 'scenario-foreign'],
    ['{"format":"rootcellar-mtls-scenario","version":2,"peers":[]}', 'scenario-newer'],
    ['{"format":"rootcellar-mtls-scenario","version":0,"client":{},"server":{}}', 'scenario-number version'],
    ['{"format":"rootcellar-mtls-scenario","client":{},"server":{}}', 'scenario-key-missing'],
    [`{${HEAD},"client":{},"server":{},"extra":1}`, 'scenario-key-unknown extra'],
    [`{${HEAD},"client":{},"server":{},"__proto__":1}`, 'scenario-key-unknown __proto__'],
    [`{${HEAD},"client":[],"server":{}}`, 'scenario-type client'],
    [`{${HEAD},"client":{}}`, 'scenario-key-missing'],
    [`{${HEAD},"client":{},"server":{},"name":"a\\nb"}`, 'scenario-text name'],
    [`{${HEAD},"client":{},"server":{},"name":"${'a'.repeat(201)}"}`, 'scenario-too-long name'],
  ])('%.60s: %s', async (text, fault) => {
    expect(await faultsOf(text)).toEqual([fault])
  })

  test.each<[unknown, string]>([
    [{ asks: 'no' }, 'scenario-key-unknown client.asks'],
    [{ sends: 'text' }, 'scenario-type client.sends'],
    [{ sends: [''] }, 'scenario-pem-none client.sends[0]'],
    [{ sends: ['-----BEGIN CERTIFICATE-----\nAAAA\n'] }, 'scenario-pem-cut client.sends[0]'],
    [{ sends: ['x\n'] }, 'scenario-pem-text client.sends[0]'],
    [
      { sends: ['-----BEGIN CERTIFICATE-----\nA*==\n-----END CERTIFICATE-----'] },
      'scenario-pem-base64 client.sends[0]',
    ],
    [
      { sends: ['-----BEGIN X509 CRL-----\nAAAA\n-----END X509 CRL-----'] },
      'scenario-pem-label client.sends[0]',
    ],
    [
      { trusts: ['-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'] },
      'scenario-unreadable client.trusts[0]',
    ],
    [
      { sends: Array(65).fill('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----') },
      'scenario-too-many client.sends',
    ],
    [{ clock: '2026-02-30T00:00:00Z' }, 'scenario-time client.clock'],
    [{ clock: '2026-02-20' }, 'scenario-time client.clock'],
    [{ versions: [] }, 'scenario-empty client.versions'],
    [{ versions: ['TLS 1.1'] }, 'scenario-choice client.versions[0]'],
    [{ cipherSuites: ['AES'] }, 'scenario-tls-code client.cipherSuites[0]'],
    [{ maxDepth: 1.5 }, 'scenario-number client.maxDepth'],
    [{ maxDepth: 101 }, 'scenario-number client.maxDepth'],
    [{ checksHost: 'yes' }, 'scenario-type client.checksHost'],
    [{ host: 'a b' }, 'scenario-host client.host'],
    [{ address: '192.0.2.300' }, 'scenario-address client.address'],
    [{ program: 'constructor' }, 'scenario-choice client.program'],
    [{ verifies: 'maybe' }, 'scenario-choice client.verifies'],
    [{ cipherSuites: [] }, 'scenario-empty client.cipherSuites'],
    [{ signatureAlgorithms: [] }, 'scenario-empty client.signatureAlgorithms'],
  ])('%.80j: %s', async (members, fault) => {
    expect(await client(members)).toEqual([fault])
  })

  test.each<[unknown, string]>([
    [{}, 'scenario-key-missing client.lets'],
    [{ kind: 'constructor' }, 'scenario-choice client.lets.kind'],
    [{ kind: 'all', of: [] }, 'scenario-empty client.lets.of'],
    [{ kind: 'all', of: [], more: 1 }, 'scenario-key-unknown client.lets.more,scenario-empty client.lets.of'],
    [{ kind: 'root', sha256: 'ab' }, 'rule-hash client.lets.sha256'],
    [{ kind: 'key', sha256: [HASH, `${HASH}00`] }, 'rule-hash client.lets.sha256[1]'],
    [{ kind: 'serial', numbers: ['xyz'] }, 'rule-serial client.lets.numbers[0]'],
    [{ kind: 'subject', name: 'nobody' }, 'rule-name client.lets.name'],
    [{ kind: 'subject', name: '' }, 'rule-name client.lets.name'],
    [{ kind: 'san', form: 'IP', value: '1.2.3' }, 'rule-value client.lets'],
    [{ kind: 'san', form: 'URI', match: 'suffix', value: 'a' }, 'rule-suffix client.lets'],
    [{ kind: 'user', by: 'RFC822', name: 'ann' }, 'rule-value client.lets'],
    [{ kind: 'spiffe', id: 'spiffe://Example.org' }, 'rule-spiffe client.lets.id'],
    [{ kind: 'spiffe', id: 'spiffe://example.org/' }, 'rule-spiffe client.lets.id'],
    [{ kind: 'spiffe', id: 'spiffe://example.org/a/../b' }, 'rule-spiffe client.lets.id'],
    [{ kind: 'policy', oid: '3.1' }, 'rule-oid client.lets.oid'],
    [{ kind: 'address', ranges: ['10.0.0.0/33'] }, 'rule-prefix client.lets.ranges[0]'],
    [{ kind: 'address', ranges: ['10.0.0/8'] }, 'rule-range client.lets.ranges[0]'],
    [
      { kind: 'not', of: { kind: 'any', of: [{ kind: 'policy', oid: 'x' }] } },
      'rule-oid client.lets.of.of[0].oid',
    ],
  ])('the rule %.80j: %s', async (lets, faults) => {
    expect((await rule(lets)).join()).toBe(faults)
  })

  const nested = (depth: number): unknown =>
    depth === 1 ? QUESTIONS[0] : { kind: 'all', of: [nested(depth - 1)] }

  test('a rule is at most 16 deep, and has at most 200 parts', async () => {
    expect(await rule(nested(16))).toEqual(['read'])
    expect(await rule(nested(17))).toEqual([`rule-too-deep client.lets${'.of[0]'.repeat(16)}`])
    const wide = (count: number) => ({ kind: 'any', of: Array<unknown>(count).fill(QUESTIONS[0]) })
    expect(await rule(wide(199))).toEqual(['read'])
    expect(await rule(wide(200))).toEqual(['rule-too-many client.lets.of[199]'])
  })

  test.each<[unknown, string]>([
    [{}, 'scenario-key-missing server.forwarding'],
    [{ form: 'Via' }, 'scenario-choice server.forwarding.form'],
    [{ form: 'PROXY', trusted: 17 }, 'scenario-number server.forwarding.trusted'],
    [{ form: 'PROXY', trusted: -1 }, 'scenario-number server.forwarding.trusted'],
    [{ form: 'PROXY', text: 'a\r\nb' }, 'scenario-text server.forwarding.text'],
    [{ form: 'PROXY', text: 'a'.repeat(8193) }, 'scenario-too-long server.forwarding.text'],
    [{ form: 'PROXY', from: '192.0.2.0/33' }, 'scenario-address server.forwarding.from'],
    [{ form: 'PROXY', hops: 1 }, 'scenario-key-unknown server.forwarding.hops'],
    ['PROXY', 'scenario-type server.forwarding'],
  ])('what is forwarded, %.80j: %s', async (forwarding, fault) => {
    expect(await faultsOf(`{${HEAD},"client":{},"server":${JSON.stringify({ forwarding })}}`)).toEqual([
      fault,
    ])
  })

  test('every fault of a file is listed, in its order, with its line', async () => {
    const result = await read(`{\n${HEAD},\n"client": {\n"maxDepth": -1,\n"host": "?" },\n"server": 1}`)
    expect(result).toMatchObject({
      faults: [
        { code: 'scenario-host', path: 'client.host', line: 5 },
        { code: 'scenario-number', path: 'client.maxDepth', line: 4 },
        { code: 'scenario-type', path: 'server', line: 6 },
      ],
    })
  })

  test('a key is of an end entity alone, and of its own certificate unless it is said to be another', async () => {
    const { own, ca, key, caKey } = texts
    expect(await client({ sends: [own, ca], key })).toEqual(['read'])
    expect(await client({ sends: [own, ca], key: caKey })).toEqual(['scenario-key-other client.key'])
    expect(await client({ sends: [own, ca], wrongKey: caKey })).toEqual(['read'])
    expect(await client({ sends: [own, ca], wrongKey: key })).toEqual([
      'scenario-key-not-other client.wrongKey',
    ])
    expect(await client({ sends: [own], key, wrongKey: caKey })).toEqual(['scenario-keys-both client.key'])
    expect(await client({ key })).toEqual(['scenario-key-alone client.key'])
    expect(await client({ sends: [own], key: own })).toEqual(['scenario-pem-label client.key'])
    const [label, broken] = ['PRIVATE KEY', Uint8Array.of(0x30, 0)] as const
    expect(await client({ sends: [own], key: encodePem(label, broken) })).toEqual([
      'scenario-unreadable client.key',
    ])
  })

  test('a CA’s key is refused, wherever its certificate is', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const own = await endEntity(ca, { key: ca.key })
    const key = encodePem('PRIVATE KEY', ca.key.pkcs8)
    const other = pem(await endEntity(ca))
    const isRefused = async (members: unknown, more = ''): Promise<void> =>
      expect(await faultsOf(`{${HEAD},"client":${JSON.stringify(members)},"server":{}${more}}`)).toEqual([
        `scenario-key-of-ca client.${JSON.stringify(members).includes('wrongKey') ? 'wrongKey' : 'key'}`,
      ])
    await isRefused({ sends: [pem(ca)], key })
    await isRefused({ sends: [pem(own, ca)], key })
    await isRefused({ sends: [pem(own)], trusts: [pem(ca)], key })
    await isRefused({ sends: [other], trusts: [pem(ca)], wrongKey: key })
    await isRefused({ sends: [pem(own)], key }, `,"known":${JSON.stringify([pem(ca)])}`)
    expect(await client({ sends: [pem(own)], key })).toEqual(['read'])
  })

  test('100 MB, for their size alone', async () => {
    expect(await readScenario(new Uint8Array(100_000_000), LAB_DAY)).toMatchObject({
      faults: [{ code: 'scenario-too-large', detail: { size: 100_000_000 }, path: '', line: null }],
    })
  })
})
