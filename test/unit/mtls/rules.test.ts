import { describe, expect, test } from 'vitest'
import { hexOf } from '../../../src/octets.ts'
import { weigh, type Connecting } from '../../../src/mtls/rules/evaluate.ts'
import { spiffeUri } from '../../../src/mtls/rules/sound.ts'
import { placesOf, type Rule, type Test } from '../../../src/mtls/rules/rule.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'

const top = await root()
const ca = await intermediate(top)
const own = await endEntity(ca, {
  subject: 'CN=Ann Example+UID=ann,O=Example\\, Inc.,C=CH',
  extensions: {
    extKeyUsage: ['1.3.6.1.5.5.7.3.2'],
    certificatePolicies: [{ oid: '1.2.3.4', qualifiers: [] }],
    subjectAltName: [
      { kind: 'dNSName', value: 'A.clients.example.com' },
      { kind: 'rfc822Name', value: 'ann@mail.example.com' },
      { kind: 'uniformResourceIdentifier', value: 'spiffe://example.org/ns/a/sa/web' },
      { kind: 'iPAddress', octets: Uint8Array.of(192, 0, 2, 7) },
    ],
  },
})
const WHO: Connecting = {
  path: [top.certificate, ca.certificate, own.certificate],
  address: '192.0.2.10',
  forwarded: '2001:db8::5',
}
const ask = async (rule: Rule, who: Connecting = WHO): Promise<string> => (await weigh(rule, who)).met
const hash = (of: typeof own): Promise<string> => sha256Hex(of.certificate.der)
const san = (
  form: 'DNS' | 'IP' | 'RFC822' | 'URI' | 'UPN',
  value: string,
  match: 'exact' | 'suffix' = 'exact',
) => ({ kind: 'san', form, match, value }) as const

describe('one question', () => {
  test('the root is the certificate at which the chain ended, an issuer any CA of it', async () => {
    expect(await ask({ kind: 'root', sha256: await hash(top) })).toBe('yes')
    expect(await ask({ kind: 'root', sha256: await hash(ca) })).toBe('no')
    expect(await ask({ kind: 'issuer', sha256: (await hash(ca)).toUpperCase() })).toBe('yes')
    expect(await ask({ kind: 'issuer', sha256: await hash(own) })).toBe('no')
  })

  test('a subject is compared as a name, not as text', async () => {
    expect(await ask({ kind: 'subject', name: 'uid=ANN + cn=ann  example, O=Example\\2C Inc., c=ch' })).toBe(
      'yes',
    )
    expect(await ask({ kind: 'subject', name: 'CN=Ann Example,C=CH' })).toBe('no')
  })

  test.each<[Test, string]>([
    [san('DNS', 'a.clients.example.com'), 'yes'],
    [san('DNS', 'b.clients.example.com'), 'no'],
    [san('DNS', 'clients.example.com', 'suffix'), 'yes'],
    [san('DNS', '.Example.com', 'suffix'), 'yes'],
    // The end of a label is no end of a name.
    [san('DNS', 'lients.example.com', 'suffix'), 'no'],
    [san('RFC822', 'ann@mail.example.com'), 'yes'],
    [san('RFC822', 'example.com', 'suffix'), 'yes'],
    [san('RFC822', 'ample.com', 'suffix'), 'no'],
    [san('IP', '192.0.2.7'), 'yes'],
    [san('URI', 'SPIFFE://example.org/ns/a/sa/web'), 'yes'],
    [{ kind: 'spiffe', id: 'example.org' }, 'yes'],
    [{ kind: 'spiffe', id: 'spiffe://example.org/ns/a/sa/web' }, 'yes'],
    [{ kind: 'spiffe', id: 'spiffe://example.org/ns/a' }, 'no'],
    [{ kind: 'spiffe', id: 'ample.org' }, 'no'],
    [{ kind: 'serial', numbers: [`00${hexOf(own.certificate.serialNumber)}`] }, 'yes'],
    [{ kind: 'serial', numbers: ['01'] }, 'no'],
    [{ kind: 'purpose', oid: '1.3.6.1.5.5.7.3.2' }, 'yes'],
    [{ kind: 'purpose', oid: '1.3.6.1.5.5.7.3.1' }, 'no'],
    [{ kind: 'policy', oid: '1.2.3.4' }, 'yes'],
    [{ kind: 'user', name: 'ann@mail.example.com', by: 'RFC822' }, 'yes'],
    [{ kind: 'user', name: 'ann example', by: 'CN' }, 'yes'],
    [{ kind: 'user', name: 'ann', by: 'CN' }, 'no'],
  ])('%j is %s', async (asked, met) => {
    expect(await ask(asked)).toBe(met)
  })

  test('a certificate with two URIs is no SVID', async () => {
    const two = await endEntity(ca, {
      extensions: {
        subjectAltName: ['spiffe://example.org/a', 'spiffe://example.org/b'].map(
          (value) => ({ kind: 'uniformResourceIdentifier', value }) as const,
        ),
      },
    })
    const path = [top.certificate, ca.certificate, two.certificate]
    expect(await ask({ kind: 'spiffe', id: 'example.org' }, { ...WHO, path })).toBe('no')
  })

  test('a pin on the key outlives a renewal with the same key, a pin on the certificate does not', async () => {
    const renewed = await endEntity(ca, { key: own.key })
    const path = [top.certificate, ca.certificate, renewed.certificate]
    const key = await sha256Hex(own.certificate.spki.der)
    expect(await ask({ kind: 'key', sha256: ['00'.repeat(32), key] }, { ...WHO, path })).toBe('yes')
    expect(await ask({ kind: 'certificate', sha256: [await hash(own)] }, { ...WHO, path })).toBe('no')
  })
})

describe('addresses', () => {
  const from = (of: 'connection' | 'forwarded', ...ranges: string[]): Rule => ({
    kind: 'address',
    ranges,
    of,
  })
  test.each<[Rule, string]>([
    [from('connection', '192.0.2.0/24'), 'yes'],
    [from('connection', '192.0.2.8/30'), 'yes'],
    [from('connection', '192.0.2.12/30'), 'no'],
    [from('connection', '2001:db8::/32', '192.0.2.10'), 'yes'],
    [from('forwarded', '2001:db8::/32'), 'yes'],
    [from('forwarded', '192.0.2.0/24'), 'no'],
  ])('%j is %s', async (rule, met) => {
    expect(await ask(rule)).toBe(met)
  })

  test('an IPv4 client of a socket for both kinds is in its IPv4 range', async () => {
    expect(await ask(from('connection', '192.0.2.0/24'), { ...WHO, address: '::ffff:192.0.2.10' })).toBe(
      'yes',
    )
  })

  test('an address that is not known is in no range, and not out of it either', async () => {
    const who = { ...WHO, forwarded: null }
    expect(await ask(from('forwarded', '0.0.0.0/0'), who)).toBe('unknown')
    expect(await ask({ kind: 'not', of: from('forwarded', '0.0.0.0/0') }, who)).toBe('unknown')
  })
})

describe('combined', () => {
  const yes: Rule = { kind: 'policy', oid: '1.2.3.4' }
  const no: Rule = { kind: 'policy', oid: '1.2.3.5' }
  const unknown: Rule = { kind: 'address', ranges: ['::/0'], of: 'connection' }
  const who = { ...WHO, address: null }
  test.each<[Rule, string]>([
    [{ kind: 'all', of: [yes, yes] }, 'yes'],
    [{ kind: 'all', of: [yes, unknown] }, 'unknown'],
    [{ kind: 'all', of: [unknown, no] }, 'no'],
    [{ kind: 'any', of: [no, yes, unknown] }, 'yes'],
    [{ kind: 'any', of: [no, unknown] }, 'unknown'],
    [{ kind: 'any', of: [] }, 'no'],
    [{ kind: 'not', of: no }, 'yes'],
    [{ kind: 'not', of: { kind: 'all', of: [yes, no] } }, 'yes'],
  ])('%j is %s', async (rule, met) => {
    expect(await ask(rule, who)).toBe(met)
  })

  test('who sent no certificate is let in by nothing that asks about one, nor by its opposite', async () => {
    const nobody = { ...WHO, path: null }
    for (const rule of [
      yes,
      no,
      { kind: 'not', of: yes },
      { kind: 'any', of: [no, { kind: 'not', of: yes }] },
    ])
      expect(await ask(rule as Rule, nobody)).toBe('unknown')
  })

  test.each<Rule>([
    { kind: 'subject', name: 'nobody' },
    { kind: 'certificate', sha256: ['ab'] },
    { kind: 'root', sha256: '' },
    { kind: 'san', form: 'URI', match: 'suffix', value: 'example.com' },
    { kind: 'spiffe', id: 'spiffe://Example.org' },
    { kind: 'serial', numbers: ['one'] },
    { kind: 'purpose', oid: '3.1' },
    { kind: 'user', by: 'CN', name: '' },
    { kind: 'address', ranges: ['192.0.2.0/33'], of: 'connection' },
  ])('%j cannot be asked: neither it nor its opposite lets anybody in', async (rule) => {
    expect(await ask(rule)).toBe('unknown')
    expect(await ask({ kind: 'not', of: rule })).toBe('unknown')
  })

  const nested = (depth: number): Rule => (depth === 1 ? yes : { kind: 'all', of: [nested(depth - 1)] })

  test('a rule that is too deep or has too many parts lets nobody in, and is enforced nowhere', async () => {
    expect(await ask(nested(16))).toBe('yes')
    const many = (count: number): Rule => ({ kind: 'any', of: Array<Rule>(count).fill(yes) })
    expect(await ask(many(199))).toBe('yes')
    for (const rule of [nested(17), nested(5_000), many(200), { kind: 'not', of: many(200) } as const]) {
      expect(await ask(rule)).toBe('unknown')
      expect(placesOf(rule)).toEqual([])
    }
  })

  test('is enforced where each of its questions can be', () => {
    expect(placesOf({ kind: 'all', of: [{ kind: 'root', sha256: '' }, yes] })).toEqual(['tls', 'application'])
    expect(placesOf({ kind: 'any', of: [unknown, yes] })).toEqual(['application'])
    const forwarded = { kind: 'address', ranges: [], of: 'forwarded' } as const
    expect(placesOf(forwarded)).toEqual(['application'])
    expect(placesOf({ kind: 'not', of: forwarded }, 'PROXY')).toContain('network')
  })
})

test.each(['example.org', 'example.org/', 'spiffe://example.org', 'spiffe://example.org/'])(
  'the trust domain %s is one URI',
  (id) => {
    expect(spiffeUri(id)).toBe('spiffe://example.org')
  },
)
