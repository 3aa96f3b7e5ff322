import { sameOctets } from '../octets.ts'
import type { Certificate } from './certificate.ts'
import { namesMatch } from './name-matching.ts'

/** RFC 5280 §4.2.1.9: the subject is a CA when basicConstraints says so, and nothing else says it. A request asks for it so too. */
export const isCa = ({ basicConstraints }: Pick<Certificate, 'basicConstraints'>): boolean =>
  basicConstraints?.ca === true

/** RFC 5280 §3.2, §6.1: issuer and subject are the same name, compared by §7.1. Mostly they are the same octets, or not alike. */
export const isSelfIssued = ({ issuer, subject }: Pick<Certificate, 'issuer' | 'subject'>): boolean =>
  sameOctets(issuer.der, subject.der) || namesMatch(issuer, subject)
