/** What the form of a plan asks becomes a plan that nothing speaks against, or a sentence at the answer that is wrong. */
import { describe, expect, test } from 'vitest'
import { en } from '../../../../src/messages/en.ts'
import type { TypedAnswers } from '../../../../src/ceremony/plan-form/answers.ts'
import type { AnswerFile } from '../../../../src/border/protocol/ceremony.ts'
import { proved } from '../../../support/things.ts'
import { root } from '../../../support/chain.ts'
import { TEMPLATE_IDS } from '../../../support/ceremony/templates.ts'
import { TYPED } from '../../../support/ceremony/typed.ts'
import { playUntil, POLICY } from '../../../support/ceremony/play.ts'
import { ownWorker, type TestWorker } from '../../../support/worker.ts'

const at = Date.UTC(2026, 10, 30, 12)
const drawn = (subject: string): Promise<Uint8Array> =>
  root({ subject, notAfter: new Date('2040-01-01T00:00:00Z') }).then(({ certificate }) => certificate.der)

const look = (worker: TestWorker, ...files: Uint8Array[]): Promise<readonly AnswerFile[]> =>
  worker.client.call('ceremony.answerFiles', {
    files: files.map((bytes, i) => ({ name: `file-${String(i)}`, bytes })),
  })

const faultsOf = async (answers: TypedAnswers): Promise<readonly (readonly [string, string])[]> => {
  const made = await ownWorker().client.call('ceremony.template', answers)
  return 'faults' in made
    ? made.faults.map(({ field, code, detail }) => [field, code === 'plan' ? detail.code : code])
    : []
}

test.each(TEMPLATE_IDS)('%s: a plan with nothing wrong with it', async (template) => {
  const worker = ownWorker(undefined, { now: at })
  const [authority, request] = await look(worker, await drawn('CN=Orbis Root 2016,O=Orbis'), proved)
  const [other] = await look(worker, await drawn('CN=Other Root,O=Other'))
  const answers = { ...TYPED, template, authority: authority!.der, other: other!.der, request: request! }
  const made = await worker.client.call('ceremony.template', answers)
  if ('faults' in made) throw new Error(JSON.stringify(made.faults))
  const reading = await worker.client.call('ceremony.readPlan', { file: made.file })
  expect(reading).toMatchObject({ findings: [] })
  if (!reading.plan) return
  expect(reading.plan.tool).toBe('ab'.repeat(32))
  expect(reading.plan.people.map(({ id }) => id)).toEqual([
    ...['ada-lovelace', 'ben-bauer', 'cleo-unal', 'dan-root', 'wim-de-vries'],
  ])
  expect(reading.plan.requests.map(({ sha256 }) => sha256)).toEqual(
    template === 'sign-request' ? [request!.sha256] : [],
  )
})

describe('what is wrong is said at its answer', () => {
  const people = TYPED.people
  test.each<[string, Partial<TypedAnswers>, readonly [string, string][]]>([
    ['a title of nothing', { title: ' ' }, [['title', 'plan-blank']]],
    ['a text that turns around', { place: 'Room \u202e104' }, [['place', 'plan-unseen']]],
    ['a day that is none', { day: '2026-02-30' }, [['day', 'day']]],
    [
      'times that are none',
      { from: '9', to: '24:00' },
      [
        ['from', 'time'],
        ['to', 'time'],
      ],
    ],
    ['an end before the beginning', { to: '08:00' }, [['to', 'order']]],
    ['a last day that is none', { lastDay: 'tomorrow' }, [['lastDay', 'day']]],
    ['a last day before the first', { lastDay: '2026-12-06' }, [['to', 'order']]],
    ['a rule that turns around', { stop: 'Stop\u202e.' }, [['stop', 'plan-unseen']]],
    ['a material of nothing', { materials: '; 42; A 1' }, [['materials', 'plan-blank']]],
    ['no hash', { tool: '' }, [['tool', 'tool']]],
    [
      'half a hash',
      { tool: 'ab', previous: 'cd' },
      [
        ['tool', 'plan-hash'],
        ['previous', 'plan-hash'],
      ],
    ],
    [
      'nobody',
      { people: people.map((each) => ({ ...each, name: '', organization: '' })) },
      [['people', 'nobody']],
    ],
    [
      'a person without a name',
      { people: people.map((each, i) => (i === 4 ? { ...each, name: '' } : each)) },
      [['people[4].name', 'plan-blank']],
    ],
    ['a country of three letters', { country: 'nld' }, [['country', 'country']]],
    ['a country of signs', { country: 'ÑL' }, [['country', 'country']]],
    [
      'a CA without a name',
      { intermediates: [{ ...TYPED.root, name: '' }] },
      [['intermediates[0].name', 'plan-blank']],
    ],
    ['years that are none', { root: { ...TYPED.root, years: '1e3' } }, [['root.years', 'number']]],
    [
      'an address that is none',
      { published: { lists: 'nowhere', certificate: 'nor here' } },
      [
        ['published.lists', 'plan-field'],
        ['published.certificate', 'plan-field'],
      ],
    ],
    [
      'lists of no days',
      { lists: { ...TYPED.lists, days: '0', count: '0' } },
      [
        ['lists.days', 'number'],
        ['lists.count', 'number'],
      ],
    ],
    [
      'a list’s number',
      { template: 'destroy-key', lists: { ...TYPED.lists, number: '0x2' } },
      [
        ['lists.number', 'decimal'],
        ['authority', 'file'],
      ],
    ],
    [
      'no files',
      { template: 'sign-request', title: '' },
      [
        ['authority', 'file'],
        ['request', 'file'],
        ['title', 'plan-blank'],
      ],
    ],
  ])('%s', async (_name, change, expected) => {
    expect(await faultsOf({ ...TYPED, ...change })).toEqual(expected)
  })
})

test('a window of two days, what lies on the table, and when to stop', async () => {
  const worker = ownWorker(undefined, { now: at })
  const { client } = worker
  const made = await client.call('ceremony.template', {
    ...{ ...TYPED, lastDay: '2026-12-08', to: '12:00' },
    materials: 'Laptop; X1-0042; A 17\n\n Stick ;; B 1; B 2\nClock',
    stop: 'Somebody unknown enters.\n\nThe light goes out.',
  })
  if ('faults' in made) throw new Error(JSON.stringify(made.faults))
  const { plan } = await client.call('ceremony.readPlan', { file: made.file })
  expect(plan).toMatchObject({
    window: { from: new Date('2026-12-07T09:00:00Z'), to: new Date('2026-12-08T12:00:00Z') },
    materials: [
      { what: 'Laptop', serial: 'X1-0042', bag: 'A 17' },
      { what: 'Stick', serial: '', bag: 'B 1; B 2' },
      { what: 'Clock', serial: '', bag: '' },
    ],
    stop: ['Somebody unknown enters.', 'The light goes out.'],
  })
})

test('every fault has a sentence', async () => {
  const { form } = await en.packs.ceremony()
  const answers = { ...TYPED, title: '', day: '', from: '', tool: '', people: [] }
  const made = await ownWorker().client.call('ceremony.template', answers)
  const said = 'faults' in made ? made.faults.map((each) => form.fault(each)) : []
  expect(said).toHaveLength(5)
  for (const sentence of said) expect(sentence).toMatch(/^[A-Z“].*\.$/)
})

test('a file that the form asks for is read for CAs and requests alone', async () => {
  const worker = ownWorker()
  const found = await look(
    worker,
    proved,
    await drawn('CN=One'),
    await drawn('CN=Two'),
    new Uint8Array([1, 2]),
  )
  expect(found.map(({ kind, name }) => [kind, name])).toEqual([
    ['authority', 'CN=One'],
    ['authority', 'CN=Two'],
    ['request', 'CN=example.com'],
  ])
})

test('the sum of a file is that of sha256sum', async () => {
  const sum = await ownWorker().client.call('ceremony.sum', { file: new TextEncoder().encode('abc') })
  expect(sum).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a plan that says nothing beyond what must be typed is rehearsed to its end', async () => {
  const worker = ownWorker(undefined, { now: Date.UTC(2026, 11, 7, 9, 30) })
  const { client, clock } = worker
  const intermediates = [{ ...TYPED.root, name: 'Orbis Devices', years: '10' }]
  const nowhere = { lists: '', certificate: '' }
  const made = await client.call('ceremony.template', {
    ...{ ...TYPED, intermediates, published: nowhere, country: '' },
  })
  if ('faults' in made) throw new Error(JSON.stringify(made.faults))
  const { file: plan } = made
  const reading = await client.call('ceremony.readPlan', { file: plan })
  if (!reading.plan) throw new Error(JSON.stringify(reading.faults))
  await client.call('ceremony.open', { plan, policy: POLICY, place: 'here', kind: 'rehearsal', sealed: null })
  const room = { client, clock, plan: reading.plan, planSha256: reading.sha256 }
  expect((await playUntil(room, null)).phase).toBe('done')
})
