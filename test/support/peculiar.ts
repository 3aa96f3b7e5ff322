import { Crypto, CryptoKey } from '@peculiar/webcrypto'

// A second implementation of the standard in place of Node's own. It has no ML-DSA: tests query what is supported, as
// the page does.
if (!(globalThis.crypto instanceof Crypto)) {
  Object.defineProperty(globalThis, 'crypto', { value: new Crypto(), configurable: true })
  Object.defineProperty(globalThis, 'CryptoKey', { value: CryptoKey, configurable: true })
}
