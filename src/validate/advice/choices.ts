import { anchorCountsIn, DEFAULT_PROFILE } from '../../lint/profiles.ts'
import { sameOctets } from '../../octets.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { ValidateOptions } from '../options.ts'
import type { Pool } from '../pool.ts'
import { PURPOSES } from '../purpose.ts'
import type { Purpose } from '../purpose.ts'
import type { PathCertificate, Report } from '../report.ts'
import { validate } from '../validate.ts'

/** What a person may ask otherwise; named after the option. */
export type Choice =
  'purpose' | 'profile' | 'revocation' | 'ekuNesting' | 'anchorConstraints' | 'allowSha1' | 'explore'

const ALL_PURPOSES: readonly (Purpose | 'any')[] = ['any', ...(Object.keys(PURPOSES) as Purpose[])]
const PROFILES = ['standard', 'path', 'rfc5280', 'webpki'] as const
const REVOCATIONS = ['none', 'given', 'require'] as const

/** Every other way to make a choice. */
const OTHERWISE: Readonly<Record<Choice, (asked: ValidateOptions) => readonly Partial<ValidateOptions>[]>> = {
  purpose: ({ purpose = 'any' }) =>
    ALL_PURPOSES.filter((other) => other !== purpose).map((other) => ({ purpose: other })),
  profile: ({ profile = DEFAULT_PROFILE }) =>
    PROFILES.filter((other) => other !== profile).map((other) => ({ profile: other })),
  revocation: ({ revocation = 'none' }) =>
    REVOCATIONS.filter((other) => other !== revocation).map((other) => ({ revocation: other })),
  ekuNesting: ({ ekuNesting = false }) => [{ ekuNesting: !ekuNesting }],
  anchorConstraints: ({ anchorConstraints, profile = DEFAULT_PROFILE }) => [
    { anchorConstraints: !(anchorConstraints ?? anchorCountsIn(profile)) },
  ],
  allowSha1: ({ allowSha1 = false }) => [{ allowSha1: !allowSha1 }],
  explore: ({ explore = 'first' }) => [{ explore: explore === 'first' ? 'all' : 'first' }],
}
const CHOICES = Object.keys(OTHERWISE) as Choice[]

/**
 * Returns the choices that change the answer if they alone are made otherwise: the verdict, the path shown, what refuses it
 * or is a fault of it, or how many paths there are. Each is tried, a validation each; all are returned where the search
 * reached its limits, because nothing can be said there.
 */
export async function choicesThatMatter(
  target: Certificate,
  pool: Pool,
  options: ValidateOptions,
  base: Report,
  { signal }: { signal?: AbortSignal } = {},
): Promise<readonly Choice[]> {
  if (base.verdict === 'exhausted') return CHOICES
  const matter: Choice[] = []
  for (const choice of CHOICES)
    for (const other of OTHERWISE[choice](options)) {
      signal?.throwIfAborted()
      if (isSame(base, await validate(target, pool, { ...options, ...other }))) continue
      matter.push(choice)
      break
    }
  return matter
}

function isSame(one: Report, other: Report): boolean {
  const [these, those] = [shown(one), shown(other)]
  return (
    one.verdict === other.verdict &&
    one.paths.length === other.paths.length &&
    these.length === those.length &&
    these.every((each, at) => isSameCertificate(each, those[at]!))
  )
}

const shown = ({ paths, best }: Report): readonly PathCertificate[] => paths[best]?.certificates ?? []

const isSameCertificate = (one: PathCertificate, other: PathCertificate): boolean =>
  sameOctets(one.certificate.der, other.certificate.der) && said(one) === said(other)

/** The findings that count, in their order. */
const said = ({ refusals, faults, undecided }: PathCertificate): string =>
  JSON.stringify([refusals.map(({ code }) => code), faults.map(({ code }) => code), undecided])
