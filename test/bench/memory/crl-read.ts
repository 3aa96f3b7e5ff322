// The memory that a list of a million entries needs to be read and asked, beside the bench of the same name:
// `make FILE` writes the list; `read FILE` reads it in a process of its own and prints the most that process had, in octets.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseCertificateList } from '../../../src/x509/certificate-list.ts'
import { revokedInventory, serialNumber, signedList } from '../revoked-list.ts'

const ENTRIES = 1_000_000
const LOOKUPS = 1000
const [what, file] = process.argv.slice(2)

if (what === 'make') {
  writeFileSync(file!, (await signedList(await revokedInventory(ENTRIES))).der)
} else {
  const { revokedCertificates } = parseCertificateList(new Uint8Array(readFileSync(file!)))
  for (let i = 0; i < LOOKUPS; i++)
    if (revokedCertificates.find(serialNumber(i * 997)).length !== 1) throw new Error('not found')
  console.log(mostResident())
}

/** Not resourceUsage().maxRSS: on Linux that begins with what the process that started this one had. */
function mostResident(): number {
  const status = '/proc/self/status'
  if (!existsSync(status)) return process.resourceUsage().maxRSS * 1024
  const [, kilobytes] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(status, 'utf8'))!
  return Number(kilobytes) * 1024
}
