import type { LintFindingDetails } from '../../findings/lint.ts'
import { named } from './oid-words.ts'

type Slip = 'name-garbled' | 'name-attribute-repeated' | 'country-not-iso'

const GARBLED = {
  entity: ', a mark of HTML among it',
  encoding: ', text that was encoded once too often or lost characters',
  filler: ', which names nothing',
} as const

/** What tables and forms put into names by accident. */
export const nameSlips: {
  [C in Slip]: (detail: LintFindingDetails[C], certificate: string) => string
} = {
  'name-garbled': ({ oid, text, fault }, certificate) =>
    `${certificate}: the attribute ${named(oid)} reads "${text}"${GARBLED[fault]}.`,
  'name-attribute-repeated': ({ oid, text }, certificate) =>
    `${certificate}: the subject has the attribute ${named(oid)}${text === null ? '' : ` with the value "${text}"`} more than once.`,
  'country-not-iso': ({ value, meant }, certificate) =>
    `${certificate}: the country is "${value}", which is no code of ISO 3166${meant === null ? '' : `; it has ${meant}`}.`,
}
