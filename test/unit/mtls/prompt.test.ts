import { expect, test } from 'vitest'
import { notOffered, type NotOffered } from '../../../src/mtls/prompt.ts'
import { CERTIFICATE_TYPE, TLS12, TLS13 } from '../../../src/mtls/wire/code-points.ts'
import { Cast, stage, usual, type Ends } from '../../../src/services/lab/ready/stage.ts'
import { EKU_OIDS } from '../../../src/x509/oids.ts'
import { LAB_DAY } from '../../support/lab/scenarios.ts'

// What a browser offers: by key, purpose, dates, kind of key and the list of CAs, in that order.

async function asked(change: Ends = {}, drawing: Parameters<Cast['client']>[1] = {}) {
  const cast = new Cast(LAB_DAY)
  const given = await usual(cast)
  const { certificate } = await cast.client(given.clientCa, drawing)
  const ask = (hasKey = true, version: typeof TLS12 | typeof TLS13 = TLS13): NotOffered | null =>
    notOffered(stage(cast, given, change).scenario, version, certificate, hasKey)
  return { cast, given, certificate, ask }
}

test('one is offered whose issuer the server lists, or that lists nobody', async () => {
  const { cast, given, certificate, ask } = await asked({ server: { set: { listsAuthorities: false } } })
  expect(ask()).toBeNull()
  const { scenario } = stage(cast, given, { server: { trusts: [given.clientCa] } })
  expect(notOffered(scenario, TLS13, certificate, true)).toBeNull()
})

test('a list of the root alone offers it only with its CA', async () => {
  const { given, cast, ask } = await asked()
  expect(ask()).toBe('issuer')
  const { scenario } = stage(cast, given)
  expect(notOffered(scenario, TLS13, given.client.certificate, true)).toBeNull()
})

test('without its key, for servers alone, or out of date it is not', async () => {
  const anyone = { server: { set: { listsAuthorities: false } } }
  expect((await asked(anyone)).ask(false)).toBe('key')
  const forServers = await asked(anyone, { extensions: { extKeyUsage: [EKU_OIDS.serverAuth] } })
  expect(forServers.ask()).toBe('purpose')
  const old = await asked(anyone, { notAfter: new Date('2026-11-29T12:00:00Z') })
  expect(old.ask()).toBe('dates')
})

test('a kind of key that the server does not take is not offered', async () => {
  const set = { listsAuthorities: false, certificateTypes: [CERTIFICATE_TYPE.rsaSign] }
  expect((await asked({ server: { set } })).ask(true, TLS12)).toBe('kind')
})
