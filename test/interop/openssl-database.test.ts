import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseIndex, parseNumberFile } from '../../src/containers/openssl-database.ts'

const CONFIG = `
[ca]
default_ca = here
[here]
dir = .
database = index.txt
new_certs_dir = certs
serial = serial
crlnumber = crlnumber
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_days = 30
default_crl_days = 30
policy = any
unique_subject = no
[any]
commonName = supplied
`

test('the database of openssl ca is read with every reason it can write', () => {
  const cwd = mkdtempSync(join(tmpdir(), 'openssl-ca-'))
  const openssl = (...args: string[]) =>
    execFileSync('openssl', args, { cwd, stdio: ['pipe', 'pipe', 'pipe'] })
  mkdirSync(join(cwd, 'certs'))
  for (const [file, text] of Object.entries({
    'ca.cnf': CONFIG,
    'index.txt': '',
    serial: '1000\n',
    crlnumber: 'FF\n',
  }))
    writeFileSync(join(cwd, file), text)
  openssl(
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-noenc',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=Old CA',
  )
  const revocations: string[][] = [
    [],
    ['-crl_reason', 'keyCompromise'],
    ['-crl_reason', 'CACompromise'],
    ['-crl_reason', 'affiliationChanged'],
    ['-crl_reason', 'superseded'],
    ['-crl_reason', 'cessationOfOperation'],
    ['-crl_hold', 'holdInstructionReject'],
    ['-crl_compromise', '20260102030405Z'],
    ['-crl_CA_compromise', '20260102030405Z'],
  ]
  for (const [index, revocation] of [null, ...revocations].entries()) {
    openssl(
      'req',
      '-new',
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-noenc',
      '-keyout',
      'key',
      '-out',
      'csr',
      '-subj',
      `/CN=host ${String(index)}`,
    )
    openssl('ca', '-batch', '-config', 'ca.cnf', '-in', 'csr', '-out', `${String(index)}.pem`)
    if (revocation) openssl('ca', '-config', 'ca.cnf', '-revoke', `${String(index)}.pem`, ...revocation)
  }
  openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'crl.pem')

  const { entries, problems } = parseIndex(readFileSync(join(cwd, 'index.txt'), 'utf8'))
  expect(problems).toEqual([])
  expect(entries.map(({ serialNumber }) => serialNumber)).toEqual(
    Array.from({ length: 10 }, (_each, index) => (0x1000 + index).toString(16).toUpperCase()),
  )
  expect(entries.map(({ status }) => status)).toEqual(['valid', ...Array<string>(9).fill('revoked')])
  expect(entries.map(({ reason }) => reason)).toEqual([
    null,
    null,
    'keyCompromise',
    'cACompromise',
    'affiliationChanged',
    'superseded',
    'cessationOfOperation',
    'certificateHold',
    'keyCompromise',
    'cACompromise',
  ])
  expect(entries.map(({ invalidityDate }) => invalidityDate?.toISOString() ?? null).slice(7)).toEqual([
    null,
    '2026-01-02T03:04:05.000Z',
    '2026-01-02T03:04:05.000Z',
  ])
  expect(entries[3]?.subject).toBe('/CN=host 3')
  expect(parseNumberFile(readFileSync(join(cwd, 'serial'), 'utf8'))).toBe(0x100an)
  expect(parseNumberFile(readFileSync(join(cwd, 'crlnumber'), 'utf8'))).toBe(0x100n)
})
