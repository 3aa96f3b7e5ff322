import { readFileSync, readdirSync } from 'node:fs'

const FOLDER = '/usr/share/ca-certificates/mozilla'

/** Returns the certificates of Debian's ca-certificates by file name, DER. */
export const debianRoots = (): [name: string, der: Uint8Array<ArrayBuffer>][] =>
  readdirSync(FOLDER)
    .sort()
    .map((name) => [name, fromPem(readFileSync(`${FOLDER}/${name}`, 'utf8'))])

const fromPem = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(text.replace(/-----[^-]+-----/g, ''), 'base64'))
