import type { Finding } from '../../findings.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Profile } from '../profiles.ts'
import { ENTRY_RULES } from './entries.ts'
import { FORM_RULES } from './form.ts'
import type { AnyListRule } from './rule.ts'
import { WEBPKI_LIST_RULES } from './webpki.ts'

const RULES: readonly AnyListRule[] = [...FORM_RULES, ...ENTRY_RULES]
const remembered = {
  rfc5280: new WeakMap<CertificateList, Finding[]>(),
  webpki: new WeakMap<CertificateList, Finding[]>(),
}

/**
 * Returns the breaches of a list's issuer, by RFC 5280 §5 and, under `webpki`, the Baseline Requirements; none under
 * `path`, which requires no more of lists than §6.3 reads. The findings describe how well a list was made, not whether
 * it counts.
 */
export function lintList(list: CertificateList, profile: Profile): readonly Finding[] {
  if (profile === 'path') return []
  const memory = remembered[profile === 'webpki' ? 'webpki' : 'rfc5280']
  let findings = memory.get(list)
  if (!findings)
    memory.set(list, (findings = run(list, profile === 'webpki' ? [...RULES, ...WEBPKI_LIST_RULES] : RULES)))
  return findings
}

const run = (list: CertificateList, rules: readonly AnyListRule[]): Finding[] =>
  // A rule's details belong to its own code; TypeScript cannot follow that through the union.
  rules.flatMap(({ code, check }) => check(list).map((detail) => ({ code, detail }) as Finding))
