import type { FindingCode } from '../../findings.ts'
import { createPool } from '../../validate/pool.ts'
import { validate } from '../../validate/validate.ts'
import { AT } from './examples/day.ts'
import { chainOf, three } from './examples/draw.ts'
import type { Chain, Parts } from './examples/draw.ts'
import { PATH_CHAINS, PATH_PARTS } from './examples/path.ts'
import { REVOCATION_CHAINS } from './examples/revocation.ts'
import { RFC5280_PARTS } from './examples/rfc5280.ts'
import { WEBPKI_PARTS } from './examples/webpki.ts'
import { TRAP_CHAINS, TRAP_PARTS, withTrapRow } from './examples/traps.ts'
import { reportView } from './view.ts'
import type { RuleExample } from '../../border/protocol/validate.ts'

const PARTS: { readonly [C in FindingCode]?: Parts } = {
  ...PATH_PARTS,
  ...RFC5280_PARTS,
  ...WEBPKI_PARTS,
  ...TRAP_PARTS,
}
const CHAINS: { readonly [C in FindingCode]?: () => Promise<Chain> } = {
  ...PATH_CHAINS,
  ...REVOCATION_CHAINS,
  ...TRAP_CHAINS,
}

/** Returns a minimal chain that breaks one rule, made on the fly: keys live as long as this function runs. */
export async function ruleExample(code: FindingCode): Promise<RuleExample> {
  const chain = await exampleChain(code)
  if (!chain) return { code, report: null }
  const { target, asked, ...contents } = chain
  const report = await validate(target, createPool(contents), {
    at: AT,
    purpose: 'serverAuth',
    examineKeys: true,
    ...asked,
  })
  return { code, report: await reportView(withTrapRow(report, code)) }
}

/** Returns the chain validated in the example of a code; null if there is none. */
export async function exampleChain(code: FindingCode): Promise<Chain | null> {
  const parts = PARTS[code]
  if (parts) return chainOf(await three(parts), parts.asked)
  return (await CHAINS[code]?.()) ?? null
}

/** Returns the codes that have an example. */
export const exampleCodes = (): readonly FindingCode[] =>
  [...Object.keys(PARTS), ...Object.keys(CHAINS)] as FindingCode[]
