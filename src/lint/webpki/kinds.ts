import { EKU_OIDS, POLICY_OIDS, BR_POLICY_OIDS } from '../../x509/oids.ts'
import type { Certificate } from '../../x509/certificate.ts'
import type { LintContext } from '../rule.ts'

/** BR §7.1.2.8: a delegated OCSP responder, which has no other purpose. */
export const isResponder = ({ extKeyUsage }: Certificate): boolean =>
  extKeyUsage !== null &&
  extKeyUsage.includes(EKU_OIDS.OCSPSigning) &&
  !extKeyUsage.includes(EKU_OIDS.serverAuth)

/** BR §7.1.2.7: certificates checked as a server's; a responder has a profile of its own. */
export const isSubscriber = (certificate: Certificate, { place }: LintContext): boolean =>
  place === 'target' && !isResponder(certificate)

/** BR §7.1.6.1: the reserved policy identifiers, by the kind of validation they assert. */
const RESERVED: ReadonlyMap<string, 'DV' | 'OV' | 'IV' | 'EV'> = new Map([
  [BR_POLICY_OIDS.domainValidated, 'DV'],
  [BR_POLICY_OIDS.organizationValidated, 'OV'],
  [BR_POLICY_OIDS.individualValidated, 'IV'],
  [BR_POLICY_OIDS.extendedValidated, 'EV'],
])
export type Validation = 'DV' | 'OV' | 'IV' | 'EV'

/** Returns the kinds of validation that its reserved policy identifiers claim, in their order. */
export const validationsOf = ({ certificatePolicies }: Certificate): Validation[] =>
  (certificatePolicies ?? []).flatMap(({ oid }) => RESERVED.get(oid) ?? [])

export const isReservedPolicy = (oid: string): boolean => RESERVED.has(oid)

export const hasAnyPolicy = ({ certificatePolicies }: Certificate): boolean =>
  certificatePolicies?.some(({ oid }) => oid === POLICY_OIDS.anyPolicy) === true

/** Returns the attribute types of the subject, each once, in order. */
export const subjectAttributes = ({ subject }: Certificate): string[] => [
  ...new Set(subject.rdns.flat().map(({ oid }) => oid)),
]
