import '../../support/english.ts'
import { expect, test } from 'vitest'
import { FINDINGS } from '../../../src/findings.ts'
import type { FindingCode } from '../../../src/findings.ts'
import { messages } from '../../../src/messages/messages.ts'
import { REVOCATION_CHAINS } from '../../../src/services/validate/examples/revocation.ts'
import { exampleCodes, ruleExample } from '../../../src/services/validate/rule-examples.ts'

/** Unavoidable findings next to a broken rule: the same fault found by another rule, or its consequence. */
const BESIDE: { readonly [C in FindingCode]?: readonly FindingCode[] } = {
  'extension-unprocessable': ['extension-unreadable'],
  'key-identifier-mismatch': ['aki-not-issuer-ski'],
  'aki-not-issuer-ski': ['key-identifier-mismatch'],
  'signature-algorithm-parameters': ['signature-unchecked'],
  'ca-subject-empty': ['issuer-empty', 'subject-and-san-missing'],
  'issuer-empty': ['ca-subject-empty', 'subject-and-san-missing'],
  'policy-mapping-any-policy': ['policy-mapping-any'],
  'san-dns-not-a-label': ['string-type-broken'],
  'subject-directory-attributes-critical': ['critical-extension-unknown'],
  'path-len-without-key-cert-sign': ['key-cert-sign-missing'],
  'name-constraints-distance': ['name-constraint-malformed'],
  'name-constraints-ip-malformed': ['name-constraint-malformed'],
  'name-constraints-name-malformed': ['name-constraint-malformed'],
  'distribution-point-relative-name-ambiguous': ['distribution-point-relative-name'],
  'unique-id-in-v1': ['unique-id-present'],
  'der-named-bits-trailing-zeros': ['key-usage-not-critical'],
  'named-bits-unknown': ['key-usage-not-critical'],
  'validity-reversed': ['expired'],
  'br-unique-id': ['unique-id-present'],
  'br-version': ['version-not-3'],
  'br-san-critical': ['san-critical-with-subject'],
  'br-dns-name': ['san-dns-malformed'],
  'br-key-usage-not-critical': ['key-usage-not-critical'],
  'br-name-constraints-empty': ['name-constraints-empty'],
  'br-aki-missing': ['aki-missing'],
  'br-rsa-size': ['rsa-below-2048'],
  'br-rsa-exponent': ['rsa-exponent-unusable'],
  'bit-string-not-octets': ['key-malformed'],
  'signature-hash-broken': ['signature-unchecked'],
  'br-aki-mismatch': ['aki-not-issuer-ski', 'key-identifier-mismatch'],
  'br-aki-issuer-and-serial': ['authority-serial-mismatch'],
  'br-aki-key-identifier-missing': ['aki-missing', 'authority-serial-mismatch', 'br-aki-issuer-and-serial'],
  'precertificate-with-timestamps': ['critical-extension-unknown'],
  'common-name-ignored': ['peer-name-mismatch'],
  'aki-issuer-and-serial': ['authority-serial-mismatch'],
  'name-constraints-leading-dot': ['name-constraint-leading-dot'],
  // Version 1 has no extensions.
  'crl-version-1': ['crl-authority-key-identifier-missing', 'crl-number-missing', 'revocation-undetermined'],
  'crl-signature-algorithm-mismatch': ['crl-signature-invalid', 'revocation-undetermined'],
  // A signature with an algorithm that is not known in this form cannot be checked.
  'crl-signature-algorithm-parameters': [],
  // It counts all the same.
  'ocsp-signer-key-usage': [],
  'crl-dates-reversed': ['crl-stale', 'revocation-undetermined'],
  'crl-entry-critical-extension-unknown': ['listed-on-unusable'],
  'listed-on-unusable': ['crl-critical-extension-unknown'],
  'ocsp-status-unreadable': ['ocsp-answer-imperfect'],
}

/** Without a usable CRL or response, the status is not known. */
const UNDETERMINED = (Object.keys(REVOCATION_CHAINS) as FindingCode[]).filter(
  (code) => FINDINGS[code].severity === 'warning' && !code.startsWith('br-'),
)
const besides = (code: FindingCode): readonly FindingCode[] =>
  BESIDE[code] ?? (UNDETERMINED.includes(code) ? ['revocation-undetermined'] : [])

test.each(exampleCodes())('the example of %s breaks that rule and no other', async (code) => {
  const { report } = await ruleExample(code)
  const { certificates } = report!.paths[report!.best]!
  const found = certificates.flatMap(({ rows }) =>
    rows.flatMap(({ findings, sources = [] }) => [...findings, ...sources.flatMap((each) => each.findings)]),
  )
  const codes = new Set(found.map((finding) => finding.code))
  expect([...codes].sort()).toEqual([code, ...besides(code)].sort())
  const refused = certificates.some(({ refusals }) => refusals.length > 0)
  const undecided = ['unchecked', 'exhausted'].includes(report!.verdict)
  expect(report!.verdict === 'valid' || report!.verdict === 'valid-with-faults').toBe(!refused && !undecided)
})

test('a code without an example is answered so', async () => {
  expect(await ruleExample('tier-breaks-form')).toEqual({ code: 'tier-breaks-form', report: null })
})

/** Rules that no chain can demonstrate, each with the reason that the page gives. */
const WITHOUT: readonly FindingCode[] = [
  'outlives-tier',
  'tier-breaks-form',
  'tier-revoked',
  'tier-on-hold',
  'possession-unchecked',
  'issuer-name-mismatch',
  'validity-backdated',
]

test('every code has an example, but for those the page gives a reason for', () => {
  const drawn = new Set(exampleCodes())
  const all = Object.keys(FINDINGS) as FindingCode[]
  expect(all.filter((code) => !drawn.has(code)).sort()).toEqual([...WITHOUT].sort())
  expect(Object.keys(messages().ui.validate.rule.noExample).sort()).toEqual([...WITHOUT].sort())
})
