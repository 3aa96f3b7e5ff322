import type { ErrorDetails } from '../../errors.ts'
import { safeLine } from '../safe-text.ts'
import { count, moment, number, series } from './format.ts'

type Codes = Extract<keyof ErrorDetails, `ceremony-${string}`>

const COMPARED: Readonly<Record<ErrorDetails['ceremony-other']['what'], string>> = {
  tool: 'This file is not the one in the plan',
  plan: 'This is not the plan that was opened',
  request: 'This request is not the one in the plan',
  backup: 'This is not the backup that was made in this ceremony',
}

/** Where no step goes on. */
const PHASES: Partial<Record<string, string>> = {
  interrupted: 'This step was begun, and did not end. The room decides first what becomes of it.',
  break: 'There is a break. End it first.',
  stopped: 'This ceremony was stopped, and nothing is signed in it any more. It can only be aborted.',
  completed: 'This ceremony has ended, and its record is closed.',
  aborted: 'This ceremony was aborted, and its record is closed.',
}

/** What was not done in a ceremony, and what to do about it. */
export const ceremonyErrors: { readonly [C in Codes]: (detail: ErrorDetails[C]) => string } = {
  'ceremony-none': () => 'No ceremony is going on in this browser. Open its plan.',
  'ceremony-running': () =>
    'A ceremony is still going on in this browser. End it or abort it before another one begins.',
  'ceremony-elsewhere': () =>
    'Another tab has gone on with this ceremony. Nothing was written here: close the other tab, and reload this one.',
  'ceremony-plan': ({ faults }) =>
    `The plan has ${count(faults, 'fault')}, which must be fixed first: its page lists them.`,
  'ceremony-unsealed': ({ object }) =>
    object === null
      ? 'Nothing is done live that was not rehearsed. Rehearse this plan, and open it together with the ZIP that the rehearsal left.'
      : `The rehearsal has not fixed what “${safeLine(object)}” looks like, so it is not signed.`,
  'ceremony-sealed-unreadable': () =>
    'The file of the rehearsal is not as this page wrote it. Take “sealed.json” from the rehearsal once more.',
  'ceremony-sealed-other': ({ of }) =>
    of === 'plan'
      ? 'The rehearsal was one of another plan: even a space that was changed makes it another. Rehearse this plan.'
      : of === 'rehearsal'
        ? 'Something is missing from what the rehearsal left, or was changed in it. Take the ZIP from where it was rehearsed once more.'
        : 'The rehearsal was done with another build of this page. Use the file that rehearsed, or rehearse with this one.',
  'ceremony-sealed-alone': () =>
    'This browser does not have that rehearsal, and the record needs what it made: without it nobody could verify the record. Choose the ZIP that the rehearsal left, in which “sealed.json” is too.',
  'ceremony-step': ({ next, phase }) =>
    PHASES[phase] ??
    (next === null
      ? 'Every step of the plan is done.'
      : `That is not what comes next: the step “${safeLine(next)}” is. Reload the page if it shows another one.`),
  'ceremony-other': ({ what, expected, found }) =>
    `${COMPARED[what]}: the SHA-256 should be ${expected}, but is ${safeLine(found) || 'missing'}. Stop, and find out why.`,
  'ceremony-private-window': () =>
    'A private window forgets everything when it is closed, the keys too. Open the file in an ordinary window.',
  'ceremony-clock': ({ ahead, limit }) =>
    Number.isFinite(ahead)
      ? `This machine’s clock is ${number(Math.abs(ahead))} seconds ${ahead > 0 ? 'ahead' : 'behind'}; up to ${number(limit)} are accepted. Set the clock, and compare again.`
      : 'That is no time. Type the other clock’s time in UTC, as in 2026-11-30 14:05.',
  'ceremony-window': ({ now, from, to }) =>
    `It is ${moment(now)}, and the plan allows ${moment(from)} to ${moment(to)}. Set the clock if it is wrong; otherwise the plan must be changed and rehearsed again.`,
  'ceremony-absent': ({ names }) =>
    `The plan needs ${series(names.map((name) => safeLine(name)))}. Without them it does not go on.`,
  'ceremony-unanswered': ({ names }) =>
    names.length === 0
      ? 'A person who disagrees gives a reason.'
      : `Everybody says whether it went by the plan. Still to answer: ${series(names.map((name) => safeLine(name)))}.`,
  'ceremony-vault': ({ state }) =>
    state === 'locked'
      ? 'The vault of this ceremony is locked. Unlock it first.'
      : 'Another vault is open in this tab, and nothing of this ceremony is done in it. Return to the ceremony first.',
  'ceremony-issuer': ({ issuer }) =>
    `“${safeLine(issuer)}”, which signs this, is not in the vault. It must be made or brought first.`,
  'ceremony-request': ({ request }) =>
    `The request “${safeLine(request)}” has not been brought. Drop its file.`,
  'ceremony-requests': ({ count: found }) =>
    `There are ${count(found, 'request')} in what was brought, and this step is about one. Bring that one alone.`,
  'ceremony-lists': ({ planned, possible }) =>
    `The plan has ${count(planned, 'list')} here, and the CA lasts for ${number(possible)}. The plan must be changed.`,
  'ceremony-responses': ({ planned, possible }) =>
    `The plan has ${count(planned, 'OCSP response')} here, and who signs them lasts for ${number(possible)}. The plan must be changed.`,
  'ceremony-signed-other': ({ object }) =>
    `What was signed as “${safeLine(object)}” has other octets than what was shown. Stop: do not publish it, and keep this machine for an examination.`,
  'ceremony-not-found': () =>
    'What the step was about to sign is not in the vault: nothing was signed. Do the step again.',
  'ceremony-found': () =>
    'It is signed already, and in the vault. Nothing is signed twice: take what is there.',
  'ceremony-person': ({ id }) => `Nobody of the plan is called “${safeLine(id)}”. Choose a person.`,
  'ceremony-reason': () => 'Say what happened: it is written down.',
  'ceremony-not-over': () => 'The ceremony is not at its end, or has ended already.',
  'ceremony-file': ({ name }) => `The record has no file “${safeLine(name)}” yet.`,
}
