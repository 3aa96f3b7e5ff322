import { DEFAULT_PROFILE } from '../../lint/profiles.ts'
import type { FindingCode } from '../../findings.ts'
import { targetFirst } from '../../messages/verdict-text.ts'
import { sameOctets } from '../../octets.ts'
import type { ValidateAnswer, ValidatedCertificate } from '../../border/protocol/validate.ts'
import type { ValidateOptions } from '../../validate/options.ts'

/** The one of two answers that a difference is about. */
export type Which = 'first' | 'second'

/** What two answers differ in, the first of it from the target upwards; certificates as they are in the answers. */
export type Difference =
  | { readonly kind: 'unread'; readonly of: Which }
  | {
      readonly kind: 'target' | 'issuer'
      readonly first: ValidatedCertificate
      readonly second: ValidatedCertificate
      readonly sameName: boolean
      readonly sameKey: boolean
    }
  /** `of` has no certificate above `below`, where the other has `name`. */
  | {
      readonly kind: 'left-out' | 'ends-earlier'
      readonly of: Which
      readonly missing: ValidatedCertificate
      readonly below: ValidatedCertificate | null
    }
  /** The same chain, whose highest certificate only `of` trusts. */
  | { readonly kind: 'trust'; readonly of: Which; readonly top: ValidatedCertificate }
  | { readonly kind: 'asked'; readonly what: Asking }
  | {
      readonly kind: 'finding'
      readonly of: Which
      readonly about: ValidatedCertificate
      readonly code: FindingCode
    }
  | { readonly kind: 'order'; readonly of: Which }

export type Asking = 'at' | 'purpose' | 'names' | 'profile' | 'revocation' | 'others'

/** Answers that were asked for the current time are some minutes apart. */
const SAME_TIME = 3_600_000

/** Returns the first difference of two answers, null if there is none that matters. */
export function differenceOf(first: ValidateAnswer, second: ValidateAnswer): Difference | null {
  if ((first.unread === null) !== (second.unread === null))
    return { kind: 'unread', of: first.unread ? 'first' : 'second' }
  return (
    inChain(first, second) ??
    inQuestion(first.same.options, second.same.options) ??
    inFindings(first, second) ??
    (first.order.asSent === second.order.asSent
      ? null
      : { kind: 'order', of: first.order.asSent ? 'second' : 'first' })
  )
}

const bestOf = ({ report }: ValidateAnswer) => report.paths[report.best]

function inChain(first: ValidateAnswer, second: ValidateAnswer): Difference | null {
  const [these, those] = [targetFirst(first.report), targetFirst(second.report)]
  for (let at = 0; at < Math.max(these.length, those.length); at++) {
    const [one, other] = [these[at], those[at]]
    if (one && other) {
      if (one.card.fingerprint === other.card.fingerprint) continue
      return {
        kind: at === 0 ? 'target' : 'issuer',
        first: one,
        second: other,
        sameName: one.card.subject === other.card.subject,
        sameKey: sameOctets(one.card.spkiHash, other.card.spkiHash),
      }
    }
    const of = one ? 'second' : 'first'
    const ended = bestOf(of === 'first' ? first : second)
    const missing = one ?? other
    if (!missing) break
    return { kind: ended?.complete ? 'ends-earlier' : 'left-out', of, missing, below: these[at - 1] ?? null }
  }
  const top = these.at(-1)
  const [trusts, trustsToo] = [bestOf(first)?.complete, bestOf(second)?.complete]
  return top && trusts !== trustsToo ? { kind: 'trust', of: trusts ? 'first' : 'second', top } : null
}

function inQuestion(first: ValidateOptions, second: ValidateOptions): Difference | null {
  if (Math.abs(first.at.getTime() - second.at.getTime()) > SAME_TIME) return { kind: 'asked', what: 'at' }
  const what = ASKED.find(([, read]) => JSON.stringify(read(first)) !== JSON.stringify(read(second)))?.[0]
  return what ? { kind: 'asked', what } : null
}

const ASKED: readonly (readonly [Asking, (asked: ValidateOptions) => unknown])[] = [
  ['purpose', ({ purpose = 'any' }) => purpose],
  ['names', ({ peerNames = [] }) => peerNames],
  ['profile', ({ profile = DEFAULT_PROFILE }) => profile],
  ['revocation', ({ revocation = 'none' }) => revocation],
  [
    'others',
    ({ ekuNesting = false, anchorConstraints = null, allowSha1 = false, pins = [], explore = 'first' }) => [
      ekuNesting,
      anchorConstraints,
      allowSha1,
      pins,
      explore,
    ],
  ],
]

/** A finding that counts in one and not in the other: what refuses before faults. */
function inFindings(first: ValidateAnswer, second: ValidateAnswer): Difference | null {
  const [these, those] = [targetFirst(first.report), targetFirst(second.report)]
  for (const counting of [refusing, faulty, undeciding])
    for (const [at, one] of these.entries()) {
      const other = those[at]
      if (!other) continue
      const [codes, others] = [counting(one), counting(other)]
      const only = codes.find((code) => !others.includes(code))
      if (only) return { kind: 'finding', of: 'first', about: one, code: only }
      const too = others.find((code) => !codes.includes(code))
      if (too) return { kind: 'finding', of: 'second', about: other, code: too }
    }
  return null
}

const refusing = ({ refusals }: ValidatedCertificate): FindingCode[] => refusals.map(({ code }) => code)
const faulty = ({ faults }: ValidatedCertificate): FindingCode[] => faults.map(({ code }) => code)
const undeciding = ({ rows }: ValidatedCertificate): FindingCode[] =>
  rows
    .filter(({ outcome }) => outcome === 'unchecked')
    .flatMap(({ findings }) => findings.map(({ code }) => code))
