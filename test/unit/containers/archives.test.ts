import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { zipSync, type Zippable } from 'fflate'
import { describe, expect, test } from 'vitest'
import { ARCHIVE_LIMITS, type ArchiveLimits } from '../../../src/containers/limits.ts'
import { PILE_LIMITS, type PileOptions } from '../../../src/containers/pile/builder.ts'
import type { Pile } from '../../../src/containers/pile/items.ts'
import { readPile } from '../../../src/containers/pile/read-pile.ts'
import { continueZip, zipOf, zipWriter } from '../../../src/containers/zip.ts'
import { concat, toBase64 } from '../../../src/octets.ts'
import { encodePem } from '../../../src/x509/pem.ts'
import { debianRoots } from '../../support/roots.ts'

/** Archives of certificates, whole and broken: a fault in one entry does not affect the others. */
const ROOTS = debianRoots().map(([, der]) => der)
const [first, second] = ROOTS as [Uint8Array, Uint8Array]
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const pem = (der: Uint8Array): Uint8Array => utf8(encodePem('CERTIFICATE', der))
const fixture = (name: string): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`../../fixtures/files/${name}`, import.meta.url)))

const read = (bytes: Uint8Array, name = 'x.zip', options: PileOptions = {}): Promise<Pile> =>
  readPile([{ name, bytes }], options)
const limited = (limits: Partial<ArchiveLimits>): PileOptions => ({
  limits: { ...PILE_LIMITS, archive: { ...ARCHIVE_LIMITS, ...limits } },
})
/** The items found, by file name. */
const found = ({ items }: Pile): [string, Uint8Array | string][] =>
  items.map((item) => [
    item.source.file,
    item.kind === 'certificate' ? item.certificate.der : `${item.kind} ${item.source.file}`,
  ])
const told = ({ problems }: Pile): [string, string][] =>
  problems.map(({ source, code }) => [source.file, code])
const noticed = ({ notices }: Pile): [string, string][] =>
  notices.map(({ source, code }) => [source.file, code])

/** An archive of two entries, edited by hand: offsets of the fields about the first. */
function zipOfTwo(options: Zippable = {}) {
  const octets = zipSync({ 'a.crt': pem(first), 'b.crt': pem(second), ...options })
  const view = new DataView(octets.buffer)
  const end = octets.length - 22
  const central = view.getUint32(end + 16, true)
  return { octets, view, end, central }
}

describe('ZIP', () => {
  test('as CAs deliver it, each entry under its own name', async () => {
    const pile = await read(fixture('q26.zip'), 'q26.zip')
    expect(pile.problems).toEqual([])
    expect(pile.notices).toEqual([])
    expect(pile.items.map(({ kind, source }) => [kind, source.file])).toEqual([
      ['certificate', 'q26.zip/ec.crt'],
      ['certificate', 'q26.zip/rsa.crt'],
    ])
  })

  test('stored, deflated, in folders, and as this page writes it', async () => {
    const files = { 'a.crt': pem(first), 'folder/b.der': second }
    const writer = zipWriter(new Date(0))
    const own = Object.entries(files).flatMap(([name, content]) => writer.add(name, content))
    for (const octets of [
      zipSync(files),
      zipSync(files, { level: 0 }),
      zipSync({ folder: { 'a.crt': files['a.crt'] }, ...files }, { comment: 'x'.repeat(3000) }),
      concat([...own, ...writer.end()]),
      // Data before it, which its offsets do not count, and data after it.
      concat([utf8('PK00'), zipSync(files)]),
      concat([zipSync(files), utf8('\n\n')]),
    ]) {
      const pile = await read(octets)
      expect(pile.problems).toEqual([])
      expect(found(pile)).toEqual(
        expect.arrayContaining([
          ['x.zip/a.crt', first],
          ['x.zip/folder/b.der', second],
        ]),
      )
    }
  })

  test('more than 65,535 files, with the records of ZIP64', async () => {
    const writer = zipWriter(new Date(0))
    const pieces: Uint8Array[] = []
    for (let i = 0; i < 66_000; i++) pieces.push(...writer.add(String(i), i === 65_999 ? first : utf8('-')))
    const pile = await read(concat([...pieces, ...writer.end()]))
    expect(pile.problems).toEqual([])
    expect(found(pile)).toEqual([['x.zip/65999', first]])
  })

  test('only what the directory names is in it', async () => {
    const { octets, end, view, central } = zipOfTwo()
    const firstLength = 46 + 'a.crt'.length
    // The directory without its first entry.
    const shorter = concat([octets.subarray(0, central), octets.subarray(central + firstLength)])
    const tail = new DataView(shorter.buffer, shorter.length - 22)
    tail.setUint16(8, 1, true)
    tail.setUint16(10, 1, true)
    tail.setUint32(12, view.getUint32(end + 12, true) - firstLength, true)
    const pile = await read(shorter)
    expect(found(pile)).toEqual([['x.zip/b.crt', second]])
    expect(pile.problems).toEqual([])
  })

  test('names: once each, without what would hide in them', async () => {
    const { octets, central } = zipOfTwo()
    octets.set(utf8('a.crt'), central + 46 + 5 + 46)
    expect(found(await read(octets)).map(([name]) => name)).toEqual(['x.zip/a.crt', 'x.zip/a.crt (2)'])
    const odd = await read(zipSync({ './a\u202e.crt': pem(first), 'c\\b\n.crt': pem(second) }))
    expect(found(odd).map(([name]) => name)).toEqual(['x.zip/a\ufffd.crt', 'x.zip/c/b\ufffd.crt'])
    const latin = zipOfTwo()
    latin.octets[latin.central + 46] = 0xe4
    expect(found(await read(latin.octets))[0]?.[0]).toBe('x.zip/ä.crt')
  })

  test.each<[string, (zip: ReturnType<typeof zipOfTwo>) => void]>([
    ['archive-entry-encrypted', ({ view, central }) => view.setUint16(central + 8, 1, true)],
    ['archive-entry-encrypted', ({ view, central }) => view.setUint16(central + 10, 99, true)],
    ['archive-method-unknown', ({ view, central }) => view.setUint16(central + 10, 14, true)],
    ['archive-checksum', ({ octets, central }) => (octets[central + 16]! ^= 1)],
    // Its own header is not where the directory says, or its content would be longer than the file.
    ['archive-damaged', ({ view, central }) => view.setUint32(central + 42, 7, true)],
    ['archive-damaged', ({ view, central }) => view.setUint32(central + 42, 0xfffffff0, true)],
    ['archive-damaged', ({ view, central }) => view.setUint32(central + 20, 0xfffffff0, true)],
    ['archive-damaged', ({ view, central }) => view.setUint32(central + 20, 20, true)],
    // It has more octets than the directory says, or fewer.
    ['archive-damaged', ({ view, central }) => view.setUint32(central + 24, 100, true)],
    ['archive-damaged', ({ view, central }) => view.setUint32(central + 24, 20_000, true)],
    ['archive-damaged', ({ octets }) => octets.fill(0xff, 40, 80)],
  ])('%s: one entry is named, and the other read', async (code, change) => {
    const zip = zipOfTwo()
    change(zip)
    const pile = await read(zip.octets)
    expect(told(pile)).toEqual([['x.zip/a.crt', code]])
    expect(found(pile)).toEqual([['x.zip/b.crt', second]])
  })

  test('an entry that was to tell who is revoked is known by its name', async () => {
    const octets = zipSync({ 'a.crl': utf8('-'), 'b.ors': utf8('-') })
    const view = new DataView(octets.buffer)
    view.setUint16(view.getUint32(octets.length - 6, true) + 8, 1, true)
    expect((await read(octets)).problems).toMatchObject([
      { code: 'archive-entry-encrypted', status: 'crl', source: { file: 'x.zip/a.crl' } },
      { code: 'pile-nothing-found', status: 'ocspResponse', source: { file: 'x.zip/b.ors' } },
    ])
  })

  test('a directory that is damaged is told, with what it named before', async () => {
    const { octets, central } = zipOfTwo()
    octets[central + 46 + 5] = 0
    const pile = await read(octets)
    expect(found(pile)).toEqual([['x.zip/a.crt', first]])
    expect(pile.problems).toMatchObject([
      { code: 'archive-damaged', detail: { offset: central + 51 }, source: { file: 'x.zip' } },
    ])
  })

  test('one that is cut short, or in several parts, is told', async () => {
    const { octets, view, end } = zipOfTwo()
    expect(told(await read(octets.subarray(0, 900)))).toEqual([['x.zip', 'archive-end-missing']])
    view.setUint16(end + 4, 1, true)
    expect(told(await read(octets))).toEqual([['x.zip', 'archive-end-missing']])
  })

  test('a directory that cannot be there is told', async () => {
    for (const [field, value] of [
      [12, 0xfffffff0],
      [16, 0xfffffff0],
    ] as const) {
      const { octets, view, end } = zipOfTwo()
      view.setUint32(end + field, value, true)
      const pile = await read(octets)
      expect(told(pile)).toEqual([['x.zip', 'archive-damaged']])
      expect(pile.items).toEqual([])
    }
  })

  test('an entry that becomes too large is named and not unpacked, and the others are read', async () => {
    const bomb = zipSync({ 'bomb.crt': new Uint8Array(64 * 1024 * 1024), 'b.crt': pem(second) })
    expect(bomb.length).toBeLessThan(100_000)
    const pile = await read(bomb)
    expect(told(pile)).toEqual([['x.zip/bomb.crt', 'archive-ratio']])
    expect(found(pile)).toEqual([['x.zip/b.crt', second]])
    // A false small size does not help either: unpacking stops at the stated size.
    const view = new DataView(bomb.buffer)
    view.setUint32(view.getUint32(bomb.length - 6, true) + 24, 4000, true)
    const liar = await read(bomb)
    expect(told(liar)).toEqual([['x.zip/bomb.crt', 'archive-damaged']])
    expect(found(liar)).toEqual([['x.zip/b.crt', second]])
  })

  test('what many entries of the same octets become counts each time', async () => {
    const entry = pem(first)
    const files = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${String(i)}.crt`, entry]))
    const pile = await read(zipSync(files), 'x.zip', limited({ size: 10.5 * entry.length }))
    expect(pile.items).toHaveLength(10)
    expect(told(pile)).toHaveLength(40)
    expect(new Set(pile.problems.map(({ code }) => code))).toEqual(new Set(['archives-too-large']))
  })

  test('all archives of a pile have one limit together', async () => {
    const files = ['a.zip', 'b.zip'].map((name) => ({ name, bytes: zipSync({ 'a.crt': pem(first) }) }))
    const pile = await readPile(files, limited({ size: 1.5 * pem(first).length }))
    expect(told(pile)).toEqual([['b.zip/a.crt', 'archives-too-large']])
    const counted = await readPile(files, limited({ entries: 1 }))
    expect(told(counted)).toEqual([['b.zip', 'archive-too-many']])
  })

  test('notes beside the certificates are passed over, and that is said once', async () => {
    const pile = await read(
      zipSync({
        'README.txt': utf8('Install the certificates in this order.'),
        'terms.pdf': utf8('%PDF-1.7\n'),
        '__MACOSX/._a.crt': Uint8Array.of(0, 5, 0x16, 7, 0, 2, 0, 0),
        'empty.txt': new Uint8Array(0),
        'a.crt': pem(first),
      }),
    )
    expect(found(pile)).toEqual([['x.zip/a.crt', first]])
    expect(pile.problems).toEqual([])
    expect(noticed(pile)).toEqual([['x.zip', 'skipped-parts']])
  })

  test('what is called a certificate and holds none, or could be a key, is named', async () => {
    const pile = await read(
      zipSync({
        'a.crt': utf8('404 not found'),
        'b.crt': pem(second),
        'c.CER': new Uint8Array(0),
        'd.bin': second.subarray(0, 300),
        id_ed25519: utf8('PuTTY-User-Key-File-3: ssh-ed25519\n'),
      }),
    )
    expect(found(pile)).toEqual([['x.zip/b.crt', second]])
    expect(told(pile)).toEqual([
      ['x.zip/a.crt', 'pile-nothing-found'],
      ['x.zip/c.CER', 'pile-file-empty'],
      ['x.zip/d.bin', 'der-truncated'],
      ['x.zip/id_ed25519', 'pile-format-not-read'],
    ])
  })

  test('an archive in which nothing is found is such a file', async () => {
    for (const octets of [zipSync({}), zipSync({ 'README.txt': utf8('Nothing here.') })]) {
      const pile = await read(octets)
      expect(told(pile)).toEqual([['x.zip', 'pile-nothing-found']])
      expect(pile.notices).toEqual([])
    }
  })
})

const NO_OCTETS = new Uint8Array(0)

interface TarOptions {
  readonly type?: string
  readonly magic?: string
  readonly prefix?: string
  readonly size?: string | Uint8Array
}

/** One file of a tar, with its header. */
function tarEntry(name: string, content: Uint8Array, options: TarOptions = {}): Uint8Array {
  const { type = '0', magic = 'ustar\0' + '00', prefix = '', size } = options
  const header = new Uint8Array(512)
  const put = (at: number, text: string): void => header.set(utf8(text), at)
  put(0, name)
  put(100, '0000644\0')
  if (size instanceof Uint8Array) header.set(size, 124)
  else put(124, size ?? `${content.length.toString(8).padStart(11, '0')}\0`)
  put(148, ' '.repeat(8))
  put(156, type)
  put(257, magic)
  put(345, prefix)
  const sum = header.reduce((all, octet) => all + octet, 0)
  put(148, `${sum.toString(8).padStart(6, '0')}\0 `)
  return concat([header, content, new Uint8Array((512 - (content.length % 512)) % 512)])
}
/** GNU's encoding of numbers too large for eleven octal digits. */
const base256 = (size: number): Uint8Array =>
  Uint8Array.of(0x80, ...new Uint8Array(7), size >>> 24, size >>> 16, size >>> 8, size)
const TAR_END = new Uint8Array(1024)
const tar = (...entries: readonly Uint8Array[]): Uint8Array => concat([...entries, TAR_END])
const paxRecord = (key: string, value: string): string => {
  const rest = ` ${key}=${value}\n`
  const length = [1, 2, 3]
    .map((digits) => digits + rest.length)
    .find((all, i) => String(all).length === i + 1)!
  return String(length) + rest
}

describe('tar', () => {
  const inTar = (octets: Uint8Array, options?: PileOptions): Promise<Pile> => read(octets, 'x.tar', options)

  test('as it is delivered, packed with gzip', async () => {
    const pile = await read(fixture('q26.tgz'), 'q26.tgz')
    expect(pile.problems).toEqual([])
    expect(pile.notices).toEqual([])
    expect(pile.items.map(({ kind, source }) => [kind, source.file])).toEqual([
      ['certificate', 'q26.tgz/ec.crt'],
      ['certificate', 'q26.tgz/rsa.crt'],
    ])
  })

  test('names of POSIX, of pax, of GNU, and of what was before them', async () => {
    const long = `${'folder/'.repeat(30)}a.crt`
    for (const [name, entries] of [
      ['a.crt', [tarEntry('a.crt', pem(first))]],
      ['a.crt', [tarEntry('./a.crt', pem(first), { magic: '', type: '\0' })]],
      ['folder/a.crt', [tarEntry('a.crt', pem(first), { prefix: 'folder' })]],
      ['a.crt', [tarEntry('a.crt', pem(first), { prefix: 'not a folder', magic: 'ustar  \0' })]],
      [
        long,
        [
          tarEntry('pax', utf8(paxRecord('mtime', '1') + paxRecord('path', long)), { type: 'x' }),
          tarEntry('short', pem(first)),
        ],
      ],
      [long, [tarEntry('././@LongLink', utf8(`${long}\0`), { type: 'L' }), tarEntry('short', pem(first))]],
      ['a.crt', [tarEntry('a.crt', pem(first), { size: base256(pem(first).length) })]],
    ] as const) {
      const pile = await inTar(tar(...entries))
      expect(pile.problems).toEqual([])
      expect(found(pile)).toEqual([[`x.tar/${name}`, first]])
    }
  })

  test('a name is that of the file behind it, and of no other', async () => {
    const named = tarEntry('pax', utf8(paxRecord('path', 'long')), { type: 'x' })
    const pile = await inTar(tar(named, tarEntry('a', first), tarEntry('b', second)))
    expect(found(pile).map(([name]) => name)).toEqual(['x.tar/long', 'x.tar/b'])
  })

  test('folders, links and notes of the archive hold nothing', async () => {
    const pile = await inTar(
      tar(
        tarEntry('pax_global_header', utf8(paxRecord('comment', 'of git')), { type: 'g' }),
        tarEntry('folder/', NO_OCTETS, { type: '5' }),
        tarEntry('old folder/', NO_OCTETS),
        tarEntry('link.crt', NO_OCTETS, { type: '2' }),
        tarEntry('label', NO_OCTETS, { type: 'V' }),
        tarEntry('folder/a.crt', pem(first)),
      ),
    )
    expect(pile.problems).toEqual([])
    expect(pile.notices).toEqual([])
    expect(found(pile)).toEqual([['x.tar/folder/a.crt', first]])
  })

  test('archives one behind the other, and what a tape had before', async () => {
    const both = concat([tar(tarEntry('a', first)), tar(tarEntry('b', second)), utf8('x'.repeat(2000))])
    const pile = await inTar(both)
    expect(pile.problems).toEqual([])
    expect(found(pile)).toEqual([
      ['x.tar/a', first],
      ['x.tar/b', second],
    ])
  })

  test('a header that is damaged is told, and the files behind it are read', async () => {
    const octets = tar(tarEntry('a.crt', pem(first)), tarEntry('b.crt', pem(second)))
    octets[5] = 0x21
    const pile = await inTar(octets)
    expect(pile.problems).toMatchObject([
      { code: 'archive-checksum', detail: { format: 'tar', offset: 0 }, source: { file: 'x.tar' } },
    ])
    expect(found(pile)).toEqual([['x.tar/b.crt', second]])
  })

  test('one that is cut short gives the files before, and names the one that is not whole', async () => {
    const one = tarEntry('a.crt', pem(first))
    const octets = tar(one, tarEntry('b.crt', pem(second)))
    const cut = await inTar(octets.subarray(0, one.length + 700))
    expect(found(cut)).toEqual([['x.tar/a.crt', first]])
    expect(cut.problems).toMatchObject([
      { code: 'archive-cut-short', detail: { offset: one.length + 512 }, source: { file: 'x.tar/b.crt' } },
    ])
    const between = await inTar(octets.subarray(0, one.length))
    expect(found(between)).toEqual([['x.tar/a.crt', first]])
    expect(told(between)).toEqual([['x.tar', 'archive-cut-short']])
  })

  test('a size that is none, or beyond the archive, is told', async () => {
    for (const size of ['99999999999\0', '            ', '\u007f'.repeat(12)]) {
      const pile = await inTar(
        tar(tarEntry('a.crt', first), tarEntry('b.crt', second, { size }), tarEntry('c.crt', first)),
      )
      expect(found(pile)).toEqual([
        ['x.tar/a.crt', first],
        ['x.tar/c.crt', first],
      ])
      expect(told(pile)).toEqual([['x.tar/b.crt', 'archive-cut-short']])
    }
  })

  test('a file with holes is named', async () => {
    const pile = await inTar(tar(tarEntry('a.crt', first, { type: 'S' }), tarEntry('b.crt', second)))
    expect(told(pile)).toEqual([['x.tar/a.crt', 'archive-file-sparse']])
    expect(found(pile)).toEqual([['x.tar/b.crt', second]])
  })
})

describe('gzip', () => {
  test('of one file has its name', async () => {
    const pile = await read(gzipSync(pem(first)), 'a.pem.gz')
    expect(pile.problems).toEqual([])
    expect(found(pile)).toEqual([['a.pem.gz', first]])
    expect(told(await read(gzipSync(utf8('nothing')), 'a.gz'))).toEqual([['a.gz', 'pile-nothing-found']])
  })

  test('that is damaged or cut short gives what comes out before', async () => {
    const entries = ROOTS.map((der, i) => tarEntry(`${String(i)}.der`, der))
    const octets = new Uint8Array(gzipSync(tar(...entries)))
    const pile = await read(octets.subarray(0, octets.length / 2), 'x.tgz')
    expect(pile.items.length).toBeGreaterThan(ROOTS.length / 4)
    expect(pile.items.length).toBeLessThan(ROOTS.length)
    expect(told(pile)).toContainEqual(['x.tgz', 'archive-damaged'])
    const list = await read(new Uint8Array(gzipSync(utf8('-'))).fill(0xff, 10), 'a.crl.gz')
    expect(list.problems).toMatchObject([{ code: 'archive-damaged', status: 'crl' }])
    octets.fill(0xff, 10, 200)
    expect(told(await read(octets, 'x.tgz'))).toEqual([['x.tgz', 'archive-damaged']])
    expect(told(await read(octets.subarray(0, 20), 'x.tgz'))).toEqual([['x.tgz', 'archive-damaged']])
  })

  test('one behind another is one file, also with zeros that fill up a block', async () => {
    const octets = tar(tarEntry('a.crt', pem(first)), tarEntry('b.crt', pem(second)))
    const halves = [octets.subarray(0, 700), octets.subarray(700)].map((half) => gzipSync(half))
    const both = [
      ['x.tgz/a.crt', first],
      ['x.tgz/b.crt', second],
    ]
    for (const packed of [concat(halves), concat([...halves, new Uint8Array(700)])]) {
      const pile = await read(packed, 'x.tgz')
      expect(pile.problems).toEqual([])
      expect(found(pile)).toEqual(both)
    }
    // Trailing data is not a member: it is reported, and everything before it is read.
    const junk = await read(concat([...halves, utf8('more')]), 'x.tgz')
    expect(found(junk)).toEqual(both)
    expect(told(junk)).toEqual([['x.tgz', 'archive-damaged']])
    const torn = await read(concat([halves[0]!, halves[1]!.subarray(0, 40)]), 'x.tgz')
    expect(told(torn)).toContainEqual(['x.tgz', 'archive-damaged'])
  })

  test('of many members makes no more than one', async () => {
    const lines = gzipSync(new Uint8Array(60_000).fill(0x0a))
    const octets = concat([...Array<Uint8Array>(50).fill(lines), gzipSync(pem(first))])
    expect(found(await read(octets, 'x.gz'))).toEqual([['x.gz', first]])
    expect(told(await read(octets, 'x.gz', limited({ one: 1_000_000 })))).toContainEqual([
      'x.gz',
      'archive-too-large',
    ])
    expect(told(await read(octets, 'x.gz', limited({ entries: 20 })))).toContainEqual([
      'x.gz',
      'archive-too-many',
    ])
  })

  test('that becomes too large ends at the limit, with what came before', async () => {
    const files = tar(tarEntry('a.crt', pem(first)), tarEntry('b', new Uint8Array(64 * 1024 * 1024)))
    const octets = new Uint8Array(gzipSync(files))
    expect(octets.length).toBeLessThan(100_000)
    const pile = await read(octets, 'x.tgz')
    expect(found(pile)).toEqual([['x.tgz/a.crt', first]])
    expect(told(pile)).toEqual([
      ['x.tgz/b', 'archive-cut-short'],
      ['x.tgz', 'archive-ratio'],
    ])
    for (const [limit, code] of [
      ['one', 'archive-too-large'],
      ['size', 'archives-too-large'],
    ] as const) {
      const small = await read(octets, 'x.tgz', limited({ [limit]: 100_000 }))
      expect(told(small)).toContainEqual(['x.tgz', code])
      expect(found(small)).toEqual(limit === 'one' ? [['x.tgz/a.crt', first]] : [])
    }
    // The size in the trailer is not trusted.
    octets.fill(0, octets.length - 4)
    expect(found(await read(octets, 'x.tgz'))).toEqual([['x.tgz/a.crt', first]])
  })
})

describe('archives within others', () => {
  test('of any kind in any kind, each with the way to it', async () => {
    const inner = new Uint8Array(gzipSync(tar(tarEntry('a.crt', pem(first)))))
    const pile = await read(zipSync({ 'in.tgz': inner, 'in.zip': zipSync({ 'b.crt': pem(second) }) }))
    expect(pile.problems).toEqual([])
    expect(found(pile)).toEqual([
      ['x.zip/in.tgz/a.crt', first],
      ['x.zip/in.zip/b.crt', second],
    ])
  })

  test('in base64, as mail has them, and in what was signed', async () => {
    const zip = zipSync({ 'a.crt': pem(first), 'b.crt': pem(second) })
    const lines = toBase64(zip)
      .match(/.{1,76}/g)!
      .join('\r\n')
    const mail = `Content-Type: application/zip\r\n\r\n${lines}\r\n--next--\r\n`
    expect(found(await read(utf8(mail), 'a.eml'))).toEqual([
      ['a.eml/a.crt', first],
      ['a.eml/b.crt', second],
    ])
    const labelled = await read(utf8(encodePem('CERTIFICATE', zip)), 'a.pem')
    expect(found(labelled).map(([name]) => name)).toEqual(['a.pem/a.crt', 'a.pem/b.crt'])
  })

  test('a broken one leaves those beside it', async () => {
    const inner = zipSync({ 'b.crt': pem(second) })
    const pile = await read(zipSync({ 'in.zip': inner.subarray(0, inner.length - 30), 'a.crt': pem(first) }))
    expect(told(pile)).toEqual([['x.zip/in.zip', 'archive-end-missing']])
    expect(found(pile)).toEqual([['x.zip/a.crt', first]])
  })

  test('go only so deep', async () => {
    let octets = zipSync({ 'a.crt': pem(first) })
    for (let depth = 0; depth < 5; depth++) octets = zipSync({ 'in.zip': octets, 'b.crt': pem(second) })
    expect((await read(octets)).problems).toEqual([])
    const pile = await read(zipSync({ 'in.zip': octets }))
    expect(pile.problems).toMatchObject([{ code: 'pile-too-deep', detail: { limit: 6 } }])
    expect(pile.items).toHaveLength(5)
  })
})

test('who takes a file is asked for each one in an archive too', async () => {
  const asked: string[] = []
  const take = ({ name }: { name: string }): boolean => {
    asked.push(name)
    return name.endsWith('index.txt')
  }
  const zip = zipSync({ 'ca/index.txt': utf8('V\t…'), 'ca/a.crt': pem(first) })
  const pile = await readPile(
    [
      { name: 'x.zip', bytes: zip },
      { name: 'y.crt', bytes: second },
    ],
    { take },
  )
  expect(asked).toEqual(['x.zip/ca/index.txt', 'x.zip/ca/a.crt', 'y.crt'])
  expect(pile.problems).toEqual([])
  expect(pile.notices).toEqual([])
  expect(pile.items).toHaveLength(2)
})

test('unpacking can be ended', async () => {
  const controller = new AbortController()
  const octets = zipSync({ 'a.txt': new Uint8Array(30 * 1024 * 1024).map((_, i) => i & 0xff) })
  const reading = readPile([{ name: 'x.zip', bytes: octets }], {
    signal: controller.signal,
    onProgress: () => controller.abort(),
  })
  await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
})

test('an archive that another writer goes on with is the same, octet for octet', () => {
  const at = new Date('2026-11-21T12:00:00Z')
  const [a, b] = [utf8('first'), utf8('second')]
  const first = zipWriter(at)
  const begun = [...first.add('a', a)]
  const second = continueZip(structuredClone(first.pause()))
  expect(second.count).toBe(1)
  expect(concat([...begun, ...second.add('b', b), ...second.end()])).toEqual(zipOf({ a, b }, at))
})
