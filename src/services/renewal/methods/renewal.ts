import { stopping } from '../../../ca/issue.ts'
import type { IssuanceToken } from '../../../ca/token.ts'
import { CodedError } from '../../../errors.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import type { Certificate } from '../../../x509/certificate.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import type { In, Out } from '../../../border/protocol.ts'
import { callingName } from '../../../x509/calling-name.ts'
import {
  clockOf,
  keptRecord,
  newSigner,
  rightToIssue,
  signPrepared,
  type Accepted,
  noteRefusal,
} from '../../certifying/certified-key.ts'
import { surroundings } from '../../certifying/surroundings.ts'
import type { RenewalMethods as Renewing } from '../../../border/protocol/renewal.ts'
import { partView } from '../part-view.ts'
import { renewedRecords } from '../records.ts'
import { formerOf, prepareRenewal, type PreparedRenewal } from '../renewing.ts'
import { leavingOf } from '../../session/leaving.ts'
import type { Session } from '../../session/session.ts'
import { ListedKeys } from '../../signing/listed-keys.ts'
import { certifiedBy, requireKeptKey } from '../../signing/lost-keys.ts'
import { rightOfAuthority } from '../../signing/rights.ts'
import { ownKey, Signed, type Signing } from '../../signing/signed.ts'
import { Waiting } from '../../signing/waiting.ts'
import type { Chain } from '../../inventory/methods/certificate.ts'
import { bulkMethods } from './bulk.ts'
import { crossMethods } from './cross.ts'
import { checkKeeping, handOut } from '../../issue/methods/issue.ts'
import { rolloverMethods } from './rollover.ts'
import { isCa } from '../../../x509/roles.ts'

type RenewalMethods = Pick<Handlers, keyof Renewing>

/** At most this many prepared renewals wait for a signature. */
const WAITING = 10

interface Context {
  readonly session: Session
  readonly waiting: Waiting<PreparedRenewal>
}

async function prepareRenewed(
  { session, waiting }: Context,
  { certificateId, ...input }: In<'renewal.prepare'>,
): Promise<Out<'renewal.prepare'>> {
  session.idle.touch()
  await session.vault.requireOpen()
  const at = new Date(session.now)
  const former = await formerOf(session, certificateId)
  if (input.key === 'same') {
    await requireKeptKey(session, certifiedBy(former.certificate))
    await new ListedKeys(session).require(former)
  }
  const renewal = await prepareRenewal(session, former, input, surroundings(at))
  const refused = renewal.parts.flatMap(({ preparation }) => stopping(preparation.findings))
  const token = refused.length === 0 ? waiting.add(renewal, at) : null
  if (token === null) {
    const { who } = session.vault.settings
    const name = callingName(former.certificate)
    await session.refuse('certificate-refused', name, { who }, [...new Set(refused)].join(' '))
  }
  const signers = signersOf(renewal)
  return { token, parts: renewal.parts.map(partView), signers, clock: await clockOf(session, at) }
}

async function signRenewed(
  { session, waiting }: Context,
  input: In<'renewal.sign'>,
  { signal }: Call,
): Promise<Out<'renewal.sign'>> {
  const { token, acknowledged, caKey, endEntityKey, revokeFormer, actor } = input
  const renewal = waiting.find(token)
  await session.begin(actor)
  const { former, issuer, key } = renewal
  await checkKeeping(session, input, callingName(former.certificate))
  signal.throwIfAborted()
  const forCa = isCa(former.certificate)
  const kept = forCa && key ? await keptRecord(session, key, caKey, signal) : undefined
  try {
    // Has it been renewed meanwhile, here or in another tab?
    await formerOf(session, former.id)
    const signed = await signParts(session, renewal, { acknowledged, actor })
    waiting.remove(token)
    const isHandedOut = !forCa && key !== null && endEntityKey.kind === 'hand-out'
    const above = issuer ? [issuer.certificate, ...issuer.chain] : []
    // The file is made before anything is stored: a certificate whose key is lost is useless.
    const withFile = await signed.map(async (certificates) => {
      const chain: Chain = [certificates[0]!, ...above]
      return {
        certificates,
        handedOut: isHandedOut ? await handOut(session, key, chain, endEntityKey) : null,
      }
    })
    const keeping = {
      caKey,
      endEntityKey: isHandedOut ? ('handed-out' as const) : ('sealed' as const),
      leaving: leavingOf(endEntityKey),
      revokeFormer,
      kept,
    }
    return await onCurrentRecords(() =>
      withFile.store(
        session,
        async ({ certificates, handedOut }) => {
          const now = await formerOf(session, former.id)
          if (key === null) await new ListedKeys(session).require(now)
          const records = await renewedRecords(session, renewal, now, certificates, keeping, actor)
          const { certificateId, authorityId, ...change } = records
          return { ...change, durability: 'strict', result: { certificateId, authorityId, handedOut } }
        },
        signal,
      ),
    )
  } catch (error) {
    await noteRefusal(session, error, former.certificate, actor, signal)
    throw error
  }
}

function discard({ waiting }: Context, { token }: In<'renewal.discard'>): Out<'renewal.discard'> {
  waiting.remove(token)
  return null
}

/** Returns the CAs here whose keys sign the parts; a key made for one of them is not among these yet. */
function signersOf({ former, issuer, key, parts }: PreparedRenewal): string[] {
  const own = former.record.ownAuthorityId
  const old = own === null ? [] : [own]
  const signers = { renewed: issuer ? [issuer.id] : key ? [] : old, 'old-with-new': [], 'new-with-old': old }
  return [...new Set(parts.flatMap(({ role }) => signers[role]))]
}

/** Signs all parts, each with the key in its issuer's certificate. */
export async function signParts(
  session: Session,
  { former, issuer, key, against, parts }: PreparedRenewal,
  { acknowledged, actor }: Accepted,
): Promise<Signed<Certificate[]>> {
  const own = former.record.ownAuthorityId
  const old = (): Promise<Signing> =>
    rightOfAuthority(session, {
      ...{ authorityId: own ?? '', purpose: 'certificate' as const, certificateId: null },
      ...{ acknowledged, shown: against, actor },
    })
  const fresh = async (): Promise<Signing> => (key ? ownKey(await newSigner(session, key)) : old())
  const signers = {
    renewed: () => (issuer ? rightToIssue(session, issuer, { acknowledged, actor }) : fresh()),
    'old-with-new': fresh,
    'new-with-old': old,
  }
  // All keys are opened before the first signs: if one fails, everything would have to be signed again.
  const ready: { token: IssuanceToken; signing: Signing }[] = []
  for (const { role, preparation } of parts) {
    const { token } = preparation
    if (!token) throw new CodedError('issue-refused', { codes: stopping(preparation.findings) })
    ready.push({ token, signing: await signers[role]() })
  }
  const signed: Signed<Certificate>[] = []
  for (const { token, signing } of ready) signed.push(await signPrepared({ token }, signing, acknowledged))
  return Signed.all(signed)
}

/** A certificate that replaces another: prepared, reviewed, signed once. */
export function renewalMethods(session: Session): RenewalMethods {
  const context = { session, waiting: new Waiting<PreparedRenewal>(session, WAITING) }

  return {
    ...rolloverMethods(session),
    ...bulkMethods(session),
    ...crossMethods(session),
    'renewal.prepare': (input) => prepareRenewed(context, input),
    'renewal.sign': (input, call) => signRenewed(context, input, call),
    'renewal.discard': (input) => discard(context, input),
  }
}
