/**
 * The steps of path validation: what each checks, in a few words, and what its section requires. The requirements are
 * those of the steps themselves (`validate/path/`), which a test compares.
 */
export const steps: Readonly<Record<string, { readonly title: string; readonly requirement: string }>> = {
  'build-path': {
    title: 'A path leads to a trust anchor',
    requirement: 'A chain of certificates must lead from a trust anchor to the certificate.',
  },
  'verify-signature': {
    title: 'The issuer’s key verifies the signature',
    requirement: 'The public key carried down from the certificate above must verify the signature.',
  },
  'reject-sha1': {
    title: 'The signature does not use SHA-1',
    requirement: 'The hash must not be MD2, MD4 or MD5, nor SHA-1 unless allowed.',
  },
  'require-validity': {
    title: 'The date is within its validity',
    requirement: 'The time must be from notBefore to notAfter, both included.',
  },
  'require-not-revoked': {
    title: 'It is not revoked',
    requirement: 'The certificate must not be revoked at that time.',
  },
  'require-issuer-name': {
    title: 'Its issuer’s name is the subject above',
    requirement: 'The issuer must be the subject of the certificate above, compared as §7.1 says.',
  },
  'require-permitted-names': {
    title: 'Its names are within what is permitted',
    requirement: 'Each name must be within the permitted subtrees; self-issued CAs are exempt.',
  },
  'reject-excluded-names': {
    title: 'None of its names is excluded',
    requirement: 'No name may be within the excluded subtrees; self-issued CAs are exempt.',
  },
  'extend-policy-graph': {
    title: 'Its policies are taken up',
    requirement: 'A policy stays valid where the graph expects it; anyPolicy stands for all until inhibited.',
  },
  'require-policies': {
    title: 'Policies are carried on',
    requirement: 'Without certificatePolicies, no policy is valid from here on.',
  },
  'require-explicit-policy': {
    title: 'There is an acceptable policy if one is required',
    requirement: 'Once explicit_policy is 0, some policy must still be valid.',
  },
  'require-key-identifier': {
    title: 'Its authority key identifier is the issuer’s',
    requirement: 'authorityKeyIdentifier must name the key and serial number of the certificate above.',
  },
  'reject-any-policy-mapping': {
    title: 'anyPolicy is not mapped',
    requirement: 'anyPolicy must be neither mapped nor mapped to.',
  },
  'map-policies': {
    title: 'Policies are mapped',
    requirement: 'Policies are expected below as mapped; where mapping is inhibited, mapped ones end here.',
  },
  'set-working-issuer': {
    title: 'Its name and key become those of the next issuer',
    requirement: 'Subject and key become those that the next certificate is checked with.',
  },
  'add-name-constraints': {
    title: 'Its name constraints are added',
    requirement: 'Permitted subtrees are intersected, excluded ones united.',
  },
  'decrement-policy-counts': {
    title: 'Policy counters go down by one',
    requirement: 'Unless self-issued, the certificate lowers each policy counter above 0 by one.',
  },
  'apply-policy-constraints': {
    title: 'Its policy constraints are applied',
    requirement: 'requireExplicitPolicy and inhibitPolicyMapping lower their counters.',
  },
  'apply-inhibit-any-policy': {
    title: 'inhibitAnyPolicy is applied',
    requirement: 'inhibitAnyPolicy lowers its counter.',
  },
  'require-ca': {
    title: 'It may issue: basicConstraints says cA',
    requirement: 'A certificate that issues must say cA in basicConstraints.',
  },
  'decrement-path-length': {
    title: 'The path is not longer than allowed',
    requirement: 'Unless self-issued, the certificate lowers max_path_length by one; it must not be 0.',
  },
  'apply-path-len': {
    title: 'Its pathLen is applied',
    requirement: 'pathLenConstraint lowers max_path_length.',
  },
  'require-key-cert-sign': {
    title: 'Its key may sign certificates',
    requirement: 'Where keyUsage is present, it must have keyCertSign.',
  },
  'reject-unknown-critical-extensions': {
    title: 'Every critical extension is understood',
    requirement: 'Every critical extension must be known and processed.',
  },
  'require-nested-purpose': {
    title: 'Its purposes include the one asked for',
    requirement: 'extKeyUsage of a CA limits what certificates below it are for.',
  },
  'decrement-explicit-policy': {
    title: 'The counter of explicit policy goes down',
    requirement: 'The target lowers explicit_policy by one while it is above 0.',
  },
  'apply-target-policy-constraints': {
    title: 'Its policy constraints are applied',
    requirement: 'requireExplicitPolicy of 0 in the target demands a policy at once.',
  },
  'set-target-key': {
    title: 'Its key is the one that was asked about',
    requirement: 'The key of the target, with its parameters, is the result.',
  },
  'intersect-policies': {
    title: 'Policies asked for and found overlap',
    requirement: 'Once explicit_policy is 0, a policy asked for must still be valid.',
  },
  'require-purpose': {
    title: 'It may be used for the purpose asked for',
    requirement: 'Where extKeyUsage is present, it must have the purpose asked for.',
  },
  'require-time-stamper': {
    title: 'A time stamper’s certificate is for time stamping alone',
    requirement: 'extKeyUsage must be critical with timeStamping alone, and keyUsage for signatures only.',
  },
  'require-consistent-key-usage': {
    title: 'Its key usage fits the purpose',
    requirement: 'keyUsage must allow what the purpose needs.',
  },
  'require-peer-names': {
    title: 'It is for the name asked for',
    requirement: 'subjectAltName must have the name asked for, in the form that belongs to it.',
  },
  'require-pins': {
    title: 'It is the certificate that was expected',
    requirement: 'The certificate or its key must be one that the caller expects.',
  },
  'apply-anchor-name-constraints': {
    title: 'The anchor’s name constraints are taken up',
    requirement: 'Name constraints of the anchor hold from the start.',
  },
  'apply-anchor-policies': {
    title: 'The anchor’s policies are taken up',
    requirement: 'Policies and policy constraints of the anchor narrow what the caller asks.',
  },
  'apply-anchor-path-len': {
    title: 'The anchor’s pathLen is taken up',
    requirement: 'pathLenConstraint of the anchor limits the path from the start.',
  },
}
