/** What several kinds of calls have in common, and their views. */
import type { ComparedField } from '../ca/compare-request.ts'
import type { NameInput } from '../ca/input.ts'
import type { NotTaken } from '../ca/request-wishes.ts'
import type { Pkcs12Form } from '../containers/pkcs12/encode.ts'
import type { ErrorCode, ErrorDetails } from '../errors.ts'
import type { Finding } from '../findings.ts'

/** Where a field of a prepared certificate came from. */
export type FieldOrigin = 'profile' | 'operator' | 'issuer' | 'computed' | 'request' | 'former' | 'outside'

/** Why a field that was asked for is not given. */
export type NotGiven = NotTaken | 'not-chosen' | 'no-place'

/** A field asked for and given, and who decided it. */
export interface ComparedView extends ComparedField {
  readonly why: FieldOrigin | NotGiven | null
}

export interface InFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Why the browser did not hand its octets over; then there are none. */
  readonly unread?: string
}

/**
 * Something that whoever looks at a request alone would miss: lists of extensions that were joined; an extension asked for again,
 * and whether with other octets; an attribute of the subject whose octets are no text; a name that cannot be taken; more than one
 * challenge password (RFC 2985 §5.4.1).
 */
export type RequestNotice =
  | { readonly kind: 'lists-joined'; readonly lists: number }
  | { readonly kind: 'asked-again'; readonly field: string; readonly differs: boolean }
  | { readonly kind: 'subject-no-text'; readonly field: string }
  | { readonly kind: 'name-not-taken'; readonly name: string }
  /** Not taken either, unless what is offered in its place is confirmed. */
  | { readonly kind: 'name-offered'; readonly name: string; readonly instead: NameInput }
  | { readonly kind: 'password-again'; readonly passwords: number }
  /** What is wrong with its key, or cannot be found out about it. */
  | { readonly kind: 'key'; readonly finding: Finding }

/** Code and detail of a CodedError, so that it crosses to the page. */
export type CodedFailure = {
  [C in ErrorCode]: { readonly code: C; readonly detail: ErrorDetails[C] }
}[ErrorCode]

/** How a private key leaves: encrypted with a passphrase (PBES2), or plain after the page has warned. */
export type KeyProtection =
  | {
      kind: 'encrypted'
      passphrase: string
      /** Of a PKCS#12; 'legacy' for systems that open nothing newer. */
      form?: Pkcs12Form
    }
  /** The vault's passphrase is asked for again: an open vault is not enough. */
  | { kind: 'plain'; understood: true; vaultPassphrase: string }

/** How a CA's new key is kept. */
export type KeyKeeping = { kind: 'vault' } | { kind: 'own-passphrase'; passphrase: string }

/** What becomes of an end-entity's new key. */
export type EndEntityKeeping =
  { kind: 'sealed' } | { kind: 'hand-out'; format: 'pkcs8' | 'pkcs12'; protection: KeyProtection }
