import type { ForeignFormat } from '../../errors.ts'
import { isPrivateJwk, readPrivateJwk } from '../private-key.ts'
import { addKey } from './add.ts'
import type { Source } from './items.ts'
import type { PileBuilder } from './builder.ts'
import { utf8Text } from '../../octets.ts'

/** A key set is small; in a larger JSON file only PEM and base64 are read. */
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

/** A JWK (RFC 7517) or JWK Set, and a JWE (RFC 7516 §7.2): recognized by their members. */
function foreignJson(json: unknown): ForeignFormat | null {
  if (typeof json !== 'object' || json === null) return null
  // Own properties only: every array inherits a member `keys`.
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
