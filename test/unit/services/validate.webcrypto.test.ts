import { describe, expect, test } from 'vitest'
import { reportJson } from '../../../src/paper/report-json.ts'
import { encodePkcs7 } from '../../../src/containers/pkcs7.ts'
import { zipOf } from '../../../src/containers/zip.ts'
import { seq } from '../../../src/der/writer.ts'
import { validateMethods } from '../../../src/services/validate/methods/validate.ts'
import type { ValidateContext } from '../../../src/services/validate/methods/validate.ts'
import type { Call } from '../../../src/border/dispatch.ts'
import type { ValidateQuestion } from '../../../src/border/protocol/validate.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { issued, request } from '../../support/authority.ts'

const root = await issued('root', request('Root'), null)
const issuing = await issued('intermediate', request('Issuing'), root)
const server = await issued('tlsServer', request('www.example.com'), issuing)
const pem = (...all: { certificate: { der: Uint8Array } }[]) =>
  all.map(({ certificate }) => encodePem('CERTIFICATE', certificate.der)).join('some noise\n')
const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text) })
const call: Call = { signal: new AbortController().signal, progress: () => undefined }
/** A vault without trust stores. */
const NONE: ValidateContext['kept'] = {
  list: () => Promise.resolve([]),
  find: () => Promise.resolve(null),
  keep: () => Promise.reject(new Error('kept')),
  change: () => Promise.reject(new Error('changed')),
  remove: () => Promise.reject(new Error('removed')),
}
const at = new Date('2026-11-21T12:00:00Z')
const actor = { who: 'Ada' }
const question = (over: Partial<ValidateQuestion> = {}): ValidateQuestion => ({
  target: 0,
  stores: [],
  trusted: [],
  options: { at, purpose: 'serverAuth' },
  ...over,
})

describe('examining a pile', () => {
  test('what is dropped is read once, guessed at, and validated when its root is trusted', async () => {
    const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept: NONE })
    const pile = await methods['validate.read'](
      { files: [file('chain.pem', pem(issuing, server, root, server))], passwords: [], add: false },
      call,
    )
    expect([pile.total, pile.guess]).toEqual([
      3,
      {
        target: 1,
        purpose: 'serverAuth',
        peerName: { kind: 'DNS', value: 'www.example.com' },
        roots: [2],
        isBundle: false,
      },
    ])
    const untrusted = await methods['validate.run'](question({ target: 1 }), call)
    expect([untrusted.report.verdict, untrusted.fixes.map(({ kind }) => kind)]).toEqual([
      'invalid',
      ['trust'],
    ])
    const trusted = await methods['validate.run'](question({ target: 1, trusted: [2] }), call)
    expect([trusted.report.verdict, trusted.order.asSent]).toEqual(['valid', false])
    expect(trusted.order.chain).toEqual([server.certificate.der, issuing.certificate.der])
    await methods['validate.read'](
      {
        files: [file('ca.pem', pem(issuing, root)), file('server.pem', pem(server))],
        passwords: [],
        add: false,
      },
      call,
    )
    const apart = await methods['validate.run'](question({ target: 2, trusted: [1] }), call)
    // Files that were dropped together are not a chain sent by a server.
    expect([apart.report.verdict, apart.order.asSent]).toEqual(['valid', true])
    // All of it can be posted to the page.
    expect(structuredClone(trusted).report.paths[0]?.certificates.length).toBe(3)
  })

  test('a certificate that cannot be read in a bundle is not passed over for the authorities beside it', async () => {
    const spoilt = server.certificate.der.slice()
    // The version, after two headers of four octets and its own.
    spoilt[10] = 0x05
    const zip = zipOf({ 'www.crt': server.certificate.der, 'ca.crt': issuing.certificate.der }, at)
    // The first octet after its header of 30 octets and its name.
    zip[37] = 0
    const inBundles = [
      { name: 'a.zip', bytes: zip },
      { name: 'a.pkipath', bytes: seq(root.certificate.der, issuing.certificate.der, spoilt) },
      { name: 'a.p7b', bytes: encodePkcs7([spoilt, issuing.certificate.der, root.certificate.der]) },
    ]
    for (const bundle of inBundles) {
      const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept: NONE })
      const { guess } = await methods['validate.read']({ files: [bundle], passwords: [], add: false }, call)
      const trusted = guess.roots
      const answer = await methods['validate.run'](question({ target: guess.target, trusted }), call)
      expect(answer.verdict).toBe('unchecked')
      expect(answer.unread?.source.file).toMatch(bundle.name)
    }
  })

  test("the hierarchy's roots are a store, and its authorities are at hand", async () => {
    const methods = validateMethods({
      hierarchy: () => Promise.resolve([root.certificate, issuing.certificate]),
      kept: NONE,
    })
    await methods['validate.read'](
      { files: [file('target.pem', pem(server))], passwords: [], add: false },
      call,
    )
    expect(await methods['validate.stores'](null, call)).toEqual([
      { id: 'hierarchy', name: '', kind: 'hierarchy', count: 1 },
    ])
    expect((await methods['validate.run'](question({ stores: ['hierarchy'] }), call)).report.verdict).toBe(
      'valid',
    )
    expect((await methods['validate.run'](question(), call)).report.verdict).toBe('invalid')
  })

  test('a store made from the pile outlives the pile', async () => {
    const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept: NONE })
    await methods['validate.read']({ files: [file('root.pem', pem(root))], passwords: [], add: false }, call)
    const from = { kind: 'pile', certificates: [0] } as const
    const { stores, id } = await methods['validate.addStore'](
      { name: 'Ours', from, keep: 'visit', actor },
      call,
    )
    expect(stores).toEqual([{ id, name: 'Ours', kind: 'visit', count: 1 }])
    await methods['validate.read'](
      { files: [file('chain.pem', pem(server, issuing))], passwords: [], add: false },
      call,
    )
    expect((await methods['validate.run'](question({ stores: [id] }), call)).report.verdict).toBe('valid')
    await methods['validate.removeStore']({ id, actor }, call)
    expect((await methods['validate.run'](question({ stores: [id] }), call)).report.verdict).toBe('invalid')
  })

  test('a certificate among many is found by its words, by page, or among those that sign themselves', async () => {
    const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept: NONE })
    const many = await Promise.all(
      Array.from({ length: 130 }, (_each, i) =>
        issued('tlsServer', request(`host-${String(i)}.example`), root),
      ),
    )
    const pile = await methods['validate.read'](
      { files: [file('many.pem', pem(...many, server, issuing, root))], passwords: [], add: false },
      call,
    )
    // The first hundred, and the root above them.
    expect(pile.certificates.map(({ index }) => index)).toEqual([...Array(100).keys(), 132])
    const search = async (text: string, rootsOnly = false, offset = 0) => {
      const found = await methods['validate.search']({ text, rootsOnly, offset, limit: 50 }, call)
      return [found.total, ...found.certificates.map(({ index }) => index)]
    }
    expect(await search('HOST-129')).toEqual([1, 129])
    expect(await search('host-12 root')).toEqual([11, 12, 120, 121, 122, 123, 124, 125, 126, 127, 128, 129])
    expect(await search('many.pem', false, 100)).toEqual([
      133,
      ...Array.from({ length: 33 }, (_, i) => 100 + i),
    ])
    expect(await search('', true)).toEqual([1, 132])
    expect(await search('nobody')).toEqual([0])
  })

  test('a private key is matched and its octets do not come back', async () => {
    const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept: NONE })
    const key = encodePem('PRIVATE KEY', server.key.pkcs8)
    const pile = await methods['validate.read'](
      { files: [file('both.pem', pem(server) + key)], passwords: [], add: false },
      call,
    )
    expect(pile.keys).toMatchObject([{ keyType: 'p256', belongsTo: [0], names: ['CN=www.example.com'] }])
    const secret = Buffer.from(server.key.pkcs8).subarray(-40).toString('hex')
    expect(
      JSON.stringify(pile, (_name, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value,
      ),
    ).not.toContain(secret)
  })

  test('the report names every certificate by its fingerprint', async () => {
    const methods = validateMethods({ hierarchy: () => Promise.resolve([]), kept: NONE })
    await methods['validate.read'](
      { files: [file('chain.pem', pem(server, issuing, root))], passwords: [], add: false },
      call,
    )
    await methods['validate.run'](question({ trusted: [2] }), call)
    const { data } = await methods['validate.report'](question({ trusted: [2] }), call)
    const json = JSON.parse(new TextDecoder().decode(reportJson(data).bytes)) as {
      schema: number
      verdict: string
      spent: { signatures: number }
      inputs: { files: { name: string; sha256: string }[]; anchors: { subject: string }[] }
      certificates: { subject: string; sha256: string }[]
      paths: { certificates: { sha256: string }[] }[]
    }
    expect(json.spent.signatures).toBe(2)
    // Programs read this: removing a key or changing its meaning needs a new schema version.
    expect([json.schema, Object.keys(json)]).toEqual([
      2,
      [
        'schema',
        'engine',
        'verdict',
        'unread',
        'unreadStatus',
        'refusedBy',
        'publicRoots',
        'best',
        'spent',
        'options',
        'inputs',
        'certificates',
        'paths',
      ],
    ])
    const sha256 = async (bytes: Uint8Array<ArrayBuffer>) =>
      Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('hex')
    const given = file('chain.pem', pem(server, issuing, root))
    expect(json.inputs).toEqual({
      files: [{ name: 'chain.pem', size: given.bytes.length, sha256: await sha256(given.bytes) }],
      anchors: [{ subject: 'CN=Root', sha256: json.certificates[0]?.sha256 }],
      certificateLists: [],
      ocspResponses: [],
    })
    expect(json.verdict).toBe('valid')
    expect(json.certificates.map(({ subject }) => subject)).toEqual([
      'CN=Root',
      'CN=Issuing',
      'CN=www.example.com',
    ])
    expect(json.paths[0]?.certificates.map(({ sha256 }) => sha256)).toEqual(
      json.certificates.map(({ sha256 }) => sha256),
    )
    expect(json.certificates[2]?.sha256).toBe(await sha256(server.certificate.der as Uint8Array<ArrayBuffer>))
  })
})
