import type { FindingCode, FindingDetails } from '../findings.ts'
import type { Place } from '../findings/row.ts'
import type { Certificate } from '../x509/certificate.ts'
import type { ExtensionName } from '../x509/extensions/values.ts'
import { EXTENSION_OIDS } from '../x509/oids.ts'

export interface LintContext {
  readonly place: Place
  /** When the certificate was, or is about to be, issued: limits that changed over time go by it. */
  readonly issuedAt: Date
  /** The issuing certificate where it is known; null for a self-signed one, or when one certificate is all there is. */
  readonly issuer: Certificate | null
}

/**
 * One demand on one certificate. The file is named by the code; section and severity stand in FINDINGS.
 * `check` returns the detail of each breach, an empty list where the demand is met. Both are pure and cheap: they run
 * before every signature.
 */
export interface Rule<C extends FindingCode> {
  readonly code: C
  /** Where it stands, a certificate that has none of these extensions is not concerned, and need not be asked. */
  readonly extensions?: readonly ExtensionName[]
  /** Whether the demand concerns this certificate at all; what does not apply is neither held nor broken. */
  readonly applies: (certificate: Certificate, context: LintContext) => boolean
  readonly check: (certificate: Certificate, context: LintContext) => readonly FindingDetails[C][]
}

/** A rule of any code. */
export type AnyRule = { [C in FindingCode]: Rule<C> }[FindingCode]

/** Bits that extensions may take; the one above them is ANY's. */
const ROOM = 31
const KNOWN = Object.values(EXTENSION_OIDS)
if (KNOWN.length > ROOM) throw new Error('more extensions than bits: rules would be skipped in silence')

const BITS = new Map<string, number>(KNOWN.map((oid, i) => [oid, 1 << i]))

/** Set for every certificate, and asked for by what asks for no extension. */
const ANY = 1 << 31

/** One bit for each extension we know by name. */
function bitsOf(extensions: readonly { readonly oid: string }[]): number {
  let bits = 0
  for (const { oid } of extensions) bits |= BITS.get(oid) ?? 0
  return bits
}

/** A rule in its list, with the extensions it asks for as bits. */
export type ListedRule = AnyRule & { readonly bits: number }

export const listed = (rules: readonly AnyRule[]): readonly ListedRule[] =>
  rules.map((rule) => {
    const { extensions } = rule
    return {
      ...rule,
      bits: extensions ? bitsOf(extensions.map((name) => ({ oid: EXTENSION_OIDS[name] }))) : ANY,
    }
  })

/** The certificate's own bits: what shares none with a rule's is not concerned. */
export const bitsIn = ({ extensions }: Certificate): number => ANY | bitsOf(extensions)

/** For a demand on every certificate. */
export const always = (): boolean => true

/** A rule whose breach needs no more words than its code. */
export const breach = (broken: boolean): readonly null[] => (broken ? BROKEN : [])
const BROKEN = [null] as const

const NONE: readonly never[] = []

/** The detail of each that breaks a rule; `detail` says null of the others. Mostly there is none, and no list is made. */
export function breaches<T, D>(items: readonly T[], detail: (item: T) => D | null): readonly D[] {
  let found: D[] | null = null
  for (const item of items) {
    const broken = detail(item)
    if (broken !== null) (found ??= []).push(broken)
  }
  return found ?? NONE
}
