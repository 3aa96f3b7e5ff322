import type { AddressesView } from '../../border/protocol/lab.ts'
import type { Judgement } from '../../mtls/judge/judgement.ts'
import { addressesOf, forwardedOf, type Addresses } from '../../mtls/proxy/forwarding.ts'
import { weigh } from '../../mtls/rules/evaluate.ts'
import { isWithinLimits, type Rule } from '../../mtls/rules/rule.ts'
import { ipAddressToText } from '../../x509/ip-address.ts'
import type { LabSession } from './session.ts'

/** More of a header than these is not shown, nor tried. */
const SHOWN = 8

/** Returns the addresses that the server decides on; null if nothing is forwarded, and no rule of it asks for one. */
export async function addressesView(
  session: LabSession,
  judgement: Judgement,
): Promise<AddressesView | null> {
  const { client, server } = session.staged()
  const { forwarding, lets } = server
  const asks = (['connection', 'forwarded'] as const).filter((of) => lets && asksFor(lets, of))
  if (judgement.by === 'client' || (forwarding === null && asks.length === 0)) return null
  const from = addressesOf(client.address, forwarding)
  const taken = from.forwarded && 'value' in from.forwarded ? from.forwarded.value : null
  const claims = taken?.claims.slice(0, SHOWN).map(({ text }) => text) ?? []
  return {
    ...{ asks, connection: from.connection, claims },
    forwarding: forwarding && { form: forwarding.form, trusted: forwarding.trusted },
    fault: from.forwarded && 'fault' in from.forwarded ? from.forwarded.fault : null,
    client: taken && { text: taken.client.text, isKnown: taken.client.address !== null },
    believed: await believedOf(judgement, lets, from),
  }
}

function asksFor(rule: Rule, of: 'connection' | 'forwarded'): boolean {
  if (!isWithinLimits(rule)) return false
  if (rule.kind === 'not') return asksFor(rule.of, of)
  if (rule.kind === 'all' || rule.kind === 'any') return rule.of.some((each) => asksFor(each, of))
  return rule.kind === 'address' && rule.of === of
}

/** The address, of those that are the client's own word, that would be let in if the server believed it; null: none. */
async function believedOf(
  { report, weighed }: Judgement,
  lets: Rule | null,
  from: Addresses,
): Promise<string | null> {
  if (!lets || weighed === null || weighed.met === 'yes') return null
  if (!from.forwarded || 'fault' in from.forwarded) return null
  const path = report?.paths[report.best]?.certificates.map(({ certificate }) => certificate) ?? null
  const now = forwardedOf(from)
  for (const { address } of from.forwarded.value.claims.slice(0, SHOWN)) {
    const claimed = address && ipAddressToText(address)
    if (!claimed || claimed === now) continue
    const { met } = await weigh(lets, { path, address: from.connection, forwarded: claimed })
    if (met === 'yes') return claimed
  }
  return null
}
