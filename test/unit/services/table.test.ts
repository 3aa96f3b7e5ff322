import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { profileById } from '../../../src/ca/profiles.ts'
import { planOf, readTable as read, TABLE_LIMITS } from '../../../src/services/issue/table.ts'

const readTable = (text: string, profile = 'custom') => read(text, profileById(profile)!)

const lines = (text: string) =>
  readTable(text).rows.map(({ line, attributes, names }) => ({ line, attributes, names }))
const cn = (value: string) => [{ type: 'commonName', value }]

describe('a table of certificates to be', () => {
  test('is read from CSV, with quotes, quoted quotes, line breaks in cells and CRLF', () => {
    const text =
      'CN,O,SAN\r\nweb,"Example, Inc.","a.example b.example"\r\ndb,"The ""Best"" Co","10.0.0.1\n::1"\r\n\r\nlast,,x@y.example\r\n'
    expect(lines(text)).toEqual([
      {
        line: 2,
        attributes: [...cn('web'), { type: 'organizationName', value: 'Example, Inc.' }],
        names: [
          { kind: 'dNSName', value: 'a.example' },
          { kind: 'dNSName', value: 'b.example' },
        ],
      },
      {
        line: 3,
        attributes: [...cn('db'), { type: 'organizationName', value: 'The "Best" Co' }],
        names: [
          { kind: 'iPAddress', value: '10.0.0.1' },
          { kind: 'iPAddress', value: '::1' },
        ],
      },
      { line: 6, attributes: cn('last'), names: [{ kind: 'rfc822Name', value: 'x@y.example' }] },
    ])
  })

  test('is read from cells pasted from a spreadsheet, and with semicolons', () => {
    const expected = [{ line: 2, attributes: cn('web'), names: [{ kind: 'dNSName', value: 'web.example' }] }]
    expect(lines('Common Name\tDNS\nweb\tweb.example')).toEqual(expected)
    expect(lines('common_name;dns\nweb;web.example\n')).toEqual(expected)
  })

  test('names its bad rows by line, and the good ones still go', () => {
    const { rows, problems } = readTable(
      'CN,SAN,Colour\na,a.example,red\nb,b.example\n,,\nc,c.example,,,blue\n , ,green\nd,d.example,\n',
    )
    expect(rows.map(({ line }) => line)).toEqual([2, 7])
    expect(problems).toEqual([
      { line: 1, code: 'unknown-column', field: 'Colour', value: 'Colour' },
      { line: 3, code: 'too-few-columns', field: '', value: '2' },
      { line: 5, code: 'too-many-columns', field: '', value: 'blue' },
      { line: 6, code: 'no-name', field: '', value: '' },
    ])
  })

  test('says that a row is there twice, and keeps both', () => {
    const { rows, problems } = readTable('CN\na\na\n')
    expect(rows).toHaveLength(2)
    expect(problems).toMatchObject([{ line: 3, code: 'duplicate' }])
  })

  test('finds what no certificate can say, by line and with all that is wrong in it', () => {
    const { rows, problems } = readTable(
      'CN,DNS,IP\nbad_host!!,exa mple..test,999.1.1.1\nweb,web.example,10.0.0.1\nx\u0000y,x.example,\n,,::g\n',
      'tlsServer',
    )
    expect(rows.map(({ line }) => line)).toEqual([3])
    expect(problems).toEqual([
      { line: 2, code: 'not-a-name', field: 'dNSName', value: 'mple..test' },
      { line: 2, code: 'not-a-name', field: 'iPAddress', value: '999.1.1.1' },
      { line: 4, code: 'bad-value', field: 'commonName', value: 'x\u0000y' },
      { line: 5, code: 'not-a-name', field: 'iPAddress', value: '::g' },
    ])
  })

  test('finds a line without a name where the profile needs one; a common name that is one is enough', () => {
    const text = 'CN\nAda Lovelace\nweb.example\n10.0.0.1\nada@example.com\n'
    expect(readTable(text, 'tlsServer').problems).toEqual([
      { line: 2, code: 'no-alternative-name', field: '', value: '' },
    ])
    expect(readTable(text, 'custom').problems).toEqual([])
  })

  test('has a directory name in a cell of names, with the commas that are its own', () => {
    const { rows } = planOf(readTable('CN,SAN\na,"a.example, dn:O=Example, C=DE | upn:ada@corp.example"\n'))
    expect(rows[0]?.subjectAltNames).toEqual(['a.example', 'O=Example, C=DE', 'ada@corp.example'])
  })

  test('with no rows, or no text at all, is empty', () => {
    for (const text of ['', '\n', '\uFEFF', 'CN,SAN', 'CN\n\n\n']) expect(readTable(text).rows).toEqual([])
  })

  test('stops at its limit of rows and says so', () => {
    const text = `CN\n${'x\n'.repeat(TABLE_LIMITS.rows + 5)}`
    const { rows } = readTable(text)
    expect(rows.length).toBe(TABLE_LIMITS.rows)
  })

  test('never throws, and never reads more rows than there are lines', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', ',', ';', '\t', '"', '\n', '\r', 'CN', ' ') }),
        (text) => {
          const { rows } = readTable(text)
          expect(rows.length).toBeLessThanOrEqual(text.split(/[\r\n]/).length)
        },
      ),
      { numRuns: 2000 },
    )
  })
})
