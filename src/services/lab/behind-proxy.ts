/** What reaches an application behind a proxy, and what it can make of it. */
import type {
  ForwardedView,
  FormatView,
  OauthAnswer,
  OauthText,
  OauthView,
  ReadBack,
} from '../../border/protocol/lab.ts'
import { readable } from '../../mtls/chain.ts'
import { Examiner } from '../../mtls/judge/examine.ts'
import { judgeClient } from '../../mtls/judge/judge.ts'
import { contradictions } from '../../mtls/proxy/contradictions.ts'
import { certificateFacts, type CertificateFacts, type Forwarding } from '../../mtls/proxy/facts.ts'
import type { HeaderFormat } from '../../mtls/proxy/format.ts'
import { HEADER_FORMATS } from '../../mtls/proxy/formats.ts'
import { checkClient, checkKeySet, checkToken, thumbprint } from '../../mtls/proxy/oauth.ts'
import { readHeader, type ForwardedClient, type ReadHeader } from '../../mtls/proxy/read-header.ts'
import { TLS13 } from '../../mtls/wire/code-points.ts'
import { nameToText } from '../../x509/name.ts'
import { factsOf } from '../shared/facts.ts'
import type { LabSession } from './session.ts'
import { judgementView } from './view.ts'

/** Returns the facts of the client's own certificate; null if it sends none that can be read. */
async function clientOf(session: LabSession): Promise<CertificateFacts | null> {
  const [own] = session.staged().client.chain
  return own === undefined || readable([own]).length === 0 ? null : certificateFacts(own)
}

/** Returns what each proxy writes of the client's certificate. */
export async function headersOf(session: LabSession): Promise<readonly FormatView[]> {
  const client = await clientOf(session)
  if (!client) return []
  const { client: end, server } = session.staged()
  const [proxy = null] = readable(server.chain)
  const from = { client, chain: end.chain.slice(1), proxy }
  return Object.values(HEADER_FORMATS).map((format) => formatView(format, from))
}

function formatView({ rows, ...format }: HeaderFormat, from: Forwarding): FormatView {
  const { id, program, versions, basis, strips, names, setting, stripping } = format
  return {
    ...{ id, program, versions, basis, strips, names, setting, stripping },
    rows: rows.map(({ name, variable, cautions = [], never = false, write }) => ({
      ...{ name, variable, cautions, never },
      isKnown: write !== undefined,
      value: write?.(from) ?? null,
    })),
  }
}

/** Reads pasted headers, and lets the lab's server judge the client that they tell of. */
export async function readBack(session: LabSession, text: string): Promise<ReadBack> {
  const result = readHeader(text)
  if ('fault' in result) return result
  const { headers, absent, ignored } = result.value
  const clients = headers.flatMap((header) =>
    header.clients.map((client) => forwardedView(session, header, client)),
  )
  return { clients: await Promise.all(clients), absent, ignored }
}

const programOf = (id: ReadHeader['format']): string => HEADER_FORMATS[id].program

async function forwardedView(
  session: LabSession,
  { format, alternatives, names }: ReadHeader,
  { certificate, chain, facts }: ForwardedClient,
): Promise<ForwardedView> {
  const known = certificate && (await certificateFacts(certificate))
  return {
    ...{ program: programOf(format), alternatives: alternatives.map(programOf), names, facts },
    contradictions: known ? contradictions(facts, known) : [],
    certificate: known && (await factsOf(known.certificate)),
    chain: chain.length,
    judgement: certificate && (await judged(session, [certificate, ...chain])),
  }
}

/** A second verifier has what the header carries, and no signature: possession was proved to the proxy alone. */
async function judged(session: LabSession, chain: readonly Uint8Array[]) {
  const scenario = session.staged()
  const seen = {
    client: { ...scenario.client, chain },
    server: { ...scenario.server, verifies: 'handshake' as const },
  }
  return judgementView(
    session.having(seen),
    await judgeClient(seen, TLS13, 'not-proved', new Examiner()),
    null,
  )
}

/** Returns what OAuth 2.0 calls the client's certificate. */
export async function oauthOf(session: LabSession): Promise<OauthView | null> {
  const client = await clientOf(session)
  return client && { thumbprint: thumbprint(client), subject: nameToText(client.certificate.subject) }
}

/** Compares what was pasted with the client's certificate. Null without one. */
export async function checkOauth(
  session: LabSession,
  text: string,
  what: OauthText,
): Promise<OauthAnswer | null> {
  const client = await clientOf(session)
  if (!client) return null
  switch (what) {
    case 'token': {
      const result = checkToken(text, client)
      return 'fault' in result ? result : { token: result.value }
    }
    case 'client': {
      const result = checkClient(text, client.certificate)
      return 'fault' in result ? result : { client: result.value }
    }
    case 'keys': {
      const result = checkKeySet(text, client.certificate)
      return 'fault' in result ? result : { keys: result.value }
    }
  }
}
