import type { FindingCode, FindingDetails } from '../findings.ts'
import type { Place } from '../findings/row.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { ExtensionName } from '../x509/extensions/values.ts'
import { EXTENSION_OIDS } from '../x509/oids.ts'

export interface LintContext {
  readonly place: Place
  /** When the certificate was, or is about to be, issued: limits that changed over time depend on it. */
  readonly issuedAt: Date
  /** The issuing certificate if it is known; null for a self-signed one, or if there is only one certificate. */
  readonly issuer: Certificate | null
}

/**
 * One requirement for a certificate. The file is named after the code; section and severity are in FINDINGS. `check`
 * returns the detail of each breach, an empty list if there is none. Both functions are pure and cheap: they run before
 * every signature.
 */
export interface Rule<C extends FindingCode> {
  readonly code: C
  /** If present, a certificate with none of these extensions is skipped without calling `applies`. */
  readonly extensions?: readonly ExtensionName[]
  /** Whether the requirement applies to this certificate; if it does not, it is neither met nor broken. */
  readonly applies: (certificate: Certificate, context: LintContext) => boolean
  readonly check: (certificate: Certificate, context: LintContext) => readonly FindingDetails[C][]
}

/** A rule of any code. */
export type AnyRule = { [C in FindingCode]: Rule<C> }[FindingCode]

/** Bits available for extensions; the one above them is ANY's. */
const ROOM = 31
const KNOWN = Object.values(EXTENSION_OIDS)
if (KNOWN.length > ROOM) throw new Error('more extensions than bits: rules would be skipped in silence')

const BITS = new Map<string, number>(KNOWN.map((oid, i) => [oid, 1 << i]))

/** Set for every certificate, and required by rules that name no extension. */
const ANY = 1 << 31

/** One bit for each known extension. */
function bitsOf(extensions: readonly { readonly oid: string }[]): number {
  let bits = 0
  for (const { oid } of extensions) bits |= BITS.get(oid) ?? 0
  return bits
}

/** A rule in its list, with its required extensions as bits. */
export interface ListedRule {
  readonly code: FindingCode
  readonly bits: number
  readonly applies: AnyRule['applies']
  /** Details belong to the rule's own code; TypeScript cannot follow that through the union. */
  readonly check: (certificate: Certificate, context: LintContext) => readonly unknown[]
}

/** All have one shape in memory: they are run by the hundred on each certificate. */
export const listed = (rules: readonly AnyRule[]): readonly ListedRule[] =>
  rules.map(({ code, extensions, applies, check }) => ({
    code,
    bits: extensions ? bitsOf(extensions.map((name) => ({ oid: EXTENSION_OIDS[name] }))) : ANY,
    applies,
    check,
  }))

/** The certificate's own bits: a rule that shares none of them does not apply. */
export const bitsIn = ({ extensions }: Certificate): number => ANY | bitsOf(extensions)

/** For a requirement on every certificate. */
export const always = (): boolean => true

/** For a requirement on each certificate in which this extension is present and was read. */
export const readable =
  (extension: ExtensionName) =>
  (certificate: Certificate): boolean =>
    certificate[extension] !== null

/** For a rule whose breach has no detail. */
export const breach = (broken: boolean): readonly null[] => (broken ? BROKEN : [])
const BROKEN = [null] as const

const NONE: readonly never[] = []

/**
 * Returns the detail of each item that breaks a rule; `detail` returns null for the others. Usually there is none, and
 * no list is allocated.
 */
export function breaches<T, D>(items: readonly T[], detail: (item: T) => D | null): readonly D[] {
  let found: D[] | null = null
  for (const item of items) {
    const broken = detail(item)
    if (broken !== null) (found ??= []).push(broken)
  }
  return found ?? NONE
}
