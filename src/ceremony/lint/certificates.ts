import { schemeFits, schemeOf } from '../../webcrypto/algorithms.ts'
import { namesMatch } from '../../x509/name-matching.ts'
import { authoritiesOf, type Authority } from '../authorities.ts'
import type { PlannedCertificate } from '../plan.ts'
import type { Linted } from './finding.ts'

type Authorities = ReadonlyMap<string, Authority>

/** Each certificate can be issued as it is planned, by the CA that is planned. */
export function lintCertificates(linted: Linted): void {
  const { plan } = linted
  const authorities = authoritiesOf(plan)
  for (const certificate of plan.certificates) {
    lintDates(certificate, authorities, linted)
    lintKey(certificate, authorities, linted)
    lintPathLength(certificate, authorities, linted)
    lintSubject(certificate, authorities, linted)
  }
  lintUsage(authorities, linted)
  lintExisting(authorities, linted)
}

function lintDates(certificate: PlannedCertificate, authorities: Authorities, { plan, add }: Linted): void {
  const { id: on, notBefore, notAfter, issuer } = certificate
  if (notAfter <= notBefore) add('dates-empty', { on })
  const above = issuer === null ? undefined : authorities.get(issuer)
  if (above && notBefore < above.notBefore) add('outside-issuer', { on, issuer: above.id, end: 'notBefore' })
  if (above && notAfter > above.notAfter) add('outside-issuer', { on, issuer: above.id, end: 'notAfter' })
  if (notBefore < plan.window.from || notBefore > plan.window.to) add('not-before-outside-window', { on })
}

function lintKey(certificate: PlannedCertificate, authorities: Authorities, { plan, add }: Linted): void {
  const { id: on, key, issuer, profile, signature } = certificate
  if ((profile === 'root') !== (issuer === null)) add('profile-issuer', { on, profile })
  if (issuer === null && !plan.keys.some(({ id }) => id === key)) add('self-signed-key', { on, key })
  const signer = authorities.get(issuer ?? on)
  if (issuer !== null && signer?.signsBy === null) add('issuer-elsewhere', { on, issuer })
  if (issuer !== null && signer?.isPlanned && !signer.isCa) add('responder-issues', { on, issuer })
  if (signer?.keyType && !schemeFits(signer.keyType, schemeOf(signature)))
    add('signature-mismatch', { on, signature, issuer: signer.id })
}

/** RFC 5280 §4.2.1.9: how many CAs may follow each CA above; one of the same name as its issuer is not counted. */
function lintPathLength(
  { id: on, issuer, profile, extensions }: PlannedCertificate,
  authorities: Authorities,
  { add }: Linted,
): void {
  if (profile === 'ocspSigner' && typeof extensions.pathLen === 'number') add('responder-path-length', { on })
  // One that is no CA is not counted.
  let below = profile === 'ocspSigner' ? -1 : 0
  let last = authorities.get(on)
  for (let next = issuer; next !== null;) {
    const above: Authority | undefined = authorities.get(next)
    if (!above || !last) return
    if (!namesMatch(last.subject, above.subject)) below += 1
    if (above.pathLen !== null && above.pathLen < below)
      add('path-length', { on, issuer: above.id, pathLen: above.pathLen })
    last = above
    next = above.issuer
  }
}

/** One key has one name, and one name one key. */
function lintSubject(
  { id: on, key }: PlannedCertificate,
  authorities: Authorities,
  { plan, add }: Linted,
): void {
  const own = authorities.get(on)
  const others = plan.certificates.slice(
    0,
    plan.certificates.findIndex(({ id }) => id === on),
  )
  for (const { id: other, isSameKey } of [
    ...plan.existing.map(({ id }) => ({ id, isSameKey: id === key })),
    ...others.map((each) => ({ id: each.id, isSameKey: each.key === key })),
  ]) {
    const that = authorities.get(other)
    if (!own || !that) continue
    const isSameName = namesMatch(own.subject, that.subject)
    if (isSameKey && !isSameName) add('subject-differs', { on, other })
    if (!isSameKey && isSameName) add('subject-shared', { on, other })
  }
}

/** RFC 5280 §4.2.1.3: keyCertSign for certificates, cRLSign for lists, digitalSignature for responses. */
function lintUsage(authorities: Authorities, { plan, add }: Linted): void {
  const issuing = new Set(plan.certificates.map(({ issuer }) => issuer))
  const listing = new Set(plan.lists.map(({ issuer }) => issuer))
  const answering = new Set(plan.responses.map(({ issuer, responder }) => responder ?? issuer))
  for (const { id: issuer, usage } of authorities.values()) {
    if (usage === null) continue
    if (issuing.has(issuer) && !usage.has('keyCertSign')) add('usage-missing', { issuer, bit: 'keyCertSign' })
    if (listing.has(issuer) && !usage.has('cRLSign')) add('usage-missing', { issuer, bit: 'cRLSign' })
    if (answering.has(issuer) && !usage.has('digitalSignature'))
      add('usage-missing', { issuer, bit: 'digitalSignature' })
  }
}

function lintExisting(authorities: Authorities, { plan, add }: Linted): void {
  const used = new Set([...plan.certificates, ...plan.lists, ...plan.responses].map(({ issuer }) => issuer))
  for (const { key } of plan.certificates) used.add(key)
  for (const { id: on } of plan.existing) {
    const authority = authorities.get(on)
    if (!authority) continue
    const { isCa, notBefore, notAfter } = authority
    if (!isCa) add('existing-not-ca', { on })
    // A key is destroyed when its certificate is over, too.
    if (used.has(on) && (notBefore > plan.window.from || notAfter < plan.window.to))
      add('existing-not-valid', { on })
  }
}
