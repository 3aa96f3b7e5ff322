import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { encodePem } from '../../src/x509/pem.ts'

const BUNDLE = '/etc/ssl/certs/ca-certificates.crt'
const FOLDER = '/usr/share/ca-certificates/mozilla'

/** Returns the certificates of Debian's ca-certificates by file name, DER. */
export const debianRoots = (): [name: string, der: Uint8Array<ArrayBuffer>][] =>
  readdirSync(FOLDER)
    .sort()
    .map((name) => [name, fromPem(readFileSync(`${FOLDER}/${name}`, 'utf8'))])

/** Returns the same as one file of PEM, as Debian installs it. */
export const debianBundle = (): Buffer =>
  existsSync(BUNDLE)
    ? readFileSync(BUNDLE)
    : Buffer.from(
        debianRoots()
          .map(([, der]) => encodePem('CERTIFICATE', der))
          .join(''),
      )

const fromPem = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64'))
