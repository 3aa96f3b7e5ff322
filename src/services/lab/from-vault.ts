/** Certificates of the open vault as ends of the lab. */
import type { LabTaking } from '../../border/protocol/lab.ts'
import { CodedError } from '../../errors.ts'
import type { Side } from '../../mtls/wire/transcript.ts'
import { sameOctets } from '../../octets.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { callingName } from '../../x509/calling-name.ts'
import { EKU_OIDS } from '../../x509/oids.ts'
import { isCa, isSelfIssued } from '../../x509/roles.ts'
import type { Session } from '../session/session.ts'
import { hostOf } from './host-of.ts'
import type { LabSession } from './session.ts'

/** Certificates below more CAs than these are not looked through, nor more of each. */
const MOST = { authorities: 20, certificates: 20 } as const
const PURPOSES: Readonly<Record<Side, string>> = { client: EKU_OIDS.clientAuth, server: EKU_OIDS.serverAuth }
const OTHER: Readonly<Record<Side, Side>> = { client: 'server', server: 'client' }
const SIDES = ['client', 'server'] as const

/** A certificate and each issuer above it, as far as they are in the vault. */
type Chain = readonly [Certificate, ...Certificate[]]
/** The ids of certificates that were read, by their octets as parsed. */
type Ids = Map<Certificate, string>

/** Takes a certificate to the end that was named; without one, begins with it wherever it belongs. */
export async function takeFromVault(lab: LabSession, session: Session, taking: LabTaking): Promise<void> {
  await session.vault.requireOpen()
  const ids: Ids = new Map()
  const chain = await chainOf(session, taking.certificateId, ids)
  const { as } = taking
  if (as === null) await beginWith(lab, session, chain, taking, ids)
  else if (as.what === 'sends') send(lab, as.side, chain, 'also')
  else lab.put(as.side, { anchors: withOne(lab.staged()[as.side].anchors, chain[0]) }, chain)
  for (const [certificate, id] of ids) {
    const { key } = await session.inventory.row(id)
    lab.markOfVault(certificate, { id, hasKey: key === 'sealed' && !isCa(certificate) })
  }
}

async function chainOf(session: Session, certificateId: string, ids: Ids): Promise<Chain> {
  const found = await session.inventory.chain(certificateId)
  for (const { id, certificate } of found) ids.set(certificate, id)
  const [own, ...above] = found.map(({ certificate }) => certificate)
  if (!own) throw new CodedError('record-missing', { store: 'certificates', id: certificateId })
  return [own, ...above]
}

/** An end sends it with the CAs between, and the other trusts what it ends at: alone, or beside what it trusts already. */
function send(lab: LabSession, side: Side, chain: Chain, trust: 'alone' | 'also'): void {
  const [own, ...above] = chain
  const top = chain.at(-1)!
  const sends = [own, ...above.filter((each) => !isSelfIssued(each))]
  lab.put(side, { chain: sends.map(({ der }) => der) }, chain)
  const other = OTHER[side]
  const anchors = trust === 'alone' ? [top] : withOne(lab.staged()[other].anchors, top)
  lab.put(other, { anchors }, [])
  const host = side === 'server' ? hostOf(own) : null
  if (host !== null) lab.put('client', { host }, [])
}

const withOne = (anchors: readonly Certificate[], one: Certificate): readonly Certificate[] =>
  anchors.some(({ der }) => sameOctets(der, one.der)) ? anchors : [...anchors, one]

/** What the vault has no certificate for is drawn. */
async function beginWith(
  lab: LabSession,
  session: Session,
  chain: Chain,
  { certificateId, at }: LabTaking,
  ids: Ids,
): Promise<void> {
  const [own] = chain
  const found = isCa(own) ? await newestBelow(session, certificateId, ids) : endsOf(chain)
  await lab.begin('connects', at)
  lab.origin = { kind: 'vault', name: callingName(own) }
  const top = chain.at(-1)!
  for (const side of SIDES) {
    const sent = found[side]
    if (sent) send(lab, side, sent, 'alone')
    // An end without a certificate of this hierarchy meets one that trusts it.
    else if (isCa(own)) lab.put(OTHER[side], { anchors: [top] }, chain)
  }
}

type Found = { [S in Side]?: Chain }

/** A certificate without the extension is for either end; one for neither is tried as a client's. */
function endsOf(chain: Chain): Found {
  const fits = SIDES.filter((side) => isFor(side, chain[0]))
  return Object.fromEntries((fits.length > 0 ? fits : (['client'] as const)).map((side) => [side, chain]))
}

const isFor = (side: Side, { extKeyUsage }: Certificate): boolean =>
  extKeyUsage === null ||
  extKeyUsage.includes(PURPOSES[side]) ||
  extKeyUsage.includes(EKU_OIDS.anyExtendedKeyUsage)

/** The newest certificate for each end that a CA, or one below it, has issued and that is good today. */
async function newestBelow(session: Session, certificateId: string, ids: Ids): Promise<Found> {
  const { ownAuthorityId } = await session.inventory.row(certificateId)
  const found: Found = {}
  if (ownAuthorityId === null) return found
  const rows = (
    await Promise.all((await below(session, ownAuthorityId)).map((id) => issuedBy(session, id)))
  ).flat()
  rows.sort((one, other) => other.createdAt.getTime() - one.createdAt.getTime())
  for (const { id } of rows) {
    if (SIDES.every((side) => found[side])) break
    const chain = await chainOf(session, id, ids)
    for (const side of SIDES) if (isFor(side, chain[0])) found[side] ??= chain
  }
  return found
}

async function issuedBy({ inventory, now }: Session, authorityId: string) {
  const query = { authorityId, state: 'good', sort: 'createdAt', descending: true } as const
  const { rows } = await inventory.page({ ...query, offset: 0, limit: MOST.certificates }, now)
  return rows.filter((row) => !row.isCa)
}

/** A CA and those below it, the nearest first. */
async function below({ inventory }: Session, authorityId: string): Promise<readonly string[]> {
  const all = await inventory.authorities()
  const found = [authorityId]
  for (const parent of found)
    found.push(
      ...all.filter(({ id, parentId }) => parentId === parent && !found.includes(id)).map(({ id }) => id),
    )
  return found.slice(0, MOST.authorities)
}
