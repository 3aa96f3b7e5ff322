/** The values that a plan is made of, read strictly: each has one text. */
import { isCodedError } from '../../errors.ts'
import { FINDINGS, type FindingCode } from '../../findings.ts'
import { codePoint, UNSEEN } from '../../plain-text.ts'
import { shown } from '../../strict-json/fault.ts'
import type { Json } from '../../strict-json/json.ts'
import {
  checked,
  listOf,
  readShape,
  writeShape,
  type Form as StrictForm,
  type Shape as StrictShape,
} from '../../strict-json/shape.ts'
import type { Counted, Faults } from './fault.ts'
import { PLAN_LIMITS } from './limits.ts'

export type Form<T> = StrictForm<T, Faults>
export type Shape<T> = StrictShape<T, Faults>

/** A record with these keys, all of them. */
export const record = <T>(shape: Shape<T>): Form<T> => ({
  read: (at, faults) => readShape(at, shape, faults),
  write: (value) => writeShape(value, shape),
})

export const ID = /^[a-z0-9-]{1,40}$/
export const id: Form<string> = checked(PLAN_LIMITS.line, (text, at, faults: Faults) =>
  ID.test(text) ? text : faults.add(at, 'plan-id', { text: shown(text) }),
)

/** Text as people see it: nothing that is invisible, or changes the order of what is read. */
const visible = (text: string, at: Json, faults: Faults): string | undefined => {
  const unseen = UNSEEN.exec(text.replaceAll('\n', ''))
  return unseen ? faults.add(at, 'plan-unseen', { character: codePoint(unseen[0]) }) : text
}

/** One line that says something. */
export const line: Form<string> = checked(PLAN_LIMITS.line, (text, at, faults: Faults) => {
  if (text.trim() === '') return faults.add(at, 'plan-blank', null)
  return text.includes('\n')
    ? faults.add(at, 'plan-unseen', { character: codePoint('\n') })
    : visible(text, at, faults)
})

/** One line, or nothing. */
export const lineOrNone: Form<string> = checked(PLAN_LIMITS.line, (text, at, faults: Faults) =>
  text.includes('\n')
    ? faults.add(at, 'plan-unseen', { character: codePoint('\n') })
    : visible(text, at, faults),
)

/** As many lines as are wanted, or none. */
export const mayBeEmpty: Form<string> = checked(PLAN_LIMITS.text, visible)

/** One value of a certificate as it is typed. */
export const visibleValue: Form<string> = checked(PLAN_LIMITS.value, (text, at, faults: Faults) => {
  if (text === '') return faults.add(at, 'plan-blank', null)
  return text.includes('\n')
    ? faults.add(at, 'plan-unseen', { character: codePoint('\n') })
    : visible(text, at, faults)
})

/** Text that says something. */
export const prose: Form<string> = checked(PLAN_LIMITS.text, (text, at, faults: Faults) =>
  text.trim() === '' ? faults.add(at, 'plan-blank', null) : visible(text, at, faults),
)

/** SHA-256 in hexadecimal. */
export const hash: Form<string> = checked(PLAN_LIMITS.line, (text, at, faults: Faults) =>
  /^[0-9a-f]{64}$/.test(text) ? text : faults.add(at, 'plan-hash', { text: shown(text) }),
)

/** A number of any size above 0, as text, because JSON's numbers are not exact. */
export const decimal: Form<string> = checked(PLAN_LIMITS.line, (text, at, faults: Faults) =>
  /^[1-9][0-9]{0,39}$/.test(text)
    ? text
    : faults.add(at, 'plan-decimal', { text: shown(text), digits: PLAN_LIMITS.digits }),
)

/** A serial number as it is printed, of at most 40 octets. */
export const serial: Form<string> = checked(PLAN_LIMITS.line, (text, at, faults: Faults) =>
  /^(?!00.)(?:[0-9a-f]{2}){1,40}$/.test(text) ? text : faults.add(at, 'plan-serial', { text: shown(text) }),
)

export const finding: Form<FindingCode> = {
  read: (at, faults) => {
    const text = checked(PLAN_LIMITS.line, (each) => each).read(at, faults)
    if (text === undefined || Object.hasOwn(FINDINGS, text)) return text as FindingCode | undefined
    return faults.add(at, 'plan-finding', { text: shown(text) })
  },
  write: (code) => code,
}

/** A list of texts in which none is twice. */
export const distinct = <T extends string>(
  form: Form<T>,
  what: Counted,
  limit: number,
  least: 0 | 1 = 0,
): Form<readonly T[]> => {
  const list: Form<readonly T[]> = listOf(form, what, limit, least)
  return {
    read: (at, faults) => {
      const texts = list.read(at, faults)
      const twice = texts?.find((text, index) => texts.indexOf(text) < index)
      return twice === undefined ? texts : faults.add(at, 'plan-twice', { text: shown(twice) })
    },
    write: list.write,
  }
}

/** What a certificate can have: `take` throws 'issue-field-invalid' if it cannot. */
export const takeable = <T>(form: Form<T>, take: (value: T) => unknown): Form<T> => ({
  read: (at, faults) => {
    const value = form.read(at, faults)
    if (value === undefined) return undefined
    try {
      take(value)
      return value
    } catch (error) {
      if (!isCodedError(error)) throw error
      const { value: text, reason } = isCodedError(error, 'issue-field-invalid')
        ? error.detail
        : ({ value: '', reason: 'syntax' } as const)
      return faults.add(at, 'plan-field', { text: shown(text), reason })
    }
  },
  write: form.write,
})
