import { parseWhole } from '../../der/reader.ts'
import { CodedError } from '../../errors.ts'
import { sameOctets, utf8 } from '../../octets.ts'
import { hmacOf, type Derivation, type Derive } from '../derivation.ts'
import { hashFunction, PURPOSE } from '../legacy/key-derivation.ts'
import type { Work } from '../limits.ts'
import { type Password } from '../password.ts'
import { readAlgorithm, readKdf } from '../pbes.ts'
import { HASHES, HMACS, PBMAC1, unknown } from '../schemes.ts'

/** Parsed MacData, with its work counted. */
export interface Mac {
  /** Whether the MAC is valid under this password. */
  readonly fits: (password: Password, data: Uint8Array, derive: Derive) => Promise<boolean>
}

/** Parses MacData (RFC 7292 §4), including PBMAC1 (RFC 9579 §4). */
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
  if (digest.id === PBMAC1) return readPbmac1(digest.parameters, value, work)
  const hash = HASHES[digest.id]
  if (!hash) throw unknown(work.format, digest.id)
  const length = hashFunction(hash).outputLen
  const keyOf = ({ bmp }: Password): Derivation => ({
    kdf: 'PKCS#12',
    hash,
    purpose: PURPOSE.mac,
    password: bmp,
    salt,
    iterations,
    length,
  })
  work.spend(iterations, salt)
  return {
    fits: async (password, data, derive) =>
      sameOctets(hmacOf(hash, await derive(keyOf(password)), data), value),
  }
}

function readPbmac1(parameters: Uint8Array | null, value: Uint8Array, work: Work): Mac {
  if (!parameters) throw new CodedError('container-structure', { format: work.format, part: 'PBMAC1-params' })
  const [kdf, scheme] = parseWhole(parameters, (reader) => {
    const fields = reader.sequence()
    const both = [readAlgorithm(fields.element()), readAlgorithm(fields.element())] as const
    fields.finish()
    return both
  })
  const hash = HMACS[scheme.id]
  if (!hash) throw unknown(work.format, scheme.id)
  const keyOf = readKdf(kdf, 'stated', work)
  return {
    fits: async ({ text }, data, derive) =>
      sameOctets(hmacOf(hash, await derive(keyOf(utf8(text))), data), value),
  }
}
