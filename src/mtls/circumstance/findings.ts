import type { Finding, FindingCode } from '../../findings.ts'
import type { Place } from '../../findings/row.ts'
import type { PathCertificate, PathReport } from '../../validate/report.ts'
import { isSelfIssued } from '../../x509/roles.ts'
import type { Unusual } from './unusual.ts'

/** What a finding is at a place, if it was measured there. */
const AT: { readonly [C in FindingCode]?: { readonly [P in Place]?: Unusual } } = {
  expired: { target: 'expired', ca: 'int-expired', anchor: 'root-expired' },
  'not-yet-valid': { target: 'notyet' },
  'key-cert-sign-missing': { ca: 'int-no-certsign' },
  'path-len-exceeded': { ca: 'pathlen', target: 'pathlen' },
  'name-not-permitted': { target: 'nameconstr' },
  'name-excluded': { target: 'nameconstr' },
  'purpose-not-nested': { ca: 'int-eku' },
  'critical-extension-unknown': { target: 'crit-ext' },
  'signature-invalid': { target: 'bad-sig' },
  'signature-sha1': { target: 'sha1' },
}

/** Found by the certificates, the path or the lists themselves. */
const ELSEWHERE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'purpose-not-allowed',
  'key-usage-inconsistent',
  'peer-name-mismatch',
  'common-name-ignored',
  'key-cert-sign-without-ca',
  'issuer-missing',
  'anchor-missing',
  'revoked',
  'revocation-undetermined',
  'san-not-critical-empty-subject',
  'server-without-san',
  'server-without-digital-signature',
])

/** What is unusual by the findings that refuse a path, or break a MUST. */
export const ofFindings = (path: PathReport): readonly Unusual[] =>
  path.certificates.flatMap((each) =>
    [...each.refusals, ...each.faults].flatMap((finding) => ofFinding(finding, each)),
  )

function ofFinding(finding: Finding, at: PathCertificate): readonly Unusual[] {
  if (ELSEWHERE.has(finding.code)) return []
  // A limit of the one who judges says nothing about the chain.
  if (finding.code === 'path-len-exceeded' && finding.detail.setBy === 'input') return []
  if (finding.code === 'signature-hash-broken')
    return [finding.detail.hash === 'MD5' && at.place === 'target' ? 'md5' : 'unmeasured']
  if (finding.code === 'not-a-ca' && at.place === 'ca' && at.certificate.version === 3)
    return [at.certificate.basicConstraints === null ? 'issuer-no-bc' : 'issuer-not-ca']
  // A root that was sent has the name of an anchor: it is another, and its own signature was not in question.
  if (finding.code === 'signature-invalid' && at.place === 'ca' && isSelfIssued(at.certificate)) return []
  return [AT[finding.code]?.[at.place] ?? 'unmeasured']
}
