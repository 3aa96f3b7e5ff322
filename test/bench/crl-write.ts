import { revokedInventory, signedList } from './revoked-list.ts'
import type { Scenario } from './scenario.ts'
import { touch } from './scenario.ts'

/** A list made, signed, read back and verified; the floor copies as many octets and signs them. */
export async function crlWrite(name: string, entries: number): Promise<Scenario> {
  const inventory = await revokedInventory(entries)
  const { der } = await signedList(inventory)
  return {
    name,
    unit: 'entries',
    async ours() {
      touch(await signedList(inventory))
      return entries
    },
    async floor() {
      const copy = Uint8Array.from(der)
      touch(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, inventory.key, copy))
      return entries
    },
    peers: {},
  }
}
