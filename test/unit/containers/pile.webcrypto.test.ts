import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { encodePkcs12 } from '../../../src/containers/pkcs12/encode.ts'
import { encodePkcs7 } from '../../../src/containers/pkcs7.ts'
import { sealPkcs8 } from '../../../src/containers/pkcs8.ts'
import type { Pile, PileItem } from '../../../src/containers/pile/items.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { concat, toBase64 } from '../../../src/octets.ts'
import { isCodedError } from '../../../src/errors.ts'
import { random } from '../../../src/webcrypto/seal.ts'
import { encodePem } from '../../../src/x509/pem.ts'

/** Two roots of Debian's bundle: real certificates, nothing to generate. */
const BUNDLE = readFileSync('/etc/ssl/certs/ca-certificates.crt')
const [first, second] = [...BUNDLE.toString('latin1').matchAll(/-----BEGIN CERTIFICATE-----([^-]*)-/g)].map(
  ([, body]) => Uint8Array.from(Buffer.from(body!, 'base64')),
) as [Uint8Array, Uint8Array]
const pem = encodePem('CERTIFICATE', first)
const escaped = (text: string): string => text.replaceAll('\n', '\\n')
const indented = (text: string, by: string): string => text.replace(/^/gm, by)
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const b64 = (text: string): string => Buffer.from(text).toString('base64')

async function read(content: string | Uint8Array, options = {}): Promise<Pile> {
  return readPile([{ name: 'x', bytes: typeof content === 'string' ? utf8(content) : content }], options)
}
const kinds = ({ items }: Pile): string[] => items.map(({ kind }) => kind)
const certificates = ({ items }: Pile): Uint8Array[] =>
  items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate.der] : []))

/** Each contains the first certificate, and nothing else. */
const DISGUISES: Record<string, string | Uint8Array> = {
  'plain PEM': pem,
  'Windows line ends': pem.replaceAll('\n', '\r\n'),
  'no line break at all': pem.replaceAll('\n', ''),
  'spaces for line breaks, as a proxy header has': pem.replaceAll('\n', ' '),
  'URL-encoded, as nginx escapes it': encodeURIComponent(pem).replaceAll('!', '%21'),
  'one long line of base64 between the markers': `-----BEGIN CERTIFICATE-----\n${toBase64(first)}\n-----END CERTIFICATE-----`,
  'any label': pem.replaceAll('CERTIFICATE', 'X509 CERTIFICATE'),
  'a label that lies': pem.replaceAll('CERTIFICATE', 'PRIVATE KEY'),
  'indented in YAML': `tls:\n  ca: |\n${indented(pem, '    ')}  other: 1\n`,
  'JSON with escaped line breaks': JSON.stringify({ cert: pem, serial: 1 }),
  'JSON within JSON': JSON.stringify({ inner: JSON.stringify({ cert: pem }) }),
  'JSON with escaped slashes': JSON.stringify({ cert: pem }).replaceAll('/', '\\/'),
  'a JSON list of lines': JSON.stringify(pem.trim().split('\n'), null, 2),
  'a sum of strings in a program': pem
    .trim()
    .split('\n')
    .map((line) => `  "${line}\\n"`)
    .join(' +\n'),
  'YAML in one line': `cert: "${escaped(pem)}"\n`,
  'a quoted mail': indented(pem, '> '),
  'a Kubernetes Secret': `apiVersion: v1\nkind: Secret\ndata:\n  tls.crt: ${b64(pem)}\n  note: ${b64('nothing')}\n`,
  'a Kubernetes Secret, folded': `data:\n  tls.crt: >-\n${indented(b64(pem).replace(/.{76}/g, '$&\n'), '    ')}\n`,
  'base64 of DER in JSON': JSON.stringify({ x5c: [toBase64(first)] }),
  'bare base64 in lines': toBase64(first).replace(/.{64}/g, '$&\n'),
  'bare base64 in lines with a word below': `${toBase64(first).replace(/.{64}/g, '$&\n')}\nsubject=x\n`,
  DER: first,
  'DER and a line break': concat([first, utf8('\r\n')]),
  'UTF-16 of PowerShell': Uint8Array.from(Buffer.from(`\ufeff${pem}`, 'utf16le')),
  'notes around it': `subject=CN = x\nissuer=CN = y\nCertificate:\n    Data:\n        Version: 3 (0x2)\n${pem}\n---\nServer certificate\n`,
  'PKCS#7': encodePkcs7([first]),
  'PKCS#7 in PEM': encodePem('PKCS7', encodePkcs7([first])),
  "OpenSSL's trusted form": `-----BEGIN TRUSTED CERTIFICATE-----\n${toBase64(concat([first, Uint8Array.of(0x30, 2, 0x0c, 0)]))}\n-----END TRUSTED CERTIFICATE-----`,
}

test.for(Object.entries(DISGUISES))('a certificate is found in: %s', async ([, content]) => {
  const pile = await read(content)
  expect(pile.problems).toEqual([])
  expect(certificates(pile)).toEqual([first])
})

describe('what cannot be read is named with its place, and the rest goes on', () => {
  test('a letter that is no base64', async () => {
    const broken = pem.replace(/\n(.{10})./, '\n$1*')
    const pile = await read(`${broken}${encodePem('CERTIFICATE', second)}`)
    expect(pile.problems).toMatchObject([
      {
        code: 'pem-base64-invalid',
        detail: { label: 'CERTIFICATE', line: 2, character: '*' },
        source: { line: 1 },
      },
    ])
    expect(certificates(pile)).toEqual([second])
  })

  test('a block without END, followed by a whole one', async () => {
    const cut = pem.split('\n').slice(0, 8).join('\n')
    const pile = await read(`${cut}\n${encodePem('CERTIFICATE', second)}`)
    expect(pile.problems).toMatchObject([{ code: 'pem-unterminated', detail: { line: 1 } }])
    expect(certificates(pile)).toEqual([second])
  })

  test('a block whose END line alone is lost is read all the same', async () => {
    const pile = await read(pem.replace(/-----END.*/, ''))
    expect(pile.problems).toMatchObject([{ code: 'pem-unterminated' }])
    expect(certificates(pile)).toEqual([first])
  })

  test('a certificate cut short, by its offset in the block', async () => {
    const pile = await read(`# one\n${encodePem('CERTIFICATE', first.subarray(0, 200))}${pem}`)
    expect(pile.problems).toMatchObject([
      { code: 'der-truncated', source: { line: 2, label: 'CERTIFICATE' } },
    ])
    expect(certificates(pile)).toEqual([first])
  })

  test('an OCSP response without an answer (RFC 6960 §2.3)', async () => {
    const tryLater = Uint8Array.of(0x30, 3, 0x0a, 1, 3)
    const block = `-----BEGIN OCSP RESPONSE-----\n${toBase64(tryLater)}\n-----END OCSP RESPONSE-----\n`
    const pile = await read(`${block}${pem}`)
    expect(pile.problems).toMatchObject([{ code: 'ocsp-unsuccessful', detail: { status: 'tryLater' } }])
    expect(certificates(pile)).toEqual([first])
  })

  test('DER values one after the other, then noise', async () => {
    const pile = await read(concat([first, second, utf8('noise')]))
    expect(certificates(pile)).toEqual([first, second])
    expect(pile.items.map(({ source }) => source.offset)).toEqual([0, first.length])
    expect(pile.problems).toMatchObject([
      { code: 'pile-unrecognised', detail: { offset: first.length + second.length } },
    ])
  })

  test('a file with nothing in it', async () => {
    for (const content of [' ', 'hello', new Uint8Array(100)])
      expect((await read(content)).problems).toMatchObject([
        { code: 'pile-nothing-found', source: { file: 'x' } },
      ])
  })

  test('more octets than are read at once; the other files go on', async () => {
    const limits = { size: 3000, items: 10, container: { size: 3000, depth: 10, count: 100, iterations: 10 } }
    const files = [
      { name: 'big', bytes: new Uint8Array(4000) },
      { name: 'small', bytes: first },
    ]
    const pile = await readPile(files, { limits })
    expect(pile.problems).toMatchObject([{ code: 'pile-too-large', source: { file: 'big' } }])
    expect(certificates(pile)).toEqual([first])
  })
})

describe('keys and containers', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const pkcs8 = new Uint8Array(privateKey.export({ type: 'pkcs8', format: 'der' }))
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }))
  const write = { iterations: 1000, random }
  let p12: Uint8Array
  beforeAll(async () => {
    p12 = await encodePkcs12(
      { entries: [{ friendlyName: 'me', pkcs8, certificate: first, chain: [second] }] },
      'geheim',
      write,
    )
  })
  const privateOf = ({ items }: Pile): PileItem | undefined => items.find(({ kind }) => kind === 'privateKey')

  test('a private key is known by its public half, and kept only when asked for', async () => {
    const forms = [
      privateKey.export({ type: 'pkcs8', format: 'pem' }),
      privateKey.export({ type: 'sec1', format: 'pem' }),
      JSON.stringify({ keys: [privateKey.export({ format: 'jwk' })] }),
      pkcs8,
    ] as (string | Uint8Array)[]
    for (const form of forms) {
      expect(privateOf(await read(form))).toMatchObject({ keyType: 'p256', spki, pkcs8: null })
      const kept = privateOf(await read(form, { privateKeys: 'keep' })) as { pkcs8: Uint8Array }
      expect(
        createPrivateKey({ key: Buffer.from(kept.pkcs8), format: 'der', type: 'pkcs8' }).equals(privateKey),
      ).toBe(true)
    }
  })

  test('a PKCS#12 without its password is an item that says so, and opens with the right one among several', async () => {
    expect(await read(p12)).toMatchObject({ items: [{ kind: 'locked', format: 'PKCS#12' }], problems: [] })
    const pile = await read(p12, { passwords: ['wrong', 'geheim'] })
    expect(kinds(pile)).toEqual(['certificate', 'certificate', 'privateKey'])
    expect(pile.items[0]).toMatchObject({ friendlyName: 'me', source: { within: ['PKCS#12'] } })
    expect(
      kinds(await read(`data:\n  keystore.p12: ${toBase64(p12)}`, { passwords: ['geheim'] })),
    ).toHaveLength(3)
  })

  test('an encrypted key by PBES2 and one by DEK-Info', async () => {
    const sealed = encodePem('ENCRYPTED PRIVATE KEY', await sealPkcs8(pkcs8, 'geheim', write))
    const dek = privateKey.export({
      type: 'sec1',
      format: 'pem',
      cipher: 'aes-256-cbc',
      passphrase: 'geheim',
    })
    for (const [text, format] of [
      [sealed, 'PKCS#8'],
      [dek, 'PEM key'],
      [escaped(dek), 'PEM key'],
    ]) {
      expect(await read(text!)).toMatchObject({ items: [{ kind: 'locked', format }], problems: [] })
      expect(kinds(await read(text!, { passwords: ['geheim'] }))).toEqual(['privateKey'])
    }
  })

  test('iterations beyond the limit are refused before any work', async () => {
    const many = await encodePkcs12(
      { entries: [{ friendlyName: 'x', pkcs8, certificate: first, chain: [] }] },
      'a',
      { ...write, iterations: 1 },
    )
    // The last INTEGER of the file is the MAC's iteration count.
    const hostile = concat([
      many.subarray(0, many.length - 3),
      Uint8Array.of(0x02, 0x04, 0x7f, 0xff, 0xff, 0xff),
    ])
    const grown = grow(hostile, 3)
    expect((await read(grown)).problems).toMatchObject([
      { code: 'container-iterations-too-many', detail: { iterations: 0x7fffffff } },
    ])
  })

  /** Makes the lengths of the file's and the MacData's SEQUENCE, both the last at their level, `by` octets longer. */
  function grow(bytes: Uint8Array, by: number): Uint8Array {
    const out = Uint8Array.from(bytes)
    new DataView(out.buffer).setUint16(2, new DataView(out.buffer).getUint16(2) + by)
    const macData = out.findLastIndex((octet, i) => octet === 0x30 && out[i + 1] === out.length - by - i - 2)
    out[macData + 1]! += by
    return out
  }
})

describe('size', () => {
  test('10,000 certificates in one text, and it can be cancelled', async () => {
    const text = utf8(pem.repeat(10_000))
    const seen: number[] = []
    const pile = await readPile([{ name: 'x', bytes: text }], { onProgress: ({ done }) => seen.push(done) })
    expect(pile.items).toHaveLength(10_000)
    expect(pile.items.at(-1)!.source.line).toBe(1 + 9_999 * pem.trimEnd().split('\n').length)
    expect(seen.at(-1)).toBe(text.length)
    expect(seen.length).toBeGreaterThan(1)
    const abort = new AbortController()
    const stopped = readPile([{ name: 'x', bytes: text }], {
      signal: abort.signal,
      onProgress: () => abort.abort(),
    })
    await expect(stopped).rejects.toThrow()
  })

  test('the whole of ca-certificates, as PEM and as PKCS#7', async () => {
    const pile = await read(Uint8Array.from(BUNDLE))
    expect(pile.problems).toEqual([])
    expect(pile.items.length).toBeGreaterThan(100)
    expect(certificates(await read(encodePkcs7(certificates(pile))))).toEqual(certificates(pile))
  })
})

const RUNS = Number(process.env['FUZZ_RUNS'] ?? 1) * 300

describe('hostile input', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      pem,
      '-----BEGIN ',
      '-----',
      '-----BEGIN CERTIFICATE-----',
      '-----END CERTIFICATE-----',
      'MIIB',
      '\\n',
      '"',
      '%',
      '=',
      '\n',
      'DEK-Info: ',
      ': ',
      'A'.repeat(80),
      '{"kty":"EC","d":1}',
    ),
    fc.string({ maxLength: 20 }),
    fc.constantFrom(pem).map((text) => text.slice(0, 300)),
  )

  test('any text ends in items and problems', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const pile = await read(pieces.join(''), { passwords: ['a'] })
        expect(pile.items.length + pile.problems.length).toBeGreaterThan(0)
      }),
      { numRuns: RUNS },
    )
  })

  test('flipped, cut and random octets of each container end in items and problems', async () => {
    const write = { iterations: 1, random }
    const pkcs8 = new Uint8Array(
      generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }),
    )
    const p12 = await encodePkcs12(
      { entries: [{ friendlyName: 'x', pkcs8, certificate: first, chain: [] }] },
      'a',
      write,
    )
    const seeds = [p12, encodePkcs7([first]), await sealPkcs8(pkcs8, 'a', write), pkcs8, first]
    const limits = {
      size: 1e6,
      items: 1e4,
      container: { size: 1e6, depth: 32, count: 10_000, iterations: 1000 },
    }
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...seeds),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
        fc.nat(),
        async (seed, flips, cut) => {
          const bytes = Uint8Array.from(seed)
          for (const [at, value] of flips) bytes[at % Math.min(bytes.length, 200)] = value
          const pile = await read(cut % 3 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes, {
            passwords: ['a'],
            limits,
          })
          for (const { code } of pile.problems) expect(code).toMatch(/^(der|container|key|pile|pem)-/)
        },
      ),
      { numRuns: RUNS },
    )
    expect(isCodedError(null)).toBe(false)
  })
})
