import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { requestMethods } from '../../../src/services/requests/methods/request.ts'

const FOLDER = new URL('../../fixtures/requests/', import.meta.url)
const read = (...names: string[]) =>
  requestMethods['request.read'](
    { files: names.map((name) => ({ name, bytes: new Uint8Array(readFileSync(new URL(name, FOLDER))) })) },
    { signal: new AbortController().signal, progress: () => undefined },
  )

test('one unreadable request costs that file alone', async () => {
  const { requests, problems } = await read('csr-good.pem', 'csr-no-set-around.pem')
  expect(requests.map(({ file }) => file)).toEqual(['csr-good.pem'])
  expect(problems.map(({ source }) => source.file)).toEqual(['csr-no-set-around.pem'])
})

test('a name whose octets its type does not allow is not taken, and that is told', async () => {
  const { requests } = await read('csr-openssl-idn.pem')
  expect(requests[0]?.subjectAltNames).toEqual([])
  expect(requests[0]?.notices.map(({ kind }) => kind)).toEqual(['name-offered', 'name-offered'])
})
