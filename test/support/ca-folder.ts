import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { InFile } from '../../src/border/words.ts'
import { succeed } from './run.ts'

/** A CA as a tool leaves it in a folder. */

const CONFIG = `
[ca]
default_ca = here
[here]
dir = .
database = index.txt
new_certs_dir = newcerts
serial = serial
crlnumber = crlnumber
certificate = cacert.pem
private_key = private/cakey.pem
default_md = sha256
default_days = 300
default_crl_days = 30
policy = any
unique_subject = no
copy_extensions = copy
[any]
commonName = supplied
[req]
distinguished_name = dn
[dn]
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
`

export interface OpensslCa {
  readonly cwd: string
  /** Issues to a new key; returns the serial number as in the database. */
  issue(name: string): Promise<string>
  revoke(serialNumber: string, ...reason: string[]): Promise<void>
  openssl(...args: string[]): Promise<string>
}

/** The layout of `openssl ca`: index.txt, serial, crlnumber, newcerts/, private/. */
export async function opensslCa(
  cwd: string,
  { crlNumber = '2A', newkey = ['ec', '-pkeyopt', 'ec_paramgen_curve:P-256'], password = '' } = {},
): Promise<OpensslCa> {
  const { writeFileSync } = await import('node:fs')
  for (const folder of ['newcerts', 'private']) mkdirSync(join(cwd, folder))
  for (const [file, text] of Object.entries({
    'openssl.cnf': CONFIG,
    'index.txt': '',
    'index.txt.attr': 'unique_subject = no\n',
    serial: '1000\n',
    crlnumber: `${crlNumber}\n`,
  }))
    writeFileSync(join(cwd, file), text)
  const openssl = async (...args: string[]): Promise<string> =>
    (await succeed('openssl', args, { cwd })).stdout
  const protection = password === '' ? ['-noenc'] : ['-passout', `pass:${password}`]
  const passin = password === '' ? [] : ['-passin', `pass:${password}`]
  const config = ['-config', 'openssl.cnf']
  await openssl(
    ...['req', '-x509', ...config, '-extensions', 'root', '-subj', '/CN=Old CA', '-days', '3650'],
    ...['-newkey', ...newkey, ...protection, '-keyout', 'private/cakey.pem', '-out', 'cacert.pem'],
  )
  return {
    cwd,
    openssl,
    async issue(name) {
      const serialNumber = readFileSync(join(cwd, 'serial'), 'utf8').trim()
      const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout', '/dev/null']
      const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
      await openssl('req', '-new', ...config, ...key, ...names, '-out', 'request.pem')
      await openssl('ca', '-batch', ...config, ...passin, '-in', 'request.pem', '-notext')
      return serialNumber
    },
    async revoke(serialNumber, ...reason) {
      await openssl('ca', ...config, ...passin, '-revoke', `newcerts/${serialNumber}.pem`, ...reason)
    },
  }
}

/** Every file below `path`, named as a browser names those of a dropped folder. */
export function folderFiles(path: string, name = 'ca'): InFile[] {
  return readdirSync(path).flatMap((entry): InFile[] => {
    const at = join(path, entry)
    const called = `${name}/${entry}`
    return statSync(at).isDirectory()
      ? folderFiles(at, called)
      : [{ name: called, bytes: new Uint8Array(readFileSync(at)) }]
  })
}
