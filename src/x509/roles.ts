import { sameOctets } from '../octets.ts'
import type { Certificate } from './certificate.ts'
import { namesMatch } from './name-matching.ts'

/** RFC 5280 §4.2.1.9: only basicConstraints makes the subject a CA, also in a request. */
export const isCa = ({ basicConstraints }: Pick<Certificate, 'basicConstraints'>): boolean =>
  basicConstraints?.ca === true

/**
 * RFC 5280 §3.2, §6.1: issuer and subject are the same name, compared by §7.1. Usually the octets are identical, or the
 * names are entirely different.
 */
export const isSelfIssued = ({ issuer, subject }: Pick<Certificate, 'issuer' | 'subject'>): boolean =>
  sameOctets(issuer.der, subject.der) || namesMatch(issuer, subject)
