import { sameOctets } from '../../octets.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Forwarding, ReadElement, ReadFact } from './facts.ts'
import { notTooMany, outcome, refusal, type Outcome, type ProxyFault } from './fault.ts'
import { comparable, fieldsOf, type Field } from './fields.ts'
import type { FormatId, HeaderFormat, HeaderRow } from './format.ts'
import { HEADER_FORMATS } from './formats.ts'
import { trimmed } from './slice.ts'

/** What one proxy said of its client. */
export interface ForwardedClient {
  /** DER of the client's own certificate; null if only facts of it were sent, or only its chain. */
  readonly certificate: Uint8Array | null
  readonly chain: readonly Uint8Array[]
  readonly facts: readonly ReadFact[]
}

export interface ReadHeader {
  readonly format: FormatId
  /** Other formats that write exactly the same. */
  readonly alternatives: readonly FormatId[]
  /** The names of the headers that were read, as pasted; none for a value alone. */
  readonly names: readonly string[]
  /** Usually one; where proxies append, the client's side first. */
  readonly clients: readonly ForwardedClient[]
}

export interface ReadHeaders {
  readonly headers: readonly ReadHeader[]
  /** Headers with which a proxy says that there was no certificate. */
  readonly absent: readonly string[]
  /** Headers that say nothing of a certificate. */
  readonly ignored: readonly string[]
}

interface Candidate {
  readonly format: HeaderFormat
  readonly row: HeaderRow
}
interface Attempt extends Candidate {
  readonly field: Field
  readonly elements: readonly ReadElement[]
  /** Whether the format would write the very same text. */
  readonly isExact: boolean
}

const FORMATS = Object.values(HEADER_FORMATS)
const BY_NAME = new Map<string, Candidate[]>()
for (const format of FORMATS)
  for (const row of format.rows) {
    const name = comparable(row.name)
    BY_NAME.set(name, [...(BY_NAME.get(name) ?? []), { format, row }])
  }

/** What a value may be that has no name, or one that is not known, by how it begins. */
const SHAPES: readonly (readonly [begins: RegExp, rows: readonly (readonly [FormatId, string])[]])[] = [
  [
    /^-{5}BEGIN(%20|\+)/,
    [
      ['nginx', 'X-SSL-Client-Cert'],
      ['aws-alb', 'X-Amzn-Mtls-Clientcert-Leaf'],
      ['apache', 'X-SSL-Client-Escaped-Cert'],
      ['plain-pem', 'X-Client-Cert'],
    ],
  ],
  [
    /^-{5}BEGIN /,
    [
      ['apache', 'X-SSL-Client-Cert'],
      ['nginx', 'X-SSL-Client-Folded-Cert'],
      ['nginx', 'X-SSL-Client-Raw-Cert'],
    ],
  ],
  [
    /^:MI/,
    [
      ['rfc9440', 'Client-Cert'],
      ['rfc9440', 'Client-Cert-Chain'],
    ],
  ],
  [
    /^MI[A-Z]/,
    [
      ['plain-der', 'X-Client-Cert'],
      ['traefik', 'X-Forwarded-Tls-Client-Cert'],
      ['haproxy', 'X-SSL-Client-Chain'],
    ],
  ],
  [/^(By|Hash|Cert|Chain|Subject|URI|DNS)=/i, [['envoy', 'X-Forwarded-Client-Cert']]],
  [/^(Subject|Issuer|SerialNumber|NB)%3D%22/, [['traefik', 'X-Forwarded-Tls-Client-Cert-Info']]],
]
/** Only of a value alone: such texts are in many headers. */
const BARE_SHAPES: typeof SHAPES = [
  [
    /^[0-9A-Fa-f:]+$/,
    [
      ['caddy', 'X-Client-Fingerprint'],
      ['nginx', 'X-SSL-Client-Fingerprint'],
      ['nginx', 'X-SSL-Client-Serial'],
    ],
  ],
  [
    /^\/[A-Za-z0-9.]+=/,
    [
      ['haproxy', 'X-SSL-Client-S-DN-Slash'],
      ['nginx', 'X-SSL-Client-S-DN-Legacy'],
    ],
  ],
  [
    /^[A-Za-z0-9.]+=/,
    [
      ['nginx', 'X-SSL-Client-S-DN'],
      ['apache', 'X-SSL-Client-S-DN'],
    ],
  ],
]

function rowNamed([id, name]: readonly [FormatId, string]): Candidate {
  const format = HEADER_FORMATS[id]
  return { format, row: format.rows.find((row) => row.name === name)! }
}

function candidatesOf({ name, value }: Field): readonly Candidate[] {
  const byName = name === null ? undefined : BY_NAME.get(name)
  if (byName) return byName
  const { text } = trimmed(value)
  const shapes = name === null ? [...SHAPES, ...BARE_SHAPES] : SHAPES
  return shapes.find(([begins]) => begins.test(text))?.[1].map(rowNamed) ?? []
}

const ABSENT = ['', '(null)', '-']

/**
 * Reads header lines that somebody pasted, or a value alone, and says in whose format they are: by the names, and among
 * programs that leave the names to their users, by what they would write. Any fault is one code with its place.
 */
export const readHeader = (text: string): Outcome<ReadHeaders> => outcome(() => read(text))

function read(text: string): ReadHeaders {
  const absent: string[] = []
  const ignored: string[] = []
  const known: { field: Field; candidates: readonly Candidate[] }[] = []
  let firstAbsent: Field | null = null
  for (const field of fieldsOf(text)) {
    const candidates = candidatesOf(field)
    if (candidates.length === 0) ignored.push(field.written)
    else if (ABSENT.includes(trimmed(field.value).text)) {
      absent.push(field.written)
      firstAbsent ??= field
    } else known.push({ field, candidates })
  }
  if (known.length === 0 && firstAbsent)
    throw refusal('header-absent', {
      offset: firstAbsent.value.offset,
      text: trimmed(firstAbsent.value).text,
    })
  if (known.length === 0) throw refusal('header-unknown', { names: ignored.slice(0, 8) })
  return { headers: grouped(known), absent, ignored }
}

/** Gives each line to a format: the one that reads most of them, and of several the one that writes them so. */
function grouped(known: readonly { field: Field; candidates: readonly Candidate[] }[]): ReadHeader[] {
  const headers: ReadHeader[] = []
  for (let rest = known; rest.length > 0;) {
    const attempts = rest.map(({ field, candidates }) => tried(field, candidates))
    const ranked = FORMATS.map((format) => ({ format, score: scoreOf(format, attempts) }))
    const best = ranked.reduce((one, other) => (other.score > one.score ? other : one))
    const own = attempts.flatMap((those) => those.find(({ format }) => format === best.format) ?? [])
    const alternatives = ranked.filter(({ format, score }) => format !== best.format && score === best.score)
    headers.push(
      headerOf(
        best.format,
        own,
        alternatives.map(({ format }) => format.id),
      ),
    )
    rest = rest.filter(({ field }) => !own.some((each) => each.field === field))
  }
  return headers
}

/** A line that is read counts more than any that is read exactly. */
const READ = 1_000

const scoreOf = (format: HeaderFormat, attempts: readonly (readonly Attempt[])[]): number =>
  attempts
    .flatMap((those) => those.find((attempt) => attempt.format === format) ?? [])
    .reduce((sum, { isExact }) => sum + READ + (isExact ? 1 : 0), 0)

/** Reads one line as each candidate would. If none can, the fault is of the one that came furthest. */
function tried(field: Field, candidates: readonly Candidate[]): Attempt[] {
  const attempts: Attempt[] = []
  let furthest: ProxyFault | null = null
  for (const candidate of candidates) {
    const result = outcome(() => candidate.row.read(field.value))
    if ('value' in result)
      attempts.push({
        ...candidate,
        field,
        elements: result.value,
        isExact: isExact(candidate, field, result.value),
      })
    else if (!furthest || placeOf(result.fault) > placeOf(furthest)) furthest = result.fault
  }
  if (attempts.length === 0 && furthest) throw refusal(furthest.code, furthest.detail)
  // What can be a client's own is not taken for the rest of a chain.
  const own = attempts.filter(({ row }) => !row.chain)
  return own.length > 0 ? own : attempts
}

/** How far a reader came; one that finds no certificate in what it decoded came to the end. */
function placeOf({ code, detail }: ProxyFault): number {
  if (code === 'header-certificate') return Infinity
  return detail && 'offset' in detail ? (detail.offset ?? -1) : -1
}

function isExact({ row }: Candidate, { value }: Field, elements: readonly ReadElement[]): boolean {
  const [der, ...chain] = elements.flatMap(({ certificates }) => certificates)
  if (!der || !row.write) return false
  const certificate = parseCertificate(der)
  const client: Forwarding['client'] = { certificate, sha1: '', sha256: '', serial: '' }
  const from: Forwarding = { client, chain: row.chain ? [der, ...chain] : chain, proxy: null }
  return row.write(from)?.trim() === trimmed(value).text
}

function headerOf(
  { id, rows }: HeaderFormat,
  attempts: readonly Attempt[],
  alternatives: readonly FormatId[],
): ReadHeader {
  const inOrder = attempts.toSorted((a, b) => rows.indexOf(a.row) - rows.indexOf(b.row))
  for (const [at, { row, field }] of inOrder.entries())
    if (!row.list && inOrder[at - 1]?.row === row)
      throw refusal('header-repeated', { offset: field.value.offset, name: field.written })
  const names = attempts.map(({ field }) => field.written).filter((name) => name !== '')
  const isListed = inOrder.some(({ row }) => row.list && !row.chain)
  const clients = isListed ? inOrder.flatMap(({ elements }) => elements.map(clientOf)) : [merged(inOrder)]
  return { format: id, alternatives, names, clients }
}

const clientOf = ({ certificates, facts }: ReadElement): ForwardedClient => ({
  certificate: certificates[0] ?? null,
  chain: certificates.slice(1),
  facts,
})

/** One client of several headers, which have to agree on its certificate. */
function merged(attempts: readonly Attempt[]): ForwardedClient {
  let certificate: Uint8Array | null = null
  const chain: Uint8Array[] = []
  for (const { row, field, elements } of attempts)
    for (const { certificates } of elements) {
      const own = row.chain ? null : (certificates[0] ?? null)
      if (own && certificate && !sameOctets(own, certificate))
        throw refusal('header-conflict', { offset: field.value.offset, name: field.written })
      certificate = own ?? certificate
      for (const each of row.chain ? certificates : certificates.slice(1))
        if (!chain.some((other) => sameOctets(other, each))) chain.push(each)
      notTooMany('certificates', chain.length + 1)
    }
  const facts = attempts.flatMap(({ elements }) => elements.flatMap((element) => element.facts))
  return { certificate, chain, facts }
}
