/** A hierarchy to try things with, in a throw-away vault with an unknown passphrase. */
import type { ExtensionInputs, ValidityInput } from '../../ca/input.ts'
import { DAY } from '../../time.ts'
import { suggestPassphrase } from '../../vault/suggestion.ts'
import { generateKeyPair } from '../../webcrypto/keys.ts'
import type { Call, Handlers } from '../../border/dispatch.ts'
import type { Session } from '../session/session.ts'

interface Wish {
  /** The CA that signs; null makes a root. */
  readonly under: string | null
  readonly profileId: string
  readonly commonName: string
  readonly names?: readonly { readonly kind: string; readonly value: string }[]
  /** Days from now. */
  readonly from: number
  readonly until: number
  readonly extensions?: ExtensionInputs
  /** Its key is generated here and thrown away, as if it had been made elsewhere. */
  readonly isElsewhere?: boolean
}

/** What was made: the certificate, and the authority if it is one. */
interface Made {
  readonly certificateId: string
  readonly authorityId: string
}

const ACTOR = { who: 'sample' }
const DAY_MINUTES = 24 * 60
const ORGANIZATION = 'Sample Ltd'
const YEAR = 365
const NO_CALL: Call = { signal: new AbortController().signal, progress: () => undefined }

const dns = (...values: readonly string[]) => values.map((value) => ({ kind: 'dNSName', value }))

/**
 * Makes the vault, and in it one of each thing that a CA's keeper meets: a root that an older one certifies too, CAs of which
 * one is limited to a domain and one keeps its key elsewhere, and certificates that are valid, end soon, have ended and are
 * revoked, with a list that ends tomorrow.
 */
export async function makeSample(session: Session, all: Handlers): Promise<void> {
  const vault = await session.enterAside('sample')
  const { words } = suggestPassphrase(12)
  await vault.create({
    passphrase: words,
    recoveryPassphrase: null,
    visibility: 'public',
    who: ACTOR.who,
    remark: '',
  })
  // Once locked it could not be opened again: it stays open until the user leaves it.
  await vault.changeSettings({ idleMinutes: DAY_MINUTES })
  session.idle.watch(DAY_MINUTES)

  const make = (wish: Wish): Promise<Made> => issueOne(session, all, wish)
  const root = await make({
    ...{ under: null, profileId: 'root', commonName: 'Sample Root' },
    ...{ from: -YEAR, until: 19 * YEAR },
  })
  const ca = (commonName: string, more: Partial<Wish> = {}): Promise<Made> =>
    make({
      ...{ under: root.authorityId, profileId: 'intermediate', commonName, from: -YEAR + 1, until: 9 * YEAR },
      ...more,
    })
  const servers = await ca('Sample Servers CA')
  const people = await ca('Sample People CA')
  await ca('Sample Partner CA', { isElsewhere: true, until: 4 * YEAR })
  await ca('Sample Lab CA', {
    extensions: { nameConstraints: { permitted: ['lab.example.com'], excluded: [] } },
    until: 4 * YEAR,
  })

  const server = (commonName: string, from: number, until: number): Promise<Made> =>
    make({
      ...{ under: servers.authorityId, profileId: 'tlsServer', commonName, names: dns(commonName) },
      ...{ from, until },
    })
  await make({
    ...{ under: servers.authorityId, profileId: 'tlsServer', commonName: 'www.example.com' },
    ...{ names: dns('www.example.com', 'example.com'), from: -20, until: 180 },
  })
  await server('shop.example.com', -190, 9)
  await server('old.example.com', -230, -31)
  const lost = await server('lost.example.com', -60, 140)
  const person = { under: people.authorityId, from: -40, until: 325 }
  await make({ ...person, profileId: 'tlsClient', commonName: 'Ann Example' })
  const mailbox = [{ kind: 'rfc822Name', value: 'ben@example.com' }]
  await make({ ...person, profileId: 'email', commonName: 'Ben Example', names: mailbox })

  await revokeAndList(all, lost, servers)
  await certifyAgain(session, all, root)
}

/** Returns what was made. */
async function issueOne(session: Session, all: Handlers, wish: Wish): Promise<Made> {
  const { under, profileId, commonName, names = [], extensions = {}, isElsewhere = false } = wish
  const prepared = await all['issue.prepare'](
    {
      authorityId: under,
      request: {
        profileId,
        subject: [
          { type: 'organizationName', value: ORGANIZATION },
          { type: 'commonName', value: commonName },
        ],
        subjectAltNames: names,
        validity: between(session, wish),
        signature: null,
        extensions,
      },
      key: isElsewhere
        ? { kind: 'spki', spki: (await generateKeyPair('p256')).spki }
        : { kind: 'generate', algorithm: 'p256' },
    },
    NO_CALL,
  )
  if (!prepared.token) throw new Error(`the sample is refused: ${prepared.errors.join(' ')}`)
  const { certificateId, authorityId } = await all['issue.sign'](
    {
      token: prepared.token,
      acknowledged: prepared.warnings,
      caKey: { kind: 'vault' },
      endEntityKey: { kind: 'sealed' },
      actor: ACTOR,
    },
    NO_CALL,
  )
  return { certificateId, authorityId: authorityId ?? '' }
}

/** In whole seconds, as certificates have them. */
function between({ now }: Session, { from, until }: Pick<Wish, 'from' | 'until'>): ValidityInput {
  const second = Math.floor(now / 1000) * 1000
  return { notBefore: new Date(second + from * DAY), notAfter: new Date(second + until * DAY) }
}

async function revokeAndList(all: Handlers, { certificateId }: Made, issuer: Made): Promise<void> {
  const revocation = { certificateId, reason: 'keyCompromise', invalidityDate: null, actor: ACTOR } as const
  await all['revocation.revoke'](revocation, NO_CALL)
  await all['list.sign'](
    {
      authorityId: issuer.authorityId,
      kind: 'complete',
      parts: { kind: 'all' },
      indirectFor: [],
      ...{ days: 1, overlapDays: 0, count: 1 },
      freshestAddress: null,
      above: null,
      actor: ACTOR,
    },
    NO_CALL,
  )
}

/** An older root certifies the root too, for programs that trust only the older one. */
async function certifyAgain(session: Session, all: Handlers, root: Made): Promise<void> {
  const older = await issueOne(session, all, {
    ...{ under: null, profileId: 'root', commonName: 'Sample Old Root', from: -3 * YEAR, until: 2 * YEAR },
  })
  const { der } = await all['certificate.detail']({ certificateId: root.certificateId }, NO_CALL)
  const cross = { authorityId: older.authorityId, kind: 'certificate', der, validity: null } as const
  const { token, part } = await all['cross.prepare']({ ...cross, constraints: {} }, NO_CALL)
  if (token === null) throw new Error(`the sample is refused: ${part.errors.join(' ')}`)
  await all['cross.sign']({ token, acknowledged: part.warnings, actor: ACTOR }, NO_CALL)
}
