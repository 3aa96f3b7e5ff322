import type { Counted, OwnFaults, ScenarioFault } from '../../../mtls/scenario-file/fault.ts'
import { number } from '../format.ts'
import { commonFaults, placed, quoted } from './strict-json.ts'

const COUNTED: Readonly<Record<Counted, string>> = {
  certificates: 'certificates',
  lists: 'revocation lists',
  responses: 'OCSP responses',
  keys: 'keys',
  versions: 'TLS versions',
  codes: 'names',
  rules: 'rules',
  hashes: 'hashes',
  serials: 'serial numbers',
  ranges: 'address ranges',
}

const LEAST: Readonly<Record<Counted, string>> = {
  ...COUNTED,
  versions: 'TLS version',
  codes: 'name',
  rules: 'rule',
  hashes: 'hash',
  serials: 'serial number',
  ranges: 'address range',
}

const REGISTRIES = {
  cipherSuite: 'a cipher suite, such as TLS_AES_128_GCM_SHA256 or 0x1301',
  signatureScheme: 'a signature algorithm, such as ecdsa_secp256r1_sha256 or 0x0403',
  certificateType: 'a certificate type, such as rsa_sign or 0x01',
} as const

const FORMS: Readonly<Record<OwnFaults['rule-value']['form'], string>> = {
  DNS: 'a DNS name',
  IP: 'an IP address',
  RFC822: 'an e-mail address',
  URI: 'a URI',
  UPN: 'a user principal name',
  CN: 'a common name',
}

const common = commonFaults('scenario', {
  noun: 'scenario',
  leaveOut: 'Leave out certificates and revocation lists that the scenario does not need.',
  foreign:
    'This is JSON, but not a scenario of the lab: those have the format “rootcellar-mtls-scenario”. Choose another file.',
  counted: COUNTED,
  one: LEAST,
  optional: true,
})

/** What is wrong with a scenario file alone, and what to do. */
const own: { readonly [C in keyof OwnFaults]: (detail: OwnFaults[C]) => string } = {
  'scenario-host': ({ text }) =>
    `${quoted(text)} is not a host name or an IP address. Write the name without a scheme, port or path.`,
  'scenario-address': ({ text }) =>
    `${quoted(text)} is not an IP address. Write one such as 192.0.2.1 or 2001:db8::1.`,
  'scenario-tls-code': ({ text, of }) => `${quoted(text)} is not known here. Write ${REGISTRIES[of]}.`,

  'scenario-key-of-ca': ({ name }) =>
    `This is the key of a CA, ${quoted(name)}. The lab signs with keys of end entities only: remove it, and keep it out of files like this.`,
  'scenario-key-other': ({ name }) =>
    `This is not the key of ${quoted(name)}, the first certificate sent. Take its own key, or call this one “wrongKey” if that is what the scenario shows.`,
  'scenario-key-not-other': ({ name }) =>
    `This is the key of ${quoted(name)}, the first certificate sent. Call it “key”.`,
  'scenario-key-alone': () =>
    'There is a key, but no readable certificate first in “sends” that it could belong to. Add the certificate, or remove the key.',
  'scenario-keys-both': () => 'There are both “key” and “wrongKey”. An end signs with one: remove the other.',

  'rule-too-deep': ({ limit }) =>
    `Rules are nested more than ${number(limit)} deep here. Combine fewer, or write them side by side.`,
  'rule-too-many': ({ limit }) =>
    `There are more than ${number(limit)} rules with their parts. Combine values in one rule where it takes a list.`,
  'rule-hash': ({ text }) =>
    `${quoted(text)} is not a SHA-256 hash: it has 64 hexadecimal digits, with colons or without. Copy the whole fingerprint.`,
  'rule-serial': ({ text }) =>
    `${quoted(text)} is not a serial number in hexadecimal. Write it without 0x, with colons or without.`,
  'rule-name': ({ text, offset }) =>
    text === ''
      ? 'The name is empty, and would let nobody in. Write one such as CN=Ada,O=Example.'
      : `${quoted(text)} is not a distinguished name from character ${number(offset + 1)} on. Write one such as CN=Ada,O=Example.`,
  'rule-value': ({ text, form }) => `${quoted(text)} is not ${FORMS[form]}. Correct the value or its form.`,
  'rule-suffix': ({ form }) =>
    `Names of the form ${form} have no domain at their end to compare. Use “exact”, or the form DNS or RFC822.`,
  'rule-spiffe': ({ text }) =>
    `${quoted(text)} is not a SPIFFE ID or a trust domain. Write one such as spiffe://example.org/ns/a or example.org, in lower case and without a slash at the end.`,
  'rule-oid': ({ text }) =>
    `${quoted(text)} is not an object identifier. Write one such as 1.3.6.1.5.5.7.3.2.`,
  'rule-range': ({ text }) =>
    `${quoted(text)} is not an address range. Write one such as 192.0.2.0/24 or 2001:db8::/32.`,
  'rule-prefix': ({ text, bits, limit }) =>
    `In ${quoted(text)} the prefix has ${number(bits)} bits, and the address only ${number(limit)}. Write ${number(limit)} at most.`,
}

/** Returns the sentence without its place. */
const sentence = ({ code, detail }: ScenarioFault): string =>
  (({ ...common, ...own })[code] as (detail: unknown) => string)(detail)

/** What a file is called after the scenario: letters and digits, and what joins them. */
function fileName(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60)
  return `${plain === '' ? 'scenario' : plain}.lab.json`
}

export const labScenario = {
  sentence,
  file: fileName,
  open: 'Open a scenario…',
  save: 'Save the scenario…',
  replace: {
    title: 'Replace the scenario that you changed?',
    lost: 'What you changed in the lab is lost: it was not saved as a file.',
    keep: 'Keep it',
    go: 'Replace it',
  },
  opened: 'Opened from a file:',
  nameless: 'a scenario without a name',
  notRead: 'Nothing was changed:',
  saveTitle: 'Save the scenario',
  name: 'Name',
  note: 'Note',
  withKeys: 'With the private keys of both ends',
  withKeysHint:
    'Without them the file still shows everything, but the keys are not proved when it is opened.',
  next: 'Continue…',
  keysTitle: 'Write private keys into the file?',
  keysMean:
    'The keys are not encrypted in the file. Anyone who has it can act as this client and this server wherever their certificates are accepted. That does no harm with keys made here for a ready scenario; keys in use elsewhere do not belong in a ticket or a class. A CA’s key is never written.',
  saveWithKeys: 'Save with the keys',
  saveWithout: 'Save without keys',
  /** Where it is, and what is wrong. */
  fault: (fault: ScenarioFault): string => placed(fault, sentence(fault)),
}
