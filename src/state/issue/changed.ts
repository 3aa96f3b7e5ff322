import { lines, type Draft } from './draft.ts'

export type ChangedPart =
  | 'attributes'
  | 'constraints'
  | 'usage'
  | 'policies'
  | 'addresses'
  | 'listSigner'
  | 'mustStaple'
  | 'extensions'

/** For a CA these are asked beside its name. */
const BESIDE: readonly string[] = ['organizationName', 'countryName']

/** Returns how much was changed in each part of what is under "More", in its order; 0 for none. */
export function changedParts(draft: Draft, isCa: boolean): Readonly<Record<ChangedPart, number>> {
  const { more } = draft
  const typed = (...texts: string[]): number => texts.filter((text) => text.trim() !== '').length
  return {
    attributes: draft.attributes.filter(
      ({ type, value }) => value.trim() !== '' && !(isCa && BESIDE.includes(type)),
    ).length,
    constraints: typed(more.pathLen, more.permitted, more.excluded),
    usage: Number(more.keyUsage !== null) + Number(more.extKeyUsage !== null) + typed(more.extKeyUsageOids),
    policies: typed(
      more.policies,
      more.policyMappings,
      more.requireExplicitPolicy,
      more.inhibitPolicyMapping,
      more.inhibitAnyPolicy,
    ),
    addresses: [more.crlUrls, more.ocspUrls, more.issuerUrls].flatMap(lines).length,
    listSigner: typed(more.crlIssuer),
    mustStaple: Number(more.mustStaple),
    extensions: typed(...more.extensions.map(({ oid }) => oid)),
  }
}
