import { ecParametersNotNamed } from '../rfc5280/ec-parameters-not-named.ts'
import { listed } from '../rule.ts'
import type { Rule } from '../rule.ts'

const bitsOf = (spki: { readonly rsa: { readonly modulusBits: number } | null }): number | null =>
  spki.rsa?.modulusBits ?? null

/** RFC 8996, NIST SP 800-131A: keys this short have been factored, or soon can be. */
const rsaBelow1024: Rule<'rsa-below-1024'> = {
  code: 'rsa-below-1024',
  applies: ({ spki }) => spki.rsa !== null,
  check: ({ spki }) => below(bitsOf(spki), 0, 1024),
}

/** NIST SP 800-131A: less than 112 bits of strength. */
const rsaBelow2048: Rule<'rsa-below-2048'> = {
  code: 'rsa-below-2048',
  applies: ({ spki }) => spki.rsa !== null,
  check: ({ spki }) => below(bitsOf(spki), 1024, 2048),
}

const below = (bits: number | null, from: number, limit: number): readonly { bits: number }[] =>
  bits !== null && bits >= from && bits < limit ? [{ bits }] : []

/** Checked under every profile, even if nothing else about the certificate itself is. */
export const KEY_SIZE_RULES = listed([ecParametersNotNamed, rsaBelow1024, rsaBelow2048])
