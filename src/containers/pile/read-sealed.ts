/** Containers opened with the given passwords. One that stays closed becomes an item of its own. */
import { isCodedError } from '../../errors.ts'
import { openDekInfo } from '../dek-info.ts'
import { jksIsIntact, openJksKey, readJks, type JksKey } from '../jks.ts'
import { spellings } from '../password.ts'
import { openPkcs12, type Pkcs12 } from '../pkcs12/open.ts'
import { openPkcs8, type OpenOptions } from '../pkcs8.ts'
import { readPrivateKey } from '../private-key.ts'
import { addCertificate, addKey, addList, inside } from './add.ts'
import type { PileBuilder } from './builder.ts'
import type { LockedFormat, PileItem, Source } from './items.ts'

type Locked = Extract<PileItem, { kind: 'locked' }>

const given = (pile: PileBuilder): readonly string[] => pile.options.passwords ?? []

const openOptions = (pile: PileBuilder, source: Source): OpenOptions => ({
  limits: pile.limits.container,
  derive: pile.derive(source),
})

function addLocked(
  format: LockedFormat,
  source: Source,
  pile: PileBuilder,
  { part = 'whole', friendlyName = null }: Partial<Pick<Locked, 'part' | 'friendlyName'>> = {},
): void {
  pile.item({ kind: 'locked', format, part, friendlyName, source })
}

/** Returns the result of the first password that is right, or null. Throws errors other than a wrong password. */
async function firstThatOpens<T>(
  passwords: readonly string[],
  pile: PileBuilder,
  open: (password: string) => Promise<T> | T,
): Promise<T | null> {
  for (const password of passwords) {
    try {
      return await open(password)
    } catch (error) {
      if (!isCodedError(error, 'container-password-wrong')) throw error
    }
    await pile.breathe()
  }
  return null
}

/** A PKCS#12: what its password opens, and what needs another one. */
export async function readPkcs12(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const options = { ...openOptions(pile, source), orEmpty: true }
  const opened = await firstThatOpens([''], pile, () => openPkcs12(bytes, given(pile), options))
  if (opened) await addPkcs12(opened, inside(source, 'PKCS#12'), pile)
  else addLocked('PKCS#12', source, pile)
}

async function addPkcs12(opened: Pkcs12, source: Source, pile: PileBuilder): Promise<void> {
  for (const { der, friendlyName } of opened.certificates) {
    await pile.guard(source, () => addCertificate(der, friendlyName, source, pile))
    await pile.breathe()
  }
  for (const { pkcs8, friendlyName } of opened.keys)
    await pile.guard(source, async () => addKey(await readPrivateKey(pkcs8), friendlyName, source, pile))
  for (const der of opened.crls) await pile.guard(source, () => addList(der, source, pile))
  // Without a MAC the file itself has no password: only its encrypted parts need one.
  const part = opened.integrity === 'none' ? ({ part: 'whole' } as const) : {}
  for (const locked of opened.locked) addLocked('PKCS#12', source, pile, { ...locked, ...part })
  for (const { code, detail } of opened.unknown) pile.problem(code, detail, source)
  if (opened.integrity === 'none') pile.notice('no-mac', source)
  if (opened.skipped.length > 0) pile.notice('skipped-parts', source)
}

/** An EncryptedPrivateKeyInfo. */
export async function readEncryptedKey(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const pkcs8 = await firstThatOpens(given(pile), pile, (password) =>
    openPkcs8(bytes, password, openOptions(pile, source)),
  )
  if (pkcs8) addKey(await readPrivateKey(pkcs8), null, source, pile)
  else addLocked('PKCS#8', source, pile)
}

/** A key in the form that OpenSSL wrote before PKCS#8. */
export async function readLockedPemKey(
  dekInfo: string,
  bytes: Uint8Array,
  source: Source,
  pile: PileBuilder,
): Promise<void> {
  const key = await firstThatOpens(given(pile).flatMap(spellings), pile, async (password) => {
    const der = await openDekInfo(dekInfo, bytes, password)
    // MD5 and padding prove little: the plaintext must also be a key.
    return readPrivateKey(der, pile.curveFor(source))
  })
  if (key) addKey(key, null, source, pile)
  else addLocked('PEM key', source, pile)
}

/** A Java key store: its certificates are not encrypted, its keys are, and each key may have a password of its own. */
export async function readStore(bytes: Uint8Array, source: Source, pile: PileBuilder): Promise<void> {
  const { keys, trusted, secretKeys } = readJks(bytes, pile.limits.container)
  const place = inside(source, 'JKS')
  for (const { alias, certificate } of trusted)
    await pile.guard(place, () => addCertificate(certificate, alias, place, pile))
  const intact = given(pile)
    .flatMap(spellings)
    .some((password) => jksIsIntact(bytes, password))
  for (const key of keys) {
    for (const [depth, der] of key.chain.entries())
      await pile.guard(place, () => addCertificate(der, depth === 0 ? key.alias : null, place, pile))
    await pile.guard(place, () => readStoreKey(key, intact, place, pile))
  }
  if (secretKeys > 0) pile.notice('skipped-parts', place)
  if (!intact) pile.notice('no-mac', place)
}

async function readStoreKey(key: JksKey, intact: boolean, source: Source, pile: PileBuilder): Promise<void> {
  const pkcs8 = await firstThatOpens(given(pile).flatMap(spellings), pile, (password) =>
    openJksKey(key, password, openOptions(pile, source)),
  )
  if (pkcs8) addKey(await readPrivateKey(pkcs8), key.alias, source, pile)
  else addLocked('JKS', source, pile, { part: intact ? 'key' : 'whole', friendlyName: key.alias })
}
