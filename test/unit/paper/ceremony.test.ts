import { createHash } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { writePlan } from '../../../src/ceremony/plan-file.ts'
import { isRecordName } from '../../../src/ceremony/manifest.ts'
import { DOCUMENT_POLICY_META } from '../../../src/csp/policy.ts'
import { en } from '../../../src/messages/en.ts'
import { hashWords } from '../../../src/messages/hash-words.ts'
import { speak } from '../../../src/messages/messages.ts'
import { hexGroups, hexOctets, utf8, utf8Text } from '../../../src/octets.ts'
import { planSheets, recordPaper, sheetsToPrint, type PaperFile } from '../../../src/paper/ceremony.ts'
import { planAt } from '../../support/ceremony/plan.ts'
import { playUntil, POLICY } from '../../support/ceremony/play.ts'
import { HEX, HOSTILE, hashFor, hostilePlan, viewAfter } from '../../support/ceremony/view.ts'
import { ownWorker } from '../../support/worker.ts'
import { en as pseudo, outside } from '../../support/pseudo/language.ts'

// What is on a ceremony's paper, and that nothing of a plan is more there than text.

const plan = planAt(Date.parse('2026-11-30'), { sha256: HEX })
const FILES = [
  '01-plan',
  '02-roll-call',
  '03-materials',
  '04-words',
  '05-keys',
  '06-exceptions',
  '07-destruction',
  '08-sign-off',
  '09-holder-ben',
  '10-holder-cleo',
]

beforeEach(() => {
  speak(en)
})

const page = (files: readonly PaperFile[], name: string): string =>
  utf8Text(files.find((file) => file.name.endsWith(`${name}.html`))!.bytes)

/** What a reader sees, each piece of text on its own line. */
const read = (markup: string): string =>
  markup
    .replace(/<style>[\s\S]*?<\/style>|<title>[\s\S]*?<\/title>/g, '')
    .replace(/<[^>]+>/g, '\n')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&#96;', '`')
    .replaceAll('&amp;', '&')
    .replace(/\s*\n\s*/g, '\n')

const textOf = (files: readonly PaperFile[], name: string): string => read(page(files, name))

describe('before a ceremony', () => {
  test('files with names that a record may have, whose sheets are numbered as one set and bound to the plan', async () => {
    const files = await planSheets(plan, HEX, 'live')
    expect(files.map(({ name }) => name)).toEqual(FILES.map((name) => `sheets/${name}.html`))
    expect(files.every(({ name }) => isRecordName(name))).toBe(true)
    const all = files.map(({ bytes }) => utf8Text(bytes)).join('')
    const sheets = all.match(/<section class="leaf">[\s\S]*?<\/section>/g) ?? []
    const words = hashWords(hexOctets(HEX)!).slice(0, 4).join(' ')
    expect(sheets.length).toBeGreaterThan(10)
    for (const [i, sheet] of sheets.entries()) {
      const { length } = sheets
      expect(read(sheet)).toContain(`Sheet ${String(i + 1)} of ${String(length)}`)
      expect(read(sheet)).toContain(words)
      expect(sheet).toContain(HEX)
    }
    expect(all).not.toContain('REHEARSAL')
  })

  test('as one page they are the same sheets', async () => {
    const files = await planSheets(plan, HEX, 'live')
    const { name, bytes } = await sheetsToPrint(plan, HEX, 'live')
    const sheetsIn = (markup: string): string[] =>
      markup.match(/<section class="leaf">[\s\S]*?<\/section>/g) ?? []
    expect(name).toBe('sheets.html')
    expect(sheetsIn(utf8Text(bytes))).toEqual(files.flatMap((file) => sheetsIn(utf8Text(file.bytes))))
  })

  test('the script has every step with who reads and acts, and both points of no return where they are', async () => {
    const script = textOf(await planSheets(plan, HEX, 'live'), '01-plan')
    const labels = plan.steps.map(({ id }, i) => `\n${String(i + 1)} ${id}\n`)
    expect(labels[6]).toContain('make-root')
    const order = [
      ...labels.slice(0, 6),
      'POINT OF NO RETURN 1',
      labels[6]!,
      'POINT OF NO RETURN 2',
      ...labels.slice(7),
    ]
    const places = order.map((text) => script.indexOf(text))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(script.match(/Reads: Ada Lovelace/g)).toHaveLength(plan.steps.length)
    expect(script).toContain('Somebody unknown enters the room.')
    expect(script).toContain('Partner Ltd, on a stick')
  })

  test('a plan that makes no key of its own has no first point of no return', async () => {
    const steps = plan.steps.filter(({ act }) => act !== 'certificate')
    const script = textOf(await planSheets({ ...plan, steps }, HEX, 'live'), '01-plan')
    expect(script).not.toContain('POINT OF NO RETURN 1')
    expect(script.indexOf('POINT OF NO RETURN 2')).toBeGreaterThan(script.lastIndexOf('sign-lists'))
  })

  test('each hash that is read aloud has all its groups and 32 numbered words', async () => {
    const words = page(await planSheets(plan, HEX, 'live'), '04-words')
    const lists = [...words.matchAll(/<ol class="aloud">([\s\S]*?)<\/ol>/g)].map(([, list]) =>
      [...list!.matchAll(/<li><small>(\d+)<\/small>([a-z]+)<\/li>/g)].map(([, n, word]) => `${n!} ${word!}`),
    )
    const aloud = (hex: string): string[] =>
      hashWords(hexOctets(hex)!).map((word, i) => `${String(i + 1)} ${word}`)
    expect(lists).toEqual([HEX, plan.tool, plan.requests[0]!.sha256].map(aloud))
    for (const group of hexGroups(HEX)) expect(words).toContain(`<span>${group}</span>`)
  })

  test('five numbered exceptions with a box for those that were not used, and “do not agree” for everyone', async () => {
    const files = await planSheets(plan, HEX, 'live')
    const exceptions = textOf(files, '06-exceptions')
    expect(exceptions.match(/Exception \d/g)).toEqual([1, 2, 3, 4, 5].map((n) => `Exception ${String(n)}`))
    expect(exceptions.match(/Not used/g)).toHaveLength(5)
    expect(textOf(files, '08-sign-off').match(/I do not agree, because:/g)).toHaveLength(plan.people.length)
    for (const { name } of plan.people) expect(textOf(files, '02-roll-call')).toContain(name)
  })

  test('what lies on the table is on the sheet of materials, and each holder has a sheet', async () => {
    const files = await planSheets(plan, HEX, 'live')
    const materials = textOf(files, '03-materials')
    for (const said of ['Laptop of the ceremony', 'PF-3X9', 'A 0042']) expect(materials).toContain(said)
    const names = files.map(({ name }) => name).filter((name) => name.includes('holder'))
    expect(names).toEqual(['sheets/09-holder-ben.html', 'sheets/10-holder-cleo.html'])
    const cleo = textOf(files, '10-holder-cleo')
    for (const said of ['Holder: Cleo Holder', 'root-key', 'issuing-key', 'Ben Operator'])
      expect(cleo).toContain(said)
  })

  test('a CA that exists is on paper by the hash of its certificate', async () => {
    const revoked = [
      { serial: '0a1b', since: new Date('2025-03-04T05:06:07Z'), reason: 'superseded', invalidityDate: null },
    ] as const
    const existing = [{ id: 'old-root', certificate: utf8('a certificate'), revoked }]
    const files = await planSheets({ ...plan, existing }, HEX, 'live')
    const sum = createHash('sha256').update('a certificate').digest('hex')
    for (const name of ['01-plan', '05-keys']) expect(textOf(files, name)).toContain(sum)
    expect(textOf(files, '03-materials')).toContain('Backup or computer with the key of old-root')
    const script = textOf(files, '01-plan')
    for (const said of ['0a1b', '2025-03-04', 'superseded']) expect(script).toContain(said)
  })

  test('roles that one person must not have together are named', async () => {
    const both = { ...plan.people[3]!, roles: ['operator', 'witness'] as const }
    const people = [...plan.people.slice(0, 3), both]
    const roll = textOf(await planSheets({ ...plan, people }, HEX, 'live'), '02-roll-call')
    expect(roll).toContain('Wim Witness is operator and internal witness: these should be separate.')
    expect(roll).toContain('No external witness, auditor or notary is on the roll.')
    expect(textOf(await planSheets(plan, HEX, 'live'), '02-roll-call')).not.toContain('should be separate')
  })
})

test('every sheet and every file name of a rehearsal says so, in any language', async () => {
  const view = await viewAfter(plan, 'rehearsal')
  for (const files of [await planSheets(plan, HEX, 'rehearsal'), await recordPaper(view)])
    for (const { name, bytes } of files) {
      expect(name).toMatch(/^(sheets\/)?REHEARSAL-/)
      const sheets = utf8Text(bytes).split('<section class="leaf">').slice(1)
      for (const sheet of sheets) expect(read(sheet).match(/^REHEARSAL/gm)?.length).toBeGreaterThanOrEqual(2)
    }
})

test('what the worker wrote down when it was played is what paper reads', async () => {
  const worker = ownWorker()
  const { client, clock } = worker
  const played = planAt(clock.now, null)
  const file = writePlan(played)
  const planSha256 = createHash('sha256').update(file).digest('hex')
  await client.call('ceremony.open', {
    kind: 'rehearsal',
    plan: file,
    sealed: null,
    policy: POLICY,
    place: 'here',
  })
  const view = await playUntil({ client, clock, plan: played, planSha256 }, null)
  const files = await recordPaper(view)
  const report = textOf(files, 'report')
  const made = view.files.filter(({ name }) => /^objects\/.*\.(der|crl)$/.test(name))
  expect(made.length).toBeGreaterThan(3)
  for (const { sha256 } of made) expect(report).toContain(sha256.toUpperCase())
  expect(report).toContain('Every step of the plan was done.')
  for (const text of [report, textOf(files, '01-plan')])
    expect(text).not.toMatch(/undefined|NaN|Not done|impossible/)
})

describe('after a ceremony', () => {
  test('the sheets have what was found, when, and the exception of a step beside it', async () => {
    const files = await recordPaper(await viewAfter(plan, 'live', { exceptionAfter: 'make-root' }))
    expect(files.map(({ name }) => name)).toEqual([
      ...FILES.map((name) => `sheets/${name}.html`),
      'report.html',
    ])
    const script = textOf(files, '01-plan')
    expect(script).toContain(`SHA-256 ${hashFor('make-root')}`)
    expect(script).toContain('See exception 1.')
    expect(script).toContain('This machine’s was 2 seconds ahead.')
    expect(script).toMatch(/2026-11-30\n09:\d\d:\d\d\n09:\d\d:\d\d/)
    const exceptions = textOf(files, '06-exceptions')
    expect(exceptions).toContain('something that the plan does not say')
    expect(exceptions).toContain('The printer had no paper.\nIt was filled.')
    expect(exceptions).toContain('Lunch')
    const signOff = page(files, '08-sign-off')
    expect(read(signOff)).toContain('I came late.')
    expect(signOff.match(/<span class="box">X<\/span>/g)).toHaveLength(plan.people.length)
  })

  test('the report has identities, keys with the time they were made, certificates in CCADB’s form, and who said what', async () => {
    const view = await viewAfter(plan, 'live', { exceptionAfter: 'make-root' })
    const report = textOf(await recordPaper(view), 'report')
    const root = hashFor('make-root')
    for (const text of [
      ...[
        HEX,
        plan.tool,
        hashFor('build'),
        hashFor('sealed'),
        view.head,
        root.toUpperCase(),
        hashFor('make-rootk'),
      ],
      ...['Every step of the plan was done.', 'Room 1, second floor', 'ECDSA P-256', 'Cleo Holder'],
      'A browser is not a cryptographic device: it is not certified to FIPS 140-2 or FIPS 140-3 level 3',
      'Ada Lovelace does not agree: I came late.',
      '1 exception in the transcript, by number.',
      ...plan.steps.map(({ id }) => id),
      ...view.files.map(({ sha256 }) => sha256),
    ])
      expect(report).toContain(text)
    const made = view.lines.findLast(({ event, step }) => event === 'ended' && step === 'make-root')!.at
    expect(report).toContain(`and ${made.toISOString().slice(0, 19).replace('T', ' ')} UTC`)
    expect(report).not.toContain('must not be published')
    expect(report).toContain(`Wim Witness: SHA-256 of the key ${hashFor('wim')}`)
    // It was lost, and made again.
    expect(report).not.toContain(hashFor('lost'))
  })

  test('an abort after the point of no return names what exists, and what may exist', async () => {
    const report = textOf(
      await recordPaper(await viewAfter(plan, 'live', { abortIn: 'make-issuing' })),
      'report',
    )
    expect(report).toContain('The ceremony was aborted.')
    const [, part] = /exist and must not be published\n([\s\S]*?)\nIdentity of plan/.exec(report)!
    expect(part).toContain(hashFor('make-root').toUpperCase())
    expect(part).toContain('issuing: about to be signed when it stopped.')
    expect(part).not.toContain('partner')
  })

  test('an abort before it leaves nothing that exists', async () => {
    const report = textOf(
      await recordPaper(await viewAfter(plan, 'live', { abortIn: 'open-vault' })),
      'report',
    )
    expect(report).toContain('The ceremony was aborted.')
    expect(report).not.toContain('must not be published')
  })
})

test('nothing of a hostile plan is more than text, nothing in it is unseen, and nothing of it is left out', async () => {
  const hostile = hostilePlan(plan)
  const view = await viewAfter(hostile, 'live', { exceptionAfter: 'make-root', text: HOSTILE })
  for (const { name, bytes } of [...(await planSheets(hostile, HEX, 'live')), ...(await recordPaper(view))]) {
    const markup = utf8Text(bytes)
    expect(markup.indexOf(DOCUMENT_POLICY_META), name).toBeGreaterThan(0)
    expect(markup, name).not.toMatch(/<script|<table><\/|\u202e|\u202c/)
    expect(markup.match(/<style>/g), name).toHaveLength(1)
    expect(markup, name).not.toMatch(/ (style|on\w+|src|href)=/)
    expect(markup.match(/<table /g)?.length, name).toBe(markup.match(/<\/table>/g)?.length)
  }
  // Wrapped for the sheet, and whole.
  const files = await recordPaper(view)
  expect(textOf(files, '01-plan').replaceAll('\n', '')).toContain(
    HOSTILE.replaceAll(/[\u202e\u202c]/g, (mark) => `‹U+${mark === '\u202e' ? '202E' : '202C'}›`),
  )
})

test('in another language nothing stays English but what people compare', async () => {
  speak(pseudo)
  try {
    const view = await viewAfter(plan, 'live', { exceptionAfter: 'make-root' })
    const files = [...(await planSheets(plan, HEX, 'live')), ...(await recordPaper(view))]
    const words = new Set(
      [...files.map(({ bytes }) => read(utf8Text(bytes)))].flatMap((text) =>
        outside(text).split(/[^A-Za-z]+/),
      ),
    )
    for (const { name, bytes } of files)
      expect(utf8Text(bytes).match(/⟦/g)?.length, name).toBe(utf8Text(bytes).match(/⟧/g)?.length)
    // Data of the plan and of the ceremony; algorithms, hashes and the words of hashes.
    const data = `${JSON.stringify(plan)} ${JSON.stringify(view)} SHA ECDSA UTC X P`
    const known = new Set([
      ...data.split(/[^A-Za-z]+/),
      ...[
        HEX,
        plan.tool,
        view.head,
        ...view.files.map(({ sha256 }) => sha256),
        ...view.lines.flatMap(({ more }) => Object.values(more).flat().map(String)),
      ].flatMap((hex) => hashWords(hexOctets(hex) ?? new Uint8Array(0))),
    ])
    expect(
      [...words].filter((word) => /[a-z]{3}/.test(word) && !known.has(word) && !/^[0-9a-f]+$/i.test(word)),
    ).toEqual([])
  } finally {
    speak(en)
  }
})
