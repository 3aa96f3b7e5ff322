import { CodedError } from '../../../errors.ts'
import {
  exportCertificate,
  exportChain,
  exportPkcs7,
  exportPkcs12,
  exportPlainKey,
  exportSealedKey,
  type ExportedFile,
} from '../../../containers/export.ts'
import type { FileKeys } from '../../../containers/file-keys.ts'
import { WRITE_ITERATIONS } from '../../../containers/pbes-write.ts'
import { onCurrentRecords } from '../../../vault/commit.ts'
import { requireRecord } from '../../../vault/reading.ts'
import { openPrivateKey } from '../../../vault/signing-keys.ts'
import { random, type Bytes } from '../../../webcrypto/seal.ts'
import { parseCertificate, type Certificate } from '../../../x509/certificate.ts'
import type { Call, Handlers } from '../../../border/dispatch.ts'
import { callingName } from '../../../x509/calling-name.ts'
import { checkedNotes, checkedTags } from '../../shared/notes.ts'
import type { ExportWhat, In, Out } from '../../../border/protocol.ts'
import type { KeyProtection } from '../../../border/words.ts'
import { rewritten } from '../../files/rewritten.ts'
import { leavingActor, type Leaving } from '../../session/leaving.ts'
import type { Session } from '../../session/session.ts'
import type { CertificateDetail, ExportFile } from '../../../border/views.ts'

type CertificateMethods = Pick<Handlers, Extract<keyof Handlers, `certificate.${string}`>>
export type Chain = readonly [Certificate, ...Certificate[]]

async function detail(
  session: Session,
  { certificateId }: In<'certificate.detail'>,
): Promise<Out<'certificate.detail'>> {
  const chain = await session.inventory.chain(certificateId)
  const [row, ...rows] = await Promise.all(chain.map(({ id }) => session.inventory.row(id)))
  if (!row) throw new CodedError('record-missing', { store: 'certificates', id: certificateId })
  const ders = chain.map(({ certificate }) => certificate.der)
  return {
    row,
    der: ders[0]!,
    chain: ders,
    chainRows: [row, ...rows],
    ...(await neighbours(session, certificateId)),
  }
}

async function note(
  session: Session,
  { certificateId, before, tags, notes, actor }: In<'certificate.note'>,
): Promise<Out<'certificate.note'>> {
  const noted = { tags: checkedTags(tags), notes: checkedNotes(notes) }
  await session.begin(actor)
  await onCurrentRecords(async () => {
    const read = await requireRecord(session.vault, 'certificates', certificateId)
    const { value } = read
    // Notes the operator has not seen are not overwritten; other changes, such as a revocation, are kept.
    if (value.notes !== before.notes || value.tags.join() !== before.tags.join())
      throw new CodedError('notes-changed', null)
    const certificate = parseCertificate(value.der)
    await session.commit({
      writes: [rewritten(read, noted, certificate)],
      entries: [session.draft('certificate-noted', callingName(certificate), actor, certificateId)],
      basedOn: [read],
      durability: 'strict',
    })
  })
  return session.inventory.row(certificateId)
}

async function exportFile(
  session: Session,
  input: In<'certificate.export'>,
  { signal }: Call,
): Promise<Out<'certificate.export'>> {
  await session.vault.requireOpen()
  const chain = await wholeChain(session, input.certificateId)
  if (input.what !== 'private-key' && input.what !== 'pkcs12') return viewOf(exportPublic(chain, input))
  return exportPrivate(session, chain, input, signal)
}

async function neighbours(
  session: Session,
  certificateId: string,
): Promise<Pick<CertificateDetail, 'predecessor' | 'successor' | 'requestId'>> {
  const { value } = await requireRecord(session.vault, 'certificates', certificateId)
  const rowOf = (id: string | undefined) => (id === undefined ? null : session.inventory.row(id))
  const [predecessor, successor] = await Promise.all([rowOf(value.predecessorId), rowOf(value.successorId)])
  return { predecessor, successor, requestId: value.requestId ?? null }
}

async function wholeChain(session: Session, certificateId: string): Promise<Chain> {
  const [target, ...above] = (await session.inventory.chain(certificateId)).map(
    ({ certificate }) => certificate,
  )
  if (!target) throw new CodedError('record-missing', { store: 'certificates', id: certificateId })
  return [target, ...above]
}

async function exportPrivate(
  session: Session,
  chain: Chain,
  input: In<'certificate.export'>,
  signal: AbortSignal,
): Promise<ExportFile> {
  const { certificateId, actor, protection } = input
  const open = await session.begin(actor)
  const name = callingName(chain[0])
  const { value } = await requireRecord(session.vault, 'certificates', certificateId)
  // A CA's key can leave through authority.exportKey only.
  if (value.key !== 'sealed' || value.keyId === null) throw new CodedError('export-no-key', { name })
  await session.confirmLeaving(protection, name, actor)
  const { value: key } = await requireRecord(session.vault, 'endEntityKeys', value.keyId)
  const pkcs8 = await openPrivateKey(key, value.keyId, { kind: 'vault', wrappingKey: open.keys.wrapping })
  const format: Leaving['format'] = input.what === 'pkcs12' ? 'pkcs12' : 'pkcs8'
  const file = await keyFile(chain, pkcs8, {
    format,
    encoding: input.format,
    protection,
    includeRoot: input.includeRoot,
  })
  signal.throwIfAborted()
  const leaving = protection && { format, protection }
  await session.commit({
    entries: [session.draft('key-exported', name, leavingActor(actor, leaving), certificateId)],
    durability: 'strict',
  })
  return file
}

/** How files with keys are encrypted. */
export const WRITING = { iterations: WRITE_ITERATIONS, random }

/** Returns a private key as a file; the plain bytes are overwritten. Rejects with 'export-passphrase-missing'. */
export async function keyFile(
  chain: Chain,
  pkcs8: Bytes,
  options: {
    format: 'pkcs8' | 'pkcs12'
    encoding: 'pem' | 'der'
    protection: KeyProtection | null
    includeRoot: boolean
    iterations?: number
    /** Shared by many files under the same passphrase. */
    keys?: FileKeys | undefined
  },
): Promise<ExportFile> {
  const { format, encoding, protection, includeRoot } = options
  const secret = options.keys ?? (protection?.kind === 'encrypted' ? protection.passphrase : '')
  const isPlain = protection?.kind === 'plain' && format === 'pkcs8'
  if (!isPlain && secret === '') throw new CodedError('export-passphrase-missing', null)
  const writing = {
    ...WRITING,
    ...(options.iterations === undefined ? {} : { iterations: options.iterations }),
  }
  try {
    if (isPlain) return viewOf(copied(exportPlainKey(chain[0], pkcs8, encoding)))
    if (format === 'pkcs8')
      return viewOf(await exportSealedKey(chain[0], pkcs8, secret, { ...writing, encoding }))
    const friendlyName = callingName(chain[0])
    const form = protection?.kind === 'encrypted' ? (protection.form ?? 'modern') : 'modern'
    return viewOf(await exportPkcs12(chain, pkcs8, secret, { ...writing, form, friendlyName, includeRoot }))
  } finally {
    pkcs8.fill(0)
  }
}

const PUBLIC_EXPORTS: Record<
  Exclude<ExportWhat, 'private-key' | 'pkcs12'>,
  (chain: Chain, input: In<'certificate.export'>) => ExportedFile
> = {
  certificate: (chain, { format }) => exportCertificate(chain[0], format),
  chain: (chain, { includeRoot }) => exportChain(chain, { includeRoot }),
  pkcs7: (chain, { includeRoot, format }) => exportPkcs7(chain, { includeRoot, encoding: format }),
}

function exportPublic(chain: Chain, input: In<'certificate.export'>): ExportedFile {
  return PUBLIC_EXPORTS[input.what as keyof typeof PUBLIC_EXPORTS](chain, input)
}

/** A plain DER export is the key's own bytes, which are about to be overwritten. */
function copied(file: ExportedFile): ExportedFile {
  return { ...file, bytes: file.bytes.slice() }
}

function viewOf({ name, mediaType, bytes }: ExportedFile): ExportFile {
  return { name, type: mediaType, bytes }
}

/** Parsing on the page's behalf, without a vault too: bytes from outside are never parsed on the page itself. */
export const certificateReading: Pick<Handlers, 'certificate.read'> = {
  'certificate.read': ({ der }) => parseCertificate(der),
}

/** Certificates: list, view, annotate, and export as files. */
export function certificateMethods(session: Session): CertificateMethods {
  return {
    'certificate.list': (query) => session.inventory.page(query, session.now),
    ...certificateReading,
    'certificate.detail': (input) => detail(session, input),
    'certificate.note': (input) => note(session, input),
    'certificate.export': (input, call) => exportFile(session, input, call),
  }
}
