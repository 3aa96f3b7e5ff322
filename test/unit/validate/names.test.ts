import { describe, expect, test } from 'vitest'
import type { FindingCode } from '../../../src/findings.ts'
import { ia5String, utf8String } from '../../../src/der/writer.ts'
import type { GeneralSubtree } from '../../../src/x509/extensions/name-constraints.ts'
import type { GeneralName } from '../../../src/x509/general-name.ts'
import { encodeName, nameFromDer } from '../../../src/x509/name.ts'
import { parseNameText } from '../../../src/x509/name-from-text.ts'
import { parseIpAddress, parseIpRange } from '../../../src/x509/ip-address.ts'
import { endEntity, intermediate, root } from '../../support/chain.ts'
import { examine, refusals } from './examine.ts'

const dns = (value: string): GeneralName => ({ kind: 'dNSName', value })
const mail = (value: string): GeneralName => ({ kind: 'rfc822Name', value })
const uri = (value: string): GeneralName => ({ kind: 'uniformResourceIdentifier', value })
const ip = (text: string): GeneralName => ({ kind: 'iPAddress', octets: parseIpAddress(text)! })
const range = (text: string): GeneralName => ({ kind: 'iPAddress', octets: parseIpRange(text)! })
const directory = (text: string): GeneralName => ({
  kind: 'directoryName',
  name: nameFromDer(encodeName(parseNameText(text))),
})
const smtp = (value: string): GeneralName => ({
  kind: 'otherName',
  typeId: '1.3.6.1.5.5.7.8.9',
  value: utf8String(value),
})
const other = (typeId: string): GeneralName => ({ kind: 'otherName', typeId, value: ia5String('x') })
const subtree = (base: GeneralName): GeneralSubtree => ({ base, minimum: 0, maximum: null })

interface Constraints {
  readonly permitted?: readonly GeneralName[]
  readonly excluded?: readonly GeneralName[]
}

/** Codes on a target with these names, below a CA with these constraints; §6 alone. */
async function codesOf(names: readonly GeneralName[], { permitted, excluded }: Constraints, subject = '') {
  const top = await root()
  const nameConstraints = {
    permitted: permitted?.map(subtree) ?? null,
    excluded: excluded?.map(subtree) ?? null,
  }
  const ca = await intermediate(top, { extensions: { nameConstraints } })
  const target = await endEntity(ca, {
    subject,
    extensions: { subjectAltName: names.length === 0 ? null : names },
  })
  const codes = refusals(await examine(target, { anchors: [top], intermediates: [ca] }, { profile: 'path' }))
  return codes.flat()
}

const within: FindingCode[] = []
const outside: FindingCode[] = ['name-not-permitted']

describe('permitted subtrees (§6.1.3(b), §4.2.1.10)', () => {
  test.each<[string, GeneralName, GeneralName, FindingCode[]]>([
    ['the host itself', dns('example.com'), dns('example.com'), within],
    ['labels added on the left', dns('a.b.EXAMPLE.com'), dns('example.com'), within],
    ['letters added on the left', dns('notexample.com'), dns('example.com'), outside],
    ['another host', dns('example.org'), dns('example.com'), outside],
    ['a wildcard below', dns('*.example.com'), dns('example.com'), within],
    ['a wildcard that reaches beyond', dns('*.example.com'), dns('foo.example.com'), outside],
    ['the empty constraint', dns('example.com'), dns(''), within],
    ['a mailbox, exactly', mail('me@example.com'), mail('me@EXAMPLE.com'), within],
    ['a mailbox whose local part differs by case', mail('Me@example.com'), mail('me@example.com'), outside],
    ['a mailbox at the host', mail('me@example.com'), mail('example.com'), within],
    ['a mailbox at a host below', mail('me@sub.example.com'), mail('example.com'), outside],
    ['a mailbox below the domain', mail('me@sub.example.com'), mail('.example.com'), within],
    ['a mailbox at the domain itself', mail('me@example.com'), mail('.example.com'), outside],
    ['an asterisk is no wildcard in a mailbox', mail('user@example.com'), mail('*@example.com'), outside],
    ['a quoted local part that needs no quotes', mail('"me"@example.com'), mail('me@example.com'), within],
    ['an internationalized mailbox', smtp('björn@bücher.example'), mail('xn--bcher-kva.example'), within],
    ['an internationalized mailbox elsewhere', smtp('björn@example.org'), mail('example.com'), outside],
    ['a URI’s host', uri('https://example.com:8443/path'), uri('example.com'), within],
    ['a URI’s host below', uri('https://sub.example.com/'), uri('example.com'), outside],
    ['a URI below the domain', uri('spiffe://sub.example.com/x'), uri('.example.com'), within],
    ['a URI with user information', uri('https://example.com@evil.example/'), uri('example.com'), outside],
    [
      'a URI with a backslash, where browsers end the host',
      uri('https://evil.example\\@example.com/'),
      uri('example.com'),
      ['constrained-name-malformed'],
    ],
    ['an address in the range', ip('192.0.2.7'), range('192.0.2.0/24'), within],
    ['an address beside the range', ip('192.0.3.7'), range('192.0.2.0/24'), outside],
    ['an IPv6 address in the range', ip('2001:db8::1'), range('2001:db8::/32'), within],
    ['an IPv6 address under an IPv4 range', ip('2001:db8::1'), range('0.0.0.0/0'), outside],
    ['a directory name below', directory('CN=a,O=Acme'), directory('O=ACME'), within],
    ['a directory name elsewhere', directory('CN=a,O=Other'), directory('O=Acme'), outside],
    ['a form the constraint does not speak of', dns('example.com'), range('192.0.2.0/24'), within],
  ])('%s', async (_claim, name, permitted, expected) => {
    expect(await codesOf([name], { permitted: [permitted] })).toEqual(expected)
  })

  test('the subject lies within too, whatever its string type and case (§7.1)', async () => {
    const permitted = [directory('O=Acme,C=DE')]
    expect(await codesOf([dns('a.example')], { permitted }, 'CN=x,O=ACME,C=DE')).toEqual([])
    expect(await codesOf([dns('a.example')], { permitted }, 'CN=x,O=Other,C=DE')).toEqual(outside)
  })

  test('the emailAddress of a subject without subjectAltName', async () => {
    const permitted = [mail('example.com')]
    expect(await codesOf([], { permitted }, 'CN=x,emailAddress=a@example.com')).toEqual([])
    expect(await codesOf([], { permitted }, 'CN=x,emailAddress=a@example.org')).toEqual(outside)
  })

  test('one of several is enough, and every name needs one', async () => {
    const permitted = [dns('example.com'), dns('example.org')]
    expect(await codesOf([dns('a.example.org')], { permitted })).toEqual([])
    expect(await codesOf([dns('a.example.org'), dns('example.net')], { permitted })).toEqual(outside)
  })

  test('each CA narrows what the one above permits (§6.1.4(g))', async () => {
    const constraints = (host: string) => ({
      nameConstraints: { permitted: [subtree(dns(host))], excluded: null },
    })
    const top = await root({ extensions: constraints('com') })
    const ca = await intermediate(top, { extensions: constraints('example.com') })
    const examined = async (host: string) => {
      const target = await endEntity(ca, { subject: '', extensions: { subjectAltName: [dns(host)] } })
      return refusals(await examine(target, { anchors: [top], intermediates: [ca] }, { profile: 'path' }))[2]
    }
    expect(await examined('a.example.com')).toEqual([])
    expect(await examined('other.com')).toEqual(['name-not-permitted'])
  })
})

describe('excluded subtrees (§6.1.3(c))', () => {
  test.each<[string, GeneralName, GeneralName, FindingCode[]]>([
    ['the host itself', dns('example.com'), dns('example.com'), ['name-excluded']],
    ['another host', dns('example.org'), dns('example.com'), []],
    ['a wildcard that reaches in', dns('*.example.com'), dns('foo.example.com'), ['name-excluded']],
    ['a wildcard that stays above', dns('*.example.com'), dns('a.foo.example.com'), []],
    ['an address', ip('10.1.2.3'), range('10.0.0.0/8'), ['name-excluded']],
  ])('%s', async (_claim, name, excluded, expected) => {
    expect(await codesOf([name], { excluded: [excluded] })).toEqual(expected)
  })
})

describe('what cannot be checked is refused', () => {
  test.each<[string, GeneralName, GeneralName, FindingCode[]]>([
    ['a form no standard compares', other('1.2.3'), other('1.2.3'), ['name-constraint-unsupported']],
    ['another form of otherName', other('1.2.4'), other('1.2.3'), []],
    [
      'a URI without a host name',
      uri('https://192.0.2.1/'),
      uri('example.com'),
      ['constrained-name-malformed'],
    ],
    ['a URN', uri('urn:x:y'), uri('example.com'), ['constrained-name-malformed']],
    [
      'a mailbox with two at signs',
      mail('a@b@example.com'),
      mail('example.com'),
      ['constrained-name-malformed'],
    ],
    [
      'a constraint on internationalized mailboxes alone (RFC 9598 §6)',
      dns('a.example.com'),
      smtp('example.com'),
      ['name-constraint-malformed'],
    ],
  ])('%s', async (_claim, name, permitted, expected) => {
    expect(await codesOf([name], { permitted: [permitted] })).toEqual(expected)
  })

  test('a mask with holes (RFC 4632 §3.1)', async () => {
    const base: GeneralName = { kind: 'iPAddress', octets: Uint8Array.of(10, 0, 0, 0, 255, 0, 255, 0) }
    expect(await codesOf([ip('10.0.0.1')], { permitted: [base] })).toEqual(['name-constraint-malformed'])
  })
})

test('20,000 names under 20,000 constraints are counted and not compared', async () => {
  const many = Array.from({ length: 20_000 }, (_, i) => dns(`h${i}.example.com`))
  const top = await root({
    extensions: { nameConstraints: { permitted: many.map(subtree), excluded: null } },
  })
  const target = await endEntity(top, { extensions: { subjectAltName: many } })
  const report = await examine(target, { anchors: [top] }, { profile: 'path', anchorConstraints: true })
  expect(report.verdict).toBe('exhausted')
  expect(report.spent.comparisons).toBe(0)
  expect(report.paths[0]!.certificates[1]!.findings.map(({ code }) => code)).toContain('budget-exhausted')
})

test('subtrees given as input count as those of a certificate do (§6.1.1(h), (i))', async () => {
  const top = await root()
  const target = await endEntity(top)
  const examined = async (name: string) =>
    refusals(await examine(target, { anchors: [top] }, { permittedSubtrees: [subtree(dns(name))] }))[1]
  expect(await examined('example.com')).toEqual([])
  expect(await examined('example.org')).toEqual(['name-not-permitted'])
  const excludedSubtrees = [subtree(dns('com'))]
  expect(refusals(await examine(target, { anchors: [top] }, { excludedSubtrees }))[1]).toEqual([
    'name-excluded',
  ])
})
