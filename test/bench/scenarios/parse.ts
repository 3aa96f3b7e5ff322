import { X509Certificate } from '@peculiar/x509'
import { Certificate } from 'pkijs'
import { parseCertificate } from '../../../src/x509/certificate.ts'
import type { BenchInputs, Scenario } from '../scenario.ts'
import { touch } from '../scenario.ts'

/** Reads every certificate of ca-certificates: serial number, names, dates, key and all extensions, decoded. */
export default function parse({ caCertificates }: BenchInputs): Scenario {
  const all = caCertificates.map((text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0)))
  const each = (read: (der: Uint8Array<ArrayBuffer>) => void) => () => {
    for (const der of all) read(der)
    return all.length
  }
  return {
    name: 'parse',
    unit: 'certificates',
    ours: each(ours),
    floor: each(walk),
    peers: { pkijs: each(pkijs), '@peculiar/x509': each(peculiar) },
  }
}

function ours(der: Uint8Array): void {
  const certificate = parseCertificate(der)
  touch(certificate.serialNumber)
  touch(certificate.issuer.rdns)
  touch(certificate.subject.rdns)
  touch(certificate.notBefore)
  touch(certificate.notAfter)
  touch(certificate.spki)
  for (const name of EXTENSIONS) touch(certificate[name])
}

/** The values may be read when asked for: ask for all that can stand in a trusted root. */
const EXTENSIONS = [
  'authorityKeyIdentifier',
  'subjectKeyIdentifier',
  'keyUsage',
  'certificatePolicies',
  'policyMappings',
  'subjectAltName',
  'issuerAltName',
  'basicConstraints',
  'nameConstraints',
  'policyConstraints',
  'extKeyUsage',
  'cRLDistributionPoints',
  'freshestCRL',
  'inhibitAnyPolicy',
  'authorityInfoAccess',
  'netscapeComment',
  'netscapeCertType',
] as const

function pkijs(der: Uint8Array<ArrayBuffer>): void {
  const certificate = Certificate.fromBER(der)
  touch(certificate.serialNumber.valueBlock.valueHexView)
  for (const { value } of certificate.issuer.typesAndValues) touch(value.valueBlock.value)
  for (const { value } of certificate.subject.typesAndValues) touch(value.valueBlock.value)
  touch(certificate.notBefore.value)
  touch(certificate.notAfter.value)
  touch(certificate.subjectPublicKeyInfo.subjectPublicKey.valueBlock.valueHexView)
  for (const extension of certificate.extensions ?? []) touch(extension.parsedValue)
}

function peculiar(der: Uint8Array<ArrayBuffer>): void {
  const certificate = new X509Certificate(der)
  touch(certificate.serialNumber)
  touch(certificate.issuerName)
  touch(certificate.subjectName)
  touch(certificate.notBefore)
  touch(certificate.notAfter)
  touch(certificate.publicKey)
  touch(certificate.extensions)
}

/** The least a reader can do: visit every tag and length, decode nothing, check nothing. */
function walk(der: Uint8Array, start = 0, end = der.length): void {
  for (let at = start; at < end;) {
    const constructed = (der[at]! & 0x20) !== 0
    let length = der[at + 1]!
    let content = at + 2
    if (length >= 0x80) {
      const octets = length & 0x7f
      length = 0
      for (let i = 0; i < octets; i++) length = length * 256 + der[content++]!
    }
    if (constructed) walk(der, content, content + length)
    at = content + length
    touch(at)
  }
}
