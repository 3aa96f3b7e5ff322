import '../support/english.ts'
import { expect, test } from 'vitest'
import type { Call } from '../../src/border/dispatch.ts'
import { validateMethods } from '../../src/services/validate/methods/validate.ts'
import { timestampLines } from '../../src/ui/certificate/certificate-fields.ts'
import { entryText, thingFields } from '../../src/ui/validate/thing-fields.ts'
import { colons } from '../../src/octets.ts'
import { parseCertificate } from '../../src/x509/certificate.ts'
import { encodePem } from '../../src/x509/pem.ts'
import { scratch, succeed } from '../support/run.ts'
import { list, proved, response } from '../support/things.ts'
import { pathCertificates } from '../support/vectors.ts'

// Whatever OpenSSL prints of a list, a response or a request is also shown here.

const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const CASES = [
  { kind: 'crl', der: list.der, label: 'X509 CRL', print: ['crl', '-noout', '-text', '-in'], least: 10 },
  {
    kind: 'ocspResponse',
    der: response.der,
    label: null,
    print: ['ocsp', '-noverify', '-resp_text', '-respin'],
    least: 8,
  },
  {
    kind: 'request',
    der: proved,
    label: 'CERTIFICATE REQUEST',
    print: ['req', '-noout', '-text', '-in'],
    least: 3,
  },
] as const

test.each(CASES)('$kind', async ({ kind, der, label, print, least }) => {
  const file = scratch().file('thing', label === null ? der : encodePem(label, der))
  const { stdout } = await succeed('openssl', [...print, file])
  const printed = valuesIn(stdout)
  expect(printed.length).toBeGreaterThanOrEqual(least)
  const shown = (await shownOf(kind, der)).join('\n')
  expect(printed.filter((value) => !shown.includes(value))).toEqual([])
})

test('the timestamps of public chains: when, by which log, signed how', async () => {
  const folder = scratch()
  let compared = 0
  for (const [name, der] of pathCertificates('limbo')) {
    const certificate = parseCertificate(der)
    if (!certificate.signedCertificateTimestamps) continue
    const file = folder.file('public', encodePem('CERTIFICATE', der))
    const { stdout } = await succeed('openssl', ['x509', '-noout', '-ext', 'ct_precert_scts', '-in', file])
    // 'Mar  5 12:24:27.123 2026 GMT': the time here is shown to the second.
    const times = [...stdout.matchAll(/Timestamp : (\w{3} [ \d]\d [\d:]{8})\.\d{3} (\d{4} GMT)/g)].map(
      ([, day, year]) => `${new Date(`${day!} ${year!}`).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
    )
    const logs = [...stdout.matchAll(/Log ID +: ((?:[0-9A-F]{2}:\s*)+[0-9A-F]{2})/g)].map(([, id]) =>
      id!.replace(/\s/g, ''),
    )
    const algorithms = [...stdout.matchAll(/Signature : (\w+)-with-SHA(\d+)/gi)].map(
      ([, key, bits]) => `${key!.toUpperCase()} SHA-${bits!}`,
    )
    const expected = times.map((time, i) => `${time}, log ${logs[i]!}, ${algorithms[i]!}`)
    expect(timestampLines(certificate.signedCertificateTimestamps), name).toEqual(expected)
    compared += expected.length
  }
  expect(compared).toBeGreaterThan(0)
  console.log(`${String(compared)} timestamps compared`)
})

/** Dates, names, addresses, numbers and identifiers in OpenSSL's text, written as they are here. */
function valuesIn(text: string): string[] {
  // What it prints of keys and signatures is in the octets here; a certificate that was sent along has its own fields.
  const said = text
    .replace(/^ *Certificate:\n[^]*/m, '')
    .replace(/^ *(pub|Signature Value):\n( +[0-9a-f:]+\n)+/gm, '')
  const dates = [...said.matchAll(/\w{3} [ \d]\d [\d:]{8} \d{4} GMT/g)].map(
    ([date]) => `${new Date(date).toISOString().slice(0, 19).replace('T', ' ')} UTC`,
  )
  const hex = said.match(/\b(?:[0-9A-F]{2}){8,}\b|(?<=Serial Number: )[0-9A-F]+/g) ?? []
  const others = said.match(
    /\b(?:[0-9A-F]{2}:){8,}[0-9A-F]{2}|(?:URI|DNS):\S+|(?<=CN ?= ?)\S+|(?<=^ +)\d{3,}$|between us/gm,
  )
  return [...dates, ...hex.map(colons), ...(others ?? [])]
}

async function shownOf(kind: (typeof CASES)[number]['kind'], der: Uint8Array): Promise<string[]> {
  const nothing = () => Promise.reject(new Error('no vault'))
  const methods = validateMethods({
    hierarchy: () => Promise.resolve([]),
    kept: { list: nothing, find: nothing, keep: nothing, change: nothing, remove: nothing },
  })
  await methods['validate.read'](
    { files: [{ name: 'thing', bytes: der.slice() }], passwords: [], add: false },
    call,
  )
  const thing = await methods['validate.lookInto']({ kind, index: 0 }, call)
  if (thing.kind === 'certificate') throw new Error('no certificate was added')
  const rows = thingFields(thing).flatMap(({ label, values }) => [label, ...values])
  if (kind === 'request') return rows
  const query = { kind, index: 0, serialNumber: '', offset: 0, limit: 20 }
  const { entries } = await methods['validate.entries'](query, call)
  return [...rows, ...entries.map(entryText).flatMap(({ serial, lines }) => [serial, ...lines])]
}
