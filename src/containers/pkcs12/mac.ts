import { parseWhole } from '../../der/reader.ts'
import { CodedError } from '../../errors.ts'
import { hmac } from '../../webcrypto/password-based.ts'
import type { Work } from '../limits.ts'
import { pkcs12Mac, type KdfHash } from '../legacy/key-derivation.ts'
import { HMACS, readAlgorithm, readKdf, unknown, utf8, type Password } from '../pbes.ts'
import { PBMAC1, SHA256 } from './oids.ts'

const DIGESTS: Record<string, KdfHash> = {
  '1.3.14.3.2.26': 'SHA-1',
  '2.16.840.1.101.3.4.2.4': 'SHA-224',
  [SHA256]: 'SHA-256',
  '2.16.840.1.101.3.4.2.2': 'SHA-384',
  '2.16.840.1.101.3.4.2.3': 'SHA-512',
}

/** MacData read and paid for; `compute` gives the MAC under a password. */
export interface Mac {
  readonly value: Uint8Array
  readonly compute: (password: Password, data: Uint8Array) => Promise<Uint8Array>
}

/** MacData (RFC 7292 §4), with PBMAC1 too (RFC 9579 §4). */
export function readMac(der: Uint8Array, work: Work): Mac {
  const { digest, value, salt, iterations } = parseWhole(der, (reader) => {
    const fields = reader.sequence()
    const digestInfo = fields.sequence()
    const digest = readAlgorithm(digestInfo.element())
    const value = digestInfo.octetString()
    digestInfo.finish()
    const salt = fields.octetString()
    const iterations = fields.atEnd ? 1 : fields.smallInteger()
    fields.finish()
    return { digest, value, salt, iterations }
  })
  if (digest.id === PBMAC1) return { value, compute: readPbmac1(digest.parameters, work) }
  const hash = DIGESTS[digest.id]
  if (!hash) throw unknown(work.format, digest.id)
  work.spend(iterations)
  return { value, compute: (password, data) => pkcs12Mac(hash, password.bmp, salt, iterations, data) }
}

function readPbmac1(parameters: Uint8Array | null, work: Work): Mac['compute'] {
  if (!parameters) throw new CodedError('container-structure', { format: work.format, part: 'PBMAC1-params' })
  const [kdf, scheme] = parseWhole(parameters, (reader) => {
    const fields = reader.sequence()
    const both = [readAlgorithm(fields.element()), readAlgorithm(fields.element())] as const
    fields.finish()
    return both
  })
  const hash = HMACS[scheme.id]
  if (!hash) throw unknown(work.format, scheme.id)
  const derive = readKdf(kdf, 'stated', work)
  return async (password, data) => hmac(hash, await derive(utf8(password.text)), data)
}

export async function macFits(mac: Mac, password: Password, data: Uint8Array): Promise<boolean> {
  const computed = await mac.compute(password, data)
  return computed.length === mac.value.length && computed.every((octet, i) => octet === mac.value[i])
}
