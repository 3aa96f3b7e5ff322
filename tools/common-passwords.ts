/**
 * Generates src/vault/common-data.ts from the list in @zxcvbn-ts/language-common (MIT), most common first:
 * `node tools/common-passwords.ts`
 */
import { writeFileSync } from 'node:fs'
import { commonStems } from '../test/support/common-stems.ts'
import { BANDS, packedStems } from '../src/vault/common.ts'

const stems = commonStems()
const bands = BANDS.map((end, i) => packedStems(stems.slice(BANDS[i - 1] ?? 0, end)))
const text = `/** Made by tools/common-passwords.ts of ${String(stems.length)} stems. */\nexport const COMMON = [\n${bands.map((band) => `  '${band}',\n`).join('')}]\n`
writeFileSync(new URL('../src/vault/common-data.ts', import.meta.url), text)
