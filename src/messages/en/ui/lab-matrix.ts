import type { MatrixId } from '../../../border/protocol/lab-matrix.ts'
import type { Side } from '../../../mtls/wire/transcript.ts'
import { safeLine } from '../../safe-text.ts'
import { number } from '../format.ts'

const LONGEST = 80
const plain = (name: string): string => safeLine(name, LONGEST)

/** Who reaches whom. */
export const labMatrix = {
  lead: 'Many clients and many servers: who reaches whom, and why not. The examples keep group A and group B apart.',
  which: 'Example',
  again: 'Start over',
  working: 'Asking each client at each server',
  examples: {
    'issuing-ca': {
      name: 'A CA for each group',
      says: 'One root for all. Each group has an issuing CA for its clients, and each server lets in only what that CA issued. A new client needs no change of a server.',
    },
    'allow-list': {
      name: 'A list of names',
      says: 'One CA for all clients. Each server has a list of the names that it lets in. A new client needs a new entry.',
    },
    'two-roots': {
      name: 'A root for each group',
      says: 'Each group has a root of its own, and each server trusts the root of its group alone. No rule is needed: the chain of the other group is not valid there.',
    },
    lab: {
      name: 'What is in the lab',
      says: 'The two ends of the handshake, and one more client for each certificate with clientAuth and one more server for each with serverAuth that you add. They ask and decide as the end that was there, and trust every root in the lab.',
    },
  } satisfies Record<MatrixId, { name: string; says: string }>,
  table: 'Who reaches whom: clients in rows, servers in columns',
  keys: 'Arrow keys move from cell to cell; what is chosen is explained beside the table.',
  client: 'Client',
  onlySurprises: 'Only what surprises',
  surprisesHint: 'Answers that neither a rule nor a trust bundle explains.',
  noSurprise:
    'Nothing surprises: a rule or a trust bundle explains every refusal, and everyone who connects was verified.',
  outcome: (connected: number, all: number): string =>
    `Pairs that connect: ${number(connected)} of ${number(all)}`,
  of: (n: number, all: number): string => `${number(n)} of ${number(all)}`,
  legend: {
    connects: (n: number): string => `${number(n)} connect`,
    unverified: (n: number): string => `${number(n)} connect unverified`,
    kept: (n: number): string => `${number(n)} refused by a rule or a trust bundle`,
    wrong: (n: number): string => `${number(n)} refused for another reason`,
  },
  listOf: (server: string, reached: number, clients: number): string =>
    `Clients of ${plain(server)}: ${number(reached)} of ${number(clients)} connect`,
  short: {
    connects: 'connects',
    unverified: 'connects unverified',
    'not-trusted': (by: Side): string => `not trusted by the ${by}`,
    rule: (by: Side): string => `the ${by}’s rule`,
    chain: (by: Side): string => `the ${by === 'client' ? 'server' : 'client'}’s chain`,
    'no-certificate': 'no certificate',
    unreadable: 'certificate unreadable',
    undecided: 'chain undecided',
    'key-usage': 'key usage',
    staple: 'stapled response',
    possession: 'key not proved',
    'nothing-in-common': 'nothing in common',
  },
  reaches: (client: string, server: string): string => `${plain(client)} reaches ${plain(server)}`,
  doesNot: (client: string, server: string): string => `${plain(client)} does not reach ${plain(server)}`,
  why: 'The chosen pair',
  rule: 'Rule',
  ruleOf: (server: string): string => `Who may connect to ${plain(server)}`,
  trustsOf: (server: string): string => `CAs that ${plain(server)} trusts for clients`,
  nameless: (n: number): string => `end ${number(n)} without a certificate`,
  twin: (name: string, n: number): string => `${name} (${number(n)})`,
}
