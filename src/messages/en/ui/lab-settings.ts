import type { SettingsWords } from '../../../destinations/bundle.ts'
import type { KitWords } from '../../../destinations/refusal-kit.ts'
import { either, list } from '../format.ts'

/** Settings of other programs, from the two ends of the lab. */
export const labSettings: SettingsWords = {
  title: (program, side) => `${program}: settings for the ${side}`,
  headings: {
    files: 'Files',
    run: 'Run it, in this folder',
    before: 'Once',
    check: 'Check the settings',
    start: 'Start it',
    ask: 'Try it, in a folder with the files of a client',
    logs: 'What it reports',
    limits: 'Where it differs from the lab',
    seen: 'Tested',
  },
  roles: {
    'server-chain': 'The certificate of the server and the CAs above it, its own first.',
    'client-chain': 'The certificate of the client and the CAs above it, its own first.',
    'server-cas': 'The CAs that the client trusts for servers.',
    'client-cas': 'The CAs that the server trusts for clients.',
    'server-lists': 'The revocation lists for certificates of servers.',
    'client-lists': 'The revocation lists for certificates of clients.',
    settings: 'The settings to take over.',
    'settings-istio': 'The same for a gateway of Istio.',
    starter: 'Starts the settings here, without access to any other folder.',
    program: 'The program.',
    commands: 'The command.',
    module: 'The name of the module.',
  },
  key: {
    added: 'The private key. Anyone who has this file can act as this end: keep it out of mail and tickets.',
    missing:
      'Not included: put the private key here (PKCS#8, PEM), readable only by the account that runs the program.',
  },
  loopback:
    'Everything listens on 127.0.0.1 alone, so that it can be tried. Change the addresses and the port when you take it over.',
  accepts: (text) => `A certificate is let in: ${text}`,
  refuses: (text) => `A certificate is refused: ${text}`,
  seen: (versions) => `Run with these settings: version ${list(versions)}.`,
  notRun: 'Not run here: written from its documentation. Try it before you depend on it.',
  none: 'Nothing: it verifies as the lab does, and asks the same.',
  limits: {
    'cannot-ask': 'This program has no way to ask this.',
    'unsafe-value': 'This value cannot be written in its settings without a change of meaning.',
    'name-refused':
      'It compares names as text, so another spelling of a name that you want to refuse would be let in.',
    'ca-unknown':
      'The CA is named by its certificate, which is not in the lab, so that its name is not known.',
    'ca-by-name':
      'It compares the name of the CA that issued the certificate, not its key. Trust no other CA that could use the name.',
    'roots-alike': 'It does not say which of the trusted roots a chain ends at. Trust only the one you mean.',
    'rules-ignored': 'It verifies the chain and asks nothing else.',
    'anchor-not-root':
      'It does not accept a CA as trusted unless it is a root. Add the root above it, and restrict the issuing CA by a rule.',
    'lists-incomplete':
      'It needs a current revocation list of every CA of the chain, including the root, and one of them is missing.',
    'lists-ignored': 'It reads no revocation lists.',
    'lists-leaf-only':
      'It looks up only the certificate itself in the revocation lists, not the CAs above it.',
    'status-not-required': 'There is no revocation list, so that it checks no status.',
    'depth-ignored': 'It has no limit for the length of a chain.',
    'verifies-anyway':
      'In the lab this end leaves out a part of the verification. These settings verify everything in the handshake.',
    'cn-counts': 'If a certificate has no alternative names, it compares the CN instead.',
    'cn-always-counts':
      'It accepts the CN of a certificate as the name of the server, even if the alternative names are others.',
    'optional-ignored': 'It cannot make the certificate optional: these settings require one.',
    resumption: 'A resumed session is not verified again.',
  },
  effects: {
    nobody: 'These settings let nobody in until you change that.',
    fewer: 'These settings may refuse what the lab accepts.',
    same: '',
    more: 'These settings may accept what the lab refuses.',
  },
  tests: {
    root: 'The root',
    issuer: 'The issuing CA',
    subject: 'The subject',
    san: 'The alternative name',
    spiffe: 'The SPIFFE ID',
    serial: 'The serial number',
    certificate: 'The SHA-256 of the certificate',
    key: 'The SHA-256 of the public key',
    purpose: 'The extended key usage',
    policy: 'The certificate policy',
    user: 'The user name',
    address: 'The address',
  },
  elsewhere: (places) => `It can be enforced ${either(places)}.`,
  places: {
    network: 'in a firewall',
    tls: 'by the TLS library',
    application: 'in the application',
    proxy: 'at another proxy',
  },
}

/** The refusal kit of the lab. */
export const refusalKitWords: KitWords = {
  title: 'Certificates that your server must refuse',
  use: [
    'Run this where your server can be reached, in this folder:',
    '    sh ask.sh HOST:PORT [NAME]          asks by HTTPS, with curl',
    '    sh ask.sh --tls HOST:PORT [NAME]    for anything else over TLS, with openssl',
    'NAME is the name of the server, if it is not HOST. It prints one line for each certificate: whether it got in.',
    'The exit status is 0 if all were refused, 1 if some got in, and 2 if the server was not reached.',
  ],
  cases: {
    none: 'No certificate at all.',
    'wrong-ca': 'From a CA that was made for this kit and that nobody trusts.',
    'self-signed': 'Signed with its own key.',
    expired: 'From the CA for clients, but expired yesterday.',
    'wrong-purpose': 'From the CA for clients, but for servers only.',
    revoked: 'From the CA for clients, but revoked.',
    'wrong-name':
      'From the CA for clients, and valid, for nobody.invalid. It gets in unless a rule asks for a name.',
  },
  missing: (cases) =>
    `Not in this kit, because the key of the CA for clients is not in the lab: ${list(cases)}.`,
  lists: 'The server knows of the revocation only with revoked-crls.pem: give it these lists before you ask.',
  refused: 'refused',
  gotIn: 'GOT IN',
  notReached: 'the server was not reached',
}
