/** How proxies tell a server whose connection it was, by the name that each has on the wire. */
export const FORWARDING_FORMS = ['X-Forwarded-For', 'Forwarded', 'PROXY'] as const
export type ForwardingForm = (typeof FORWARDING_FORMS)[number]

/** `characters` of a header, as most servers take them; `trusted`: proxies in a row. */
export const FORWARDING_LIMITS = { characters: 8192, trusted: 16 } as const

const isV6 = (address: string): boolean => address.includes(':')

/** Returns what an honest proxy writes of a client that connects from an address. */
export function writtenOf(form: ForwardingForm, address: string): string {
  switch (form) {
    case 'X-Forwarded-For':
      return address
    case 'Forwarded':
      return isV6(address) ? `for="[${address}]"` : `for=${address}`
    case 'PROXY':
      return isV6(address)
        ? `PROXY TCP6 ${address} 2001:db8::443 51234 443`
        : `PROXY TCP4 ${address} 192.0.2.1 51234 443`
  }
}

/** Returns what arrives if the client has written an address of its choice into the header first. */
export const forged = (form: ForwardingForm, text: string, address: string): string =>
  form === 'PROXY'
    ? writtenOf(form, address)
    : [writtenOf(form, address), text].filter((each) => each.trim() !== '').join(', ')
