import { parseWhole, TAG } from '../der/reader.ts'
import type { PolicyInformation } from '../x509/extensions/certificate-policies.ts'
import { POLICY_OIDS } from '../x509/oids.ts'

/** One UserNotice (RFC 5280 §4.2.1.4); `tag` is −1 and `text` null if it has no explicitText. */
export interface UserNotice {
  readonly policy: string
  readonly noticeRef: boolean
  readonly tag: number
  /** Null if there is none, or its octets break its string type. */
  readonly text: string | null
}

/** Returns the user notices of all policies; unreadable ones are skipped. */
export function userNotices(policies: readonly PolicyInformation[] | null): UserNotice[] {
  return (policies ?? []).flatMap(({ oid, qualifiers }) =>
    qualifiers
      .filter((qualifier) => qualifier.oid === POLICY_OIDS.userNotice)
      .flatMap(({ value }) => parse(oid, value)),
  )
}

function parse(policy: string, value: Uint8Array): UserNotice[] {
  try {
    return parseWhole(value, (whole) => {
      const reader = whole.sequence()
      const noticeRef = reader.optional(TAG.SEQUENCE) !== null
      const tag = reader.peekTag()
      const text = reader.atEnd ? null : decode(tag, reader.content())
      reader.finish()
      return [{ policy, noticeRef, tag, text }]
    })
  } catch {
    return []
  }
}

function decode(tag: number, content: Uint8Array): string | null {
  const encoding = tag === TAG.BMP_STRING ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(content)
  } catch {
    return null
  }
}
