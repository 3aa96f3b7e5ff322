import type { ErrorCode, ErrorDetails } from '../../errors.ts'
import type { KeyType } from '../../webcrypto/algorithms.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { OcspResponse } from '../../x509/ocsp.ts'

/** The place where something was found. */
export interface Source {
  /** For a file in an archive: the archive's name, a slash, and its own. */
  readonly file: string
  /** Line in a text, from 1; null for a binary file. */
  readonly line: number | null
  /** Octets from the start of the file. */
  readonly offset: number
  /** The label of the PEM block. */
  readonly label: string | null
  /** Containers around it, outermost first: 'PKCS#12', 'base64'. */
  readonly within: readonly string[]
}

/** A given file, or one from an archive. */
export interface PileFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Why its octets could not be read; then there are none. */
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
      /** Null unless the caller asked for keys: to match a key, its public half is enough. */
      readonly pkcs8: Uint8Array | null
      readonly friendlyName: string | null
      readonly source: Source
    }
  /** A container that none of the passwords opens. */
  | {
      readonly kind: 'locked'
      readonly format: LockedFormat
      /** `whole`: no password opens it. Otherwise it is open, but a key or other content needs another password. */
      readonly part: LockedPart
      /** The name of a key that is encrypted separately, else null. */
      readonly friendlyName: string | null
      readonly source: Source
    }

export type LockedPart = 'whole' | 'key' | 'contents'
export type LockedFormat = 'PKCS#12' | 'PKCS#8' | 'PEM key' | 'JKS'

/** A problem; `code` and `detail` are those of a CodedError, so that it can be posted to the page. */
export type PileProblem = {
  [C in ErrorCode]: {
    readonly code: C
    readonly detail: ErrorDetails[C]
    readonly source: Source
    /** The kind of status source, if it would have been one. */
    readonly status?: StatusKind
  }
}[ErrorCode]

/** Kinds of revocation status sources. */
export type StatusKind = 'crl' | 'ocspResponse'

/** A notice: worth reporting although everything was read. */
export interface PileNotice {
  readonly code: 'no-mac' | 'skipped-parts' | 'trust-settings' | 'trust-dates'
  readonly source: Source
}

export interface Pile {
  readonly items: readonly PileItem[]
  readonly problems: readonly PileProblem[]
  readonly notices: readonly PileNotice[]
  /**
   * Returns the files with content still encrypted, including those in archives: to be read again with another
   * password.
   */
  readonly closed: readonly PileFile[]
}
