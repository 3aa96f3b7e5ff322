import { PROGRAM_NAMES } from './names.ts'
import { answers, SENDS_ANYWAY, type Program } from './program.ts'
import { surveyed } from './words.ts'

const REFUSED =
  'missing-int deep-20 expired notyet int-expired root-expired unknown-ca unknown-ca-root-sent self-signed issuer-not-ca issuer-no-bc int-no-certsign pathlen nameconstr crit-ext bad-sig sha1 md5'
const client = answers('client', {
  42: `${REFUSED} int-eku wrong-eku garbage wrong-name wildcard-deep`,
  '42|80': 'leaf-second',
  51: 'bad-cv',
  80: 'ku-no-ds',
  // gnutls-cli refused the file of CRLs.
  '-': 'revoked crl-ok int-revoked crl-expired',
})
const server = answers('server', {
  49: `${REFUSED} revoked int-revoked`,
  80: 'leaf-second ku-no-ds',
  51: 'bad-cv',
  42: 'garbage',
  '50|116': 'none',
})
const said = (code: Parameters<typeof surveyed>[1]): string => surveyed('gnutls', code)

/** Its gnutls-cli and gnutls-serv. */
export const gnutls: Program = {
  id: 'gnutls',
  name: PROGRAM_NAMES.gnutls,
  requestNames: 'bundle',
  runs: [
    { versions: ['3.7.9'], client, server, choosing: SENDS_ANYWAY },
    { versions: ['3.8.9'], client, server },
  ],
  words: [
    ['unreadable', 'ASN1 parser: Error in DER parsing', 'garbage'],
    ['handshake-signature', 'Public key signature verification has failed', 'bad-cv'],
    ['key-usage', "Peer's certificate does not allow digital signatures", 'leaf-second ku-no-ds'],
    ['no-certificate', 'Certificate is required', 'none', 'server'],
    ['no-certificate', 'No certificate was found', 'none', 'server'],
    ['expired', said('expired'), ''],
    ['not-yet-valid', said('not-yet-valid'), ''],
    ['issuer-unknown', said('issuer-missing'), ''],
    ['name-mismatch', said('peer-name-mismatch'), ''],
    ['critical-extension', said('critical-extension-unknown'), ''],
    ['certificate-refused', 'Error in the certificate', '=refused'],
  ],
}
