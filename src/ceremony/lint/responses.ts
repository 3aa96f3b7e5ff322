import { schedulePeriods } from '../../ca/list-schedule.ts'
import { DAY } from '../../time.ts'
import { parseCertificate } from '../../x509/certificate.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { authoritiesOf, type Authority } from '../authorities.ts'
import { PLAN_LIMITS } from '../plan-file/limits.ts'
import type { Plan, PlannedResponses } from '../plan.ts'
import type { Linted } from './finding.ts'

type Authorities = ReadonlyMap<string, Authority>

/** Responses are about certificates of their issuer, signed by it or by who speaks for it, and end before the signer does. */
export function lintResponses({ plan, add }: Linted): void {
  const authorities = authoritiesOf(plan)
  for (const responses of plan.responses) {
    const { id: on, issuer, responder, overlapDays } = responses
    for (const about of responses.certificates)
      if (!isIssuedBy(plan, authorities, about, issuer)) add('responses-of-other', { on, about, issuer })
    if (responder !== null && !isFit(plan, responder, issuer))
      add('responder-unfit', { on, responder, issuer })
    if (overlapDays === 0) add('responses-no-overlap', { on })
    const count = responses.count * responses.certificates.length * responses.hashes.length
    if (count > PLAN_LIMITS.answers) add('responses-too-many', { on, count, limit: PLAN_LIMITS.answers })
    const signer = authorities.get(responder ?? issuer)
    if (signer) lintTimes(responses, signer, add)
  }
}

/** Of one that exists its certificate says by whom; only the name is known here. */
function isIssuedBy(
  { certificates, existing }: Plan,
  authorities: Authorities,
  about: string,
  issuer: string,
) {
  const planned = certificates.find(({ id }) => id === about)
  if (planned) return planned.issuer === issuer
  const former = existing.find(({ id }) => id === about)
  const above = authorities.get(issuer)
  if (!former || !above || about === issuer) return false
  return namesMatch(parseCertificate(former.certificate).issuer, above.subject)
}

/** RFC 6960 §4.2.2.2: the CA itself has issued it, and it says so. */
function isFit({ certificates }: Plan, responder: string, issuer: string): boolean {
  const planned = certificates.find(({ id }) => id === responder)
  return planned?.issuer === issuer && planned.extensions.extKeyUsage?.includes('OCSPSigning') === true
}

function lintTimes(
  { id: on, thisUpdate: from, days, overlapDays, count }: PlannedResponses,
  { id: signer, notBefore, notAfter: until, signsBy }: Authority,
  add: Linted['add'],
): void {
  if (signsBy === null) add('issuer-elsewhere', { on, issuer: signer })
  if (from < notBefore) add('responses-before-signer', { on, signer })
  const fit = schedulePeriods({ from, days, overlapDays, count, firstNumber: 0n, until }).filter(
    ({ thisUpdate, nextUpdate }) =>
      nextUpdate.getTime() - thisUpdate.getTime() === (days + overlapDays) * DAY,
  )
  if (fit.length < count) add('responses-beyond', { on, signer, fit: fit.length, count })
}
