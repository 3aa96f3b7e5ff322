/** A witness's signature over a manifest, and the one file that it leaves in. */
import type { SigningKey } from './signing-key.ts'

/** The label of the second block; the first is the certificate. */
const SIGNED = 'MANIFEST SIGNATURE'

/** Signs the octets of the manifest; returns the text of NAME.witness.pem. */
export async function attest(manifest: Uint8Array<ArrayBuffer>, key: SigningKey): Promise<string> {
  const how = { name: 'ECDSA', hash: 'SHA-256' }
  const raw = new Uint8Array(await crypto.subtle.sign(how, key.privateKey, manifest))
  return block('CERTIFICATE', key.certificate) + block(SIGNED, derSignature(raw))
}

/** One PEM block, 64 characters a line. */
export function block(label: string, octets: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...octets))
  return `-----BEGIN ${label}-----\n${base64.replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`
}

/** From r and s side by side, as browsers give them, to a SEQUENCE of two INTEGERs, as OpenSSL reads them. */
export function derSignature(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  const both = [...integer(raw.subarray(0, half)), ...integer(raw.subarray(half))]
  return Uint8Array.of(0x30, both.length, ...both)
}

function integer(number: Uint8Array): number[] {
  const octets = [...number]
  while (octets.length > 1 && octets[0] === 0) octets.shift()
  if (octets[0]! >= 0x80) octets.unshift(0)
  return [0x02, octets.length, ...octets]
}

/** Returns a name for files: letters without accents, digits, dots and hyphens. */
export function safeName(name: string): string {
  const kept = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .slice(0, 40)
    .replace(/^[-.]+|[-.]+$/g, '')
  return kept || 'witness'
}
