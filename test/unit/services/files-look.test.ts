import '../../support/english.ts'
import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { placesFor } from '../../../src/state/arrivals/places.ts'
import { messages } from '../../../src/messages/messages.ts'
import { endEntity, pem, root } from '../../support/chain.ts'
import { startWorker } from '../../support/worker.ts'

// What was dropped is said, kind by kind, and goes where it belongs.

const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) })
const fixture = (path: string) => ({
  name: path.slice(path.lastIndexOf('/') + 1),
  bytes: new Uint8Array(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url))),
})
const top = await root({ subject: 'CN=Looked Root' })
const chain = text('chain.pem', pem(await endEntity(top, {}), top))
const request = fixture('requests/csr-good.pem')
const INDEX = 'V\t300101000000Z\t\t01\tunknown\t/CN=one\n'
const HERE = { hasVault: true, canStore: true }

afterEach(() => {
  vi.unstubAllGlobals()
})

test('certificates, requests, the database of a CA and what is none of it are told apart', async () => {
  const { client } = startWorker()
  const look = (...files: { name: string; bytes: Uint8Array<ArrayBuffer> }[]) =>
    client.call('files.look', { files })
  expect(await look(chain)).toMatchObject({ found: { certificate: 2 }, databases: 0, problems: [] })
  expect(await look(request)).toMatchObject({ found: { request: 1 } })
  expect(await look(text('ca/index.txt', INDEX), chain)).toMatchObject({ databases: 1, problems: [] })
  const nothing = await look(text('note.txt', 'nothing of the kind'))
  expect(nothing.found).toEqual({})
  expect(nothing.problems.map(({ code }) => code)).toEqual(['pile-nothing-found'])
})

test('it needs no storage', async () => {
  vi.stubGlobal('indexedDB', undefined)
  const { client } = startWorker()
  expect(await client.call('files.look', { files: [chain] })).toMatchObject({ found: { certificate: 2 } })
})

test.each([
  ['certificates', { found: { certificate: 3 }, databases: 0 }, HERE, ['validate', 'answer', 'import']],
  ['requests', { found: { request: 2 }, databases: 0 }, HERE, ['certify', 'validate']],
  ['a key', { found: { privateKey: 1 }, databases: 0 }, HERE, ['import', 'validate']],
  [
    'the folder of a CA',
    { found: { certificate: 9, privateKey: 1, request: 1 }, databases: 1 },
    HERE,
    ['import', 'certify', 'validate', 'answer'],
  ],
  ['a folder with an index alone', { found: {}, databases: 1 }, HERE, ['import']],
  ['a locked file', { found: { locked: 1 }, databases: 0 }, HERE, ['import', 'validate']],
  [
    'a certificate with its key, where there is no vault',
    { found: { certificate: 1, privateKey: 1 }, databases: 0 },
    { ...HERE, hasVault: false },
    ['validate', 'import', 'answer'],
  ],
  [
    'requests, where nothing can be stored',
    { found: { request: 1 }, databases: 0 },
    { hasVault: false, canStore: false },
    ['validate'],
  ],
  ['nothing', { found: {}, databases: 0 }, HERE, []],
])('%s: where it belongs comes first', (_what, look, where, places) => {
  expect(placesFor(look, where)).toEqual(places)
})

test('the question names what it is', () => {
  const { question } = messages().ui.arrivals
  const look = { found: { certificate: 1 }, databases: 0, problems: [] }
  expect(question.validate(look)).toBe('1 certificate: validate it?')
  expect(question.validate({ ...look, found: { certificate: 3, crl: 1 } })).toBe(
    '3 certificates and 1 revocation list: validate them?',
  )
  expect(question.import({ ...look, found: {}, databases: 1 })).toBe('The folder of a CA: bring it in?')
})
