/**
 * Generates src/vault/common-data.ts from the list in @zxcvbn-ts/language-common (MIT), most common first:
 * `node tools/common-passwords.ts`
 */
import { writeFileSync } from 'node:fs'
import { commonStems } from '../test/support/common-stems.ts'
import { placesOf } from '../src/vault/common.ts'

const BITS_EACH = 9.6
const stems = commonStems()
const bits = new Uint8Array(Math.ceil((stems.length * BITS_EACH) / 8))
for (const stem of stems)
  for (const place of placesOf(stem, 8 * bits.length)) bits[place >> 3]! |= 1 << (place & 7)
const text = `/** Made by tools/common-passwords.ts of ${String(stems.length)} stems. */\nexport const COMMON =\n  '${Buffer.from(bits).toString('base64')}'\n`
writeFileSync(new URL('../src/vault/common-data.ts', import.meta.url), text)
