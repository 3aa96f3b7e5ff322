import type { ErrorCode, ErrorDetails } from '../../errors.ts'
import type { KeyType } from '../../webcrypto/algorithms.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { OcspResponse } from '../../x509/ocsp.ts'

/** Where something was found. */
export interface Source {
  /** Of a file in an archive, the name of that, a stroke, and its own. */
  readonly file: string
  /** Line in a text, from 1; null in a binary file. */
  readonly line: number | null
  /** Octets from the start of the file. */
  readonly offset: number
  /** What the PEM block called itself. */
  readonly label: string | null
  /** Containers it was in, outermost first: 'PKCS#12', 'base64'. */
  readonly within: readonly string[]
}

/** A file that was given, or one out of an archive. */
export interface PileFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Why its octets could not be had; then there are none. */
  readonly unread?: string
}

/** The place of a whole file. */
export const fileSource = ({ name }: Pick<PileFile, 'name'>): Source => ({
  file: name,
  line: null,
  offset: 0,
  label: null,
  within: [],
})

export type PileItem =
  | {
      readonly kind: 'certificate'
      readonly certificate: Certificate
      readonly friendlyName: string | null
      readonly source: Source
    }
  | { readonly kind: 'request'; readonly der: Uint8Array; readonly source: Source }
  | { readonly kind: 'crl'; readonly crl: CertificateList; readonly source: Source }
  | {
      readonly kind: 'ocspResponse'
      readonly response: OcspResponse
      readonly der: Uint8Array
      readonly source: Source
    }
  | {
      readonly kind: 'privateKey'
      readonly keyType: KeyType
      readonly spki: Uint8Array
      /** Null unless keys were asked for: to match a key, its public half is enough. */
      readonly pkcs8: Uint8Array | null
      readonly friendlyName: string | null
      readonly source: Source
    }
  /** A container that none of the passwords opens. */
  | {
      readonly kind: 'locked'
      readonly format: LockedFormat
      /** `whole`: none of the passwords is its own. Else it is open, and a key or other contents want one of theirs. */
      readonly part: LockedPart
      /** Of a key that is closed by itself. */
      readonly friendlyName: string | null
      readonly source: Source
    }

export type LockedPart = 'whole' | 'key' | 'contents'
export type LockedFormat = 'PKCS#12' | 'PKCS#8' | 'PEM key' | 'JKS'

/** What could not be read; `code` and `detail` are those of a CodedError, so that it crosses to the page. */
export type PileProblem = {
  [C in ErrorCode]: {
    readonly code: C
    readonly detail: ErrorDetails[C]
    readonly source: Source
    /** What it is, where it would have told who is revoked. */
    readonly status?: StatusKind
  }
}[ErrorCode]

/** What tells who is revoked. */
export type StatusKind = 'crl' | 'ocspResponse'

/** What is worth saying though all was read. */
export interface PileNotice {
  readonly code: 'no-mac' | 'skipped-parts' | 'trust-settings' | 'trust-dates'
  readonly source: Source
}

export interface Pile {
  readonly items: readonly PileItem[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
  /** Files in which something stays closed, also those in archives: to be read again with another password. */
  readonly closed: readonly PileFile[]
}
