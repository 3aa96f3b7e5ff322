import type { Side } from '../wire/transcript.ts'

/** What is unusual about the certificates that one side presents; each was put to every program. */
export const CASES = [
  'ok',
  'root-sent',
  'extra-cert',
  'leaf-second',
  'missing-int',
  'bad-cv',
  'partial',
  'two-int',
  'unordered',
  'deep-7',
  'deep-11',
  'deep-20',
  'no-eku',
  'any-eku',
  'ed25519',
  'p521',
  'rsa2048',
  'rsa1024',
  'expired',
  'notyet',
  'int-expired',
  'root-expired',
  'unknown-ca',
  'unknown-ca-root-sent',
  'self-signed',
  'self-pin',
  'leaf-pin',
  'issuer-not-ca',
  'issuer-no-bc',
  'int-no-certsign',
  'pathlen',
  'nameconstr',
  'int-eku',
  'wrong-eku',
  'ku-no-ds',
  'crit-ext',
  'bad-sig',
  'garbage',
  'sha1',
  'md5',
  'revoked',
  'crl-ok',
  'int-revoked',
  'crl-expired',
  'crl-missing',
  'empty-subject',
  'wrong-name',
  'cn-only',
  'wildcard',
  'wildcard-deep',
  'none',
] as const
export type Case = (typeof CASES)[number]

/** Cases that only one side can meet: a client asks for a name, a server may get no certificate. */
const ONLY: { readonly [C in Case]?: Side } = {
  'wrong-name': 'client',
  'cn-only': 'client',
  wildcard: 'client',
  'wildcard-deep': 'client',
  none: 'server',
}

/** Whether this side, as the one that judges, was seen with the case. */
export const isMet = (side: Side, one: Case): boolean => (ONLY[one] ?? side) === side

/** Reads a list of cases as the tables write it: separated by spaces. */
export const casesIn = (text: string): readonly Case[] =>
  text.split(/\s+/).filter((word): word is Case => (CASES as readonly string[]).includes(word))
