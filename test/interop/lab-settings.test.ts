import '../support/english.ts'
import { describe, expect, test } from 'vitest'
import type { DestinationId, Printed } from '../../src/destinations/printed.ts'
import { letsIn, parties } from '../support/settings/bundles.ts'
import { RULE_NAMES, ruleCase, served, type RuleName } from '../support/settings/running.ts'

// Printed settings, started on loopback from the archive as it is downloaded, and asked as printed.

/** How each refuses in TLS: by an answer, or by an alert, which may be lost. */
const REFUSED: Partial<Record<DestinationId, RegExp>> = { nginx: /^400$/ }
const ALERT = /^none curl: \((35|52|55|56)\)/
/** `npm run test:long -- settings` starts every program, with a rule of each kind. */
const isLong = process.env.SETTINGS === 'all'
/** Past TLS, or by an alert where the program has no other way. */
const OUT = /^403$|^none curl: \((35|52|55|56)\)/
const IN = /^200 /
const PROGRAMS: readonly DestinationId[] = isLong
  ? ['nginx', 'node', 'openssl', 'haproxy', 'apache', 'stunnel', 'python', 'go', 'java']
  : ['nginx', 'node']
const RULES: readonly RuleName[] = isLong ? RULE_NAMES : ['issuer', 'combined', 'nested']

/** Whether it says that it lets in nobody, or that it asks nothing but the chain. */
const differs = ({ limits }: Printed) => ({
  isClosed: limits.some(({ effect }) => effect === 'nobody'),
  isOpen: limits.some(({ code }) => code === 'rules-ignored'),
})

describe.each(PROGRAMS)('%s as the server', (id) => {
  const refused = REFUSED[id] ?? ALERT

  test('lets in a valid client and no other', async () => {
    const { given, second, stranger, expired } = await parties()
    const { ask, log, printed } = await served(id, {})
    expect(await ask([given.client, given.clientCa])).toMatch(IN)
    expect(await ask(second)).toMatch(IN)
    for (const sends of [expired, stranger, []]) expect(await ask(sends)).toMatch(refused)
    for (const words of [printed.logs!.accepts, printed.logs!.refuses])
      if (words !== null) expect(log()).toContain(words)
  })

  test('refuses a revoked client', async () => {
    const { second, revoked, lists } = await parties()
    const { ask } = await served(id, { server: { set: { lists, needsStatus: true } } })
    expect(await ask(second)).toMatch(IN)
    expect(await ask(revoked)).toMatch(refused)
  })

  test('lets in a client without a certificate where one is optional, unless a rule asks for it', async () => {
    const { second, stranger, given } = await parties()
    const open = await served(id, { server: { set: { asks: 'optional' } } })
    expect(await open.ask([])).toMatch(IN)
    expect(await open.ask(second)).toMatch(IN)
    expect(await open.ask(stranger)).not.toMatch(/^200/)
    const { rule } = await ruleCase('combined')
    const ruled = await served(id, { server: { set: { asks: 'optional', lets: rule } } })
    const { isOpen, isClosed } = differs(ruled.printed)
    expect(await ruled.ask([])).toMatch(isOpen ? IN : OUT)
    expect(await ruled.ask([given.client, given.clientCa])).toMatch(isClosed ? OUT : IN)
  })

  test.each(RULES)('asks by the rule %s, or lets in nobody and says so', async (name) => {
    const { rule, allowed, refused } = await ruleCase(name)
    const { ask, printed } = await served(id, letsIn(rule))
    const { isOpen, isClosed } = differs(printed)
    expect(await ask(allowed)).toMatch(isClosed ? OUT : IN)
    if (refused.length > 0) expect(await ask(refused)).toMatch(isOpen ? IN : OUT)
  })
})
