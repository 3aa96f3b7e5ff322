import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { succeed } from './run.ts'

const CONFIG = `[req]
distinguished_name = dn
x509_extensions = ca
prompt = no
[dn]
O = Outside
CN = Outside Root
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[below]
basicConstraints = critical, CA:TRUE, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[leaf]
authorityKeyIdentifier = keyid
[renamed]
authorityKeyIdentifier = keyid
subjectKeyIdentifier = hash
subjectAltName = DNS:another.example.com
`

/** The next argument is the file for the key. */
export const NEW_P256 = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc', '-keyout']

/** An external CA, run with OpenSSL in `cwd`: root.pem, root.key, ca.cnf. */
export interface OutsideCa {
  readonly root: Uint8Array
  /**
   * Signs the request in that file, with the extensions of a section of ca.cnf; if an option is given twice, the later
   * one counts. 'renamed' ignores the requested name and gives the certificate another.
   */
  sign(request: string, section: 'below' | 'leaf' | 'renamed', ...more: string[]): Promise<Uint8Array>
}

export async function outsideCa(cwd: string): Promise<OutsideCa> {
  writeFileSync(join(cwd, 'ca.cnf'), CONFIG)
  const self = ['-x509', '-config', 'ca.cnf', ...NEW_P256, 'root.key', '-out', 'root.pem', '-days', '900']
  await succeed('openssl', ['req', '-new', ...self], { cwd })
  return {
    root: readFileSync(join(cwd, 'root.pem')),
    async sign(request, section, ...more) {
      const by = ['-CA', 'root.pem', '-CAkey', 'root.key', '-CAcreateserial', '-days', '300']
      const extensions = ['-extfile', 'ca.cnf', '-extensions', section]
      await succeed(
        'openssl',
        ['x509', '-req', '-in', request, ...by, ...extensions, '-out', 'answer.pem', ...more],
        { cwd },
      )
      return readFileSync(join(cwd, 'answer.pem'))
    },
  }
}
