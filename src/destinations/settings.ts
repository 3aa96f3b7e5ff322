/** Settings of other programs for two ends of a handshake and whom they let in. */
import { apache } from './apache.ts'
import { curl } from './curl.ts'
import { envoy } from './envoy.ts'
import { go } from './go.ts'
import { haproxy } from './haproxy.ts'
import { java } from './java.ts'
import { kubernetes } from './kubernetes.ts'
import { nginx } from './nginx.ts'
import { node } from './node.ts'
import { openssl } from './openssl.ts'
import { prepare, type Order } from './order.ts'
import { FILES, asksFor, presents } from './parts.ts'
import type { Destination, DestinationId, Lacks, Printed } from './printed.ts'
import { python } from './python.ts'
import { stunnel } from './stunnel.ts'

/** The programs that settings are printed for. */
export const DESTINATIONS: Readonly<Record<DestinationId, Destination>> = {
  ...{ openssl, curl, nginx, apache, haproxy, stunnel },
  ...{ node, go, java, python, envoy, kubernetes },
}

/** Returns what is printed for a program as one side, or why nothing can be. */
export async function settingsFor(id: DestinationId, order: Order): Promise<Printed | { lacks: Lacks }> {
  const { name, sides, print, keys, seen, logs } = DESTINATIONS[id]
  const { side } = order
  if (!sides.includes(side)) return { lacks: 'side' }
  const prepared = await prepare(order)
  if (side === 'server' && !presents(prepared)) return { lacks: 'certificate' }
  if (asksFor(prepared) && prepared.own.anchors.length === 0) return { lacks: 'anchors' }
  const key = presents(prepared) ? (keys?.[side] ?? FILES[side].key) : null
  return { ...print(prepared), ...{ id, name, side, key }, seen, logs: logs[side] ?? null }
}
