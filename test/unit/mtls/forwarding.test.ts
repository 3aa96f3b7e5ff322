/** A server behind proxies: whose word it takes for the client's address, and what a client achieves by its own. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Call } from '../../../src/border/dispatch.ts'
import type { AddressesView, LabView } from '../../../src/border/protocol/lab.ts'
import { speak } from '../../../src/messages/messages.ts'
import { en } from '../../../src/messages/en.ts'
import { labForwarding } from '../../../src/messages/en/ui/lab-forwarding.ts'
import { FORWARDING_FORMS, forged, writtenOf } from '../../../src/mtls/proxy/forwarding-forms.ts'
import {
  addressesOf,
  asPasted,
  forwardedAddress,
  forwardedOf,
  type Forwarding,
} from '../../../src/mtls/proxy/forwarding.ts'
import { labMethods } from '../../../src/services/lab/methods/lab.ts'
import { addressToForge } from '../../../src/state/lab/forge.ts'
import { LAB_DAY } from '../../support/lab/scenarios.ts'

speak(en)
const call: Call = { signal: new AbortController().signal, progress: () => undefined }
const behind = (of: Partial<Forwarding> = {}): Forwarding => ({
  ...{ form: 'X-Forwarded-For', text: '198.51.100.7, 203.0.113.9', trusted: 1, from: '192.0.2.1' },
  ...of,
})
const client = (of: Partial<Forwarding>): string => {
  const read = forwardedAddress(behind(of))
  return 'fault' in read ? read.fault.code : read.value.client.text
}

test.each<[Partial<Forwarding>, string]>([
  [{}, '203.0.113.9'],
  [{ trusted: 2 }, '198.51.100.7'],
  [{ trusted: 3 }, 'hops-missing'],
  [{ trusted: 0 }, '192.0.2.1'],
  [{ trusted: 0, from: null }, 'unknown'],
  [{ from: null }, '203.0.113.9'],
  [{ text: '' }, 'address-list-empty'],
  [{ text: '198.51.100.7,' }, 'address-unreadable'],
  [{ form: 'Forwarded', text: 'for=198.51.100.7, for="[2001:db8::1]:99";by=_p' }, '2001:db8::1'],
  [{ form: 'Forwarded', text: 'for=198.51.100.7, for="[2001:db8::1' }, 'header-cut'],
  [{ form: 'Forwarded', text: 'for=unknown' }, 'unknown'],
  [{ form: 'PROXY', text: 'PROXY TCP4 198.51.100.7 192.0.2.1 51234 443' }, '198.51.100.7'],
  [{ form: 'PROXY', text: 'PROXY TCP6 ::ffff:198.51.100.7 ::1 1 443' }, '198.51.100.7'],
  [{ form: 'PROXY', text: 'PROXY UNKNOWN' }, 'unknown'],
  [{ form: 'PROXY', text: 'PROXY TCP4 198.51.100.7' }, 'proxy-protocol-unreadable'],
  [
    { form: 'PROXY', text: '0d0a0d0a000d0a515549540a 21 11 000c c6336407 c0000201 c822 01bb' },
    '198.51.100.7',
  ],
  [{ form: 'PROXY', text: '0d0a0d0a000d0a515549540a 21 11 000c c6336407' }, 'proxy-protocol-cut'],
  [{ form: 'PROXY', text: 'PROXY TCP4 198.51.100.7 192.0.2.1 51234 443', trusted: 2 }, 'hops-missing'],
])('%j: %s', (of, expected) => {
  expect(client(of)).toBe(expected)
})

test('a rule is asked about nothing that no proxy says', () => {
  const of = (forwarding: Forwarding | null) => {
    const from = addressesOf('203.0.113.9', forwarding)
    return [from.connection, forwardedOf(from)]
  }
  expect(of(null)).toEqual(['203.0.113.9', null])
  expect(of(behind())).toEqual(['192.0.2.1', '203.0.113.9'])
  expect(of(behind({ text: 'unknown' }))).toEqual(['192.0.2.1', null])
  expect(of(behind({ trusted: 9 }))).toEqual(['192.0.2.1', null])
})

test('a line is pasted with its name, which says its form', () => {
  const pasted = (text: string) => {
    const { form, text: value } = asPasted(behind({ text }))
    return [form, value]
  }
  expect(pasted('x-forwarded-for: 203.0.113.9')).toEqual(['X-Forwarded-For', '203.0.113.9'])
  expect(pasted('Forwarded: for=203.0.113.9')).toEqual(['Forwarded', 'for=203.0.113.9'])
  expect(pasted('PROXY TCP4 1.2.3.4 5.6.7.8 1 2')[0]).toBe('PROXY')
  expect(pasted('2001:db8::1')).toEqual(['X-Forwarded-For', '2001:db8::1'])
})

test('whatever a client writes first, one trusted proxy says who it is', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...(['X-Forwarded-For', 'Forwarded'] as const)),
      fc.ipV4(),
      fc.constantFrom('203.0.113.9', '2001:db8::9'),
      (form, claimed, address) => {
        const text = forged(form, writtenOf(form, address), claimed)
        expect(client({ form, text })).toBe(address)
        expect(client({ form, text, trusted: 2 })).toBe(claimed)
      },
    ),
    { numRuns: 100 },
  )
})

test.each(FORWARDING_FORMS)('what an honest proxy writes is read: %s', (form) => {
  for (const address of ['203.0.113.9', '2001:db8::9'])
    expect(client({ form, text: writtenOf(form, address) })).toBe(address)
})

test('a client forges what the rule asks for', () => {
  const test = { kind: 'address', ranges: ['10.0.0.0/8'], of: 'forwarded' } as const
  expect(addressToForge({ kind: 'all', of: [{ kind: 'spiffe', id: 'a' }, test] })).toBe('10.0.0.0')
  expect(addressToForge({ ...test, of: 'connection' })).toBe('198.51.100.7')
  expect(addressToForge(null)).toBe('198.51.100.7')
})

describe('in the lab', () => {
  const addressesIn = ({ answer }: LabView): AddressesView => {
    if (!answer.server?.addresses) throw new Error('no addresses')
    return answer.server.addresses
  }
  const said = (view: LabView): string => labForwarding.sentences(addressesIn(view)).join(' ')

  test('one proxy too many lets the client choose its address', async () => {
    const lab = labMethods()
    const honest = await lab['lab.ready']({ id: 'address-forwarded', at: LAB_DAY }, call)
    expect(honest.answer.ending).toMatchObject({ by: 'server', refusal: { why: 'rule' } })
    expect(addressesIn(honest)).toMatchObject({
      ...{ asks: ['forwarded'], connection: '192.0.2.1', claims: ['198.51.100.7'] },
      ...{ client: { text: '203.0.113.9', isKnown: true }, believed: '198.51.100.7' },
    })
    expect(said(honest)).toContain('would let 198.51.100.7 in')
    const { ends } = honest
    const server = { ...ends.server, forwarding: { ...ends.server.forwarding!, trusted: 2 } }
    const forgedView = await lab['lab.play']({ ...ends, server }, call)
    expect(forgedView.answer.ending).toBeNull()
    expect(said(forgedView)).toContain('The client’s address is 198.51.100.7, number 2 from the end in')
  })

  test('a header that is cut off is one sentence, and lets nobody in', async () => {
    const lab = labMethods()
    const { ends } = await lab['lab.ready']({ id: 'address-forwarded', at: LAB_DAY }, call)
    const forwarding = behind({ text: 'Forwarded: for="[2001:db8::1' })
    const view = await lab['lab.play']({ ...ends, server: { ...ends.server, forwarding } }, call)
    expect(view.ends.server.forwarding).toMatchObject({ form: 'Forwarded', text: 'for="[2001:db8::1' })
    expect(view.answer.server).toMatchObject({ met: 'unknown' })
    expect(said(view)).toMatch(/ends too early.*nobody is taken for the client/)
    const saved = await lab['lab.save']({ name: '', note: '', keys: false }, call)
    expect(saved).toHaveProperty('text')
  })

  test('without a proxy and without a rule nothing is said of addresses', async () => {
    const lab = labMethods()
    const { answer } = await lab['lab.ready']({ id: 'connects', at: LAB_DAY }, call)
    expect([answer.client?.addresses, answer.server?.addresses]).toEqual([null, null])
    const refused = await lab['lab.ready']({ id: 'address-not-let-in', at: LAB_DAY }, call)
    expect(said(refused)).toBe('The connection comes from 192.0.2.10.')
  })
})
