import type { Attribute, Name } from '../../x509/name.ts'

const COMMON_NAME = '2.5.4.3'

export const commonNames = ({ rdns }: Name): Attribute[] =>
  rdns.flat().filter(({ oid }) => oid === COMMON_NAME)
