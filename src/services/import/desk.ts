/** Dropped files, read and held until they are stored or discarded: keys are sealed before anything else is done. */
import { looksLikeIndex, parseIndex, parseNumberFile } from '../../containers/openssl-database.ts'
import type { DatabaseEntry, DatabaseProblem } from '../../containers/openssl-database.ts'
import type { Pile, PileItem, PileNotice, PileProblem, Source } from '../../containers/pile/items.ts'
import { RememberedKeys } from '../../containers/derivation.ts'
import type { PileFile } from '../../containers/pile/read-pile.ts'
import { CodedError, isCodedError } from '../../errors.ts'
import type { CertificateList } from '../../x509/certificate-list.ts'
import type { Certificate } from '../../x509/certificate.ts'
import { hexOf, sameOctets, utf8Text } from '../../octets.ts'
import { parseRequest, type CertificationRequest } from '../../x509/request.ts'
import { parseSpkiDer } from '../../x509/spki.ts'
import type { Call } from '../../border/dispatch.ts'
import type { LockedFile } from '../../border/protocol/import.ts'
import { broughtKey, type NewKey } from '../certifying/certified-key.ts'
import { readFiles } from '../files/reading.ts'
import type { Session } from '../session/session.ts'

type LockedItem = Extract<PileItem, { kind: 'locked' }>

export interface FoundCertificate {
  readonly certificate: Certificate
  readonly file: string
}

export interface FoundKey {
  readonly key: NewKey
  readonly file: string
}

export interface FoundRequest {
  readonly request: CertificationRequest
  readonly der: Uint8Array
  readonly file: string
}

export interface FoundList {
  readonly list: CertificateList
  readonly file: string
}

/** One text database; `crlNumber` is the number that the next list would have had, as its folder says. */
export interface FoundDatabase {
  readonly folder: string
  readonly file: string
  readonly entries: readonly DatabaseEntry[]
  readonly problems: readonly DatabaseProblem[]
  readonly crlNumber: { readonly number: bigint; readonly file: string } | null
}

/** Longer files are not an index: this is 200,000 lines of the longest subjects X.509 allows. */
const LONGEST_INDEX = 64 * 1024 * 1024
/** Above this there are more password-protected files than anyone would type passwords for. */
const MOST_LOCKED = 1000

export class ImportDesk {
  readonly certificates: FoundCertificate[] = []
  readonly requests: FoundRequest[] = []
  readonly lists: FoundList[] = []
  problems: PileProblem[] = []
  notices: PileNotice[] = []
  locked: LockedFile[] = []
  files = 0
  passedOver = 0
  /** By the octets of the public key, which match even in a certificate with another algorithm identifier. */
  readonly keys = new Map<string, FoundKey>()
  readonly #seen = new Map<string, Uint8Array[]>()
  readonly #indexes = new Map<string, Omit<FoundDatabase, 'crlNumber'>>()
  readonly #crlNumbers = new Map<string, NonNullable<FoundDatabase['crlNumber']>>()
  readonly #closed = new Map<string, { file: PileFile; passwords: string[] }>()
  /** Caches derived keys, so that none is derived again for the next file. */
  readonly #keys = new RememberedKeys()
  readonly #session: Session

  constructor(session: Session) {
    this.#session = session
  }

  get databases(): FoundDatabase[] {
    return [...this.#indexes.values()].map((index) => ({
      ...index,
      crlNumber: this.#crlNumbers.get(index.folder) ?? null,
    }))
  }

  /** Adds files. Throws only what stops the whole read: 'cancelled', 'vault-locked'. */
  async read(files: readonly PileFile[], call: Call): Promise<void> {
    let taken = 0
    const take = (file: PileFile): boolean => {
      taken += 1
      return this.#takeDatabase(file)
    }
    const pile = await readFiles(files, { privateKeys: 'keep', take }, call)
    // Files in archives are counted; so is an archive that yielded nothing.
    this.files += Math.max(taken, files.length)
    await this.#take(pile, taken)
  }

  /** Tries a password on one closed file, or on all. Rejects with 'container-password-wrong' if it opens nothing. */
  async open(name: string | null, password: string, call: Call): Promise<void> {
    const before = this.locked
    let some = false
    const names = name === null ? [...this.#closed.keys()] : [name]
    for (const each of names) {
      const closed = this.#closed.get(each)
      if (!closed) continue
      const passwords = [password, ...closed.passwords]
      const pile = await readFiles([closed.file], { privateKeys: 'keep', passwords }, call, this.#keys)
      const was = closedIn(this.locked, each)
      this.#forget(each)
      await this.#take(pile, 1)
      // A password that opened one part is tried again on the next; one that opened nothing is not.
      const opened = closedIn(this.locked, each) !== was
      this.#closed.get(each)?.passwords.push(...(opened ? passwords : closed.passwords))
      some ||= opened
    }
    if (!some && before.length > 0) {
      const format = before.find(({ file }) => name === null || file === name)?.format ?? 'PKCS#12'
      throw new CodedError('container-password-wrong', { format })
    }
  }

  /** Drops previous problems and notices for this file. */
  #forget(name: string): void {
    this.#closed.delete(name)
    this.locked = this.locked.filter(({ file }) => file !== name)
    this.problems = this.problems.filter(({ source }) => source.file !== name)
    this.notices = this.notices.filter(({ source }) => source.file !== name)
  }

  /** `files`: the number of files. */
  async #take(pile: Pile, files: number): Promise<void> {
    await this.#seal(pile)
    const byName = new Map(pile.closed.map((file) => [file.name, file]))
    for (const item of pile.items) {
      const { file } = item.source
      if (item.kind === 'certificate') this.#addCertificate(item.certificate, file)
      else if (item.kind === 'crl') this.#addList(item.crl, file)
      else if (item.kind === 'request') this.#addRequest(item.der, item.source)
      else if (item.kind === 'locked') this.#addLocked(item, byName.get(file))
    }
    // A CA's folder has other files too, which are skipped silently; files chosen one by one are reported.
    const isPassedOver = ({ code, source }: PileProblem): boolean =>
      files >= 4 && source.file.includes('/') && (code === 'pile-nothing-found' || code === 'pile-file-empty')
    this.passedOver += pile.problems.filter(isPassedOver).length
    this.problems.push(...pile.problems.filter((problem) => !isPassedOver(problem)))
    this.notices.push(...pile.notices)
  }

  /** Seals every private key and overwrites its octets, also of keys already known. */
  async #seal({ items }: Pile): Promise<void> {
    for (const item of items) {
      if (item.kind !== 'privateKey' || item.pkcs8 === null) continue
      const { keyType, pkcs8, spki, source } = item
      const name = publicKeyOf(spki)
      if (this.keys.has(name)) pkcs8.fill(0)
      else {
        const key = await broughtKey(this.#session, { keyType, pkcs8, spki })
        this.keys.set(name, { key, file: source.file })
      }
    }
  }

  #addCertificate(certificate: Certificate, file: string): void {
    if (this.#isNew(certificate.signatureValue, certificate.der))
      this.certificates.push({ certificate, file })
  }

  #addList(list: CertificateList, file: string): void {
    if (this.#isNew(list.signatureValue, list.der)) this.lists.push({ list, file })
  }

  #addRequest(der: Uint8Array, source: Source): void {
    try {
      const request = parseRequest(der)
      if (this.#isNew(request.signatureValue, der)) this.requests.push({ request, der, file: source.file })
    } catch (error) {
      if (!isCodedError(error)) throw error
      this.problems.push({ code: error.code, detail: error.detail, source } as PileProblem)
    }
  }

  /** A signature serves as a hash to find duplicates; the octets decide. */
  #isNew(signature: Uint8Array, der: Uint8Array): boolean {
    const key = hexOf(signature.subarray(0, 24))
    const same = this.#seen.get(key)
    if (same?.some((other) => sameOctets(other, der))) return false
    if (same) same.push(der)
    else this.#seen.set(key, [der])
    return true
  }

  #addLocked({ format, part, friendlyName }: LockedItem, file: PileFile | undefined): void {
    if (!file || this.locked.length >= MOST_LOCKED) return
    this.locked.push({ file: file.name, format, part, friendlyName })
    if (!this.#closed.has(file.name)) this.#closed.set(file.name, { file, passwords: [] })
  }

  /** Recognises index.txt by its content, and the number files by the names OpenSSL gives them. */
  #takeDatabase({ name, bytes }: PileFile): boolean {
    const slash = name.lastIndexOf('/')
    const [folder, base] = [name.slice(0, slash + 1), name.slice(slash + 1).toLowerCase()]
    if (/\.(?:old|attr)$/.test(base) && /index|serial|crlnumber|database/.test(base)) {
      this.passedOver += 1
      return true
    }
    if (/^(?:serial|crlnumber)(?:\.txt)?$/.test(base)) {
      const number = parseNumberFile(utf8Text(bytes.subarray(0, 200)))
      if (number !== null && base.startsWith('crl')) this.#crlNumbers.set(folder, { number, file: name })
      return number !== null
    }
    if (bytes.length > LONGEST_INDEX) return false
    const isCalledSo = base === 'index.txt' && bytes.length > 0
    if (!isCalledSo && !looksLikeIndex(utf8Text(bytes.subarray(0, BEGINNING)))) return false
    this.#indexes.set(name, { folder, file: name, ...parseIndex(utf8Text(bytes)) })
    return true
  }
}

/** Returns a text that changes when something in the file is opened. */
const closedIn = (locked: readonly LockedFile[], name: string): string =>
  JSON.stringify(locked.filter(({ file }) => file === name))

/** An index that is not called so has a line of its own within these octets. */
const BEGINNING = 4096

const publicKeyOf = (spki: Uint8Array): string => hexOf(parseSpkiDer(spki).publicKey)
