/** A server behind proxies: whose word it takes for the address of a client. */
import { hexOctets, utf8 } from '../../octets.ts'
import { ipAddressToText, parseIpAddress } from '../../x509/ip-address.ts'
import {
  clientAddress,
  plainAddress,
  readForwarded,
  readForwardedFor,
  readProxyProtocol,
  type ClientAddress,
  type Hop,
} from './addresses.ts'
import type { Outcome } from './fault.ts'
import type { ForwardingForm } from './forwarding-forms.ts'

/** What proxies tell a server of who connects, as it arrives there. */
export interface Forwarding {
  readonly form: ForwardingForm
  /** The header’s value; of the PROXY protocol its line, or its octets in hexadecimal. */
  readonly text: string
  /** How many proxies the server trusts, the one that connects to it included. */
  readonly trusted: number
  /** The address that this one connects from; null if it is not known. */
  readonly from: string | null
}

/** Who connects: by the connection itself, and as forwarded; null if nothing is forwarded. */
export interface Addresses {
  readonly connection: string | null
  readonly forwarded: Outcome<ClientAddress> | null
}

/** Returns the addresses that a server may decide on; `address`: where the client connects from. */
export const addressesOf = (address: string | null, forwarding: Forwarding | null): Addresses =>
  forwarding === null
    ? { connection: address, forwarded: null }
    : { connection: forwarding.from, forwarded: forwardedAddress(forwarding) }

/** The address that a rule on the forwarded one is asked about; null if it is not known. */
export const forwardedOf = ({ forwarded }: Addresses): string | null => {
  const octets = forwarded && 'value' in forwarded ? forwarded.value.client.address : null
  return octets && ipAddressToText(octets)
}

/** Returns whom a server takes for the client, and what is nobody’s word but the client’s. */
export function forwardedAddress({ form, text, trusted, from }: Forwarding): Outcome<ClientAddress> {
  const hops = hopsIn(form, text)
  if ('fault' in hops) return hops
  return clientAddress(hops.value, from === null ? null : parseIpAddress(from), trusted)
}

function hopsIn(form: ForwardingForm, text: string): Outcome<readonly Hop[]> {
  if (form === 'X-Forwarded-For') return readForwardedFor(text)
  if (form === 'Forwarded') return readForwarded(text)
  const read = readProxyProtocol(octetsOf(text))
  if ('fault' in read) return read
  const { source } = read.value
  if (source === null) return { value: [{ address: null, text: 'unknown' }] }
  const address = plainAddress(source.address)
  return { value: [{ address, text: ipAddressToText(address)! }] }
}

/** A header of version 2 has no other text than its octets; a line of version 1 is typed without its end. */
function octetsOf(text: string): Uint8Array {
  const octets = hexOctets(text)
  return octets && octets.length > 0 ? octets : utf8(`${text.trim()}\r\n`)
}

const NAMED = /^\s*(X-Forwarded-For|Forwarded)\s*:\s*/i

/** A line may be pasted with its name, which then says its form; an address never begins like that. */
export function asPasted(forwarding: Forwarding): Forwarding {
  const [whole, name] = NAMED.exec(forwarding.text) ?? []
  if (whole === undefined || name === undefined)
    return /^\s*PROXY /.test(forwarding.text) ? { ...forwarding, form: 'PROXY' } : forwarding
  const form = name.toLowerCase() === 'forwarded' ? 'Forwarded' : 'X-Forwarded-For'
  return { ...forwarding, form, text: forwarding.text.slice(whole.length).trim() }
}
