import type { Rule } from '../rule.ts'

/** A certificate that outlives its issuer fails from the issuer's end on. */
export const outlivesIssuer: Rule<'outlives-issuer'> = {
  code: 'outlives-issuer',
  applies: (_, { issuer }) => issuer !== null,
  check: ({ notAfter }, { issuer }) =>
    issuer && notAfter > issuer.notAfter ? [{ notAfter, issuerNotAfter: issuer.notAfter }] : [],
}
