import { TAG, parseWhole } from '../der/reader.ts'
import { isCodedError } from '../errors.ts'
import { hexOf } from '../octets.ts'
import { ALGORITHM_OIDS } from './oids.ts'

/** Named curves that are in use but not supported here. */
export const OTHER_CURVES: Readonly<Record<string, string>> = {
  [ALGORITHM_OIDS.secp192r1]: 'P-192',
  [ALGORITHM_OIDS.secp224r1]: 'P-224',
  [ALGORITHM_OIDS.secp256k1]: 'secp256k1',
  '1.3.36.3.3.2.8.1.1.3': 'brainpoolP192r1',
  '1.3.36.3.3.2.8.1.1.5': 'brainpoolP224r1',
  [ALGORITHM_OIDS.brainpoolP256r1]: 'brainpoolP256r1',
  '1.3.36.3.3.2.8.1.1.9': 'brainpoolP320r1',
  [ALGORITHM_OIDS.brainpoolP384r1]: 'brainpoolP384r1',
  [ALGORITHM_OIDS.brainpoolP512r1]: 'brainpoolP512r1',
  '1.2.156.10197.1.301': 'SM2',
  '1.2.250.1.223.101.256.1': 'FRP256v1',
}

/** Returns how many octets a coordinate has, or undefined; the names of these curves tell it. */
export function fieldOctets(curve: string): number | undefined {
  const name = curve === '1.2.156.10197.1.301' ? 'SM2 256' : OTHER_CURVES[curve]
  const bits = name && /(192|224|256|320|384|512)/.exec(name)
  return bits ? Number(bits[1]) / 8 : undefined
}

/** FIPS 186-4 App. D.1.2: the order of the base point and the coefficient b, which identify a curve. */
const SPELLED_CURVES: readonly { name: string; order: string; b: string }[] = [
  {
    name: 'P-256',
    order: 'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
    b: '5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b',
  },
  {
    name: 'P-384',
    order: 'ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973',
    b: 'b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef',
  },
  {
    name: 'P-521',
    order:
      '01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409',
    b: '0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00',
  },
]

/** Returns the curve whose parameters SpecifiedECDomain (X9.62; SEC 1 §C.2) contains, if it is one of ours. */
export function spelledCurve(parameters: Uint8Array): string | null {
  const { order, b } = parseWhole(parameters, (reader) => {
    const fields = reader.sequence()
    fields.smallInteger()
    fields.skip()
    const curve = fields.sequence()
    curve.skip()
    const b = hexOf(curve.octetString())
    fields.skip()
    const order = hexOf(fields.integer())
    fields.offset = fields.end
    return { order, b }
  })
  const same = (these: string, those: string): boolean =>
    these.replace(/^0+/, '') === those.replace(/^0+/, '')
  return SPELLED_CURVES.find((curve) => same(curve.order, order) && same(curve.b, b))?.name ?? null
}

/**
 * Returns a name for the curve of ECParameters (RFC 5480 §2.1.1); explicit parameters are marked as such. Never throws.
 */
export function curveText(parameters: Uint8Array | null): string {
  if (!parameters) return 'a curve that is not named'
  try {
    if (parameters[0] === TAG.OID) {
      const curve = parseWhole(parameters, (reader) => reader.oid())
      return OTHER_CURVES[curve] ?? curve
    }
    const name = parameters[0] === TAG.SEQUENCE ? spelledCurve(parameters) : null
    return name === null ? 'a curve of its own, spelled out' : `${name}, spelled out instead of named`
  } catch (error) {
    if (isCodedError(error)) return 'a curve that cannot be read'
    throw error
  }
}
