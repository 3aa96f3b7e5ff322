import { describe, expect, test } from 'vitest'
import { AT, crossCertificate, drawKey, endEntity, intermediate, root } from '../../support/chain.ts'
import { bestPath, examine, refusals } from './examine.ts'

const names = (report: Awaited<ReturnType<typeof examine>>) =>
  bestPath(report).certificates.map(({ certificate }) => certificate)

test('the pile may be in any order, hold strangers and the anchors themselves', async () => {
  const top = await root()
  const a = await intermediate(top)
  const b = await intermediate(a)
  const stranger = await intermediate(await root())
  const target = await endEntity(b)
  const report = await examine(target, { anchors: [top], intermediates: [stranger, b, top, a, target] })
  expect(report.verdict).toBe('valid')
  expect(names(report)).toEqual([top, a, b, target].map(({ certificate }) => certificate))
})

test('of two issuers with one name the key identifier tells which', async () => {
  const top = await root()
  const old = await intermediate(top, { subject: 'CN=Same' })
  const young = await intermediate(top, { subject: 'CN=Same' })
  for (const issuer of [old, young]) {
    const report = await examine(await endEntity(issuer), { anchors: [top], intermediates: [old, young] })
    expect(report.verdict).toBe('valid')
    expect(report.paths).toHaveLength(1)
    expect(report.spent.signatures).toBe(2)
  }
})

test('of two issuers with one name and no identifiers both are tried', async () => {
  const top = await root()
  const extensions = { subjectKeyIdentifier: null, authorityKeyIdentifier: null }
  const old = await intermediate(top, {
    subject: 'CN=Same',
    extensions,
    notBefore: new Date('2026-02-01T00:00:00Z'),
  })
  const young = await intermediate(top, { subject: 'CN=Same', extensions })
  for (const issuer of [old, young]) {
    const target = await endEntity(issuer, { extensions })
    const report = await examine(target, { anchors: [top], intermediates: [old, young] }, { profile: 'path' })
    expect(report.verdict).toBe('valid')
  }
})

describe('cross-certificates', () => {
  test('an expired way up does not hide the one that stands', async () => {
    const expired = await root({ notAfter: new Date(AT.getTime() - 1000) })
    const other = await root()
    const ca = await intermediate(expired)
    const cross = await crossCertificate(other, ca)
    const target = await endEntity(ca)
    const report = await examine(target, { anchors: [expired, other], intermediates: [ca, cross] })
    expect(report.verdict).toBe('valid')
    expect(names(report)[0]).toBe(other.certificate)
  })

  test('every path is tried where all are asked for', async () => {
    const [one, other] = [await root(), await root()]
    const ca = await intermediate(one)
    const cross = await crossCertificate(other, ca)
    const pile = { anchors: [one, other], intermediates: [ca, cross] }
    const report = await examine(await endEntity(ca), pile, { explore: 'all' })
    expect(report.paths.map(({ verdict }) => verdict)).toEqual(['valid', 'valid'])
  })

  test('two CAs that certify one another lead nowhere, and the search ends', async () => {
    const [a, b] = [await drawKey(), await drawKey()]
    const top = await root()
    const seedA = await root({ subject: 'CN=A', key: a })
    const seedB = await root({ subject: 'CN=B', key: b })
    const aByB = await crossCertificate(seedB, seedA)
    const bByA = await crossCertificate(seedA, seedB)
    const report = await examine(await endEntity(aByB), { anchors: [top], intermediates: [aByB, bByA] })
    expect(report.verdict).toBe('invalid')
    expect(refusals(report).flat()).toContain('path-loop')
  })
})

describe('what is missing', () => {
  test('the issuer is named, with its key and where to get it', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const location = { kind: 'uniformResourceIdentifier', value: 'http://ca.example/ca.crt' } as const
    const authorityInfoAccess = [{ method: '1.3.6.1.5.5.7.48.2', location }]
    const target = await endEntity(ca, { extensions: { authorityInfoAccess } })
    const report = await examine(target, { anchors: [top] })
    expect(bestPath(report).complete).toBe(false)
    expect(bestPath(report).certificates.at(-1)!.refusals[0]).toMatchObject({
      code: 'issuer-missing',
      detail: {
        addresses: ['http://ca.example/ca.crt'],
        keyIdentifier: Buffer.from(ca.key.keyIdentifier).toString('hex'),
      },
    })
  })

  test('another CA of the issuer’s name is not the issuer, and the issuer is what is missing', async () => {
    const top = await root({ subject: 'CN=Twin' })
    const twin = await root({ subject: 'CN=Twin' })
    const ca = await intermediate(top)
    const report = await examine(await endEntity(ca), { anchors: [twin], intermediates: [ca] })
    const said = report.paths.flatMap((path) => path.certificates.flatMap(({ refusals: all }) => all))
    expect(said).toContainEqual({
      code: 'issuer-missing',
      detail: {
        ...{ issuer: 'CN=Twin', addresses: [], namesakes: 1 },
        keyIdentifier: Buffer.from(top.key.keyIdentifier).toString('hex'),
      },
    })
    expect(said.map(({ code }) => code)).not.toContain('path-loop')
  })

  test('what is not trusted is not said to come from what is trusted', async () => {
    const ca = await intermediate(await root())
    const report = await examine(await endEntity(ca), { anchors: [], intermediates: [ca] })
    expect(bestPath(report).certificates.map(({ from }) => from)).toEqual(['sent', 'sent'])
  })

  test('a root that was sent along is not an anchor', async () => {
    const top = await root()
    const report = await examine(await endEntity(top), { anchors: [], intermediates: [top] })
    expect(refusals(report)).toEqual([['anchor-missing'], []])
  })
})

describe('limits', () => {
  test('spent signatures are a verdict of their own', async () => {
    const top = await root()
    const a = await intermediate(top)
    const b = await intermediate(a)
    const pile = { anchors: [top], intermediates: [a, b] }
    const target = await endEntity(b)
    expect((await examine(target, pile, { limits: { signatures: 2 } })).verdict).toBe('exhausted')
    expect((await examine(target, pile, { limits: { signatures: 3 } })).verdict).toBe('valid')
  })

  test('so are spent paths', async () => {
    const anchors = [await root({ subject: 'CN=Same' }), await root({ subject: 'CN=Same' })]
    const target = await endEntity(anchors[0]!, {
      issuerName: 'CN=Same',
      extensions: { authorityKeyIdentifier: null },
    })
    const report = await examine(target, { anchors }, { limits: { paths: 0 } })
    expect(report.verdict).toBe('exhausted')
  })

  test('a path ends at the depth given', async () => {
    const top = await root()
    const ca = await intermediate(top)
    const report = await examine(
      await endEntity(ca),
      { anchors: [top], intermediates: [ca] },
      { limits: { depth: 2 } },
    )
    expect(refusals(report).flat()).toContain('depth-exceeded')
  })

  test('a hundred CAs with one name and no way to an anchor cost little', async () => {
    let ca = await root({ subject: 'CN=Many' })
    const intermediates = [ca]
    for (let i = 0; i < 100; i++) intermediates.push((ca = await intermediate(ca, { subject: 'CN=Many' })))
    const report = await examine(await endEntity(ca), { anchors: [await root()], intermediates })
    expect(report.verdict).toBe('invalid')
    expect(report.spent.signatures).toBeLessThanOrEqual(40)
  })
})
