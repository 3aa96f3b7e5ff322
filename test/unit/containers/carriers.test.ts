import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { Pile } from '../../../src/containers/pile/items.ts'
import { encodePkcs7 } from '../../../src/containers/pkcs7.ts'
import { contextConstructed } from '../../../src/der/reader.ts'
import { explicit, integer, octetString, oid, seq, tlv } from '../../../src/der/writer.ts'
import { findBlocks } from '../../../src/containers/pile/find.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { concat, toBase64 } from '../../../src/octets.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { debianRoots } from '../../support/roots.ts'

/** Formats that carry certificates with few marks around them. */
const [[, first], [, second]] = debianRoots() as [[string, Uint8Array], [string, Uint8Array]]
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

async function read(content: string | Uint8Array): Promise<Pile> {
  return readPile([{ name: 'x', bytes: typeof content === 'string' ? utf8(content) : content }])
}
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url)))
const certificates = ({ items }: Pile): Uint8Array[] =>
  items.flatMap((item) => (item.kind === 'certificate' ? [item.certificate.der] : []))
const inLines = (text: string, width: number): string[] =>
  text.match(new RegExp(`.{1,${String(width)}}`, 'g')) ?? []

async function holds(content: string | Uint8Array, expected: readonly Uint8Array[]): Promise<void> {
  const pile = await read(content)
  expect(pile.problems).toEqual([])
  expect(certificates(pile)).toEqual(expected)
}

test('files as other programs wrote them', async () => {
  for (const name of [
    'q14-cisco.txt',
    'q14-xxd.txt',
    'q15-utf16le-nobom.pem',
    'q16-saml-13.xml',
    'q17.ldif',
  ]) {
    const pile = await read(fixture(name))
    expect(pile.problems).toEqual([])
    expect(certificates(pile)).toHaveLength(1)
  }
  const profile = await read(fixture('q17.mobileconfig'))
  expect(profile.items.map(({ kind }) => kind)).toEqual(['certificate', 'locked'])
  expect(profile.problems).toEqual([])
})

describe('property lists', () => {
  const propertyList = (values: readonly Uint8Array[], width: number, indent: string): string =>
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<plist version="1.0"><dict><key>PayloadContent</key><array>',
      ...values.map((value) =>
        ['<data>', ...inLines(toBase64(value), width), '</data>'].map((line) => indent + line).join('\n'),
      ),
      '</array></dict></plist>\n',
    ].join('\n')

  test('lines of any width, indented by anything', async () => {
    for (const indent of ['', '\t', '\t\t\t', '    '])
      for (const width of [4, 7, 16, 20, 36, 44, 52, 55, 57, 60, 64, 68, 75, 100, 5000])
        await holds(propertyList([first, second], width, indent), [first, second])
  })

  test("PEM and Java's stores that are values of one", async () => {
    for (const width of [20, 36, 52, 64])
      await holds(propertyList([utf8(encodePem('CERTIFICATE', first)), second], width, '\t'), [first, second])
    expect(certificates(await read(propertyList([fixture('j.jceks')], 52, '\t\t')))).toHaveLength(1)
  })

  test('10,000 levels deep', () =>
    holds(`${'<dict>'.repeat(10_000)}${propertyList([first], 52, '\t')}${'</dict>'.repeat(10_000)}`, [first]))
})

describe('base64 alone, one below the other with a blank line between', () => {
  /** The same at every run: what cannot be compressed. */
  const noise = (length: number): Uint8Array => {
    const parts = Array.from({ length: Math.ceil(length / 32) }, (_, i) =>
      createHash('sha256').update(String(i)).digest(),
    )
    return new Uint8Array(Buffer.concat(parts)).subarray(0, length)
  }
  /** A gzip that is cut off and whose base64 fills its last line: no shorter line, and no padding, tells where it ends. */
  const filling = (der: Uint8Array, width: number): string => {
    for (let more = 9000; ; more++) {
      const whole = gzipSync(concat([der, noise(more)]))
      const text = toBase64(new Uint8Array(whole.subarray(0, -1000)))
      if (text.length % width === 0 && !text.endsWith('=')) return text
    }
  }
  const spaced = (texts: readonly string[], width: number, end: string, between: string): string =>
    texts.map((text) => inLines(text, width).join(end)).join(between)

  test.each([60, 64, 76])('in lines of %i that are all full', async (width) => {
    const texts = [first, second].map((der) => filling(der, width))
    for (const [end, between] of [
      ['\n', '\n\n'],
      ['\r\n', '\r\n\r\n'],
      ['\\n', '\\n\\n'],
      ['\n', '\n \t\n\n'],
    ] as const) {
      const text = spaced(texts, width, end, between)
      expect([...findBlocks(utf8(text))], JSON.stringify(between)).toHaveLength(2)
      expect(certificates(await read(text))).toEqual([first, second])
    }
  })

  test('with a blank line below each of its lines', async () => {
    const text = filling(first, 76)
    expect(certificates(await read(spaced([text], 76, '\n\n', '')))).toEqual([first])
  })
})

describe('LDIF', () => {
  const folded = (line: string, width: number): string =>
    [line.slice(0, width), ...inLines(line.slice(width), width - 1).map((rest) => ` ${rest}`)].join('\n')

  test('attributes of any name, folded at any width, with either line end', async () => {
    for (const name of ['cACertificate;binary', 'userCertificate', 'caCertificate;binary;x'])
      for (const width of [60, 64, 76, 79, 100]) {
        const entries = [first, second].map((der, i) =>
          [`dn: CN=${String(i)}`, folded(`${name}:: ${toBase64(der)}`, width), 'cn: x'].join('\n'),
        )
        await holds(entries.join('\n\n'), [first, second])
        await holds(entries.join('\n\n').replaceAll('\n', '\r\n'), [first, second])
      }
  })

  test('a value that begins on the line below its name', () =>
    holds(`dn: x\nuserCertificate::\n ${inLines(toBase64(first), 75).join('\n ')}\nsn: y\n`, [first]))
})

test('PEM in a mail that is quoted-printable', async () => {
  for (const pad of ['=3D', '=3d'])
    for (const der of [first, second]) {
      const text = encodePem('CERTIFICATE', der)
      const padded = text.replace(/=*\n-----END/, (end) => end.replaceAll('=', pad))
      await holds(padded, [der])
    }
  const short = 'MAMCAQ'
  expect(
    (await read(`-----BEGIN CERTIFICATE-----\n${short}=3D=3D\n-----END CERTIFICATE-----\n`)).problems,
  ).not.toMatchObject([{ code: 'pem-base64-invalid' }])
})

describe('XML', () => {
  test('line ends that are entities, in base64 and in PEM', async () => {
    for (const end of ['&#13;\n', '&#xD;\n', '&#xd;', '&#x0D;&#x0A;', '&#10;', '&#013;\r\n', '&amp;#13;\n'])
      for (const width of [60, 64, 76]) {
        const lines = inLines(toBase64(first), width).join(end)
        await holds(`<ds:X509Certificate>${lines}</ds:X509Certificate>`, [first])
        await holds(`<ds:X509Certificate>${end}${lines}${end}</ds:X509Certificate>`, [first])
        const pem = `-----BEGIN CERTIFICATE-----${end}${lines}${end}-----END CERTIFICATE-----${end}`
        await holds(`<pem>${pem}</pem>`, [first])
      }
  })

  test('an entity that is no line end is named', async () => {
    const pem = encodePem('CERTIFICATE', first).replace('\n', '\n&lt;')
    expect((await read(pem)).problems).toMatchObject([
      { code: 'pem-base64-invalid', detail: { character: '&', line: 2 } },
    ])
  })
})

test('UTF-16 of either order, with and without a mark', async () => {
  const pem = encodePem('CERTIFICATE', first)
  for (const text of [pem, toBase64(first), `notes: ä\r\n${pem}`, `\ufeff${pem}`]) {
    const little = Buffer.from(text, 'utf16le')
    for (const bytes of [little, Buffer.from(little).swap16()]) await holds(Uint8Array.from(bytes), [first])
  }
})

describe('hexadecimal', () => {
  const hex = Buffer.from(first).toString('hex')
  const pairs = inLines(hex, 2)
  const grouped = (octets: readonly string[], size: number): string =>
    inLines(octets.join(''), 2 * size).join(' ')
  const shown = (octets: readonly string[]): string =>
    octets.map((pair) => String.fromCharCode(parseInt(pair, 16)).replace(/[^ -~]/, '.')).join('')

  /** Lines of this many octets, each with its offset and its characters. */
  function dump(width: number, line: (offset: string, octets: string[], text: string) => string): string {
    const starts = Array.from({ length: Math.ceil(pairs.length / width) }, (_, i) => i * width)
    return starts
      .map((at) => {
        const octets = pairs.slice(at, at + width)
        return line(at.toString(16).padStart(8, '0'), octets, shown(octets))
      })
      .join('\n')
  }

  const LAYOUTS: Record<string, string> = {
    'in one line': hex,
    'in capitals': hex.toUpperCase(),
    'xxd -p': inLines(hex, 60).join('\n'),
    'xxd -p with Windows line ends': inLines(hex, 60).join('\r\n'),
    'xxd -i': `unsigned char x[] = {\n  ${inLines(pairs.map((pair) => `0x${pair}`).join(', '), 72).join('\n  ')}\n};\n`,
    colons: pairs.join(':'),
    'colons in lines': `  ${inLines(pairs.join(':'), 45).join('\n    ')}\n`,
    'a C string': `"${inLines(pairs.map((pair) => `\\x${pair}`).join(''), 64).join('"\n"')}"`,
    'a bytea of PostgreSQL': `\\x${hex}`,
    'a literal of SQL Server': `(0x${hex.toUpperCase()})`,
    'a JSON string with line breaks': JSON.stringify({ der: inLines(hex, 64).join('\n') }),
    'a router': ` certificate self-signed 01\n${inLines(grouped(pairs, 4).toUpperCase(), 72)
      .map((line) => `  ${line}`)
      .join('\n')}\n        quit\n`,
    xxd: dump(16, (offset, octets, text) => `${offset}: ${grouped(octets, 2).padEnd(39)}  ${text}`),
    'xxd -c 32 -g 1': dump(
      32,
      (offset, octets, text) => `${offset}: ${grouped(octets, 1).padEnd(95)}  ${text}`,
    ),
    'hexdump -C': dump(
      16,
      (offset, octets, text) =>
        `${`${offset}  ${octets.slice(0, 8).join(' ')}  ${octets.slice(8).join(' ')}`.padEnd(60)}|${text}|`,
    ),
    'Format-Hex': dump(
      16,
      (offset, octets, text) => `${offset.toUpperCase()}   ${octets.join(' ').toUpperCase()}  ${text}`,
    ),
    'certutil -dump': dump(16, (offset, octets, text) => `${offset.slice(4)}\t${octets.join(' ')}   ${text}`),
  }

  test.for(Object.entries(LAYOUTS))('%s', async ([, text]) => {
    await holds(text, [first])
    await holds(`some words\n${text}\nsome more\n${encodePem('CERTIFICATE', second)}`, [first, second])
  })

  test('a fingerprint or a number that begins like a value is none', async () => {
    for (const text of [
      '3082010a0282010100c0ffee',
      '30:82:01:0A:02:82:01:01:00:C0:FF:EE:00:11:22:33:44:55:66:77',
      '00000000: 3082 018d 3082 0133  0...0..3\n00000008: 00',
    ])
      expect((await read(text)).problems).toMatchObject([{ code: 'pile-nothing-found' }])
  })
})

test('a signature or an extension that a program prints beside a certificate is no news', async () => {
  // Ecdsa-Sig-Value, and the value of an extension: SEQUENCEs too.
  const signature = `304402200${'1'.repeat(63)}02200${'2'.repeat(63)}`
  const extension = `3030300e${'0603550403'.padEnd(28, '0')}`.padEnd(100, '0')
  for (const digits of [signature, extension])
    await holds(`Signature Value:\n    ${inLines(digits, 2).join(':')}\n${encodePem('CERTIFICATE', first)}`, [
      first,
    ])
})

describe('bare base64 that is cut short', () => {
  const rows = (der: Uint8Array): string[] => inLines(toBase64(der), 64)

  test('is named, and takes no other with it', async () => {
    const cut = rows(first).slice(0, 5).join('\n')
    for (const between of ['\n', '\n\n', '\nand then:\n', '<br>'])
      expect(certificates(await read(`${cut}${between}${toBase64(second)}\n`))).toEqual([second])
    expect((await read(`value: ${cut}\n<end>`)).problems).toMatchObject([
      { code: 'der-truncated', source: { line: 1, label: null } },
    ])
  })

  test('also where the one below has all the octets that are missing', async () => {
    const [long, short] = first.length > second.length ? [first, second] : [second, first]
    for (const count of [2, 5, 8]) {
      const pile = await read([...rows(short).slice(0, count), ...rows(long)].join('\n'))
      expect(certificates(pile)).toEqual([long])
      expect(pile.problems).toHaveLength(1)
    }
  })

  test('a hash or a word above base64 is none of its lines', async () => {
    for (const above of ['e3b0c442'.repeat(8), 'certificate'])
      await holds(`${above}\n${rows(first).join('\n')}\n`, [first])
  })
})

test('DER, then bare base64 in the same file', () =>
  holds(concat([first, utf8(`\n${toBase64(second)}\n`)]), [first, second]))

test('many fronts of large values, none of which comes, end soon', async () => {
  for (const line of [
    'MIP//zCD/fff<',
    'MIP//zCD/fff\n',
    '3083ffffff3083f0ffff zz ',
    '00000000: 3083 ffff ff30 83f0 ffff\n',
  ]) {
    const { items } = await read(Uint8Array.from(Buffer.alloc(8 * 1024 * 1024, line)))
    expect(items).toEqual([])
  }
})

describe('what tells who is revoked, among octets of any other kind', () => {
  const pile = (name: string): Promise<Pile> => {
    const bytes = new Uint8Array(readFileSync(new URL(`../../fixtures/validate/${name}`, import.meta.url)))
    return readPile([{ name, bytes }])
  }
  const listOf = async (): Promise<Uint8Array> => {
    const { items } = await pile('55k-crl-good.pem')
    return items.flatMap((item) => (item.kind === 'crl' ? [item.crl.der] : []))[0]!
  }
  const responseOf = async (): Promise<{ whole: Uint8Array; basic: Uint8Array }> => {
    const { items } = await pile('53-ocsp-good-then-revoked.pem')
    const [item] = items.filter(({ kind }) => kind === 'ocspResponse')
    if (item?.kind !== 'ocspResponse') throw new Error('no response')
    return { whole: item.der, basic: item.response.basic!.der }
  }
  const http = (body: Uint8Array): Uint8Array =>
    concat([utf8(`HTTP/1.1 200 OK\r\nContent-Length: ${String(body.length)}\r\n\r\n`), body])
  const WRAPPINGS: Readonly<Record<string, (body: Uint8Array) => Uint8Array>> = {
    'the answer of a server, with its header': http,
    'an OCTET STRING': octetString,
    'a structure that is not known': (body) => seq(integer(7), octetString(body), explicit(3, seq(body))),
    'a block of an unknown label': (body) =>
      utf8(encodePem('CERTIFICATE', octetString(body)).replaceAll('CERTIFICATE', 'SOMETHING')),
    'base64 for addresses': (body) => utf8(Buffer.from(body).toString('base64url')),
  }
  const kinds = async (content: Uint8Array): Promise<string[]> =>
    [...new Set((await read(content)).items.map(({ kind }) => kind))].sort()

  test.each(Object.entries(WRAPPINGS))('%s', async (_what, wrap) => {
    expect(await kinds(wrap(await listOf()))).toEqual(['crl'])
    const { whole, basic } = await responseOf()
    expect(await kinds(wrap(whole))).toEqual(['ocspResponse'])
    expect(await kinds(wrap(basic))).toEqual(['ocspResponse'])
  })

  test('a response without what is around it, alone and in CMS', async () => {
    const { basic } = await responseOf()
    const inCms = tlv(contextConstructed(1), oid('1.3.6.1.5.5.7.48.1.1'), basic)
    for (const content of [basic, encodePkcs7([first], [inCms])])
      expect((await read(content)).items.map(({ kind }) => kind)).toContain('ocspResponse')
    const cut = await read(basic.subarray(0, 200))
    expect(cut.problems).toMatchObject([{ status: 'ocspResponse' }])
  })

  test('octets without any are said to have none', async () => {
    const noise = Uint8Array.from({ length: 4096 }, (_each, i) => (i * 7919) % 251)
    expect((await read(noise)).problems.map(({ code }) => code)).toEqual(['pile-nothing-found'])
  })
})

test('values of JSON in the alphabet for addresses, as ACME writes them, beside common ones', async () => {
  const [one, other] = [first, second].map((der) => Buffer.from(der).toString('base64url')) as [
    string,
    string,
  ]
  expect(one + other).toMatch(/[-_]/)
  const body = { certificate: one, reason: 1, more: [{ csr: `${other}==` }], x5c: [toBase64(first)] }
  await holds(JSON.stringify(body), [first, second, first])
  await holds(JSON.stringify(body, null, 2), [first, second, first])
  // A name with hyphens is no such value, and a cut one is told.
  await holds(`"MI-crosoft-${'a'.repeat(80)}"`.slice(0, 40) + encodePem('CERTIFICATE', first), [first])
  const cut = await read(JSON.stringify({ certificate: one.slice(0, 400) }))
  expect(cut.problems).toHaveLength(1)
})

describe('text of other programs around the same certificate', () => {
  const text = encodePem('CERTIFICATE', first)
  const rows = (radix: number, digits: number) =>
    Array.from({ length: Math.ceil(first.length / 16) }, (_, row) => {
      const octets = [...first.subarray(16 * row, 16 * row + 16)].map((each) =>
        each.toString(16).padStart(2, '0'),
      )
      return `${(16 * row).toString(radix).padStart(digits, '0')} ${octets.join(' ')}\n`
    }).join('')
  test.each([
    ['od -t x1', rows(8, 7)],
    ['od -A d -t x1', rows(10, 7)],
    ['od -A x -t x1', rows(16, 6)],
    ['lines of a web page', `<pre>${text.replaceAll('\n', '<br>\n')}</pre>`],
    [
      'elements of a web page',
      text
        .trim()
        .split('\n')
        .map((line) => `<div class="line">${line}</div>`)
        .join(''),
    ],
    [
      'JSON with every sign escaped',
      JSON.stringify({ a: text })
        .replaceAll('+', '\\u002B')
        .replaceAll('/', '\\/')
        .replaceAll('=', '\\u003d'),
    ],
    ['JSON with the slash escaped by number', JSON.stringify({ a: text }).replaceAll('/', '\\u002f')],
  ])('%s', async (_, content) => {
    await holds(content, [first])
  })
  test('a sign that is no base64, within a web page, is found where it is', async () => {
    const { problems } = await read(text.replace('\n', '<br>\n').replace(/M/, '!'))
    expect(problems).toMatchObject([{ code: 'pem-base64-invalid' }])
  })
})
