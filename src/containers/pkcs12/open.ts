import type { CodedError } from '../../errors.ts'
import { costOf, derive as deriveHere, type Derive } from '../derivation.ts'
import { beginsWithItsLength } from '../dek-info.ts'
import { affordable, CONTAINER_LIMITS, Work, type ContainerLimits } from '../limits.ts'
import { pkcs12Passwords, type Password } from '../password.ts'
import type { Sealed } from '../pbes.ts'
import { isPrivateKeyInfo, passwordWrong, type OpenOptions } from '../pkcs8.ts'
import { readBags, readPfx, type Names, type Part, type Pfx } from './read.ts'

export interface Pkcs12Key extends Names {
  readonly pkcs8: Uint8Array
}

export interface Pkcs12Certificate extends Names {
  readonly der: Uint8Array
  /** Java marks it as a trusted entry. */
  readonly trusted: boolean
}

export interface Pkcs12 {
  readonly keys: readonly Pkcs12Key[]
  readonly certificates: readonly Pkcs12Certificate[]
  readonly crls: readonly Uint8Array[]
  /** 'none': nothing protects the file's integrity, which is reported to the user. */
  readonly integrity: 'mac' | 'none'
  /** Object identifiers of bags that hold neither key, certificate nor CRL. */
  readonly skipped: readonly string[]
  /** Parts that none of the passwords opens although the file's own was among them. */
  readonly locked: readonly LockedPart[]
  /** Parts whose encryption is not supported here. */
  readonly unknown: readonly CodedError<'container-algorithm-unknown'>[]
}

export interface LockedPart {
  readonly part: 'key' | 'contents'
  readonly friendlyName: string | null
}

type Contents = {
  -readonly [K in Exclude<keyof Pkcs12, 'integrity'>]: Pkcs12[K][number][]
}

export interface Pkcs12OpenOptions extends OpenOptions {
  /** Tries the empty password too, after the others, if that is cheap. */
  readonly orEmpty?: boolean
}

/** Rounds spent on the unrequested empty password: some tens of milliseconds. */
const ROUNDS_FOR_EMPTY = 100_000
/** Rounds of one derivation; of these, at most hundreds are within the limit. */
const WORTH_STARTING_EARLY = 20_000

/**
 * Opens a PKCS#12 (RFC 7292; PBMAC1 by RFC 9579), BER or DER, with or without a MAC, with modern or legacy encryption,
 * using the first password that is right; its parts may have others of their own. Throws container-password-wrong if
 * none is, container-iterations-too-many before any derivation, and der-* errors.
 */
export async function openPkcs12(
  bytes: Uint8Array,
  passwords: string | readonly string[],
  { limits = CONTAINER_LIMITS, derive = (of) => deriveHere(of), orEmpty = false }: Pkcs12OpenOptions = {},
): Promise<Pkcs12> {
  const work = new Work('PKCS#12', limits)
  const pfx = readPfx(bytes, { work, limits })
  const given = typeof passwords === 'string' ? [passwords] : passwords
  const tried = orEmpty && work.spent <= ROUNDS_FOR_EMPTY ? [...new Set([...given, ''])] : given
  const price = work.spent
  const forms = tried.flatMap((text) => affordable(pkcs12Passwords(text, price), work, price))
  return new Opening({ pfx, forms, work, limits, derive }).run()
}

class Opening {
  readonly #pfx: Pfx
  readonly #reading: { readonly work: Work; readonly limits: ContainerLimits }
  readonly #derive: Derive
  readonly #contents: Contents = {
    keys: [],
    certificates: [],
    crls: [],
    skipped: [],
    locked: [],
    unknown: [],
  }
  /** The password that was right last comes first. */
  #forms: readonly Password[]
  #opened = false

  constructor(of: {
    pfx: Pfx
    forms: readonly Password[]
    work: Work
    limits: ContainerLimits
    derive: Derive
  }) {
    this.#pfx = of.pfx
    this.#reading = of
    this.#derive = of.derive
    this.#forms = of.forms
  }

  async run(): Promise<Pkcs12> {
    const { mac, parts } = this.#pfx
    this.#startEarly()
    if (mac && !(await this.#findPassword((form) => mac.fits(form, this.#pfx.authSafe, this.#derive))))
      throw passwordWrong('PKCS#12')
    for (const part of parts) await this.#take(part)
    const { keys, certificates, crls, locked } = this.#contents
    const nothing = keys.length + certificates.length + crls.length === 0
    // Without a MAC, decrypting some part is the only proof that a password is right.
    if (!mac && !this.#opened && nothing && locked.length > 0) throw passwordWrong('PKCS#12')
    return { ...this.#contents, integrity: mac ? 'mac' : 'none' }
  }

  /**
   * A single password is probably right: long derivations that it needs start in parallel with the MAC. Thousands of short
   * ones would only cost what they cost even where the MAC says that it is wrong.
   */
  #startEarly(): void {
    const [form, ...others] = this.#forms
    if (!form || others.length > 0 || !this.#pfx.mac) return
    for (const part of this.#pfx.parts) {
      if (part.kind !== 'sealed-contents' && part.kind !== 'sealed-key') continue
      // A failure occurs again where it is awaited.
      for (const each of part.sealed.derivations(form))
        if (costOf(each) >= WORTH_STARTING_EARLY) this.#derive(each).catch(() => undefined)
    }
  }

  async #findPassword(fits: (form: Password) => Promise<boolean>): Promise<boolean> {
    for (const form of this.#forms)
      if (await fits(form)) {
        this.#forms = [form, ...this.#forms.filter((other) => other !== form)]
        return true
      }
    return false
  }

  async #take(part: Part): Promise<void> {
    const contents = this.#contents
    switch (part.kind) {
      case 'key':
        contents.keys.push(part)
        break
      case 'certificate':
        contents.certificates.push(part)
        break
      case 'crl':
        contents.crls.push(part.der)
        break
      case 'skipped':
        contents.skipped.push(part.type)
        break
      case 'unknown':
        contents.unknown.push(part.error)
        break
      case 'sealed-key': {
        const pkcs8 = await this.#open(part.sealed, isPrivateKeyInfo)
        const { friendlyName, localKeyId } = part
        if (pkcs8) contents.keys.push({ pkcs8, friendlyName, localKeyId })
        else contents.locked.push({ part: 'key', friendlyName })
        break
      }
      case 'sealed-contents': {
        const bags = await this.#open(part.sealed, isSequence)
        if (!bags) contents.locked.push({ part: 'contents', friendlyName: null })
        else for (const bag of readBags(bags, this.#reading)) await this.#take(bag)
      }
    }
  }

  async #open(sealed: Sealed, isRight: (plaintext: Uint8Array) => boolean): Promise<Uint8Array | null> {
    let found: Uint8Array | null = null
    const fits = await this.#findPassword(async (form) => {
      const plaintext = await sealed.open(form, this.#derive)
      found = plaintext && isRight(plaintext) ? plaintext : null
      return found !== null
    })
    this.#opened ||= fits
    return found
  }
}

/**
 * A wrong key passes the padding check once in 256 tries, and a stream cipher has no padding: the plaintext must be one
 * SEQUENCE.
 */
const isSequence = (plaintext: Uint8Array): boolean =>
  (plaintext[0] === 0x30 && plaintext[1] === 0x80) || beginsWithItsLength(plaintext)
