import { expect, test } from 'vitest'
import { reasonInWords } from '../../../src/messages/en/crl-reasons.ts'
import { entryOf } from '../../../src/services/shared/facts.ts'
import { CRL_REASONS } from '../../../src/x509/revoked-entry.ts'
import { endEntity, root } from '../../support/chain.ts'

test('a certificate without a common name is sorted by what it is called', async () => {
  const { certificate } = await endEntity(await root(), { subject: 'O=Zeta' })
  const record = {
    der: certificate.der,
    createdAt: 0,
    status: 'good',
    authorityId: null,
    ownAuthorityId: null,
    profileId: 'tlsServer',
    tags: [],
    notes: '',
  }
  const entry = await entryOf('one', record as unknown as Parameters<typeof entryOf>[1], certificate)
  const [first, ...rest] = entry.text.split('\n')
  expect(first).toBe('example.com')
  expect(rest).toContain('o=zeta')
})

test('reasons for revocation are words, not the names of ASN.1', () => {
  const said = CRL_REASONS.map(reasonInWords)
  expect(said).toContain('key compromise')
  expect(said).toContain('cessation of operation')
  expect(said.filter((text) => /[a-z][A-Z]/.test(text.replaceAll('CRL', '').replaceAll('CA', '')))).toEqual(
    [],
  )
})
