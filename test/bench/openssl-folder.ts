import type { InFile } from '../../src/border/words.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { drawKey, endEntity, root } from '../support/chain.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

/** What `openssl ca` leaves after so many certificates of one key, every tenth of them revoked. */
export async function opensslFolder(count: number): Promise<InFile[]> {
  const validity = {
    notBefore: new Date(Date.now() - 86_400_000),
    notAfter: new Date(Date.now() + 300 * 86_400_000),
  }
  const top = await root({ ...validity, subject: 'CN=Bench Old CA' })
  const key = await drawKey()
  const files: InFile[] = [
    { name: 'ca/cacert.pem', bytes: text(encodePem('CERTIFICATE', top.certificate.der)) },
    { name: 'ca/private/cakey.pem', bytes: text(encodePem('PRIVATE KEY', top.key.pkcs8)) },
    { name: 'ca/serial', bytes: text(`${hex(FIRST + count)}\n`) },
    { name: 'ca/crlnumber', bytes: text('2A\n') },
  ]
  const index: string[] = []
  for (let i = 0; i < count; i++) {
    const serial = hex(FIRST + i)
    const subject = `CN=host-${String(i)}.example.com`
    const serialNumber = Uint8Array.from(serial.match(/../g) ?? [], (pair) => parseInt(pair, 16))
    const { certificate } = await endEntity(top, { ...validity, key, subject, serialNumber })
    files.push({ name: `ca/newcerts/${serial}.pem`, bytes: text(encodePem('CERTIFICATE', certificate.der)) })
    const state = i % 10 === 0 ? 'R\t360101000000Z\t261101000000Z,superseded' : 'V\t360101000000Z\t'
    index.push(`${state}\t${serial}\tunknown\t/${subject}`)
  }
  return [...files, { name: 'ca/index.txt', bytes: text(`${index.join('\n')}\n`) }]
}

/** Three octets, the first of them small: no padding, however far one counts. */
const FIRST = 0x100000
const hex = (number: number): string => number.toString(16).toUpperCase().padStart(6, '0')
