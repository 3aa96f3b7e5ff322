import type { DistributionPoint } from '../../x509/extensions/distribution-points.ts'
import { readable } from '../rule.ts'
import type { Rule } from '../rule.ts'

const FIELDS = [
  'reasons',
  'cRLIssuer',
  'nameRelativeToCRLIssuer',
] as const satisfies (keyof DistributionPoint)[]

/** BR §7.1.2.11.2: a distribution point consists of a full name only. */
export const brDistributionPointField: Rule<'br-distribution-point-field'> = {
  code: 'br-distribution-point-field',
  extensions: ['cRLDistributionPoints'],
  applies: readable('cRLDistributionPoints'),
  check: ({ cRLDistributionPoints }) =>
    FIELDS.filter((field) => cRLDistributionPoints?.some((point) => point[field] !== null)).map((field) => ({
      field,
    })),
}
