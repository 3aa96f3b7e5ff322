import type { FieldReason } from '../../../errors.ts'
import type { Counted, OwnFaults, PlanFault, Referred } from '../../../ceremony/plan-file/fault.ts'
import type { Kind, PlanFinding, PlanFindings } from '../../../ceremony/lint/finding.ts'
import type { Role, StepAct } from '../../../ceremony/plan.ts'
import { count, either, moment, number } from '../format.ts'
import { commonFaults, placed, quoted } from './strict-json.ts'

const COUNTED: Readonly<Record<Counted, string>> = {
  people: 'people',
  materials: 'materials',
  roles: 'roles',
  holders: 'holders',
  existing: 'CAs',
  keys: 'keys',
  requests: 'requests',
  certificates: 'certificates',
  lists: 'groups of revocation lists',
  responses: 'groups of OCSP responses',
  destructions: 'keys to be destroyed',
  accepted: 'accepted findings',
  steps: 'steps',
  rules: 'stop rules',
  attributes: 'parts of the name',
  names: 'names',
  values: 'values',
  hashes: 'hashes',
  revoked: 'revoked certificates',
}

const ONE: Readonly<Record<Counted, string>> = {
  people: 'person',
  materials: 'material',
  roles: 'role',
  holders: 'holder',
  existing: 'CA',
  keys: 'key',
  requests: 'request',
  certificates: 'certificate',
  lists: 'group of revocation lists',
  responses: 'group of OCSP responses',
  destructions: 'key to be destroyed',
  accepted: 'accepted finding',
  steps: 'step',
  rules: 'stop rule',
  attributes: 'part of the name',
  names: 'name',
  values: 'value',
  hashes: 'hash',
  revoked: 'revoked certificate',
}

/** What an id can be of. */
const THING: Readonly<Record<Referred, string>> = {
  people: 'a person',
  existing: 'a CA that exists',
  keys: 'a key',
  requests: 'a request',
  certificates: 'a certificate',
  lists: 'revocation lists',
  responses: 'OCSP responses',
  destructions: 'a destruction',
}
const things = (to: readonly Referred[]): string => either(to.map((each) => THING[each]))

const REASONS: Readonly<Record<FieldReason, string>> = {
  empty: 'is empty',
  syntax: 'is not written as this kind of value must be',
  characters: 'has a character that is not possible here',
  'too-long': 'is too long',
  range: 'is outside what is possible here',
  unknown: 'is not known here',
  'unsupported-by-key': 'cannot be made with this key',
}

const common = commonFaults('plan', {
  noun: 'plan',
  leaveOut: 'Plan several ceremonies, each with a file of its own.',
  foreign:
    'This is JSON, but not the plan of a ceremony: those have the format “rootcellar-ceremony”. Choose another file.',
  counted: COUNTED,
  one: ONE,
  optional: false,
})

/** What is wrong with a plan’s file alone, and what to do. */
const own: { readonly [C in keyof OwnFaults]: (detail: OwnFaults[C]) => string } = {
  'plan-id': ({ text }) =>
    `${quoted(text)} is not an id. Write 1 to 40 lower-case letters, digits and hyphens: files are named after it.`,
  'plan-id-twice': ({ id }) => `The id ${quoted(id)} is used twice. Give one of the two another id.`,
  'plan-reference': ({ id, to }) =>
    `${quoted(id)} is not the id of ${things(to)} in this plan. Correct it, or add what is missing.`,
  'plan-circle': ({ id }) =>
    `${quoted(id)} would be issued by a certificate that it issues itself, directly or through others. Name another issuer.`,
  'plan-step-on': ({ act, to }) =>
    to === null
      ? `The act ${quoted(act)} is done to nothing: write null.`
      : `The act ${quoted(act)} needs the id of ${things(to)}. Add it.`,
  'plan-blank': () => 'There is no text here. Write it.',
  'plan-unseen': ({ character }) =>
    `This text has the character ${character}, which people cannot see or which breaks the line. Remove it.`,
  'plan-hash': ({ text }) =>
    `${quoted(text)} is not a SHA-256 hash: it has 64 hexadecimal digits in lower case. Copy it as sha256sum prints it.`,
  'plan-serial': ({ text }) =>
    `${quoted(text)} is not a serial number: it has pairs of hexadecimal digits in lower case, and no 00 before them. Copy it as a list has it.`,
  'plan-decimal': ({ text, digits }) =>
    `${quoted(text)} is not a number above 0. Write decimal digits in quotation marks, at most ${number(digits)}, without a zero before them.`,
  'plan-twice': ({ text }) => `${quoted(text)} is here twice. Remove one of them.`,
  'plan-finding': ({ text }) =>
    `${quoted(text)} is not the code of a finding. Copy the code that is shown with the finding.`,
  'plan-field': ({ text, reason }) =>
    text === ''
      ? `No certificate can have this: it ${REASONS[reason]}. Correct it.`
      : `No certificate can have this: ${quoted(text)} ${REASONS[reason]}. Correct it.`,
}

const sentence = ({ code, detail }: PlanFault): string =>
  (({ ...common, ...own })[code] as (detail: unknown) => string)(detail)

const roles: Readonly<Record<Role, string>> = {
  administrator: 'administrator',
  operator: 'operator',
  holder: 'holder',
  witness: 'witness',
  'external-witness': 'external witness',
  auditor: 'auditor',
}

/** Each act as a step is headed. */
const acts: Readonly<Record<StepAct, string>> = {
  tool: 'Compare the file’s hash',
  storage: 'Check the storage',
  clock: 'Compare the clock',
  'plan-words': 'Read the plan’s words',
  'roll-call': 'Call the roll',
  vault: 'Open the vault',
  certificate: 'Sign a certificate',
  request: 'Read a request',
  backup: 'Make a backup',
  'read-back': 'Read the backup back',
  lists: 'Sign revocation lists',
  responses: 'Sign OCSP responses',
  destroy: 'Destroy a key',
  close: 'Close every key',
  'sign-off': 'Sign off',
}
const act = (each: StepAct): string => quoted(acts[each])

const KINDS: Readonly<Record<Kind, string>> = {
  certificate: 'The certificate',
  request: 'The request',
  lists: 'The group of revocation lists',
  responses: 'The group of OCSP responses',
  destruction: 'The destruction',
}

type Sentences = { readonly [C in keyof PlanFindings]: (detail: PlanFindings[C]) => string }
type Some<C extends keyof PlanFindings> = Pick<Sentences, C>

const people: Some<
  | 'role-missing'
  | 'no-witness'
  | 'operator-is-witness'
  | 'witness-acts'
  | 'not-operator'
  | 'reads-and-acts'
  | 'holders-missing'
  | 'holder-without-role'
  | 'one-holds-all'
> = {
  'role-missing': ({ role }) => `Nobody is the ${roles[role]}. Give somebody this role.`,
  'no-witness': () =>
    'Nobody watches: there is no witness and no auditor. Add at least one person who does nothing else.',
  'operator-is-witness': ({ person }) =>
    `${quoted(person)} operates the machine and is a witness too, and nobody can witness what they do themselves. Give one of the roles to somebody else.`,
  'witness-acts': ({ person, act: each }) =>
    `The witness ${quoted(person)} would do ${act(each)}. Let the operator do it.`,
  'not-operator': ({ person, act: each }) =>
    `${quoted(person)} would do ${act(each)} and is not an operator. Let an operator do it, or give this role too.`,
  'reads-and-acts': ({ person, act: each }) =>
    `${quoted(person)} both reads ${act(each)} aloud and does it. Let two people share it, so that each checks the other.`,
  'holders-missing': ({ key }) =>
    `Nobody holds the key ${quoted(key)}. Name the people who know what opens it.`,
  'holder-without-role': ({ key, person }) =>
    `${quoted(person)} holds the key ${quoted(key)} and does not have the role of a holder. Add the role, or name somebody else.`,
  'one-holds-all': ({ person }) =>
    `${quoted(person)} alone holds every key: one person could use all of them, and if that person is lost, so are they. Name more holders.`,
}

const frame: Some<
  | 'window-empty'
  | 'window-past'
  | 'window-long'
  | 'not-in-steps'
  | 'twice-in-steps'
  | 'key-unused'
  | 'request-unused'
  | 'authority-unused'
  | 'act-missing'
  | 'act-late'
  | 'vault-closed'
  | 'never-closed'
  | 'sign-off-not-last'
> = {
  'window-empty': () => 'The ceremony would end before it begins. Correct the two times.',
  'window-past': ({ to }) =>
    `The time for this ceremony was over at ${moment(to)}. Choose another, and check the dates of the certificates.`,
  'window-long': ({ days, limit }) =>
    `The ceremony could be at any time within ${count(days, 'day')}; more than ${number(limit)} are too many to know when it was. Choose fewer.`,
  'not-in-steps': ({ kind, on }) =>
    `${KINDS[kind]} ${quoted(on)} is planned, and in no step. Add a step, or leave it out of the plan.`,
  'twice-in-steps': ({ kind, on, first }) =>
    `${KINDS[kind]} ${quoted(on)} is in step ${number(first)} already. Remove one of the two steps.`,
  'key-unused': ({ key }) =>
    `The key ${quoted(key)} is in no certificate and would never be made. Add its certificate, or leave it out.`,
  'request-unused': ({ on }) =>
    `The request ${quoted(on)} is read, and nothing is certified for it. Add its certificate, or leave it out.`,
  'authority-unused': ({ on }) => `The CA ${quoted(on)} does nothing in this plan. Leave it out.`,
  'act-missing': ({ act: each }) => `No step is ${act(each)}. Add it.`,
  'act-late': ({ act: each, before }) =>
    `${act(each)} comes too late: it belongs before step ${number(before)}, where keys come into play. Move it.`,
  'vault-closed': ({ act: each }) =>
    `${act(each)} needs the vault, and it is closed then. Add ${act('vault')} before this step.`,
  'never-closed': () => `Keys stay open after this step: no step after it is ${act('close')}. Add it.`,
  'sign-off-not-last': () => `After ${act('sign-off')} nothing may follow. Move it to the end.`,
}

const order: Some<
  | 'issuer-later'
  | 'request-later'
  | 'signs-before-backup'
  | 'never-backed-up'
  | 'read-back-without-backup'
  | 'unsaved-at-end'
  | 'signs-destroyed'
> = {
  'issuer-later': ({ on, issuer }) =>
    `${quoted(on)} is signed before there is its issuer ${quoted(issuer)}. Move this step behind the one that signs ${quoted(issuer)}.`,
  'request-later': ({ on, request }) =>
    `${quoted(on)} is signed before its request ${quoted(request)} was read. Move this step behind that one.`,
  'signs-before-backup': ({ key, on }) =>
    `The key ${quoted(key)} signs ${quoted(on)} before a backup of it left the machine and was read back: if the machine is lost now, nobody can sign for this CA again. Add ${act('backup')} and ${act('read-back')} before this step.`,
  'never-backed-up': ({ key }) =>
    `The key ${quoted(key)} is made here, and no backup of it is made and read back afterwards. Add ${act('backup')} and ${act('read-back')}.`,
  'read-back-without-backup': () =>
    `There is no backup yet that could be read back. Add ${act('backup')} before this step.`,
  'unsaved-at-end': () =>
    `What this step changes in the vault is in no backup: restored from one, the CA would use the same list numbers again. Add ${act('backup')} after it.`,
  'signs-destroyed': ({ on, issuer }) =>
    `${quoted(on)} would be signed after the key of ${quoted(issuer)} was destroyed. Move this step before that one.`,
}

const certificates: Some<
  | 'dates-empty'
  | 'outside-issuer'
  | 'not-before-outside-window'
  | 'signature-mismatch'
  | 'path-length'
  | 'usage-missing'
  | 'profile-issuer'
  | 'self-signed-key'
  | 'issuer-elsewhere'
  | 'subject-differs'
  | 'subject-shared'
  | 'existing-not-ca'
  | 'existing-not-valid'
> = {
  'dates-empty': ({ on }) => `${quoted(on)} would end before it begins. Correct its dates.`,
  'outside-issuer': ({ on, issuer, end }) =>
    end === 'notBefore'
      ? `${quoted(on)} would be valid earlier than its issuer ${quoted(issuer)}. Choose a later notBefore.`
      : `${quoted(on)} would be valid longer than its issuer ${quoted(issuer)}. Choose an earlier notAfter.`,
  'not-before-outside-window': ({ on }) =>
    `${quoted(on)} begins at a time that is not within the ceremony, so it is dated back or forward. Choose a notBefore within it, or give the reason in its section.`,
  'signature-mismatch': ({ on, signature, issuer }) =>
    `${quoted(on)} cannot be signed with ${signature}: the key of ${quoted(issuer)} is of another kind. Choose an algorithm that fits that key.`,
  'path-length': ({ on, issuer, pathLen }) =>
    `${quoted(issuer)} allows ${count(pathLen, 'CA')} below it (pathLen), and with ${quoted(on)} there would be more. Choose another issuer, or a greater pathLen where it is not signed yet.`,
  'usage-missing': ({ issuer, bit }) =>
    `${quoted(issuer)} is to sign, and its key usage does not have ${bit}. Add it, or choose another issuer.`,
  'profile-issuer': ({ on, profile }) =>
    profile === 'root'
      ? `${quoted(on)} has the profile of a root, and an issuer. Write null for the issuer, or “intermediate” for the profile.`
      : profile === 'ocspSigner'
        ? `${quoted(on)} is to sign OCSP responses for a CA, and has no issuer. Name the CA that issues it.`
        : `${quoted(on)} has the profile of an intermediate, and no issuer. Name its issuer, or write “root” for the profile.`,
  'self-signed-key': ({ on, key }) =>
    `${quoted(on)} is to sign itself, and its key ${quoted(key)} is not made here. Name a key of this plan.`,
  'issuer-elsewhere': ({ on, issuer }) =>
    `${quoted(on)} is to be signed by ${quoted(issuer)}, whose key is not made here. Name a CA whose key is in the vault.`,
  'subject-differs': ({ on, other }) =>
    `${quoted(on)} has the key of ${quoted(other)} and another name, so no chain would lead through both. Give them the same name.`,
  'subject-shared': ({ on, other }) =>
    `${quoted(on)} has the name of ${quoted(other)} and another key: programs find the issuer by name, and may take the wrong one. Give it a name of its own, such as with a year.`,
  'existing-not-ca': ({ on }) =>
    `${quoted(on)} is not the certificate of a CA. Choose the one with basicConstraints.`,
  'existing-not-valid': ({ on }) =>
    `The certificate of ${quoted(on)} is not valid during the whole ceremony. Choose its present one, or another time.`,
}

const lists: Some<
  | 'lists-gap'
  | 'lists-numbers'
  | 'lists-no-overlap'
  | 'lists-beyond'
  | 'lists-before-issuer'
  | 'authority-without-lists'
  | 'accepted-other-kind'
  | 'accepted-twice'
> = {
  'lists-gap': ({ on, former, days }) =>
    `Between ${quoted(former)} and ${quoted(on)} there are ${count(days, 'day')} without a current list. Begin earlier, or sign more lists before.`,
  'lists-numbers': ({ on, former }) =>
    `The numbers of ${quoted(on)} do not come after those of ${quoted(former)}. Choose a greater first number.`,
  'lists-no-overlap': ({ on }) =>
    `Each list of ${quoted(on)} ends in the moment in which the next one begins: if it is published late, there is none. Add days of overlap.`,
  'lists-beyond': ({ on, issuer, fit, count: planned }) =>
    `Of the ${count(planned, 'list')} of ${quoted(on)}, ${number(fit)} end before their issuer ${quoted(issuer)} does. Plan no more than these, or fewer days.`,
  'lists-before-issuer': ({ on, issuer }) =>
    `${quoted(on)} begins before its issuer ${quoted(issuer)} is valid. Choose a later time.`,
  'authority-without-lists': ({ on }) =>
    `${quoted(on)} issues certificates, and no revocation list of it is planned. Add lists, or sign them elsewhere before anything is published.`,
  'accepted-other-kind': ({ code, on }) =>
    `The finding ${quoted(code)} cannot be about ${quoted(on)}: one is about revocation lists, and the other is not. Name what it is about, or remove it.`,
  'accepted-twice': ({ code, on }) =>
    `The finding ${quoted(code)} of ${quoted(on)} is accepted twice. Remove one of them.`,
}

const responses: Some<
  | 'responses-of-other'
  | 'responses-before'
  | 'responses-beyond'
  | 'responses-before-signer'
  | 'responses-no-overlap'
  | 'responses-too-many'
  | 'responder-unfit'
  | 'responder-issues'
  | 'responder-path-length'
> = {
  'responses-of-other': ({ on, about, issuer }) =>
    `${quoted(on)} would answer for ${quoted(about)}, which ${quoted(issuer)} has not issued. Name its issuer, or leave it out.`,
  'responses-before': ({ on, about }) =>
    `${quoted(on)} would answer for ${quoted(about)} before there is this certificate. Move this step behind the one that signs it.`,
  'responses-beyond': ({ on, signer, fit, count: planned }) =>
    `Of the ${number(planned)} times of ${quoted(on)}, ${number(fit)} end before ${quoted(signer)} does, which signs them. Plan no more than these, or fewer days.`,
  'responses-before-signer': ({ on, signer }) =>
    `${quoted(on)} begins before ${quoted(signer)} is valid, which signs it. Choose a later time.`,
  'responses-no-overlap': ({ on }) =>
    `Each response of ${quoted(on)} ends in the moment in which the next one begins: if it is published late, there is none. Add days of overlap.`,
  'responses-too-many': ({ on, count: planned, limit }) =>
    `${quoted(on)} would be ${count(planned, 'response')}: one for each certificate, hash and time. At most ${number(limit)} are looked at in one step. Divide them, or plan fewer times.`,
  'responder-unfit': ({ on, responder, issuer }) =>
    `${quoted(on)} would be signed by ${quoted(responder)}, which cannot speak for ${quoted(issuer)}: that CA must issue it, with the extended key usage OCSPSigning. Correct it, or write null so that the CA signs.`,
  'responder-issues': ({ on, issuer }) =>
    `${quoted(on)} would be issued by ${quoted(issuer)}, which is no CA: it signs OCSP responses. Name another issuer.`,
  'responder-path-length': ({ on }) =>
    `${quoted(on)} is no CA, and has a path length. Write null for pathLen.`,
}

const findings: Sentences = { ...people, ...frame, ...order, ...certificates, ...lists, ...responses }

/** The plan of a ceremony: its file, and what is wrong with it. */
export const ceremonyPlan = {
  roles,
  acts,
  sentence,
  /** Why the file is not read: where, and what is wrong. */
  fault: (fault: PlanFault): string => placed(fault, sentence(fault)),
  /** What is wrong with the procedure, without the step. */
  finding: ({ code, detail }: PlanFinding): string => (findings[code] as (detail: unknown) => string)(detail),
  /** Where it is wrong. */
  step: ({ id, number: n }: { id: string; number: number }): string => `Step ${number(n)} (${id})`,
  severity: { error: 'The ceremony does not run by this plan', warning: 'Think about it' },
}
