import type { Certificate } from './certificate.ts'
import { namesMatch } from './name-matching.ts'
import { sameOctets } from '../octets.ts'

/** RFC 5280 §3.2, §6.1: issuer and subject are the same name, compared by §7.1. Mostly they are the same octets, or not alike. */
export const isSelfIssued = ({ issuer, subject }: Pick<Certificate, 'issuer' | 'subject'>): boolean =>
  sameOctets(issuer.der, subject.der) || namesMatch(issuer, subject)
