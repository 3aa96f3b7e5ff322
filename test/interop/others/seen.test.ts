import { format, resolveConfig } from 'prettier'
import { fileURLToPath } from 'node:url'
import { expect, test, vi } from 'vitest'
import type { FindingCode } from '../../../src/findings.ts'
import { FORMS } from '../../../src/validate/survey/forms.ts'
import { STRICTER } from '../../../src/validate/survey/stricter.ts'
import type { Report } from '../../../src/validate/report.ts'
import { EXTENSION_OIDS, OTHER_EXTENSION_OIDS } from '../../../src/x509/oids.ts'
import { chainOf, three } from '../../../src/services/validate/examples/draw.ts'
import type { Answer } from '../../support/peers/question.ts'
import { scratchFor } from '../../support/run.ts'
import { answersOf, askOf, HELD } from './ask.ts'
import type { Asked, Held } from './ask.ts'
import { CRITICAL_PARTS } from './critical.ts'
import { errorsIn, SPECIMEN_CODES, specimensOf } from './specimens.ts'

// What the five do with a fault is measured here and written into a table, which the page speaks from. Where a newer version of a
// program does otherwise this fails; `npx vitest run --project interop test/interop/others/seen.test.ts -u` writes it anew, to be read.

vi.mock('../../../src/services/validate/examples/day.ts', () => ({
  AT: new Date(Math.floor(Date.now() / 1000) * 1000),
}))

const TABLE = fileURLToPath(new URL('../../../src/validate/survey/seen.ts', import.meta.url))
const folder = scratchFor('seen')

/** In the order of a row's letters. */
const PROBES = [...HELD, 'openssl-strict'] as const
type Probe = (typeof PROBES)[number]

interface Row extends Asked {
  /** Of one row of the table: the code and the place, or the extension. */
  readonly key: string
  /** Whether nothing else in the chain could be what a program refuses. */
  readonly alone: boolean
  readonly isCritical: boolean
}

const rows: Row[] = []
const add = (key: string, asked: Asked | null, alone: boolean, isCritical = false): void => {
  if (asked) rows.push({ ...asked, key, alone, isCritical })
}

/** A difference that is known without the table is not to be learnt into it. */
const isExplained = (program: Held, report: Report): boolean =>
  [...STRICTER, ...FORMS].some(
    ({ programs, meets }) => programs.includes(program) && report.paths.some((path) => meets(path, report)),
  )

/** NSS has no question that asks for no purpose. */
const isAsked = (program: Held, { report: { options } }: Row): boolean =>
  program !== 'nss' || options.purpose === 'serverAuth'

/** a: accepts each; r: refuses each; ?: differs, or was not tried by itself. */
function letter(program: Held, of: readonly { readonly row: Row; readonly answer: Answer }[]): string {
  const asked = of.filter(({ row }) => isAsked(program, row))
  const accepted = asked.filter(({ answer }) => answer.accepted).length
  const refused = asked.filter(
    ({ row, answer }) =>
      !answer.accepted && row.alone && (row.isCritical || !isExplained(program, row.report)),
  ).length
  if (accepted > 0 && accepted === asked.length) return 'a'
  if (accepted === 0 && refused > 0 && refused === asked.length) return 'r'
  // What is refused beside another fault says nothing of this one.
  return accepted > 0 && refused === 0 ? 'a' : '?'
}

test('the five do with each fault what the table says', async () => {
  for (const code of SPECIMEN_CODES) {
    let n = 0
    const examined = new Map<object, Asked | null>()
    const found = await specimensOf(code, async (chain) => {
      const asked = await askOf(folder, `${code}-${n++}`, chain)
      examined.set(chain, asked)
      return asked?.report.paths[asked.report.best]
    })
    for (const { place, chain } of found) {
      const asked = examined.get(chain) ?? null
      const alone = asked?.report.paths.every((path) => errorsIn(path).every((each) => each === code))
      add(`${place} ${code}`, asked, alone ?? false)
    }
  }
  for (const [oid, forms] of CRITICAL_PARTS)
    for (const [n, parts] of forms.entries())
      add(oid, await askOf(folder, `${oid}-${n}`, chainOf(await three(parts))), true, true)

  // A chain with its fault at two places stands in two rows, and is asked once: the programs read its files while others are asked.
  const questions = [...new Map(rows.map((row) => [row.id, row])).values()]
  const strictly = questions.map((row) => ({ ...row, question: { ...row.question, strict: true } }))
  const answers = new Map<Probe, Map<string, Answer>>()
  for (const probe of PROBES) {
    const said =
      probe === 'openssl-strict' ? await answersOf('openssl', strictly) : await answersOf(probe, questions)
    answers.set(probe, new Map(questions.map(({ id }, at) => [id, said[at]!])))
  }

  const lettersOf = (key: string): string => {
    const indices = rows.flatMap((row, i) => (row.key === key ? [i] : []))
    return PROBES.map((probe) =>
      letter(
        probe === 'openssl-strict' ? 'openssl' : probe,
        indices.map((i) => ({ row: rows[i]!, answer: answers.get(probe)!.get(rows[i]!.id)! })),
      ),
    ).join('')
  }
  const faults = SPECIMEN_CODES.map((code: FindingCode) => {
    const places = (['anchor', 'ca', 'target'] as const).filter((place) =>
      rows.some(({ key }) => key === `${place} ${code}`),
    )
    return `'${code}': { ${places.map((place) => `${place}: '${lettersOf(`${place} ${code}`)}'`).join(', ')} },`
  })
  const critical = CRITICAL_PARTS.map(([oid]) => `[${writtenAs(oid)}]: '${lettersOf(oid)}',`)
  const text = `import type { FindingCode } from '../../findings.ts'
import type { Place } from '../../findings/row.ts'
import { EXTENSION_OIDS, OTHER_EXTENSION_OIDS } from '../../x509/oids.ts'

// Written by test/interop/others/seen.test.ts, which runs the programs and fails if their behaviour differs.

/** The programs, in the order of a row's letters: a accepts, r refuses, ? varies between forms, or was not tested. */
export const ANSWERERS = [${PROBES.map((each) => `'${each}'`).join(', ')}] as const

/** Each program's behaviour on a chain in which a certificate at this place has this fault, and no other. */
export const SEEN_WITH: { readonly [C in FindingCode]?: { readonly [P in Place]?: string } } = {
  ${faults.join('\n  ')}
}

/** Each program's behaviour on a critical extension, by its OID. */
export const SEEN_CRITICAL: Readonly<Record<string, string>> = {
  ${critical.join('\n  ')}
}
`
  const options = { ...(await resolveConfig(TABLE)), parser: 'typescript' }
  await expect(await format(text, options)).toMatchFileSnapshot(TABLE)
})

/** Its place in x509/oids.ts, where alone an identifier is written with its numbers. */
function writtenAs(oid: string): string {
  for (const [table, oids] of Object.entries({ EXTENSION_OIDS, OTHER_EXTENSION_OIDS }))
    for (const [name, each] of Object.entries(oids)) if (each === oid) return `${table}.${name}`
  throw new Error(`${oid} has no name in x509/oids.ts`)
}
