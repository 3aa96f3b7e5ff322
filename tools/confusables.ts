/**
 * Generates src/messages/confusables.ts from Unicode's confusables (in Debian's python3-confusable-homoglyphs):
 * `node tools/confusables.ts`
 */
import { writeFileSync } from 'node:fs'
import { confusables, confusablesText } from '../test/support/confusables.ts'

const table = confusables()
const text = `/** Made by tools/confusables.ts of ${String(table.size)} letters and digits. */\nexport const CONFUSABLES =\n  '${confusablesText(table)}'\n`
writeFileSync(new URL('../src/messages/confusables.ts', import.meta.url), text)
