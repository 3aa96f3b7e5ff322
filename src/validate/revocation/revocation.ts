import { listStatements } from './crl.ts'
import { responseStatements } from './ocsp.ts'
import { failed, held, unchecked } from '../outcome.ts'
import { ALL_REASONS, NO_REASONS, reasonsIn } from './reasons.ts'
import { weigh } from './weigh.ts'
import type { Weighed } from './weigh.ts'
import type { Finding } from '../../findings.ts'
import type { Outcome } from '../outcome.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { ACCESS_METHOD_OIDS, EKU_OIDS } from '../../x509/oids.ts'
import type { RevocationQuestion } from './context.ts'
import { isCa } from '../../x509/roles.ts'

/**
 * RFC 5280 §6.3 and RFC 6960: whether the certificate is revoked, according to the given sources. One source that says
 * revoked is enough; good needs a current source that covers every reason. Without one, `require` refuses and `given`
 * accepts.
 */
export async function checkRevocation(
  certificate: Certificate,
  question: RevocationQuestion,
): Promise<Outcome> {
  const context = { ...question, statusOf: checkRevocation }
  const lists = await listStatements(certificate, context)
  const responses = await responseStatements(certificate, context)
  const sources = [...responses.sources, ...lists.sources]
  const statements = [...responses.statements, ...lists.statements]
  const isOpen = statements.some(({ forbidden }) => forbidden === 'signature-unchecked')
  const outcome = outcomeOf(certificate, weigh(statements, question.at), isOpen, question)
  return sources.length === 0 ? outcome : { ...outcome, sources }
}

/** `isOpen`: some statement has a signature that cannot be checked here. */
function outcomeOf(
  certificate: Certificate,
  weighed: Weighed,
  isOpen: boolean,
  { mode, at, budget }: RevocationQuestion,
): Outcome {
  const { status } = weighed
  switch (status) {
    case 'unreadable':
      return unchecked(status, { code: 'ocsp-status-unreadable', detail: null })
    case 'revoked':
    case 'on-hold':
      return failed(status, listing(weighed.by, at))
    case 'listed-on-unusable': {
      const { source, forbidden, says } = weighed.by
      const why = forbidden ?? 'critical-extension'
      return unchecked(status, { code: status, detail: { source, why, since: says.since } })
    }
  }
  // A signature that the budget did not cover may be on a CRL that revokes it.
  const cost = (['signatures', 'paths'] as const).find((each) => budget.lacks(each))
  if (cost !== undefined) {
    return unchecked('undetermined', {
      code: 'budget-exhausted',
      detail: { cost, limit: budget.limits[cost] },
    })
  }
  if (status === 'good') return held(status)
  if (needsNoStatus(certificate)) return held('no-status-needed')
  const notes: Finding[] = status === 'unknown' ? [{ code: 'ocsp-unknown', detail: null }] : []
  if (mode === 'given') return { outcome: 'not-applicable', detail: status, findings: notes }
  if (isOpen) return unchecked(status, ...notes)
  const { reasons } = weighed
  const missing = reasons === NO_REASONS ? null : reasonsIn(ALL_REASONS & ~reasons)
  return failed(status, { code: 'revocation-undetermined', detail: { missing } }, ...notes)
}

function listing(
  { says, source, standing, thisUpdate }: Extract<Weighed, { by: unknown }>['by'],
  at: Date,
): Finding {
  const { since } = says
  // A statement from after the validation date counts too: the clock may be slow, or the date in the past.
  const saidOn = standing === 'future' && thisUpdate > at ? thisUpdate : null
  return says.status === 'on-hold'
    ? { code: 'on-hold', detail: { source, since, saidOn } }
    : {
        code: 'revoked',
        detail: { source, since, reason: says.reason, invalidityDate: says.invalidityDate, saidOn },
      }
}

/**
 * RFC 9608 §3: an end-entity certificate whose issuer states that no revocation information is available, and names no
 * place for it; RFC 6960 §4.2.2.2.1: a responder's certificate, for its lifetime.
 */
function needsNoStatus(certificate: Certificate): boolean {
  const { cRLDistributionPoints, freshestCRL, authorityInfoAccess } = certificate
  if (isCa(certificate)) return false
  if (certificate.ocspNoCheck && certificate.extKeyUsage?.includes(EKU_OIDS.OCSPSigning) === true) return true
  return (
    certificate.noRevAvail === true &&
    cRLDistributionPoints === null &&
    freshestCRL === null &&
    !(authorityInfoAccess ?? []).some(({ method }) => method === ACCESS_METHOD_OIDS.ocsp)
  )
}
