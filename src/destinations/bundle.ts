/** The files of printed settings with a page that explains them. Its words come from the language. */
import { utf8 } from '../octets.ts'
import { seen } from '../plain-text.ts'
import type { Place, Test, TestKind } from '../mtls/rules/rule.ts'
import type { Effect, FileRole, LimitCode, Limit, Printed } from './printed.ts'

type Side = Printed['side']

export interface SettingsWords {
  readonly title: (program: string, side: Side) => string
  readonly headings: Readonly<
    Record<'files' | 'run' | 'before' | 'check' | 'start' | 'ask' | 'logs' | 'limits' | 'seen', string>
  >
  readonly roles: Readonly<Record<FileRole, string>>
  readonly key: { readonly added: string; readonly missing: string }
  readonly loopback: string
  readonly accepts: (text: string) => string
  readonly refuses: (text: string) => string
  readonly seen: (versions: readonly string[]) => string
  readonly notRun: string
  readonly none: string
  readonly limits: Readonly<Record<LimitCode, string>>
  readonly effects: Readonly<Record<Effect, string>>
  readonly tests: Readonly<Record<TestKind, string>>
  readonly elsewhere: (places: readonly string[]) => string
  readonly places: Readonly<Record<Place, string>>
}

export interface BundleFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Returns the files of a bundle; `key`: the private key as PEM, once the person has confirmed that. */
export function bundleOf(
  printed: Printed,
  words: SettingsWords,
  key: Uint8Array | null = null,
): BundleFile[] {
  const files: BundleFile[] = printed.files.map(({ name, bytes }) => ({ name, bytes }))
  if (printed.key !== null && key !== null) files.push({ name: printed.key, bytes: key })
  return [...files, { name: 'README.txt', bytes: utf8(readme(printed, words, key !== null)) }]
}

const WIDTH = 96

function readme(printed: Printed, words: SettingsWords, hasKey: boolean): string {
  const { headings } = words
  const { files, key, before, check, start, ask, logs, limits, seen: versions } = printed
  const title = words.title(printed.name, printed.side)
  const keyRow = key === null ? [] : [[key, hasKey ? words.key.added : words.key.missing] as const]
  const commands = (heading: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `    ${line}`), '']
  const logged = [
    ...(logs?.accepts ? [words.accepts(logs.accepts)] : []),
    ...(logs?.refuses ? [words.refuses(logs.refuses)] : []),
  ]
  const sections: [string, readonly string[]][] = [
    [
      headings.files,
      [...files.map(({ name, role }) => [name, words.roles[role]] as const), ...keyRow].flatMap(rowOf),
    ],
    [
      headings.run,
      [
        ...commands(headings.before, before),
        ...commands(headings.check, check),
        ...commands(headings.start, start),
        ...commands(headings.ask, ask),
        ...wrapped(words.loopback),
      ],
    ],
    [headings.logs, logged.flatMap((line) => wrapped(line))],
    [
      headings.limits,
      limits.length === 0
        ? wrapped(words.none)
        : limits.flatMap((each) => wrapped(sentence(each, words), '- ')),
    ],
    [headings.seen, wrapped(versions.length > 0 ? words.seen(versions) : words.notRun)],
  ]
  const body = sections.flatMap(([heading, lines]) =>
    lines.length === 0 ? [] : ['', heading, '-'.repeat(heading.length), ...lines],
  )
  return `${[title, '='.repeat(title.length), ...body].join('\n')}\n`
}

const rowOf = ([name, text]: readonly [string, string]): string[] => [
  name,
  ...wrapped(text).map((line) => `    ${line}`),
]

/** Returns what a limit says of this scenario. */
export function sentence({ code, effect, of, places }: Limit, words: SettingsWords): string {
  return [
    ...(of === null ? [] : [`${words.tests[of.kind]} (${seen(valueOf(of))}):`]),
    words.limits[code],
    words.effects[effect],
    ...(places.length === 0 ? [] : [words.elsewhere(places.map((place) => words.places[place]))]),
  ].join(' ')
}

/** What a rule asks for, as it was given. */
function valueOf(test: Test): string {
  switch (test.kind) {
    case 'root':
    case 'issuer':
    case 'certificate':
    case 'key':
      return [test.sha256].flat().join(', ')
    case 'subject':
    case 'user':
      return test.name
    case 'san':
      return test.value
    case 'spiffe':
      return test.id
    case 'serial':
      return test.numbers.join(', ')
    case 'purpose':
    case 'policy':
      return test.oid
    case 'address':
      return test.ranges.join(', ')
  }
}

/** Lines of a width that a terminal shows; longer words stay whole. */
function wrapped(text: string, bullet = ''): string[] {
  const lines: string[] = []
  let line = bullet
  for (const word of text.split(' ')) {
    const isFull = line.length + word.length > WIDTH && line.trim() !== ''
    if (isFull) {
      lines.push(line.trimEnd())
      line = ' '.repeat(bullet.length)
    }
    line += `${word} `
  }
  return [...lines, line.trimEnd()]
}
