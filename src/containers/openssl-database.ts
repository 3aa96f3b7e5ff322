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

/**
 * Reads index.txt: status, expiry, revocation, serial number, file name and subject, separated by tabs; as OpenSSL,
 * without lines that begin with #. A certificate stays revoked even if its line does not say since when, or why.
 */
export function parseIndex(text: string): { entries: DatabaseEntry[]; problems: DatabaseProblem[] } {
  const entries: DatabaseEntry[] = []
  const problems: DatabaseProblem[] = []
  text.split(/\r?\n/).forEach((content, index) => {
    if (content.trim() === '' || content.startsWith('#')) return
    const { entry, reason } = parseLine(content, index + 1)
    if (reason) problems.push({ line: index + 1, reason, text: content.slice(0, SHOWN) })
    if (entry) entries.push(entry)
  })
  return { entries, problems }
}

/** Whether this is such a text, however it is called: one of its lines begins as OpenSSL writes them. */
export const looksLikeIndex = (text: string): boolean => INDEX_LINE.test(text)

const INDEX_LINE = /^\s*[VRE]\t\d{12,14}Z\t[^\t\r\n]*\t[0-9A-Fa-f]+\t/m

interface Line {
  readonly entry: DatabaseEntry | null
  /** What of it cannot be read. */
  readonly reason: DatabaseProblem['reason'] | null
}

const STATUS: Readonly<Record<string, DatabaseEntry['status']>> = { V: 'valid', R: 'revoked', E: 'expired' }
const COLUMNS = 6

function parseLine(content: string, line: number): Line {
  const columns = content.split('\t')
  const [letter = '', expiry = '', revocation = '', serial = ''] = columns
  const status = STATUS[letter.trim()]
  const expires = parseTime(expiry)
  const isSerial = /^([0-9A-Fa-f]{2})+$/.test(serial)
  // A subject may have tabs of its own.
  const subject = columns.slice(COLUMNS - 1).join('\t')
  const reason =
    columns.length < COLUMNS
      ? 'columns'
      : !status
        ? 'status'
        : !expires
          ? 'date'
          : !isSerial
            ? 'serial-number'
            : null
  const plain = { line, expires: expires ?? UNKNOWN, serialNumber: serial.toUpperCase(), subject }
  if (status === 'revoked') {
    const { fault, ...revoked } = parseRevocation(revocation)
    return { entry: isSerial ? { ...plain, status, ...revoked } : null, reason: reason ?? fault }
  }
  if (reason || !status) return { entry: null, reason }
  return { entry: { ...plain, status, revokedAt: null, reason: null, invalidityDate: null }, reason }
}

/** A revocation without a date has always been one. */
const UNKNOWN = new Date(0)

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

interface Revocation extends Pick<DatabaseEntry, 'revokedAt' | 'reason' | 'invalidityDate'> {
  /** What of it cannot be read. */
  readonly fault: DatabaseProblem['reason'] | null
}

function parseRevocation(text: string): Revocation {
  const [time = '', word = '', more = ''] = text.split(',')
  const revokedAt = parseTime(time)
  const reason = REASONS[word] ?? null
  const dated = word === 'keyTime' || word === 'CAkeyTime'
  const invalidityDate = dated ? parseTime(more) : null
  const isReason = word === '' || reason !== null
  const fault = !revokedAt || (dated && !invalidityDate) ? 'date' : isReason ? null : 'reason'
  return { revokedAt: revokedAt ?? UNKNOWN, reason, invalidityDate, fault }
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
