/** The AlgorithmIdentifiers of BR §7.1.3, as the octets printed in the requirements: no other encoding is allowed. */

/** §7.1.3.1: keys. */
export const KEY_ALGORITHMS: ReadonlySet<string> = new Set([
  '300d06092a864886f70d0101010500', // rsaEncryption with NULL
  '301306072a8648ce3d020106082a8648ce3d030107', // P-256
  '301006072a8648ce3d020106052b81040022', // P-384
  '301006072a8648ce3d020106052b81040023', // P-521
])

const pss = (hash: string, saltLength: string): string =>
  `304106092a864886f70d01010a3034a00f300d0609608648016503040${hash}0500` +
  `a11c301a06092a864886f70d010108300d0609608648016503040${hash}0500a2030201${saltLength}`

/** §7.1.3.2: signatures. */
export const SIGNATURE_ALGORITHMS: ReadonlySet<string> = new Set([
  '300d06092a864886f70d01010b0500', // RSASSA-PKCS1-v1_5 with SHA-256
  '300d06092a864886f70d01010c0500', // with SHA-384
  '300d06092a864886f70d01010d0500', // with SHA-512
  pss('201', '20'), // RSASSA-PSS with SHA-256
  pss('202', '30'), // with SHA-384
  pss('203', '40'), // with SHA-512
  '300a06082a8648ce3d040302', // ECDSA with SHA-256
  '300a06082a8648ce3d040303', // with SHA-384
  '300a06082a8648ce3d040304', // with SHA-512
])
