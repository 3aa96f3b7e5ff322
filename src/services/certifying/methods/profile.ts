import { readExtensions } from '../../../ca/extensions.ts'
import type { ExtensionInputs } from '../../../ca/input.ts'
import { profileById, type Profile } from '../../../ca/profiles.ts'
import { CodedError } from '../../../errors.ts'
import { findCurrent } from '../../../vault/current.ts'
import { allRecords } from '../../../vault/reading.ts'
import { KEY_ALGORITHMS } from '../../../webcrypto/algorithms.ts'
import type { Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import type { Session } from '../../session/session.ts'
import type { Actor } from '../../../border/views.ts'
import { strictUtf8 } from '../../../octets.ts'

type ProfileMethods = Pick<Handlers, Extract<keyof Handlers, `profile.${string}`>>

const LARGEST_FILE = 1_000_000
const ID = /^[A-Za-z0-9][\w.-]{0,63}$/

async function list(session: Session): Promise<Out<'profile.list'>> {
  const records = await allRecords(session.vault, 'profiles')
  return records.map(({ value }) => readProfile(JSON.parse(value.json)))
}

async function remove(
  session: Session,
  { profileId, actor }: In<'profile.remove'>,
): Promise<Out<'profile.remove'>> {
  await session.begin(actor)
  const profile = await profileOf(session, profileId)
  await session.commit({
    removals: [{ store: 'profiles', id: profileId }],
    entries: [session.draft('profile-removed', profile.name ?? profileId, actor, profileId)],
    durability: 'strict',
  })
  return null
}

async function save(session: Session, profile: Profile, actor: Actor): Promise<Profile> {
  const checked = readProfile(profile)
  await session.begin(actor)
  const value = { json: JSON.stringify(checked), savedAt: session.now }
  await session.commit({
    writes: [{ store: 'profiles', id: checked.id, value, mode: 'put' }],
    entries: [session.draft('profile-saved', checked.name ?? checked.id, actor, checked.id)],
    durability: 'strict',
  })
  return checked
}

/** Returns a built-in profile or one of the operator's own. Rejects with 'profile-unknown'. */
export async function profileOf(session: Session, profileId: string): Promise<Profile> {
  const builtIn = profileById(profileId)
  if (builtIn) return builtIn
  const found = await findCurrent(session.vault, 'profiles', profileId)
  if (!found) throw new CodedError('profile-unknown', { id: profileId })
  return readProfile(JSON.parse(found.value.json))
}

function parseProfile(file: Uint8Array): Profile {
  if (file.length > LARGEST_FILE) throw unreadable('', 'too-large')
  try {
    return readProfile(JSON.parse(strictUtf8(file)?.replace(/^\ufeff/, '') ?? ''))
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw unreadable('', 'not-json')
    throw error
  }
}

/** Checks every field of a profile from a file or the page. Throws 'profile-unreadable'. */
export function readProfile(value: unknown): Profile {
  const found = (typeof value === 'object' && value !== null ? value : {}) as Partial<
    Record<keyof Profile, unknown>
  >
  const { schema, id, name, kind, validity, keyAlgorithm, subjectAltName, keyUsage, extensions, critical } =
    found
  need('schema', schema === 1)
  need('id', typeof id === 'string' && ID.test(id))
  need('id', profileById(id as string) === null, 'taken')
  need('name', name === null || (typeof name === 'string' && name.length <= 200))
  need('kind', ['root', 'intermediate', 'endEntity'].includes(kind as string))
  need('validity', isLength(validity))
  need('keyAlgorithm', typeof keyAlgorithm === 'string' && Object.hasOwn(KEY_ALGORITHMS, keyAlgorithm))
  need('subjectAltName', ['required', 'optional', 'absent'].includes(subjectAltName as string))
  need('keyUsage', keyUsage === null || isKeyUsage(keyUsage))
  need('extensions', isRecord(extensions))
  need('critical', isRecord(critical) && Object.values(critical).every((mark) => typeof mark === 'boolean'))
  // Read now as when a certificate is prepared, so that values that cannot be encoded are refused early.
  readExtensions(extensions as ExtensionInputs)
  return {
    schema,
    id,
    name,
    kind,
    validity,
    keyAlgorithm,
    subjectAltName,
    keyUsage,
    extensions,
    critical,
  } as Profile
}

function need(field: string, holds: boolean, reason = 'invalid'): void {
  if (!holds) throw unreadable(field, reason)
}

function unreadable(field: string, reason: string): CodedError {
  return new CodedError('profile-unreadable', { field, reason })
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isLength(value: unknown): boolean {
  if (!isRecord(value)) return false
  const length = value['days'] ?? value['years']
  return Number.isInteger(length) && Number(length) > 0 && Number(length) < 100_000
}

function isKeyUsage(value: unknown): boolean {
  return (
    isRecord(value) &&
    [value['rsa'], value['other']].every(
      (bits) => Array.isArray(bits) && bits.every((bit) => typeof bit === 'string'),
    )
  )
}

/** The operator's own profiles, in addition to the built-in ones. */
export function profileMethods(session: Session): ProfileMethods {
  return {
    'profile.list': () => list(session),
    'profile.save': ({ profile, actor }) => save(session, profile, actor),
    'profile.remove': (input) => remove(session, input),
    'profile.import': ({ file, actor }) => save(session, parseProfile(file), actor),
  }
}
