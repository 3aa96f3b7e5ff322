/** Types shared by several kinds of calls and their views. */
import type { ComparedField } from '../ca/compare-request.ts'
import type { NameInput } from '../ca/input.ts'
import type { NotTaken } from '../ca/request-wishes.ts'
import type { Pkcs12Form } from '../containers/pkcs12/encode.ts'
import type { ErrorCode, ErrorDetails } from '../errors.ts'
import type { Finding } from '../findings.ts'

/** The origin of a field of a prepared certificate. */
export type FieldOrigin =
  'profile' | 'setting' | 'operator' | 'issuer' | 'computed' | 'request' | 'former' | 'outside'

/** Why a requested field is not given. */
export type NotGiven = NotTaken | 'not-chosen' | 'no-place'

/** A requested and a given field, and who decided it. */
export interface ComparedView extends ComparedField {
  readonly why: FieldOrigin | NotGiven | null
}

export interface InFile {
  readonly name: string
  readonly bytes: Uint8Array
  /** Why the browser did not provide its octets; `bytes` is then empty. */
  readonly unread?: string
}

/**
 * Something a reader of the request alone would miss: merged lists of extensions; an extension requested twice, and
 * whether with different octets; an attribute of the subject whose octets are not text; a name that cannot be taken;
 * more than one challenge password (RFC 2985 §5.4.1).
 */
export type RequestNotice =
  | { readonly kind: 'lists-joined'; readonly lists: number }
  | { readonly kind: 'asked-again'; readonly field: string; readonly differs: boolean }
  | { readonly kind: 'subject-no-text'; readonly field: string }
  /** A requested extension whose octets are not of its form: nothing of it can be granted. */
  | { readonly kind: 'not-read'; readonly field: string }
  | { readonly kind: 'name-not-taken'; readonly name: string }
  /** Not taken either, unless the offered replacement is confirmed. */
  | { readonly kind: 'name-offered'; readonly name: string; readonly instead: NameInput }
  | { readonly kind: 'password-again'; readonly passwords: number }
  /** Attributes that have no place in a certificate, by name or OID; the first few of all. */
  | { readonly kind: 'attributes-left'; readonly attributes: readonly string[]; readonly all: number }
  /** A fault of its key, or something about it that cannot be determined. */
  | { readonly kind: 'key'; readonly finding: Finding }

/** Code and detail of a CodedError, in a form that crosses to the page. */
export type CodedFailure = {
  [C in ErrorCode]: { readonly code: C; readonly detail: ErrorDetails[C] }
}[ErrorCode]

/** How a private key is exported: encrypted with a passphrase (PBES2), or plain after the page's warning. */
export type KeyProtection =
  | {
      kind: 'encrypted'
      passphrase: string
      /** For a PKCS#12; 'legacy' for systems that cannot open newer forms. */
      form?: Pkcs12Form
      /** Required if anyone guesses the passphrase at once: such a file counts as plain. */
      worthless?: { understood: true; vaultPassphrase: Opens }
    }
  /** The vault's passphrase is required again: an open vault is not enough. */
  | { kind: 'plain'; understood: true; vaultPassphrase: Opens }

/** What a person gives to open something: a passphrase, or the id of a set whose shares were given before. */
export type Opens = string | { readonly shares: string }

/** Whether a CA's key is here, and can be opened; `isOwn`: only by what is its own. */
export const isOwn = (place: string | undefined): boolean => place === 'own-passphrase' || place === 'quorum'
export const isKeyHere = (place: string | undefined): boolean => place === 'vault' || isOwn(place)

/** How a CA's new key is kept. */
export type KeyKeeping = { kind: 'vault' } | { kind: 'own-passphrase'; passphrase: string }

/** How an end-entity's new key is kept or handed out. */
export type EndEntityKeeping =
  { kind: 'sealed' } | { kind: 'hand-out'; format: 'pkcs8' | 'pkcs12'; protection: KeyProtection }
