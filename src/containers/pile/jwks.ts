import type { ForeignFormat } from '../../errors.ts'
import { isPrivateJwk, readPrivateJwk } from '../private-key.ts'
import { addKey } from './add.ts'
import type { Source } from './items.ts'
import type { PileBuilder } from './builder.ts'
import { utf8Text } from '../../octets.ts'

/** A key set is small; a larger JSON file is read for its PEM and base64 alone. */
const LARGEST = 1024 * 1024
const DEEPEST = 6

/** Private JWKs (RFC 7517) anywhere in a JSON file; certificates in `x5c` are found as base64. */
export async function readJwks(text: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  if (text.length > LARGEST || !/^\s*[[{]/.test(utf8Text(text.subarray(0, 64)))) return
  const json = parseJson(text)
  const format = foreignJson(json)
  if (format !== null) pile.noteForeign(format, source)
  for (const jwk of privateJwks(json, 0))
    await pile.guard(source, async () =>
      addKey(await readPrivateJwk(jwk), null, { ...source, label: 'JWK' }, pile),
    )
}

/** A JWK (RFC 7517) or a set of them, and an encrypted value (RFC 7516 §7.2): known by their members. */
function foreignJson(json: unknown): ForeignFormat | null {
  if (typeof json !== 'object' || json === null) return null
  // Its own alone: every array has a member `keys` from elsewhere.
  const has = (member: string): boolean => Object.hasOwn(json, member)
  if (has('ciphertext') && (has('protected') || has('recipients'))) return 'jwe'
  return has('kty') || has('keys') ? 'jwk-public' : null
}

function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Text(text))
  } catch {
    return null
  }
}

function* privateJwks(value: unknown, depth: number): Generator<JsonWebKey> {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return
  if (isPrivateJwk(value)) yield value
  else for (const member of Object.values(value)) yield* privateJwks(member, depth + 1)
}
