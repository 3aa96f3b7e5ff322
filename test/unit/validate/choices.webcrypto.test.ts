import { expect, test } from 'vitest'
import { choicesThatMatter } from '../../../src/validate/advice/choices.ts'
import type { Choice } from '../../../src/validate/advice/choices.ts'
import type { ValidateOptions } from '../../../src/validate/options.ts'
import { createPool } from '../../../src/validate/pool.ts'
import type { PoolContents } from '../../../src/validate/pool.ts'
import { validate } from '../../../src/validate/validate.ts'
import { EKU_OIDS } from '../../../src/x509/oids.ts'
import type { Drawn } from '../../support/chain.ts'
import { AT, endEntity, intermediate, root } from '../../support/chain.ts'
import { drawList } from '../../support/revocation.ts'

// A choice is offered if it changes the answer: each is tried here by itself, and the others are left as they are.

const DAY = 86_400_000

async function mattering(
  target: Drawn,
  contents: PoolContents,
  options: Partial<ValidateOptions> = {},
): Promise<readonly Choice[]> {
  const pool = createPool(contents)
  const asked = { at: AT, purpose: 'any', ekuNesting: true, revocation: 'given', ...options } as const
  return choicesThatMatter(target.certificate, pool, asked, await validate(target.certificate, pool, asked))
}

test('of a sound chain without lists: what asks for more', async () => {
  const top = await root()
  const ca = await intermediate(top)
  const given = { anchors: [top.certificate], intermediates: [ca.certificate] }
  const choices = await mattering(await endEntity(ca), given)
  expect(choices).toContain('purpose')
  // With a current status required for each, there is none.
  expect(choices).toContain('revocation')
  for (const idle of ['ekuNesting', 'anchorConstraints', 'allowSha1', 'explore'] as const)
    expect(choices).not.toContain(idle)
})

test('an expired root: whether its own limits count', async () => {
  const top = await root({
    notBefore: new Date(AT.getTime() - 900 * DAY),
    notAfter: new Date(AT.getTime() - DAY),
  })
  const choices = await mattering(await endEntity(top), { anchors: [top.certificate], intermediates: [] })
  expect(choices).toContain('anchorConstraints')
  // Path validation alone does not look at them.
  expect(choices).toContain('profile')
})

test('a CA for clients above a server: whether its purposes narrow what is below it', async () => {
  const top = await root()
  const ca = await intermediate(top, { extensions: { extKeyUsage: [EKU_OIDS.clientAuth] } })
  const given = { anchors: [top.certificate], intermediates: [ca.certificate] }
  expect(await mattering(await endEntity(ca), given, { purpose: 'serverAuth' })).toContain('ekuNesting')
})

test('two ways up: whether every path is tried', async () => {
  const [one, other] = [await root({ subject: 'CN=One' }), await root({ subject: 'CN=Other' })]
  const ca = await intermediate(one, { subject: 'CN=Both' })
  const cross = await intermediate(other, { subject: 'CN=Both', key: ca.key })
  const given = {
    anchors: [one.certificate, other.certificate],
    intermediates: [ca.certificate, cross.certificate],
  }
  expect(await mattering(await endEntity(ca), given)).toContain('explore')
})

test('a list that names it: whether lists count at all', async () => {
  const top = await root()
  const target = await endEntity(top)
  const revoked = {
    serialNumber: target.certificate.serialNumber,
    revocationDate: new Date(AT.getTime() - DAY),
  }
  const given = {
    anchors: [top.certificate],
    intermediates: [],
    crls: [await drawList(top, { revoked: [revoked] })],
  }
  expect(await mattering(target, given)).toContain('revocation')
})

test('stops when it is told to', async () => {
  const top = await root()
  const target = await endEntity(top)
  const pool = createPool({ anchors: [top.certificate], intermediates: [] })
  const base = await validate(target.certificate, pool, { at: AT })
  const signal = AbortSignal.abort()
  await expect(choicesThatMatter(target.certificate, pool, { at: AT }, base, { signal })).rejects.toThrow()
})
