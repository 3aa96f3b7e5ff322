/** One handshake of the lab, signed with a key of the vault: an end entity's, confirmed and journalled each time. */
import type { In, Out } from '../../border/protocol.ts'
import { CodedError } from '../../errors.ts'
import { ownOf } from '../../mtls/chain.ts'
import { answerScenario, type Answer } from '../../mtls/handshake.ts'
import type { HandshakeSigner } from '../../mtls/peers.ts'
import { sameOctets } from '../../octets.ts'
import { requireRecord, type Read } from '../../vault/reading.ts'
import { random } from '../../webcrypto/seal.ts'
import { callingName } from '../../x509/calling-name.ts'
import { isCa } from '../../x509/roles.ts'
import type { Session } from '../session/session.ts'
import { rightOfKept } from '../signing/rights.ts'
import type { LabSession } from './session.ts'
import { labView } from './view.ts'

/**
 * Plays once more, with the key of that end's certificate. What is signed was drawn in this run, and nothing of it is given
 * out unless its entry is stored. Rejects with 'export-no-key' if the vault has no such key.
 */
export async function provedWith(
  lab: LabSession,
  session: Session,
  { side, actor }: In<'lab.prove'>,
): Promise<Out<'lab.prove'>> {
  // As it was when that was confirmed: the ends may be changed meanwhile.
  const [scenario, signers] = [lab.staged(), lab.signers()]
  await session.begin(actor)
  const own = ownOf(scenario[side].chain)
  const certificateId = own && lab.vaultIdOf(own)
  if (!own || certificateId === null)
    throw new CodedError('export-no-key', { name: own ? callingName(own) : '' })
  const name = callingName(own)
  const keyOf = async (): Promise<{ read: Read<'certificates'>; id: string }> => {
    const read = await requireRecord(session.vault, 'certificates', certificateId)
    const { key, keyId, ownAuthorityId, der } = read.value
    const isOwn = sameOctets(der, own.der) && ownAuthorityId === null && !isCa(own)
    if (!isOwn || key !== 'sealed' || keyId === null) throw new CodedError('export-no-key', { name })
    return { read, id: keyId }
  }
  const { id } = await keyOf()
  const right = await rightOfKept(session, { store: 'endEntityKeys', id, name }, async () => ({
    reads: [(await keyOf()).read],
  }))
  let isUsed = false
  const signed = await right.sign((signer) => {
    const proving: HandshakeSigner = (scheme, data) => {
      isUsed = true
      return signer.sign(scheme, data)
    }
    return answerScenario(scenario, { ...signers, [side]: proving }, random)
  })
  const answer = await signed.store<Answer>(session, (played) => ({
    // Two ends without a version in common sign nothing.
    entries: isUsed ? [session.draft('handshake-signed', name, actor, certificateId)] : [],
    durability: 'strict',
    result: played,
  }))
  return labView(lab, answer)
}
