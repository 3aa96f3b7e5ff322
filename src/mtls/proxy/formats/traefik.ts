import { parseCertificate, type Certificate } from '../../../x509/certificate.ts'
import { parseIpAddress } from '../../../x509/ip-address.ts'
import { serialOf } from '../../../x509/serial-number.ts'
import type { FactKind, Forwarding, ReadElement, ReadFact } from '../facts.ts'
import { refusal } from '../fault.ts'
import type { HeaderFormat } from '../format.ts'
import { traefikName } from '../names.ts'
import { percentDecode, percentEncode, type Decoded } from '../percent.ts'
import { trimmed, type Slice } from '../slice.ts'
import { alternativeNames, base64List, decimalOf, fact, iso, serialOfDecimal } from '../values.ts'

/** Go's url.QueryEscape. */
const QUERY = { kept: /[A-Za-z0-9\-_.~]/, plus: true }

const seconds = (date: Date): string => String(Math.floor(date.getTime() / 1000))

function infoOf(certificate: Certificate): string {
  const names = (['dns', 'email', 'ip', 'uri'] as const).flatMap((kind) =>
    alternativeNames(certificate, kind),
  )
  const parts: readonly (readonly [key: string, value: string])[] = [
    ['Subject', traefikName(certificate.subject)],
    ['Issuer', traefikName(certificate.issuer, true)],
    ['SerialNumber', decimalOf(serialOf(certificate))],
    ['NB', seconds(certificate.notBefore)],
    ['NA', seconds(certificate.notAfter)],
    ['SAN', names.join(',')],
  ]
  return parts
    .filter(([, value]) => value !== '')
    .map(([key, value]) => `${key}="${value}"`)
    .join(';')
}

const write = ({ client, chain }: Forwarding): string =>
  percentEncode([client.certificate, ...chain.map(parseCertificate)].map(infoOf).join(','), QUERY)

const KEY = /(Subject|Issuer|SerialNumber|NB|NA|SAN)="/y
/** What may follow the quote that ends a value: values are not escaped, so that others are part of them. */
const AFTER = /"(?:$|[;,](?=(?:Subject|Issuer|SerialNumber|NB|NA|SAN)="))/y

/** Reads what is said of the first certificate, the client's own. */
function read(value: Slice): ReadElement[] {
  const decoded = percentDecode(trimmed(value), { plus: true })
  const { text, place } = decoded
  const facts: ReadFact[] = []
  for (let at = 0; at < text.length;) {
    KEY.lastIndex = at
    const key = KEY.exec(text)?.[1]
    if (key === undefined) throw refusal('header-key', { offset: place(at), key: text.slice(at, at + 16) })
    const start = at + key.length + 2
    const end = endOf(decoded, start)
    facts.push(...factsOf(key, { text: text.slice(start, end), offset: place(start) }))
    if (text[end + 1] === ',') break
    at = end + 2
  }
  return [{ certificates: [], facts }]
}

function endOf({ text, place }: Decoded, start: number): number {
  for (let at = text.indexOf('"', start); at >= 0; at = text.indexOf('"', at + 1)) {
    AFTER.lastIndex = at
    if (AFTER.test(text)) return at
  }
  throw refusal('header-cut', { offset: place(text.length), missing: 'quote' })
}

function factsOf(key: string, value: Slice): ReadFact[] {
  switch (key) {
    case 'Subject':
    case 'Issuer':
      return [
        { kind: key === 'Subject' ? 'subject' : 'issuer', text: value.text, name: null, ambiguous: true },
      ]
    case 'SerialNumber':
      return [fact('serial', serialOfDecimal(value))]
    case 'NB':
      return [fact('notBefore', secondsText(value))]
    case 'NA':
      return [fact('notAfter', secondsText(value))]
    default:
      return value.text.split(',').map(alternativeName)
  }
}

function secondsText({ text, offset }: Slice): string {
  const date = /^\d{1,12}$/.test(text) ? new Date(Number(text) * 1000) : null
  if (!date || date.getUTCFullYear() > 9999) throw refusal('header-value', { offset, expected: 'time' })
  return iso(date)
}

/** Names of all kinds are in one list, so that the kind is guessed; a URI may hold the commas between them. */
function alternativeName(text: string): ReadFact {
  const kind: FactKind = text.includes('://')
    ? 'uri'
    : text.includes('@')
      ? 'email'
      : parseIpAddress(text)
        ? 'ip'
        : 'dns'
  return { ...fact(kind, text), ambiguous: kind === 'uri' }
}

const FIELDS: readonly string[] = [
  'commonName',
  'country',
  'domainComponent',
  'locality',
  'organization',
  'province',
  'serialNumber',
]
const flow = (fields: readonly string[]): string =>
  `{ ${fields.map((field) => `${field}: true`).join(', ')} }`

export const traefik: HeaderFormat = {
  id: 'traefik',
  program: 'Traefik',
  versions: ['3'],
  basis: 'source',
  strips: 'default',
  names: 'fixed',
  rows: [
    { name: 'X-Forwarded-Tls-Client-Cert', variable: '', ...base64List },
    {
      name: 'X-Forwarded-Tls-Client-Cert-Info',
      variable: '',
      cautions: ['unescaped', 'reordered'],
      write,
      read,
    },
  ],
  setting: [
    'passTLSClientCert:',
    '  pem: true',
    '  info:',
    ...['notAfter', 'notBefore', 'sans', 'serialNumber'].map((field) => `    ${field}: true`),
    `    subject: ${flow([...FIELDS, 'organizationalUnit'])}`,
    `    issuer: ${flow(FIELDS)}`,
  ].join('\n'),
  stripping: '',
}
