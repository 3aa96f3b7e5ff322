import type { TRAP_ROWS } from '../../findings/traps.ts'
import type { SentencesOf } from '../words-of.ts'
import { named } from '../oid-names.ts'

type Slip =
  | 'name-garbled'
  | 'name-attribute-repeated'
  | 'country-not-iso'
  | 'access-location-repeated'
  | 'cps-address'
  | 'san-dns-reserved-label'

const GARBLED = {
  entity: ', with an HTML entity',
  encoding: ', which was encoded once too often or lost characters',
  filler: ', which is only a placeholder',
} as const

/** Mistakes that tables and forms put into names and addresses. */
export const nameSlips: Pick<SentencesOf<typeof TRAP_ROWS>, Slip> = {
  'name-garbled': ({ oid, text, fault }, certificate) =>
    `${certificate}: the attribute ${named(oid)} reads "${text}"${GARBLED[fault]}.`,
  'name-attribute-repeated': ({ oid, text }, certificate) =>
    `${certificate}: the subject has the attribute ${named(oid)}${text === null ? '' : ` with the value "${text}"`} more than once.`,
  'country-not-iso': ({ value, meant }, certificate) =>
    `${certificate}: the country is "${value}", which is not a code of ISO 3166${meant === null ? '' : `; it has ${meant}`}.`,
  'access-location-repeated': ({ address }, certificate) =>
    `${certificate}: authorityInfoAccess names ${address} twice for the same purpose.`,
  'cps-address': ({ address }, certificate) =>
    `${certificate}: certificatePolicies points to the practice statement at "${address}", which is not a web address.`,
  'san-dns-reserved-label': ({ name }, certificate) =>
    `${certificate}: the dNSName "${name}" has a label with -- in its third and fourth place. Such labels are reserved; only those that begin with xn-- are in use.`,
}
