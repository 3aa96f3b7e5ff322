import { KEY_OIDS } from '../../x509/oids.ts'
import { TAG } from '../../der/reader.ts'
import { breach } from '../rule.ts'
import type { Rule } from '../rule.ts'

/** RFC 5480 §2.1.1: implicitCurve and specifiedCurve are not used; the curve is named. */
export const ecParametersNotNamed: Rule<'ec-parameters-not-named'> = {
  code: 'ec-parameters-not-named',
  applies: ({ spki }) => spki.algorithm.oid === KEY_OIDS.ecPublicKey && spki.algorithm.parameters !== null,
  check: ({ spki }) => breach(spki.algorithm.parameters?.[0] !== TAG.OID),
}
