import { fromBER } from 'asn1js'
import { CertificateRevocationList } from 'pkijs'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { revokedInventory, serialNumber, signedList } from '../revoked-list.ts'
import type { Batch, Scenario } from '../scenario.ts'
import { touch } from '../scenario.ts'

const ENTRIES = 1_000_000
/** What pkijs can take without minutes and gigabytes. */
const ENTRIES_OF_PEERS = 10_000
const LOOKUPS = 1000

/** A list of a million entries read, each entry checked, and a thousand serial numbers looked up; the floor hashes and walks its octets. */
export default async function crlRead(): Promise<Scenario> {
  const { der } = await signedList(await revokedInventory(ENTRIES))
  const small = Uint8Array.from((await signedList(await revokedInventory(ENTRIES_OF_PEERS))).der)
  const asked = Array.from({ length: LOOKUPS }, (_, i) => serialNumber(i * 997))
  return {
    name: 'crl-read',
    unit: 'entries',
    ours() {
      const { revokedCertificates } = parseCertificateList(der)
      for (const serial of asked)
        if (revokedCertificates.find(serial).length !== 1) throw new Error('not found')
      return ENTRIES
    },
    async floor() {
      touch(await crypto.subtle.digest('SHA-256', der as Uint8Array<ArrayBuffer>))
      touch(walk(der))
      return ENTRIES
    },
    peers: { pkijs: pkijs(small, asked.slice(0, ENTRIES_OF_PEERS / 1000)) },
  }
}

function walk(octets: Uint8Array): number {
  let sum = 0
  for (let i = 0; i < octets.length; i++) sum = (sum + octets[i]!) | 0
  return sum
}

/** A hundredth of the list, and a hundredth of the serial numbers. */
function pkijs(der: Uint8Array<ArrayBuffer>, asked: readonly Uint8Array[]): Batch {
  return () => {
    const { result } = fromBER(der, { maxNodes: 1e9 })
    const entries = new CertificateRevocationList({ schema: result }).revokedCertificates ?? []
    const found = new Map(
      entries.map((entry) => [entry.userCertificate.valueBlock.valueHexView.join(), entry]),
    )
    for (const serial of asked) touch(found.get(serial.join()))
    return ENTRIES_OF_PEERS
  }
}
