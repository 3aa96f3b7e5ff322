import { noteTrust } from '../../x509/trust-settings.ts'
import { friendlyNameOf, hasNotBefore, readSst, trustIn, type SstEntry } from '../sst.ts'
import { addCertificate, addList, inside } from './add.ts'
import type { PileBuilder } from './builder.ts'
import type { Source } from './items.ts'
import { readBlock } from './read-block.ts'

/** Reads a serialized store of Windows, up to the point where it is damaged. Throws CodedErrors. */
export async function readSerializedStore(
  bytes: Uint8Array,
  source: Source,
  pile: PileBuilder,
): Promise<void> {
  const place = inside(source, 'SST')
  for (const entry of readSst(bytes, pile.limits.container)) {
    await pile.guard(place, () => READERS[entry.kind](entry, place, pile))
    await pile.breathe()
  }
}

const READERS: Record<
  SstEntry['kind'],
  (entry: SstEntry, source: Source, pile: PileBuilder) => Promise<void> | void
> = {
  certificate: addWithTrust,
  crl: ({ der }, source, pile) => addList(der, source, pile),
  // A signed list of hashes: only its signer's certificates are useful.
  ctl: ({ der }, source, pile) => readBlock({ bytes: der, headers: {} }, source, pile),
}

/** Windows' restrictions on a root are honoured and reported; if they cannot be parsed, it is trusted for nothing. */
function addWithTrust(entry: SstEntry, source: Source, pile: PileBuilder): void {
  const certificate = addCertificate(entry.der, friendlyNameOf(entry), source, pile)
  if (hasNotBefore(entry)) pile.notice('trust-dates', source)
  try {
    const trust = trustIn(entry)
    if (!trust) return
    noteTrust(certificate, trust)
    pile.notice('trust-settings', source)
  } catch (error) {
    noteTrust(certificate, { trust: [], reject: [] })
    throw error
  }
}
