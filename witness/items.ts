/** From files to what the page shows: items with hashes, and which signature verifies with which key. */
import { blocksOf } from './blocks.ts'
import { NOT_READ, type NotReadReason } from './not-read.ts'
import { nameLine } from './name.ts'
import { read, type Facts, type KeyFacts } from './read.ts'
import { plain } from './text.ts'
import { malformation } from './signature-form.ts'
import { fits, unreadable, verify } from './verify.ts'

export interface GivenFile {
  readonly name: string
  readonly octets: Uint8Array<ArrayBuffer>
  readonly sha256: Uint8Array
  readonly items: readonly Item[]
}
export interface Item {
  readonly octets: Uint8Array<ArrayBuffer> | null
  readonly sha256: Uint8Array | null
  readonly facts: Facts | null
  readonly keySha256: Uint8Array | null
  /** Why there are no facts. */
  readonly sentence: string | null
}

export const MOST_ITEMS = 200
/** At most this many keys are tried for one signature. */
const MOST_KEYS = 64

const sha256 = async (octets: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', octets))

/** Reads one file; `room`: how many more items may be shown. */
export async function readFile(
  name: string,
  octets: Uint8Array<ArrayBuffer>,
  room: number,
): Promise<GivenFile> {
  const parts = blocksOf(octets)
  const items: Item[] = []
  for (const part of parts.slice(0, room)) {
    if ('block' in part) items.push(await readItem(part.block.der, part.block.kind))
    else items.push(unread('damaged' in part ? part.damaged : NOT_READ[part.notRead]))
  }
  if (parts.length > room) items.push(unread(NOT_READ.many))
  return { name: plain(name), octets, sha256: await sha256(octets), items }
}

const unread = (sentence: string): Item => ({
  octets: null,
  sha256: null,
  facts: null,
  keySha256: null,
  sentence,
})

async function readItem(octets: Uint8Array<ArrayBuffer>, kind: Facts['kind'] | null): Promise<Item> {
  const reading = read(octets, kind)
  if ('notRead' in reading)
    return { ...unread(NOT_READ[reading.notRead]), octets, sha256: await sha256(octets) }
  const { facts } = reading
  const keySha256 = facts.key ? await sha256(facts.key.spki) : null
  return { octets, sha256: await sha256(octets), facts, keySha256, sentence: null }
}

export interface SignatureAnswer {
  readonly tone: 'good' | 'bad' | 'grey'
  readonly sentence: string
}

interface Signer {
  readonly key: KeyFacts
  readonly name: string
  /** Its name is the issuer of the signed object. */
  readonly named: boolean
  readonly own: boolean
}

/** Returns the result for an item's signature with the keys of `certificates`. */
export async function signatureAnswer(
  facts: Facts,
  certificates: readonly Facts[],
): Promise<SignatureAnswer> {
  const reason = unreadable(facts.signed)
  if (reason) return notRead(reason)
  const malformed = malformation(facts.signed)
  if (malformed !== null) return unverified('The signature could not be verified', malformed)
  const signers = signersOf(facts, certificates)
  let refused: SignatureAnswer | null = null
  let unreadBy: NotReadReason | null = null
  for (const signer of signers.slice(0, MOST_KEYS)) {
    const verdict = await verify(facts.signed, signer.key)
    if (verdict === 'verifies') return { tone: 'good', sentence: verifiedBy(signer) }
    if (typeof verdict === 'object' && 'notRead' in verdict) unreadBy ??= verdict.notRead
    else if (signer.named) refused ??= refusedBy(signer, verdict)
  }
  if (refused) return refused
  if (unreadBy) return notRead(unreadBy)
  return {
    tone: 'grey',
    sentence:
      signers.length > MOST_KEYS
        ? `The signature was tried with ${MOST_KEYS} keys and verifies with none of them. Give fewer certificates.`
        : 'Not checked: no certificate given here has a key that verifies this signature. Add the certificate of the issuer.',
  }
}

function refusedBy(
  { own, name }: Signer,
  verdict: 'fails' | { readonly malformed: string },
): SignatureAnswer {
  const key = own ? 'its own key' : `the key of ${name}`
  if (verdict !== 'fails')
    return unverified(`The signature could not be verified with ${key}`, verdict.malformed)
  const sentence = `The signature does not verify with ${key}`
  return { tone: 'bad', sentence: own ? `${sentence}.` : `${sentence}, which has the issuer's name.` }
}

const unverified = (what: string, why: string): SignatureAnswer => ({
  tone: 'bad',
  sentence: `${what}. It is malformed: ${why}. Get the file again from where it was signed.`,
})

const notRead = (reason: NotReadReason): SignatureAnswer => ({ tone: 'grey', sentence: NOT_READ[reason] })

function verifiedBy({ own, named, name }: Signer): string {
  if (own) return 'The signature verifies with its own key.'
  const sentence = `The signature verifies with the key of ${name}.`
  return named ? sentence : `${sentence} Its subject is not written as the issuer is.`
}

/** Returns the keys that may have signed, those with the issuer's name first. */
function signersOf(facts: Facts, certificates: readonly Facts[]): Signer[] {
  const issuer = facts.issuer && sameName(facts.issuer)
  const own: Signer[] =
    facts.key && (facts.kind === 'request' || issuer === sameName(facts.subject!))
      ? [{ key: facts.key, name: '', named: true, own: true }]
      : []
  if (facts.kind === 'request') return own
  const others = certificates
    .filter(({ key, kind }) => kind === 'certificate' && key && fits(facts.signed, key))
    .filter((one) => one !== facts)
    .map(({ key, subject }) => ({
      key: key!,
      name: nameLine(subject!),
      named: sameName(subject!) === issuer,
      own: false,
    }))
  return [...own, ...others.filter(({ named }) => named), ...others.filter(({ named }) => !named)]
}

const sameName = (parts: NonNullable<Facts['subject']>): string =>
  JSON.stringify(parts.map(({ oid, text }) => [oid, text]))

/** Returns whether two files are the same, octet for octet, and where they first differ. */
export function compareOctets(one: Uint8Array, other: Uint8Array): { same: boolean; first: number } {
  const length = Math.min(one.length, other.length)
  let first = 0
  while (first < length && one[first] === other[first]) first += 1
  return { same: first === one.length && first === other.length, first }
}
