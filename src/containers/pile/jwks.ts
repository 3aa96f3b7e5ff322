import { isPrivateJwk, readPrivateJwk } from '../private-key.ts'
import { addKey } from './add.ts'
import type { Source } from './items.ts'
import type { PileBuilder } from './builder.ts'

/** A key set is small; a larger JSON file is read for its PEM and base64 alone. */
const LARGEST = 1024 * 1024
const DEEPEST = 6

/** Private JWKs (RFC 7517) anywhere in a JSON file; certificates in `x5c` are found as base64. */
export async function readJwks(text: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  if (text.length > LARGEST || !/^\s*[[{]/.test(new TextDecoder().decode(text.subarray(0, 64)))) return
  for (const jwk of privateJwks(parseJson(text), 0))
    await pile.guard(source, async () =>
      addKey(await readPrivateJwk(jwk), null, { ...source, label: 'JWK' }, pile),
    )
}

function parseJson(text: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(text))
  } catch {
    return null
  }
}

function* privateJwks(value: unknown, depth: number): Generator<JsonWebKey> {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return
  if (isPrivateJwk(value)) yield value
  else for (const member of Object.values(value)) yield* privateJwks(member, depth + 1)
}
