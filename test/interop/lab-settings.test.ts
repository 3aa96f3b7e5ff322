import '../support/english.ts'
import { describe, expect, test } from 'vitest'
import type { DestinationId } from '../../src/destinations/printed.ts'
import { letsIn, parties } from '../support/settings/bundles.ts'
import { RULE_NAMES, ruleCase, served, type RuleName } from '../support/settings/running.ts'

// Printed settings, started on loopback from the archive as it is downloaded, and asked as printed.

/** How each refuses in TLS: by an answer, or by an alert, which may be lost. */
const REFUSED: Partial<Record<DestinationId, RegExp>> = { nginx: /^400$/ }
const ALERT = /^none curl: \((35|52|55|56)\)/
/** `npm run test:long -- settings` starts every program, with a rule of each kind. */
const isLong = process.env.SETTINGS === 'all'
const PROGRAMS: readonly DestinationId[] = ['nginx', 'node']
const RULES: readonly RuleName[] = isLong ? RULE_NAMES : ['issuer', 'combined', 'nested']

describe.each(PROGRAMS)('%s as the server', (id) => {
  const refused = REFUSED[id] ?? ALERT

  test('lets in a valid client and no other', async () => {
    const { given, second, stranger, expired } = await parties()
    const { ask, log, printed } = await served(id, {})
    expect(await ask([given.client, given.clientCa])).toBe('200 ok')
    expect(await ask(second)).toBe('200 ok')
    for (const sends of [expired, stranger, []]) expect(await ask(sends)).toMatch(refused)
    expect(log()).toContain(printed.logs!.refuses!)
    if (printed.logs!.accepts) expect(log()).toContain(printed.logs!.accepts)
  })

  test('refuses a revoked client', async () => {
    const { second, revoked, lists } = await parties()
    const { ask } = await served(id, { server: { set: { lists, needsStatus: true } } })
    expect(await ask(second)).toBe('200 ok')
    expect(await ask(revoked)).toMatch(refused)
  })

  test('lets in a client without a certificate where one is optional, unless a rule asks for it', async () => {
    const { second, stranger, given } = await parties()
    const open = await served(id, { server: { set: { asks: 'optional' } } })
    expect(await open.ask([])).toBe('200 ok')
    expect(await open.ask(second)).toBe('200 ok')
    expect(await open.ask(stranger)).not.toMatch(/^200/)
    const { rule } = await ruleCase('combined')
    const ruled = await served(id, { server: { set: { asks: 'optional', lets: rule } } })
    expect(await ruled.ask([])).toBe('403')
    expect(await ruled.ask([given.client, given.clientCa])).toBe('200 ok')
  })

  test.each(RULES)('asks by the rule %s, or lets in nobody and says so', async (name) => {
    const { rule, allowed, refused } = await ruleCase(name)
    const { ask, printed } = await served(id, letsIn(rule))
    const isClosed = printed.limits.some(({ effect }) => effect === 'nobody')
    expect(await ask(allowed)).toBe(isClosed ? '403' : '200 ok')
    if (refused.length > 0) expect(await ask(refused)).toBe('403')
  })
})
