import { endingFrom, nothingInCommon, type Ending } from './handshake.ts'
import { Examiner } from './judge/examine.ts'
import { judgeClient, judgeServer } from './judge/judge.ts'
import { clientPeer, serverPeer } from './judge/peers-of.ts'
import { negotiate } from './negotiate.ts'
import type { ClientEndpoint, ServerEndpoint } from './scenario.ts'

/** Whether a client reaches a server; the ending says why not. */
export interface Reach {
  readonly connects: boolean
  readonly ending: Omit<Ending, 'sent'> | null
}

/**
 * Returns who reaches whom, a row for each client, as if each held the key of its certificate. Nothing is signed. Ends
 * with the signal's reason if that is aborted.
 */
export async function reachMatrix(
  clients: readonly ClientEndpoint[],
  servers: readonly ServerEndpoint[],
  signal?: AbortSignal,
): Promise<readonly (readonly Reach[])[]> {
  const examiner = new Examiner()
  const rows: Reach[][] = []
  for (const client of clients) {
    signal?.throwIfAborted()
    const row: Reach[] = []
    for (const server of servers) row.push(await reach(client, server, examiner))
    rows.push(row)
  }
  return rows
}

async function reach(client: ClientEndpoint, server: ServerEndpoint, examiner: Examiner): Promise<Reach> {
  const scenario = { client, server }
  const common = negotiate(clientPeer(client, null), serverPeer(server, null))
  if ('lacks' in common) return { connects: false, ending: nothingInCommon(common) }
  const judgements = {
    client: await judgeServer(scenario, 'proved', examiner),
    server: await judgeClient(scenario, common.version, 'proved', examiner),
  }
  const ending = endingFrom(scenario, judgements, { messages: [], version: common.version })
  return { connects: ending === null, ending }
}
