import type { OutputTaken } from '../../../border/protocol/lab.ts'
import type { OutputFault, OutputFaults } from '../../../mtls/output/read-output.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import { count, list, number } from '../format.ts'

const ends: Readonly<Record<Side, string>> = { client: 'client', server: 'server' }
const AGAIN = 'Run openssl s_client -connect HOST:443 -showcerts, and paste all that it prints.'

/** Why output is not read: what is wrong, and what to do. */
const faults: { readonly [C in keyof OutputFaults]: (detail: OutputFaults[C]) => string } = {
  'output-empty': () => `There is nothing here yet. ${AGAIN}`,
  'output-too-long': ({ length, limit }) =>
    `The text has ${number(length)} characters; at most ${number(limit)} are read. Paste the output of one connection.`,
  'output-too-many': ({ what, limit }) =>
    what === 'certificates'
      ? `There are more than ${count(limit, 'certificate')} here. Paste the output of one connection.`
      : `The server lists more than ${count(limit, 'CA')}; no more are read. Leave some out.`,
  'output-names-alone': ({ program }) =>
    program === 'curl'
      ? `This is what curl prints: names, and no certificate. ${AGAIN}`
      : `The chain is named here, and no certificate is shown. ${AGAIN}`,
  'output-no-certificate': () =>
    'The server sent no certificate in this connection. The error in the text says why: the part “Explain an error” reads it.',
  'output-cut': ({ line }) =>
    `The certificate that begins in line ${number(line)} has no end: the text was cut off. Copy it again, as a whole.`,
  'output-base64': ({ line }) =>
    `The certificate that begins in line ${number(line)} is damaged: it is not Base64. Copy the text again.`,
  'output-unknown': () => `This is not output of openssl s_client. ${AGAIN}`,
}

function asked({ asks, accepts, absent }: OutputTaken, names: readonly string[]): string[] {
  if (asks === null)
    return [
      'The text ends before it says whether the server asks for a certificate: that was left as it was.',
    ]
  if (!asks) return ['The server asks for no certificate.']
  if (accepts === 0)
    return [
      'The server asks for a certificate and lists no CAs. Whom it trusts is not printed: that was left as it was.',
    ]
  return [
    `The server asks for a certificate and lists ${count(accepts, 'CA')}. Whether it lets anyone in without one is not printed; here it does not.`,
    ...(absent.length === 0
      ? []
      : [
          `No certificate is here of ${list(names)}${absent.length > names.length ? ` and ${number(absent.length - names.length)} more` : ''}: add it, then paste the output again.`,
        ]),
  ]
}

function taken(all: OutputTaken, names: readonly string[], verdict: string): string[] {
  const { certificates, named, version, verified } = all
  return [
    named > certificates
      ? `The server sent ${count(named, 'certificate')}, and ${number(certificates)} of them is shown here. ${AGAIN}`
      : `The server sends ${count(certificates, 'certificate')}, in the order of the text.`,
    ...asked(all, names),
    version === null
      ? 'The text has no TLS version that is played here: that was left as it was.'
      : `They agreed on ${version}, and that alone is left to the server.`,
    ...(verified === null
      ? []
      : verified.code === 0
        ? ['The program that printed this found the chain valid.']
        : [
            `The program that printed this did not find the chain valid: ${verdict} (${number(verified.code)}).`,
          ]),
  ]
}

/** How the ends of the lab are filled from elsewhere. */
export const labFill = {
  /** In the list of scenarios. */
  from: {
    file: (name: string): string => `From a file: ${name}`,
    vault: (name: string): string => `From this vault: ${name}`,
    output: 'From output of a client',
  },
  vault: {
    open: 'From this vault…',
    title: {
      sends: (side: Side): string => `Which certificate does the ${ends[side]} send?`,
      trusts: (side: Side): string => `Which CA does the ${ends[side]} trust?`,
    },
    lead: {
      sends: 'It is sent with the CAs above it, and the other side then trusts the root.',
      trusts: 'It is trusted as well as those that are trusted already.',
    },
    search: 'Search',
    until: (day: string): string => `until ${day}`,
    none: { sends: 'No such certificate is found.', trusts: 'No such CA is found.' },
    more: (n: number): string => `${count(n, 'more certificate')}: search for a name.`,
  },
  prove: {
    act: 'Prove it with the key in the vault…',
    title: 'Sign this handshake?',
    means: (name: string): string =>
      `The key of ${name} in the vault signs once, and the journal records it. The lab signs only transcripts whose random values and key shares it drew itself in this run. Each further handshake is asked about again.`,
    confirm: 'Sign it',
  },
  forgotten: {
    keys: 'The vault was locked, and keys that you had added to the lab were dropped with it. Add them again to prove them.',
    all: 'The vault was locked, and what the lab had of it went with it, keys that you had added too. Another scenario was begun.',
  },
  output: {
    title: 'Fill the server from what a client printed',
    label: 'Output of openssl s_client -showcerts',
    act: 'Fill the server',
    taken,
    fault: ({ code, detail }: OutputFault): string => (faults[code] as (detail: unknown) => string)(detail),
  },
}
