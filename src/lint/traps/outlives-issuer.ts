import type { Rule } from '../rule.ts'

/** A certificate that outlives its issuer fails once the issuer has expired. */
export const outlivesIssuer: Rule<'outlives-issuer'> = {
  code: 'outlives-issuer',
  applies: (_, { issuer }) => issuer !== null,
  check: ({ notAfter }, { issuer }) =>
    issuer && notAfter > issuer.notAfter ? [{ notAfter, issuerNotAfter: issuer.notAfter }] : [],
}
