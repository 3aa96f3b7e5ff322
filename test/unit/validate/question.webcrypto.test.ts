import { describe, expect, test } from 'vitest'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool } from '../../../src/validate/pool.ts'
import type { PoolContents } from '../../../src/validate/pool.ts'
import { guess } from '../../../src/validate/advice/guess.ts'
import { fixesOf } from '../../../src/validate/advice/fixes.ts'
import type { Fix } from '../../../src/validate/advice/fixes.ts'
import { orderOf } from '../../../src/validate/advice/order.ts'
import { timeline } from '../../../src/validate/advice/timeline.ts'
import { validate } from '../../../src/validate/validate.ts'
import type { Certificate } from '../../../src/x509/certificate.ts'
import { oid, seq } from '../../../src/der/writer.ts'
import type { CertificateList } from '../../../src/x509/certificate-list.ts'
import { issued, request } from '../../support/authority.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT, endEntity, intermediate, root as drawRoot } from '../../support/chain.ts'
import { days, drawList, drawResponse } from '../../support/revocation.ts'

const at = new Date('2026-11-21T12:00:00Z')
const lasting = (validity: number) => ({ validity: { days: validity } })
const root = await issued('root', request('Root'), null)
const issuing = await issued('intermediate', request('Issuing', lasting(100)), root)
const server = await issued('tlsServer', request('www.example.com', lasting(47)), issuing)
const client = await issued('tlsClient', request('someone'), issuing)

interface Question {
  contents: PoolContents
  options: ValidateOptions
}
const question = (over: Partial<PoolContents> = {}, options: Partial<ValidateOptions> = {}): Question => ({
  contents: { anchors: [root.certificate], intermediates: [issuing.certificate], ...over },
  options: { at, purpose: 'serverAuth', peerNames: [{ kind: 'DNS', value: 'www.example.com' }], ...options },
})
const examine = ({ contents, options }: Question, target: { certificate: Certificate } = server) =>
  validate(target.certificate, createPool(contents), options)

/** Does what a user would do who follows the advice. */
function apply(fix: Fix, { contents, options }: Question): Question {
  switch (fix.kind) {
    case 'add-issuer':
      return {
        contents: { ...contents, intermediates: [...contents.intermediates, issuing.certificate] },
        options,
      }
    case 'trust':
      return { contents: { ...contents, anchors: [...contents.anchors, fix.certificate] }, options }
    case 'validate-at':
      return { contents, options: { ...options, at: fix.at } }
    case 'ask-name':
      return { contents, options: { ...options, peerNames: [fix.name] } }
    case 'ask-purpose':
      return { contents, options: { ...options, purpose: fix.purpose } }
    case 'without-pin':
      return { contents, options: { ...options, pins: [] } }
    case 'without-nesting':
      return { contents, options: { ...options, ekuNesting: false } }
    case 'allow-sha1':
      return { contents, options: { ...options, allowSha1: true } }
    case 'revocation-as-given':
      return { contents, options: { ...options, revocation: 'given' } }
    default:
      throw new Error(`not applied by this test: ${fix.kind}`)
  }
}

describe('fixes', () => {
  test('a chain that stands needs none', async () => {
    const report = await examine(question())
    expect([report.verdict, fixesOf(report)]).toEqual(['valid', []])
  })
  const broken: [string, Question, Fix['kind']][] = [
    ['the issuer is missing', question({ intermediates: [] }), 'add-issuer'],
    [
      'the root is there and not trusted',
      question({ anchors: [], intermediates: [issuing.certificate, root.certificate] }),
      'trust',
    ],
    ['it is validated too late', question({}, { at: new Date('2027-02-01') }), 'validate-at'],
    ['it is validated too early', question({}, { at: new Date('2026-01-01') }), 'validate-at'],
    [
      'another name is asked for',
      question({}, { peerNames: [{ kind: 'DNS', value: 'other.example.com' }] }),
      'ask-name',
    ],
    ['another purpose is asked for', question({}, { purpose: 'clientAuth', peerNames: [] }), 'ask-purpose'],
    [
      'another pin is asked for',
      question({}, { pins: [{ of: 'certificate', sha256: '00'.repeat(32) }] }),
      'without-pin',
    ],
  ]
  test.each(broken)('%s: doing what is advised makes it stand', async (_what, asked, kind) => {
    const report = await examine(asked)
    expect(report.verdict).toBe('invalid')
    const fixes = fixesOf(report)
    expect(fixes.map((fix) => fix.kind)).toContain(kind)
    const fixed = fixes.reduce((before, fix) => apply(fix, before), asked)
    expect((await examine(fixed)).verdict).toBe('valid')
  })
})

describe('fixes where a status is required', () => {
  const point = (address: string) => ({
    fullName: [{ kind: 'uniformResourceIdentifier', value: address } as const],
    ...{ nameRelativeToCRLIssuer: null, reasons: null, cRLIssuer: null },
  })
  const answersAt = (address: string) => ({
    method: '1.3.6.1.5.5.7.48.1',
    location: { kind: 'uniformResourceIdentifier', value: address } as const,
  })
  async function drawn() {
    const top = await drawRoot()
    const ca = await intermediate(top)
    const target = await endEntity(ca, {
      extensions: {
        cRLDistributionPoints: [point('http://example.com/ca.crl')],
        authorityInfoAccess: [answersAt('http://ocsp.example.com/')],
      },
    })
    return { top, ca, target }
  }
  const asked = ({ top, ca }: { top: Drawn; ca: Drawn }, crls: readonly CertificateList[]): Question => ({
    contents: { anchors: [top.certificate], intermediates: [ca.certificate], crls },
    options: { at: AT, revocation: 'require' },
  })

  test('without a list: each list is named with its address, and to give them all fixes it', async () => {
    const chain = await drawn()
    const report = await examine(asked(chain, []), chain.target)
    const fixes = fixesOf(report)
    expect(fixes).toMatchObject([
      { kind: 'add-list', certificate: chain.ca.certificate, addresses: [], responders: [] },
      {
        kind: 'add-list',
        certificate: chain.target.certificate,
        addresses: ['http://example.com/ca.crl'],
        responders: ['http://ocsp.example.com/'],
      },
      { kind: 'revocation-as-given' },
    ])
    const lists = [await drawList(chain.top), await drawList(chain.ca)]
    expect((await examine(asked(chain, lists), chain.target)).verdict).toBe('valid')
    const given = apply(fixes.at(-1)!, asked(chain, []))
    expect((await examine(given, chain.target)).verdict).toBe('valid')
  })

  test('a stale list: the current one is asked for', async () => {
    const chain = await drawn()
    const stale = await drawList(chain.ca, { thisUpdate: days(-9), nextUpdate: days(-2) })
    const report = await examine(asked(chain, [await drawList(chain.top), stale]), chain.target)
    expect(fixesOf(report).map(({ kind }) => kind)).toEqual(['add-list', 'revocation-as-given'])
  })

  test('a list over SHA-1: the signature is what stands in the way', async () => {
    const chain = await drawn()
    const weak = await drawList(chain.ca, { algorithm: seq(oid('1.2.840.10045.4.1')) })
    const report = await examine(asked(chain, [await drawList(chain.top), weak]), chain.target)
    expect(fixesOf(report)).toEqual([{ kind: 'allow-sha1', code: 'revocation-undetermined' }])
  })

  test('what is revoked or on hold is not fixed by asking less', async () => {
    const chain = await drawn()
    const { serialNumber } = chain.target.certificate
    for (const reasonCode of ['keyCompromise', 'certificateHold'] as const) {
      const list = await drawList(chain.ca, { revoked: [{ serialNumber, reasonCode }] })
      const report = await examine(asked(chain, [await drawList(chain.top), list]), chain.target)
      expect([report.verdict, fixesOf(report)]).toEqual(['invalid', []])
    }
  })

  test('of a revoked CA above, the list that is missing below is said, and nothing is promised for it', async () => {
    const chain = await drawn()
    const list = await drawList(chain.top, { revoked: [chain.ca] })
    const question = asked(chain, [list])
    const fixes = fixesOf(await examine(question, chain.target))
    const fixed = fixes.reduce(
      (before, fix) => (fix.kind === 'add-list' ? before : apply(fix, before)),
      question,
    )
    expect((await examine(fixed, chain.target)).verdict).toBe('invalid')
  })
})

describe('the guess', () => {
  const pile = [root, client, issuing, server].map(({ certificate }) => certificate)
  test('the end-entity is the target, its first purpose and name are asked for', () => {
    expect(guess([root.certificate, server.certificate, issuing.certificate])).toEqual({
      target: 1,
      purpose: 'serverAuth',
      peerName: { kind: 'DNS', value: 'www.example.com' },
      roots: [0],
      isBundle: false,
    })
    expect(guess(pile)).toMatchObject({ target: 1, purpose: 'clientAuth', peerName: null, roots: [0] })
  })
  test('among authorities the lowest is the target', () => {
    expect(guess([root.certificate, issuing.certificate])).toMatchObject({ target: 1, purpose: 'any' })
    expect(guess([root.certificate])).toMatchObject({ target: 0, roots: [0] })
    expect(guess([])).toEqual({ target: -1, purpose: 'any', peerName: null, roots: [], isBundle: false })
  })
  test('roots alone are a bundle, also with a few CAs below others; a server among them makes a pile of it', () => {
    const isBundle = (...all: readonly Certificate[]): boolean => guess(all).isBundle
    const roots = Array.from({ length: 12 }, () => root.certificate)
    expect(isBundle(...roots, issuing.certificate)).toBe(true)
    expect(isBundle(root.certificate, root.certificate)).toBe(true)
    expect(isBundle(root.certificate)).toBe(false)
    expect(isBundle(root.certificate, root.certificate, issuing.certificate)).toBe(false)
    expect(isBundle(...roots, server.certificate)).toBe(false)
  })
  test('below a wildcard one host is asked for', async () => {
    const names = { subjectAltNames: [{ kind: 'dNSName', value: '*.example.com' }] }
    const wildcard = await issued('tlsServer', request('x', names), issuing)
    expect(guess([wildcard.certificate]).peerName).toEqual({ kind: 'DNS', value: 'www.example.com' })
  })
})

describe('the order they were sent in', () => {
  test('target first and then each issuer is right, and anything else is put right', async () => {
    const report = await examine(question())
    const path = report.paths[report.best]!
    const right = [server.certificate, issuing.certificate]
    expect(orderOf([...right, root.certificate], path)).toEqual({ right, asSent: true })
    expect(orderOf([issuing.certificate, server.certificate], path)).toEqual({ right, asSent: false })
    expect(orderOf([server.certificate], path).asSent).toBe(true)
  })
})

describe('the timeline', () => {
  test('says from when to when the chain stands and what refuses it before and after', async () => {
    const asked = question()
    const pool = createPool(asked.contents)
    const eras = await timeline(server.certificate, pool, asked.options, await examine(asked))
    expect(eras.map(({ verdict, refusals }) => [verdict, refusals])).toEqual([
      ['valid', []],
      ['invalid', ['expired']],
    ])
    expect(eras[0]).toMatchObject({ from: server.certificate.notBefore, to: server.certificate.notAfter })
    expect((await validate(server.certificate, pool, { ...asked.options, at: eras[0]!.to })).verdict).toBe(
      'valid',
    )
    expect((await validate(server.certificate, pool, { ...asked.options, at: eras[1]!.from })).verdict).toBe(
      'invalid',
    )
  })
  test.each(['list', 'response'] as const)('changes when a %s says that it was revoked', async (kind) => {
    const top = await drawRoot()
    const ca = await intermediate(top)
    const leaf = await endEntity(ca)
    const since = days(-20)
    const revoked = { serialNumber: leaf.certificate.serialNumber, revocationDate: since }
    const status = { status: 'revoked', revocationTime: since, revocationReason: null } as const
    const asked: Question = {
      contents: {
        anchors: [top.certificate],
        intermediates: [ca.certificate],
        ...(kind === 'list'
          ? { crls: [await drawList(ca, { revoked: [revoked] })] }
          : { ocspResponses: [await drawResponse(ca, leaf, ca, { status })] }),
      },
      options: { at: AT, purpose: 'serverAuth', revocation: 'given' },
    }
    const pool = createPool(asked.contents)
    const eras = await timeline(leaf.certificate, pool, asked.options, await examine(asked, leaf))
    const first = eras.findIndex(({ refusals }) => refusals.includes('revoked'))
    expect(eras[first]?.from).toEqual(since)
    expect(eras.slice(0, first).map(({ verdict }) => verdict)).toEqual(['valid'])
    expect(eras.slice(first).every(({ refusals }) => refusals.includes('revoked'))).toBe(true)
  })
  test('stops when it is told to', async () => {
    const asked = question()
    const signal = AbortSignal.abort()
    await expect(
      timeline(server.certificate, createPool(asked.contents), asked.options, await examine(asked), {
        signal,
      }),
    ).rejects.toThrow()
  })
})
