import type { Rule } from '../rule.ts'

/** A certificate does not validate before its issuer's validity begins. */
export const beginsBeforeIssuer: Rule<'begins-before-issuer'> = {
  code: 'begins-before-issuer',
  applies: (_, { issuer }) => issuer !== null,
  check: ({ notBefore }, { issuer }) =>
    issuer && notBefore < issuer.notBefore ? [{ notBefore, issuerNotBefore: issuer.notBefore }] : [],
}
