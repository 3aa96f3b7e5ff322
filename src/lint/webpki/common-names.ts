import type { Attribute, Name } from '../../x509/name.ts'
import { ATTRIBUTE_OIDS } from '../../x509/oids.ts'

const COMMON_NAME = ATTRIBUTE_OIDS.CN

export const commonNames = ({ rdns }: Name): Attribute[] =>
  rdns.flat().filter(({ oid }) => oid === COMMON_NAME)
