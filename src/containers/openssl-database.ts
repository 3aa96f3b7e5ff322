/**
 * The text database of `openssl ca` (index.txt, serial, crlnumber), also used by easy-rsa: what was issued, what was
 * revoked and why, and the next numbers. A line that cannot be parsed is reported, and reading continues.
 */
import { readGeneralizedTime, readUtcTime } from '../der/time.ts'
import type { CrlReason } from '../x509/revoked-entry.ts'
import { utf8 } from '../octets.ts'

export interface DatabaseEntry {
  /** Line number in the file, from 1. */
  readonly line: number
  readonly status: 'valid' | 'revoked' | 'expired'
  readonly expires: Date
  readonly revokedAt: Date | null
  readonly reason: CrlReason | null
  readonly invalidityDate: Date | null
  /** Upper-case hexadecimal, as in the file name `certs_by_serial/….pem`. */
  readonly serialNumber: string
  /** The one-line subject as OpenSSL writes it; the certificate itself is authoritative. */
  readonly subject: string
}

export interface DatabaseProblem {
  readonly line: number
  readonly reason: 'columns' | 'status' | 'date' | 'serial-number' | 'reason'
  readonly text: string
}

/** Longer than any line that OpenSSL writes; bounds how much of a hostile line is shown. */
const SHOWN = 120

/** Reads index.txt: status, expiry, revocation, serial number, file name and subject, separated by tabs. */
export function parseIndex(text: string): { entries: DatabaseEntry[]; problems: DatabaseProblem[] } {
  const entries: DatabaseEntry[] = []
  const problems: DatabaseProblem[] = []
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim() === '') return
    const read = parseLine(content, index + 1)
    if (typeof read === 'string')
      problems.push({ line: index + 1, reason: read, text: content.slice(0, SHOWN) })
    else entries.push(read)
  })
  return { entries, problems }
}

const STATUS: Readonly<Record<string, DatabaseEntry['status']>> = { V: 'valid', R: 'revoked', E: 'expired' }

function parseLine(content: string, line: number): DatabaseEntry | DatabaseProblem['reason'] {
  const columns = content.split('\t')
  if (columns.length !== 6) return 'columns'
  const [letter, expiry, revocation, serial, , subject] = columns as [
    string,
    string,
    string,
    string,
    string,
    string,
  ]
  const status = STATUS[letter]
  if (!status) return 'status'
  const expires = parseTime(expiry)
  if (!expires) return 'date'
  if (!/^([0-9A-Fa-f]{2})+$/.test(serial)) return 'serial-number'
  const plain = { line, status, expires, serialNumber: serial.toUpperCase(), subject }
  if (status !== 'revoked') return { ...plain, revokedAt: null, reason: null, invalidityDate: null }
  const revoked = parseRevocation(revocation)
  return typeof revoked === 'string' ? revoked : { ...plain, ...revoked }
}

/** OpenSSL's names for CRLReason. The last three have an instant or an OID after another comma. */
const REASONS: Readonly<Record<string, CrlReason>> = {
  unspecified: 'unspecified',
  keyCompromise: 'keyCompromise',
  CACompromise: 'cACompromise',
  affiliationChanged: 'affiliationChanged',
  superseded: 'superseded',
  cessationOfOperation: 'cessationOfOperation',
  certificateHold: 'certificateHold',
  removeFromCRL: 'removeFromCRL',
  holdInstruction: 'certificateHold',
  keyTime: 'keyCompromise',
  CAkeyTime: 'cACompromise',
}

type Revocation = Pick<DatabaseEntry, 'revokedAt' | 'reason' | 'invalidityDate'>

function parseRevocation(text: string): Revocation | DatabaseProblem['reason'] {
  const [time = '', word, more] = text.split(',')
  const revokedAt = parseTime(time)
  if (!revokedAt) return 'date'
  if (word === undefined || word === '') return { revokedAt, reason: null, invalidityDate: null }
  const reason = REASONS[word]
  if (!reason) return 'reason'
  const dated = word === 'keyTime' || word === 'CAkeyTime'
  const invalidityDate = dated ? parseTime(more ?? '') : null
  return dated && !invalidityDate ? 'date' : { revokedAt, reason, invalidityDate }
}

/** YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ, as in ASN.1. */
function parseTime(text: string): Date | null {
  const octets = utf8(text)
  return readUtcTime(octets) ?? readGeneralizedTime(octets)
}

/** Returns the next number of a `serial` or `crlnumber` file: hexadecimal on its first line; null if there is none. */
export function parseNumberFile(text: string): bigint | null {
  const first = text.split(/\r?\n/)[0]?.trim() ?? ''
  return /^[0-9A-Fa-f]{1,64}$/.test(first) ? BigInt(`0x${first}`) : null
}
