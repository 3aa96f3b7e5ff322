import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DestinationId, Printed } from '../../../src/destinations/printed.ts'
import type { Rule } from '../../../src/mtls/rules/rule.ts'
import type { Ends } from '../../../src/services/lab/ready/stage.ts'
import type { Drawn } from '../../../src/services/validate/examples/draw.ts'
import { hexOf } from '../../../src/octets.ts'
import { freePort } from '../ports.ts'
import { clientFolder, parties, scenarioOf, started, status, unzipped } from './bundles.ts'
import { sha256Hex } from '../../../src/webcrypto/signature.ts'

/** A server of the printed settings, and who gets in. */

export interface Served {
  readonly printed: Printed
  readonly log: () => string
  /** Asks with a chain, and returns the status; `none` and curl's words without an answer. */
  readonly ask: (sends: readonly Drawn[]) => Promise<string>
}

export async function served(
  id: DestinationId,
  ends: Ends,
  env: Record<string, string> = {},
): Promise<Served> {
  const { scenario, given } = await scenarioOf(ends)
  const port = await freePort()
  const bundle = await unzipped(id, 'server', scenario, { port, key: given.server })
  const { log } = await started(bundle, port, env)
  const ask = async (sends: readonly Drawn[]): Promise<string> => {
    const folder = await clientFolder(scenario, sends)
    const lines = bundle.printed.ask.map((line) =>
      sends.length > 0 ? line : line.replace(/--cert \S+ --key \S+ /, ''),
    )
    const answer = await status(folder, lines)
    return answer === '200' ? `200 ${readFileSync(join(folder, 'body'), 'utf8').trim()}` : answer
  }
  return { ask, log, printed: bundle.printed }
}

export interface RuleCase {
  readonly rule: Rule
  readonly allowed: readonly Drawn[]
  readonly refused: readonly Drawn[]
}

export type RuleName = (typeof RULE_NAMES)[number]
export const RULE_NAMES = [
  ...(['root', 'issuer', 'subject', 'san', 'san-suffix', 'spiffe', 'serial', 'certificate', 'key'] as const),
  ...(['purpose', 'user', 'address', 'combined', 'nested'] as const),
] as const

/** A rule of each kind, with a valid client that meets it and one that does not. */
export async function ruleCase(name: RuleName): Promise<RuleCase> {
  const { given, second, groupB, otherRoot, spiffe } = await parties()
  const first = [given.client, given.clientCa]
  const hash = ({ certificate }: Drawn) => sha256Hex(certificate.der)
  const serial = ([own]: readonly Drawn[]) =>
    ({ kind: 'serial', numbers: [hexOf(own!.certificate.serialNumber)] }) as const
  const subject = (cn: string) => ({ kind: 'subject', name: `CN=${cn}` }) as const
  switch (name) {
    case 'root':
      return { rule: { kind: 'root', sha256: await hash(given.root) }, allowed: first, refused: [] }
    case 'issuer':
      return { rule: { kind: 'issuer', sha256: await hash(given.clientCa) }, allowed: first, refused: groupB }
    case 'subject':
      return { rule: subject('second.example.com'), allowed: second, refused: first }
    case 'san':
      return {
        rule: { kind: 'san', form: 'DNS', match: 'exact', value: 'second.example.com' },
        ...{ allowed: second, refused: first },
      }
    case 'san-suffix':
      return {
        rule: { kind: 'san', form: 'DNS', match: 'suffix', value: 'second.example.com' },
        ...{ allowed: second, refused: first },
      }
    case 'spiffe':
      return { rule: { kind: 'spiffe', id: 'spiffe://lab.test/web' }, allowed: spiffe, refused: first }
    case 'serial':
      return { rule: serial(first), allowed: first, refused: second }
    case 'certificate':
      return {
        rule: { kind: 'certificate', sha256: [await hash(second[0]!)] },
        ...{ allowed: second, refused: first },
      }
    case 'key':
      return {
        rule: { kind: 'key', sha256: [await sha256Hex(second[0]!.certificate.spki.der)] },
        ...{ allowed: second, refused: first },
      }
    case 'purpose':
      return { rule: { kind: 'purpose', oid: '1.3.6.1.5.5.7.3.4' }, allowed: spiffe, refused: first }
    case 'user':
      return { rule: { kind: 'user', by: 'CN', name: 'second.example.com' }, allowed: second, refused: first }
    case 'address':
      return {
        rule: {
          kind: 'all',
          of: [
            { kind: 'address', ranges: ['127.0.0.0/8', '::1/128'], of: 'connection' },
            {
              kind: 'not',
              of: { kind: 'address', ranges: ['192.0.2.0/24', '2001:db8::/32'], of: 'connection' },
            },
          ],
        },
        ...{ allowed: first, refused: [] },
      }
    case 'combined':
      return {
        rule: {
          kind: 'all',
          of: [
            { kind: 'issuer', sha256: await hash(given.clientCa) },
            { kind: 'not', of: serial(second) },
          ],
        },
        ...{ allowed: first, refused: second },
      }
    case 'nested':
      return {
        rule: {
          kind: 'not',
          of: {
            kind: 'all',
            of: [
              { kind: 'not', of: { kind: 'any', of: [serial(groupB), subject('second.example.com')] } },
              { kind: 'not', of: { kind: 'root', sha256: await hash(otherRoot) } },
            ],
          },
        },
        ...{ allowed: second, refused: first },
      }
  }
}
