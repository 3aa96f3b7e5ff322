import type { ValidateOptions } from '../../validate/options.ts'
import { readTypedName } from '../../x509/typed-names.ts'

type PeerName = NonNullable<ValidateOptions['peerNames']>[number]
type PeerKind = PeerName['kind']

const PEER_KINDS: Readonly<Partial<Record<string, PeerKind>>> = {
  iPAddress: 'IP',
  rfc822Name: 'RFC822',
  uniformResourceIdentifier: 'URI',
}

/** Returns the kind of name that a text reads as: an address, a mailbox, a URI, or else a host name. */
export const kindOfName = (text: string): PeerKind => PEER_KINDS[readTypedName(text.trim()).kind] ?? 'DNS'

/** Returns a name as it is typed; the kind is null where the text reads as that kind. */
export const named = (name: PeerName | null): { name: string; nameKind: PeerKind | null } => ({
  name: name?.value ?? '',
  nameKind: name === null || kindOfName(name.value) === name.kind ? null : name.kind,
})
