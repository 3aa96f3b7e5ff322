import type { Lacks } from '../../../destinations/printed.ts'
import type { Learns } from '../../../mtls/handshake.ts'
import type { Possession } from '../../../mtls/judge/judgement.ts'
import type { Lacking, Withheld } from '../../../mtls/negotiate.ts'
import type { FactKind } from '../../../mtls/proxy/facts.ts'
import type { Place } from '../../../mtls/rules/rule.ts'
import type { Verifies } from '../../../mtls/scenario.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import { count, list, number } from '../format.ts'
import { ready } from './lab-ready.ts'

const ends: Readonly<Record<Side, string>> = { client: 'client', server: 'server' }
const otherOf = (side: Side): string => ends[side === 'client' ? 'server' : 'client']

/** The mTLS lab. */
export const lab = {
  title: 'mTLS lab',
  lead: 'Two ends of a TLS handshake, played with real messages and signatures. Each judges the other’s certificate.',
  scenario: 'Scenario',
  again: 'Start over',
  ready,
  working: 'Playing the handshake',
  parts: {
    label: 'Parts of the lab',
    handshake: 'Handshake',
    matrix: 'Who reaches whom',
    settings: 'Settings to take away',
    proxy: 'Behind a proxy',
    explain: 'Explain an error',
  },
  drop: 'Drop certificates, keys or lists: each side can send or trust them',
  add: 'Add certificates, keys or lists…',
  side: { client: 'Client', server: 'Server' } satisfies Record<Side, string>,
  headline: {
    connects: 'They connect',
    refuses: (by: Side): string => `The ${ends[by]} refuses the ${otherOf(by)}`,
    /** Instead of what a fix would be for a server that one runs oneself. */
    issuerAway: 'None of the certificates here is its issuer. Add that certificate, then send it along.',
    apart: 'They have nothing in common',
    kicker: (version: string | null, suite: string | null): string =>
      version === null ? 'Before any version' : suite === null ? version : `${version}, ${suite}`,
    connectsBut: (by: Side): string => `The ${ends[by]} did not verify the ${otherOf(by)}`,
  },
  why: {
    'no-certificate': (by: Side, withheld: Withheld): string =>
      ({
        none: `The ${otherOf(by)} has no certificate to send.`,
        scheme: `The ${otherOf(by)} has a certificate, and none of the signatures that the ${ends[by]} takes can be made with its key.`,
        type: `The ${otherOf(by)} has a certificate, and the ${ends[by]}’s request takes another kind of key.`,
        authorities: `The ${otherOf(by)} has a certificate, and sends none: none of its chain is issued by a CA that the ${ends[by]} lists.`,
      })[withheld],
    unreadable: (by: Side, at: number, sentence: string): string =>
      `Certificate ${number(at + 1)} of the ${otherOf(by)} cannot be read: ${sentence}`,
    undecided: 'Whether the chain is valid could not be decided here.',
    'key-usage':
      'The key usage of its certificate does not include digitalSignature, and both sides sign their handshake.',
    staple: 'The stapled OCSP response cannot be read.',
    possession: (by: Side): string =>
      `The ${otherOf(by)}’s signature over the handshake was not made with the key of its certificate.`,
    rule: (by: Side, lacks: 'no' | 'certificate' | 'unknown'): string =>
      ({
        no: `The chain is valid, and the ${ends[by]}’s rule does not let this ${otherOf(by)} in.`,
        certificate: `The ${otherOf(by)} sent no certificate, and the ${ends[by]}’s rule asks about it.`,
        unknown: `The ${ends[by]}’s rule asks for something that is not known here, and lets nobody in on that.`,
      })[lacks],
    'nothing-in-common': (lacks: Lacking): string =>
      ({
        version: 'There is no TLS version that both take.',
        scheme: 'The client takes no signature that the server’s key can make.',
        suite: 'There is no cipher suite that both take and the server’s key fits.',
      })[lacks],
  },
  alert: (by: Side, name: string, code: number): string =>
    `The ${ends[by]} sends the alert ${name} (${number(code)}).`,
  learns: {
    'in-handshake': (by: Side): string =>
      `The ${otherOf(by)} learns of it in its own handshake, which fails.`,
    'after-success': (by: Side): string =>
      `The ${otherOf(by)}’s handshake has already succeeded: it learns of it when it reads for the first time, or from a reset if it has written before.`,
    'from-the-answer': (by: Side): string =>
      `Both handshakes succeed: the ${otherOf(by)} learns of it from the answer of the application, or because the connection is closed.`,
    'no-connection': (by: Side): string =>
      `No message is sent: the ${otherOf(by)} gets no connection at all.`,
  } satisfies Record<Learns, (by: Side) => string>,
  fix: {
    send: (side: Side, name: string): string => `Let the ${ends[side]} send ${name} along`,
    trust: (side: Side, name: string): string => `Let the ${ends[side]} trust ${name}`,
  },
  /** For a certificate that another one would not be refused instead of; its name may not be known. */
  issueInstead: {
    tlsClient: (name: string | null): string =>
      `Issue a certificate with clientAuth${name === null ? '' : ` for ${name}`}…`,
    tlsServer: (name: string | null): string =>
      `Issue a certificate with serverAuth${name === null ? '' : ` for ${name}`}…`,
  },
  judges: (by: Side): string => `What the ${ends[by]} thinks of the ${otherOf(by)}`,
  accepts: 'Accepts it',
  refusesIt: 'Refuses it',
  notAsked: 'Asks for no certificate',
  withoutCertificate: 'Lets in without a certificate',
  notReached: 'Does not come so far; this is what it would say',
  overlooked: 'It does not verify. If it did, it would refuse:',
  possession: {
    proved: 'The key is proved by a signature over this handshake.',
    'not-proved': 'Not proved: the key is not here.',
    'wrong-key': 'The signature was made with another key.',
  } satisfies Record<Possession, string>,
  address: 'Connects from',
  addressHint: 'An IP address, for rules that ask for one. Without one such a rule lets nobody in.',
  letsOnly: 'Who may connect',
  letsIn: (at: Place): string =>
    ({
      network: 'A rule decides before the handshake who may connect.',
      tls: 'A rule decides in the handshake who may connect.',
      application: 'A rule decides after the handshake who may connect.',
      proxy: 'A rule decides at the proxy who may connect.',
    })[at],
  sends: 'Sends, in this order',
  sendsNothing: 'No certificate',
  trusts: 'Trusts',
  trustsNothing: 'Nothing',
  withKey: 'with its key',
  unread: 'Octets that cannot be read as a certificate',
  issuedBy: (name: string, issuer: string): string => `${name}, issued by ${issuer}`,
  has: (lists: number, isStapled: boolean): string =>
    [
      ...(lists > 0 ? [`${count(lists, 'revocation list')} available`] : []),
      ...(isStapled ? ['staples an OCSP response'] : []),
    ].join('; '),
  moveUp: (name: string): string => `Send ${name} earlier`,
  leaveOut: (name: string): string => `Leave out ${name}`,
  distrust: (name: string): string => `No longer trust ${name}`,
  sendMore: 'Send another certificate',
  trustMore: 'Trust another certificate',
  choose: 'Choose…',
  settings: 'Settings',
  versions: { label: 'TLS versions', both: '1.3 and 1.2', '1.3': '1.3 alone', '1.2': '1.2 alone' },
  verifies: {
    label: 'Verifies the other side',
    handshake: 'in the handshake',
    application: 'in the application, later',
    no: 'not at all',
  } satisfies Record<Verifies | 'label', string>,
  host: 'Connects to',
  checksHost: 'Checks that name',
  heedsAuthorities: 'Sends a certificate only if the server lists one of its issuers',
  asks: {
    label: 'Asks for a certificate',
    no: 'no',
    optional: 'yes, optional',
    required: 'yes, required',
  },
  listsAuthorities: 'Lists the CAs it trusts in its request',
  clock: 'Its clock',
  needsStatus: 'Every certificate needs a current status',
  printed: {
    keyInVault: 'The key is in this vault: save it on the page of its certificate.',
    lead: 'What a program needs to be one of the two ends of this lab: files, settings and commands, to be tried on loopback first.',
    program: 'Program',
    side: 'As the',
    working: 'Writing the settings',
    lacks: {
      side: 'This program is never that end. Choose the other end, or another program.',
      certificate: 'The server sends no certificate, and no program starts without one. Give it one first.',
      anchors: 'The server asks for a certificate and trusts no CA. Let it trust one first.',
    } satisfies Record<Lacks, string>,
    commands: 'the commands',
    save: 'Download these files',
    saveWithKey: 'Download with the private key…',
    keyTitle: 'Put the private key into the file?',
    keyMeans:
      'The ZIP file then holds the private key of this end in plain text. Anyone who has the file can act as this end. Delete it once the key is where it belongs.',
    withKey: 'Download with the key',
    withoutKey: 'Download without it',
    kit: {
      title: 'Does your own server refuse what it must?',
      lead: 'A ZIP of certificates that the server of this lab has to refuse (wrong CA, self-signed, expired, wrong purpose, revoked, wrong name) and a script that asks a server with each and prints who got in. Their keys are made for this file.',
      act: 'Download the refusal kit',
    },
  },
  proxy: {
    lead: 'What the application behind a proxy gets to see of the client in this lab, and what it can make of it.',
    noClient: 'The client sends no certificate, so a proxy has nothing to hand on.',
    headers: 'What proxies write',
    program: 'Proxy',
    basis: (versions: readonly string[], text: string): string =>
      versions.length === 0 ? text : `${text}: ${list(versions)}`,
    never: 'Do not forward this',
    unknownForm: 'The exact form is not known.',
    nothing: 'Nothing to write: the client sends no such certificate.',
    octets: (n: number): string => count(n, 'character'),
    setting: 'Settings',
    stripping: 'Only removing what clients send',
    read: {
      title: 'Read a header',
      lead: 'Paste header lines, or the value of one. The certificate is then judged as the server of this lab would, with what the header carries and nothing else.',
      label: 'Header',
      act: 'Read it',
      working: 'Reading the header',
      from: (program: string): string => `Form: ${program}`,
      or: (programs: readonly string[]): string => `${list(programs)} would write the same.`,
      none: 'It carries no certificate, only what the proxy says of one. The application has to take its word.',
      chain: (n: number): string =>
        n === 0
          ? 'No intermediate certificate comes with it: a second verifier needs them from elsewhere.'
          : `With it: ${count(n, 'more certificate')} of the chain.`,
      wrong:
        'This is not true of the certificate that came with it; another header was written by somebody else:',
      absent: (names: readonly string[]): string => `No certificate, says ${list(names)}.`,
      ignored: (names: readonly string[]): string => `Not about a certificate: ${list(names)}.`,
      ambiguous: 'can be read in more than one way',
      accepts: 'The second verifier accepts it',
      refuses: 'TLS is fine; the second verifier refuses it',
      facts: {
        subject: 'Subject',
        issuer: 'Issuer',
        serial: 'Serial number',
        sha1: 'SHA-1',
        sha256: 'SHA-256',
        notBefore: 'Not before',
        notAfter: 'Not after',
        dns: 'DNS name',
        uri: 'URI',
        email: 'E-mail',
        ip: 'IP address',
        verify: 'Verified',
        present: 'Present',
        by: 'Written by',
      } satisfies Record<FactKind, string>,
    },
    oauth: {
      title: 'OAuth 2.0 with certificates (RFC 8705)',
      thumbprint: 'x5t#S256 of the client’s certificate',
      subject: 'tls_client_auth_subject_dn',
      what: 'Compare with',
      whats: {
        token: 'an access token, or an introspection answer',
        client: 'a client’s metadata',
        keys: 'a key set (JWKS)',
      },
      label: 'Text',
      act: 'Compare',
      working: 'Comparing',
      bound: (value: string): string => `Bound to ${value}.`,
      active: {
        true: 'The authorization server says that the token is active.',
        false: 'The authorization server says that the token is not active.',
      },
      client: (member: string, expected: string, matches: boolean): string =>
        matches
          ? `${member} is this certificate’s: ${expected}`
          : `${member} is ${expected}, which is not this certificate’s.`,
      keys: (at: number | null): string =>
        at === null
          ? 'No key of the set is this certificate: self_signed_tls_client_auth refuses it.'
          : `Key ${number(at + 1)} of the set is this certificate.`,
    },
  },
  explain: {
    lead: 'Paste what a program printed: an error, a log, a whole stack trace. It stays in this page.',
    label: 'Error text',
    act: 'Explain it',
    working: 'Reading the text',
    quote: 'In the text',
    printed: (name: string): string => `Printed by ${name}.`,
    fits: 'It fits',
    more: (n: number): string => `and ${number(n)} more`,
    alert: (name: string, code: number): string => `It is ${name} (${number(code)}).`,
    examples: 'Try one of these',
  },
  ladder: {
    title: 'The handshake, message by message',
    lead: 'Real octets: open a message to see each field. Randoms and key shares are new each time.',
    from: (side: Side): string => (side === 'client' ? 'Client to server' : 'Server to client'),
    octets: (n: number): string => count(n, 'octet'),
    encrypted: 'encrypted',
    plain: 'in the clear',
    notSent: 'not sent: the attempt has ended',
    notMade: 'needs a key that is not here',
    flight: (n: number, side: Side, octets: number): string =>
      `Flight ${number(n)}, ${ends[side]}: ${count(octets, 'octet')}`,
    ends: (by: Side): string => `Here the ${ends[by]} ends the attempt.`,
    field: 'Field',
    value: 'Octets',
    more: (n: number): string => `… ${number(n)} more`,
  },
}
