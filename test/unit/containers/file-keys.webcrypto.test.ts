import { expect, test } from 'vitest'
import { derive, type Derivation } from '../../../src/containers/derivation.ts'
import { FileKeys } from '../../../src/containers/file-keys.ts'
import { encodePkcs12, type Pkcs12Form } from '../../../src/containers/pkcs12/encode.ts'
import { openPkcs12 } from '../../../src/containers/pkcs12/open.ts'
import { openPkcs8, sealPkcs8 } from '../../../src/containers/pkcs8.ts'
import { integer, seq } from '../../../src/der/writer.ts'
import { hex } from '../../support/bytes.ts'

const random = (length: number): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(length))
const options = { iterations: 1000, random }

function countedKeys(password: string): { keys: FileKeys; asked: Derivation[] } {
  const asked: Derivation[] = []
  const keys = new FileKeys(password, options, (of) => {
    asked.push(of)
    return derive(of)
  })
  return { keys, asked }
}

const pkcs8 = hex(
  '302e020100300506032b6570042204209d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
)
const entry = { friendlyName: 'a', pkcs8, certificate: seq(integer(7)), chain: [seq(integer(8))] }

test.each<[Pkcs12Form, number]>([
  // One for AES and one for the MAC.
  ['modern', 2],
  // Key and IV, for keys and for certificates, and the MAC.
  ['legacy', 5],
])('many files of the %s form cost the derivations of one', async (form, derivations) => {
  const { keys, asked } = countedKeys('one for all of them')
  const files = await Promise.all(
    Array.from({ length: 20 }, () => encodePkcs12({ entries: [entry] }, keys, { ...options, form })),
  )
  expect(asked).toHaveLength(derivations)
  for (const file of files) {
    const { keys: found, integrity } = await openPkcs12(file, 'one for all of them')
    expect(integrity).toBe('mac')
    expect(found[0]!.pkcs8).toEqual(pkcs8)
  }
  // IVs are random for each: no two files are alike.
  if (form === 'modern') expect(new Set(files.map(String)).size).toBe(files.length)
})

test('encrypted keys of one passphrase cost one derivation, and no two are alike', async () => {
  const { keys, asked } = countedKeys('one for all of them')
  const sealed = await Promise.all(Array.from({ length: 20 }, () => sealPkcs8(pkcs8, keys, options)))
  expect(asked).toHaveLength(1)
  expect(new Set(sealed.map(String)).size).toBe(sealed.length)
  for (const one of sealed) expect(await openPkcs8(one, 'one for all of them')).toEqual(pkcs8)
})

test('without keys of its own to share, each file has other salts', async () => {
  const [one, other] = [new FileKeys('a', options), new FileKeys('a', options)]
  expect((await one.aes()).salt).not.toEqual((await other.aes()).salt)
})
