/** Whether a CA may sign, as its records lie there now. */
import { CodedError } from '../../errors.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import type { AuthorityRecord } from '../../vault/shapes.ts'
import { callingName } from '../../x509/calling-name.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import type { Session } from '../session.ts'

/**
 * What a key is to sign. A CA that was retired or replaced goes on with lists and responses for what it issued, and
 * signs nothing else.
 */
export type Purpose = 'certificate' | 'request' | 'list' | 'response'

/** What was looked at; the transaction that stores what was signed compares it. */
export interface Standing {
  readonly reads: readonly Read<'authorities' | 'certificates' | 'keys' | 'endEntityKeys'>[]
}

export interface Asked {
  readonly authorityId: string
  readonly purpose: Purpose
  /** The CA's own certificate that was prepared with; null: whichever it has. */
  readonly certificateId: string | null
}

/** Rejects with 'authority-retired', 'authority-replaced', 'authority-renewed', 'key-destroyed' or 'key-elsewhere'. */
export async function standingOf(session: Session, asked: Asked): Promise<Standing> {
  const read = await requireRecord(session.vault, 'authorities', asked.authorityId)
  const own = await requireRecord(session.vault, 'certificates', read.value.certificateId)
  const name = callingName(parseCertificate(own.value.der))
  requireKey(read.value, name)
  requireActive(read.value, asked.purpose, name)
  if (asked.certificateId !== null && asked.certificateId !== read.value.certificateId)
    throw new CodedError('authority-renewed', { name })
  return { reads: [read, own] }
}

/** That it may sign certificates at all; whether its key is here is not asked. */
export function requireActive(
  { retiredAt, successorId }: AuthorityRecord,
  purpose: Purpose,
  name: string,
): void {
  if (purpose === 'list' || purpose === 'response') return
  if (retiredAt !== null) throw new CodedError('authority-retired', { name })
  if (successorId !== undefined) throw new CodedError('authority-replaced', { name })
}

function requireKey({ key, keyId }: AuthorityRecord, name: string): void {
  if (keyId !== null) return
  throw new CodedError(key === 'destroyed' ? 'key-destroyed' : 'key-elsewhere', { name })
}
