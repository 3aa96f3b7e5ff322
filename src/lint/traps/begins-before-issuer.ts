import type { Rule } from '../rule.ts'

/** Before its issuer begins, a certificate does not validate. */
export const beginsBeforeIssuer: Rule<'begins-before-issuer'> = {
  code: 'begins-before-issuer',
  applies: (_, { issuer }) => issuer !== null,
  check: ({ notBefore }, { issuer }) =>
    issuer && notBefore < issuer.notBefore ? [{ notBefore, issuerNotBefore: issuer.notBefore }] : [],
}
