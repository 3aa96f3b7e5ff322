import { describe, expect, test } from 'vitest'
import { requestRecipes, type RequestWish } from '../../../src/paper/request-recipes.ts'

// PowerShell cannot be run here: the recipe is checked against Microsoft's documentation of how Windows reads it.

/**
 * Every key that the INF file may have, its allowed values, and where they are documented. [certreq]:
 * learn.microsoft.com, windows-server/administration/windows-commands/certreq_1, `certreq -new`. [version]:
 * learn.microsoft.com, windows-hardware/drivers/install/inf-version-section.
 */
const DOCUMENTED: Record<string, Record<string, RegExp>> = {
  // [version] Signature; also in the examples of [certreq].
  Version: { Signature: /^"\$Windows NT\$"$/ },
  // [certreq] the table of [newrequest]: key, value, example.
  NewRequest: {
    Subject: /^".+"$/,
    KeyAlgorithm: /^(RSA|ECDSA_P256|ECDSA_P384|ECDSA_P521)$/,
    KeyLength: /^\d+$/,
    ProviderName: /^"Microsoft Software Key Storage Provider"$/,
    HashAlgorithm: /^(SHA256|SHA384|SHA512)$/,
    MachineKeySet: /^(TRUE|FALSE)$/,
    Exportable: /^(TRUE|FALSE)$/,
    RequestType: /^PKCS10$/,
  },
  // [certreq] the table of [Extensions], and its example with a Subject Alternative Name.
  Extensions: { '2.5.29.17': /^"\{text\}"$/, _continue_: /^"(DNS|IPAddress|EMail|URL)=[^"&]+&"$/i },
}
/** [certreq] the forms of `_continue_`; certreq takes them in any case. */
const NAMES: Record<string, string> = {
  dns: 'dNSName',
  ipaddress: 'iPAddress',
  email: 'rfc822Name',
  url: 'uniformResourceIdentifier',
}
/** learn.microsoft.com, win32/api/wincrypt/nf-wincrypt-certstrtonamea, Remarks; 2.5.4.5 as CERT_OID_NAME_STR allows. */
const KEYS: Record<string, string> = {
  CN: 'commonName',
  L: 'localityName',
  O: 'organizationName',
  OU: 'organizationalUnitName',
  C: 'countryName',
  S: 'stateOrProvinceName',
  '2.5.4.5': 'serialNumber',
}

const wish: RequestWish = {
  subject: [
    { type: 'countryName', value: 'DE' },
    { type: 'stateOrProvinceName', value: 'Hessen' },
    { type: 'localityName', value: 'Bad Vilbel' },
    { type: 'organizationName', value: 'Müller, Söhne + Co' },
    { type: 'organizationalUnitName', value: 'back\\slash' },
    { type: 'serialNumber', value: '#12' },
    { type: 'commonName', value: 'api.example.com' },
  ],
  subjectAltNames: [
    { kind: 'dNSName', value: 'api.example.com' },
    { kind: 'dNSName', value: '*.api.example.com' },
    { kind: 'iPAddress', value: '2001:db8::1' },
    { kind: 'rfc822Name', value: 'ops@example.com' },
    { kind: 'uniformResourceIdentifier', value: 'spiffe://example.com/api' },
  ],
  keyAlgorithm: 'p256',
}

const recipeOf = (asked: RequestWish) => requestRecipes(asked).find(({ program }) => program === 'powershell')

type Entry = readonly [section: string, key: string, value: string]

/** The lines of the INF file: the content of the here-string that is written to it. */
function entriesOf(asked: RequestWish): Entry[] {
  const { commands, requestFile } = recipeOf(asked)!
  const parts = /^@'\n([^]*)\n'@ \| Set-Content -Encoding Unicode (\S+\.inf)\ncertreq -new (\S+) (\S+)\n$/
  const [, inf, written, read, request] = parts.exec(commands)!
  expect(written).toBe(read)
  expect(request).toBe(requestFile)
  let section = ''
  return inf!.split('\n').flatMap((line): Entry[] => {
    const head = /^\[(\w+)\]$/.exec(line)
    if (head) section = head[1]!
    const [, key, value] = /^([\w.]+) = (.+)$/.exec(line) ?? []
    if (!head && key === undefined) throw new Error(`no line of an INF file: ${line}`)
    return head ? [] : [[section, key!, value!]]
  })
}

/** Parses as CertStrToName does: parts at commas outside quotation marks; a doubled mark inside them is one mark. */
function readName(text: string): { type: string; value: string }[] {
  const parts = text.match(/(?:[^,"]|"(?:[^"]|"")*")+/g) ?? []
  return parts.map((part) => {
    const [, key, rest] = /^\s*([\w.]+)\s*=\s*(.*?)\s*$/.exec(part)!
    if (/^#/.test(rest!)) throw new Error(`read as hexadecimal: ${part}`)
    if (!rest!.startsWith('"') && /[+;]/.test(rest!)) throw new Error(`read as two values: ${part}`)
    const value = rest!.startsWith('"') ? rest!.slice(1, -1).replaceAll('""', '"') : rest!
    return { type: KEYS[key!] ?? key!, value }
  })
}

describe.each(['rsa-2048', 'rsa-4096', 'p256', 'p384', 'p521'] as const)('a key of %s', (keyAlgorithm) => {
  test('every key of the INF file is documented, with a value it may have, and none is given twice', () => {
    const entries = entriesOf({ ...wish, keyAlgorithm })
    for (const [section, key, value] of entries) {
      expect(DOCUMENTED[section], section).toBeDefined()
      expect(DOCUMENTED[section]![key], `${section} ${key}`).toBeDefined()
      expect(value).toMatch(DOCUMENTED[section]![key]!)
    }
    const once = entries
      .map(([section, key]) => `${section} ${key}`)
      .filter((key) => !key.endsWith('_continue_'))
    expect(new Set(once).size).toBe(once.length)
  })
})

test('the subject is read back as it was wished for, commas, plus signs and backslashes with it', () => {
  const [, , quoted] = entriesOf(wish).find(([, key]) => key === 'Subject')!
  const text = quoted.slice(1, -1).replaceAll('""', '"')
  expect(readName(text).reverse()).toEqual(wish.subject)
})

test('every name is asked for by a form that is documented', () => {
  const names = entriesOf(wish)
    .filter(([, key]) => key === '_continue_')
    .map(([, , value]) => /^"(\w+)=(.*)&"$/.exec(value)!)
    .map(([, form, value]) => ({ kind: NAMES[form!.toLowerCase()], value }))
  expect(names).toEqual(wish.subjectAltNames)
})

test.each(['a"b', 'a&b', 'a;b', '100%'])('%s, which the file cannot quote, gets no recipe', (value) => {
  expect(recipeOf({ ...wish, subject: [{ type: 'commonName', value }] })).toBeUndefined()
})

test('a key algorithm that is not documented gets no recipe', () => {
  expect(recipeOf({ ...wish, keyAlgorithm: 'ed25519' })).toBeUndefined()
  expect(recipeOf({ ...wish, keyAlgorithm: 'ml-dsa-65' })).toBeUndefined()
})
