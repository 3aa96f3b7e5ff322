/** The functions of the printed JavaScript that ask who connects, each only where it is used. */
import type { Test } from '../mtls/rules/rule.ts'
import { rfc2253Name } from '../mtls/proxy/names.ts'
import { attributeTypeText } from '../x509/name.ts'
import type { Asked } from './condition.ts'
import { areSafeRanges, digitsOf, isPrintable, isSafeName, nameAsked, serialDigits } from './parts.ts'

/** A string of JavaScript; the text is printable. */
const text = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

const HASH = /^[0-9a-f]{64}$/

/** Returns a call of one of the functions below. */
export function askJavaScript(test: Test): Asked<string> {
  switch (test.kind) {
    case 'root':
    case 'issuer':
    case 'certificate':
    case 'key': {
      const hashes = [test.sha256].flat().map(digitsOf)
      if (!hashes.every((hash) => HASH.test(hash))) return { cannot: 'unsafe-value' }
      const names = { root: 'hasCa', issuer: 'hasCa', certificate: 'isCertificate', key: 'hasKey' } as const
      return call(names[test.kind], hashes)
    }
    case 'subject': {
      const name = nameAsked(test)
      const isKnown = name?.rdns
        .flat()
        .every(({ oid, text }) => attributeTypeText(oid) !== oid && text !== null)
      if (!name || !isKnown) return { cannot: 'unsafe-value' }
      const lines = name.rdns.map((rdn) =>
        rdn.map((one) => rfc2253Name({ ...name, rdns: [[one]] }, { high: false })),
      )
      return call(
        'isSubject',
        lines.map((line) => line.join(' + ')),
      )
    }
    case 'san':
      return askName(test)
    case 'spiffe':
      return isSafeName('URI', spiffeOf(test.id))
        ? call('isSpiffe', [spiffeOf(test.id)])
        : { cannot: 'unsafe-value' }
    case 'serial':
      return call('isSerial', test.numbers.map(serialDigits))
    case 'purpose':
      return /^[0-9.]+$/.test(test.oid) ? call('isFor', [test.oid]) : { cannot: 'unsafe-value' }
    case 'address':
      if (test.of === 'forwarded') return { cannot: 'cannot-ask' }
      return areSafeRanges(test.ranges) ? call('isFrom', test.ranges) : { cannot: 'unsafe-value' }
    case 'user':
      return test.by === 'RFC822' && isSafeName('RFC822', test.name)
        ? call('hasMailbox', [test.name])
        : { cannot: 'cannot-ask' }
    case 'policy':
      return { cannot: 'cannot-ask' }
  }
}

const spiffeOf = (id: string): string => (id.includes('://') ? id : `spiffe://${id}`)

const call = (name: keyof typeof FUNCTIONS, values: readonly string[]): Asked<string> =>
  values.every(isPrintable)
    ? { part: `${name}(who, ${values.map(text).join(', ')})` }
    : { cannot: 'unsafe-value' }

function askName({ form, match, value }: Extract<Test, { kind: 'san' }>): Asked<string> {
  if (form === 'UPN') return { cannot: 'cannot-ask' }
  const bare = match === 'suffix' ? value.replace(/^\./, '') : value
  if (match === 'suffix' && form !== 'DNS') return { cannot: 'cannot-ask' }
  if (!isSafeName(form, bare)) return { cannot: 'unsafe-value' }
  if (match === 'suffix') return call('isWithin', [bare.toLowerCase()])
  return call(({ DNS: 'hasHost', IP: 'hasIp', RFC822: 'hasMailbox', URI: 'hasUri' } as const)[form], [bare])
}

/** Each with the functions that it calls. */
const FUNCTIONS = {
  isKnown: ['const isKnown = ({ path }) => path.length > 0'],
  hasCa: [
    'const hasCa = ({ path }, ...hashes) =>',
    '  path.slice(1).some(({ raw }) => hashes.includes(sha256(raw)))',
  ],
  isCertificate: ['const isCertificate = ({ path: [own] }, ...hashes) => hashes.includes(sha256(own.raw))'],
  hasKey: [
    'const hasKey = ({ path: [own] }, ...hashes) =>',
    "  hashes.includes(sha256(own.publicKey.export({ type: 'spki', format: 'der' })))",
  ],
  isSubject: [
    'const isSubject = ({ path: [own] }, ...lines) =>',
    "  own.subject.toLowerCase() === lines.join('\\n').toLowerCase()",
  ],
  hasHost: [
    "const hasHost = ({ path: [own] }, host) => own.checkHost(host, { subject: 'never' }) !== undefined",
  ],
  hasIp: ['const hasIp = ({ path: [own] }, address) => own.checkIP(address) !== undefined'],
  hasMailbox: [
    'const hasMailbox = ({ path: [own] }, mailbox) =>',
    "  own.checkEmail(mailbox, { subject: 'never' }) !== undefined",
  ],
  hasUri: ['const hasUri = ({ path: [own] }, uri) => namesOf(own).includes(`URI:${uri}`)'],
  isWithin: [
    'const isWithin = ({ path: [own] }, domain) =>',
    '  namesOf(own).some((name) => {',
    "    const host = name.startsWith('DNS:') ? name.slice(4).toLowerCase().replace(/^\\*\\./, '') : ''",
    '    return host === domain || host.endsWith(`.${domain}`)',
    '  })',
  ],
  isSpiffe: [
    '// An SVID has one URI alone; a trust domain stands for all of its IDs.',
    'const isSpiffe = ({ path: [own] }, id) => {',
    "  const uris = namesOf(own).filter((name) => name.startsWith('URI:')).map((name) => name.slice(4))",
    "  const isDomain = id.split('/').length === 3",
    '  return uris.length === 1 && (uris[0] === id || (isDomain && uris[0].startsWith(`${id}/`)))',
    '}',
  ],
  isSerial: [
    'const isSerial = ({ path: [own] }, ...numbers) => numbers.includes(own.serialNumber.toUpperCase())',
  ],
  isFor: ['const isFor = ({ path: [own] }, purpose) => (own.keyUsage ?? []).includes(purpose)'],
  isFrom: [
    'const isFrom = ({ address }, ...ranges) => {',
    '  const list = new BlockList()',
    "  const family = (text) => (text.includes(':') ? 'ipv6' : 'ipv4')",
    '  for (const range of ranges) {',
    "    const [start, bits = start.includes(':') ? 128 : 32] = range.split('/')",
    '    list.addSubnet(start, Number(bits), family(start))',
    '  }',
    "  const plain = (address ?? '').replace(/^::ffff:(?=[\\d.]+$)/, '')",
    '  return isIP(plain) !== 0 && list.check(plain, family(plain))',
    '}',
  ],
} as const

const SHA256 = ["const sha256 = (octets) => createHash('sha256').update(octets).digest('hex')"]
const NAMES = [
  '// Names with unusual characters are in quotes.',
  'const namesOf = ({ subjectAltName }) =>',
  '  [...(subjectAltName ?? \'\').matchAll(/(?:[^",]|"(?:[^"\\\\]|\\\\.)*")+/g)].map(([name]) => name.trim())',
]

/** Returns the functions that an expression calls, and what they import. */
export function javaScriptFor(called: string): { imports: readonly string[]; functions: readonly string[] } {
  const used = Object.entries(FUNCTIONS).filter(([name]) => called.includes(`${name}(`))
  const lines = used.flatMap(([, code]) => [...code, ''])
  const all = lines.join('\n')
  const needsHash = all.includes('sha256(')
  return {
    imports: [
      `import { ${needsHash ? 'createHash, ' : ''}X509Certificate } from 'node:crypto'`,
      ...(all.includes('BlockList') ? ["import { BlockList, isIP } from 'node:net'"] : []),
    ],
    functions: [
      ...(needsHash ? [...SHA256, ''] : []),
      ...(all.includes('namesOf(') ? [...NAMES, ''] : []),
      ...lines,
    ],
  }
}
