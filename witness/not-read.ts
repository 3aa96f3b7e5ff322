/** The limits of PKI.js, in the words of the page and of docs/witness.md. */
export const NOT_READ = {
  ed25519: 'Signatures with Ed25519 or Ed448 are not read: PKI.js does not verify them.',
  mldsa: 'Signatures with ML-DSA are not read: PKI.js does not know the algorithm.',
  signature: 'Signatures with this algorithm are not read: PKI.js does not verify them.',
  long: 'Lists of more than 10,000 entries are not read: PKI.js holds each entry as a tree of objects.',
  size: 'Files of more than 16 MiB are not read.',
  total: 'Of files with more than 64 MiB in all the rest is not read. Forget what is not needed.',
  many: 'Of more than 200 items the rest is not read.',
  privateKey: 'Private keys are not read: reading needs none. Keep the file away from this machine.',
  sealed:
    'Encrypted files and containers (PKCS#7, PKCS#12) are not read: take the certificates out of them first.',
  curve:
    'EC keys on curves other than P-256, P-384 and P-521 are named, and signatures by them are not read.',
  key: 'Keys that the browser refuses are named, and signatures by them are not read: a point that is not on its curve, for example.',
  ber: 'Octets that are no certificate, request or list to PKI.js, or that have something after their end, are not read.',
} as const

export type NotReadReason = keyof typeof NOT_READ
