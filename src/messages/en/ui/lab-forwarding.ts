import type { AddressesView } from '../../../border/protocol/lab.ts'
import type { ForwardingForm } from '../../../mtls/proxy/forwarding-forms.ts'
import type { ProxyFault } from '../../../mtls/proxy/fault.ts'
import { safeLine } from '../../safe-text.ts'
import { count, ended, list, number, plural } from '../format.ts'
import { labProxy } from './lab-proxy.ts'

const LONGEST = 64
const plain = (text: string): string => safeLine(text, LONGEST)

/** A mapped union cannot be indexed by its own discriminant in a way TypeScript follows; the tables are typed. */
const faultOf = ({ code, detail }: ProxyFault): string =>
  safeLine((labProxy.faults[code] as (detail: ProxyFault['detail']) => string)(detail), 1000)

const NOTHING_FORWARDED =
  'The rule asks for a forwarded address, and nothing is forwarded: no proxy is in front of this server.'

/** Where the connection itself comes from. */
const connected = ({ connection, forwarding }: AddressesView): string =>
  connection === null
    ? `Where the ${forwarding ? 'last proxy' : 'client'} connects from is not known.`
    : `The connection comes from ${plain(connection)}${forwarding ? ', the last proxy' : ''}.`

/** Whom the server takes for the client, and by whose word. */
function taken({ forwarding, client, connection, fault }: AddressesView): string[] {
  if (!forwarding) return []
  const { form, trusted } = forwarding
  if (fault) return [faultOf(fault), 'So nobody is taken for the client.']
  if (trusted === 0)
    return [
      connection === null
        ? 'No proxy is trusted, and the address of the connection is not known.'
        : `No proxy is trusted, so the client’s address is that of the connection: ${plain(connection)}.`,
    ]
  if (!client?.isKnown) return ['The proxy whose word counts does not say which address asked it.']
  return [
    form === 'PROXY'
      ? `The client’s address is ${plain(client.text)}, says the PROXY protocol header.`
      : `The client’s address is ${plain(client.text)}, ${plural(trusted, 'the last', `number ${number(trusted)} from the end`)} in ${form}: ${count(trusted, 'proxy is', 'proxies are')} trusted.`,
  ]
}

/** What a client can achieve by writing the header itself. */
function spoofing({ forwarding, claims, believed, fault }: AddressesView): string[] {
  if (!forwarding || fault) return []
  if (forwarding.form === 'PROXY')
    return ['Anyone who reaches this port can write that header: let the proxy alone connect to it.']
  const said =
    claims.length === 0
      ? []
      : [
          ended(
            `The client can have written ${list(claims.map(plain))} itself, so ${plural(claims.length, 'it counts', 'they count')} for nothing`,
          ),
        ]
  return [
    ...said,
    ...(believed === null
      ? []
      : [
          `A server that takes the first address, or trusts one proxy more than there are, would let ${plain(believed)} in.`,
        ]),
    ...(forwarding.trusted > 0
      ? ['Trust as many proxies as there are: with one more, the client chooses its address itself.']
      : []),
  ]
}

/** A server behind proxies, and the addresses that it decides on. */
export const labForwarding = {
  label: 'Reached',
  forms: {
    direct: 'directly',
    'X-Forwarded-For': 'through proxies that write X-Forwarded-For',
    Forwarded: 'through proxies that write Forwarded (RFC 7239)',
    PROXY: 'through a proxy with the PROXY protocol',
  } satisfies Record<ForwardingForm | 'direct', string>,
  text: { 'X-Forwarded-For': 'X-Forwarded-For', Forwarded: 'Forwarded', PROXY: 'PROXY protocol header' },
  textHint: {
    'X-Forwarded-For': 'As it arrives: each proxy adds who asked it at the end.',
    Forwarded: 'As it arrives: each proxy adds who asked it at the end.',
    PROXY: 'The line that begins with PROXY, or the octets of version 2 in hexadecimal.',
  } satisfies Record<ForwardingForm, string>,
  trusted: 'Proxies that it trusts',
  trustedHint: 'Counted from the server.',
  from: 'The last proxy connects from',
  forge: 'Let the client forge it',
  /** What a rule on addresses was asked about, and what spoofing does. */
  sentences: (view: AddressesView): readonly string[] => [
    ...(view.asks.includes('connection') || view.forwarding ? [connected(view)] : []),
    ...taken(view),
    ...(view.asks.includes('forwarded') && !view.forwarding ? [NOTHING_FORWARDED] : []),
    ...spoofing(view),
  ],
  /** The addresses that the rule was asked about. */
  asked: (view: AddressesView): readonly string[] => [
    ...(view.asks.includes('connection') ? [connected(view)] : []),
    ...(view.asks.includes('forwarded') ? (view.forwarding ? taken(view) : [NOTHING_FORWARDED]) : []),
  ],
}
