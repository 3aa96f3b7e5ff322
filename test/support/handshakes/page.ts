import { join } from 'node:path'
import { format, resolveConfig } from 'prettier'
import type { Side } from '../../../src/mtls/wire/transcript.ts'
import { ROOT } from '../dist.ts'
import { DISAGREEMENTS } from './disagreements.ts'
import { cellOf, codesOf, type Expected } from './expected.ts'
import { roleOf, type Made } from './files.ts'
import { programSays, type LabSays } from './lab.ts'
import type { Group } from './scenario.ts'

/** docs/handshakes.md, from the rows and what the lab says. */

export const PAGE = join(ROOT, 'docs/handshakes.md')

const NAMES: Readonly<Record<string, string>> = {
  openssl: 'OpenSSL',
  go: 'Go',
  java: 'Java',
  gnutls: 'GnuTLS',
  nss: 'NSS',
  node20: 'Node 20',
  node26: 'Node 26',
  python: 'Python',
  curl: 'curl',
  nginx: 'nginx',
  'nginx-deep': 'nginx, depth 100',
  haproxy: 'HAProxy',
  apache: 'Apache',
  'apache-deep': 'Apache, depth 10',
  stunnel: 'stunnel',
  'openssl-t': 'OpenSSL 3.5.9',
  'go-t': 'Go 1.24.4',
  'java-t': 'Java 21.0.13',
  'gnutls-t': 'GnuTLS 3.8.9',
  'python-t': 'Python 3.13',
  'curl-t': 'curl 8.14',
  'rustls-t': 'rustls 0.23.26',
  bun: 'Bun 1.4.5',
  deno: 'Deno 2.9.6',
}

/** What is not run here, as it was measured elsewhere. */
const RECORDED: Readonly<Record<Side, readonly string[]>> = {
  client: ['openssl-t', 'go-t', 'java-t', 'gnutls-t', 'python-t', 'curl-t', 'rustls-t', 'bun', 'deno'],
  server: ['openssl-t', 'go-t', 'java-t', 'gnutls-t', 'nss', 'python-t', 'rustls-t', 'bun'],
}

const GROUPS: Readonly<Record<Group, string>> = {
  chain: 'What is sent',
  trust: 'What is trusted',
  time: 'Dates',
  purpose: 'Purposes and key usage',
  limits: 'Limits of a CA, and certificates that are wrong',
  keys: 'Kinds of keys',
  lists: 'Revocation',
  rules: 'Who may connect',
  names: 'Names',
  asking: 'Whether a certificate is asked for, and verified',
}

const TITLES: Readonly<Record<Side, string>> = {
  server: 'The program is the server: it judges the client’s certificate',
  client: 'The program is the client: it judges the server’s certificate',
}

type Found = readonly (readonly [Made, LabSays])[]
type Row = readonly string[]

/** A code as the page has it. */
function shown(code: string): string {
  if (code === 'ok') return '✓'
  if (code === 'hs,cut') return 'closed late'
  if (code.endsWith('cut')) return 'closed'
  if (code === 'none') return '–'
  if (code.startsWith('h')) return `HTTP ${code.slice(1)}`
  if (code === 'refuses') return 'refuses'
  return code.replace(/^r/, '')
}

/** Both versions; a server’s refusal comes later in TLS 1.3, which the legend says once. */
function cell(codes: readonly [string, string] | null): string {
  if (codes === null) return '–'
  const [tls12, tls13] = codes.map(shown)
  return tls12 === tls13 ? tls12! : `${tls12!} / ${tls13!}`
}

const table = (head: Row, rows: readonly Row[]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')

const groupsOf = (found: Found): readonly Group[] => [...new Set(found.map(([{ of }]) => of.group))]

function side(of: Side, found: Found, { programs, rows }: Expected): string {
  const own = found.filter(([made]) => roleOf(made.of) === of && !made.of.isOfPresenter)
  const head = ['Scenario', 'By the standard', ...[...programs.keys()].map((id) => NAMES[id] ?? id)]
  const rowOf = ([made, { standard }]: Found[number]): Row => [
    `${made.of.title} (${anchor(made)})`,
    cell(standard),
    ...[...programs.keys()].map((id) => cell(codesOf(rows.get(made.of.id)?.get(id) ?? '-'))),
  ]
  const recorded = RECORDED[of]
  const recordedRows = own.flatMap(([made, { circumstance }]): Row[] => {
    const cells = recorded.map((id) => programSays(id, made, circumstance))
    return cells.every((each) => each === null)
      ? []
      : [[`${made.of.title} (${anchor(made)})`, ...cells.map((each) => cell(each && codesOf(cellOf(each))))]]
  })
  return [
    `## ${TITLES[of]}`,
    `Run with ${[...programs]
      .filter(([id]) => !id.endsWith('-deep'))
      .map(([id, version]) => `${(NAMES[id] ?? id).replace(/ \d+$/, '')} ${version}`)
      .join(', ')}.`,
    ...groupsOf(own).flatMap((group) => [
      `### ${GROUPS[group]}`,
      table(head, own.filter(([made]) => made.of.group === group).map(rowOf)),
    ]),
    '### Recorded',
    'These were measured once, and are not run again: Debian 12 does not have them, and NSS’s server is not started here.',
    table(['Scenario', ...recorded.map((id) => NAMES[id]!)], recordedRows),
  ].join('\n\n')
}

const anchor = ({ of }: Made): string => `\`${of.id}\``

function choosing(found: Found, { programs, rows }: Expected): string {
  const own = found.filter(([made]) => made.of.isOfPresenter)
  return [
    '## The program is the client: what it sends to a server that lists names of CAs',
    'By the standard a client that heeds the list sends a certificate only if a listed name issued some part of its chain.',
    table(
      ['Scenario', 'If it heeds the list', ...[...programs.keys()].map((id) => NAMES[id] ?? id)],
      own.map(([made, { standard }]) => [
        `${made.of.title} (${anchor(made)})`,
        cell(standard),
        ...[...programs.keys()].map((id) => cell(codesOf(rows.get(made.of.id)?.get(id) ?? '-'))),
      ]),
    ),
  ].join('\n\n')
}

const known = (): string =>
  [
    '## Known differences',
    'Where a run differs from what the lab says of that program, the reason is known:',
    DISAGREEMENTS.map(
      ({ scenarios, programs, why }) =>
        `- ${programs.map((id) => NAMES[id] ?? id).join(', ')}, in ${scenarios.map((id) => `\`${id}\``).join(', ')}: ${why}`,
    ).join('\n'),
  ].join('\n\n')

const HEAD = (count: number): string => `# Handshakes that were run

${count} scenarios of mutual TLS, each run on loopback by the programs that Debian 12 has, over TLS 1.2 and TLS 1.3, and compared with
what the lab says. One program plays the side that judges a certificate. The other side is a probe that presents what the scenario holds,
and notes what it meets. The certificates are made for each run.

This page is made from the rows in \`test/support/handshakes/expected/\`. \`npm run test:long -- handshakes\` runs all of them again and fails
if a program does something else; \`npm test\` runs 12 scenarios with 6 programs.
\`HANDSHAKES=record npx vitest run --project interop test/interop/handshakes.test.ts\` writes the rows again, and the same with
\`--project unit test/unit/mtls/handshakes.test.ts\` writes this page.

## How to read it

| Cell | What the other side meets |
| --- | --- |
| ✓ | It connects, and its request is answered. |
| a number | The handshake ends with this alert (42 bad certificate, 43 unsupported certificate, 44 revoked, 45 expired, 46 unknown, 48 unknown CA, 49 access denied, 51 decrypt error, 80 internal error, 116 certificate required, 40 handshake failure, 50 decode error, 113 bad status response). |
| closed | The connection is closed without an alert. |
| closed late | The same, once the handshake was complete on both sides. |
| HTTP 400, HTTP 403 | The handshake is complete, and the request is refused with this status. |
| refuses | By the standard it is refused, and no alert says so. |
| n/a | The two have no signature algorithm in common, or the probe cannot present it. |
| sends, withholds | Whether the client sends its certificate. |
| – | The program has no such setting, or does not take the file. Of who may connect: the settings that the page prints for it cannot ask that. |

Two answers, as in 40 / 116, are for TLS 1.2 and TLS 1.3. **Who learns it when:** a client that refuses ends the handshake for both. A server
that refuses ends it for both in TLS 1.2; in TLS 1.3 the client has already finished, and reads the alert, or finds the connection
closed, when it next reads. Every row was seen so: each number and each “closed” of a server under TLS 1.3 came after the client’s
handshake had ended well.

nginx and Apache are there twice: with their own limit of the depth, and with a wide one. Apache’s own limit of 1 counts the root, and so
refuses every chain with a CA in between, by alert 80. Java’s \`setMaxPathLength\` changes nothing in a handshake, and NSS’s
tstclnt takes no notice of a stapled response, even with \`-T\`.

Who may connect is asked by programs with the settings that the page prints for them: in the application, at the proxy, or, as stunnel does, in
TLS. A certificate that does not meet the rule is valid all the same.

“By the standard” is the lab’s own answer, with the alert of RFC 8446. Programs choose other alerts, and some judge differently: that is
what the columns are for.`

export async function handshakesPage(
  found: Found,
  expected: Readonly<Record<Side, Expected>>,
): Promise<string> {
  const text = [
    HEAD(found.length),
    side('server', found, expected.server),
    side('client', found, expected.client),
    choosing(found, expected.client),
    ...(DISAGREEMENTS.length > 0 ? [known()] : []),
  ].join('\n\n')
  return format(text, { ...(await resolveConfig(PAGE)), parser: 'markdown', plugins: [] })
}
