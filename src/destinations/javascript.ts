/** The functions of the printed JavaScript that ask who connects, each only where it is used. */
import type { Test } from '../mtls/rules/rule.ts'
import { rfc2253Name } from '../mtls/proxy/names.ts'
import { attributeTypeText, type Name } from '../x509/name.ts'
import type { Asked } from './condition.ts'
import { askIn, functionsFor, type Language } from './in-code.ts'

/** A string of JavaScript; the text is printable. */
const quoted = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/** A line for each set of attributes, as Node writes a subject. */
function subjectLines(name: Name): readonly string[] | null {
  const isKnown = name.rdns.flat().every(({ oid, text }) => attributeTypeText(oid) !== oid && text !== null)
  if (!isKnown) return null
  return name.rdns.map((rdn) =>
    rdn.map((one) => rfc2253Name({ ...name, rdns: [[one]] }, { high: false })).join(' + '),
  )
}

/** Returns a call of one of the functions below. */
export const askJavaScript = (test: Test): Asked<string> => askIn(LANGUAGE, test)

const FUNCTIONS: Language['functions'] = {
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
}

const LANGUAGE: Language = { quoted, subject: subjectLines, functions: FUNCTIONS }

const SHA256 = ["const sha256 = (octets) => createHash('sha256').update(octets).digest('hex')"]
const NAMES = [
  '// Names with unusual characters are in quotes.',
  'const namesOf = ({ subjectAltName }) =>',
  '  [...(subjectAltName ?? \'\').matchAll(/(?:[^",]|"(?:[^"\\\\]|\\\\.)*")+/g)].map(([name]) => name.trim())',
]

/** Returns the functions that an expression calls, and what they import. */
export function javaScriptFor(called: string): { imports: readonly string[]; functions: readonly string[] } {
  const lines = functionsFor(LANGUAGE, called)
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
